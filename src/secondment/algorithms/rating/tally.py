"""The plain tally every office knows: ballots by group, the share of 不了解, and a weighted score.

Home of the rule of small groups. A group with fewer than `least` ballots on a candidate is never shown: its ballots join
the next group (`NEXT`), and where no next group makes them enough they are withheld and count for nothing. An indicator that
fewer than `least` of a group could judge neither counts nor is shown. Everything that is shown, the score included, is made
of what is shown: subtracting one figure from another cannot bring out what was held back. How often each level was given
is told from `FEWEST_SPREAD` judgements, and not where all were alike.

Groups whose raters sign (`SIGNED`) have nothing to protect.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class TallyError(ValueError):
    """A ballot holds a level that its paper does not have."""


LEAST = 5
FEWEST_SPREAD = 10
# Which group the ballots of a small one join; in the order in which this is done.
NEXT = {"leaders": "colleagues", "home": "colleagues", "colleagues": "masses"}
SIGNED = frozenset({"organisation"})

Levels = Mapping[str, int | None]


class Ballot(Protocol):
    """One rater's whole sheet: who belongs to which group, and the levels given to each candidate (None: 不了解)."""

    @property
    def group(self) -> str:
        """The group that the rater belongs to."""
        raise NotImplementedError

    @property
    def marks(self) -> Mapping[int, Levels]:
        """Candidate → indicator → level from 1, the lowest."""
        raise NotImplementedError


@dataclass(frozen=True)
class IndicatorTally:
    """One indicator within a group: how many judged it, their mean score, and (if told) how often each level was given."""

    n: int
    mean: float
    counts: tuple[int, ...] | None


@dataclass(frozen=True)
class GroupTally:
    """One group, or several that count as one (`members`): ballots, share of 不了解 among all answers, and score.

    `score` is None if nothing could be judged; `indicators` holds means from `FEWEST_SPREAD` ballots only.
    """

    group: str
    members: tuple[str, ...]
    n: int
    unknown_share: float
    score: float | None
    weight: float
    indicators: Mapping[str, IndicatorTally]


@dataclass(frozen=True)
class CandidateTally:
    """What the ballots on one candidate say; `score` is None without any group to be counted.

    `absent` groups have a weight and no ballot, `withheld` ones too few; the weights of the others are scaled up, and
    `weight_present` is what these had of 100.
    """

    n_ballots: int
    groups: tuple[GroupTally, ...]
    score: float | None
    absent: tuple[str, ...]
    withheld: tuple[str, ...]
    weight_present: float


@dataclass
class _Pile:
    """Ballots on one candidate that count as one group."""

    members: list[str]
    n: int = 0
    counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, levels: Levels, n_levels: int) -> None:
        self.n += 1
        for indicator, level in levels.items():
            if level is not None and not 1 <= level <= n_levels:
                raise TallyError(f"level {level} of “{indicator}” is not among 1…{n_levels}")
            # place 0 holds 不了解
            self.counts.setdefault(indicator, [0] * (n_levels + 1))[level or 0] += 1

    def join(self, other: "_Pile") -> None:
        self.n += other.n
        self.members += other.members
        for indicator, counts in other.counts.items():
            mine = self.counts.setdefault(indicator, [0] * len(counts))
            self.counts[indicator] = [one + more for one, more in zip(mine, counts, strict=True)]


def plain_tally(
    sheets: Iterable[Ballot],
    *,
    level_scores: Sequence[float],
    group_weights: Mapping[str, float],
    indicator_weights: Mapping[str, float],
    least: int = LEAST,
) -> dict[int, CandidateTally]:
    """Tally every candidate; linear in the marks.

    Raises `TallyError` for a level outside the scale.
    """
    n_levels = len(level_scores)
    piles: dict[int, dict[str, _Pile]] = {}
    for sheet in sheets:
        for candidate, levels in sheet.marks.items():
            mine = piles.setdefault(candidate, {})
            mine.setdefault(sheet.group, _Pile([sheet.group])).add(levels, n_levels)
    scale = _Scale(level_scores, group_weights, indicator_weights, least)
    return {candidate: _tally(mine, scale) for candidate, mine in piles.items()}


def mean_group_weights(tallies: Iterable[CandidateTally]) -> dict[str, float]:
    """How much each group counted on average over all who have a score, in percent; small groups within those they joined."""
    scored = [one for one in tallies if one.score is not None]
    total: dict[str, float] = defaultdict(float)
    for one in scored:
        counted = {group.group: group.weight for group in one.groups if group.score is not None}
        for group, weight in counted.items():
            total[group] += 100 * weight / sum(counted.values()) / len(scored)
    return dict(total)


def pooled_groups(counts: Mapping[str, int], least: int = LEAST) -> tuple[dict[str, str], tuple[str, ...]]:
    """As which group each one counts, and which are withheld, when these are the numbers of their ballots."""
    piles = {group: _Pile([group], n) for group, n in counts.items() if n}
    withheld = _pool(piles, least)
    return {member: group for group, pile in piles.items() for member in pile.members}, withheld


@dataclass(frozen=True)
class _Scale:
    level_scores: Sequence[float]
    group_weights: Mapping[str, float]
    indicator_weights: Mapping[str, float]
    least: int


def _tally(piles: dict[str, _Pile], scale: _Scale) -> CandidateTally:
    n_ballots = sum(pile.n for pile in piles.values())
    absent = tuple(group for group, weight in scale.group_weights.items() if weight and group not in piles)
    withheld = _pool(piles, scale.least)
    groups = tuple(_group(group, pile, scale) for group, pile in piles.items())
    counted = [one for one in groups if one.score is not None and one.weight]
    present = sum(one.weight for one in counted)
    total = sum(scale.group_weights.values())
    score = (
        sum(one.weight * one.score for one in counted if one.score is not None) / present if counted else None
    )
    return CandidateTally(n_ballots, groups, score, absent, withheld, 100 * present / total if total else 0.0)


def _pool(piles: dict[str, _Pile], least: int) -> tuple[str, ...]:
    """Let small groups join the next, and take out those that stay too small."""
    for group, target in NEXT.items():
        if group in piles and piles[group].n < least:
            small = piles.pop(group)
            if target in piles:
                piles[target].join(small)
            else:
                piles[target] = small
    small_ones = [group for group, pile in piles.items() if group not in SIGNED and pile.n < least]
    return tuple(member for group in small_ones for member in piles.pop(group).members)


def _group(group: str, pile: _Pile, scale: _Scale) -> GroupTally:
    is_signed = group in SIGNED
    least = 1 if is_signed else scale.least
    indicators = {
        indicator: _indicator(
            counts, scale.level_scores, is_told=is_signed or sum(counts[1:]) >= FEWEST_SPREAD
        )
        for indicator, counts in pile.counts.items()
        if sum(counts[1:]) >= least and scale.indicator_weights.get(indicator)
    }
    weights = {indicator: scale.indicator_weights[indicator] for indicator in indicators}
    total = sum(weights.values())
    n_answers = sum(sum(counts) for counts in pile.counts.values())
    return GroupTally(
        group,
        tuple(pile.members),
        pile.n,
        sum(counts[0] for counts in pile.counts.values()) / n_answers if n_answers else 0.0,
        sum(weights[code] * one.mean for code, one in indicators.items()) / total if indicators else None,
        sum(scale.group_weights.get(member, 0) for member in pile.members),
        indicators if is_signed or pile.n >= FEWEST_SPREAD else {},
    )


def _indicator(counts: Sequence[int], level_scores: Sequence[float], *, is_told: bool) -> IndicatorTally:
    n = sum(counts[1:])
    mean = sum(times * score for times, score in zip(counts[1:], level_scores, strict=True)) / n
    is_split = sum(times > 0 for times in counts[1:]) > 1
    return IndicatorTally(n, mean, tuple(counts[1:]) if is_told and is_split else None)
