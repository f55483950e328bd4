"""Who may be appraised: at most once for a placement and assessment year, counted by the year that is assessed.

The end of term takes over the last appraisal when that was closed shortly before the last day in post; else it holds one,
which is at the same time the appraisal of that year.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from secondment.appraisals.choices import Occasion
from secondment.appraisals.models import Appraisal, Candidate
from secondment.appraisals.parameters import figure, is_held
from secondment.common.days import add_months
from secondment.common.sentences import listed
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement

MOST_NAMED = 5


def who_cannot(appraisal: Appraisal, placements: Sequence[Placement]) -> Iterator[tuple[Placement, str]]:
    """(Placement, why it cannot be a candidate); two queries for any number."""
    before = appraised(placements)
    for one in placements:
        why = _why_not(appraisal, one, before.get(one.pk, ()))
        if why:
            yield one, why


def appraised(placements: Sequence[Placement]) -> Mapping[int, Sequence[Candidate]]:
    """Placement → where it is or was appraised, by year; what was voided does not count."""
    rows = Candidate.objects.filter(placement__in=[one.pk for one in placements], is_void=False)
    found: dict[int, list[Candidate]] = {}
    for row in rows.select_related("appraisal").order_by("year", "pk"):
        found.setdefault(row.placement_id, []).append(row)
    return found


def taken_over(placement: Placement, before: Sequence[Candidate]) -> Candidate | None:
    """The appraisal that the end of term uses again: the last one, closed (or to be closed) at most so many months before
    the last day in post."""
    last = max(before, key=lambda one: (closing_day(one.appraisal), one.pk), default=None)
    if last is None:
        return None
    earliest = add_months(placement.last_day, -figure(placement, "reuse_months"))
    return last if closing_day(last.appraisal) >= earliest else None


def closing_day(appraisal: Appraisal) -> dt.date:
    """When it was closed, or is to be closed."""
    return appraisal.closed_on or appraisal.closes_on


def named(refused: Sequence[tuple[Placement, str]]) -> str:
    """Who is refused and why, the first of them by name."""
    words = [_("%(name)s（%(why)s）") % {"name": one.person.name, "why": why} for one, why in refused]
    shown = listed(words[:MOST_NAMED])
    return shown if len(words) <= MOST_NAMED else _("%(names)s等%(n)d人") % {"names": shown, "n": len(words)}


def touches(placement: Placement, year: int) -> bool:
    """Whether the placement has a day in the year."""
    return placement.starts_on <= dt.date(year, 12, 31) and placement.last_day >= dt.date(year, 1, 1)


def _why_not(appraisal: Appraisal, placement: Placement, before: Sequence[Candidate]) -> str:
    if not placement.owner_unit.path.startswith(appraisal.owner_unit.path):
        return _("由其他组织部门主办")
    if placement.state not in BEGAN:
        return _("尚未到任，或挂职已取消")
    if not is_held(placement):
        return _("所在挂职项目不开展民主测评")
    same = next((one for one in before if one.year == appraisal.year), None)
    if same is not None:
        words = _("%(year)d 年度已在《%(name)s》中测评")
        return words % {"year": appraisal.year, "name": same.appraisal.name}
    if appraisal.occasion == Occasion.END_OF_TERM:
        return _why_not_at_end(appraisal, placement, before)
    if not touches(placement, appraisal.year):
        words = _("%(year)d 年度不在挂职期内（%(first)s至%(last)s）")
        values = {"year": appraisal.year, "first": placement.starts_on, "last": placement.last_day}
        return words % values
    return ""


def _why_not_at_end(appraisal: Appraisal, placement: Placement, before: Sequence[Candidate]) -> str:
    if placement.last_day.year != appraisal.year:
        words = _("挂职至%(day)s，期满测评属于 %(year)d 年度")
        return words % {"day": placement.last_day, "year": placement.last_day.year}
    used = taken_over(placement, before)
    if used is not None:
        words = _("期满考核直接采用《%(name)s》：%(day)s封存，距期满不超过 %(n)d 个月")
        months = figure(placement, "reuse_months")
        return words % {"name": used.appraisal.name, "day": closing_day(used.appraisal), "n": months}
    return ""
