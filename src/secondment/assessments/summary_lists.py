"""The list of summaries."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.assessments.filters import SummaryFilter
from secondment.assessments.models import Summary
from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing


def state_of(row: Summary) -> str:
    """How far it is."""
    if row.return_reason:
        return _("退回更正")
    return _("已查阅") if row.read_at else _("未查阅")


def status_of(row: Summary) -> Status:
    """The colour of that."""
    return "warn" if row.return_reason else "good" if row.read_at else "info"


SUMMARIES = Listing(
    key="summaries",
    title=gettext_lazy("年度个人总结"),
    columns=(
        Column(
            "placement.person.name",
            gettext_lazy("姓名"),
            sort="placement__person__name_key",
            phone="title",
            is_short=True,
        ),
        Column("year", gettext_lazy("年度"), sort=("year", "pk"), is_short=True, phone="line"),
        Column(
            "kind", gettext_lazy("类型"), value=lambda row: row.get_kind_display(), sort="kind", phone="line"
        ),
        Column(
            "placement.home_unit.name",
            gettext_lazy("派出单位"),
            sort=("placement__home_unit__path", "placement__person__name_key"),
            is_heading=True,
        ),
        Column(
            "placement.host_unit.name",
            gettext_lazy("接收单位"),
            sort=("placement__host_unit__path", "placement__person__name_key"),
            is_heading=True,
            phone="line",
        ),
        Column("placement.post.title", gettext_lazy("挂任职务"), is_hidden_by_default=True),
        Column("characters", gettext_lazy("字数"), value=lambda row: len(row.text), align="end"),
        Column("written_at", gettext_lazy("提交时间"), sort="written_at", is_short=True),
        Column(
            "source",
            gettext_lazy("填写方式"),
            value=lambda row: row.get_source_display(),
            sort="source",
            is_hidden_by_default=True,
        ),
        Column(
            "state", gettext_lazy("状态"), value=state_of, sort="read_at", status=status_of, phone="aside"
        ),
    ),
    default_sort="-year",
    row_url=lambda row: reverse("assessments:summary_detail", args=[row.pk]),
    filters=SummaryFilter,
    empty_title=gettext_lazy("还没有个人总结"),
    empty_text=gettext_lazy(
        "挂职干部每年写一份个人总结，期满的一年改写自我鉴定；本人提交或从汇总表导入后，在此查阅。"
    ),
)
