"""Do what a form asks; a refusal is shown on the form, so that nothing typed is lost."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms.forms import BaseForm
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from secondment.common.dependents import DependentsError
from secondment.common.errors import DomainError, NotAllowedError, StaleObjectError

T = TypeVar("T")


def attempt(form: BaseForm, action: Callable[[], T]) -> T | None:
    """What the action gives, or None with the reason and its basis on the form.

    A missing right, a page that is out of date and a question stay: typing differently would not help.
    """
    try:
        return action()
    except (NotAllowedError, StaleObjectError, DependentsError):
        raise
    except DomainError as error:
        text = _text_of(error)
        field = error.field if error.field in form.fields else None
        form.add_error(field, _with_way(text, *error.way) if error.way else text)
        return None


def attempt_button(request: HttpRequest, action: Callable[[], T]) -> T | None:
    """What the action of a button gives, or None with the refusal as a message on the page that follows.

    A page of its own stays for a missing right, a page that is out of date, and a question.
    """
    try:
        return action()
    except (NotAllowedError, StaleObjectError, DependentsError):
        raise
    except DomainError as error:
        text = _text_of(error)
        messages.error(request, _with_way(text, *error.way) if error.way else text)
        return None


def _text_of(error: DomainError) -> str:
    text = _("%(text)s（依据：%(basis)s）") % {"text": error, "basis": error.basis}
    return text if error.basis else str(error)


def _with_way(text: str, label: str | Promise, path: str) -> SafeString:
    return format_html('{} <a class="btn btn-sm" href="{}">{}</a>', text, path, label)
