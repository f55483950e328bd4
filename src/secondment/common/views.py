"""The style guide, and the columns a reader keeps for a list."""

import re
import sys

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.http import require_POST

from secondment.common import styleguide as examples
from secondment.common.busy import busy_page, is_busy
from secondment.common.listing.state import columns_cookie

NAME = re.compile(r"[a-z0-9_.-]{1,60}", re.ASCII)
A_YEAR = 365 * 24 * 3600


@require_POST
def table_columns(request: HttpRequest) -> HttpResponse:
    """Keep the chosen columns of a list in this browser for a year and go back to the list."""
    table, chosen = request.POST.get("table", ""), request.POST.getlist("columns")
    if not all(NAME.fullmatch(name) for name in [table, *chosen]):
        raise Http404
    url = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        url = "/"
    response = redirect(url)
    response.set_cookie(
        columns_cookie(request, table),
        ",".join(chosen),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Errors that no view handled: a busy database (met by a session, for example) is reported as such, all else is a fault."""
    return busy_page(request) if is_busy(sys.exc_info()[1]) else defaults.server_error(request)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with its usage."""
    if request.method == "POST":
        messages.success(request, _("样式页的操作不会改动任何数据。"))
        return redirect("styleguide")
    return examples.TABLE.respond(request, examples.ROWS, "common/styleguide.html", examples.context(request))


def styleguide_progress(request: HttpRequest) -> HttpResponse:
    """A made-up job that advances at every question and is done at the fifth."""
    asked = request.GET.get("percent", "0")
    percent = min(100, int(asked) + 20) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    context = {
        "url": f"{request.path}?percent={percent}",
        "percent": percent,
        "text": _("正在计算匹配方案"),
        "is_done": percent == 100,
        "result_url": request.path,
    }
    return render(request, "common/components/_job_progress.html", context)
