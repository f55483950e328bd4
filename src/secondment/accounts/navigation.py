"""The place of accounts in the administrators' side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("账号与角色"),
        url_name="accounts:account_list",
        icon="users",
        group=_("系统管理"),
        order=90,
        roles=frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}),
    ),
    NavigationItem(
        label=_("账号申请"),
        url_name="accounts:request_list",
        icon="user-check",
        group=_("系统管理"),
        order=91,
        roles=frozenset(ADMINISTRATOR_ROLES),
    ),
    NavigationItem(
        label=_("工作移交"),
        url_name="accounts:own_hand_over",
        icon="user-check",
        group=_("系统管理"),
        order=92,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT}),
    ),
]
