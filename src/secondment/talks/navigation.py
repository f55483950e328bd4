"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("谈话"),
        url_name="talks:talk_list",
        icon="message",
        group=_("日常管理"),
        order=54,
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
    NavigationItem(
        label=_("意见建议"),
        url_name="talks:suggestion_list",
        icon="inbox",
        group=_("日常管理"),
        order=58,
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
