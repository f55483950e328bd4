"""Ways to narrow the list of placements."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.accounts.scopes import under
from secondment.campaigns.models import Campaign
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import campaigns_of
from secondment.units.models import Unit

MOST_UNITS = 200


def campaign_choices(request: Any) -> QuerySet[Campaign]:
    """Campaigns the reader sees people of."""
    return campaigns_of(request.user).select_related(None)


class PlacementFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name, state, sides with everything below them, campaign and end."""

    name = django_filters.CharFilter(method="by_name", label=_("姓名或岗位"))
    state = django_filters.ChoiceFilter(choices=PlacementState, label=_("状态"), empty_label=_("全部"))
    home = django_filters.CharFilter(method="by_home", label=_("派出单位（含下级）"))
    host = django_filters.CharFilter(method="by_host", label=_("接收单位（含下级）"))
    campaign = django_filters.ModelChoiceFilter(
        queryset=campaign_choices, label=_("批次"), empty_label=_("全部")
    )
    ends_before = django_filters.DateFilter(
        field_name="ends_on",
        lookup_expr="lte",
        label=_("期满不晚于"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Placement
        fields: tuple[str, ...] = ()

    def by_name(self, rows: QuerySet[Placement], _name: str, value: str) -> QuerySet[Placement]:
        """People or posts that contain the text."""
        return rows.filter(Q(person__name__icontains=value) | Q(post__title__icontains=value))

    def by_home(self, rows: QuerySet[Placement], _name: str, value: str) -> QuerySet[Placement]:
        """Sent by a unit so named or one below it."""
        return rows.filter(_within("home_unit__path", value))

    def by_host(self, rows: QuerySet[Placement], _name: str, value: str) -> QuerySet[Placement]:
        """Received by a unit so named or one below it."""
        return rows.filter(_within("host_unit__path", value))


def _within(field: str, name: str) -> Q:
    """Topmost units whose name contains the text, and everything below them; one query."""
    paths = Unit.objects.filter(name__icontains=name).order_by("path").values_list("path", flat=True)
    topmost: list[str] = []
    for path in paths[:MOST_UNITS]:
        if not topmost or not path.startswith(topmost[-1]):
            topmost.append(path)
    return under(field, topmost)
