"""What needs the account today; the same for every role."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secondment.accounts.models import User
from secondment.obligations.waiting import waiting_for
from secondment.portal.homes.view_models import SHOWN, Cell, Figure, Panel
from secondment.portal.links import link


def todo_parts(user: User, on: dt.date) -> tuple[Figure, Panel]:
    """How much waits and how much of it is late, and the most urgent lines of the same list."""
    waiting = waiting_for(user, on)
    n_late = sum(one.due_on is not None and one.due_on < on for one in waiting)
    figure = Figure(
        _("我的待办"),
        len(waiting),
        link("obligations:todo"),
        pgettext("figure", "项"),
        note=_("其中逾期 %(n)s 项") % {"n": n_late} if n_late else _("没有逾期"),
        note_kind="bad" if n_late else "good",
    )
    panel = Panel(
        key="todo",
        title=_("今日待办"),
        heads=(_("事项"), _("相关"), _("日期"), _("状态")),
        rows=[
            [
                Cell(one.title, one.path, phone="title"),
                Cell(one.creditor or one.unit, phone="line"),
                Cell(one.due_on or one.basis, phone="line"),
                Cell(one.state, status=one.status, phone="aside"),
            ]
            for one in waiting[:SHOWN]
        ],
        url=link("obligations:todo"),
        empty_title=_("没有待办事项"),
        empty_text=_("需要您办理的事项在此显示，无需逐页查找。"),
        icon="circle-check",
    )
    return figure, panel
