"""The place of the home page and the audit trail in the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(label=_("工作台"), url_name="portal:home", icon="home", order=10),
    NavigationItem(
        label=_("审计记录"),
        url_name="portal:trail",
        icon="history",
        group=_("系统管理"),
        order=91,
        roles=frozenset({Role.AUDIT_ADMINISTRATOR}),
    ),
]
