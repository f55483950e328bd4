"""Lists of daily work."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.common.sentences import joined_sentences
from secondment.daily_work.filters import NoticeFilter
from secondment.daily_work.models import HomeNotice


def gist_of(row: HomeNotice) -> str:
    """What it says, in one line."""
    if row.is_quiet:
        return _("本季度无事项")
    return joined_sentences(text for name in row.TEXTS if (text := getattr(row, name)))


def receipt_of(row: HomeNotice) -> str:
    """Whether the person has read it; nobody reads here without an account."""
    if row.read_at:
        return _("已阅知")
    return _("未阅知") if row.placement.person.account_id else _("本人无账号")


def _receipt_status(row: HomeNotice) -> Status:
    return "good" if row.read_at else "idle"


NOTICES = Listing(
    key="home-notices",
    title=gettext_lazy("告知单"),
    columns=(
        Column(
            "placement.person.name",
            gettext_lazy("姓名"),
            sort="placement__person__name_key",
            phone="title",
            is_short=True,
        ),
        Column("placement.home_unit.name", gettext_lazy("派出单位"), sort="placement__home_unit__path"),
        Column("placement.host_unit.name", gettext_lazy("接收单位"), sort="placement__host_unit__path"),
        Column(
            "period",
            gettext_lazy("期间"),
            value=lambda row: row.period.label,
            sort=("ends_on", "pk"),
            phone="line",
        ),
        Column("gist", gettext_lazy("内容"), value=gist_of, phone="line"),
        Column(
            "source",
            gettext_lazy("填报方式"),
            value=lambda row: row.get_source_display(),
            sort="source",
            is_hidden_by_default=True,
        ),
        Column("handed_in_at", gettext_lazy("告知时间"), sort="handed_in_at", is_short=True),
        Column("receipt", gettext_lazy("阅知"), value=receipt_of, status=_receipt_status, phone="aside"),
    ),
    default_sort="-handed_in_at",
    row_url=lambda row: reverse("daily_work:notice_detail", args=[row.pk]),
    filters=NoticeFilter,
    empty_title=gettext_lazy("还没有告知单"),
    empty_text=gettext_lazy("派出单位把重大事项、工作进展要求和后勤保障告知本人后，在此显示。"),
)
