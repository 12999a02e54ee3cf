"""Fits by gradient descent, recorded exactly: numbers in, numbers out. Nothing here draws."""

from fitting.chain_rule import Graph, chain_rule
from fitting.datasets import Dataset, house_prices, read_csv
from fitting.descent import descend, recorded_steps
from fitting.ending import why_it_ended
from fitting.errors import InputError
from fitting.explained import explained
from fitting.fit import fit
from fitting.landscape import Landscape, landscape
from fitting.losses import LOSSES, AbsoluteError, CrossEntropy, Loss, SquaredError
from fitting.models import MODELS, Cubic, Linear, Model, ReluNetwork, Sigmoid, TanhNetwork
from fitting.node import Node
from fitting.objective import gradient, hessian, mean_loss
from fitting.optimum import least_squares
from fitting.schedules import Constant, Schedule, Staircase
from fitting.standardization import Standardization
from fitting.trajectory import StopReason, Trajectory

__all__ = [
    "LOSSES",
    "MODELS",
    "AbsoluteError",
    "Constant",
    "CrossEntropy",
    "Cubic",
    "Dataset",
    "Graph",
    "InputError",
    "Landscape",
    "Linear",
    "Loss",
    "Model",
    "Node",
    "ReluNetwork",
    "Schedule",
    "Sigmoid",
    "SquaredError",
    "Staircase",
    "Standardization",
    "StopReason",
    "TanhNetwork",
    "Trajectory",
    "chain_rule",
    "descend",
    "explained",
    "fit",
    "gradient",
    "hessian",
    "house_prices",
    "landscape",
    "least_squares",
    "mean_loss",
    "read_csv",
    "recorded_steps",
    "why_it_ended",
]
