"""My to-do: one list for every role."""

import datetime as dt

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondment.common.components import Status
from secondment.common.tables import Column, Table
from secondment.obligations.models import Obligation

DAYS_CALLED_SOON = 7


def due_status(obligation: Obligation, on: dt.date) -> Status:
    """bad when overdue, warn within a week, else idle."""
    left = (obligation.due_on - on).days
    return "bad" if left < 0 else "warn" if left <= DAYS_CALLED_SOON else "idle"


def due_words(obligation: Obligation, on: dt.date) -> str:
    """How many days are left, in words."""
    left = (obligation.due_on - on).days
    if left < 0:
        return gettext("逾期 %(n)s 天") % {"n": -left}
    return gettext("今天到期") if left == 0 else gettext("还有 %(n)s 天") % {"n": left}


def todo_table(on: dt.date) -> Table:
    """The table of open obligations as they stand on a day."""
    return Table(
        key="todo",
        title=_("我的待办"),
        columns=(
            Column("title", _("事项"), phone="title"),
            Column("unit.name", _("责任单位"), sort="unit__path", phone="line"),
            Column("creditor", _("向谁"), phone="line"),
            Column("basis", _("依据"), is_hidden_by_default=True),
            Column("due_on", _("截止日期"), sort="due_on", is_short=True, phone="line"),
            Column(
                "left",
                _("期限"),
                value=lambda row: due_words(row, on),
                status=lambda row: due_status(row, on),
                phone="aside",
            ),
        ),
        default_sort="due_on",
        row_url=lambda row: row.path,
        empty_title=_("没有待办事项"),
        empty_text=_("需要您办理的事项会按截止日期排列在这里，不必逐个页面查找。"),
    )
