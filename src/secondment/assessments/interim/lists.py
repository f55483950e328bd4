"""Lists of routine, mid-term and special assessments."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.assessments.interim.choices import Proposal, RoutineGradeCode, SpecialState
from secondment.assessments.interim.models import RoutineGrade, SpecialAssessment
from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.common.listing.names import PersonFilter, UnitsFilter
from secondment.placements.models import Placement

GRADE_STATUS: dict[str, Status] = {
    RoutineGradeCode.GOOD: "good",
    RoutineGradeCode.FAIRLY_GOOD: "info",
    RoutineGradeCode.FAIR: "warn",
    RoutineGradeCode.POOR: "bad",
}
PROPOSAL_STATUS: dict[str, Status] = {
    Proposal.CONTINUE: "good",
    Proposal.ADJUST: "warn",
    Proposal.RECALL: "bad",
}
ALL = _("全部")


class RoutineFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, unit, year and grade."""

    name = PersonFilter("placement__person", label=_("姓名"))
    unit = UnitsFilter("placement__host_unit", "placement__home_unit", label=_("单位"))
    year = django_filters.NumberFilter(method="by_year", label=_("考核年度"))
    grade = django_filters.ChoiceFilter(
        choices=RoutineGradeCode.choices, label=_("平时考核等次"), empty_label=ALL
    )

    class Meta:
        model = RoutineGrade
        fields: tuple[str, ...] = ()

    def by_year(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        """Quarters that begin in the year."""
        return rows.filter(starts_on__year=int(value))


ROUTINES = Listing(
    key="routine-grades",
    title=_("平时考核"),
    columns=(
        Column(
            "placement.person.name",
            _("姓名"),
            sort="placement__person__name_key",
            phone="title",
            is_short=True,
        ),
        Column(
            "period", _("季度"), value=lambda row: row.period.label, sort=("ends_on", "pk"), is_short=True
        ),
        Column("placement.host_unit.name", _("接收单位"), sort="placement__host_unit__path", phone="line"),
        Column("placement.home_unit.name", _("派出单位"), sort="placement__home_unit__path"),
        Column("words", _("简要说明"), phone="line"),
        Column(
            "source",
            _("填报方式"),
            value=lambda row: row.get_source_display(),
            sort="source",
            is_hidden_by_default=True,
        ),
        Column("given_at", _("填报时间"), sort="given_at", is_short=True, is_hidden_by_default=True),
        Column(
            "grade",
            _("平时考核等次"),
            value=lambda row: row.get_grade_display(),
            sort="grade",
            status=lambda row: GRADE_STATUS[row.grade],
            phone="aside",
        ),
    ),
    default_sort="-period",
    row_url=lambda row: reverse("placements:placement_detail", args=[row.placement_id]),
    filters=RoutineFilter,
    empty_title=_("还没有平时考核"),
    empty_text=_("启用平时考核的项目，接收单位每季度一行评定等次；未启用的不用填。"),
)


class MidtermFilter(django_filters.FilterSet):  # type: ignore[misc]  # as above
    """By name, unit and what is proposed."""

    name = PersonFilter("person", label=_("姓名"))
    unit = UnitsFilter("host_unit", "home_unit", label=_("单位"))
    host_proposal = django_filters.ChoiceFilter(
        choices=Proposal.choices, label=_("接收单位建议"), empty_label=ALL
    )
    department_proposal = django_filters.ChoiceFilter(
        choices=Proposal.choices, label=_("组织部门建议"), empty_label=ALL
    )

    class Meta:
        model = Placement
        fields: tuple[str, ...] = ()


def _proposal(code: str | None) -> str:
    return str(Proposal(code).label) if code else ""


MIDTERMS = Listing(
    key="midterm-assessments",
    title=_("中期评估"),
    columns=(
        Column("person.name", _("姓名"), sort="person__name_key", phone="title", is_short=True),
        Column("host_unit.name", _("接收单位"), sort="host_unit__path", phone="line"),
        Column("post.title", _("挂任职务"), sort="post__title"),
        Column("home_unit.name", _("派出单位"), sort="home_unit__path", is_hidden_by_default=True),
        Column("host_on", _("接收单位评估日期"), sort="host_on", is_short=True),
        Column(
            "host_proposal",
            _("接收单位建议"),
            value=lambda row: _proposal(row.host_proposal),
            sort="host_proposal",
            status=lambda row: PROPOSAL_STATUS.get(row.host_proposal, "idle"),
        ),
        Column("department_on", _("组织部门评估日期"), sort="department_on", is_short=True),
        Column(
            "department_proposal",
            _("组织部门建议"),
            value=lambda row: _proposal(row.department_proposal),
            sort="department_proposal",
            status=lambda row: PROPOSAL_STATUS.get(row.department_proposal, "idle"),
            phone="aside",
        ),
    ),
    default_sort="-host_on",
    row_url=lambda row: reverse("assessments:midterm_detail", args=[row.pk]),
    filters=MidtermFilter,
    empty_title=_("还没有中期评估"),
    empty_text=_("启用中期评估的项目，任期过半时由接收单位先提建议，组织部门再提。"),
)


class SpecialFilter(django_filters.FilterSet):  # type: ignore[misc]  # as above
    """By title and state."""

    title = django_filters.CharFilter(lookup_expr="icontains", label=_("名称"))
    state = django_filters.ChoiceFilter(choices=SpecialState.choices, label=_("状态"), empty_label=ALL)

    class Meta:
        model = SpecialAssessment
        fields: tuple[str, ...] = ()


SPECIALS = Listing(
    key="special-assessments",
    title=_("专项考核"),
    columns=(
        Column("title", _("名称"), sort="title", phone="title"),
        Column("unit_name", _("主办组织部门"), sort="owner_unit__path"),
        Column("reason", _("考核事由"), phone="line"),
        Column("n_people", _("人数"), sort="n_people", align="end"),
        Column("n_found", _("已有评语"), sort="n_found", align="end"),
        Column("ordered_on", _("部署日期"), sort=("ordered_on", "pk"), is_short=True),
        Column("due_on", _("完成期限"), sort="due_on", is_short=True),
        Column(
            "state",
            _("状态"),
            value=lambda row: row.get_state_display(),
            sort="state",
            status=lambda row: "info" if row.state == SpecialState.OPEN else "good",
            phone="aside",
        ),
    ),
    default_sort="-ordered_on",
    row_url=lambda row: reverse("assessments:special_detail", args=[row.pk]),
    filters=SpecialFilter,
    empty_title=_("还没有专项考核"),
    empty_text=_("急难险重任务中需要专门了解某些干部的，由组织部门部署。"),
)
