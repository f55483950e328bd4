"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("能力评议"),
        url_name="growth:review_list",
        icon="trending-up",
        group=_("考核与统计"),
        order=66,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.LEADER}),
    ),
]
