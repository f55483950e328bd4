"""The facts of one person's year: days at the host unit, who assesses, what is barred; and what has changed since."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.assessments.choices import PoolKind, Side
from secondment.assessments.concerns import barring_concerns
from secondment.assessments.limits import INVESTIGATION, LEAVE, PENALTY, PROBATION, WARNING
from secondment.assessments.models import Evaluation
from secondment.assessments.parameters import host_share, what_bars, who_assesses
from secondment.common.workdays import is_workday
from secondment.people.choices import Category, PenaltyKind
from secondment.people.models import Person
from secondment.placements.choices import PlacementState
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement

HOME_ALWAYS = "home"  # value of the programme's `assessing_party`
LEADING_RANKS = frozenset({"101", "102", "111", "112", "121", "122", "131", "132", "141", "142"})
COUNTED = (PlacementState.IN_POST, PlacementState.ENDED)
CHANGES: Mapping[str, Promise] = {
    "gone": _("当年已没有挂职工作日"),
    "host_workdays": _("挂职工作日有变化"),
    "side": _("考核单位有变化"),
    "limits": _("等次限制有变化"),
    "record": _("干部信息中该年度的等次与决定不同"),
}


@dataclass(frozen=True)
class Facts:
    """What is known of somebody's year."""

    year_workdays: int
    host_workdays: int
    side: Side
    limits: tuple[str, ...]

    def is_kept_by(self, evaluation: Evaluation) -> bool:
        """Whether the evaluation holds just these."""
        kept = (evaluation.host_workdays, evaluation.assessing_side, set(evaluation.limits))
        return kept == (self.host_workdays, self.side, set(self.limits))


@cache
def workdays_of(year: int) -> tuple[int, ...]:
    """The working days of a year as ordinals, in order."""
    days = range(dt.date(year, 1, 1).toordinal(), dt.date(year + 1, 1, 1).toordinal())
    return tuple(day for day in days if is_workday(dt.date.fromordinal(day)))


def host_workdays(placement: Placement, year: int) -> int:
    """Working days of the year within the term, from the report for duty where that was later; the ledger of leave counts the same."""
    if placement.state not in COUNTED:
        return 0
    days = workdays_of(year)
    first = first_day_of(placement).toordinal()
    return max(0, bisect_left(days, placement.ends_on.toordinal()) - bisect_left(days, first))


def facts_of(placement: Placement, year: int, *, leave_workdays: int | None) -> Facts:
    """The facts as they are now; asks for the person's penalties."""
    n_year, n_host = len(workdays_of(year)), host_workdays(placement, year)
    is_home = who_assesses(placement)["values"]["assessing_party"] == HOME_ALWAYS or _is_mostly_home(
        placement, n_host, n_year
    )
    return Facts(
        year_workdays=n_year,
        host_workdays=n_host,
        side=Side.HOME if is_home else Side.HOST,
        limits=tuple(_limits(placement, year, n_year, leave_workdays)),
    )


def pool_kind(person: Person) -> PoolKind:
    """Among whom the person is counted, as far as the record tells; the department may say otherwise."""
    if person.category == Category.SPECIALIST:
        return PoolKind.SPECIALIST
    if person.category == Category.ENTERPRISE:
        return PoolKind.ENTERPRISE
    return PoolKind.LEADER if person.rank in LEADING_RANKS else PoolKind.CIVIL


def main_placements(placements: Iterable[Placement], year: int) -> list[Placement]:
    """Of each person the placement with the most days in the year, the later one where two have as many."""
    found: dict[int, tuple[int, dt.date, Placement]] = {}
    for one in placements:
        entry = (host_workdays(one, year), one.starts_on, one)
        if entry[0] and (one.person_id not in found or entry[:2] > found[one.person_id][:2]):
            found[one.person_id] = entry
    return [one for _days, _start, one in found.values()]


def changes_of(
    evaluation: Evaluation, facts: Facts, *, on_record: str | None, decided: str | None
) -> list[str]:
    """What differs between the facts that are kept and those of today; codes of `CHANGES`.

    `decided` is the grade in force, "" for one that was withdrawn, None for none yet; `on_record` that of the file.
    """
    found = ["gone"] if not facts.host_workdays else []
    if facts.host_workdays != evaluation.host_workdays:
        found.append("host_workdays")
    if facts.side != evaluation.assessing_side:
        found.append("side")
    if set(facts.limits) != set(evaluation.limits):
        found.append("limits")
    if decided and decided != on_record:
        found.append("record")
    return found


def _is_mostly_home(placement: Placement, n_host: int, n_year: int) -> bool:
    """Whether fewer working days were at the host unit than the programme asks of whoever assesses."""
    return 100 * n_host < host_share(placement) * n_year


def _limits(placement: Placement, year: int, n_year: int, leave_workdays: int | None) -> Iterable[str]:
    rule, person = what_bars(placement), placement.person
    if rule["mode"] == "off":
        return
    if leave_workdays is not None and 100 * leave_workdays > rule["values"]["leave_share"] * n_year:
        yield LEAVE.code
    if person.is_under_investigation:
        yield INVESTIGATION.code
    if person.started_work_on is not None and person.started_work_on.year == year:
        yield PROBATION.code
    penalties = list(person.penalties.all())
    last_day = dt.date(year, 12, 31)
    if any(one.kind != PenaltyKind.WARNING and one.starts_on <= last_day < one.ends_on for one in penalties):
        yield PENALTY.code
    if any(one.kind == PenaltyKind.WARNING and one.starts_on.year == year for one in penalties):
        yield WARNING.code
    yield from barring_concerns(placement, year)
