"""Entries of the side bar: whoever is asked for something may see everything that is asked."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("表单清单"),
        url_name="burden:form_list",
        icon="list-check",
        group=_("日常管理"),
        order=59,
        roles=frozenset(
            {
                Role.SECONDEE,
                Role.HOST_UNIT,
                Role.HOME_UNIT,
                Role.ORGANISATION_DEPARTMENT,
                Role.LEADER,
                Role.INSPECTOR,
            }
        ),
    ),
]
