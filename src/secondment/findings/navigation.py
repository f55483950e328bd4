"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.common.navigation import NavigationItem
from secondment.findings.rules import READERS

NAVIGATION = [
    NavigationItem(
        label=_("评语依据"),
        url_name="findings:finding_list",
        icon="file-text",
        group=_("考核与统计"),
        order=61,
        roles=frozenset(READERS),
    ),
]
