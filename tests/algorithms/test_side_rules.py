"""Every side rule against all plans of small problems, judged by the rule's meaning and not by its rows."""

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondment.algorithms.side_rules.attempts import (
    Core,
    CorePlan,
    Objective,
    attempt,
    bound_outside,
    improved,
)
from secondment.algorithms.side_rules.balance import Balance, RankPyramid, SuccessorOverlap
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.core import first_width, guess, scout, solve_core
from secondment.algorithms.side_rules.counts import Filled, GroupCaps, RegionCounts, RegionShares
from secondment.algorithms.side_rules.couples import BothOrNeither, NotBothIn, SameRegion
from secondment.algorithms.side_rules.highs import Program, Search, SolverError
from secondment.algorithms.side_rules.model import build_model
from secondment.algorithms.side_rules.neighbours import improve
from secondment.algorithms.side_rules.pricing import Relaxation, relax, summed_bound
from secondment.algorithms.side_rules.problem import BadProblemError, Goal, SideRuleProblem
from secondment.algorithms.side_rules.rows import BadRuleError, Rule
from secondment.algorithms.side_rules.solution import GoalOutcome, Status
from secondment.algorithms.side_rules.solve import Limits, check_kept, solve_with_side_rules, status_of
from secondment.algorithms.side_rules.teams import TeamSkills, WholeTeams

N_PEOPLE, N_POSTS = 5, 4
Plan = dict[int, int]
"""Person → post."""
Keeps = Callable[[Plan], bool]


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def bools(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.bool_)


REGION = ints(0, 0, 1, 1)
HAS = bools(1, 0, 1, 0, 0)
WEIGHT = np.array([3.0, -1.0, 2.5, 0.0, 1.0])
RANK = ints(0, 1, 1, 2, 0)


def placed_in(plan: Plan, region: int) -> list[int]:
    return [j for j, i in plan.items() if REGION[i] == region]


def keeps_shares(plan: Plan) -> bool:
    shares = [(sum(HAS[j] for j in here), len(here)) for here in (placed_in(plan, 0), placed_in(plan, 1))]
    return all(0.5 * n <= k <= most * n for (k, n), most in zip(shares, (1.0, 0.6), strict=True))


def keeps_team(plan: Plan) -> bool:
    team = [j for j, i in plan.items() if i < 3]
    return not team or sum(HAS[j] for j in team) >= 2


def keeps_pyramid(plan: Plan) -> bool:
    for region in (0, 1):
        ranks = [int(RANK[j]) for j in placed_in(plan, region)]
        if ranks.count(0) > ranks.count(1) or ranks.count(1) > ranks.count(2):
            return False
    return True


def keeps_balance(plan: Plan) -> bool:
    sums = [sum(WEIGHT[j] for j in placed_in(plan, region)) for region in (0, 1)]
    return abs(sums[0] - sums[1]) <= 1.5


def keeps_overlap(plan: Plan) -> bool:
    handed = [(j, i) for j, i in plan.items() if i != 1]
    good = sum(ints(0, 5, 10, 15, 20)[j] + 10 <= ints(20, -1, 30, 12)[i] for j, i in handed)
    return good >= 0.5 * len(handed)


RULES: dict[str, tuple[Rule, Keeps]] = {
    "caps": (
        GroupCaps(ints(0, 0, 1, 1, -1), ints(1, 0)),
        lambda plan: len({0, 1} & set(plan)) <= 1 and not {2, 3} & set(plan),
    ),
    "counts": (
        RegionCounts(REGION, HAS, ints(1, 0), ints(2, 0)),
        lambda plan: (
            1 <= sum(HAS[j] for j in placed_in(plan, 0)) <= 2 and not any(HAS[j] for j in placed_in(plan, 1))
        ),
    ),
    "filled": (
        Filled(ints(0, -1, 0, -1), np.ones(N_PEOPLE, dtype=np.bool_), ints(2), ints(2)),
        lambda plan: {0, 2} <= set(plan.values()),
    ),
    "shares": (RegionShares(REGION, HAS, np.array([0.5, 0.5]), np.array([1.0, 0.6])), keeps_shares),
    "team skills": (TeamSkills(ints(0, 0, 0, -1), HAS, ints(2)), keeps_team),
    "whole teams": (
        WholeTeams(ints(0, 1, 0, 1)),
        lambda plan: all(
            ({a} <= set(plan.values())) == ({b} <= set(plan.values())) for a, b in ((0, 2), (1, 3))
        ),
    ),
    "both or neither": (
        BothOrNeither(ints(0, 3), ints(1, 4)),
        lambda plan: (0 in plan) == (1 in plan) and (3 in plan) == (4 in plan),
    ),
    "not both in": (
        NotBothIn(ints(0, 2), ints(1, 4), bools(1, 1, 0, 1)),
        lambda plan: all(not (plan.get(a, 2) != 2 and plan.get(b, 2) != 2) for a, b in ((0, 1), (2, 4))),
    ),
    "same region": (
        SameRegion(ints(0, 2), ints(1, 3), REGION),
        lambda plan: all(
            REGION[plan[a]] == REGION[plan[b]] for a, b in ((0, 1), (2, 3)) if a in plan and b in plan
        ),
    ),
    "balance": (Balance(REGION, 2, WEIGHT, 1.5), keeps_balance),
    "pyramid": (RankPyramid(REGION, 2, RANK, 3), keeps_pyramid),
    "overlap": (SuccessorOverlap(ints(0, 5, 10, 15, 20), ints(20, -1, 30, 12), 10, 0.5), keeps_overlap),
}


@st.composite
def pairs_and_scores(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[int]]:
    every = list(product(range(N_PEOPLE), range(N_POSTS)))
    pairs = draw(st.lists(st.sampled_from(every), unique=True, max_size=14))
    return pairs, draw(st.lists(st.integers(-5, 20), min_size=len(pairs), max_size=len(pairs)))


def make_problem(
    pairs: list[tuple[int, int]], scores: list[int], rules: list[Rule], capacity: np.ndarray | None = None
) -> SideRuleProblem:
    person, post = ints(*(j for j, _ in pairs)), ints(*(i for _, i in pairs))
    return SideRuleProblem(
        N_PEOPLE, N_POSTS, person, post, np.array(scores, dtype=float), capacity=capacity, rules=rules
    )


def best_by_trying(problem: SideRuleProblem, keeps: list[Keeps]) -> tuple[float, ...] | None:
    """(places filled, score) of the best plan that keeps the rules; None when there is none."""
    options = [[-1, *np.flatnonzero(problem.person == j)] for j in range(N_PEOPLE)]
    values = []
    for arcs in product(*options):
        chosen = [a for a in arcs if a >= 0]
        posts = [int(problem.post[a]) for a in chosen]
        plan = {int(problem.person[a]): int(problem.post[a]) for a in chosen}
        if all(posts.count(i) <= problem.places[i] for i in set(posts)) and all(kept(plan) for kept in keeps):
            values.append(tuple(float(goal.value[chosen].sum()) for goal in problem.goals))
    return max(values, default=None)


def check_against_oracle(problem: SideRuleProblem, keeps: list[Keeps]) -> None:
    solution, best = solve_with_side_rules(problem), best_by_trying(problem, keeps)
    if best is None:
        assert solution.status is Status.INFEASIBLE
        assert solution.short_rules
        return
    assert solution.status is Status.OPTIMAL
    assert all(
        kept(
            dict(
                zip(
                    problem.person[solution.chosen].tolist(),
                    problem.post[solution.chosen].tolist(),
                    strict=True,
                )
            )
        )
        for kept in keeps
    )
    assert tuple(goal.value for goal in solution.goals) == pytest.approx(best)
    assert all(goal.bound == pytest.approx(goal.value, abs=1e-5) for goal in solution.goals)


@pytest.mark.parametrize("kind", RULES)
def test_reached_calls_a_plan_kept_when_it_keeps_the_rule(kind: str) -> None:
    rule, keeps = RULES[kind]
    for posts in product(range(-1, N_POSTS), repeat=N_PEOPLE):
        plan = {person: post for person, post in enumerate(posts) if post >= 0}
        if len(set(plan.values())) == len(plan):
            reached = rule.rule_values(ints(*plan), ints(*plan.values()))
            assert all(one.is_kept for one in reached) == keeps(plan)


@pytest.mark.parametrize("kind", RULES)
@settings(max_examples=30)
@given(drawn=pairs_and_scores())
def test_rule_alone_gives_the_best_plan_that_keeps_it(
    kind: str, drawn: tuple[list[tuple[int, int]], list[int]]
) -> None:
    rule, keeps = RULES[kind]
    check_against_oracle(make_problem(*drawn, [rule]), [keeps])


@settings(max_examples=50)
@given(drawn=pairs_and_scores(), kinds=st.lists(st.sampled_from(sorted(RULES)), unique=True, max_size=4))
def test_rules_together_give_the_best_plan_that_keeps_them_all(
    drawn: tuple[list[tuple[int, int]], list[int]], kinds: list[str]
) -> None:
    check_against_oracle(make_problem(*drawn, [RULES[k][0] for k in kinds]), [RULES[k][1] for k in kinds])


@settings(max_examples=25)
@given(drawn=pairs_and_scores(), places=st.lists(st.integers(0, 2), min_size=N_POSTS, max_size=N_POSTS))
def test_posts_with_several_places_are_filled_up_to_them(
    drawn: tuple[list[tuple[int, int]], list[int]], places: list[int]
) -> None:
    kinds = ("caps", "shares", "pyramid")
    problem = make_problem(*drawn, [RULES[k][0] for k in kinds], capacity=ints(*places))
    check_against_oracle(problem, [RULES[k][1] for k in kinds])


@settings(max_examples=25)
@given(drawn=pairs_and_scores(), random=st.randoms(use_true_random=False))
def test_plan_does_not_depend_on_the_order_of_pairs(
    drawn: tuple[list[tuple[int, int]], list[int]], random: object
) -> None:
    pairs, scores = drawn
    order = random.sample(range(len(pairs)), len(pairs))  # type: ignore[attr-defined]
    rules = [RULES["shares"][0], RULES["same region"][0]]
    first = make_problem(pairs, scores, rules)
    second = make_problem([pairs[k] for k in order], [scores[k] for k in order], rules)
    a, b = solve_with_side_rules(first).chosen, solve_with_side_rules(second).chosen
    assert [pairs[k] for k in a] == [pairs[order[k]] for k in b]


@settings(max_examples=20)
@given(drawn=pairs_and_scores())
def test_dropping_a_rule_never_makes_the_plan_worse(drawn: tuple[list[tuple[int, int]], list[int]]) -> None:
    kept = solve_with_side_rules(make_problem(*drawn, [RULES["shares"][0], RULES["balance"][0]]))
    freer = solve_with_side_rules(make_problem(*drawn, [RULES["shares"][0]]))
    values = [tuple(round(goal.value, 6) for goal in solution.goals) for solution in (kept, freer)]
    assert values[0] <= values[1]


def big_problem(n_posts: int = 40, n_people: int = 160, seed: int = 3, **more: object) -> SideRuleProblem:
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(n_people), 15)
    post = np.concatenate([rng.choice(n_posts, 15, replace=False) for _ in range(n_people)])
    region = np.arange(n_posts) % 4
    rules: list[Rule] = [
        GroupCaps(np.arange(n_people) % 10, np.full(10, 5)),
        RegionShares(region, rng.random(n_people) < 0.3, np.full(4, 0.35), np.ones(4)),
        TeamSkills(np.arange(n_posts) // 4, rng.random(n_people) < 0.4, np.full(n_posts // 4, 2)),
    ]
    score = np.round(rng.random(len(person)) * 100, 2)
    return SideRuleProblem(n_people, n_posts, person, post, score, rules=rules, **more)  # type: ignore[arg-type]


def test_core_proves_what_the_whole_integer_program_finds() -> None:
    from benchmarks.side_rules import solve_whole

    problem = big_problem()
    solution = solve_with_side_rules(problem)
    assert solution.status is Status.OPTIMAL
    assert [goal.value for goal in solution.goals] == pytest.approx(
        solve_whole(problem, math.inf)[0], abs=1e-4
    )
    assert solution.goals[1].n_columns < problem.n_arcs


def test_further_goal_is_met_without_giving_up_the_goals_before_it() -> None:
    pairs = list(product(range(N_PEOPLE), range(N_POSTS)))
    problem = make_problem(pairs, [1] * len(pairs), [])
    young = Goal("young people", HAS[problem.person].astype(float))
    wanted = SideRuleProblem(
        N_PEOPLE, N_POSTS, problem.person, problem.post, problem.score, further_goals=(young,)
    )
    assert [goal.value for goal in solve_with_side_rules(wanted).goals] == [4.0, 4.0, 2.0]


def test_same_problem_gives_the_same_plan_twice() -> None:
    first, second = (solve_with_side_rules(big_problem()).chosen for _ in range(2))
    assert first.tolist() == second.tolist()


def test_tolerance_and_limit_are_told_by_the_status() -> None:
    loose = solve_with_side_rules(big_problem(), Limits(tolerance=0.5))
    assert loose.status in (Status.WITHIN_TOLERANCE, Status.OPTIMAL)
    assert loose.gap <= 0.5
    rushed = solve_with_side_rules(big_problem(), Limits(seconds=1e-9))
    assert rushed.status is Status.STOPPED_AT_LIMIT
    assert rushed.goals[0].bound == 40


def test_lower_count_without_time_is_unknown_not_infeasible() -> None:
    everyone = np.ones(N_PEOPLE, dtype=np.bool_)
    problem = make_problem([(0, 0)], [1], [RegionCounts(REGION, everyone, ints(1, 0), ints(2, 2))])
    rushed = solve_with_side_rules(problem, Limits(seconds=1e-9))
    assert rushed.status is Status.UNKNOWN
    assert rushed.short_rules == ("count in region 0",)
    assert rushed.gap == float("inf")


def test_locked_pair_is_a_count_of_one() -> None:
    lock = RegionCounts(ints(-1, 0, -1, -1), bools(0, 0, 0, 1, 0), ints(1), ints(1))
    pairs = list(product(range(N_PEOPLE), range(N_POSTS)))
    problem = make_problem(pairs, [0 if pair == (3, 1) else 9 for pair in pairs], [lock])
    assert pairs.index((3, 1)) in solve_with_side_rules(problem).chosen


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"post": ints(0)}, "`post` has 1 entries, `person` has 2"),
        ({"score": np.array([1.0, np.nan])}, "`score` must be numbers between"),
        ({"person": ints(0, 9)}, "`person` must lie in 0 … 4"),
        ({"post": ints(0, -1)}, "`post` must lie in 0 … 3"),
        ({"person": ints(0, 0)}, "given twice"),
        ({"capacity": ints(1)}, "`capacity` must have 4 entries"),
        ({"capacity": ints(1, 1, 1, -1)}, "must not be negative"),
        ({"further_goals": (Goal("g", np.zeros(1)),)}, "goal “g” has 1 values for 2 pairs"),
        ({"further_goals": (Goal("g", np.array([1.0, np.inf])),)}, "goal “g” must have numbers between"),
    ],
)
def test_impossible_problem_is_refused_by_name(change: dict[str, object], words: str) -> None:
    good: dict[str, object] = {"person": ints(0, 1), "post": ints(0, 0), "score": np.zeros(2)}
    with pytest.raises(BadProblemError, match=words):
        SideRuleProblem(N_PEOPLE, N_POSTS, **{**good, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize("limits", [{"seconds": 0.0}, {"tolerance": 1.0}, {"tolerance": -0.1}])
def test_impossible_limits_are_refused(limits: dict[str, float]) -> None:
    with pytest.raises(BadProblemError, match="`seconds` must be above 0"):
        Limits(**limits)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (GroupCaps(ints(0), ints(1)), "group caps: `group` has 1 entries, 5 are needed"),
        (GroupCaps(ints(0, 0, 0, 0, 7), ints(1)), "group caps: `group` must lie in -1 … 0"),
        (GroupCaps(ints(0, 0, 0, 0, 0), ints(-1)), "must not be negative"),
        (RegionCounts(REGION, HAS, ints(2, 0), ints(1, 1)), "0 ≤ `least` ≤ `most` must hold"),
        (RegionShares(REGION, HAS, np.zeros(2), np.array([0.5, 1.5])), "≤ 1 must hold"),
        (TeamSkills(ints(0, 0, 1, 1), HAS, ints(1, -1)), "`needed` must not be negative"),
        (BothOrNeither(ints(0), ints(0)), "no one is a couple with themselves"),
        (BothOrNeither(ints(0), ints(5)), "people lie in 0 … 4"),
        (NotBothIn(ints(0), ints(1), bools(1)), "`posts` has 1 entries, 4 are needed"),
        (SameRegion(ints(0), ints(1), ints(0, 1, -1, 0)), "every post must have a region"),
        (Balance(REGION, 2, WEIGHT, -1.0), "`width` must be ≥ 0"),
        (Balance(REGION, 2, WEIGHT * np.nan, 1.0), "`weight` must be finite"),
        (RankPyramid(REGION, 2, ints(0, 0, 0, 0, -1), 3), "everyone must have a rank"),
        (RankPyramid(REGION, 2, RANK, 3, ratio=-1.0), "`ratio` must be ≥ 0"),
        (SuccessorOverlap(ints(0, 0, 0, 0, 0), ints(1, 1, 1, 1), -1), "`days` must be ≥ 0"),
        (SuccessorOverlap(ints(0, 0, 0, 0, 0), ints(1, 1, 1, 1), 1, 1.5), "`least_share` must lie in 0 … 1"),
    ],
)
def test_rule_that_does_not_fit_is_refused_by_name(rule: Rule, words: str) -> None:
    with pytest.raises(BadRuleError, match=words):
        make_problem([(0, 0)], [1], [rule])


def test_team_posts_have_one_place_each() -> None:
    with pytest.raises(BadRuleError, match="one place each"):
        make_problem([(0, 0)], [1], [WholeTeams(ints(0, 0, -1, -1))], capacity=ints(2, 1, 1, 1))


class NearlyOver(Clock):
    """A clock that never ends and never has time left."""

    def left(self) -> float:
        return 0.0

    def is_over(self) -> bool:
        return False


def test_relaxation_cut_short_still_gives_a_bound() -> None:
    problem = big_problem(n_posts=300, n_people=2000)
    model, every = build_model(problem), np.arange(problem.n_arcs)
    cut = relax(model, problem.score, np.zeros(0), every, NearlyOver(1.0))
    assert not cut.proven
    assert cut.bound == pytest.approx(summed_bound(model, problem.score))


def test_relaxation_from_few_pairs_equals_the_one_over_all_pairs() -> None:
    problem = big_problem()
    model, no_extras, every = build_model(problem), np.zeros(0), np.arange(problem.n_arcs)
    few = relax(model, problem.score, no_extras, every[:1], Clock(math.inf))
    assert few.proven
    assert few.bound == pytest.approx(relax(model, problem.score, no_extras, every, Clock(math.inf)).bound)
    assert len(few.active) < problem.n_arcs
    assert few.reduced.max() <= 1e-6


def test_pairs_outside_the_core_are_judged_by_proven_duals_only() -> None:
    proven, open_end = (
        Relaxation(10.0, np.zeros(3), ints(0), proven=known, n_rounds=1, extras=np.zeros(0))
        for known in (True, False)
    )
    assert bound_outside(proven, 4.0, is_whole=False) == 6.0
    assert bound_outside(open_end, 4.0, is_whole=False) == 10.0
    assert bound_outside(open_end, 4.0, is_whole=True) == -np.inf


def test_answer_without_columns_keeps_the_plan_and_takes_the_bound() -> None:
    best, core = CorePlan(ints(2), 4.0, 9.0, 1), CorePlan(ints(0, 1, 2), 0.0, 6.0, 3)
    kept = improved(best, core, Objective(np.ones(3), np.zeros(0), integral=True), None)
    assert (kept.chosen.tolist(), kept.value, kept.bound) == ([2], 4.0, 6.0)


def test_solver_that_finds_a_contradiction_is_told() -> None:
    model = build_model(make_problem([(0, 0)], [1], []), full=True)
    program = Program(model, np.zeros(0))
    program.add(ints(0), np.ones(1))
    with pytest.raises(SolverError, match="Infeasible"):
        program.solve_relaxation(1.0)


def test_plan_that_breaks_a_rule_is_told_by_the_name_of_the_rule() -> None:
    model = build_model(make_problem([(2, 0)], [1], [RULES["caps"][0]]))
    with pytest.raises(SolverError, match="the plan breaks “cap of group 1”"):
        check_kept(model, ints(0))


def test_status_says_how_far_the_proof_went() -> None:
    near = [GoalOutcome("g", 100.0, 101.0, 0.0, 0, 0)]
    assert status_of(near, 0.02) is Status.WITHIN_TOLERANCE
    assert status_of(near, 0.001) is Status.STOPPED_AT_LIMIT


def hard_core(
    clock: Clock, n_posts: int = 112, n_pairs: int = 8, shares: str = "tight"
) -> tuple[Core, CorePlan, float]:
    """A campaign whose relaxed plan is fractional, a poor plan that keeps its rules, and a first width."""
    from benchmarks.side_rules import instance

    problem = instance(n_posts, 5 * n_posts, n_pairs, "A", shares=shares)
    model, no_extras = build_model(problem, full=True), np.zeros(0)
    every, unlimited = np.arange(problem.n_arcs), Clock(math.inf)
    priced = relax(model, problem.score, no_extras, every, unlimited)
    core = Core(model, Objective(problem.score, no_extras, integral=False), priced, 1e-6, clock)
    worse = Objective(-problem.score, no_extras, integral=False)
    low = relax(model, -problem.score, no_extras, every, unlimited)
    poor = Core(model, worse, low, 1e-6, unlimited)
    found = attempt(poor, CorePlan(ints(), -np.inf, low.bound, 0), 5.0, poor.search(100))
    value = float(problem.score[found.chosen].sum())
    return core, CorePlan(found.chosen, value, priced.bound, 0), first_width(model, priced)


def test_neighbourhoods_make_a_poor_plan_better_and_keep_the_rules() -> None:
    core, poor, width = hard_core(Clock(math.inf))
    better = improve(core, poor, width)
    assert better.value > poor.value
    assert better.bound == poor.bound
    check_kept(core.model, better.chosen)


def test_guesses_lower_the_bound_until_a_plan_is_found_there() -> None:
    core, poor, width = hard_core(Clock(math.inf), n_posts=48)
    found = guess(core, poor, width / 8)
    best = solve_core(core, poor)
    assert found.bound < core.relaxation.bound
    assert poor.value < found.value <= best.value + 1e-6 <= found.bound + 2e-6
    assert best.bound - best.value <= 1e-6


def test_plan_close_to_the_bound_is_proven_without_a_scout() -> None:
    core, poor, _ = hard_core(Clock(math.inf), n_pairs=20, shares="usual")
    best = solve_core(core, poor)
    again = solve_core(core, CorePlan(best.chosen, best.value, np.inf, 0))
    assert 0 < core.relaxation.bound - best.value <= 1e-3 * best.value
    assert again.value == best.value
    assert again.bound - again.value <= 1e-6


@pytest.mark.parametrize("active_posts", [[0, 1, 2], [0]])
def test_among_many_equal_pairs_those_of_the_relaxation_come_first(active_posts: list[int]) -> None:
    n_people = 120
    pairs = np.array(list(product(range(3), range(n_people))))
    problem = SideRuleProblem(n_people, 3, pairs[:, 1], pairs[:, 0], np.ones(len(pairs)))
    model, clock = build_model(problem, full=True), Clock(math.inf)
    priced = relax(model, problem.score, np.zeros(0), np.arange(problem.n_arcs), clock)
    few = replace(priced, active=np.array([i * n_people + j for i in active_posts for j in range(3)]))
    core = Core(model, Objective(problem.score, np.zeros(0), integral=True), few, 1e-6, clock)
    found = scout(core, CorePlan(ints(), -np.inf, few.bound, 0))
    assert found.value == 3.0
    assert (set(found.chosen.tolist()) <= set(few.active.tolist())) == (active_posts == [0, 1, 2])


def test_score_guides_where_not_every_place_can_be_filled() -> None:
    rng = np.random.default_rng(5)
    person, post = (axis.ravel() for axis in np.meshgrid(np.arange(60), np.arange(40)))
    rules = [
        GroupCaps(np.arange(60) % 10, np.full(10, 3)),
        TeamSkills(np.arange(40) // 4, rng.random(60) < 0.3, np.ones(10, dtype=np.int64)),
    ]
    score = rng.integers(0, 3, len(person)) / 2
    solution = solve_with_side_rules(SideRuleProblem(60, 40, person, post, score, rules=rules))
    assert solution.status is Status.OPTIMAL
    assert solution.goals[0].value == 30.0


def test_guess_that_breaks_off_claims_no_more_than_it_proved() -> None:
    core, poor, width = hard_core(NearlyOver(1.0), n_posts=48)
    stopped, best = guess(core, poor, width), solve_core(replace(core, clock=Clock(math.inf)), poor)
    assert stopped.value >= poor.value
    assert best.value - 1e-6 <= stopped.bound <= core.relaxation.bound + 1e-6


def test_places_that_only_parts_of_people_could_fill_stay_empty() -> None:
    pairs = np.array(list(product(range(3), range(2))))
    all_or_none = BothOrNeither(ints(0, 1), ints(1, 2))
    problem = SideRuleProblem(3, 2, pairs[:, 0], pairs[:, 1], np.ones(6), rules=[all_or_none])
    solution = solve_with_side_rules(problem)
    assert solution.status is Status.OPTIMAL
    assert solution.chosen.tolist() == []


def test_whole_plan_is_that_of_the_reported_value() -> None:
    problem = make_problem([(0, 1), (0, 2), (2, 0), (3, 1), (4, 2)], [1, -3, 3, 1, -3], [RULES["balance"][0]])
    model = build_model(problem)
    program = Program(model, np.zeros(model.n_extras))
    program.add(np.arange(5), problem.score)
    answer = program.solve_integer(Search(math.inf, 1e-6), ints())
    assert answer.columns is not None
    assert (
        answer.columns[model.n_extras :] @ problem.score == pytest.approx(answer.bound) == pytest.approx(1.0)
    )


def test_width_without_pairs_is_nothing() -> None:
    model = build_model(make_problem([], [], []))
    assert first_width(model, relax(model, np.zeros(0), np.zeros(0), ints(), Clock(math.inf))) == 0.0


def test_plan_far_from_the_relaxed_one_is_found_and_proven() -> None:
    pairs = np.array(list(product(range(5), range(2))))
    score = np.where(pairs[:, 0] < 3, 10.0, 1.0)
    all_or_none = BothOrNeither(ints(0, 1), ints(1, 2))
    problem = SideRuleProblem(5, 2, pairs[:, 0], pairs[:, 1], score, rules=[all_or_none])
    solution = solve_with_side_rules(problem)
    assert solution.status is Status.OPTIMAL
    assert sorted(problem.person[solution.chosen].tolist()) == [3, 4]
    assert [goal.bound for goal in solution.goals] == pytest.approx([2.0, 2.0])
