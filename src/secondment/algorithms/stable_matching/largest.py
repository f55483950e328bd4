"""The largest stable plan when preferences have ties: exactly by HiGHS or CP-SAT, or to within two thirds by Király."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.interruption import Interruption
from secondment.algorithms.promotion import promote
from secondment.algorithms.stable_matching.deferred_acceptance import (
    Preferences,
    blocking_pairs,
)
from secondment.algorithms.stable_matching.program import n_entries, solve_stable_program

MOST_EXACT_ARCS = 20_000
# Rows of stability with more entries go to CP-SAT alone: the linear relaxation itself would take long.
MOST_ENTRIES = 400_000
NODES_PER_EFFORT = 20


class StableStatus(Enum):
    """What is known of the size of a stable plan."""

    LARGEST = "largest"
    """Proven: no stable plan places more people."""
    AT_LEAST_TWO_THIRDS = "at_least_two_thirds"
    """Stable; any stable plan places at most one and a half times as many."""


@dataclass(frozen=True, eq=False)
class StablePlan:
    """A stable plan: `chosen` pairs (ascending), its status, the proven most people any stable plan places."""

    status: StableStatus
    chosen: IntArray
    bound: int

    @property
    def gap(self) -> int:
        """How many more people a stable plan could place at most."""
        return self.bound - len(self.chosen)


class UnstableError(RuntimeError):
    """A plan that should be stable has blocking pairs."""


def largest_stable_plan(
    preferences: Preferences,
    *,
    effort: float = 30.0,
    most_exact_arcs: int = MOST_EXACT_ARCS,
    interruption: Interruption | None = None,
) -> StablePlan:
    """A stable plan that places as many people as the effort allows, and reports how many could be placed.

    Parameters
    ----------
    preferences : Preferences
    effort : deterministic seconds for CP-SAT (its own measure, the same on every machine), 20 nodes each for HiGHS.
    most_exact_arcs : with more pairs, only the approximation is made.
    interruption : ends the search with the best plan so far.

    Notes
    -----
    Largest stable matching with ties is NP-hard (Manlove et al. 2002). The approximation is Király (2013), the model
    the usual one: a pair is refused only if the person has as good a post, or the post is full of as good people. On
    sparse lists HiGHS proves it at the root in hundredths of a second; what it leaves open, and dense lists, go to
    CP-SAT, whose workers run interleaved. Seeds and limits are fixed, so equal preferences give equal plans.
    """
    wish = interruption or Interruption()
    rough = promote(preferences)
    most = min(len(rough) * 3 // 2, _most_by_lists(preferences))
    if len(rough) < most and len(preferences.person) <= most_exact_arcs:
        most_nodes = int(effort * NODES_PER_EFFORT)
        if most_nodes and n_entries(preferences) <= MOST_ENTRIES:
            rough, most = solve_stable_program(
                preferences, rough, most, most_nodes=most_nodes, interruption=wish
            )
        if len(rough) < most and not wish.is_requested:
            rough, most = _solve_exactly(preferences, rough, most, effort, wish)
    check_stable(preferences, rough)
    status = StableStatus.LARGEST if len(rough) == most else StableStatus.AT_LEAST_TWO_THIRDS
    return StablePlan(status, rough, most)


def check_stable(preferences: Preferences, chosen: IntArray) -> None:
    """Raise `UnstableError` when the plan has a blocking pair."""
    n_blocking = len(blocking_pairs(preferences, chosen))
    if n_blocking:
        raise UnstableError(f"the plan has {n_blocking} blocking pairs")


def _most_by_lists(preferences: Preferences) -> int:
    """People with any acceptable post, or places with any acceptable person, whichever is fewer."""
    asked = np.minimum(np.bincount(preferences.post, minlength=preferences.n_posts), preferences.places)
    return min(len(np.unique(preferences.person[preferences.places[preferences.post] > 0])), int(asked.sum()))


def _solve_exactly(
    preferences: Preferences, start: IntArray, most: int, effort: float, interruption: Interruption
) -> tuple[IntArray, int]:
    """CP-SAT from the rough plan; returns the better plan and the proven bound."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    pick = [model.new_bool_var("") for _ in range(len(preferences.person))]
    _add_places(model, preferences, pick)
    _add_stability(model, preferences, pick)
    taken = set(start.tolist())
    for arc, variable in enumerate(pick):
        model.add_hint(variable, arc in taken)
    model.add(sum(pick) <= most)
    model.maximize(sum(pick))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 8
    solver.parameters.interleave_search = True
    solver.parameters.catch_sigint_signal = False
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    with interruption.ending(solver.stop_search):
        status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return start, most
    found = np.flatnonzero([solver.boolean_value(variable) for variable in pick])
    bound = min(most, round(solver.best_objective_bound))
    return (found if len(found) > len(start) else start), bound


def _add_places(model: Any, preferences: Preferences, pick: list[Any]) -> None:
    """Each person at most once, each post at most its places."""
    for owner, size, places in (
        (preferences.person, preferences.n_people, np.ones(preferences.n_people, dtype=np.int64)),
        (preferences.post, preferences.n_posts, preferences.places),
    ):
        for index in range(size):
            model.add(sum(pick[arc] for arc in np.flatnonzero(owner == index)) <= int(places[index]))


def _add_stability(model: Any, preferences: Preferences, pick: list[Any]) -> None:
    """A pair is left only if the person has as good a post, or the post is full of as good people."""
    for arc, (person, post) in enumerate(zip(preferences.person, preferences.post, strict=True)):
        places = int(preferences.places[post])
        as_good_post = (preferences.person == person) & (
            preferences.person_rank <= preferences.person_rank[arc]
        )
        as_good_people = (preferences.post == post) & (preferences.post_rank <= preferences.post_rank[arc])
        content = sum(pick[other] for other in np.flatnonzero(as_good_post))
        full = sum(pick[other] for other in np.flatnonzero(as_good_people))
        model.add(places * content + full >= places)
