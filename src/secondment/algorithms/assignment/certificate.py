"""A plan with the prices that prove it, as a file that anyone can check without this program."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment.network import Reduced, reduce_problem
from secondment.algorithms.assignment.prices import Prices, prices_of
from secondment.algorithms.assignment.problem import NO_GROUP, AssignmentProblem, Pair

FORMAT = 2


@dataclass(frozen=True)
class Names:
    """What people, posts and groups are called in the file."""

    people: Sequence[str]
    posts: Sequence[str]
    groups: Sequence[str] = ()


def certificate(
    problem: AssignmentProblem,
    plan: Sequence[Pair],
    names: Names,
    adopted: Sequence[Pair] | None = None,
    why: str = "",
) -> dict[str, Any]:
    """The proof that `plan` is optimal; `docs/algorithms/verify_match.py` checks it.

    Parameters
    ----------
    plan : pairs of an optimal plan, locked pairs included
    adopted : pairs of a plan that was adopted instead of it, None where it was adopted itself
    why : why that one was adopted; asked for with it

    Returns
    -------
    dict
        `limits` are people, posts and groups with their room and price; a pair is two places in this list and its score in
        steps. `pairs` are all admissible pairs that are neither locked nor forbidden; each is worth its steps and what it
        is worth to `fill` a post of this priority, and the prices of person, post and group together cover it. `left_out`
        are adopted pairs in neither list. `digest` binds everything else.

    Raises
    ------
    NotOptimalError
        When `plan` is not optimal.
    """
    reduced = reduce_problem(problem)
    network = reduced.network
    rows = np.array([problem.arc_of(pair) for pair in plan], dtype=np.int64)
    chosen = np.searchsorted(reduced.rows, np.setdiff1d(rows, reduced.locked_rows))
    shown = plan if adopted is None else adopted
    listing = _Listing(problem, reduced)
    found = {
        "format": FORMAT,
        "kind": "proof",
        "unit": reduced.scale.unit,
        "fill": _fill(problem, reduced),
        "limits": _limits(problem, prices_of(network, chosen), names),
        "pairs": listing.rows(reduced.rows),
        "locked": listing.rows(reduced.locked_rows),
        "plan": listing.pairs(plan),
        "adopted": listing.pairs(shown),
        "left_out": listing.rows(_left_out(problem, reduced, shown)),
        "why": "" if adopted is None else why or "changed by hand",
    }
    return found | {"digest": digest(found)}


def digest(found: Mapping[str, Any]) -> str:
    """SHA-256 of everything else in a certificate, written without spaces in the order of the keys."""
    rest = {key: found[key] for key in sorted(found) if key != "digest"}
    return hashlib.sha256(json.dumps(rest, separators=(",", ":")).encode()).hexdigest()


def _fill(problem: AssignmentProblem, reduced: Reduced) -> list[list[int]]:
    """What it is worth to fill a post, by priority, less the lowest score: a pair's steps count in full."""
    worth = dict(zip(problem.priority.tolist(), reduced.network.bonus.tolist(), strict=True))
    return [[priority, n - reduced.lowest] for priority, n in sorted(worth.items())]


def _limits(problem: AssignmentProblem, prices: Prices, names: Names) -> list[dict[str, Any]]:
    """People, then posts, then groups, with all the room that they have; prices are for what locked pairs leave."""
    n_before = problem.n_people + problem.n_posts
    return [
        *(
            {
                "person": name,
                "room": 1,
                "price": price,
                "group": None if group == NO_GROUP else n_before + group,
            }
            for name, group, price in zip(
                names.people, problem.group.tolist(), prices.person.tolist(), strict=True
            )
        ),
        *(
            {"post": name, "room": room, "price": price, "priority": priority}
            for name, room, price, priority in zip(
                names.posts,
                problem.capacity.tolist(),
                prices.post.tolist(),
                problem.priority.tolist(),
                strict=True,
            )
        ),
        *(
            {"group": name, "room": room, "price": price}
            for name, room, price in zip(
                names.groups, problem.cap.tolist(), prices.group.tolist(), strict=True
            )
        ),
    ]


def _left_out(problem: AssignmentProblem, reduced: Reduced, adopted: Sequence[Pair]) -> IntArray:
    """Rows of adopted pairs that locks or prohibitions, lifted since, kept out of the computation."""
    rows = np.array([problem.arc_of(pair) for pair in adopted], dtype=np.int64)
    return np.setdiff1d(rows, np.union1d(reduced.rows, reduced.locked_rows))


@dataclass(frozen=True)
class _Listing:
    """Pairs as places in `limits`, by post, then person."""

    problem: AssignmentProblem
    reduced: Reduced

    def rows(self, rows: IntArray) -> list[list[int]]:
        """Pairs with their score in steps."""
        problem = self.problem
        steps = self.reduced.scale.integers(problem.score[rows])
        posts = problem.n_people + problem.post[rows]
        return [
            list(one)
            for one in zip(problem.person[rows].tolist(), posts.tolist(), steps.tolist(), strict=True)
        ]

    def pairs(self, pairs: Sequence[Pair]) -> list[list[int]]:
        """Pairs alone."""
        ordered = sorted(pairs, key=lambda pair: pair[::-1])
        return [[person, self.problem.n_people + post] for person, post in ordered]


def written(found: Mapping[str, Any]) -> bytes:
    """The file, an item of a list a line; equal certificates are equal bytes."""
    parts = (f"{_json(name)}: {_lines(value)}" for name, value in found.items())
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    if isinstance(value[0], list) and all(isinstance(one, int) for one in value[0]):
        return (
            "[\n" + _json(value)[1:-1].replace("], [", "],\n[") + "\n]"
        )  # many rows of numbers, ten times as fast
    return "[\n" + ",\n".join(map(_json, value)) + "\n]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def fingerprint(content: bytes) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
