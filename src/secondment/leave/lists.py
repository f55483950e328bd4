"""Lists of leave."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.listing.listing import Column, Listing
from secondment.leave.filters import LeaveFilter, MonthFilter
from secondment.leave.view_models import STATE_STATUS, MonthRow, days
from secondment.leave.words import half_words, span_words

REQUESTS = Listing(
    key="leave",
    title=gettext_lazy("请假"),
    columns=(
        Column(
            "placement.person.name",
            gettext_lazy("姓名"),
            sort="placement__person__name_key",
            phone="title",
            is_short=True,
        ),
        Column("placement.host_unit.name", gettext_lazy("接收单位"), sort="placement__host_unit__path"),
        Column(
            "placement.home_unit.name",
            gettext_lazy("派出单位"),
            sort="placement__home_unit__path",
            is_hidden_by_default=True,
        ),
        Column(
            "type", gettext_lazy("假别"), value=lambda row: row.get_type_display(), sort="type", is_short=True
        ),
        Column(
            "span",
            gettext_lazy("时间"),
            value=lambda row: span_words(row.span),
            sort=("starts_on", "pk"),
            phone="line",
        ),
        Column("days", gettext_lazy("工作日"), value=lambda row: row.days, sort="half_days", align="end"),
        Column(
            "back",
            gettext_lazy("返岗"),
            value=lambda row: half_words(row.back) if row.back else "",
            sort="back_on",
            is_short=True,
        ),
        Column(
            "source",
            gettext_lazy("填报方式"),
            value=lambda row: row.get_source_display(),
            sort="source",
            is_hidden_by_default=True,
        ),
        Column(
            "asked_at", gettext_lazy("申请时间"), sort="asked_at", is_short=True, is_hidden_by_default=True
        ),
        Column(
            "state",
            gettext_lazy("状态"),
            value=lambda row: row.get_state_display(),
            sort="state",
            status=lambda row: STATE_STATUS.get(row.state, "idle"),
            phone="aside",
        ),
    ),
    default_sort="-span",
    row_url=lambda row: reverse("leave:leave_detail", args=[row.pk]),
    filters=LeaveFilter,
    empty_title=gettext_lazy("还没有请假"),
    empty_text=gettext_lazy("本人申请、单位代填或从汇总表导入的请假，在此显示。"),
)


def _norm_words(row: MonthRow) -> str:
    norm = row.presence.norm_days
    if not norm:
        return ""
    words = _("不足 %(n)s 天") if row.presence.is_below_norm else _("达到 %(n)s 天")
    return words % {"n": norm}


MONTH = Listing(
    key="leave-month",
    title=gettext_lazy("在岗情况"),
    columns=(
        Column("name", gettext_lazy("姓名"), sort=lambda row: row.placement.person.name_key, phone="title"),
        Column(
            "placement.host_unit.parent.name",
            gettext_lazy("上级单位"),
            sort=lambda row: row.placement.host_unit.path,
            is_hidden_by_default=True,
        ),
        Column(
            "placement.host_unit.name",
            gettext_lazy("接收单位"),
            sort=lambda row: row.placement.host_unit.path,
            phone="line",
        ),
        Column(
            "due",
            gettext_lazy("应在岗"),
            value=lambda row: days(row.presence.n_due),
            sort=lambda row: row.presence.n_due,
            align="end",
        ),
        Column(
            "leave",
            gettext_lazy("请假"),
            value=lambda row: days(row.presence.leave),
            sort=lambda row: row.presence.leave,
            align="end",
        ),
        Column(
            "late",
            gettext_lazy("逾期未归"),
            value=lambda row: days(row.presence.late),
            sort=lambda row: row.presence.late,
            align="end",
        ),
        Column(
            "in_post",
            gettext_lazy("在岗"),
            value=lambda row: days(row.presence.in_post),
            sort=lambda row: row.presence.in_post,
            align="end",
            phone="aside",
        ),
        Column(
            "official",
            gettext_lazy("其中公务外出"),
            value=lambda row: days(row.presence.official),
            sort=lambda row: row.presence.official,
            align="end",
            is_hidden_by_default=True,
        ),
        Column("norm", gettext_lazy("规定天数"), value=_norm_words),
    ),
    default_sort="placement.host_unit.name",
    row_url=lambda row: reverse("leave:placement_leave", args=[row.placement.pk]),
    filters=MonthFilter,
    empty_title=gettext_lazy("这个月没有在挂的干部"),
    empty_text=gettext_lazy("干部报到以后，每月的应在岗、请假和在岗天数在此显示。"),
)
