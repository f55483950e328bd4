"""The side bar entry of the directory of units."""

from django.utils.translation import gettext_lazy as _

from secondment.common.navigation import NavigationItem
from secondment.directory.rules import KEEPING

NAVIGATION = [
    NavigationItem(
        label=_("单位目录"),
        url_name="directory:unit_tree",
        icon="sitemap",
        group=_("系统管理"),
        order=90,
        roles=frozenset(KEEPING),
    )
]
