"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("挂职地情况"),
        url_name="places:place_list",
        icon="map-pin",
        group=_("日常管理"),
        order=56,
        roles=frozenset(
            {Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT, Role.SECONDEE, Role.LEADER, Role.INSPECTOR}
        ),
    ),
]
