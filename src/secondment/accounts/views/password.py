"""The own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from secondment.accounts.forms import OwnPasswordForm
from secondment.accounts.http import SignedInRequest
from secondment.accounts.services import change_password


@sensitive_post_parameters()
def password_change(request: SignedInRequest) -> HttpResponse:
    """Change the own password; every other session of the account ends."""
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = change_password(request.user, form.cleaned_data["new_password1"], at=timezone.now())
        update_session_auth_hash(request, account)
        messages.success(request, _("密码已修改，其他设备上的登录已全部结束。"))
        return redirect("portal:home")
    return render(request, "accounts/password_change.html", {"form": form})
