"""The list of cut lines, by office."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.choices import Role
from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows
from secondment.daily_work.silence import SIDES, SilentOffice

SIDE_CHOICES = [("", gettext_lazy("全部")), *((side.value, side.label) for side in SIDES)]


class SilenceFilter(FilterForm):
    """By unit and side."""

    unit = forms.CharField(label=gettext_lazy("单位"), required=False, max_length=60)
    side = forms.ChoiceField(label=gettext_lazy("哪一方"), required=False, choices=SIDE_CHOICES)

    def narrow(self, rows: Rows) -> Rows:
        """Rows that fit both."""
        asked = self.cleaned_data
        return [
            one for one in rows if asked["unit"].strip() in one.unit and asked["side"] in ("", one.side.value)
        ]


def page_of(row: SilentOffice) -> str:
    """Where the organisation department hands in on behalf of the office."""
    if row.side == Role.HOST_UNIT:
        return f"{reverse('daily_work:host_sheet')}?unit={row.unit_id}"
    return reverse("daily_work:notice_list")


SILENCE = Listing(
    key="silence",
    title=gettext_lazy("断线清单"),
    columns=(
        Column("unit", gettext_lazy("责任单位"), sort=lambda row: (row.path, row.side), phone="title"),
        Column(
            "side",
            gettext_lazy("哪一方"),
            value=lambda row: row.side.label,
            sort=lambda row: (row.side, row.path),
            phone="line",
        ),
        Column("n", gettext_lazy("断线人数"), sort=lambda row: row.n, align="end", phone="aside"),
        Column("longest", gettext_lazy("最长未联系（天）"), sort=lambda row: row.longest, align="end"),
    ),
    default_sort="unit",
    row_url=page_of,
    filters=SilenceFilter,
    empty_title=gettext_lazy("没有断线"),
    empty_text=gettext_lazy("派出单位、接收单位都在期限内有联系。超过期限没有音讯的单位在此列出。"),
)
