"""Sign in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator

from secondment.accounts.choices import Role
from secondment.accounts.forms import SignInForm
from secondment.accounts.http import client_address
from secondment.accounts.kept import kept_forms
from secondment.accounts.queries import can_sign_in
from secondment.accounts.services import record_failed_sign_in, record_sign_in
from secondment.accounts.throttle import WINDOW, begin_anew, give_back
from secondment.common.installation import is_open_demo


def locked_out(request: HttpRequest) -> HttpResponse:
    """Too many tries: when to come back."""
    response = render(request, "accounts/locked_out.html", status=429)
    response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):
    """Django's sign-in with our form; failures are counted and throttled before any hashing."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in and leave a trail."""
        response = super().form_valid(form)
        record_sign_in(form.get_user(), at=timezone.now())
        begin_anew(form.get_user().username, client_address(self.request), at=timezone.now())
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Leave a trail of the failure; once the throttle refuses, nothing more is hashed or written."""
        address = client_address(self.request)
        if form.has_error(NON_FIELD_ERRORS, "busy"):
            give_back(form.cleaned_data["username"], address)
            return self.render_to_response(
                self.get_context_data(form=form), status=503, headers={"Retry-After": "3"}
            )
        if not hasattr(self.request, "tries_left"):  # nothing to try: a field was left empty
            return super().form_invalid(form)
        left = self.request.tries_left
        if left is not None:
            record_failed_sign_in(form.cleaned_data["username"], address, at=timezone.now())
        if not left:
            return locked_out(self.request)
        return super().form_invalid(form)

    def get_default_redirect_url(self) -> str:
        """Without a page to go back to: to what was kept for the account, if anything was."""
        user = self.request.user
        if user.is_authenticated and kept_forms(user, at=timezone.now()).exists():
            return reverse("accounts:kept_list")
        return super().get_default_redirect_url()

    def get_initial(self) -> dict[str, Any]:
        """In a demo installation a link of the page fills the form."""
        chosen = self.request.GET.get("as", "")
        if chosen not in settings.DEMO_ACCOUNTS or not is_open_demo():
            return super().get_initial()
        return {"username": chosen, "password": settings.DEMO_PASSWORD}

    def get_form(self, form_class: Any = None) -> Any:
        """The password of a demo account is not secret and may be shown on the page."""
        form = super().get_form(form_class)
        if self.get_initial():
            form.fields["password"].widget.render_value = True
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why the reader is here again, and the demo accounts in a demo installation."""
        return {
            **super().get_context_data(**kwargs),
            "demo_accounts": _demo_accounts() if is_open_demo() else [],
            "chosen": self.request.GET.get("as", ""),
            "is_expired": "expired" in self.request.GET,
            "is_kept": "kept" in self.request.GET,
        }


@method_decorator(login_not_required, name="dispatch")
class SignOutView(LogoutView):
    """Sign out, leave a trail and have the browser forget what it kept."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        if request.user.is_authenticated:
            record_sign_in(request.user, at=timezone.now(), is_out=True)
        response = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _demo_accounts() -> list[tuple[str, str]]:
    opened = can_sign_in(settings.DEMO_ACCOUNTS)
    return [
        (username, str(Role(role).label))
        for username, role in settings.DEMO_ACCOUNTS.items()
        if username in opened
    ]
