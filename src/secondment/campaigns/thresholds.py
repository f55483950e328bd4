"""Thresholds that rooms above declare as parameters of a programme: what is declared stands in editor, JSON and versions.

A version keeps what its owner set; what it does not name has the value of the declaration.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from secondment.campaigns.eligibility_rules.rule import Figure, Text

Given = Mapping[str, Mapping[str, int]]
"""Code → name → figure, as a version keeps them."""


@dataclass(frozen=True)
class Thresholds:
    """The figures of one thing that is looked for."""

    code: str
    title: Text
    figures: tuple[Figure, ...]

    def values(self, given: Given) -> dict[str, int]:
        """Every figure as the version has it."""
        own = given.get(self.code, {})
        return {one.name: own.get(one.name, one.default) for one in self.figures}


THRESHOLDS: dict[str, Thresholds] = {}


def add_thresholds(thresholds: Thresholds) -> None:
    """Declare; called when the room above starts."""
    THRESHOLDS[thresholds.code] = thresholds


def every_figure() -> Iterator[tuple[Thresholds, Figure]]:
    """All figures that were declared, in the order of the declarations."""
    for thresholds in THRESHOLDS.values():
        for figure in thresholds.figures:
            yield thresholds, figure
