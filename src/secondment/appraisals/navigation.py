"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("民主测评"),
        url_name="appraisals:appraisal_list",
        icon="check",
        group=_("考核与统计"),
        order=57,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER, Role.HOST_UNIT, Role.HOME_UNIT}),
    ),
]
