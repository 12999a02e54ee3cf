"""A computation graph, with its numbers."""
