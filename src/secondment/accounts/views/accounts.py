"""The pages of the system administrator (accounts) and the security administrator (roles)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Deed, Role
from secondment.accounts.errors import AlreadyGrantedError, SeparationError, UsernameTakenError
from secondment.accounts.forms import AccountForm, RoleForm
from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.accounts.lists import ACCOUNTS, condition_of
from secondment.accounts.models import User
from secondment.accounts.queries import MANAGERS, units_of, visible_to, with_roles
from secondment.accounts.rules import TWO_FOR, actions_for, may_create_accounts, require
from secondment.accounts.scopes import has_role
from secondment.accounts.services import (
    create_account,
    disable_account,
    enable_account,
    grant_role,
    reset_password,
    revoke_role,
)

ASKS = {
    Deed.RESET_PASSWORD: gettext_lazy("申请重置密码"),
    Deed.DISABLE: gettext_lazy("申请停用账号"),
    Deed.ENABLE: gettext_lazy("申请启用账号"),
    Deed.REVOKE_ROLE: gettext_lazy("申请收回管理员角色"),
}


def account_list(request: SignedInRequest) -> HttpResponse:
    """Accounts of the administrator's scope."""
    require(has_role(request.user, *MANAGERS))
    rows = with_roles(visible_to(request.user))
    context = {"may_create": may_create_accounts(request.user)}
    return ACCOUNTS.respond(
        request,
        rows,
        "accounts/account_list.html",
        context,
        on_export=exporting(request, "account.export", request.user),
    )


def account_create(request: SignedInRequest) -> HttpResponse:
    """Open an account; the one-time password is shown once."""
    require(may_create_accounts(request.user))
    form = AccountForm(request.POST or None, units=units_of(request.user))
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        try:
            account, password = create_account(
                fields["username"], name=fields["name"], unit=fields["unit"], **acting(request)
            )
        except UsernameTakenError as error:
            form.add_error("username", str(error))
        else:
            return _shown_once(request, account, password)
    return render(request, "accounts/account_create.html", {"form": form})


def account_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One account with its roles; each administrator finds the own buttons."""
    account = get_object_or_404(with_roles(visible_to(request.user)), pk=pk)
    words, level = condition_of(account)
    actions = actions_for(request.user, account)
    context = {
        "account": account,
        "condition": words,
        "level": level,
        "actions": actions,
        "asks": [(deed.value, words) for deed, words in ASKS.items() if f"ask_{deed}" in actions],
        "form": RoleForm(units=units_of(request.user)) if "grant" in actions else None,
        "revocations": _revocations(account) if "grant" in actions else [],
    }
    return render(request, "accounts/account_detail.html", context)


@require_POST
def account_reset(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new one-time password, shown once."""
    account = get_object_or_404(visible_to(request.user), pk=pk)
    password = reset_password(account, **acting(request))
    return _shown_once(request, account, password)


@require_POST
def account_disable(request: SignedInRequest, pk: int) -> HttpResponse:
    """Disable an account immediately."""
    account = get_object_or_404(visible_to(request.user), pk=pk)
    disable_account(account, **acting(request))
    messages.success(request, _("账号已停用，已登录的会话同时结束。"))
    return redirect("accounts:account_detail", pk=pk)


@require_POST
def account_enable(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an account be used again."""
    account = get_object_or_404(visible_to(request.user), pk=pk)
    enable_account(account, **acting(request))
    messages.success(request, _("账号已启用。"))
    return redirect("accounts:account_detail", pk=pk)


@require_POST
def role_grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give an account a role for a unit."""
    account = get_object_or_404(with_roles(visible_to(request.user)), pk=pk)
    require("grant" in actions_for(request.user, account))
    form = RoleForm(request.POST, units=units_of(request.user))
    if form.is_valid():
        role, unit = Role(form.cleaned_data["role"]), form.cleaned_data["unit"]
        try:
            grant_role(account, role=role, unit=unit, **acting(request))
        except (SeparationError, AlreadyGrantedError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _granted(role))
    else:
        messages.error(request, _("请选择角色和管理范围。"))
    return redirect("accounts:account_detail", pk=pk)


@require_POST
def role_revoke(request: SignedInRequest, pk: int, assignment: int) -> HttpResponse:
    """Take a role away; open sessions end."""
    account = get_object_or_404(visible_to(request.user), pk=pk)
    row = get_object_or_404(account.assignments.select_related("unit", "user"), pk=assignment)
    revoke_role(row, **acting(request))
    messages.success(request, _("已收回角色，已登录的会话同时结束。"))
    return redirect("accounts:account_detail", pk=pk)


def _granted(role: Role) -> str:
    if role not in TWO_FOR:
        return _("已授予角色，本人重新登录后生效。")
    return _(
        "已授予角色。该角色权限较高，账号原来的密码已失效；请在账号页面“申请重置密码”，由另一名管理员确认后将新密码告知本人。"
    )


def _revocations(account: User) -> list[dict[str, str]]:
    """A question for each role that one administrator can take away."""
    text = _("收回“%(role)s（%(unit)s）”后，本人立即退出登录，不能再办理相应业务。")
    return [
        {
            "key": f"revoke-{one.pk}",
            "text": text % {"role": one.get_role_display(), "unit": one.unit.name},
            "url": reverse("accounts:role_revoke", args=[account.pk, one.pk]),
        }
        for one in account.assignments.all()
        if not one.is_for_two
    ]


def _shown_once(request: SignedInRequest, account: User, password: str) -> HttpResponse:
    return render(request, "accounts/one_time_password.html", {"account": account, "password": password})
