"""Tries to sign in, counted before any password is hashed: five of a name from a network, then half an hour's rest."""

import datetime as dt

from django.db import transaction

from secondment.accounts.models import SignInTries
from secondment.common.protection import blind_index

MOST_TRIES = 5
REST = dt.timedelta(minutes=30)


@transaction.atomic
def take_try(username: str, address: str, *, at: dt.datetime) -> int | None:
    """Take one try and say how many are left, or None when there is none to take.

    The row is locked while it is counted, so parallel tries take different numbers; what is under way counts.
    Half an hour after the last try that was taken the count begins anew.
    """
    tries, _is_new = SignInTries.objects.select_for_update().get_or_create(
        name_index=name_index(username), address=address, defaults={"last_at": at}
    )
    if at - tries.last_at >= REST:
        tries.n = 0
    if tries.n >= MOST_TRIES:
        return None
    tries.n += 1
    tries.last_at = at
    tries.save(update_fields=["n", "last_at"])
    return MOST_TRIES - tries.n


def forget_tries(username: str, address: str | None = None) -> None:
    """Begin anew after a sign-in from there, or everywhere after a new one-time password."""
    tries = SignInTries.objects.filter(name_index=name_index(username))
    (tries if address is None else tries.filter(address=address)).delete()


def forget_old_tries(*, at: dt.datetime) -> int:
    """Delete counts that no longer hold anybody; returns how many."""
    return SignInTries.objects.filter(last_at__lte=at - REST).delete()[0]


def name_index(username: str) -> str:
    """A fingerprint of what was typed, because it may be a password by mistake."""
    return blind_index(f"accounts.sign_in.{username.strip().lower()}")
