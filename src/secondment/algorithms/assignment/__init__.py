"""Exact assignment of people to posts with caps, priorities and locks; proven by prices."""

from secondment.algorithms.assignment.errors import (
    AssignmentError,
    DuplicatePairError,
    IndexRangeError,
    LockError,
    NotOptimalError,
    ProblemShapeError,
    ScoreError,
    ScoreRangeError,
)
from secondment.algorithms.assignment.order import TieOrder, keys_of
from secondment.algorithms.assignment.prices import Prices
from secondment.algorithms.assignment.problem import NO_GROUP, AssignmentProblem
from secondment.algorithms.assignment.solve import AssignmentSolution, Status, solve_assignment

__all__ = [
    "NO_GROUP",
    "AssignmentError",
    "AssignmentProblem",
    "AssignmentSolution",
    "DuplicatePairError",
    "IndexRangeError",
    "LockError",
    "NotOptimalError",
    "Prices",
    "ProblemShapeError",
    "ScoreError",
    "ScoreRangeError",
    "Status",
    "TieOrder",
    "keys_of",
    "solve_assignment",
]
