"""What the browser shows while the line is cut: a worker that answers for pages, and the page it answers with.

The worker touches GET alone and keeps static files and that one page, nothing that belongs to anybody (docs/architecture.md).
"""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

NEEDED = ("common/dist/app.css", "common/icon.svg")


@require_safe
@login_not_required
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script, at the root, so that it answers for every page; asked anew each time, so that an upgrade arrives."""
    page = reverse("offline")
    kept = json.dumps([page, *map(static, NEEDED)])
    context = {
        "kept": kept,
        "page": json.dumps(page),
        "static": json.dumps(settings.STATIC_URL),
    }
    response = render(request, "common/service_worker.js", context, content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """What stands in for a page that cannot be fetched."""
    return render(request, "common/offline.html")
