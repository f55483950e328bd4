"""A plan tried out on copies: send these, take those back, recruit some; which floors would break that hold today."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.workforce.stays import Staff, Terms, with_people


@dataclass(frozen=True)
class Plan:
    """Send people to units for [first, back), end terms of people from a month on, and add recruits.

    `sent` and `taken_back` are indices of people; `hosts` is parallel to `sent`.
    """

    sent: tuple[int, ...] = ()
    hosts: tuple[int, ...] = ()
    first: int = 1
    back: int = 25
    taken_back: tuple[int, ...] = ()
    back_from: int = 1
    recruits: Staff | None = None


@dataclass(frozen=True)
class Break:
    """A floor that holds without the plan and not with it: the first such month and the people then."""

    cell: int
    month: int
    n_without: int
    n_with: int
    floor: int


def carried_out(staff: Staff, terms: Terms, plan: Plan) -> tuple[Staff, Terms]:
    """People and terms as the plan would have them; nothing that is given changes.

    Whoever is sent while out stays out until back (`stays.at_work` puts the later term behind the earlier).

    Raises
    ------
    ValueError
        When hosts are not given for those sent, or the months do not go forwards.
    """
    if len(plan.hosts) != len(plan.sent):
        raise ValueError(f"{len(plan.hosts)} units were given for {len(plan.sent)} people")
    if not 0 <= plan.first < plan.back:
        raise ValueError(f"a term from month {plan.first} to {plan.back} does not go forwards")
    ended = np.isin(terms.person, plan.taken_back)
    back = np.where(ended, np.minimum(terms.back, plan.back_from), terms.back)
    n_sent = len(plan.sent)
    more = Terms(
        np.append(terms.person, np.array(plan.sent, dtype=np.int64)),
        np.append(terms.host, np.array(plan.hosts, dtype=np.int64)),
        np.append(terms.first, np.full(n_sent, plan.first)),
        np.append(back, np.full(n_sent, plan.back)),
    )
    return (with_people(staff, plan.recruits) if plan.recruits is not None else staff), more


def broken(without: IntArray, planned: IntArray, floors: Sequence[int]) -> tuple[Break, ...]:
    """The first month in which the plan puts a cell below a floor that would hold without it, soonest first.

    Parameters
    ----------
    without, planned : ndarray of int, shape (n_cells, n_months + 1)
        People by cell and month.
    floors : sequence of int
        Least number of people per cell.

    Raises
    ------
    ValueError
        When the shapes differ.
    """
    if without.shape != planned.shape or len(floors) != len(without):
        raise ValueError(
            f"cells of shape {without.shape}, {planned.shape} and {len(floors)} floors do not agree"
        )
    found = []
    for cell, floor in enumerate(floors):
        months = np.flatnonzero((planned[cell] < floor) & (without[cell] >= floor))
        if months.size:
            month = int(months[0])
            found.append(Break(cell, month, int(without[cell, month]), int(planned[cell, month]), floor))
    return tuple(sorted(found, key=lambda one: (one.month, one.cell)))
