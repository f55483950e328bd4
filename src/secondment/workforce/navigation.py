"""Entries of this room in the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.common.navigation import NavigationItem
from secondment.people.sections import CLERKS, LEADER

NAVIGATION = [
    NavigationItem(
        label=_("队伍分析"),
        url_name="workforce:overview",
        icon="chart-bar",
        group=_("统筹规划"),
        order=28,
        roles=frozenset({*CLERKS, LEADER}),
    ),
    NavigationItem(
        label=_("队伍推算"),
        url_name="workforce:forecast",
        icon="trending-up",
        group=_("统筹规划"),
        order=29,
        roles=frozenset({*CLERKS, LEADER}),
        within="workforce:overview",
    ),
]
