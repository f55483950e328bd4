"""What records say about a quantitative indicator; a proposal with its reason, which a person confirms or does not."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from secondment.assessments.composite.choices import Backing
from secondment.assessments.composite.drafts import is_presence_share
from secondment.assessments.composite.standards import Schemes
from secondment.assessments.composite.words import plain_number
from secondment.assessments.models import Evaluation
from secondment.leave.presence import Amounts, amounts_of, year_of
from secondment.leave.spans import HALF_DAYS
from secondment.placements.models import Placement
from secondment.standards.models import Indicator
from secondment.standards.sources import Source
from secondment.task_books.facts import Done, done_by


@dataclass(frozen=True)
class Proposal:
    """A value with the words that say where it comes from."""

    value: Decimal
    backing: Backing
    reason: str

    @property
    def words(self) -> str:
        """Both in one line."""
        return f"{plain_number(self.value)}（{self.reason}）"


Proposals = dict[tuple[int, str], Proposal]


def proposals_for(evaluations: Iterable[Evaluation], schemes: Schemes) -> Proposals:
    """(Evaluation, indicator) → what task books and the ledger of leave say; as many queries for one as for many."""
    rows = [one for one in evaluations if one.pk in schemes]
    wanted = {indicator.source for one in rows for indicator in schemes[one.pk].quantitative}
    found: Proposals = {}
    for year in {one.year for one in rows}:
        of_year = [one for one in rows if one.year == year]
        placements = [one.placement for one in of_year]
        done = done_by(placements, _last_day(year)) if Source.TASK_BOOK in wanted else {}
        amounts = _amounts(placements, year) if Source.PRESENCE in wanted else {}
        for one in of_year:
            for indicator in schemes[one.pk].quantitative:
                proposal = _proposal(one, indicator, done.get(one.placement_id), amounts)
                if proposal is not None:
                    found[one.pk, indicator.code] = proposal
    return found


def _proposal(
    evaluation: Evaluation, indicator: Indicator, done: Done | None, amounts: Amounts
) -> Proposal | None:
    if indicator.source == Source.TASK_BOOK and done is not None:
        return _of_tasks(done, evaluation.year)
    if indicator.source == Source.PRESENCE:
        return _of_presence(evaluation.placement, evaluation.year, indicator, amounts)
    return None


def _of_tasks(done: Done, year: int) -> Proposal:
    values = {
        "number": done.number,
        "day": _last_day(year),
        "due": done.due,
        "done": done.done,
        "n_due": done.n_due,
        "n_done": done.n_done,
    }
    reason = _(
        "任务书第 %(number)d 版：至 %(day)s 应完成 %(n_due)d 项（权重 %(due)d%%），已验收 %(n_done)d 项（权重 %(done)d%%）"
    )
    return Proposal(_rounded(done.percent), Backing.DOCUMENTED, reason % values)


def _of_presence(placement: Placement, year: int, indicator: Indicator, amounts: Amounts) -> Proposal | None:
    presence = year_of(placement, year, amounts)
    if not presence.n_due:
        return None
    share = 100 * presence.in_post / presence.n_due
    value = share if is_presence_share(indicator) else presence.in_post / HALF_DAYS
    reason = _("请假台账（天）：%(sum)s") % {"sum": presence.arithmetic}
    return Proposal(_rounded(value), Backing.DOCUMENTED, reason)


def _amounts(placements: Iterable[Placement], year: int) -> Amounts:
    return amounts_of([one.pk for one in placements], dt.date(year, 1, 1), dt.date(year + 1, 1, 1))


def _last_day(year: int) -> dt.date:
    return dt.date(year, 12, 31)


def _rounded(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))
