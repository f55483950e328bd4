"""Entries of this room in the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("干部名册"),
        url_name="people:person_list",
        icon="users",
        group=_("统筹规划"),
        order=30,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.HOST_UNIT, Role.LEADER}),
    ),
]
