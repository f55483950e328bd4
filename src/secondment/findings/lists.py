"""The list of findings."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.common.listing.names import PersonFilter, UnitsFilter
from secondment.findings.choices import FindingState, Side, Theme
from secondment.findings.models import Finding

STATUS: dict[str, Status] = {
    FindingState.STANDING: "good",
    FindingState.REPLACED: "idle",
    FindingState.WITHDRAWN: "idle",
}


class FindingFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, unit, year, side, theme and whether it stands."""

    name = PersonFilter("placement__person", label=gettext_lazy("姓名"))
    unit = UnitsFilter("placement__host_unit", "placement__home_unit", label=gettext_lazy("单位"))
    year = django_filters.NumberFilter(label=gettext_lazy("考核年度"))
    side = django_filters.ChoiceFilter(
        choices=Side.choices, label=gettext_lazy("评价方"), empty_label=gettext_lazy("全部")
    )
    theme = django_filters.ChoiceFilter(
        choices=Theme.choices, label=gettext_lazy("方面"), empty_label=gettext_lazy("全部")
    )
    state = django_filters.ChoiceFilter(
        choices=FindingState.choices, label=gettext_lazy("状态"), empty_label=gettext_lazy("全部")
    )

    class Meta:
        model = Finding
        fields: tuple[str, ...] = ()


def _facts(row: Any) -> str:
    against = _("，相反 %(n)d 项") % {"n": row.n_contrary} if row.n_contrary else ""
    return f"{row.n_facts}{against}"


FINDINGS = Listing(
    key="findings",
    title=gettext_lazy("评语依据"),
    columns=(
        Column(
            "placement.person.name",
            gettext_lazy("姓名"),
            sort="placement__person__name_key",
            phone="title",
            is_short=True,
        ),
        Column("year", gettext_lazy("考核年度"), sort=("year", "pk"), is_short=True),
        Column("side", gettext_lazy("评价方"), value=lambda row: row.get_side_display(), sort="side"),
        Column(
            "theme",
            gettext_lazy("方面"),
            value=lambda row: row.get_theme_display(),
            sort="theme",
            is_short=True,
        ),
        Column("text", gettext_lazy("评语"), phone="line"),
        Column("n_facts", gettext_lazy("事实依据"), value=_facts, sort="n_facts", is_short=True),
        Column("contrary_words", gettext_lazy("相反情况"), is_hidden_by_default=True),
        Column("signer", gettext_lazy("署名人"), sort="signer", is_short=True),
        Column("signed_on", gettext_lazy("署名日期"), sort="signed_on", is_short=True),
        Column(
            "placement.host_unit.name",
            gettext_lazy("接收单位"),
            sort="placement__host_unit__path",
            is_hidden_by_default=True,
        ),
        Column(
            "placement.home_unit.name",
            gettext_lazy("派出单位"),
            sort="placement__home_unit__path",
            is_hidden_by_default=True,
        ),
        Column(
            "source",
            gettext_lazy("来源"),
            value=lambda row: row.get_source_display(),
            sort="source",
            is_hidden_by_default=True,
        ),
        Column(
            "state",
            gettext_lazy("状态"),
            value=lambda row: row.get_state_display(),
            sort="state",
            status=lambda row: STATUS[row.state],
            phone="aside",
        ),
    ),
    default_sort="-year",
    row_url=lambda row: f"{reverse('findings:year', args=[row.placement_id, row.year])}#finding-{row.pk}",
    filters=FindingFilter,
    empty_title=gettext_lazy("还没有评语"),
    empty_text=gettext_lazy("在挂职干部页面的“评语依据”中填写；每条评语至少勾选一项事实。"),
)
