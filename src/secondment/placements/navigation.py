"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("挂职干部"),
        url_name="placements:placement_list",
        icon="users",
        group=_("在挂干部"),
        order=50,
        roles=frozenset(
            {
                Role.ORGANISATION_DEPARTMENT,
                Role.HOME_UNIT,
                Role.HOST_UNIT,
                Role.LEADER,
                Role.INSPECTOR,
            }
        ),
    ),
    NavigationItem(
        label=_("挂职统计"),
        url_name="placements:statistics",
        icon="chart-bar",
        group=_("考核与统计"),
        order=61,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER}),
    ),
    NavigationItem(
        label=_("通讯录"),
        url_name="placements:contact_list",
        icon="phone",
        group=_("在挂干部"),
        order=51,
        roles=frozenset(
            {
                Role.ORGANISATION_DEPARTMENT,
                Role.HOME_UNIT,
                Role.HOST_UNIT,
                Role.LEADER,
                Role.INSPECTOR,
                Role.SECONDEE,
            }
        ),
    ),
    NavigationItem(
        label=_("我的挂职"),
        url_name="placements:my_placement",
        icon="briefcase",
        group=_("在挂干部"),
        order=50,
        roles=frozenset({Role.SECONDEE}),
    ),
]
