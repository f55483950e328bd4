"""The register of notices as a table."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Left, Length, StrIndex
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.placements.choices import NoticeState
from secondment.placements.models import AppointmentNotice

NOTICE_STATUS: dict[str, Status] = {
    NoticeState.IN_FORCE: "good",
    NoticeState.CORRECTED: "idle",
    NoticeState.WITHDRAWN: "bad",
}


class NoticeFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """Notices by number or name, campaign, and what became of them."""

    text = django_filters.CharFilter(label=_("文号或姓名"), method="by_text")
    campaign = django_filters.NumberFilter(label=_("批次"), field_name="campaign")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=NoticeState.choices, empty_label=_("全部"))

    class Meta:
        model = AppointmentNotice
        fields: tuple[str, ...] = ()

    def by_text(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """A part of the number, or of the name of somebody it is about."""
        named = AppointmentNotice.objects.filter(placements__person__name__icontains=value).order_by()
        return rows.filter(Q(number__icontains=value) | Q(pk__in=named.values("pk")))


# 示组挂〔2026〕9号 before 示组挂〔2026〕10号: by what stands before the number, then by its length
NUMBER_ORDER = (Left("number", StrIndex("number", Value("〕"))), Length("number"), "number")

NOTICES = Listing(
    key="appointment-notices",
    title=_("挂职通知发文登记"),
    columns=(
        Column("number", _("通知文号"), sort=NUMBER_ORDER, phone="title"),
        Column("subject", _("对象"), phone="line"),
        Column("campaign.name", _("批次"), sort="campaign__name"),
        Column("issued_on", _("印发日期"), sort="issued_on", is_short=True),
        Column("version", _("版次"), sort="version", align="end", is_short=True),
        Column(
            "state",
            _("状态"),
            sort="state",
            value=lambda row: row.get_state_display(),
            status=lambda row: NOTICE_STATUS[row.state],
            phone="aside",
            is_short=True,
        ),
        Column("reason", _("作废或更正理由")),
    ),
    default_sort="-number",
    row_url=lambda row: reverse("placements:notice_detail", args=[row.pk]),
    filters=NoticeFilter,
    empty_title=_("尚未印发挂职通知"),
    empty_text=_("印发后，每个文号在此登记；作废和更正的文号保留，并注明理由。"),
)
