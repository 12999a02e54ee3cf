"""The loss over two parameters, as a landscape."""
