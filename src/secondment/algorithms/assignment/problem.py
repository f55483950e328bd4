"""What is to be decided: admissible pairs of people and posts, their scores, caps, priorities and locks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment.errors import (
    DuplicatePairError,
    IndexRangeError,
    LockError,
    ProblemShapeError,
    ScoreError,
)

NO_GROUP = -1
Pair = tuple[int, int]


@dataclass(frozen=True, eq=False)
class AssignmentProblem:
    """Admissible pairs in canonical order (post, then person) and the rules around them.

    Attributes
    ----------
    person, post, score : arrays of shape (n_arcs,)
        One entry per admissible pair; `score` is any finite number, higher is better.
    group : shape (n_people,)
        Group that releases the person (usually the home unit), or -1.
    cap : shape (n_groups,)
        Most people a group releases.
    priority : shape (n_posts,)
        Posts of higher priority are filled first.
    capacity : shape (n_posts,)
        People a post takes.
    locked, forbidden : tuples of (person, post)
        Pairs decided beforehand, pairs ruled out.
    """

    n_people: int
    n_posts: int
    person: IntArray
    post: IntArray
    score: FloatArray
    group: IntArray
    cap: IntArray
    priority: IntArray
    capacity: IntArray
    locked: tuple[Pair, ...]
    forbidden: tuple[Pair, ...]

    @classmethod
    def of(
        cls,
        n_people: int,
        n_posts: int,
        person: npt.ArrayLike,
        post: npt.ArrayLike,
        score: npt.ArrayLike,
        *,
        group: npt.ArrayLike | None = None,
        cap: npt.ArrayLike = (),
        priority: npt.ArrayLike | None = None,
        capacity: npt.ArrayLike | None = None,
        locked: Sequence[Pair] = (),
        forbidden: Sequence[Pair] = (),
    ) -> "AssignmentProblem":
        """Check the parts, fill in the defaults and sort the pairs.

        Raises
        ------
        ProblemShapeError, IndexRangeError, ScoreError, DuplicatePairError, LockError
            With both sides of the contradiction in the message.
        """
        people, posts, scores = _integers(person, "person"), _integers(post, "post"), _numbers(score)
        _check_arcs(n_people, n_posts, people, posts, scores)
        people, posts, scores = _canonical(n_people, people, posts, scores)
        caps = _integers(cap, "cap")
        groups = _per_item(group, n_people, NO_GROUP, "group")
        _check_range(groups, NO_GROUP, len(caps), "group")
        capacities = _per_item(capacity, n_posts, 1, "capacity")
        _check_not_negative(caps, "cap")
        _check_not_negative(capacities, "capacity")
        problem = cls(
            n_people,
            n_posts,
            people,
            posts,
            scores,
            groups,
            caps,
            _per_item(priority, n_posts, 0, "priority"),
            capacities,
            tuple(sorted(set(locked), key=lambda pair: pair[::-1])),
            tuple(sorted(set(forbidden), key=lambda pair: pair[::-1])),
        )
        _check_locks(problem)
        return problem

    @property
    def n_arcs(self) -> int:
        """How many pairs are admissible before locks and prohibitions."""
        return len(self.post)

    @property
    def level(self) -> IntArray:
        """Rank of each post's priority, 0 the highest; shape (n_posts,)."""
        return np.unique(-self.priority, return_inverse=True)[1].astype(np.int64)

    def arc_of(self, pair: Pair) -> int | None:
        """Row of (person, post) among the arcs, None when the pair is not admissible."""
        person, post = pair
        low, high = np.searchsorted(self.post, [post, post + 1])
        row = int(low + np.searchsorted(self.person[low:high], person))
        return row if row < high and self.person[row] == person else None


def _integers(values: npt.ArrayLike, name: str) -> IntArray:
    array = np.asarray(values)
    if array.size and array.dtype.kind not in "iu":
        raise ProblemShapeError(f"{name} holds {array.dtype} values, whole numbers are wanted")
    return np.ascontiguousarray(array, dtype=np.int64)


def _numbers(values: npt.ArrayLike) -> FloatArray:
    return np.ascontiguousarray(values, dtype=np.float64)


def _per_item(values: npt.ArrayLike | None, count: int, default: int, name: str) -> IntArray:
    if values is None:
        return np.full(count, default, dtype=np.int64)
    array = _integers(values, name)
    if array.shape != (count,):
        raise ProblemShapeError(f"{name} has shape {array.shape}, ({count},) is wanted")
    return array


def _check_arcs(n_people: int, n_posts: int, person: IntArray, post: IntArray, score: FloatArray) -> None:
    if not person.shape == post.shape == score.shape or person.ndim != 1:
        raise ProblemShapeError(
            f"person, post and score have shapes {person.shape}, {post.shape}, {score.shape}; one length is wanted"
        )
    _check_range(person, 0, n_people, "person")
    _check_range(post, 0, n_posts, "post")
    wrong = np.flatnonzero(~np.isfinite(score))
    if len(wrong):
        raise ScoreError(f"score of arc {wrong[0]} is {score[wrong[0]]}, a finite number is wanted")


def _check_range(values: IntArray, low: int, high: int, name: str) -> None:
    if len(values) and (values.min() < low or values.max() >= high):
        wrong = values[(values < low) | (values >= high)][0]
        raise IndexRangeError(f"{name} {wrong} is not among {low} … {high - 1}")


def _check_not_negative(values: IntArray, name: str) -> None:
    if len(values) and values.min() < 0:
        raise ProblemShapeError(f"{name} {values.min()} is negative")


def _canonical(
    n_people: int, person: IntArray, post: IntArray, score: FloatArray
) -> tuple[IntArray, IntArray, FloatArray]:
    key = post * n_people + person
    if not np.all(key[1:] > key[:-1]):
        order = np.argsort(key, kind="stable")
        person, post, score, key = person[order], post[order], score[order], key[order]
        doubled = np.flatnonzero(key[1:] == key[:-1])
        if len(doubled):
            row = doubled[0]
            raise DuplicatePairError(f"person {person[row]} and post {post[row]} are paired twice")
    return person, post, score


def _check_locks(problem: AssignmentProblem) -> None:
    forbidden = set(problem.forbidden)
    for pair in problem.locked:
        if pair in forbidden:
            raise LockError(f"person {pair[0]} and post {pair[1]} are both locked and forbidden")
        if problem.arc_of(pair) is None:
            raise LockError(f"person {pair[0]} and post {pair[1]} are locked but not admissible")
    people = np.array([person for person, _ in problem.locked], dtype=np.int64)
    posts = np.array([post for _, post in problem.locked], dtype=np.int64)
    groups = problem.group[people]
    _check_room(people, np.ones(problem.n_people, dtype=np.int64), "person")
    _check_room(posts, problem.capacity, "post")
    _check_room(groups[groups != NO_GROUP], problem.cap, "group")


def _check_room(used: IntArray, room: IntArray, name: str) -> None:
    count = np.bincount(used, minlength=len(room))
    over = np.flatnonzero(count > room)
    if len(over):
        raise LockError(f"{name} {over[0]} is locked {count[over[0]]} times and has room for {room[over[0]]}")
