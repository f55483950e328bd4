"""The register of reviews and appeals (复核申诉登记簿)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.appeals.choices import STATE_STATUS, AppealState
from secondment.appeals.filters import AppealFilter
from secondment.assessments.labels import decided_label
from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing


def is_late(row: Any) -> bool:
    """Whether it should have been decided."""
    return bool(row.state == AppealState.OPEN and row.due_on < row.today)


def state_words(row: Any) -> str:
    """State, or that it is late."""
    return _("逾期未决定") if is_late(row) else str(row.get_state_display())


def state_status(row: Any) -> Status:
    """Colour of the state."""
    return "bad" if is_late(row) else STATE_STATUS[row.state]


def grade_words(row: Any) -> str:
    """The grade that it is against."""
    return decided_label(row.grade.grade, row.grade.evaluation.person.category)


APPEALS = Listing(
    key="appeals",
    title=gettext_lazy("复核申诉登记簿"),
    columns=(
        Column(
            "grade.evaluation.person.name",
            gettext_lazy("姓名"),
            sort=("grade__evaluation__person__name_key", "pk"),
            phone="title",
        ),
        Column(
            "grade.evaluation.year",
            gettext_lazy("考核年度"),
            sort=("grade__evaluation__year", "pk"),
            value=lambda row: str(row.grade.evaluation.year),
            is_short=True,
        ),
        Column("grade", gettext_lazy("原等次"), value=grade_words, sort="grade__grade", is_short=True),
        Column("get_kind_display", gettext_lazy("类型"), sort="kind", phone="line", is_short=True),
        Column("office.name", gettext_lazy("受理单位"), sort="office__path", is_heading=True),
        Column("filed_on", gettext_lazy("提出日期"), sort=("filed_on", "pk"), is_short=True),
        Column("due_on", gettext_lazy("办理期限"), sort=("due_on", "pk"), is_short=True),
        Column("decided_on", gettext_lazy("决定日期"), sort="decided_on", is_short=True),
        Column("get_outcome_display", gettext_lazy("决定"), sort="outcome", is_short=True),
        Column("number", gettext_lazy("决定文号"), sort="number", is_hidden_by_default=True),
        Column("received_on", gettext_lazy("签收日期"), sort="received_on", is_hidden_by_default=True),
        Column(
            "state",
            gettext_lazy("状态"),
            value=state_words,
            sort="state",
            status=state_status,
            phone="aside",
            is_short=True,
        ),
    ),
    default_sort="-filed_on",
    row_url=lambda row: reverse("appeals:appeal_detail", args=[row.pk]),
    filters=AppealFilter,
    empty_title=gettext_lazy("没有复核、申诉"),
    empty_text=gettext_lazy(
        "本人签收考核结果后不服的，在“我的年度考核”提出；交来书面申请的，在年度考核个人页面登记。"
    ),
)


PROOFS = Listing(
    key="open_proofs",
    title=gettext_lazy("公开验证"),
    columns=(
        Column("run", gettext_lazy("测评计算"), value=lambda row: str(row.run), phone="title"),
        Column("run.owner_unit.name", gettext_lazy("主办组织部门"), sort="run__owner_unit__path"),
        Column("purpose", gettext_lazy("用途"), sort="purpose", phone="line"),
        Column("recipient", gettext_lazy("接收人"), sort="recipient", is_short=True),
        Column("asked_by.name", gettext_lazy("提出人"), sort="asked_by__name", is_short=True),
        Column("asked_at", gettext_lazy("提出时间"), sort=("asked_at", "pk"), is_short=True),
        Column("opened_by.name", gettext_lazy("开启人"), sort="opened_by__name", is_short=True),
        Column("get_state_display", gettext_lazy("状态"), sort="state", phone="aside", is_short=True),
    ),
    default_sort="-asked_at",
    row_url=lambda row: reverse("appeals:proof_detail", args=[row.pk]),
    is_exportable=False,
    empty_title=gettext_lazy("没有公开验证"),
    empty_text=gettext_lazy("纪检机关或申诉人委托的专家需要核对结果的，由一人提出、另一人开启。"),
)
