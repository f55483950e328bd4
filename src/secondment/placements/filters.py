"""Ways to narrow the list of placements."""

from collections.abc import Callable, Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.accounts.scopes import under
from secondment.campaigns.models import Programme
from secondment.common.days import LastDayFilter
from secondment.files.names import clean_name
from secondment.placements.choices import OVERDUE, OVERDUE_LABEL, GroupKind, PlacementState
from secondment.placements.groups import groups_visible_to
from secondment.placements.models import Placement, PlacementGroup
from secondment.placements.queries import campaigns_of, visible_to, with_county
from secondment.units.models import Region, Unit

MOST_UNITS = 200


Choices = list[tuple[str, str]]


def campaign_choices(user: User) -> Choices:
    """Campaigns the reader sees people of."""
    return _choices(campaigns_of(user), "name")


def programme_choices(_user: User) -> Choices:
    """Every programme."""
    return _choices(Programme.objects.all(), "name")


def region_choices(user: User) -> Choices:
    """Counties (or equivalent regions) in which the reader sees people."""
    codes = with_county(visible_to(user)).order_by().values("county").distinct()
    return _choices(Region.objects.filter(pk__in=codes), "full_name")


def group_choices(user: User) -> Choices:
    """Standing groups the reader sees."""
    return _choices(groups_visible_to(user).filter(dissolved_on=None), "name")


CHOICES: Mapping[str, Callable[[User], Choices]] = {
    "campaign": campaign_choices,
    "programme": programme_choices,
    "region": region_choices,
    "group": group_choices,
}


STAGES = [*PlacementState.choices[:3], (OVERDUE, OVERDUE_LABEL), *PlacementState.choices[3:]]


class PlacementFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name, state, sides with everything below them, campaign and end."""

    name = django_filters.CharFilter(method="by_name", label=_("姓名或岗位"))
    state = django_filters.ChoiceFilter(
        field_name="stage_now", choices=STAGES, label=_("状态"), empty_label=_("全部")
    )
    home = django_filters.CharFilter(method="by_home", label=_("派出单位（含下级）"))
    host = django_filters.CharFilter(method="by_host", label=_("接收单位（含下级）"))
    campaign = django_filters.ChoiceFilter(label=_("批次"), empty_label=_("全部"))
    programme = django_filters.ChoiceFilter(
        field_name="programme_version__programme", label=_("挂职项目"), empty_label=_("全部")
    )
    region = django_filters.ChoiceFilter(method="by_region", label=_("接收地区"), empty_label=_("全部"))
    group = django_filters.ChoiceFilter(
        field_name="memberships__group", label=_("工作队"), empty_label=_("全部")
    )
    ends_before = LastDayFilter(field_name="ends_on", lookup_expr="lte", label=_("期满不晚于"))

    class Meta:
        model = Placement
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in CHOICES.items():  # read once: a field asks for its choices several times
            self.filters[name].extra["choices"] = choices(self.request.user)

    def by_name(self, rows: QuerySet[Placement], _name: str, value: str) -> QuerySet[Placement]:
        """People or posts that contain the text."""
        return rows.filter(Q(person__name__icontains=clean_name(value)) | Q(post__title__icontains=value))

    def by_home(self, rows: QuerySet[Placement], _name: str, value: str) -> QuerySet[Placement]:
        """Sent by a unit so named or one below it."""
        return rows.filter(_within("home_unit__path", value))

    def by_region(self, rows: QuerySet[Placement], _name: str, value: str) -> QuerySet[Any]:
        """Received in the county; for a region above counties, in that region itself, as homes count it."""
        return with_county(rows).filter(county=value)

    def by_host(self, rows: QuerySet[Placement], _name: str, value: str) -> QuerySet[Placement]:
        """Received by a unit so named or one below it."""
        return rows.filter(_within("host_unit__path", value))


class ContactFilter(PlacementFilter):
    """The same for the contact list, in which everybody is in post."""

    state = None


class GroupFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name and kind."""

    name = django_filters.CharFilter(lookup_expr="icontains", label=_("名称"))
    kind = django_filters.ChoiceFilter(choices=GroupKind.choices, label=_("类别"), empty_label=_("全部"))

    class Meta:
        model = PlacementGroup
        fields: tuple[str, ...] = ()


def _choices(rows: QuerySet[Any], name: str) -> Choices:
    return [(str(pk), label) for pk, label in rows.values_list("pk", name)]


def _within(field: str, name: str) -> Q:
    """Topmost units whose name contains the text, and everything below them; one query."""
    paths = Unit.objects.filter(name__icontains=name).order_by("path").values_list("path", flat=True)
    topmost: list[str] = []
    for path in paths[:MOST_UNITS]:
        if not topmost or not path.startswith(topmost[-1]):
            topmost.append(path)
    return under(field, topmost)
