"""Lists of batches, and of the units for which accounts are opened."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from secondment.common.components import Status
from secondment.common.listing.columns import state_column
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.onboarding.choices import BatchState
from secondment.units.choices import UnitKind
from secondment.units.models import Unit

STATUS: dict[str, Status] = {
    BatchState.ASKED: "warn",
    BatchState.MAKING: "info",
    BatchState.MADE: "good",
    BatchState.DECLINED: "idle",
}


class UnitFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, kind, and whether the unit has an account."""

    name = django_filters.CharFilter(method="by_name", label=_("单位名称"))
    kind = django_filters.ChoiceFilter(choices=UnitKind.choices, label=_("单位类别"), empty_label=_("全部"))
    has_account = django_filters.ChoiceFilter(
        choices=[("no", _("没有账号")), ("yes", _("已有账号"))],
        method="by_account",
        label=_("账号"),
        empty_label=_("全部"),
    )

    class Meta:
        model = Unit
        fields: list[str] = []

    def by_name(self, units: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        """The unit or the one above is called so."""
        return units.filter(Q(name__icontains=value) | Q(parent__name__icontains=value))

    def by_account(self, units: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Units with, or without, an account of their own."""
        return units.filter(n_accounts=0) if value == "no" else units.filter(n_accounts__gt=0)


BATCHES = Listing(
    key="account-batches",
    title=_("批量开设账号"),
    columns=(
        Column("roles_text", _("角色"), phone="title"),
        Column("n_asked", _("申请数"), sort="n_asked", align="end", phone="line"),
        Column("n_made", _("已开设"), sort="n_made", align="end", phone="hidden"),
        Column("asked_by.name", _("申请人"), sort="asked_by__name", phone="line"),
        Column("asked_at", _("申请时间"), sort="asked_at", is_short=True, phone="line"),
        Column("decided_by.name", _("确认人"), sort="decided_by__name"),
        Column("printed_at", _("打印时间"), sort="printed_at", is_short=True, phone="hidden"),
        state_column(STATUS, sort="state"),
    ),
    default_sort="-asked_at",
    row_url=lambda row: reverse("onboarding:batch_detail", args=[row.pk]),
    is_exportable=False,
    empty_title=_("暂无批量开设账号的申请"),
    empty_text=_(
        "组织部门在“挂职干部”列表、组织部门和系统管理员在“单位目录”中勾选后提出，由安全管理员一次确认。"
    ),
)
UNITS = Listing(
    key="account-units",
    title=_("批量开设单位账号"),
    columns=(
        Column("name", _("单位名称"), sort="path", phone="title"),
        Column("parent.name", _("上级单位"), sort="parent__path", phone="line"),
        Column("kind", _("单位类别"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("level", _("单位层级"), value=lambda row: row.get_level_display(), sort="level"),
        Column(
            "n_accounts",
            _("已有账号"),
            sort="n_accounts",
            align="end",
            phone="aside",
            value=lambda row: pgettext("accounts of a unit", "%(n)d 个") % {"n": row.n_accounts},
        ),
    ),
    default_sort="name",
    filters=UnitFilter,
    is_exportable=False,
    bulk_actions=(
        BulkAction("home", _("开设派出单位账号"), "onboarding:home_units_ask", icon="user-plus"),
        BulkAction("host", _("开设接收单位账号"), "onboarding:host_units_ask", icon="user-plus"),
        BulkAction("both", _("开设派出并接收单位账号"), "onboarding:both_units_ask", icon="user-plus"),
    ),
    empty_title=_("暂无可以开设账号的单位"),
    empty_text=_("请先在“单位目录”中建立单位；停用的单位和外部单位不开设账号。"),
)
