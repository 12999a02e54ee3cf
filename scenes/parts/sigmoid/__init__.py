"""What only `scenes/sigmoid.py` needs."""
