"""What only `scenes/tanh_network.py` needs."""
