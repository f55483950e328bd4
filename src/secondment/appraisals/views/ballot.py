"""The ballot: a code, a sheet, a look at it, and a receipt. No sign-in, no session, no cookie; nothing is written but the ballot.

Every page works without scripts; with them, a form that meets a cut line is sent again until it is answered.
"""

import time
import uuid
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import escape
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from secondment.appraisals.ballot_forms import answers_in, blocks, is_same_everywhere, marks_in, missing_in
from secondment.appraisals.box.ballot_box import About, BallotBox, Found
from secondment.appraisals.box.boxes import find
from secondment.appraisals.box.codes import plain, read_code, receipt_in_groups
from secondment.appraisals.box.errors import MarksError, UnknownCodeError
from secondment.appraisals.box.guesses import GUESSES
from secondment.appraisals.box.sheets import Sheet
from secondment.appraisals.receipts import closed_vote, numbers_of, vote_of
from secondment.common.errors import DomainError

REFUSED = 422
BARE = frozenset({"code", "hall"})  # what the code page sends
CODE, RECEIPT = "\ue000", "\ue001"  # stand for them in a page that is kept
View = Callable[..., HttpResponse]


def in_chosen_language(view: View) -> View:
    """Chinese unless the address asks for another language; it is carried from page to page, and kept nowhere."""

    @wraps(view)
    def answer(request: HttpRequest, **words: object) -> HttpResponse:
        asked = request.GET.get("language", "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = view(request, **words)
        response.headers["Content-Language"] = language
        return response

    return answer


def of_nobody(view: View) -> View:
    """Open to everybody who holds a slip; the code in the form is what counts, so no key of a session protects it.

    What is refused leads to the code page with the reason.
    """

    @wraps(view)
    def answer(request: HttpRequest, **words: object) -> HttpResponse:
        try:
            return view(request, **words)
        except DomainError as error:
            return _code_page(request, error=error)

    return csrf_exempt(login_not_required(in_chosen_language(answer)))


@of_nobody
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for a code; with one, show its ballot, with what was chosen before if somebody comes back to change it."""
    if request.method != "POST":
        return _code_page(request)
    _box, found = _found(request)
    return (
        _receipt_page(request, found.receipt, found, is_again=True)
        if found.is_spent
        else _sheet_page(request, found)
    )


@of_nobody
@require_GET
def hall(request: HttpRequest) -> HttpResponse:
    """The same on a tablet that goes from hand to hand."""
    return _code_page(request, is_hall=True)


@of_nobody
def review(request: HttpRequest) -> HttpResponse:
    """Everything that was chosen, before it is cast."""
    if request.method != "POST":
        return _code_page(request)
    _box, found = _found(request)
    if found.is_spent:
        return _receipt_page(request, found.receipt, found, is_again=True)
    try:
        marks = marks_in(found.sheet, request.POST)
        found.sheet.packed(marks)
    except MarksError as error:
        return _sheet_page(request, found, error=error)
    context = _context(request, found) | {
        "answers": answers_in(found.sheet, marks),
        "is_same": is_same_everywhere(marks),
    }
    return _page("vote/review.html", context)


@of_nobody
def cast(request: HttpRequest) -> HttpResponse:
    """Cast it, exactly once; sent again, the same receipt."""
    if request.method != "POST":
        return _code_page(request)
    box, found = _found(request)
    if found.is_spent:
        return _receipt_page(request, found.receipt, found, is_again=True)
    try:
        marks = marks_in(found.sheet, request.POST)
        receipt = box.cast(read_code(request.POST.get("code", "")), marks, on=timezone.localdate())
    except MarksError as error:
        return _sheet_page(request, found, error=error)
    return _receipt_page(request, receipt, found, is_again=False)


@csrf_exempt
@login_not_required
@in_chosen_language
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_check(request: HttpRequest) -> HttpResponse:
    """Whether the ballot of a receipt was counted; how it was cast nobody can say."""
    number = plain(request.POST.get("number", ""))[:20]
    vote = vote_of(number) if number else None
    return _page("vote/receipts.html", {"number": number, "vote": vote})


@login_not_required
@in_chosen_language
@require_GET
def receipt_list(_request: HttpRequest, box: uuid.UUID) -> HttpResponse:
    """All receipts of a closed vote, sorted."""
    vote = closed_vote(box)
    if vote is None:
        raise Http404
    numbers = [receipt_in_groups(one) for one in numbers_of(vote)]
    return _page("vote/receipt_list.html", {"vote": vote, "numbers": numbers})


def _page(template: str, context: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    return HttpResponse(_text(template, context), status=status)


def _text(template: str, context: Mapping[str, object]) -> str:
    """Rendered without the request: nothing of an account or a session is looked at."""
    language = translation.get_language()
    others = [(code, name) for code, name in settings.LANGUAGES if code != language]
    carried = "" if language == settings.LANGUAGE_CODE else f"?language={language}"
    shown = {"language": language, "other_languages": others, "carried": carried, **context}
    return render_to_string(template, shown)


@lru_cache(maxsize=256)
def _common(template: str, _language: str, sheet: Sheet, about: About, **is_so: bool) -> str:
    """A page that says the same to everybody who holds a slip of this kind, with marks where code and receipt stand."""
    shown = {"sheet": sheet, "about": about, "code": CODE, "receipt": RECEIPT, **is_so}
    return _text(template, shown | {"blocks": blocks(sheet, {}, is_checked=False)})


def _common_page(
    request: HttpRequest, found: Found, template: str, *, receipt: str = "", **is_so: bool
) -> HttpResponse:
    language = str(translation.get_language())
    text = _common(template, language, found.sheet, found.about, is_hall=_is_hall(request), **is_so)
    text = text.replace(RECEIPT, receipt_in_groups(receipt))
    return HttpResponse(text.replace(CODE, escape(_code_in(request))))


def _found(request: HttpRequest) -> tuple[BallotBox, Found]:
    place: str = request.guesser  # type: ignore[attr-defined]  # set by `BallotPathMiddleware`
    now = time.monotonic()
    typed = read_code(request.POST.get("code", ""))
    try:
        return find(typed, on=timezone.localdate())
    except UnknownCodeError:
        # Whoever holds a slip votes, however many others in the same hall or network have guessed.
        GUESSES.require_few(place, now=now)
        GUESSES.add(place, now=now)
        raise


def _code_page(
    request: HttpRequest, *, error: DomainError | None = None, is_hall: bool = False
) -> HttpResponse:
    context = {
        "error": error,
        "typed": _code_in(request),
        "is_hall": is_hall or _is_hall(request),
    }
    return _page("vote/code.html", context, status=REFUSED if error else 200)


def _sheet_page(request: HttpRequest, found: Found, *, error: DomainError | None = None) -> HttpResponse:
    if request.POST.keys() <= BARE:
        return _common_page(request, found, "vote/sheet.html")
    shown = blocks(found.sheet, request.POST.dict(), is_checked=error is not None)
    context = _context(request, found) | {"blocks": shown, "error": error} | missing_in(shown)
    return _page("vote/sheet.html", context, status=REFUSED if error else 200)


def _receipt_page(request: HttpRequest, receipt: str, found: Found, *, is_again: bool) -> HttpResponse:
    return _common_page(request, found, "vote/receipt.html", receipt=receipt, is_again=is_again)


def _context(request: HttpRequest, found: Found) -> dict[str, object]:
    return {
        "code": _code_in(request),
        "sheet": found.sheet,
        "about": found.about,
        "is_hall": _is_hall(request),
    }


def _code_in(request: HttpRequest) -> str:
    return request.POST.get("code", "")[:40]


def _is_hall(request: HttpRequest) -> bool:
    return request.POST.get("hall") == "1"
