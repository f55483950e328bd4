"""Random small instances and a brute-force oracle for them."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from secondment.algorithms.assignment import AssignmentProblem

Plan = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Worth:
    """Posts filled per priority (highest first), then score in thousandths: compared in this order."""

    filled: tuple[int, ...]
    score: int

    def __lt__(self, other: "Worth") -> bool:
        return (self.filled, self.score) < (other.filled, other.score)


def plans(problem: AssignmentProblem) -> Iterator[Plan]:
    """Every feasible plan, by trying all choices post by post."""
    options = [
        [
            people
            for size in range(int(problem.capacity[post]) + 1)
            for people in itertools.combinations(problem.person[problem.post == post].tolist(), size)
        ]
        for post in range(problem.n_posts)
    ]
    for choice in itertools.product(*options):
        plan = tuple((person, post) for post, people in enumerate(choice) for person in people)
        if is_feasible(problem, plan):
            yield plan


def is_feasible(problem: AssignmentProblem, plan: Plan) -> bool:
    people = [person for person, _ in plan]
    released = [int(problem.group[person]) for person in people if problem.group[person] >= 0]
    return (
        len(set(people)) == len(people)
        and all(released.count(group) <= cap for group, cap in enumerate(problem.cap.tolist()))
        and set(problem.locked) <= set(plan)
        and not set(problem.forbidden) & set(plan)
    )


def worth(problem: AssignmentProblem, plan: Plan) -> Worth:
    filled = [0] * (int(problem.level.max()) + 1 if problem.n_posts else 0)
    score = 0
    for person, post in plan:
        filled[problem.level[post]] += 1
        row = np.flatnonzero((problem.person == person) & (problem.post == post))[0]
        score += round(float(problem.score[row]) * 1000)
    return Worth(tuple(filled), score)


def best(problem: AssignmentProblem) -> Worth:
    return max(worth(problem, plan) for plan in plans(problem))


@st.composite
def problems(draw: st.DrawFn, *, with_locks: bool = True) -> AssignmentProblem:
    """Up to 4 posts and 5 people; ties, negative scores, caps, priorities, several places, locks."""
    n_posts, n_people = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, n_people - 1), st.integers(0, n_posts - 1)), unique=True, max_size=12
        )
    )
    scores = draw(st.lists(st.integers(-4, 4), min_size=len(pairs), max_size=len(pairs)))
    n_groups = draw(st.integers(0, 2))
    parts = {
        "group": draw(st.lists(st.integers(-1, n_groups - 1), min_size=n_people, max_size=n_people)),
        "cap": draw(st.lists(st.integers(0, 3), min_size=n_groups, max_size=n_groups)),
        "priority": draw(st.lists(st.integers(0, 2), min_size=n_posts, max_size=n_posts)),
        "capacity": draw(st.lists(st.integers(0, 2), min_size=n_posts, max_size=n_posts)),
    }
    person, post = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    scores = [score / 2 for score in scores]
    free = AssignmentProblem.of(n_people, n_posts, person, post, scores, **parts)
    if not with_locks:
        return free
    plan = draw(st.sampled_from(list(plans(free))))
    locked = [pair for pair in plan if draw(st.booleans())]
    forbidden = [pair for pair in pairs if pair not in locked and draw(st.integers(0, 5)) == 0]
    return AssignmentProblem.of(
        n_people, n_posts, person, post, scores, **parts, locked=locked, forbidden=forbidden
    )


def random_problem(
    seed: int,
    n_posts: int,
    n_people: int,
    per_post: int,
    *,
    n_groups: int = 0,
    share: float = 0.2,
    n_levels: int = 1,
) -> AssignmentProblem:
    """A larger random instance with correlated scores; caps release `share` of each group."""
    random = np.random.default_rng(seed)
    post = np.repeat(np.arange(n_posts), per_post)
    key = np.unique(post * n_people + random.integers(0, n_people, len(post)))
    post, person = key // n_people, key % n_people
    score = np.round(50 + 10 * random.normal(size=n_people)[person] + 10 * random.normal(size=len(key)), 3)
    group = random.integers(0, n_groups, n_people) if n_groups else None
    cap = np.full(n_groups, max(1, int(share * n_people / max(n_groups, 1))))
    priority = random.integers(0, n_levels, n_posts)
    return AssignmentProblem.of(
        n_people, n_posts, person, post, score, group=group, cap=cap, priority=priority
    )
