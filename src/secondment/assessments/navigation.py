"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("年度个人总结"),
        url_name="assessments:summary_list",
        icon="file-text",
        group=_("考核与统计"),
        order=59,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.HOST_UNIT}),
    ),
    NavigationItem(
        label=_("我的个人总结"),
        url_name="assessments:my_summaries",
        icon="file-text",
        group=_("考核与统计"),
        order=59,
        roles=frozenset({Role.SECONDEE}),
    ),
    NavigationItem(
        label=_("平时考核"),
        url_name="assessments:routine_list",
        icon="checklist",
        group=_("考核与统计"),
        order=58,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.HOST_UNIT, Role.LEADER}),
    ),
    NavigationItem(
        label=_("年度考核"),
        url_name="assessments:register_list",
        icon="clipboard-check",
        group=_("考核与统计"),
        order=60,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.HOST_UNIT, Role.LEADER}),
    ),
    NavigationItem(
        label=_("我的年度考核"),
        url_name="assessments:my_results",
        icon="clipboard-check",
        group=_("考核与统计"),
        order=60,
        roles=frozenset({Role.SECONDEE}),
    ),
]
