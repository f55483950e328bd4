"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("盖章件"),
        url_name="documents:paper_list",
        icon="file-text",
        group=_("在挂干部"),
        order=52,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.HOST_UNIT}),
    ),
]
