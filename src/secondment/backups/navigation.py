"""The place of backups in the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("备份与恢复"),
        url_name="backups:backup_list",
        icon="database",
        group=_("系统管理"),
        order=92,
        roles=frozenset({Role.SYSTEM_ADMINISTRATOR}),
    )
]
