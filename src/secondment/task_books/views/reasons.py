"""The page on which a reason is typed, the same for every act that needs one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from secondment.accounts.http import SignedInRequest
from secondment.common.attempts import attempt
from secondment.placements.models import Placement
from secondment.task_books.forms import ReasonForm
from secondment.task_books.views.finding import to_book

Text = str | Promise


@dataclass(frozen=True)
class Asked:
    """What the page says: its heading, what is typed, the button, and what is told afterwards."""

    title: Text
    label: Text
    button: Text
    done: Text
    help_text: Text = ""


def reasoned(
    request: SignedInRequest,
    placement: Placement,
    asked: Asked,
    act: Callable[[str, int | None], Any],
    *,
    subject: str = "",
    version: int | None = None,
) -> HttpResponse:
    """Ask for the reason, act, and go back to the task book."""
    initial = {"version": version}
    form = ReasonForm(request.POST or None, label=asked.label, help_text=asked.help_text, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: act(data["reason"], data["version"])) is not None:
            messages.success(request, str(asked.done))
            return to_book(placement.pk)
    context = {"form": form, "placement": placement, "asked": asked, "subject": subject}
    return render(request, "task_books/reason.html", context)
