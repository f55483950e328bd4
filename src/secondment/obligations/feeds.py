"""Who may read a to-do list as a calendar: a signed token of each account, which a fresh one or a click ends."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from secondment.common.keys import number_in
from secondment.obligations.models import CalendarFeed

SIGNER = Signer(salt="obligations.calendar", sep="~")


def address_of(feed: CalendarFeed) -> str:
    """The path that a calendar program reads."""
    token = SIGNER.sign(f"{feed.account_id}-{feed.nonce}")
    return reverse("obligations:calendar_read", args=[token])


def feed_by(token: str) -> CalendarFeed | None:
    """The feed of this token, if it was made here, stands, and its account may still sign in."""
    try:
        account, _dash, nonce = SIGNER.unsign(token).partition("-")
    except BadSignature:
        return None
    rows = CalendarFeed.objects.select_related("account")
    return rows.filter(account=number_in(account), nonce=nonce, account__is_active=True).first()
