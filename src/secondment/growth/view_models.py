"""The course of abilities as pages show it, in words that say how sure they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from secondment.algorithms.rating.abilities import Change, Rated
from secondment.common.components import Status
from secondment.growth.reading import AbilityCourse, GroupChange
from secondment.people.choices import Ability, AbilitySource


@dataclass(frozen=True)
class CourseLine:
    """One ability in one row."""

    ability: str
    before: str
    note: str
    years: Sequence[str]
    change: str
    verdict: str
    status: Status


@dataclass(frozen=True)
class GroupLine:
    """The mean change of one ability."""

    ability: str
    n: int
    change: str
    verdict: str
    status: Status


def years_in(courses: Sequence[AbilityCourse]) -> list[int]:
    """The assessment years that have a result for any ability."""
    return sorted({year for one in courses for year in one.years})


def course_lines(courses: Sequence[AbilityCourse]) -> list[CourseLine]:
    """A line an ability."""
    years = years_in(courses)
    return [
        CourseLine(
            str(Ability(one.ability).label),
            interval(one.before) if one.before else _stands_in(one),
            "" if one.before or not one.stands_in else _("不可比"),
            [interval(one.years[year]) if year in one.years else "" for year in years],
            signed(one.change) if one.change else "",
            *verdict(one.change),
        )
        for one in courses
    ]


def group_lines(changes: Sequence[GroupChange]) -> list[GroupLine]:
    """A line an ability."""
    return [
        GroupLine(str(Ability(one.ability).label), one.n, signed(one.change), *verdict(one.change))
        for one in changes
    ]


def interval(value: Rated) -> str:
    """A mean and the 95 % interval around it."""
    return f"{value.mean:.1f}（{value.low:.0f}–{value.high:.0f}）"


def signed(change: Change) -> str:
    """A difference and its standard error."""
    return f"{change.by:+.1f} ± {change.se:.1f}"


def verdict(change: Change | None) -> tuple[str, Status]:
    """What the difference says, and what it does not."""
    if change is None:
        return _("尚无可比的两次评议"), "idle"
    if not change.is_distinguishable:
        return _("分不出高低：差值在误差之内"), "idle"
    return (_("有提高"), "good") if change.by > 0 else (_("有下降"), "warn")


def _stands_in(one: AbilityCourse) -> str:
    if one.stands_in is None:
        return ""
    source, day = AbilitySource(one.stands_in.source).label, date_format(one.stands_in.as_of, "Y-m-d")
    return _("%(value)d（%(source)s，%(day)s）") % {
        "value": one.stands_in.value,
        "source": source,
        "day": day,
    }
