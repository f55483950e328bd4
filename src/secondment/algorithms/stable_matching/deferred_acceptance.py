"""Two-sided matching: deferred acceptance from either side, and the blocking pairs of any proposal."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from secondment.algorithms.arrays import IntArray

UNPLACED = np.iinfo(np.int64).max


class BadPreferencesError(ValueError):
    """The lists of preference contradict themselves; the message names the part."""


class BadPlanError(ValueError):
    """A proposal is not a plan for these preferences; the message states why."""


class Side(Enum):
    """Who proposes, and therefore who is served best among all stable plans."""

    PEOPLE = "people"
    POSTS = "posts"


@dataclass(frozen=True, eq=False)
class Preferences:
    """Who would go where, and who would take whom.

    Parameters
    ----------
    n_people, n_posts : int
    person, post : int arrays (n_arcs,), the pairs both sides accept; no pair twice.
    person_rank : int array (n_arcs,), how the person ranks the post; smaller is better, equal is a tie.
    post_rank : int array (n_arcs,), how the post ranks the person; smaller is better, equal is a tie.
    capacity : places per post (n_posts,); one each when left out.

    Raises
    ------
    BadPreferencesError
    """

    n_people: int
    n_posts: int
    person: IntArray
    post: IntArray
    person_rank: IntArray
    post_rank: IntArray
    capacity: IntArray | None = None

    def __post_init__(self) -> None:
        """Refuse lists that do not fit together."""
        n_arcs = len(self.person)
        for name in ("post", "person_rank", "post_rank"):
            _require(len(getattr(self, name)) == n_arcs, f"`{name}` must have {n_arcs} entries like `person`")
        _require(_within(self.person, self.n_people), f"`person` must lie in 0 … {self.n_people - 1}")
        _require(_within(self.post, self.n_posts), f"`post` must lie in 0 … {self.n_posts - 1}")
        keys = np.sort(np.asarray(self.person, dtype=np.int64) * self.n_posts + self.post)
        _require(bool((keys[1:] != keys[:-1]).all()), "a pair of person and post is given twice")
        _require(len(self.places) == self.n_posts, f"`capacity` must have {self.n_posts} entries")
        _require(bool((self.places >= 0).all()), "`capacity` must not be negative")

    @cached_property
    def places(self) -> IntArray:
        """Places per post."""
        if self.capacity is None:
            return np.ones(self.n_posts, dtype=np.int64)
        return np.asarray(self.capacity, dtype=np.int64)


def deferred_acceptance(preferences: Preferences, proposing: Side = Side.PEOPLE) -> IntArray:
    """The stable plan that is best for everyone on the proposing side.

    Ties are broken by the smaller index of person or post, on both sides; the plan is stable for the preferences with
    ties as well (no one *strictly* prefers to change), but best for the proposers only under that breaking.

    Returns
    -------
    int array (n_placed,)
        The chosen pairs (indices of `preferences.person`), ascending.

    Notes
    -----
    Gale & Shapley 1962, college admissions. Sorting costs O(a log a) for a pairs, proposals O(a log c) for places c.
    """
    person, post = (np.asarray(side, dtype=np.int64) for side in (preferences.person, preferences.post))
    by_person = _standing(person, preferences.person_rank, post)
    by_post = _standing(post, preferences.post_rank, person)
    one_each = np.ones(preferences.n_people, dtype=np.int64)
    if proposing is Side.PEOPLE:
        return _propose(by_person, by_post, person, post, one_each, preferences.places)
    return _propose(by_post, by_person, post, person, preferences.places, one_each)


def blocking_pairs(preferences: Preferences, chosen: IntArray) -> IntArray:
    """All pairs that would both strictly gain by leaving the plan for one another, ascending.

    A person gains over no post; a post gains over an empty place, else over the worst person it holds.

    Raises
    ------
    BadPlanError
        When the plan holds an unknown pair, a person twice, or a post beyond its places.
    """
    check_plan(preferences, chosen)
    held = np.full(preferences.n_people, UNPLACED)
    held[preferences.person[chosen]] = preferences.person_rank[chosen]
    worst = np.full(preferences.n_posts, np.iinfo(np.int64).min)
    np.maximum.at(worst, preferences.post[chosen], preferences.post_rank[chosen])
    has_room = np.bincount(preferences.post[chosen], minlength=preferences.n_posts) < preferences.places
    worst[has_room] = UNPLACED
    gains = preferences.person_rank < held[preferences.person]
    return np.flatnonzero(gains & (preferences.post_rank < worst[preferences.post]))


def check_plan(preferences: Preferences, chosen: IntArray) -> None:
    """Raise `BadPlanError` unless each person is placed at most once and no post beyond its places."""
    if len(chosen) and not (chosen.min() >= 0 and chosen.max() < len(preferences.person)):
        raise BadPlanError("the plan holds a pair that is not among the accepted ones")
    if len(np.unique(preferences.person[chosen])) < len(chosen):
        raise BadPlanError("the plan places a person twice")
    if (np.bincount(preferences.post[chosen], minlength=preferences.n_posts) > preferences.places).any():
        raise BadPlanError("the plan fills a post beyond its places")


def _standing(owner: IntArray, rank: IntArray, other: IntArray) -> IntArray:
    """Numbers, all different, that sort the pairs by owner, then rank, then index of the other side; (n_arcs,).

    One number per pair sorts ten times as fast as three; where they do not fit 64 bits, positions are used instead.
    """
    lowest, n_others = int(rank.min(initial=0)), int(other.max(initial=0)) + 1
    n_ranks = int(rank.max(initial=0)) - lowest + 1
    if (int(owner.max(initial=0)) + 1) * n_ranks * n_others < UNPLACED:
        return (owner * n_ranks + (rank - lowest)) * n_others + other
    position = np.empty(len(owner), dtype=np.int64)
    position[np.lexsort((other, rank, owner))] = np.arange(len(owner))
    return position


def _propose(
    proposer_standing: IntArray,
    receiver_standing: IntArray,
    proposer: IntArray,
    receiver: IntArray,
    asks: IntArray,
    takes: IntArray,
) -> IntArray:
    """Let every proposer ask down the list until `asks` are held; receivers hold the best `takes`."""
    last = np.cumsum(np.bincount(proposer, minlength=len(asks)))
    return _settle(
        np.argsort(proposer_standing).data,
        [0, *last.tolist()],
        np.ascontiguousarray(receiver).data,
        receiver_standing.data,
        asks.tolist(),
        takes.tolist(),
    )


def _settle(
    order: Sequence[int],
    bounds: Sequence[int],
    receiver: Sequence[int],
    standing: Sequence[int],
    asks: Sequence[int],
    takes: Sequence[int],
) -> IntArray:
    """The proposals, one at a time; few pairs are ever looked at, so the long arrays come as views, not as lists."""
    from heapq import heappush, heappushpop

    held: list[list[tuple[int, int, int]]] = [[] for _ in takes]
    following = list(bounds[:-1])
    waiting = [p for p in reversed(range(len(asks))) for _ in range(asks[p])]
    while waiting:
        who = waiting.pop()
        at = following[who]
        if at == bounds[who + 1]:
            continue
        following[who] = at + 1
        arc = order[at]
        kept = held[receiver[arc]]
        entry = (-standing[arc], who, arc)
        if len(kept) < takes[receiver[arc]]:
            heappush(kept, entry)
        elif kept:
            waiting.append(heappushpop(kept, entry)[1])
        else:
            waiting.append(who)
    return np.array(sorted(arc for kept in held for _, _, arc in kept), dtype=np.int64)


def _within(index: IntArray, size: int) -> bool:
    return len(index) == 0 or (int(index.min()) >= 0 and int(index.max()) < size)


def _require(condition: bool, message: str) -> None:  # noqa: FBT001 -- a condition and what its failure means
    if not condition:
        raise BadPreferencesError(message)
