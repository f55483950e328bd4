"""A busy database is not an error: the page asks for a moment's patience and retries."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_SECONDS = 5
SQLITE_WORDS = ("database is locked", "table is locked", "database is busy")
# Serialization failure, deadlock, lock not available, too many connections, server starting or stopping.
POSTGRESQL_STATES = frozenset({"40001", "40P01", "55P03", "53300", "57P01", "57P02", "57P03"})


def is_busy(error: BaseException | None) -> bool:
    """Whether another moment would do: a lock that was not given in time, or two writers in each other's way."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in POSTGRESQL_STATES or any(words in str(error) for words in SQLITE_WORDS)


def busy_page(request: HttpRequest) -> HttpResponse:
    """A page that asks for itself again; what was typed goes along and, because of its key, is acted on once."""
    is_sent = request.method == "POST"
    fields = [(name, text) for name, texts in request.POST.lists() for text in texts] if is_sent else []
    is_secret = any("password" in name for name, _text in fields)
    context = {
        "is_sent": is_sent,
        "may_send_again": is_sent and not is_secret and not request.FILES,
        "url": request.get_full_path(),
        "fields": fields,
    }
    headers = {"Retry-After": str(RETRY_SECONDS)} | ({} if is_sent else {"Refresh": str(RETRY_SECONDS)})
    return HttpResponse(render_to_string("common/busy.html", context), status=503, headers=headers)
