"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.common.navigation import NavigationItem
from secondment.standards.rules import READERS

NAVIGATION = [
    NavigationItem(
        label=_("测评标准"),
        url_name="standards:standard_list",
        icon="adjustments-horizontal",
        group=_("考核与统计"),
        order=56,
        roles=frozenset(READERS),
    ),
]
