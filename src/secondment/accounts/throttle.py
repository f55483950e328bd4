"""Tries to sign in, counted before any password is hashed: of a name from a network, from a network, and in total.

Attempts are counted by name and network, so that a stranger can lock out only themselves. Where an account
has signed in before, the total does not count: a flood from elsewhere does not lock anyone out at their own desk.
"""

import datetime as dt
import ipaddress
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from secondment.accounts.models import SignInTries
from secondment.common.protection import blind_index
from secondment.common.proxies import address_or_none

WINDOW = dt.timedelta(minutes=10)
KNOWN_FOR = dt.timedelta(days=30)


@transaction.atomic
def take_try(username: str, address: str, *, at: dt.datetime) -> int | None:
    """Take one try and say how many are left, or None when there is none to take.

    The rows are locked while they are counted, so parallel tries take different numbers; what is under way counts.
    A count starts again ten minutes after its first attempt.
    """
    total, place, pair = [_counted(*key, at=at) for key in _keys(username, address)]
    left = min(settings.SIGN_IN_TRIES_ACCOUNT - pair.n, settings.SIGN_IN_TRIES_ADDRESS - place.n)
    if pair.known_until is None or pair.known_until <= at:
        left = min(left, settings.SIGN_IN_TRIES_TOTAL - total.n)
    if left <= 0:
        return None
    for tries in (total, place, pair):
        tries.n += 1
        tries.save(update_fields=["n", "began_at"])
    return left - 1


@transaction.atomic
def give_back(username: str, address: str) -> None:
    """A try that did not fail: it led to a sign-in, or nothing was compared."""
    for name, network in _keys(username, address):
        SignInTries.objects.filter(name_index=name, address=network, n__gt=0).update(n=F("n") - 1)


def begin_anew(username: str, address: str, *, at: dt.datetime) -> None:
    """After a sign-in from there: the attempt was not a failure, and the account is known there from now on."""
    give_back(username, address)
    pair = SignInTries.objects.filter(name_index=name_index(username), address=network_of(address))
    pair.update(n=0, known_until=at + KNOWN_FOR)


def tries_of(username: str, address: str) -> SignInTries:
    """The count of this name from there: it also covers names that no account has."""
    key = {"name_index": name_index(username), "address": network_of(address)}
    return SignInTries.objects.filter(**key).first() or SignInTries(**key)


def forget_tries(username: str) -> None:
    """Reset the counts everywhere after a new one-time password."""
    SignInTries.objects.filter(name_index=name_index(username)).delete()


def forget_old_tries(*, at: dt.datetime) -> int:
    """Delete counts that no longer affect anyone; returns how many."""
    unknown = Q(known_until=None) | Q(known_until__lte=at)
    return SignInTries.objects.filter(unknown, began_at__lte=at - WINDOW).delete()[0]


def name_index(username: str) -> str:
    """A fingerprint of what was typed, because it may be a password by mistake."""
    return blind_index(f"accounts.sign_in.{username.strip().lower()}")


def network_of(address: str) -> str:
    """The address itself, or the network one subscriber of IPv6 has for himself."""
    parsed = address_or_none(address)
    if parsed is None:
        return address[:45]
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)


def _keys(username: str, address: str) -> Iterator[tuple[str, str]]:
    """In total, of the network, of the name from the network: always locked in this order."""
    network = network_of(address)
    yield from (("", ""), ("", network), (name_index(username), network))


def _counted(name: str, network: str, *, at: dt.datetime) -> SignInTries:
    tries, _is_new = SignInTries.objects.select_for_update().get_or_create(
        name_index=name, address=network, defaults={"began_at": at}
    )
    if at - tries.began_at >= WINDOW:
        tries.n, tries.began_at = 0, at
    return tries
