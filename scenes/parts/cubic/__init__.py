"""What only `scenes/cubic.py` needs."""
