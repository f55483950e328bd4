"""Exact explanations of an optimal plan: losses, prices, next candidates, shortages, alternatives."""

from secondment.algorithms.explanation.alternatives import Alternative, best_alternatives
from secondment.algorithms.explanation.errors import ImpossibleChangeError
from secondment.algorithms.explanation.questions import Candidate, Change, Explainer, Loss, PriceRange
from secondment.algorithms.explanation.unfilled import (
    Relaxation,
    RuledOut,
    Shortage,
    relaxations,
    shortage_of,
)

__all__ = [
    "Alternative",
    "Candidate",
    "Change",
    "Explainer",
    "ImpossibleChangeError",
    "Loss",
    "PriceRange",
    "Relaxation",
    "RuledOut",
    "Shortage",
    "best_alternatives",
    "relaxations",
    "shortage_of",
]
