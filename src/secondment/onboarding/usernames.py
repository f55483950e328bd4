"""User names proposed for many: pinyin of the name and initials of the unit, told apart by a number."""

import re
from collections.abc import Iterable, Sequence

from secondment.accounts.models import User
from secondment.onboarding.models import AccountLine
from secondment.people.names import name_initials, syllables
from secondment.units.models import Unit

MOST_NAME, MOST_UNIT, MOST_WHOLE = 30, 10, 40
SHORTEST = 3
_OTHER = re.compile(r"[^a-z0-9]")


def username_for_person(name: str, unit: Unit) -> str:
    """`zhangsan.szj`: pinyin of the name, initials of the unit."""
    own = _plain("".join(syllables(name)))[:MOST_NAME] or "user"
    of_unit = _plain(name_initials(unit.short_name or unit.name))[:MOST_UNIT]
    return f"{own}.{of_unit}".strip(".")


def username_for_unit(unit: Unit) -> str:
    """`shilizhen`: pinyin of the unit."""
    own = _plain("".join(syllables(unit.short_name or unit.name)))[:MOST_WHOLE]
    return own if len(own) >= SHORTEST else f"unit{own}"


def free_usernames(wishes: Sequence[str]) -> list[str]:
    """The wishes in their order, each with the first number that makes it free: `zhangsan`, `zhangsan2`."""
    found: dict[int, str] = {}
    used: set[str] = set()
    number = 1
    while len(found) < len(wishes):
        tries = {
            place: wish if number == 1 else f"{wish}{number}"
            for place, wish in enumerate(wishes)
            if place not in found
        }
        taken = taken_usernames(tries.values())
        for place, name in tries.items():
            if name not in taken and name not in used:
                found[place] = name
                used.add(name)
        number += 1
    return [found[place] for place in range(len(wishes))]


def taken_usernames(names: Iterable[str]) -> set[str]:
    """Those that an account has, or a batch that waits has asked for."""
    asked = set(names)
    accounts = User.objects.filter(username__in=asked).values_list("username", flat=True)
    waiting = AccountLine.objects.filter(is_open=True, username__in=asked).values_list("username", flat=True)
    return {*accounts, *waiting}


def _plain(text: str) -> str:
    return _OTHER.sub("", text.lower())
