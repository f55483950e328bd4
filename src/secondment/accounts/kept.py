"""A form that comes after its session has ended is kept for a day, for the account that was shown its page.

The signed key of the form identifies the account; without one nothing is kept. Passwords and files are never kept.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from secondment.accounts.handover import Item, register_held
from secondment.accounts.models import KeptForm, User
from secondment.common.own_paths import own_path
from secondment.common.protection import open_sealed, seal
from secondment.common.submissions import KEY, NOT_TYPED, account_of_key

KEPT = dt.timedelta(days=1)
MOST_BYTES, MOST_FORMS, LONGEST_URL = 200_000, 5, 1000
RETURNED = "kept_form"  # the input by which a form that is sent again names what was kept


@dataclass(frozen=True)
class Typed:
    """What a form held: every input as it is sent again, and the names of files that were not kept."""

    fields: list[tuple[str, str]]
    files: list[str]
    has_secrets: bool

    @property
    def texts(self) -> list[str]:
        """What a person typed rather than chose, as far as this can be determined."""
        return [text for _name, text in self.fields if len(text.strip()) > 1 and not text.isdigit()]


def keep_form(request: HttpRequest, *, at: dt.datetime) -> KeptForm | None:
    """Keep what this POST brought; None when it has no owner, holds nothing or is too large."""
    key = account_of_key(request.POST.get(KEY, ""))
    account = User.objects.filter(pk=key, is_active=True).first() if key else None
    typed = _typed(request)
    url, is_fragment = _page_of(request)
    content = json.dumps([typed.fields, typed.files, typed.has_secrets])
    if account is None or not typed.fields or not 0 < len(url) <= LONGEST_URL or len(content) > MOST_BYTES:
        return None
    sealed = seal(content, context=_context(account.pk, url))
    kept = KeptForm.objects.create(account=account, url=url, is_fragment=is_fragment, sealed=sealed, at=at)
    _forget(KeptForm.objects.filter(account=account)[MOST_FORMS:])
    return kept


def kept_forms(account: User, *, at: dt.datetime) -> QuerySet[KeptForm]:
    """What was kept for this account and is not out of date, newest first."""
    return KeptForm.objects.filter(account=account, at__gt=at - KEPT)


@register_held
def forms_held(account: User, at: dt.datetime) -> Iterator[Item]:
    """Nobody but the account reads what it typed."""
    n = kept_forms(account, at=at).count()
    if n:
        yield Item(
            kind=gettext_lazy("保留的表单"),
            text=str(n),
            stays=gettext_lazy("会话中断时填写的内容只由本人重新提交，一天后删除，不能移交。"),
        )


def typed_of(kept: KeptForm) -> Typed:
    """What the form held."""
    fields, files, has_secrets = json.loads(
        open_sealed(kept.sealed, context=_context(kept.account_id, kept.url))
    )
    return Typed([(name, text) for name, text in fields], files, has_secrets)


def forget_kept_forms(*, at: dt.datetime) -> int:
    """Delete what is out of date; returns how many."""
    return KeptForm.objects.filter(at__lte=at - KEPT).delete()[0]


def _typed(request: HttpRequest) -> Typed:
    sent = [
        (name, text)
        for name, texts in request.POST.lists()
        if name not in NOT_TYPED | {RETURNED}
        for text in texts
    ]
    fields = [(name, text) for name, text in sent if "password" not in name]
    files = [file.name or "" for _name, found in request.FILES.lists() for file in found]
    return Typed(fields, files, has_secrets=len(fields) < len(sent))


def _page_of(request: HttpRequest) -> tuple[str, bool]:
    """Where the form is sent again; a request sent by a script is not a page, so its user returns to the page instead."""
    if not request.headers.get("HX-Request"):
        return own_path(request.get_full_path()), False
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    return own_path(parts.path + (f"?{parts.query}" if parts.query else "")), True


def _context(account: int, url: str) -> str:
    return f"accounts.kept_form.{account}.{url}"


def _forget(rows: Iterable[KeptForm]) -> None:
    KeptForm.objects.filter(pk__in=[row.pk for row in rows]).delete()
