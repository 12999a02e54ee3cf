"""What only `scenes/derivative.py` needs."""
