"""Király's promotion: a stable plan with ties that is at least two thirds of the largest."""

from dataclasses import dataclass, field

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.stable_matching.deferred_acceptance import Preferences

MOST_PROMOTIONS = 1


@dataclass
class _Search:
    """The state of the proposals; posts are split into places that all rank alike."""

    lists: list[list[tuple[int, int, int]]]
    """Per person: (rank of the post, place, pair), best first."""
    standing: list[int]
    """Per pair: how the post ranks the person."""
    struck: list[set[int]]
    """Per person: the places that refused for good since the last promotion."""
    promoted: list[int]
    holder: dict[int, int] = field(default_factory=dict)
    arc_of: dict[int, int] = field(default_factory=dict)

    def favourite(self, who: int) -> tuple[int, int] | None:
        """The best-ranked open place, an empty one first, then the smaller index: (place, pair)."""
        open_places = [entry for entry in self.lists[who] if entry[1] not in self.struck[who]]
        if not open_places:
            return None
        best = [entry for entry in open_places if entry[0] == open_places[0][0]]
        _, place, arc = min(best, key=lambda entry: (entry[1] in self.holder, entry[1]))
        return place, arc

    def is_uncertain(self, who: int, place: int) -> bool:
        """Whether an empty place that ranks as high as `place` is still open to the person."""
        rank = next(rank for rank, other, _ in self.lists[who] if other == place)
        return any(
            entry[0] == rank and entry[1] not in self.holder and entry[1] not in self.struck[who]
            for entry in self.lists[who]
        )

    def ask(self, who: int, place: int, arc: int) -> int | None:
        """Propose; returns who has to go on proposing, None when the place was empty."""
        rival = self.holder.get(place)
        if rival is None:
            self._take(who, place, arc)
            return None
        wavers = self.is_uncertain(rival, place)
        if wavers or self._key(who, arc) < self._key(rival, self.arc_of[place]):
            self._take(who, place, arc)
            if not wavers:
                self.struck[rival].add(place)
            return rival
        self.struck[who].add(place)
        return who

    def _take(self, who: int, place: int, arc: int) -> None:
        self.holder[place] = who
        self.arc_of[place] = arc

    def _key(self, who: int, arc: int) -> tuple[int, int]:
        return self.standing[arc], -self.promoted[who]


def promote(preferences: Preferences) -> IntArray:
    """A stable plan (pairs, ascending) that places at least two thirds of what any stable plan can.

    Notes
    -----
    Z. Király, *Linear time local approximation algorithm for maximum stable marriage*, Algorithms 6 (2013), with ties
    on both sides; a post with several places is split into places that all rank alike. People ask in the order of
    their index. A person refused everywhere is promoted once: proposes to the entire list again and wins ties.
    """
    search = _search(preferences)
    waiting = list(reversed(range(preferences.n_people)))
    while waiting:
        who = waiting.pop()
        favourite = search.favourite(who)
        if favourite is not None:
            loser = search.ask(who, *favourite)
            waiting += [] if loser is None else [loser]
        elif search.promoted[who] < MOST_PROMOTIONS:
            search.promoted[who] += 1
            search.struck[who].clear()
            waiting.append(who)
    return np.array(sorted(search.arc_of.values()), dtype=np.int64)


def _search(preferences: Preferences) -> _Search:
    """Everyone's list in order, with the places of each post side by side."""
    first_place = np.concatenate(([0], np.cumsum(preferences.places)))
    lists: list[list[tuple[int, int, int]]] = [[] for _ in range(preferences.n_people)]
    order = np.lexsort((preferences.post, preferences.person_rank, preferences.person))
    for arc in order.tolist():
        post = preferences.post[arc]
        places = range(first_place[post], first_place[post + 1])
        lists[preferences.person[arc]] += [
            (int(preferences.person_rank[arc]), place, arc) for place in places
        ]
    n_people = preferences.n_people
    return _Search(lists, preferences.post_rank.tolist(), [set() for _ in range(n_people)], [0] * n_people)
