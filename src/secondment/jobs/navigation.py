"""The place of background jobs in the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("后台任务"),
        url_name="jobs:job_list",
        icon="clock",
        group=_("系统管理"),
        order=95,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.AUDIT_ADMINISTRATOR}),
    )
]
