"""The list of standards."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.standards.choices import VersionState
from secondment.standards.filters import StandardFilter

STATUS: dict[str, Status] = {
    VersionState.DRAFT: "idle",
    VersionState.SUBMITTED: "warn",
    VersionState.SIGNED: "good",
    VersionState.RETIRED: "idle",
}


def number_words(number: int | None) -> str:
    """A version by its number."""
    return _("第 %(n)s 版") % {"n": number} if number else ""


def state_of(row: Any) -> str:
    """In force, else what is in hand, else retired."""
    if row.signed_number:
        return VersionState.SIGNED
    return row.in_hand or VersionState.RETIRED


STANDARDS = Listing(
    key="standards",
    title=gettext_lazy("测评标准"),
    columns=(
        Column("name", gettext_lazy("名称"), sort="name", phone="title"),
        Column(
            "category",
            gettext_lazy("人员类别"),
            value=lambda row: row.get_category_display(),
            sort=("category", "name"),
            phone="line",
            is_short=True,
        ),
        Column(
            "programme",
            gettext_lazy("挂职项目"),
            value=lambda row: row.programme.name if row.programme else _("全部项目"),
            sort=("programme__name", "name"),
        ),
        Column(
            "owner_unit.name",
            gettext_lazy("制定单位"),
            sort=("owner_unit__path", "category", "name"),
            phone="line",
        ),
        Column(
            "state",
            gettext_lazy("状态"),
            value=lambda row: VersionState(state_of(row)).label,
            status=lambda row: STATUS[state_of(row)],
            phone="aside",
            is_short=True,
        ),
        Column(
            "signed_number",
            gettext_lazy("在用版本"),
            value=lambda row: number_words(row.signed_number),
            sort="signed_number",
            is_short=True,
        ),
        Column(
            "signed_at",
            gettext_lazy("签批日期"),
            value=lambda row: timezone.localtime(row.signed_at).date() if row.signed_at else None,
            sort="signed_at",
            is_short=True,
        ),
        Column(
            "in_hand",
            gettext_lazy("在办"),
            value=lambda row: VersionState(row.in_hand).label if row.in_hand else "",
            sort="in_hand",
            is_short=True,
        ),
        Column("n_indicators", gettext_lazy("指标数"), sort="n_indicators", align="end", is_short=True),
    ),
    default_sort="owner_unit.name",
    row_url=lambda row: reverse("standards:standard_detail", args=[row.pk]),
    filters=StandardFilter,
    empty_title=gettext_lazy("还没有测评标准"),
    empty_text=gettext_lazy("组织部门签批的测评标准在此显示。"),
)
