"""Exact caps per unit: move integer shares along exchanges inside strata until every unit fits."""

from collections import deque
from collections.abc import Sequence

SCALE = 10**12
"""Probabilities are integer multiples of one part in 10^12, so twelve printed decimals are exact."""


class DrawError(ValueError):
    """The rules of the draw contradict each other; the message states which and why."""


def keep_caps(
    shares: list[int], strata: Sequence[int], units: Sequence[int], *, cap: int, least: int
) -> None:
    """Change `shares` in place so that no unit holds more than `cap · SCALE`; sums of strata stay.

    Augmenting paths as in maximum flow: unit → person who gives → stratum → person who takes → unit.
    When no path is left the rules contradict each other, and `DrawError` is raised.
    """
    totals = _totals(shares, units)
    for unit in sorted(totals):
        while (excess := totals[unit] - cap * SCALE) > 0:
            path = _path(shares, strata, units, totals, unit, cap=cap, least=least)
            if path is None:
                raise DrawError(
                    f"a cap of {cap} per unit leaves no room for the sizes of the strata and the floor"
                )
            _move(shares, units, totals, path, excess, cap=cap, least=least)


def _totals(shares: Sequence[int], units: Sequence[int]) -> dict[int, int]:
    totals: dict[int, int] = {}
    for share, unit in zip(shares, units, strict=True):
        if unit >= 0:
            totals[unit] = totals.get(unit, 0) + share
    return totals


def _path(
    shares: list[int],
    strata: Sequence[int],
    units: Sequence[int],
    totals: dict[int, int],
    start: int,
    *,
    cap: int,
    least: int,
) -> list[tuple[int, int]] | None:
    """Shortest chain of (giver, taker) pairs from a crowded unit to a place with room."""
    givers: dict[int, list[int]] = {}
    takers: dict[int, list[int]] = {}
    for person, share in enumerate(shares):
        if share > least:
            givers.setdefault(units[person], []).append(person)
        if share < SCALE:
            takers.setdefault(strata[person], []).append(person)
    came: dict[int, tuple[int, int]] = {}
    waiting = deque([start])
    while waiting:
        unit = waiting.popleft()
        for giver in givers.get(unit, []):
            # Each stratum is left once: its takers are gone afterwards.
            for taker in takers.pop(strata[giver], []):
                goal = units[taker]
                if goal == start or goal in came:
                    continue
                if goal < 0 or totals[goal] < cap * SCALE:
                    return [*_back(came, unit, start, units), (giver, taker)]
                came[goal] = (giver, taker)
                waiting.append(goal)
    return None


def _back(
    came: dict[int, tuple[int, int]], unit: int, start: int, units: Sequence[int]
) -> list[tuple[int, int]]:
    chain: list[tuple[int, int]] = []
    while unit != start:
        chain.append(came[unit])
        unit = units[came[unit][0]]
    return chain[::-1]


def _move(
    shares: list[int],
    units: Sequence[int],
    totals: dict[int, int],
    path: list[tuple[int, int]],
    excess: int,
    *,
    cap: int,
    least: int,
) -> None:
    goal = units[path[-1][1]]
    room = excess if goal < 0 else min(excess, cap * SCALE - totals[goal])
    amount = min(room, *(min(shares[giver] - least, SCALE - shares[taker]) for giver, taker in path))
    for giver, taker in path:
        for person, change in ((giver, -amount), (taker, amount)):
            shares[person] += change
            if units[person] >= 0:
                totals[units[person]] += change
