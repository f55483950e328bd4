"""The list of places."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.listing.listing import Column, Listing
from secondment.places.choices import Category
from secondment.units.models import Unit


class PlaceFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name and by what a place is listed as."""

    name = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("单位名称"))
    category = django_filters.ChoiceFilter(
        method="by_category", choices=Category.choices, label=_("类别"), empty_label=_("全部")
    )

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    def by_category(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Places listed so now."""
        return rows.filter(place__categories__kind=value, place__categories__left_on=None)


PLACES = Listing(
    key="places",
    title=_("挂职地情况"),
    columns=(
        Column("name", _("单位名称"), sort="path", phone="title"),
        Column("parent.name", _("上级单位"), sort="parent__path", phone="line"),
        Column("n_people", _("在挂人数"), value=lambda row: row.n_people or 0, sort="n_people", align="end"),
        Column(
            "n_texts", _("已填栏目"), value=lambda row: f"{row.n_texts or 0}/6", sort="n_texts", align="end"
        ),
        Column(
            "n_contacts", _("联系人"), value=lambda row: row.n_contacts or 0, sort="n_contacts", align="end"
        ),
        Column("n_categories", _("列入类别"), value=lambda row: row.n_categories or "", align="end"),
        Column("last_at", _("最近更新"), sort="last_at", is_short=True, phone="aside"),
    ),
    default_sort="name",
    row_url=lambda row: reverse("places:place_detail", args=[row.pk]),
    filters=PlaceFilter,
    empty_title=_("还没有挂职地"),
    empty_text=_("有干部派到本单位以后，可以在此上传村情或单位概况，写下三个联系人。"),
)
