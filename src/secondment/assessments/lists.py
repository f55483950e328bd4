"""The list of years, and the register of one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.assessments.choices import READY, STAGES, WAITING, DecisionState, PoolKind, Side
from secondment.assessments.facts import CHANGES
from secondment.assessments.filters import EvaluationFilter, UnitFilter
from secondment.assessments.labels import GRADE_STATUS, decided_label, grade_label
from secondment.assessments.limits import known, told
from secondment.assessments.models import Evaluation, Register
from secondment.assessments.rules import may_manage, reads_inside
from secondment.common.components import Status
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.common.sentences import joined_sentences
from secondment.people.rules import sections_at

STAGE_STATUS: dict[str, Status] = {
    WAITING: "warn",
    READY: "info",
    DecisionState.RECORDED: "warn",
    DecisionState.CONFIRMED: "info",
    DecisionState.POSTED: "info",
    DecisionState.IN_FORCE: "good",
}
STAGE_LABELS = dict(STAGES)


def changes_text(row: Evaluation) -> str:
    """What has to be looked at again."""
    return joined_sentences(CHANGES[code] for code in row.changes)


def decided_of(row: Any) -> str:
    """The last grade that this reader may know of."""
    return decided_label(row.last_grade, row.person.category) if row.last_state else ""


REGISTERS = Listing(
    key="registers",
    title=_("年度考核"),
    columns=(
        Column("year", _("考核年度"), sort="year", phone="title", is_short=True),
        Column("owner_unit.name", _("主办组织部门"), sort="owner_unit__path"),
        Column(
            "programme",
            _("挂职项目"),
            value=lambda row: row.programme.name if row.programme else _("全部项目"),
            sort="programme__name",
        ),
        Column("n_people", _("人数"), sort="n_people", align="end"),
        Column("opinions_by", _("意见报送期限"), sort="opinions_by", phone="aside"),
    ),
    default_sort="-year",
    row_url=lambda row: reverse("assessments:register_detail", args=[row.pk]),
    empty_title=_("尚未开展年度考核"),
    empty_text=_("组织部门开展年度考核后，派出单位和接收单位在此填报意见。"),
    is_exportable=False,
)

COLUMNS = (
    Column("person.name", _("姓名"), sort="person__name_key", phone="title", is_short=True),
    Column(
        "placement.home_unit.name",
        _("派出单位"),
        sort=("placement__home_unit__path", "person__name_key"),
        is_heading=True,
    ),
    Column(
        "placement.host_unit.name",
        _("接收单位"),
        sort=("placement__host_unit__path", "person__name_key"),
        is_heading=True,
        phone="line",
    ),
    Column("placement.post.title", _("挂任职务"), is_hidden_by_default=True),
    Column(
        "pool",
        _("名额分组"),
        value=lambda row: PoolKind(row.pool.kind).label,
        sort=("pool__programme_version__programme__name", "pool__kind", "person__name_key"),
        is_heading=True,
    ),
    Column(
        "programme",
        _("挂职项目"),
        value=lambda row: row.pool.programme_version.programme.name,
        sort=("pool__programme_version__programme__name", "person__name_key"),
        is_hidden_by_default=True,
    ),
    Column("host_workdays", _("挂职工作日"), sort="host_workdays", align="end", is_hidden_by_default=True),
    Column(
        "leave_workdays", _("病事假工作日"), sort="leave_workdays", align="end", is_hidden_by_default=True
    ),
    Column("assessing_side", _("考核单位"), value=lambda row: Side(row.assessing_side).label, is_short=True),
    Column(
        "host_grade",
        _("接收单位建议"),
        value=lambda row: grade_label(row.host_grade, row.person.category),
        sort="host_grade",
        is_short=True,
    ),
    Column(
        "home_grade",
        _("派出单位建议"),
        value=lambda row: grade_label(row.home_grade, row.person.category),
        sort="home_grade",
        is_short=True,
    ),
    Column(
        "last_grade",
        _("等次"),
        value=decided_of,
        sort="last_grade",
        status=lambda row: GRADE_STATUS.get(row.last_grade, "idle"),
        is_short=True,
    ),
    Column(
        "stage",
        _("状态"),
        value=lambda row: STAGE_LABELS[row.stage],
        sort="stage",
        status=lambda row: STAGE_STATUS[row.stage],
        phone="aside",
        is_short=True,
    ),
)
CHANGED = Column("changes", _("需重新核对"), value=changes_text)
RECEIVED = Column("received_on", _("签收日期"), is_hidden_by_default=True)
EVALUATIONS = Listing(
    key="evaluations",
    title=_("年度考核名册"),
    columns=COLUMNS,
    default_sort="person.name",
    row_url=lambda row: reverse("assessments:evaluation_detail", args=[row.pk]),
    filters=EvaluationFilter,
    empty_title=_("名册中没有符合条件的人员"),
    empty_text=_("请调整筛选条件；当年在挂而未列入的人员，由组织部门在本页更新名单。"),
)
OPINIONS = BulkAction("opinions", _("填报意见"), "assessments:opinions_give", icon="edit")
FORMS = BulkAction("forms", _("打印登记表"), "assessments:forms_print", icon="printer")
OF_DEPARTMENT = (
    OPINIONS,
    FORMS,
    BulkAction("pool", _("调整名额分组"), "assessments:pools_change", icon="users-group"),
    BulkAction(
        "receipt",
        _("登记书面告知签收"),
        "assessments:results_receive",
        icon="check",
        question=_("所选人员已在纸质考核结果上签字。今天登记签收？"),
    ),
)


def filter_for(user: User, register: Register) -> type[EvaluationFilter]:
    """The filters of this account."""
    return EvaluationFilter if reads_inside(user, register) else UnitFilter


def evaluations_for(user: User, register: Register) -> Listing:
    """The register with the columns and the actions on chosen rows that this account has."""
    limits = Column("limits", _("等次限制"), value=lambda row: limits_text(user, row))
    listing = replace(EVALUATIONS, filters=filter_for(user, register))
    if not may_manage(user, register):
        return replace(listing, columns=(*COLUMNS, limits), bulk_actions=(OPINIONS, FORMS))
    columns: Sequence[Column] = (*COLUMNS, limits, CHANGED, RECEIVED)
    return replace(listing, columns=columns, bulk_actions=OF_DEPARTMENT)


def limits_text(user: User, row: Evaluation) -> str:
    """What bars a grade, as far as this reader may know."""
    sections = sections_at(user, row.person.unit.path)
    return joined_sentences(told(limit) for limit in known(row.limits, sections))
