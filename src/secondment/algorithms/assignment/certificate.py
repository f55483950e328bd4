"""A plan with the prices that prove it, as a file that anyone can check without this program."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from secondment.algorithms.assignment.network import Reduced, reduce_problem
from secondment.algorithms.assignment.prices import prices_of
from secondment.algorithms.assignment.problem import NO_GROUP, AssignmentProblem, Pair
from secondment.algorithms.assignment.scaling import Scale

FORMAT = 1


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
    principle: str = "",
) -> dict[str, Any]:
    """The proof that `plan` is optimal; `docs/algorithms/verify_match.py` checks it.

    Parameters
    ----------
    plan : pairs of an optimal plan, locked pairs included
    adopted : pairs of a plan that was adopted instead of it, None where it was adopted itself
    principle : what that plan was made for, "" where people changed the optimal one by hand

    Returns
    -------
    dict
        `pairs` are all admissible pairs that are neither locked nor forbidden, as [person, post, score in steps];
        numbers are places in the lists. Places and caps are what the locked pairs leave. A pair is worth its steps
        above `lowest` plus what it is worth to `fill` the post, and prices of post, person and group together cover it.
        `left_out` are adopted pairs that are in neither list, if there are any.

    Raises
    ------
    NotOptimalError
        When `plan` is not optimal.
    """
    reduced = reduce_problem(problem)
    network = reduced.network
    rows = np.array([problem.arc_of(pair) for pair in plan], dtype=np.int64)
    chosen = np.searchsorted(reduced.rows, np.setdiff1d(rows, reduced.locked_rows))
    prices = prices_of(network, chosen)
    steps = network.value + reduced.lowest
    left_out = _left_out(problem, reduced, adopted or ())
    return {
        "format": FORMAT,
        "kind": "proof",
        "unit": reduced.scale.unit,
        "lowest": reduced.lowest,
        "posts": [
            {"post": name, "priority": priority, "places": places, "fill": fill, "price": price}
            for name, priority, places, fill, price in zip(
                names.posts,
                problem.priority.tolist(),
                network.slots.tolist(),
                network.bonus.tolist(),
                prices.post.tolist(),
                strict=True,
            )
        ],
        "people": [
            {"person": name, "group": None if group == NO_GROUP else group, "price": price}
            for name, group, price in zip(
                names.people, network.group.tolist(), prices.person.tolist(), strict=True
            )
        ],
        "groups": [
            {"group": name, "cap": cap, "price": price}
            for name, cap, price in zip(
                names.groups, network.cap.tolist(), prices.group.tolist(), strict=True
            )
        ],
        "pairs": np.stack([network.person, network.post, steps], axis=1).tolist(),
        "plan": np.stack([network.person[chosen], network.post[chosen]], axis=1).tolist(),
        "locked": _listed(problem, reduced.scale, problem.locked),
        "adopted": None if adopted is None else _listed(problem, reduced.scale, adopted),
        **({"principle": principle} if adopted is not None and principle else {}),
    } | ({"left_out": _listed(problem, reduced.scale, left_out)} if left_out else {})


def _left_out(problem: AssignmentProblem, reduced: Reduced, adopted: Sequence[Pair]) -> list[Pair]:
    """Adopted pairs that locks or prohibitions, lifted since, kept out of the computation."""
    known = {*reduced.rows.tolist(), *reduced.locked_rows.tolist()}
    return [pair for pair in adopted if problem.arc_of(pair) not in known]


def _listed(problem: AssignmentProblem, scale: Scale, pairs: Sequence[Pair]) -> list[list[int]]:
    """Pairs with their score in steps, by post, then person."""
    pairs = sorted(pairs, key=lambda pair: pair[::-1])
    rows = np.array([problem.arc_of(pair) for pair in pairs], dtype=np.int64)
    steps = scale.integers(problem.score[rows]).tolist()
    return [[person, post, one] for (person, post), one in zip(pairs, steps, strict=True)]


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
