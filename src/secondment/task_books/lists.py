"""The list of task books."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.common.components import Status
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.task_books.choices import BookState, Stage
from secondment.task_books.filters import BookFilter
from secondment.task_books.models import FULL_WEIGHT
from secondment.task_books.rules import may_write_some
from secondment.units.queries import place_of

STATUS: dict[str, Status] = {
    Stage.NONE: "idle",
    Stage.SIGNED: "info",
    Stage.DUE: "warn",
    Stage.DONE: "good",
}
PROFILES = BulkAction("profiles", gettext_lazy("打印简介"), "task_books:profiles", icon="printer")
WRITE = BulkAction("write", gettext_lazy("批量起草任务书"), "task_books:books_write", icon="edit")


def in_hand_of(row: object) -> str:
    """What is being written: a first draft or a change, and whom it waits for."""
    state = getattr(row, "in_hand", "")
    if not state:
        return ""
    label = str(BookState(state).label)
    return _("变更：%(state)s") % {"state": label} if getattr(row, "n_tasks", 0) else label


def _share(weight: int) -> str:
    return f"{round(100 * weight / FULL_WEIGHT)}%"


BOOKS = Listing(
    key="task-books",
    title=gettext_lazy("任务书"),
    columns=(
        Column("person.name", gettext_lazy("姓名"), sort="person__name_key", phone="title", is_short=True),
        Column(
            "host_unit.name",
            gettext_lazy("接收单位"),
            value=lambda row: place_of(row.host_unit),
            sort=("host_unit__path", "person__name_key"),
            phone="line",
        ),
        Column("post.title", gettext_lazy("挂任职务"), sort="post__title"),
        Column(
            "stage",
            gettext_lazy("任务书"),
            value=lambda row: Stage(row.stage_now).label,
            sort=("stage_now", "host_unit__path"),
            status=lambda row: STATUS[row.stage_now],
            phone="aside",
            is_short=True,
        ),
        Column("in_hand", gettext_lazy("在办"), value=in_hand_of, sort="in_hand", is_short=True),
        Column(
            "accepted",
            gettext_lazy("已验收"),
            value=lambda row: f"{row.n_accepted}/{row.n_tasks}" if row.n_tasks else "",
            align="end",
            is_short=True,
        ),
        Column(
            "weight_accepted",
            gettext_lazy("已验收权重"),
            value=lambda row: _share(row.weight_accepted) if row.n_tasks else "",
            sort="weight_accepted",
            align="end",
            is_short=True,
        ),
        Column(
            "n_late", gettext_lazy("逾期任务"), value=lambda row: row.n_late or "", sort="n_late", align="end"
        ),
        Column("next_due_on", gettext_lazy("最近时限"), sort="next_due_on", is_short=True),
        Column(
            "weight_own",
            gettext_lazy("主动工作"),
            value=lambda row: _share(row.weight_own) if row.n_tasks else "",
            align="end",
            is_short=True,
            is_hidden_by_default=True,
        ),
        Column("home_unit.name", gettext_lazy("派出单位"), sort="home_unit__path", is_hidden_by_default=True),
        Column(
            "starts_on", gettext_lazy("挂职开始"), sort="starts_on", is_short=True, is_hidden_by_default=True
        ),
        Column(
            "last_day", gettext_lazy("挂职结束"), sort="ends_on", is_short=True, is_hidden_by_default=True
        ),
    ),
    default_sort="host_unit.name",
    row_url=lambda row: reverse("task_books:book_detail", args=[row.pk]),
    filters=BookFilter,
    empty_title=gettext_lazy("还没有任务书"),
    empty_text=gettext_lazy("挂职通知印发以后，接收单位可以在此为每名挂职干部起草任务书。"),
)


def books_for(user: User) -> Listing:
    """The list with the actions on chosen rows that this user has."""
    return replace(BOOKS, bulk_actions=(WRITE, PROFILES) if may_write_some(user) else (PROFILES,))
