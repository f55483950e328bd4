"""What the pages of summaries show: what is known and need not be written, the text, and how far it is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.models import Summary
from secondment.assessments.rules import may_write_summary
from secondment.assessments.summary_lists import state_of
from secondment.assessments.summary_workbooks import written_about
from secondment.assessments.writing import Asked, asked_of
from secondment.common.components import Fact
from secondment.leave.presence import amounts_of, year_of
from secondment.placements.models import Placement
from secondment.task_books.facts import task_facts


@dataclass(frozen=True)
class TextLine:
    """A text that is asked for, with what was written; whether this reader may write it now."""

    asked: Asked
    summary: Summary | None
    may_write: bool

    @property
    def state(self) -> str:
        """How far it is."""
        return state_of(self.summary) if self.summary else _("待写")


def lines_of(user: User, placements: Sequence[Placement], on: dt.date) -> list[TextLine]:
    """Every text of these people, the newest first."""
    written = written_about(placements)
    lines = []
    for placement in placements:
        for asked in asked_of(placement, on):
            summary = written.get((placement.pk, asked.year))
            is_open = summary is None or summary.read_at is None
            lines.append(TextLine(asked, summary, is_open and may_write_summary(user, placement, summary)))
    return sorted(lines, key=lambda one: (one.asked.year, one.asked.placement.pk), reverse=True)


def known_facts(placement: Placement, year: int, on: dt.date) -> list[Fact]:
    """What the system knows of the year: nobody writes it once more."""
    first, last = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    amounts = amounts_of([placement.pk], first, last)
    tasks = task_facts([placement], on)[placement.pk]
    figures = {"n": tasks.n_tasks, "done": tasks.n_accepted}
    return [
        Fact(_("派出单位"), placement.home_unit.name),
        Fact(_("接收单位"), placement.host_unit.name),
        Fact(_("挂任职务"), placement.post.title),
        Fact(_("分工"), placement.duties, is_wide=True),
        Fact(
            _("任务书"), _("%(n)d 项，已验收 %(done)d 项") % figures if tasks.is_signed else _("任务书未签")
        ),
        Fact(_("在岗（工作日）"), year_of(placement, year, amounts).arithmetic),
    ]


def summary_facts(summary: Summary) -> list[Fact]:
    """Who wrote it how, and who has read it."""
    facts = [
        Fact(_("年度"), f"{summary.year}"),
        Fact(_("字数"), len(summary.text)),
        Fact(_("填写方式"), summary.get_source_display()),
        Fact(_("提交时间"), summary.written_at),
        Fact(_("状态"), state_of(summary)),
    ]
    if summary.read_by is not None:
        facts.append(Fact(_("首次查阅"), f"{summary.read_by.name} {summary.read_at:%Y-%m-%d}"))
    return facts
