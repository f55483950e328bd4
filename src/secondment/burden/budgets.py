"""The yearly budget of each role: what may be asked of it about one secondee, and what a programme was let through with."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from secondment.accounts.choices import Role
from secondment.burden.choices import ROLES
from secondment.burden.models import Budget, LetThrough
from secondment.campaigns.models import Programme

USUAL: Mapping[Role, int] = {
    Role.SECONDEE: 15,
    Role.HOST_UNIT: 20,
    Role.HOME_UNIT: 20,
    Role.ORGANISATION_DEPARTMENT: 20,
}
"""Minutes a year about one secondee where nobody has set another number: one text of 500 characters is 13 of them."""


PLACES = 6
"""Sums of floats are exact to so many places."""


@dataclass(frozen=True)
class Excess:
    """A role that would be asked for more than its budget."""

    role: Role
    minutes: float
    budget: int


def budgets() -> dict[Role, int]:
    """Every role's budget."""
    rows = dict(Budget.objects.values_list("role", "minutes"))
    return {role: rows.get(role.value, USUAL[role]) for role in ROLES}


def excesses(minutes: Mapping[Role, float], allowed: Mapping[Role, int]) -> list[Excess]:
    """Roles over their budget; exactly the budget is within it."""
    return [
        Excess(role, minutes[role], allowed[role])
        for role in ROLES
        if role in minutes and rounded(minutes[role]) > allowed[role]
    ]


def rounded(minutes: float) -> int:
    """Whole minutes, upwards: a part of a minute is a minute."""
    return math.ceil(round(minutes, PLACES))


def allowed_for(programme: Programme) -> dict[Role, int]:
    """The budget of each role, or more where a leader let the programme through with more; the last word counts."""
    allowed = budgets()
    for one in LetThrough.objects.filter(programme=programme).order_by("pk"):
        role = Role(one.role)
        allowed[role] = max(budgets()[role], one.minutes)
    return allowed
