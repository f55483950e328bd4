"""The input of a run as arrays, and the same packed into JSON: a run can be explained without the tables it came from."""

import base64
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment import AssignmentProblem, TieOrder
from secondment.algorithms.assignment.order import KeyArray
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.fit import COMPONENTS, filled, fit_scores
from secondment.algorithms.silence import neutral_values
from secondment.matching.side_rules.stated import StatedRule, pack_rules, unpack_rules

FORMAT = 3  # 1 had no side rules, 2 no numbers of people and posts and no neutral values
THOUSANDTHS = 1000
NOT_ASSESSED = -1


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of people and posts with their components; rows sorted by post, then person."""

    person: IntArray
    post: IntArray
    components: FloatArray

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What went into a run; people and posts are row numbers into the id lists.

    Attributes
    ----------
    nominations, posts : ids of nominations and campaign posts
    admissible : pairs that every rule lets through
    ruled_out : rule → pairs that this rule alone keeps out
    blocked_by : person → rules that keep the person out of every post
    group, units, cap : home unit of each person (row of `units`, -1 where uncapped), unit ids, caps
    priority : 1 is filled first; headcount : places of each post
    locked, forbidden : (person, post) decided by hand
    side_rules : rules about the entire plan, as the campaign had them
    person_keys, post_keys : keys of what people and posts are publicly known by; the lot among equals depends on them
    reference : (person, post) of the plan to stay near to, those who are no longer nominated left out
    neutral : shape (9,), what counts where a component was not judged; None in runs before there were such values
    """

    nominations: tuple[int, ...]
    posts: tuple[int, ...]
    admissible: Pairs
    ruled_out: Mapping[str, Pairs]
    blocked_by: Mapping[int, tuple[str, ...]]
    group: IntArray
    units: tuple[int, ...]
    cap: IntArray
    priority: IntArray
    headcount: IntArray
    locked: tuple[Pair, ...] = field(default=())
    forbidden: tuple[Pair, ...] = field(default=())
    side_rules: tuple[StatedRule, ...] = field(default=())
    person_keys: KeyArray | None = field(default=None)
    post_keys: KeyArray | None = field(default=None)
    reference: tuple[Pair, ...] = field(default=())
    neutral: FloatArray | None = field(default=None)

    @cached_property
    def person_of(self) -> dict[int, int]:
        """Row of each nomination id."""
        return {pk: row for row, pk in enumerate(self.nominations)}

    @cached_property
    def post_of(self) -> dict[int, int]:
        """Row of each campaign post id."""
        return {pk: row for row, pk in enumerate(self.posts)}

    def problem(self, weights: Mapping[str, float]) -> AssignmentProblem:
        """The assignment problem under these weights."""
        return AssignmentProblem.of(
            len(self.nominations),
            len(self.posts),
            self.admissible.person,
            self.admissible.post,
            self.scores(self.admissible, weights),
            group=self.group,
            cap=self.cap,
            priority=-self.priority,
            capacity=self.headcount,
            locked=self.locked,
            forbidden=self.forbidden,
        )

    def order(self, seed: int) -> TieOrder:
        """How one of several equally good plans is chosen."""
        return TieOrder(self.reference, seed, self.person_keys, self.post_keys)

    def scores(self, pairs: Pairs, weights: Mapping[str, float]) -> FloatArray:
        """The fit of these pairs."""
        return fit_scores(pairs.components, weights, self.neutral)

    @cached_property
    def complete(self) -> FloatArray:
        """Components of the admissible pairs, neutral values where they were not judged."""
        return filled(self.admissible.components, self.neutral)

    def with_neutral_values(self, weights: Mapping[str, float]) -> "Snapshot":
        """The same with what missing facts count for under these weights."""
        found = neutral_values(self.admissible.components, self.admissible.person, weights)
        return replace(self, neutral=found.values)

    def components_of(self, row: int) -> dict[str, float | None]:
        """Components of one admissible pair by name, None where not assessed."""
        values = self.admissible.components[row].tolist()
        return by_name(values)


def by_name(values: Sequence[float]) -> dict[str, float | None]:
    """Values of the nine components by name, None for NaN."""
    return {name: None if value != value else value for name, value in zip(COMPONENTS, values, strict=True)}


def pack(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as JSON; arrays compressed, components in thousandths."""
    return {
        "format": FORMAT,
        "nominations": list(snapshot.nominations),
        "posts": list(snapshot.posts),
        "admissible": _pack_pairs(snapshot.admissible),
        "ruled_out": {rule: _pack_pairs(pairs) for rule, pairs in snapshot.ruled_out.items()},
        "blocked_by": [[person, list(rules)] for person, rules in snapshot.blocked_by.items()],
        "group": snapshot.group.tolist(),
        "units": list(snapshot.units),
        "cap": snapshot.cap.tolist(),
        "priority": snapshot.priority.tolist(),
        "headcount": snapshot.headcount.tolist(),
        "locked": [list(pair) for pair in snapshot.locked],
        "forbidden": [list(pair) for pair in snapshot.forbidden],
        "side_rules": pack_rules(snapshot.side_rules),
        "person_keys": _pack_keys(snapshot.person_keys),
        "post_keys": _pack_keys(snapshot.post_keys),
        "reference": [list(pair) for pair in snapshot.reference],
        "neutral": None if snapshot.neutral is None else by_name(snapshot.neutral.tolist()),
    }


def unpack(packed: Mapping[str, Any]) -> Snapshot:
    """The snapshot that `pack` wrote."""
    return Snapshot(
        nominations=tuple(packed["nominations"]),
        posts=tuple(packed["posts"]),
        admissible=_unpack_pairs(packed["admissible"]),
        ruled_out={rule: _unpack_pairs(pairs) for rule, pairs in packed["ruled_out"].items()},
        blocked_by={person: tuple(rules) for person, rules in packed["blocked_by"]},
        group=_array(packed["group"]),
        units=tuple(packed["units"]),
        cap=_array(packed["cap"]),
        priority=_array(packed["priority"]),
        headcount=_array(packed["headcount"]),
        locked=_pairs(packed["locked"]),
        forbidden=_pairs(packed["forbidden"]),
        side_rules=unpack_rules(packed.get("side_rules", ())),
        person_keys=_unpack_keys(packed.get("person_keys")),
        post_keys=_unpack_keys(packed.get("post_keys")),
        reference=_pairs(packed.get("reference", ())),
        neutral=_neutral(packed.get("neutral")),
    )


def _pack_pairs(pairs: Pairs) -> dict[str, str]:
    thousandths = np.where(np.isfinite(pairs.components), pairs.components * THOUSANDTHS, NOT_ASSESSED)
    return {
        "person": _packed(pairs.person.astype("<i4")),
        "post": _packed(pairs.post.astype("<i4")),
        "components": _packed(
            np.rint(thousandths).astype("<i2").T
        ),  # similar values together compress better
    }


def _unpack_pairs(packed: Mapping[str, str]) -> Pairs:
    thousandths = _unpacked(packed["components"], "<i2").reshape(len(COMPONENTS), -1).T
    components = np.where(thousandths == NOT_ASSESSED, np.nan, thousandths / THOUSANDTHS)
    return Pairs(
        _unpacked(packed["person"], "<i4").astype(np.int64),
        _unpacked(packed["post"], "<i4").astype(np.int64),
        np.ascontiguousarray(components),
    )


def _pack_keys(keys: KeyArray | None) -> str | None:
    return None if keys is None else _packed(keys.astype("<u8"))


def _unpack_keys(packed: str | None) -> KeyArray | None:
    return None if packed is None else _unpacked(packed, "<u8").astype(np.uint64)


def _packed(array: np.ndarray[Any, Any]) -> str:
    return base64.b64encode(zlib.compress(array.tobytes(), 1)).decode("ascii")


def _unpacked(text: str, kind: str) -> np.ndarray[Any, Any]:
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype=kind)


def _neutral(packed: Mapping[str, float | None] | None) -> FloatArray | None:
    return None if packed is None else np.array([packed[name] for name in COMPONENTS], dtype=np.float64)


def _array(values: Sequence[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _pairs(values: Sequence[Sequence[int]]) -> tuple[Pair, ...]:
    return tuple((person, post) for person, post in values)
