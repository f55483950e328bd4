"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.common.navigation import NavigationItem
from secondment.signals.rules import OFFICES

NAVIGATION = [
    NavigationItem(
        label=_("预警提示"),
        url_name="signals:sign_list",
        icon="help-circle",
        group=_("日常管理"),
        order=59,
        roles=frozenset(OFFICES),
    ),
]
