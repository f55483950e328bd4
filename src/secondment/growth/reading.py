"""Change of the five abilities over a secondment: what rooms above (completion) and pages read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from secondment.accounts.models import User
from secondment.algorithms.rating.abilities import Change, Rated, change, mean_change, rated
from secondment.findings.ports import settled_years
from secondment.findings.rules import reads_inside
from secondment.growth.models import AbilityReview
from secondment.growth.queries import other_values, reviews_of
from secondment.growth.scale import scale_of
from secondment.growth.yearly import yearly_abilities
from secondment.people.choices import Ability
from secondment.people.models import AbilityValue
from secondment.placements.models import Placement

LEAST_PEOPLE = 5
"""Fewer are named by their mean."""


@dataclass(frozen=True)
class AbilityCourse:
    """One ability: before, as the yearly appraisals saw it, and the last of these against before."""

    ability: str
    before: Rated | None
    stands_in: AbilityValue | None  # from the file, where nobody rated: never compared
    years: Mapping[int, Rated]

    @property
    def last(self) -> Rated | None:
        """The result of the last year that has one."""
        return self.years[max(self.years)] if self.years else None

    @property
    def change(self) -> Change | None:
        """From before to the last year, or from the first year to the last where nobody rated before."""
        first = self.before or (self.years[min(self.years)] if len(self.years) > 1 else None)
        return change(first, self.last) if first and self.last else None


@dataclass(frozen=True)
class GroupChange:
    """How one ability of a group changed on average."""

    ability: str
    n: int
    change: Change


def growth_of(placement: Placement) -> list[AbilityCourse]:
    """The five abilities of one secondee, in the order of the list."""
    return courses_of([placement])[placement.pk]


def growth_shown(user: User, placement: Placement) -> list[AbilityCourse]:
    """The same as a reader may see it: the person and the units a year only once its result is in force."""
    courses = growth_of(placement)
    if reads_inside(user, placement):
        return courses
    told = {year for (_key, year), one in settled_years([placement.pk]).items() if one.is_in_force}
    return [
        replace(one, years={year: found for year, found in one.years.items() if year in told})
        for one in courses
    ]


def courses_of(placements: Iterable[Placement]) -> dict[int, list[AbilityCourse]]:
    """The same of many, by placement; as many queries at any number."""
    rows = list(placements)
    reviews, others, years = reviews_of(rows), other_values(rows), yearly_abilities(rows)
    return {one.pk: _courses(one, reviews.get(one.pk), others, years.get(one.pk, {})) for one in rows}


def group_changes(courses: Iterable[Sequence[AbilityCourse]]) -> list[GroupChange]:
    """The mean change of each ability over those who have both ends; none of fewer than five people."""
    found: dict[str, list[float]] = {key: [] for key in Ability.values}
    for course in courses:
        for one in course:
            if one.before and one.last:
                found[one.ability].append(one.last.mean - one.before.mean)
    return [
        GroupChange(key, len(values), mean)
        for key, values in found.items()
        if len(values) >= LEAST_PEOPLE and (mean := mean_change(values))
    ]


def _courses(
    placement: Placement,
    review: AbilityReview | None,
    others: Mapping[int, Mapping[str, AbilityValue]],
    years: Mapping[int, Mapping[str, Rated]],
) -> list[AbilityCourse]:
    before = before_of(review) if review else {}
    stands_in = others.get(placement.person_id, {})
    return [
        AbilityCourse(
            key,
            before.get(key),
            None if key in before else stands_in.get(key),
            {year: found[key] for year, found in sorted(years.items()) if key in found},
        )
        for key in Ability.values
    ]


def before_of(review: AbilityReview) -> dict[str, Rated]:
    """What the raters of the home unit gave each ability, out of a hundred."""
    scale = scale_of(review.standard)
    scores: dict[str, list[float]] = {}
    for mark in review.marks.all():
        scores.setdefault(mark.ability, []).append(scale.scores[mark.level - 1])
    return rated(scores, scale.step)
