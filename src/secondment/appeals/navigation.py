"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("复核申诉"),
        url_name="appeals:appeal_list",
        icon="gavel",
        group=_("考核与统计"),
        order=65,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER}),
    ),
]
