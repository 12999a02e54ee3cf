"""What lectures are built from: panels, formulas, captions, the replay clock and the camera."""
