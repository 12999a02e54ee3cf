"""What is asked for: catalogue, requests, lesson files."""
