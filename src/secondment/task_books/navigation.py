"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("任务书"),
        url_name="task_books:book_list",
        icon="target",
        group=_("日常管理"),
        order=52,
        roles=frozenset(
            {
                Role.HOST_UNIT,
                Role.HOME_UNIT,
                Role.ORGANISATION_DEPARTMENT,
                Role.SECONDEE,
                Role.LEADER,
                Role.INSPECTOR,
            }
        ),
    ),
]
