"""The list of complaints and suggestions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.talks.filters import SuggestionFilter


def category_words(row: Any) -> str:
    """What it is about, for those who may know."""
    return str(row.get_category_display()) if row.is_open else _("已转办")


def sender_words(row: Any) -> str:
    """Who wrote it, for those who may know."""
    if not row.is_open:
        return ""
    return row.sent_by.name if row.sent_by else _("匿名")


def about_words(row: Any) -> str:
    """Whom it is about, for those who may know."""
    return row.about.person.name if row.is_open and row.about else ""


def finding_words(row: Any) -> str:
    """What was found, for those who may know."""
    return str(row.get_finding_display()) if row.is_open else ""


def state_words(row: Any) -> str:
    """State, or that it is late on the day of the page."""
    return _("逾期未答复") if row.is_late(row.today) else str(row.get_state_display())


def state_status(row: Any) -> Status:
    """Colour of the state."""
    if row.is_late(row.today):
        return "bad"
    return "info" if row.state == "waiting" else "good"


SUGGESTIONS = Listing(
    key="suggestions",
    title=gettext_lazy("意见建议"),
    columns=(
        Column("category", gettext_lazy("类别"), value=category_words, phone="title"),
        Column("unit.name", gettext_lazy("受理单位"), sort="unit__path", phone="line"),
        Column("sender", gettext_lazy("提出人"), value=sender_words, is_short=True),
        Column("about", gettext_lazy("涉及的挂职干部"), value=about_words, phone="line"),
        Column("received_on", gettext_lazy("收到日期"), sort=("received_on", "pk"), is_short=True),
        Column("due_on", gettext_lazy("答复期限"), sort=("due_on", "pk"), is_short=True),
        Column("answered_on", gettext_lazy("答复日期"), sort="answered_on", is_short=True),
        Column("finding", gettext_lazy("核实结果"), value=finding_words, is_short=True),
        Column(
            "state",
            gettext_lazy("状态"),
            value=state_words,
            sort="state",
            status=state_status,
            phone="aside",
        ),
    ),
    default_sort="-received_on",
    row_url=lambda row: reverse("talks:suggestion_detail", args=[row.pk]),
    filters=SuggestionFilter,
    empty_title=gettext_lazy("还没有意见建议"),
    empty_text=gettext_lazy("您提的和您单位受理的意见建议，在此显示。匿名意见凭回执码查询。"),
)
