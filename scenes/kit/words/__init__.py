"""What is said, as text: captions, own words, labels, letters, numbers. Nothing here knows Manim."""
