"""The clocks of the law (公务员法 articles 95 and 96): until when one may ask, and by when it is decided.

The day of the receipt is not counted. Where the last day for the person is no working day, the next working day is the
last one; the days of offices are not moved.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from secondment.appeals.choices import AppealKind, AppealState
from secondment.appeals.models import Appeal
from secondment.assessments.models import Grade
from secondment.assessments.parameters import posting
from secondment.campaigns.eligibility_rules import RULES
from secondment.campaigns.eligibility_rules.rule import Value
from secondment.common.days import ONE_DAY
from secondment.common.workdays import is_workday
from secondment.people.choices import Grade as GradeCode
from secondment.placements.models import Placement

BASIS = _("《公务员法》第九十五条、第九十六条")
USUAL: Mapping[str, Value] = {
    one.name: one.default  # type: ignore[misc]  # none of this rule holds several values
    for rule in RULES
    if rule.code == "H18"
    for one in rule.parameters
}


class Against(StrEnum):
    """Which grades a programme hears complaints about."""

    INCOMPETENT = "incompetent"  # as the law says
    ANY = "any"  # others by rules of the office


@dataclass(frozen=True)
class Window:
    """The days on which one kind may be filed, both included; the first is the day of the receipt itself."""

    kind: AppealKind
    first: dt.date
    last: dt.date

    def is_open(self, on: dt.date) -> bool:
        """Whether it may be filed on this day."""
        return self.first <= on <= self.last


def figure(placement: Placement, name: str) -> int:
    """A number of days as the programme sets it; versions of earlier days name none."""
    return int(posting(placement)["values"].get(name, USUAL[name]))


def is_heard(grade: Grade) -> bool:
    """Whether complaints about this grade are heard: by law that of 不称职, others where the programme says so."""
    values = posting(grade.evaluation.placement)["values"]
    heard = values.get("appealable", USUAL["appealable"])
    return heard == Against.ANY or grade.grade == GradeCode.INCOMPETENT


def windows_of(grade: Grade, earlier: Mapping[str, Appeal]) -> list[Window]:
    """What may still be filed against a grade and when; nothing before the result was signed for.

    `earlier` holds by kind what was filed and not withdrawn. An appeal follows the review once its outcome was signed
    for, or goes straight to the office above; never both.
    """
    if grade.received_on is None or not grade.grade or not is_heard(grade) or AppealKind.APPEAL in earlier:
        return []
    placement, review = grade.evaluation.placement, earlier.get(AppealKind.REVIEW)
    if review is None:
        return [
            _window(AppealKind.REVIEW, grade.received_on, figure(placement, "review_days")),
            _window(AppealKind.APPEAL, grade.received_on, figure(placement, "appeal_days")),
        ]
    if review.state != AppealState.DECIDED or review.received_on is None or is_repeated(review):
        return []
    days = figure(placement, "appeal_after_review_days")
    return [_window(AppealKind.APPEAL, review.received_on, days)]


def is_repeated(appeal: Appeal) -> bool:
    """Whether its outcome took the grade away: whoever is not content with the next grade complains about that one."""
    return appeal.correction_id is not None


def due_on(kind: str, filed_on: dt.date, placement: Placement) -> dt.date:
    """By when the office decides."""
    name = "review_decided_days" if kind == AppealKind.REVIEW else "appeal_decided_days"
    return filed_on + dt.timedelta(days=figure(placement, name))


def most_extension(kind: str, placement: Placement) -> int:
    """By how many days the office may take longer: appeals alone, once."""
    return figure(placement, "appeal_extension_days") if kind == AppealKind.APPEAL else 0


def _window(kind: AppealKind, since: dt.date, n_days: int) -> Window:
    last = since + dt.timedelta(days=n_days)
    while not is_workday(last):
        last += ONE_DAY
    return Window(kind, since, last)
