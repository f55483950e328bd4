"""The rows that were chosen in a list for an action on many, and the way back to the list as it was left."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.common.errors import DomainError
from secondment.common.keys import number_in
from secondment.common.own_paths import own_path


class SelectionError(DomainError):
    """An action on chosen rows was asked for without any, or with something that is not a row."""


def selected_keys(request: HttpRequest) -> list[int]:
    """Primary keys of the chosen rows of a bulk action; refuses an empty or broken selection.

    Rows ticked on other pages of the list come as one value with commas.
    """
    asked = [text for value in request.POST.getlist("selected") for text in value.split(",")]
    if not asked:
        raise SelectionError(_("未选中任何记录。请返回列表，勾选后再操作。"))
    keys = [number_in(text) for text in dict.fromkeys(asked)]
    if not all(keys):
        raise Http404
    return keys


def back_to_list(request: HttpRequest, url_name: str, *args: object) -> HttpResponse:
    """To the list that the action came from, with the filters, order and page it was left with."""
    address = reverse(url_name, args=args)
    asked = own_path(request.POST.get("next", ""))
    return redirect(asked if asked.partition("?")[0] == address else address)
