"""The own password."""

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from secondment.accounts.forms import OwnPasswordForm
from secondment.accounts.http import SignedInRequest, client_address
from secondment.accounts.services import change_password
from secondment.accounts.throttle import give_back, take_try
from secondment.accounts.views.sign_in import locked_out


@sensitive_post_parameters()
def password_change(request: SignedInRequest) -> HttpResponse:
    """Change the own password; every other session of the account ends.

    The old password counts as a sign-in attempt, so that someone at an unlocked desk cannot keep guessing.
    """
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and not _may_try(request, form):
        logout(request)
        return locked_out(request)
    if request.method == "POST" and form.is_valid():
        account = change_password(request.user, form.cleaned_data["new_password1"], at=timezone.now())
        update_session_auth_hash(request, account)
        messages.success(request, _("密码已修改，其他设备上的登录已全部结束。"))
        return redirect("portal:home")
    return render(request, "accounts/password_change.html", {"form": form})


def _may_try(request: SignedInRequest, form: OwnPasswordForm) -> bool:
    """Whether the form may be checked at all; a right old password gives its try back."""
    name, address = request.user.get_username(), client_address(request)
    if take_try(name, address, at=timezone.now()) is None:
        return False
    if "old_password" not in form.errors:
        give_back(name, address)
    return True
