"""The numbers that the film on gradient descent is told with, chosen for the curvature of the notes' houses."""

from __future__ import annotations

SPAN, OTHER_SIDE = (-0.25, 3.36), 3.0
"""What is shown of W, and a start right of the bottom."""

RATE, TABLE_STEPS = 0.02, 6
"""Each step is 0.7 times the one before: seen to shrink, and still seen after six."""

RATES, RATES_STEPS, RATES_SPAN = (0.005, 0.05, 0.12, 0.14), 8, (-1.45, 4.56)
"""Creeping, good, overshooting, diverging: over W alone the bound is 2/15. All their steps stay in sight."""

BETWEEN_BOUNDS, BETWEEN_STEPS, BETWEEN_WINDOW = 0.125, 10, ((2.0, -0.9), 5.2)
"""A rate that converges over W alone and diverges over both parameters; where its first steps lead."""

LARGE_RATE = 0.05
"""At which one step of both orders of updating can be told apart by eye."""

ARRIVED, ARRIVED_WINDOW = 1000, ((1.9, -1.1), 3.6)
"""Steps after which both orders stand at the bottom; what their ways cover."""

NEARLY = 200
"""Steps after which both are nearly there, one a little nearer."""
