"""The page on which a reason is typed, the same for every act that needs one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from secondment.accounts.http import SignedInRequest
from secondment.common.attempts import attempt
from secondment.standards.forms import ReasonForm
from secondment.standards.models import StandardVersion

Text = str | Promise


@dataclass(frozen=True)
class Asked:
    """What the page says: its heading, what is typed, the button, and what is told afterwards."""

    title: Text
    label: Text
    button: Text
    done: Text
    help_text: Text = ""
    reader: Text = ""


def reasoned(
    request: SignedInRequest,
    version: StandardVersion,
    asked: Asked,
    act: Callable[[str, int | None], StandardVersion],
    page: str = "standards:version_detail",
) -> HttpResponse:
    """Ask for the reason, act, and go on to `page` of the version that the act gives back."""
    initial = {"version": version.version}
    form = ReasonForm(request.POST or None, label=asked.label, help_text=asked.help_text, initial=initial)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        done = attempt(form, lambda: act(data["reason"], data["version"]))
        if done is not None:
            messages.success(request, str(asked.done))
            return redirect(page, done.pk)
    context = {"form": form, "version": version, "asked": asked}
    return render(request, "standards/reason.html", context)
