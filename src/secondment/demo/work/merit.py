"""How good people of G2 really are: known in the demo alone, and never part of any computation.

Merit is counted in logits. A person has one for the whole work and one for each of the five abilities, which grow from year
to year.
"""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

from secondment.demo.work.planted import OF_POST, Case
from secondment.files.codes.abilities import ABILITIES

SPREAD, ABILITY_SPREAD = 1.0, 0.35
GROWTH, GROWTH_SPREAD = 0.35, 0.25
STEPS = (-1.5, 0.0, 1.5)
"""How much merit the second, third and fourth level ask for more than the one below."""
DIFFICULTY = (-0.5, 0.5)
"""Of the easiest and of the hardest item."""
SHIFTS: Mapping[Case, float] = {
    Case.EXCELLENT: 1.4,
    Case.COPIED: -0.6,
    Case.PASSING: -1.6,
    Case.ABSENT: -1.4,
    Case.WORKS_FOR_HOME: -0.9,
    Case.ONLY_ASSISTS: -0.8,
    Case.ABUSES: -1.2,
}


@dataclass(frozen=True)
class Merit:
    """What somebody is worth in the work, and in each ability."""

    work: float
    abilities: Mapping[str, float]

    def of(self, ability: str) -> float:
        """Of an item that is about this ability, or about none."""
        return self.abilities.get(ability, self.work)


def merit_of(post: str, *, years: int = 0) -> Merit:
    """Of whoever of G2 is in this post; after so many years more of growth."""
    chance = random.Random(f"{post} merit")  # noqa: S311 -- invented data, no secret
    case = OF_POST.get(post)
    work = chance.gauss(0, SPREAD) + (SHIFTS.get(case, 0.0) if case else 0.0)
    abilities = {}
    for ability in ABILITIES.codes:
        grown = years * chance.gauss(GROWTH, GROWTH_SPREAD)
        abilities[ability] = work + chance.gauss(0, ABILITY_SPREAD) + grown
    return Merit(work, abilities)


def difficulties(n: int) -> list[float]:
    """Of the items of a ballot, in their order."""
    low, high = DIFFICULTY
    return [low + (high - low) * at / max(1, n - 1) for at in range(n)]


def expected_level(merit: float, difficulty: float) -> float:
    """The level, from 1, that a rater of average severity gives on average."""
    weights = [1.0]
    for step in STEPS:
        weights.append(weights[-1] * math.exp(merit - difficulty - step))
    return 1 + sum(at * weight for at, weight in enumerate(weights)) / sum(weights)
