"""The place of batches of accounts in the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.common.navigation import NavigationItem
from secondment.onboarding.rules import ASKERS, CONFIRMER

NAVIGATION = [
    NavigationItem(
        label=_("批量开设账号"),
        url_name="onboarding:batch_list",
        icon="user-plus",
        group=_("系统管理"),
        order=91,
        roles=frozenset({*ASKERS, CONFIRMER}),
    )
]
