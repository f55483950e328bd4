"""The entry of the side bar that leads to decisions."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

DECISIONS = NavigationItem(
    label=_("征求意见与决定"),
    url_name="matching:decision_list",
    icon="gavel",
    group=_("选派"),
    order=46,
    roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER}),
)
