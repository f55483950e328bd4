"""Two-sided matching on deep lists beside the `matching` package: same plan, CPU seconds.

Run ``PYTHONPATH=src python -m benchmarks stable [people ...]``; without the package only our side is timed.
Everybody ranks a window of posts and every post ranks all who list it; there are as many posts as people.
"""

import importlib
import sys
import time
from dataclasses import replace

import numpy as np

from secondment.algorithms.stable_matching.deferred_acceptance import (
    Preferences,
    blocking_pairs,
    deferred_acceptance,
)

DEPTH = 100


def instance(n: int, depth: int = DEPTH, seed: int = 1) -> Preferences:
    """Random strict lists of `depth` posts each, both ways."""
    random = np.random.default_rng(seed)
    person = np.repeat(np.arange(n), depth)
    post = (person * 7919 + np.tile(random.choice(n, depth, replace=False), n)) % n
    by_person = random.random(len(person))
    by_post = random.random(len(person))
    return Preferences(n, n, person, post, rank_within(person, by_person), rank_within(post, by_post))


def rank_within(owner: np.ndarray, key: np.ndarray) -> np.ndarray:
    """Place of each pair in the list of its owner, from 0."""
    order = np.lexsort((key, owner))
    rank = np.empty(len(owner), dtype=np.int64)
    start = np.searchsorted(owner[order], owner[order], side="left")
    rank[order] = np.arange(len(owner)) - start
    return rank


def by_package(given: Preferences) -> tuple[float, dict[int, int]]:
    """CPU seconds and person → post by the hospital–resident game of the package."""
    games = importlib.import_module("matching.games")
    people: dict[str, list[str]] = {f"p{j}": [] for j in range(given.n_people)}
    posts: dict[str, list[str]] = {f"h{i}": [] for i in range(given.n_posts)}
    for row in np.lexsort((given.person_rank, given.person)):
        people[f"p{given.person[row]}"].append(f"h{given.post[row]}")
    for row in np.lexsort((given.post_rank, given.post)):
        posts[f"h{given.post[row]}"].append(f"p{given.person[row]}")
    sys.setrecursionlimit(10**6)  # the package copies players who know one another, deeply
    begun = time.process_time()
    game = games.HospitalResident.create_from_dictionaries(people, posts, dict.fromkeys(posts, 1))
    solution = game.solve(optimal="resident")
    seconds = time.process_time() - begun
    pairs = {int(str(p)[1:]): int(str(h)[1:]) for h, held in solution.items() for p in held}
    return seconds, pairs


def compare(n: int) -> None:
    """One line: both times, checks of the input included, the ratio, and whether the plans are equal."""
    given = instance(n)
    begun = time.process_time()
    chosen = deferred_acceptance(replace(given))
    mine = time.process_time() - begun
    line = f"{n:>8,} people, lists of {DEPTH}: ours {mine:.3f} CPU s, {len(blocking_pairs(given, chosen))} blocking pairs"
    try:
        theirs, pairs = by_package(given)
    except ImportError:
        print(f"{line}; matching: not installed, skipped")
        return
    same = pairs == dict(zip(given.person[chosen].tolist(), given.post[chosen].tolist(), strict=True))
    print(
        f"{line}; matching {theirs:.2f}, {theirs / mine:.0f} × ours; {'same plan' if same else 'PLANS DIFFER'}"
    )


def main() -> None:
    """Compare at each size asked for."""
    for n in [int(word) for word in sys.argv[1:]] or [1_000, 10_000]:
        compare(n)


if __name__ == "__main__":
    main()
