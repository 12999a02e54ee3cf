"""What only `scenes/linear.py` needs."""
