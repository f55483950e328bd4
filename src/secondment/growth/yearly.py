"""What the yearly appraisals say of the five abilities: their ability items, by the rules of the plain tally."""

from collections.abc import Iterable

from secondment.algorithms.rating.abilities import Rated
from secondment.placements.models import Placement


def yearly_abilities(placements: Iterable[Placement]) -> dict[int, dict[int, dict[str, Rated]]]:
    """Placement → assessment year → ability → result; nothing where no appraisal was counted."""
    return {one.pk: {} for one in placements}
