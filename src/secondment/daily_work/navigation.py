"""Entries of the side bar."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.navigation import NavigationItem

NAVIGATION = [
    NavigationItem(
        label=_("情况报告"),
        url_name="daily_work:host_sheet",
        icon="clipboard-check",
        group=_("日常管理"),
        order=52,
        roles=frozenset({Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT}),
    ),
    NavigationItem(
        label=_("告知单"),
        url_name="daily_work:notice_list",
        icon="mail",
        group=_("日常管理"),
        order=53,
        roles=frozenset({Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT}),
    ),
    NavigationItem(
        label=_("支持事项"),
        url_name="daily_work:support_list",
        icon="help-circle",
        group=_("日常管理"),
        order=53,
        roles=frozenset({Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT}),
    ),
    NavigationItem(
        label=_("重要情况即报"),
        url_name="daily_work:urgent_list",
        icon="alert-triangle",
        group=_("日常管理"),
        order=54,
        roles=frozenset({Role.SECONDEE, Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT}),
    ),
    NavigationItem(
        label=_("汇总表"),
        url_name="daily_work:sheet_list",
        icon="file-spreadsheet",
        group=_("日常管理"),
        order=54,
        roles=frozenset({Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT}),
    ),
    NavigationItem(
        label=_("断线清单"),
        url_name="daily_work:silence",
        icon="link",
        group=_("日常管理"),
        order=54,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER}),
    ),
    NavigationItem(
        label=_("履行情况"),
        url_name="daily_work:fulfilment",
        icon="list-check",
        group=_("日常管理"),
        order=54,
        roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER}),
    ),
]
