"""The rows that were chosen in a list for an action on many."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from secondment.common.errors import DomainError
from secondment.common.keys import number_in


class SelectionError(DomainError):
    """An action on chosen rows was asked for without any, or with something that is not a row."""


def selected_keys(request: HttpRequest) -> list[int]:
    """Primary keys of the chosen rows of a bulk action; refuses an empty or broken selection."""
    asked = request.POST.getlist("selected")
    if not asked:
        raise SelectionError(_("未选中任何记录。请返回列表，勾选后再操作。"))
    keys = [number_in(text) for text in dict.fromkeys(asked)]
    if not all(keys):
        raise Http404
    return keys
