"""What only `scenes/model_comparison.py` needs."""
