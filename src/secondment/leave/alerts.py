"""What the law and the programme want looked into: from the ledger and the returns, with the arithmetic."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from secondment.campaigns.choices import RuleMode
from secondment.leave.choices import NO_RECALL, Alert, LeaveState
from secondment.leave.drafts import term_of
from secondment.leave.models import LeaveEntry, LeaveRequest
from secondment.leave.parameters import absence_rule, recall_rule
from secondment.leave.spans import HALF_DAYS, HalfDay, Span, joined
from secondment.leave.words import days_words
from secondment.placements.models import Placement


@dataclass(frozen=True)
class Raised:
    """An alert of a year: how many half-days, and how many days are allowed."""

    alert: Alert
    year: int
    half_days: int
    most_days: int
    basis: str

    @property
    def days(self) -> float:
        """In days."""
        return self.half_days / HALF_DAYS

    @property
    def shown(self) -> str:
        """Days as they are written."""
        return days_words(self.half_days)

    @property
    def label(self) -> str:
        """What it is called."""
        return str(self.alert.label)

    @property
    def is_recall(self) -> bool:
        """Whether a recall is to be looked into."""
        return self.alert == Alert.RECALL

    @property
    def meaning(self) -> str:
        """What was counted, and what it does not say."""
        if self.is_recall:
            return _(
                "按台账的工作日累计；公务外出视同在岗，年休假、婚产假是法定权利，都不计入。是否召回由组织部门研究决定。"
            )
        return _(
            "按自然日计，从应返岗之日到返岗前；已认定有正当理由的不计。是否构成逾期不归由组织部门核实认定。"
        )


def alerts_of(placement: Placement, on: dt.date) -> list[Raised]:
    """Everything that is beyond its limit today."""
    found: list[Raised] = []
    rule = absence_rule(placement)
    if rule["mode"] != RuleMode.OFF:
        late = late_spans(placement, on)
        running, in_year = rule["values"]["days_running"], rule["values"]["days_in_year"]
        found += [
            Raised(Alert.RUNNING, one.last.day.year, one.n_half_days, running, rule["basis"]) for one in late
        ]
        found += [
            Raised(Alert.IN_YEAR, year, n, in_year, rule["basis"]) for year, n in _by_year(late).items()
        ]
    rule = recall_rule(placement)
    if rule["mode"] != RuleMode.OFF:
        most = rule["values"]["leave_days"]
        found += [
            Raised(Alert.RECALL, year, n, most, rule["basis"]) for year, n in leave_by_year(placement).items()
        ]
    return _worst(one for one in found if one.half_days > one.most_days * HALF_DAYS)


def late_spans(placement: Placement, on: dt.date) -> list[Span]:
    """Days beyond the leave for which nobody has accepted a reason, by the calendar; those still running end today."""
    rows = LeaveRequest.objects.filter(
        placement=placement, state__in=(LeaveState.GRANTED, LeaveState.RETURNED), late_excused=""
    )
    term = term_of(placement)
    return joined([Span(one.due_back, one.back or HalfDay(on)).shared(term) for one in rows])


def leave_by_year(placement: Placement) -> dict[int, int]:
    """Year → half-days of leave that may speak for a recall, by the ledger."""
    rows = LeaveEntry.objects.filter(placement=placement).exclude(request__type__in=NO_RECALL)
    found: dict[int, int] = {}
    for month, n in rows.values_list("month").annotate(n=Sum("half_days")).order_by("month"):
        found[month.year] = found.get(month.year, 0) + n
    return found


def _by_year(spans: Sequence[Span]) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in spans:
        for part in one.by_month():
            year = part.starts.day.year
            found[year] = found.get(year, 0) + part.n_half_days
    return found


def _worst(raised: Iterable[Raised]) -> list[Raised]:
    """One of each kind a year, the longest."""
    found: dict[tuple[Alert, int], Raised] = {}
    for one in sorted(raised, key=lambda each: each.half_days):
        found[one.alert, one.year] = one
    return [found[key] for key in sorted(found, key=lambda key: (key[1], key[0]))]
