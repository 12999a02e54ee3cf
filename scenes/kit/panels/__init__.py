"""What is seen: fit, landscape, graph, loss curve, tables, numbers."""
