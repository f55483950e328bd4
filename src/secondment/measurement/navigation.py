"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("测评计算"),
        url_name="measurement:run_list",
        icon="adjustments-horizontal",
        group=_("考核与统计"),
        order=63,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER}),
    )
]
