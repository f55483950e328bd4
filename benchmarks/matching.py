"""Time of our exact matching against the textbook minimum-cost flow, as ratios of medians in one run.

PYTHONPATH=src python benchmarks/matching.py [--repeats 5] [--national]
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
from ortools.graph.python import min_cost_flow

from secondment.algorithms.assignment import AssignmentProblem, solve_assignment
from secondment.algorithms.explanation import Explainer

SIZES = [
    # name, posts, people, pairs per post
    ("loose 351", 351, 1_755, 50),
    ("tight 351", 351, 386, 50),
    ("loose 10k", 10_000, 50_000, 50),
    ("loose 10k, 250 pairs", 10_000, 50_000, 250),
    ("tight 10k", 10_000, 11_000, 50),
]
NATIONAL = [("national", 200_000, 1_000_000, 50)]
N_GROUPS = 100


def instance(n_posts: int, n_people: int, per_post: int, share: float | None) -> dict[str, object]:
    """Random admissible pairs; score = ability of the person + fit; caps release `share` of each group."""
    random = np.random.default_rng(0)
    post = np.repeat(np.arange(n_posts), per_post)
    key = np.unique(post * n_people + random.integers(0, n_people, len(post)))
    post, person = key // n_people, key % n_people
    ability = random.normal(size=n_people)
    score = np.round(50 + 10 * ability[person] + 10 * random.normal(size=len(key)), 6)
    group = random.integers(0, N_GROUPS, n_people)
    cap = np.full(N_GROUPS, n_people if share is None else int(share * n_people / N_GROUPS))
    return {"person": person, "post": post, "score": score, "group": group, "cap": cap}


def textbook(n_people: int, n_posts: int, parts: dict[str, np.ndarray], *, capped: bool) -> int:
    """Posts to people (to groups) to sink; an unfilled post pays a large penalty. Returns total in steps."""
    cost = -np.rint(parts["score"] * 1e6).astype(np.int64)
    low = int(cost.min())
    cost -= low
    # The provable penalty overflows the solver at national size; the equal totals show that this one is enough.
    penalty = min(int(cost.max()) * n_posts + 1, 2**61 // (n_posts + n_people + N_GROUPS + 1))
    solver = min_cost_flow.SimpleMinCostFlow()
    ones, people = np.ones(n_people, np.int64), n_posts + np.arange(n_people)
    sink = n_posts + n_people + N_GROUPS
    solver.add_arcs_with_capacity_and_unit_cost(
        parts["post"], n_posts + parts["person"], np.ones(len(cost), np.int64), cost
    )
    head = n_posts + n_people + parts["group"] if capped else np.full(n_people, sink)
    solver.add_arcs_with_capacity_and_unit_cost(people, head, ones, 0 * ones)
    if capped:
        groups = n_posts + n_people + np.arange(N_GROUPS)
        solver.add_arcs_with_capacity_and_unit_cost(
            groups, np.full(N_GROUPS, sink), parts["cap"], np.zeros(N_GROUPS, np.int64)
        )
    posts = np.arange(n_posts)
    solver.add_arcs_with_capacity_and_unit_cost(
        posts, np.full(n_posts, sink), np.ones(n_posts, np.int64), np.full(n_posts, penalty)
    )
    solver.set_nodes_supplies(np.append(posts, sink), np.append(np.ones(n_posts, np.int64), -n_posts))
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("the textbook model was refused")
    flows = solver.flows(np.arange(len(cost)))
    return -int((flows * (cost + low)).sum())


def ours(n_people: int, n_posts: int, parts: dict[str, np.ndarray], *, capped: bool) -> int:
    """Our total in steps; building, prices and bound included."""
    rules = {"group": parts["group"], "cap": parts["cap"]} if capped else {}
    problem = AssignmentProblem.of(n_people, n_posts, parts["person"], parts["post"], parts["score"], **rules)
    return round(solve_assignment(problem).total_score * 1e6)


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """CPU seconds and result."""
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def compare(
    name: str, n_posts: int, n_people: int, per_post: int, repeats: int, *, share: float | None
) -> None:
    """One line: medians, ratio, and whether both found the same optimum."""
    parts = instance(n_posts, n_people, per_post, share)
    capped = share is not None
    runs: dict[str, list[float]] = {"ours": [], "textbook": []}
    totals = set()
    for _ in range(repeats):
        for label, solve in (("ours", ours), ("textbook", textbook)):
            seconds, total = timed(lambda solve=solve: solve(n_people, n_posts, parts, capped=capped))
            runs[label].append(seconds)
            totals.add(total)
    mine, theirs = statistics.median(runs["ours"]), statistics.median(runs["textbook"])
    caps = "caps" if capped else "    "
    print(
        f"{name:22} {caps} {len(parts['post']):>10,} pairs  ours {mine:7.3f} s  textbook {theirs:7.3f} s  "
        f"ratio {mine / theirs:5.2f}  {'same optimum' if len(totals) == 1 else f'DIFFERENT {totals}'}"
    )


def explain() -> None:
    """Cost of one question (force a pair) against one new solution."""
    parts = instance(10_000, 50_000, 50, None)
    problem = AssignmentProblem.of(50_000, 10_000, parts["person"], parts["post"], parts["score"])
    seconds_solve, solution = timed(lambda: solve_assignment(problem))
    seconds_prepare, explainer = timed(lambda: Explainer(problem, solution.pairs))
    idle = [row for row in range(0, problem.n_arcs, 25_000) if row not in set(solution.rows.tolist())]
    questions = [
        timed(lambda row=row: explainer.force((int(problem.person[row]), int(problem.post[row]))))[0]
        for row in idle
    ]
    print(
        f"force a pair, 10k: prepare {seconds_prepare:.3f} s, question {statistics.median(questions):.4f} s, "
        f"new solution {seconds_solve:.3f} s"
    )


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument(
        "--national", action="store_true", help="200,000 posts, 1,000,000 people, 10 million pairs"
    )
    arguments = parser.parse_args()
    for name, n_posts, n_people, per_post in SIZES + (NATIONAL if arguments.national else []):
        for share in (None, 0.22 if n_people > 2 * n_posts else 0.9):
            compare(name, n_posts, n_people, per_post, arguments.repeats, share=share)
    explain()


if __name__ == "__main__":
    main()
