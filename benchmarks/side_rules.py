"""Side rules at campaign size: pricing and core against HiGHS on all pairs, both in one run.

Run: ``PYTHONPATH=src python -m benchmarks side_rules [--posts 351] [--people 1755] [--mode A B] [--shares usual tight]``
The instance is drawn from a fixed seed: 16 regions, 60 home units that release at most 20 % of their candidates, three
minimum shares per region (mode A); in addition teams of three with a scarce skill, and couples (mode B). Usual shares ask
for a sixth to a third less than the candidates hold; tight ones for as much as they hold, so that nearly every cap and
share binds at once. HiGHS on all pairs is told from the start that every post is filled, which is the best for it.
"""

import argparse
import time

import numpy as np

from secondment.algorithms.side_rules.counts import GroupCaps, RegionShares
from secondment.algorithms.side_rules.couples import SameRegion
from secondment.algorithms.side_rules.highs import Program, Search, chosen_arcs
from secondment.algorithms.side_rules.model import build_model
from secondment.algorithms.side_rules.problem import SideRuleProblem
from secondment.algorithms.side_rules.rows import Rule
from secondment.algorithms.side_rules.solve import Limits, solve_with_side_rules
from secondment.algorithms.side_rules.teams import TeamSkills

N_REGIONS = 16
N_UNITS = 60
HELD = (0.3, 0.12, 0.4)
SHARES = {"usual": (0.25, 0.08, 0.35), "tight": (0.3, 0.1, 0.4)}


def instance(
    n_posts: int, n_people: int, arcs_per_person: int, mode: str, seed: int = 7, shares: str = "tight"
) -> SideRuleProblem:
    """A campaign with structured scores: what a person can do meets what a post asks, and some chance."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(n_people), arcs_per_person)
    post = np.concatenate([rng.choice(n_posts, arcs_per_person, replace=False) for _ in range(n_people)])
    skills, needs = rng.random((n_people, 5)), rng.dirichlet(np.ones(5), n_posts)
    score = np.round(100 * (skills[person] * needs[post]).sum(axis=1) + 10 * rng.random(len(person)), 2)
    return SideRuleProblem(
        n_people, n_posts, person, post, score, rules=rules_of(n_posts, n_people, mode, rng, SHARES[shares])
    )


def rules_of(
    n_posts: int, n_people: int, mode: str, rng: np.random.Generator, shares: tuple[float, ...]
) -> list[Rule]:
    """Mode A: caps and three minimum shares in each region. Mode B: also teams and couples."""
    region = np.arange(n_posts) % N_REGIONS
    unit = rng.integers(0, N_UNITS, n_people)
    rules: list[Rule] = [GroupCaps(unit, -(-np.bincount(unit, minlength=N_UNITS) // 5))]
    for held, least in zip(HELD, shares, strict=True):
        has = rng.random(n_people) < held
        rules.append(RegionShares(region, has, np.full(N_REGIONS, least), np.ones(N_REGIONS)))
    if mode == "B":
        team = np.where(np.arange(n_posts) < n_posts // 2 // 3 * 3, np.arange(n_posts) // 3, -1)
        n_teams = int(team.max()) + 1
        rules += [
            TeamSkills(team, rng.random(n_people) < 0.25, np.ones(n_teams, dtype=np.int64)) for _ in range(2)
        ]
        couples = rng.permutation(n_people)[: n_people // 50 * 2].reshape(2, -1)
        rules.append(SameRegion(couples[0], couples[1], region))
    return rules


def solve_whole(problem: SideRuleProblem, seconds: float) -> tuple[list[float], float]:
    """HiGHS on all pairs, goal by goal: the values, and the largest gap."""
    model, chosen, values, gap = build_model(problem), np.zeros(0, dtype=np.int64), [], 0.0
    for goal in problem.goals:
        program = Program(model, np.zeros(model.n_extras))
        program.add(np.arange(problem.n_arcs), goal.value)
        answer = program.solve_integer(Search(seconds, 1e-6, sub_programs=True), chosen)
        if answer.columns is not None:
            chosen = chosen_arcs(program.arcs, answer.columns[model.n_extras :])
        values.append(float(goal.value[chosen].sum()))
        gap = max(gap, (answer.bound - values[-1]) / max(1.0, abs(values[-1])))
        model = model.with_floor(goal.value, values[-1] - 1e-6, goal.name)
    return values, gap


def solve_full(problem: SideRuleProblem, seconds: float) -> tuple[float, float]:
    """HiGHS on all pairs of plans that fill every place, one goal: the value, and the relative gap."""
    model = build_model(problem, full=True)
    program = Program(model, np.zeros(model.n_extras))
    program.add(np.arange(problem.n_arcs), problem.score)
    answer = program.solve_integer(Search(seconds, 1e-6, sub_programs=True))
    if answer.columns is None:
        return float("nan"), float("inf")
    value = float(problem.score @ answer.columns[model.n_extras :])
    return value, (answer.bound - value) / max(1.0, abs(value))


def compare(problem: SideRuleProblem, name: str, limits: Limits, *, whole: bool) -> None:
    """Print one line per method: CPU and wall seconds, values, gap; then the ratio."""
    cpu, wall = time.process_time(), time.perf_counter()
    solution = solve_with_side_rules(problem, limits)
    ours = time.process_time() - cpu
    print(f"{name} core  {ours:8.1f} CPU s {time.perf_counter() - wall:8.1f} s  {solution.status.value}")
    for goal in solution.goals:
        print(
            f"    {goal.name}: {goal.value:.4f} bound {goal.bound:.4f} gap {goal.gap:.2e} "
            f"{goal.seconds:.1f} s, {goal.n_columns} columns, {goal.n_pricing_rounds} rounds",
            flush=True,
        )
    if whole:
        cpu, wall = time.process_time(), time.perf_counter()
        value, gap = solve_full(problem, limits.seconds)
        theirs = time.process_time() - cpu
        print(
            f"{name} whole {theirs:8.1f} CPU s {time.perf_counter() - wall:8.1f} s  {value:.4f} gap {gap:.2e}; "
            f"ratio {theirs / ours:.1f}",
            flush=True,
        )


def main() -> None:
    """Read the size and run the modes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=351)
    parser.add_argument("--people", type=int, default=1755)
    parser.add_argument("--arcs-per-person", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--tolerance", type=float, default=0.0)
    parser.add_argument("--mode", nargs="+", choices=("A", "B"), default=["A", "B"])
    parser.add_argument("--shares", nargs="+", choices=tuple(SHARES), default=list(SHARES))
    parser.add_argument("--without-whole", action="store_true", help="leave out HiGHS on all pairs")
    given = parser.parse_args()
    limits = Limits(seconds=given.seconds, tolerance=given.tolerance)
    for shares in given.shares:
        for mode in given.mode:
            problem = instance(given.posts, given.people, given.arcs_per_person, mode, shares=shares)
            compare(problem, f"{mode} {shares}", limits, whole=not given.without_whole)


if __name__ == "__main__":
    main()
