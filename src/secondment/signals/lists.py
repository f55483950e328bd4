"""The list of early signs: questions by the day they were put, never people by how many they have. It leaves as no file."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.signals.choices import SignState
from secondment.signals.filters import SignFilter
from secondment.signals.words import title_of

STATUS: dict[str, Status] = {
    SignState.ASKED: "info",
    SignState.ANSWERED: "warn",
    SignState.SHOWN: "info",
    SignState.CLOSED: "idle",
}


def state_words(row: Any) -> str:
    """Where it stands; one that nobody needs to answer any more says so."""
    if row.state == SignState.ASKED and not row.holds:
        return _("已不成立，不必说明")
    if row.state == SignState.ASKED and row.due_on < row.today:
        return _("逾期未说明")
    return str(row.get_state_display())


def state_status(row: Any) -> Status:
    """Colour of the state."""
    if row.state == SignState.ASKED and not row.holds:
        return "idle"
    if row.state == SignState.ASKED and row.due_on < row.today:
        return "bad"
    return STATUS[row.state]


LIST = Listing(
    key="early-signs",
    title=gettext_lazy("预警提示"),
    columns=(
        Column("sign", gettext_lazy("提示事项"), value=lambda row: title_of(row.code), phone="title"),
        Column("placement.person.name", gettext_lazy("挂职干部"), phone="line", is_short=True),
        Column("placement.host_unit.name", gettext_lazy("接收单位"), phone="line"),
        Column("unit.name", gettext_lazy("先问单位")),
        Column("raised_on", gettext_lazy("提示日期"), sort=("raised_on", "pk"), is_short=True),
        Column("due_on", gettext_lazy("说明期限"), sort=("due_on", "pk"), is_short=True),
        Column("expires_on", gettext_lazy("失效日期"), is_short=True, is_hidden_by_default=True),
        Column("state", gettext_lazy("状态"), value=state_words, status=state_status, phone="aside"),
    ),
    default_sort="-raised_on",
    row_url=lambda row: reverse("signals:sign_detail", args=[row.pk]),
    filters=SignFilter,
    empty_title=gettext_lazy("没有预警提示"),
    empty_text=gettext_lazy(
        "系统每晚按任务书、分工、请假、在岗、报告和告知单查看一次。有需要问一问的，先在此请单位说明。"
    ),
    is_exportable=False,
)
