"""Exact explanations of an optimal plan: losses, prices, next candidates, shortages, alternatives."""

from secondment.algorithms.explanation.alternatives import Alternative, best_alternatives
from secondment.algorithms.explanation.chains import Chain, Step, chains_of
from secondment.algorithms.explanation.errors import ImpossibleChangeError
from secondment.algorithms.explanation.questions import (
    Change,
    Explainer,
    Loss,
    Placing,
    PriceRange,
)
from secondment.algorithms.explanation.unfilled import (
    Relaxation,
    RuledOut,
    Shortage,
    relaxations,
    shortage_of,
)

__all__ = [
    "Alternative",
    "Chain",
    "Change",
    "Explainer",
    "ImpossibleChangeError",
    "Loss",
    "Placing",
    "PriceRange",
    "Relaxation",
    "RuledOut",
    "Shortage",
    "Step",
    "best_alternatives",
    "chains_of",
    "relaxations",
    "shortage_of",
]
