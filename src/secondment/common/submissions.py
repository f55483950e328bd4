"""A form is acted on once: however often it is sent, there is one act, and every answer leads to its outcome.

Every POST form carries a key (the tag `csrf_token` writes it). The first event of the trail that an answer
records spends the key in the same transaction, so that the action and the spent key succeed or fail together. Whatever is
sent again by the same account to the same address with the same key and content is answered with the outcome
of the first. Answers that are not redirects (errors on the form, clear views of protected fields, downloads) leave the key
unspent. A request without a key is acted on as it comes.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from secondment.common.models import Submission
from secondment.common.protection import blind_index

KEY = "form_key"
AHEAD = (
    "form_sent_ahead"  # a script has sent the form before and is led by the answer: the reader sent it once
)
NOT_TYPED = frozenset({KEY, AHEAD, "csrfmiddlewaretoken"})
KEPT = dt.timedelta(days=3)


class AlreadyDoneError(Exception):
    """The same form was acted on by another request; ends the transaction and is answered with its outcome."""


@dataclass
class Sending:
    """The request that is being answered: who sends, and the fingerprint of a form that carries a key."""

    account: int | None = None
    fingerprint: str = ""
    spent_at: dt.datetime | None = None
    is_led: bool = False


_sending: ContextVar[Sending | None] = ContextVar("sending", default=None)


@contextmanager
def sending(account: int | None) -> Iterator[Sending]:
    """Answer a request of this account; keys are made and spent for it."""
    current = Sending(account)
    token = _sending.set(current)
    try:
        yield current
    finally:
        _sending.reset(token)


def new_key() -> str:
    """A key for one form of one page, which only the account that was shown the page can use."""
    current = _sending.get()
    return _signer().sign(f"{current.account if current else None}.{secrets.token_urlsafe(12)}")


def account_of_key(key: str) -> int | None:
    """The account that was shown the form; None for a key that we did not make or that was issued to a visitor."""
    try:
        account = _signer().unsign(key).split(".")[0]
    except BadSignature:
        return None
    return int(account) if account.isdigit() else None


def fingerprint_of(request: HttpRequest, account: int) -> str:
    """What was sent: account, address, key and all that was typed; "" without a key."""
    key = request.POST.get(KEY, "")
    if not key or account_of_key(key) != account:
        return ""
    content = hashlib.sha256()
    for name, texts in sorted(request.POST.lists()):
        if name not in NOT_TYPED:
            content.update(repr((name, texts)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
    return blind_index(f"common.submission.{account}.{request.path}.{key}.{content.hexdigest()}")


def spend_key(*, at: dt.datetime) -> None:
    """Spend the key of the form that is being answered, inside the caller's transaction."""
    current = _sending.get()
    if current is None or not current.fingerprint or current.spent_at is not None:
        return
    _row, is_first = Submission.objects.get_or_create(fingerprint=current.fingerprint, defaults={"at": at})
    if not is_first:
        raise AlreadyDoneError
    current.spent_at = at


def is_done(current: Sending) -> bool:
    """Whether another request has processed this form: a refusal after that is not an attempt, only a repeated click."""
    return bool(current.fingerprint) and Submission.objects.filter(pk=current.fingerprint).exists()


def keep_outcome(current: Sending, location: str) -> None:
    """Note where the act led; "" gives the key back, because sending again is what the reader would want."""
    if not location:
        Submission.objects.filter(fingerprint=current.fingerprint).delete()
        return
    Submission.objects.filter(fingerprint=current.fingerprint).update(location=location[:2000])


def forget_submissions(*, at: dt.datetime) -> int:
    """Delete keys of forms that will not be sent again; returns how many."""
    return Submission.objects.filter(at__lt=at - KEPT).delete()[0]


def _signer() -> Signer:
    return Signer(salt="common.form")
