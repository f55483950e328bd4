"""What rooms above know of a year that a finding is about: whether its grade is decided on, and in force."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class SettledYear:
    """A year of a placement whose grade somebody has decided on; once `is_in_force`, the person may read what it rests on."""

    placement: int
    year: int
    is_in_force: bool


SETTLED_YEARS: list[Callable[[Collection[int]], Iterable[SettledYear]]] = []
"""Of these placements."""


def settled_years(placements: Collection[int]) -> dict[tuple[int, int], SettledYear]:
    """(Placement, year) → what became of it; a year that is open is not there."""
    found = (one for ask in SETTLED_YEARS for one in ask(placements))
    return {(one.placement, one.year): one for one in found}
