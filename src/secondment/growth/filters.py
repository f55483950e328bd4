"""Ways to narrow the list of nominees and their reviews."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Nomination
from secondment.common.listing.names import PersonFilter
from secondment.growth.queries import still_to_give

STATES = (("missing", _("待评议")), ("given", _("已评议")))


class ReviewFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, unit, campaign, and whether the review is in."""

    name = PersonFilter("person", label=_("姓名"))
    unit = django_filters.CharFilter(
        field_name="home_unit__name", lookup_expr="icontains", label=_("派出单位")
    )
    campaign = django_filters.CharFilter(
        field_name="campaign__name", lookup_expr="icontains", label=_("批次")
    )
    state = django_filters.ChoiceFilter(
        method="by_state", choices=STATES, label=_("评议情况"), empty_label=_("全部")
    )

    class Meta:
        model = Nomination
        fields: tuple[str, ...] = ()

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those whom nobody has rated yet, or those with a review."""
        return still_to_give(rows) if value == "missing" else rows.exclude(ability_review=None)
