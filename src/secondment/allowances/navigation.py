"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("保障台账"),
        url_name="allowances:ledger",
        icon="file-spreadsheet",
        group=_("日常管理"),
        order=57,
        roles=frozenset({Role.SECONDEE, Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT}),
    ),
]
