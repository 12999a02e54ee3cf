"""What only `scenes/backpropagation.py` needs."""
