"""What needs the account today; the same for every role."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secondment.accounts.models import User
from secondment.obligations.lists import due_status, due_words
from secondment.obligations.queries import todo_of
from secondment.portal.homes.parts import SHOWN, Cell, Figure, Panel
from secondment.portal.links import link


def todo_figure(user: User, on: dt.date, *, n_next_steps: int = 0) -> Figure:
    """How much waits, and how much of it is late; with next steps it leads to the panel that holds both."""
    counts = todo_of(user).aggregate(n=Count("pk"), n_late=Count("pk", filter=Q(due_on__lt=on)))
    late = counts["n_late"]
    return Figure(
        label=_("我的待办"),
        value=counts["n"] + n_next_steps,
        unit=pgettext("figure", "项"),
        url="#panel-todo" if n_next_steps else link("obligations:todo"),
        note=_("其中逾期 %(n)s 项") % {"n": late} if late else _("没有逾期"),
        note_kind="bad" if late else "good",
    )


def todo_panel(
    user: User, on: dt.date, *, span: int = 12, next_steps: Sequence[Sequence[Cell]] = ()
) -> Panel:
    """The most urgent obligations, then what waits for the user's next step."""
    rows = [
        [
            Cell(one.title, one.path, phone="title"),
            Cell(one.creditor, phone="line"),
            Cell(one.due_on, phone="line"),
            Cell(due_words(one, on), status=due_status(one, on), phone="aside"),
        ]
        for one in todo_of(user)[:SHOWN]
    ]
    return Panel(
        key="todo",
        title=_("今天需要我办的"),
        heads=(_("事项"), _("相关"), _("日期"), _("状态")),
        rows=[*rows, *next_steps],
        url=link("obligations:todo"),
        span=span,
        empty_title=_("没有待办事项"),
        empty_text=_("需要您办理的事项会出现在这里，不必逐页查找。"),
        icon="circle-check",
    )
