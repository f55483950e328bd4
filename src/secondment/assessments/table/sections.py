"""The parts of a table: whom a fact bars stands apart, the others under their standard, each standard in an order of its own.

Scores of two standards lie on two scales, so nobody is ranked across them; places are counted over the whole pool.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondment.assessments.table.intervals import Scale
from secondment.assessments.table.rows import Row, RowDesk

Figures = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Section:
    """Rows in one order; `title` names the standard where there are several. `cut`: rows above the line of the places."""

    title: str
    rows: Sequence[Row]
    scale: Scale | None
    is_comparable: bool = False
    cut: int | None = None
    discordance: float | None = None

    @property
    def is_cut_inside(self) -> bool:
        """Whether the last place and the next are held by people whom the figures do not tell apart."""
        if self.cut is None:
            return False
        above = [one for one in self.rows[: self.cut] if one.figures.get("is_eligible")]
        below = [one for one in self.rows[self.cut :] if one.figures.get("is_eligible")]
        return bool(above and below and above[-1].is_grey and below[0].is_grey)


@dataclass(frozen=True)
class Standing:
    """People of one standard, its name, and the order they stand in."""

    title: str
    people: Sequence[Any]


def sections_of(
    groups: Sequence[Standing],
    desk: RowDesk,
    results: Mapping[str, Any],
    *,
    sure: float,
    places: int | None,
) -> list[Section]:
    """A section a standard; tiers and intervals of ranks only where all of it is comparable."""
    return [_section(one, desk, results, sure, places if len(groups) == 1 else None) for one in groups]


def apart(people: Sequence[Any], desk: RowDesk, figures: Figures, *, is_comparable: bool) -> Section:
    """Whom a fact bars: vetoes first, then gates, then limits, each by the score."""
    scale = scale_of(people, figures)
    rows = [desk.row(one, figures.get(str(one.pk), {}), scale, None) for one in people]
    order = ("veto", "gate", "limit", "")  # the last: a limit that this reader may not know of
    return Section("", sorted(rows, key=lambda row: order.index(row.kind)), scale, is_comparable)


def scale_of(people: Sequence[Any], figures: Figures) -> Scale | None:
    """A scale that holds every figure of these people."""
    known = [figures.get(str(one.pk), {}) for one in people]
    return Scale.around(one.get(name) for one in known for name in ("low", "high", "plain"))


def set_of(people: Sequence[Any], figures: Figures) -> int | None:
    """The comparable set in which everybody stands who may be excellent and was voted on; none where there are several."""
    voted = [figures.get(str(one.pk), {}) for one in people]
    sets = {one.get("set") for one in voted if one.get("is_eligible") and one.get("has_votes")}
    return sets.pop() if len(sets) == 1 else None


def cut_of(rows: Sequence[Row], places: int | None) -> int | None:
    """After how many rows as many people stand as there are places, of those who may have one; none without a line."""
    eligible = [at for at, one in enumerate(rows, start=1) if one.figures.get("is_eligible")]
    return eligible[places - 1] if places and len(eligible) > places else None


def _section(
    group: Standing, desk: RowDesk, results: Mapping[str, Any], sure: float, places: int | None
) -> Section:
    figures: Figures = results["people"]
    scale, number = scale_of(group.people, figures), set_of(group.people, figures)
    tiers: dict[int, int] = {}
    discordance = None
    if number is not None and len(results["sets"][number - 1]["people"]) > 1:
        from secondment.assessments.table.calculating import tiers_of

        found, discordance = tiers_of(results["sets"][number - 1], sure)
        tiers = _without_gaps({one.pk: found[one.pk] for one in group.people if one.pk in found})
    rows = [desk.row(one, figures.get(str(one.pk), {}), scale, tiers.get(one.pk)) for one in group.people]
    return Section(group.title, rows, scale, number is not None, cut_of(rows, places), discordance)


def _without_gaps(tiers: Mapping[int, int]) -> dict[int, int]:
    """Tiers as they are shown: one whose people a fact bars stands apart with them, and leaves no number out."""
    number = {tier: at for at, tier in enumerate(sorted(set(tiers.values())), start=1)}
    return {person: number[tier] for person, tier in tiers.items()}
