"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

GROUP = _("选派")
NAVIGATION = [
    NavigationItem(
        label=pgettext_lazy("list", "批次"),
        url_name="campaigns:campaign_list",
        icon="flag",
        group=GROUP,
        order=40,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER, Role.HOME_UNIT, Role.HOST_UNIT}),
    ),
    NavigationItem(
        label=_("我的志愿"),
        url_name="campaigns:my_nominations",
        icon="star",
        group=GROUP,
        order=41,
        roles=frozenset({Role.SECONDEE}),
    ),
    NavigationItem(
        label=pgettext_lazy("list", "挂职项目"),
        url_name="campaigns:programme_list",
        icon="adjustments-horizontal",
        group=GROUP,
        order=49,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER}),
    ),
]
