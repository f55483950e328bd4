"""The pages of this room belong to the campaigns of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("匹配"),
        url_name="matching:campaign_list",
        icon="arrows-sort",
        group=_("选派"),
        order=44,
        within="campaigns:campaign_list",
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER}),
    ),
]
