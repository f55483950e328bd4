"""Stable plans against every plan there is, and against examples from the literature."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondment.algorithms.interruption import Interruption
from secondment.algorithms.promotion import promote
from secondment.algorithms.stable_matching import largest
from secondment.algorithms.stable_matching.deferred_acceptance import (
    BadPlanError,
    BadPreferencesError,
    Preferences,
    Side,
    blocking_pairs,
    deferred_acceptance,
)
from secondment.algorithms.stable_matching.largest import (
    StableStatus,
    UnstableError,
    check_stable,
    largest_stable_plan,
)
from secondment.algorithms.stable_matching.program import n_entries, solve_stable_program


def from_lists(
    people: list[list[int]], posts: list[list[int]], capacity: list[int] | None = None
) -> Preferences:
    """Strict lists, as in textbooks: `people[j]` are posts, best first; `posts[i]` are people, best first."""
    arcs = [(j, i) for j, wanted in enumerate(people) for i in wanted if j in posts[i]]
    return Preferences(
        n_people=len(people),
        n_posts=len(posts),
        person=np.array([j for j, _ in arcs], dtype=np.int64),
        post=np.array([i for _, i in arcs], dtype=np.int64),
        person_rank=np.array([people[j].index(i) for j, i in arcs], dtype=np.int64),
        post_rank=np.array([posts[i].index(j) for j, i in arcs], dtype=np.int64),
        capacity=None if capacity is None else np.array(capacity, dtype=np.int64),
    )


def as_pairs(preferences: Preferences, chosen: np.ndarray) -> set[tuple[int, int]]:
    return {(int(preferences.person[a]), int(preferences.post[a])) for a in chosen}


def all_stable(preferences: Preferences) -> list[np.ndarray]:
    """Every stable plan, by trying every plan."""
    choices = [[-1, *np.flatnonzero(preferences.person == j)] for j in range(preferences.n_people)]
    plans = (np.array(sorted(a for a in plan if a >= 0), dtype=np.int64) for plan in product(*choices))
    return [plan for plan in plans if is_stable(preferences, plan)]


def is_stable(preferences: Preferences, plan: np.ndarray) -> bool:
    """The definition, read aloud: False also for plans beyond the places."""
    held: dict[int, list[int]] = {i: [] for i in range(preferences.n_posts)}
    mine: dict[int, int] = {}
    for arc in plan:
        held[int(preferences.post[arc])].append(int(preferences.post_rank[arc]))
        mine[int(preferences.person[arc])] = int(preferences.person_rank[arc])
    places = preferences.places
    if any(len(ranks) > places[i] for i, ranks in held.items()):
        return False
    for arc, (j, i) in enumerate(zip(preferences.person, preferences.post, strict=True)):
        wants = int(j) not in mine or preferences.person_rank[arc] < mine[int(j)]
        ranks = held[int(i)]
        takes = len(ranks) < places[i] or any(preferences.post_rank[arc] < rank for rank in ranks)
        if wants and takes:
            return False
    return True


@st.composite
def preferences_of_a_campaign(draw: st.DrawFn, most_rank: int = 3) -> Preferences:
    n_people, n_posts = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, n_people - 1), st.integers(0, n_posts - 1)), unique=True, max_size=12
        )
    )
    ranks = st.lists(st.integers(0, most_rank), min_size=len(pairs), max_size=len(pairs))
    capacity = draw(st.none() | st.lists(st.integers(0, 2), min_size=n_posts, max_size=n_posts))
    return Preferences(
        n_people,
        n_posts,
        np.array([j for j, _ in pairs], dtype=np.int64),
        np.array([i for _, i in pairs], dtype=np.int64),
        np.array(draw(ranks), dtype=np.int64),
        np.array(draw(ranks), dtype=np.int64),
        None if capacity is None else np.array(capacity, dtype=np.int64),
    )


def test_deferred_acceptance_gale_shapley_example_gives_each_proposing_side_its_first_choices() -> None:
    cycle = from_lists([[0, 1, 2], [1, 2, 0], [2, 0, 1]], [[1, 2, 0], [2, 0, 1], [0, 1, 2]])
    assert as_pairs(cycle, deferred_acceptance(cycle)) == {(0, 0), (1, 1), (2, 2)}
    assert as_pairs(cycle, deferred_acceptance(cycle, Side.POSTS)) == {(1, 0), (2, 1), (0, 2)}


def test_deferred_acceptance_breaks_ties_by_smaller_index() -> None:
    tied = Preferences(2, 1, np.array([1, 0]), np.array([0, 0]), np.array([0, 0]), np.array([5, 5]))
    assert as_pairs(tied, deferred_acceptance(tied)) == {(0, 0)}


@settings(max_examples=60)
@given(preferences_of_a_campaign(most_rank=2))
def test_deferred_acceptance_with_ties_is_stable_from_both_sides(preferences: Preferences) -> None:
    for side in Side:
        assert is_stable(preferences, deferred_acceptance(preferences, side))


@settings(max_examples=40)
@given(preferences_of_a_campaign(), st.randoms(use_true_random=False))
def test_deferred_acceptance_strict_serves_every_proposer_best(
    preferences: Preferences, random: object
) -> None:
    n_arcs = len(preferences.person)
    strict = Preferences(
        preferences.n_people,
        preferences.n_posts,
        preferences.person,
        preferences.post,
        np.array(random.sample(range(n_arcs), n_arcs), dtype=np.int64),  # type: ignore[attr-defined]
        np.array(random.sample(range(n_arcs), n_arcs), dtype=np.int64),  # type: ignore[attr-defined]
        preferences.capacity,
    )
    stable = all_stable(strict)
    ranks = [{int(strict.person[a]): int(strict.person_rank[a]) for a in plan} for plan in stable]
    best = {j: min((rank[j] for rank in ranks if j in rank), default=None) for j in range(strict.n_people)}
    worst = {j: max((rank[j] for rank in ranks if j in rank), default=None) for j in range(strict.n_people)}
    people, posts = deferred_acceptance(strict), deferred_acceptance(strict, Side.POSTS)
    assert {int(strict.person[a]): int(strict.person_rank[a]) for a in people} == {
        j: rank for j, rank in best.items() if rank is not None
    }
    assert {int(strict.person[a]): int(strict.person_rank[a]) for a in posts} == {
        j: rank for j, rank in worst.items() if rank is not None
    }


@settings(max_examples=60)
@given(preferences_of_a_campaign(most_rank=2), st.sampled_from(Side))
def test_deferred_acceptance_reads_only_the_order_of_ranks(preferences: Preferences, side: Side) -> None:
    """Also when ranks are so far apart that they cannot be packed into one number."""
    wide = replace(
        preferences,
        person_rank=preferences.person_rank * 2**60 - 2**61,
        post_rank=preferences.post_rank * 2**60,
    )
    shifted = replace(
        preferences, person_rank=preferences.person_rank - 7, post_rank=preferences.post_rank + 7
    )
    expected = deferred_acceptance(preferences, side).tolist()
    assert deferred_acceptance(wide, side).tolist() == expected
    assert deferred_acceptance(shifted, side).tolist() == expected


@given(preferences_of_a_campaign())
def test_blocking_pairs_are_none_exactly_for_stable_plans(preferences: Preferences) -> None:
    for keep in (0, 1, 2):
        plan = deferred_acceptance(preferences)[keep:]
        assert (len(blocking_pairs(preferences, plan)) == 0) == is_stable(preferences, plan)


def test_blocking_pairs_lists_the_pairs_that_gain() -> None:
    crossed = from_lists([[0, 1], [0, 1]], [[0, 1], [0, 1]])
    plan = np.array([a for a in range(4) if (crossed.person[a], crossed.post[a]) in {(0, 1), (1, 0)}])
    assert as_pairs(crossed, blocking_pairs(crossed, plan)) == {(0, 0)}


@settings(max_examples=80)
@given(preferences_of_a_campaign(most_rank=2))
def test_promote_is_stable_and_at_least_two_thirds_of_the_largest(preferences: Preferences) -> None:
    plan = promote(preferences)
    assert is_stable(preferences, plan)
    assert 3 * len(plan) >= 2 * max(len(other) for other in all_stable(preferences))


def test_promote_lets_someone_with_an_equally_good_empty_place_give_way() -> None:
    tied = Preferences(
        2, 2, np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([0, 0, 0]), np.array([0, 0, 1])
    )
    assert as_pairs(tied, promote(tied)) == {(0, 1), (1, 0)}


@pytest.mark.parametrize("most_entries", [0, 400_000], ids=["CP-SAT", "HiGHS"])
@settings(max_examples=30)
@given(preferences=preferences_of_a_campaign(most_rank=2))
def test_largest_stable_plan_equals_the_largest_of_all_plans(
    most_entries: int, preferences: Preferences
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(largest, "MOST_ENTRIES", most_entries)
        plan = largest_stable_plan(preferences)
    assert plan.status is StableStatus.LARGEST
    assert is_stable(preferences, plan.chosen)
    assert len(plan.chosen) == plan.bound == max(len(other) for other in all_stable(preferences))


def five_with_ties() -> Preferences:
    """Five people, five posts; asking in turn places four, the largest stable plan five."""
    return Preferences(
        n_people=5,
        n_posts=5,
        person=np.array([0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4]),
        post=np.array([3, 1, 2, 0, 3, 1, 2, 4, 0, 2, 3, 4]),
        person_rank=np.array([2, 1, 1, 2, 2, 1, 1, 1, 0, 0, 0, 2]),
        post_rank=np.array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]),
    )


@pytest.mark.parametrize("limits", [{"most_exact_arcs": 0}, {"effort": 0.0}])
def test_largest_stable_plan_says_when_it_only_approximates(limits: dict[str, float]) -> None:
    rough = largest_stable_plan(five_with_ties(), **limits)  # type: ignore[arg-type]
    assert rough.status is StableStatus.AT_LEAST_TWO_THIRDS
    assert (len(rough.chosen), rough.bound, rough.gap) == (4, 5, 1)


def test_largest_stable_plan_with_effort_places_everyone() -> None:
    exact = largest_stable_plan(five_with_ties())
    assert (exact.status, exact.chosen.tolist(), exact.gap) == (StableStatus.LARGEST, [0, 1, 3, 7, 9], 0)


@settings(max_examples=60)
@given(preferences_of_a_campaign(most_rank=2))
def test_the_program_alone_proves_the_largest(preferences: Preferences) -> None:
    rough = promote(preferences)
    found, bound = solve_stable_program(
        preferences, rough, preferences.n_people, most_nodes=1000, interruption=Interruption()
    )
    assert is_stable(preferences, found)
    assert len(found) == bound == max(len(plan) for plan in all_stable(preferences))


def test_what_the_program_leaves_open_goes_on_to_the_other_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(
        largest,
        "solve_stable_program",
        lambda given, rough, most, **_: (asked.append(most), (rough, most))[1],
    )
    exact = largest_stable_plan(five_with_ties())
    assert asked == [5]
    assert (exact.status, len(exact.chosen)) == (StableStatus.LARGEST, 5)


def test_entries_of_the_rows_are_counted() -> None:
    assert n_entries(from_lists([[0, 1], [0]], [[0, 1], [0]])) == (4 + 1) + (4 + 1)


def test_check_stable_refuses_a_plan_with_blocking_pairs() -> None:
    with pytest.raises(UnstableError, match="1 blocking pairs"):
        check_stable(from_lists([[0]], [[0]]), np.zeros(0, dtype=np.int64))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"post": np.array([0])}, "`post` must have 2 entries"),
        ({"person": np.array([0, 2])}, "`person` must lie in 0 … 1"),
        ({"post": np.array([0, -1])}, "`post` must lie in 0 … 0"),
        ({"person": np.array([0, 0])}, "given twice"),
        ({"capacity": np.array([1, 1])}, "`capacity` must have 1 entries"),
        ({"capacity": np.array([-1])}, "must not be negative"),
    ],
)
def test_preferences_that_contradict_themselves_are_refused(
    change: dict[str, np.ndarray], words: str
) -> None:
    good = {"person": np.array([0, 1]), "post": np.array([0, 0])}
    ranks = {"person_rank": np.array([0, 0]), "post_rank": np.array([0, 1])}
    with pytest.raises(BadPreferencesError, match=words):
        Preferences(2, 1, **{**good, **ranks, **change})


@pytest.mark.parametrize(
    ("plan", "words"), [([7], "not among"), ([0, 1], "places a person twice"), ([0, 2], "beyond its places")]
)
def test_blocking_pairs_refuses_what_is_no_plan(plan: list[int], words: str) -> None:
    preferences = from_lists([[0, 1], [0]], [[0, 1], [0]])
    with pytest.raises(BadPlanError, match=words):
        blocking_pairs(preferences, np.array(plan))
