"""Pieces of single lectures. What two of them need is in `kit`."""
