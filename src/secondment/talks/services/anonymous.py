"""Anonymous letters: nobody who reads database, trail, messages or sessions learns which account sent one.

What follows from that: no event, no message and no spent key when a letter is sent (all of these know the moment, most
of them the account); the receipt code itself makes a letter that is sent twice one letter. A letter waits in the box
until the night after a day on which enough accounts were in use, and then leaves it with all others, shuffled. Whoever
watches the database while a letter is written, or takes the server's memory, learns more: the page says so.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.protection import blind_index
from secondment.talks.desks import Desk, desks_for, open_desks
from secondment.talks.errors import SuggestionError
from secondment.talks.models import HeldSuggestion, Suggestion
from secondment.talks.services.suggesting import due_after, require_text, tell_office

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP = 4, 4
MOST_HELD = 200
FEWEST_ACCOUNTS = 5
"""So many accounts must have been in use since the day before, or the box stays closed."""
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Fetched:
    """What a receipt code leads to: a letter that waits in the box, or one that an office has."""

    letter: Suggestion | None


def new_receipt() -> str:
    """A code that a form carries, signed, so that it is one of ours; it names no account."""
    groups = ("".join(secrets.choice(ALPHABET) for _n in range(GROUP)) for _g in range(GROUPS))
    return _signer().sign("-".join(groups))


def code_of(receipt: str) -> str:
    """The code that is shown, once."""
    try:
        return _signer().unsign(receipt)
    except BadSignature as error:
        raise SuggestionError(_("这一页已经失效，没有投递。请重新打开匿名投递页面再写一次。")) from error


@transaction.atomic
def suggest_anonymously(desk: Desk, *, category: str, text: str, receipt: str, allowed_to: User) -> str:
    """Put a letter into the box and give its code; `allowed_to` says which offices are open, and is kept nowhere."""
    offered = {one.code for one in open_desks(desks_for(allowed_to))}
    require(desk.code in offered, _("请从列出的受理单位中选择。"))
    require_text(text)
    code = code_of(receipt)
    index = index_of_code(code)
    if _is_known(index):
        return code
    if HeldSuggestion.objects.count() >= MOST_HELD:
        raise SuggestionError(_("匿名信箱暂时已满，没有投递。请明天再试，或直接向受理单位反映。"))
    letter = HeldSuggestion(category=category, unit=desk.unit, role=desk.role, receipt=index)
    letter.set_text(text.strip())
    letter.save(force_insert=True)
    return code


@transaction.atomic
def deliver_held(*, on: dt.date, at: dt.datetime) -> int:
    """Empty the box, shuffled, if enough accounts were in use since the day before; returns how many were delivered."""
    held = list(HeldSuggestion.objects.select_for_update(of=("self",)).select_related("unit"))
    n_accounts = User.objects.filter(is_active=True, last_login__gte=at - A_DAY).count()
    if not held or n_accounts < FEWEST_ACCOUNTS:
        return 0
    secrets.SystemRandom().shuffle(held)
    due_on = due_after(on, None)
    for one in held:
        letter = Suggestion(
            category=one.category,
            unit=one.unit,
            role=one.role,
            receipt=one.receipt,
            received_on=on,
            due_on=due_on,
        )
        letter.set_text(one.text)
        letter.save()
        record("suggestion.deliver", letter, by=None, at=at)
        tell_office(letter, at)
    HeldSuggestion.objects.filter(pk__in=[one.pk for one in held]).delete()
    return len(held)


def fetch(code: str) -> Fetched:
    """The letter of a code; nothing is written."""
    index = index_of_code(code.strip().upper())
    letter = Suggestion.objects.select_related("unit").filter(receipt=index).first()
    if letter is None and not HeldSuggestion.objects.filter(receipt=index).exists():
        raise SuggestionError(_("没有找到这个回执码。请核对，共 16 位，字母不分大小写。"), field="code")
    return Fetched(letter)


def _is_known(index: str) -> bool:
    return any(model.objects.filter(receipt=index).exists() for model in (HeldSuggestion, Suggestion))


def index_of_code(code: str) -> str:
    """The keyed fingerprint by which a letter is found."""
    return blind_index(f"talks.receipt.{code}")


def _signer() -> Signer:
    return Signer(salt="talks.receipt")
