"""The list of accounts."""

import datetime as dt

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.common.sentences import listed

UNUSED = dt.timedelta(days=90)
CONDITIONS = {
    "active": _("在用"),
    "disabled": _("已停用"),
    "without_role": _("待授权"),
    "never_used": _("从未登录"),
    "unused": _("90 天未登录"),
}


class AccountFilter(FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Filters of the list."""

    name = CharFilter(label=_("姓名或账号"), method="by_name")
    condition = ChoiceFilter(
        label=_("状态"), choices=list(CONDITIONS.items()), method="by_condition", empty_label=_("全部")
    )
    role = ChoiceFilter(label=_("角色"), choices=Role.choices, method="by_role", empty_label=_("全部"))

    class Meta:
        model = User
        fields: list[str] = []

    def by_name(self, accounts: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """Name or account contains the text."""
        return accounts.filter(name__icontains=value) | accounts.filter(username__icontains=value)

    def by_condition(self, accounts: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """Accounts in one condition."""
        long_ago = Now() - UNUSED
        conditions: dict[str, dict[str, object]] = {
            "active": {"is_active": True, "has_roles": True},
            "disabled": {"is_active": False},
            "without_role": {"is_active": True, "has_roles": False},
            "never_used": {"is_active": True, "last_login": None},
            "unused": {"is_active": True, "last_login__lt": long_ago},
        }
        return accounts.filter(**conditions[value])

    def by_role(self, accounts: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """Accounts that hold the role anywhere."""
        return accounts.filter(assignments__role=value).distinct()


def condition_of(account: User) -> tuple[str, Status]:
    """Words and colour for the state of an account annotated by `queries.with_roles`."""
    if not account.is_active:
        return gettext("已停用"), "idle"
    if not account.assignments.all():
        return gettext("待授权"), "warn"
    if not account.has_usable_password():
        return gettext("待发密码"), "warn"
    if account.must_change_password:
        return gettext("待改密码"), "info"
    return gettext("在用"), "good"


def roles_text(account: User) -> str:
    """The roles held, without repetition."""
    return listed(dict.fromkeys(str(one.get_role_display()) for one in account.assignments.all()))


ACCOUNTS = Listing(
    key="accounts",
    title=_("账号"),
    columns=(
        Column("name", _("姓名"), sort="name", phone="title"),
        Column("username", _("账号"), sort="username", phone="line"),
        Column("unit.name", _("所属单位"), sort="unit__path", phone="line"),
        Column("roles", _("角色"), value=roles_text, phone="line"),
        Column("last_login", _("最近登录"), sort="last_login", is_short=True, phone="line"),
        Column(
            "condition",
            _("状态"),
            value=lambda account: condition_of(account)[0],
            status=lambda account: condition_of(account)[1],
            phone="aside",
        ),
    ),
    default_sort="username",
    row_url=lambda account: reverse("accounts:account_detail", args=[account.pk]),
    filters=AccountFilter,
    empty_title=_("暂无账号"),
    empty_text=_("系统管理员开设账号，安全管理员授予角色之后，使用人才能办理业务。"),
)
