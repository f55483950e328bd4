"""Sign in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator

from secondment.accounts.forms import SignInForm


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):
    """Django's sign-in with our form; failures are counted and throttled before any hashing."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The demo accounts are shown in a demo installation only."""
        return {**super().get_context_data(**kwargs), "is_demo": settings.DEMO}


def locked_out(request: HttpRequest, _credentials: Any, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Too many failures: say how long to wait and whom to ask."""
    return render(request, "accounts/locked_out.html", status=429)
