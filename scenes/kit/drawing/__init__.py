"""How it is drawn: style, paintings, camera, the frame and its places, the encoder."""
