"""What only `scenes/cost.py` needs."""
