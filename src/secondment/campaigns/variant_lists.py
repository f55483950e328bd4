"""The table of what counties have otherwise."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.parameter_lines import open_labels
from secondment.campaigns.variant_lines import VariantLine
from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows


class VariantFilter(FilterForm):
    """By county and by parameter."""

    unit = forms.CharField(label=_("县（市、区）"), required=False, max_length=60)
    label = forms.ChoiceField(
        label=_("参数"),
        required=False,
        choices=lambda: [("", str(_("全部"))), *((label, label) for label in open_labels().values())],
    )

    def narrow(self, rows: Rows) -> Rows:
        """Rows that fit both."""
        asked = self.cleaned_data
        return [
            one for one in rows if asked["unit"].strip() in one.unit and asked["label"] in ("", one.label)
        ]


def effect_of(row: VariantLine) -> str:
    """Whether the programme still leaves it open."""
    return str(_("施行")) if row.has_effect else str(_("上级已统一，不再适用"))


VARIANTS = Listing(
    key="variants",
    title=_("县级规定"),
    columns=(
        Column("unit", _("县（市、区）"), sort=lambda row: (row.unit_path, row.label), phone="title"),
        Column("label", _("参数"), sort=lambda row: (row.label, row.unit_path), phone="line"),
        Column("upper", _("上级规定"), phone="line"),
        Column("own", _("县级规定"), phone="line"),
        Column("basis", _("依据")),
        Column("since", _("施行日期"), sort=lambda row: row.since, is_short=True),
        Column(
            "effect",
            _("状态"),
            value=effect_of,
            status=lambda row: "good" if row.has_effect else "idle",
            phone="aside",
        ),
    ),
    default_sort="unit",
    row_url=lambda row: reverse("campaigns:variant_detail", args=[row.variant]),
    filters=VariantFilter,
    empty_title=_("各县均按挂职项目执行"),
    empty_text=_("县级组织部门对项目留出的参数另行规定后，与上级规定的差别在此逐项列出。"),
)
