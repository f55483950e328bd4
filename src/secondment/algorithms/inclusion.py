"""Inclusion probabilities of a stratified, risk-weighted draw with a floor and caps per unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, fsum

from secondment.algorithms.inclusion_caps import SCALE, DrawError, keep_caps

FIT_TOLERANCE = 1e-9
MOST_FACTOR = 1e18
MOST_ROUNDS = 200


@dataclass(frozen=True)
class DrawRules:
    """What the draw has to keep: `size` people, everyone at least `floor`, at most `unit_cap` per unit."""

    size: int
    floor: float = 0.0
    unit_cap: int | None = None


@dataclass(frozen=True)
class Inclusion:
    """`shares[i] / SCALE` is the probability of person i; `stratum_sizes[h]` people are drawn in stratum h."""

    shares: tuple[int, ...]
    stratum_sizes: tuple[int, ...]


def inclusion_shares(
    risks: Sequence[float], strata: Sequence[int], units: Sequence[int], rules: DrawRules
) -> Inclusion:
    """Probabilities in proportion to risk inside each stratum, within floor, one and the caps per unit.

    Parameters
    ----------
    risks
        Shape (n,), not negative; all zero in a stratum means equal chances there.
    strata, units
        Shape (n,), 0 … ; -1 as a unit means none.

    Raises
    ------
    DrawError
        When no probabilities keep the rules.

    Notes
    -----
    Sizes per stratum are in proportion to head counts (largest remainder, earlier stratum first on
    ties). Where risk weight times a common factor leaves [floor, 1] it is cut there. Caps that bind
    are met by iterative proportional fitting (units and strata scaled in turn, at most 200 rounds);
    `keep_caps` then moves what is left over exactly, or proves that it cannot be moved. O(n) per round.
    """
    members = _groups(strata)
    sizes = stratum_sizes([len(group) for group in members], rules)
    weights = _weights(risks, members)
    chances = _fit(weights, members, sizes, _groups(units), rules)
    shares = _whole_shares(chances, members, sizes, rules)
    if rules.unit_cap is not None:
        keep_caps(shares, strata, units, cap=rules.unit_cap, least=least_share(rules))
    return Inclusion(tuple(shares), tuple(sizes))


def least_share(rules: DrawRules) -> int:
    """The floor in integer shares, rounded up; a thousandth of a share forgives decimal typing."""
    return ceil(rules.floor * SCALE - 1e-3)


def stratum_sizes(heads: Sequence[int], rules: DrawRules) -> list[int]:
    """How many are drawn in each stratum: in proportion to heads, largest remainder."""
    total = sum(heads)
    if not 1 <= rules.size <= total:
        raise DrawError(f"cannot draw {rules.size} of {total} people")
    if rules.floor * total > rules.size + 1e-9:
        raise DrawError(
            f"a floor of {rules.floor:g} for {total} people needs a size of {ceil(rules.floor * total)}, "
            f"but the size is {rules.size}"
        )
    sizes = [rules.size * head // total for head in heads]
    remainders = [rules.size * head % total for head in heads]
    byremainder = sorted(range(len(heads)), key=lambda h: (-remainders[h], h))
    for stratum in byremainder[: rules.size - sum(sizes)]:
        sizes[stratum] += 1
    return _raise_to_floor(sizes, heads, rules)


def _raise_to_floor(sizes: list[int], heads: Sequence[int], rules: DrawRules) -> list[int]:
    """Give each stratum the people its floor needs, taken where most is left above the floor."""
    least = [ceil(rules.floor * head - 1e-9) for head in heads]
    if sum(least) > rules.size:
        raise DrawError(
            f"a floor of {rules.floor:g} needs {sum(least)} people over the strata, but the size is {rules.size}"
        )
    for stratum, need in enumerate(least):
        while sizes[stratum] < need:
            richest = max(range(len(sizes)), key=lambda h: (sizes[h] - least[h], -h))
            sizes[richest] -= 1
            sizes[stratum] += 1
    return sizes


def _groups(labels: Sequence[int]) -> list[list[int]]:
    """Members of each label 0, 1, …; -1 belongs to none."""
    groups: list[list[int]] = [[] for _ in range(max(labels, default=-1) + 1)]
    for person, label in enumerate(labels):
        if label >= 0:
            groups[label].append(person)
    return groups


def _weights(risks: Sequence[float], members: list[list[int]]) -> list[float]:
    weights = list(risks)
    for group in members:
        if not any(risks[person] > 0 for person in group):
            for person in group:
                weights[person] = 1.0
    return weights


def _fit(
    weights: list[float],
    members: list[list[int]],
    sizes: list[int],
    units: list[list[int]],
    rules: DrawRules,
) -> list[float]:
    """Scale strata to their sizes and crowded units to the cap in turn, until both hold or no more changes."""
    scaled = list(weights)
    for _ in range(MOST_ROUNDS):
        for group, size in zip(members, sizes, strict=True):
            _scale(scaled, group, float(size), rules.floor)
        crowded = _crowded(scaled, units, rules)
        if not crowded:
            break
        for group in crowded:
            _scale(scaled, group, float(rules.unit_cap or 0), rules.floor)
    return [_cut(value, rules.floor) for value in scaled]


def _crowded(scaled: list[float], units: list[list[int]], rules: DrawRules) -> list[list[int]]:
    if rules.unit_cap is None:
        return []
    most = rules.unit_cap + FIT_TOLERANCE
    return [group for group in units if fsum(_cut(scaled[i], rules.floor) for i in group) > most]


def _cut(value: float, least: float) -> float:
    return min(max(value, least), 1.0)


def _scale(scaled: list[float], group: list[int], target: float, least: float) -> None:
    """Multiply the group by one factor so that, cut to [least, 1], it adds up to `target` if it can."""
    if target >= len(group):
        for person in group:
            scaled[person] = max(scaled[person], 1.0)
        return
    values = [scaled[person] for person in group]
    if sum(value > 0 for value in values) < target:
        _lift_zeros(scaled, group, target)
        return
    factor = _factor(values, target, least)
    for person, value in zip(group, values, strict=True):
        scaled[person] = value * factor


def _factor(values: list[float], target: float, least: float) -> float:
    """The factor at which the cut values add up to `target`, by bisection; the sum grows with the factor."""
    low, high = 0.0, 1.0
    while fsum(_cut(value * high, least) for value in values) < target and high < MOST_FACTOR:
        low, high = high, high * 2
    for _ in range(80):
        middle = (low + high) / 2
        if fsum(_cut(value * middle, least) for value in values) < target:
            low = middle
        else:
            high = middle
    return high


def _lift_zeros(scaled: list[float], group: list[int], target: float) -> None:
    """Fewer people carry risk than are drawn: they are certain, the others share the rest equally."""
    others = [person for person in group if scaled[person] <= 0]
    rest = (target - (len(group) - len(others))) / len(others)
    for person in group:
        scaled[person] = 1.0 if scaled[person] > 0 else rest


def _whole_shares(
    chances: list[float], members: list[list[int]], sizes: list[int], rules: DrawRules
) -> list[int]:
    """Integer shares that add up exactly in each stratum and stay within [floor, 1]."""
    least = least_share(rules)
    shares = [min(max(floor(chance * SCALE), least), SCALE) for chance in chances]
    for group, size in zip(members, sizes, strict=True):
        missing = size * SCALE - sum(shares[person] for person in group)
        for person in sorted(group, key=lambda i: (-shares[i], i)):
            step = min(max(missing, least - shares[person]), SCALE - shares[person])
            shares[person] += step
            missing -= step
    return shares
