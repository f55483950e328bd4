"""Conflicts of rules against every subset of demands of small problems, judged over all plans."""

import math
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondment.algorithms.side_rules.balance import Balance
from secondment.algorithms.side_rules.conflict import (
    Conflict,
    ConflictStatus,
    find_conflict,
    is_contradictory,
    smallest_hitting_set,
)
from secondment.algorithms.side_rules.counts import GroupCaps, RegionCounts, RegionShares
from secondment.algorithms.side_rules.couples import BothOrNeither, SameRegion
from secondment.algorithms.side_rules.elastic import Elastic, require_status
from secondment.algorithms.side_rules.highs import SolverError
from secondment.algorithms.side_rules.problem import SideRuleProblem
from secondment.algorithms.side_rules.rows import Rule
from secondment.algorithms.side_rules.teams import TeamSkills, WholeTeams

N_PEOPLE, N_POSTS = 4, 3


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def all_plans(problem: SideRuleProblem) -> list[np.ndarray]:
    """Every plan as its pairs."""
    of_person = [
        [-1, *np.flatnonzero(problem.person == person).tolist()] for person in range(problem.n_people)
    ]
    plans = [np.array([arc for arc in arcs if arc >= 0], dtype=np.int64) for arcs in product(*of_person)]
    return [
        plan
        for plan in plans
        if (np.bincount(problem.post[plan], minlength=problem.n_posts) <= problem.places).all()
    ]


def kept_by(problem: SideRuleProblem, plan: np.ndarray) -> np.ndarray:
    """Which demands the plan keeps, rule by rule, counted from the rows."""
    kept: list[bool] = []
    for block in problem.blocks(full=False):
        total = np.zeros(len(block.lower))
        inside = np.isin(block.arc, plan)
        np.add.at(total, block.row[inside], block.coefficient[inside])
        if block.centred:
            kept.append(bool(np.ptp(total) <= block.upper[0] + 1e-9))
            continue
        holds = (total >= block.lower - 1e-9) & (total <= block.upper + 1e-9)
        part = block.parts()
        kept += [bool(holds[part == k].all()) for k in range(int(part.max(initial=-1)) + 1)]
    return np.array(kept)


def smallest_size(kept: np.ndarray) -> int | None:
    """Fewest demands that no plan keeps together; None when one plan keeps all."""
    n_demands = kept.shape[1]
    for size in range(1, n_demands + 1):
        for chosen in combinations(range(n_demands), size):
            if not kept[:, chosen].all(axis=1).any():
                return size
    return None


def check(problem: SideRuleProblem, conflict: Conflict) -> None:
    kept = np.array([kept_by(problem, plan) for plan in all_plans(problem)])
    assert sum(conflict.n_parts) == kept.shape[1]
    size = smallest_size(kept)
    if size is None:
        assert (conflict.status, conflict.demands) == (ConflictStatus.NONE, ())
        return
    assert conflict.status is ConflictStatus.SMALLEST
    assert len(conflict.demands) == conflict.at_least == size
    assert not kept[:, conflict.demands].all(axis=1).any()


RULES = st.one_of(
    st.builds(
        lambda has, least: RegionCounts(ints(0, 0, 1), has, ints(*least), ints(3, 3)),
        st.lists(st.booleans(), min_size=4, max_size=4).map(np.array),
        st.tuples(st.integers(0, 2), st.integers(0, 1)),
    ),
    st.builds(lambda cap: GroupCaps(ints(0, 0, 1, -1), ints(*cap)), st.tuples(*[st.integers(0, 2)] * 2)),
    st.builds(
        lambda has, least: RegionShares(ints(0, 0, 1), has, np.full(2, least), np.ones(2)),
        st.lists(st.booleans(), min_size=4, max_size=4).map(np.array),
        st.sampled_from([0.0, 0.5, 0.6, 1.0]),
    ),
    st.just(WholeTeams(ints(0, 0, 0))),
    st.builds(
        lambda has: TeamSkills(ints(0, 0, -1), has, ints(1)),
        st.lists(st.booleans(), min_size=4, max_size=4).map(np.array),
    ),
    st.just(BothOrNeither(ints(0), ints(1))),
    st.just(SameRegion(ints(0), ints(2), ints(0, 1, 1))),
    st.builds(
        lambda width: Balance(ints(0, 0, 1), 2, np.array([1.0, 2.0, 1.5, 1.0]), width),
        st.sampled_from([0.0, 0.5, 2.0]),
    ),
)


def problem_of(rules: list[Rule], dropped: int = 0, seed: int = 0) -> SideRuleProblem:
    """All pairs but `dropped` of them, in an order drawn from the seed."""
    every = np.random.default_rng(seed).permutation(N_PEOPLE * N_POSTS)[dropped:]
    return SideRuleProblem(
        N_PEOPLE, N_POSTS, every // N_POSTS, every % N_POSTS, np.ones(len(every)), rules=rules
    )


@given(st.lists(RULES, min_size=1, max_size=4), st.integers(0, 8), st.integers(0, 99))
@settings(max_examples=50)
def test_conflict_is_smallest_over_all_subsets_and_plans(rules: list[Rule], dropped: int, seed: int) -> None:
    problem = problem_of(rules, dropped, seed)
    check(problem, find_conflict(problem))


EVERYBODY = np.ones(N_PEOPLE, dtype=np.bool_)
FILLED = RegionCounts(ints(0, 0, 0), EVERYBODY, ints(3), ints(3))


def test_cap_and_filling_are_named_and_the_others_are_not() -> None:
    caps = GroupCaps(ints(0, 0, 0, 1), ints(1, 2))
    problem = problem_of([caps, BothOrNeither(ints(0), ints(1)), FILLED])
    conflict = find_conflict(problem)
    assert conflict.demands == (0, 3)
    assert conflict.n_parts == (2, 1, 1)


def test_parity_that_fractions_do_not_see_is_found() -> None:
    """Two couples go together, and three places must be filled by the four of them."""
    problem = problem_of([BothOrNeither(ints(0, 2), ints(1, 3)), FILLED])
    conflict = find_conflict(problem)
    assert (conflict.status, conflict.demands) == (ConflictStatus.SMALLEST, (0, 1, 2))


def test_of_two_conflicts_the_smaller_is_told() -> None:
    """Three caps against filling, or a post that nobody of a kind can hold."""
    caps = GroupCaps(ints(0, 1, 2, 0), ints(1, 1, 0))
    impossible = RegionCounts(ints(0, -1, -1), EVERYBODY, ints(2), ints(2))
    problem = problem_of([caps, FILLED, impossible])
    conflict = find_conflict(problem)
    assert (conflict.status, conflict.demands) == (ConflictStatus.SMALLEST, (4,))


LOCKS = [
    RegionCounts(ints(*posts), np.arange(N_PEOPLE) == 0, ints(1), ints(1))
    for posts in ([0, -1, -1], [-1, 0, -1])
]
TWO_CONFLICTS = problem_of([*LOCKS, GroupCaps(ints(-1, 0, 1, -1), ints(0, 0)), FILLED])


def test_the_conflict_met_last_gives_way_to_a_smaller_one() -> None:
    """Deleting in order leaves caps against filling; two locks of one person are fewer."""
    conflict = find_conflict(TWO_CONFLICTS)
    assert (conflict.status, conflict.demands) == (ConflictStatus.SMALLEST, (0, 1))


def test_without_a_demand_there_is_no_conflict() -> None:
    """Caps of groups of which there are none have no rows."""
    nobody = GroupCaps(np.full(TWO_CONFLICTS.n_people, -1, dtype=np.int64), ints())
    found = find_conflict(replace(TWO_CONFLICTS, rules=[nobody]))
    assert (found.status, found.demands, found.n_parts) == (ConflictStatus.NONE, (), (0,))


def test_a_question_beyond_its_nodes_stays_open_and_never_becomes_a_proof() -> None:
    """Nodes are counted, not seconds: without one, only fractions can prove anything."""
    found = find_conflict(TWO_CONFLICTS, most_nodes=0)
    assert found.demands == find_conflict(TWO_CONFLICTS, most_nodes=0).demands
    assert found.status in {ConflictStatus.UNKNOWN, ConflictStatus.CONTRADICTORY, ConflictStatus.SMALLEST}
    check(TWO_CONFLICTS, find_conflict(TWO_CONFLICTS, most_nodes=10_000))


def test_what_is_proven_grows_with_the_questions_allowed() -> None:
    n_all = find_conflict(TWO_CONFLICTS).n_probes
    found = [find_conflict(TWO_CONFLICTS, most_probes=n) for n in range(n_all + 1)]
    order = [
        ConflictStatus.UNKNOWN,
        ConflictStatus.CONTRADICTORY,
        ConflictStatus.IRREDUCIBLE,
        ConflictStatus.SMALLEST,
    ]
    steps = [order.index(one.status) for one in found]
    assert steps == sorted(steps)
    assert set(steps) == {0, 1, 2, 3}
    assert all({2, 3, 4} <= set(one.demands) for one in found if one.status is ConflictStatus.CONTRADICTORY)


def test_an_unexpected_end_of_the_solver_is_told() -> None:
    with pytest.raises(SolverError, match="HiGHS ended with “Unbounded”"):
        require_status("unbounded", ("optimal",), "Unbounded")


def test_fractions_prove_some_contradictions_at_once() -> None:
    parity = problem_of([BothOrNeither(ints(0, 2), ints(1, 3)), FILLED])
    assert [is_contradictory(one, seconds=math.inf) for one in (TWO_CONFLICTS, parity, problem_of([]))] == [
        True,
        False,
        False,
    ]


def test_order_of_pairs_does_not_matter() -> None:
    rules = [GroupCaps(ints(0, 0, 1, 1), ints(1, 1)), FILLED]
    found = {find_conflict(problem_of(rules, seed=seed)).demands for seed in range(5)}
    assert found == {(0, 1, 2)}


def test_time_over_before_the_start_proves_nothing() -> None:
    problem = problem_of([BothOrNeither(ints(0, 2), ints(1, 3)), FILLED])
    conflict = find_conflict(problem, seconds=1e-9)
    assert (conflict.status, conflict.demands) == (ConflictStatus.UNKNOWN, ())


def test_relaxation_and_search_stop_in_time() -> None:
    random = np.random.default_rng(1)
    n = 150
    person, post = np.divmod(np.arange(n * n), n)
    shares = [
        RegionShares(np.arange(n) % 9, random.random(n) < 0.5, np.full(9, 0.5), np.ones(9)) for _ in "ab"
    ]
    filled = RegionCounts(np.zeros(n, dtype=np.int64), np.ones(n, dtype=np.bool_), ints(n), ints(n))
    problem = SideRuleProblem(n, n, person, post, np.zeros(n * n), rules=[*shares, filled])
    elastic = Elastic(problem)
    wanted = np.ones(elastic.demands.n, dtype=np.bool_)
    assert elastic.relaxation(wanted, 1e-9).possible is None
    assert elastic.integral(wanted, 1e-9).possible is None


def test_hitting_set_takes_what_lies_in_most_sets() -> None:
    sets = [np.array(bits, dtype=np.bool_) for bits in ([1, 1, 0], [0, 1, 1], [0, 1, 0])]
    assert smallest_hitting_set(sets).tolist() == [False, True, False]
