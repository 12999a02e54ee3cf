"""What only `scenes/gradient_descent.py` needs."""
