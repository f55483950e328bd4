"""A rotation plan over several years: who goes out, to which kind of post, in which year."""

from dataclasses import dataclass
from enum import Enum
from importlib.metadata import version
from typing import Any

import numpy as np

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.interruption import Interruption

NEVER = -(10**6)


class BadRotationError(ValueError):
    """The rotation problem contradicts itself; the message names the part."""


class RotationStatus(Enum):
    """How far the proof went."""

    OPTIMAL = "optimal"
    """Every goal is proven best, in order."""
    STOPPED_AT_LIMIT = "stopped_at_limit"
    """The plan keeps every rule; some goal is not proven."""
    UNKNOWN = "unknown"
    """The effort ran out before the first plan; there is none in the answer."""


@dataclass(frozen=True, eq=False)
class RotationProblem:
    """What a rotation plan must keep and what it should cover.

    Parameters
    ----------
    n_years : years 0 … n_years − 1 are planned.
    unit : int array (n_people,), home unit 0 … n_units − 1 of each person.
    may_be_away : int array (n_units, n_years or more), how many of a unit may be away in a year. Columns beyond
        `n_years` bind terms that last so long; after the last column nothing is asked.
    need : int array (n_kinds, n_years), people who should set out for a kind in a year; never more are sent.
    term_years : int array (n_kinds,), length of a term, at least 1; a term may run beyond the last year.
    suits : bool array (n_people, n_kinds).
    value : int array (n_people, n_kinds), worth of a term for person and post, higher is better.
    rest_years : full years at home between the end of a term and the next start.
    back_since : int array (n_people,), year index in which the last term ended, `NEVER` for none. A person who is back
        later than year 0 is away until then and counts against the limit of the unit.
    unavailable : bool array (n_people, n_years or more), years in which a person cannot be away, those after the plan
        included.

    Raises
    ------
    BadRotationError
    """

    n_years: int
    unit: IntArray
    may_be_away: IntArray
    need: IntArray
    term_years: IntArray
    suits: BoolArray
    value: IntArray
    rest_years: int
    back_since: IntArray
    unavailable: BoolArray

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        n_people, n_kinds, n_units = len(self.unit), len(self.term_years), len(self.may_be_away)
        _require(self.n_years > 0, "`n_years` must be above 0")
        shapes: dict[str, tuple[int, ...]] = {
            "need": (n_kinds, self.n_years),
            "suits": (n_people, n_kinds),
            "value": (n_people, n_kinds),
            "back_since": (n_people,),
        }
        for name, shape in shapes.items():
            found = getattr(self, name).shape
            _require(found == shape, f"`{name}` has shape {found}, {shape} is needed")
        for name, n_rows in (("may_be_away", n_units), ("unavailable", n_people)):
            found = getattr(self, name).shape
            fits = len(found) == 2 and found[0] == n_rows and found[1] >= self.n_years
            _require(fits, f"`{name}` has shape {found}, ({n_rows}, {self.n_years} or more) is needed")
        _require(
            bool(((self.unit >= 0) & (self.unit < n_units)).all()), f"`unit` must lie in 0 … {n_units - 1}"
        )
        _require(bool((self.term_years >= 1).all()), "`term_years` must be at least 1")
        _require(self.rest_years >= 0, "`rest_years` must not be negative")
        smallest = min(int(self.may_be_away.min(initial=0)), int(self.need.min(initial=0)))
        _require(smallest >= 0, "`may_be_away` and `need` must not be negative")


@dataclass(frozen=True)
class RotationGoal:
    """One goal to keep small: reached `value`, proven lower `bound`."""

    name: str
    value: int
    bound: int

    @property
    def gap(self) -> int:
        """Value − bound; 0 is proof."""
        return self.value - self.bound


@dataclass(frozen=True, eq=False)
class RotationPlan:
    """Terms as rows (person, kind, first year), ascending; `uncovered` (n_kinds, n_years) of the need; goals in order."""

    status: RotationStatus
    terms: IntArray
    uncovered: IntArray
    goals: tuple[RotationGoal, ...]
    solver: str


def plan_rotation(
    problem: RotationProblem,
    *,
    effort: float = 60.0,
    seed: int = 1,
    interruption: Interruption | None = None,
) -> RotationPlan:
    """A plan that keeps unit floors, rest and suitability, and is best by its goals in order.

    Goals: fewest needs uncovered; then fairness (the busiest unit has as few years away per member as possible, in
    thousandths, rounded up); then highest total value.

    Parameters
    ----------
    problem : RotationProblem
    effort : deterministic seconds of CP-SAT per goal (its own measure of work, not wall time).
    seed : random seed of the search.
    interruption : ends the search with the best plan so far.

    Notes
    -----
    One boolean per possible term; rest is "at most one term whose time away and rest covers this year". CP-SAT with
    eight workers in interleaved search: equal problem, seed, effort and version of the solver give the equal plan on
    every machine, whatever its number of cores; among equally good plans the choice is the solver's.
    """
    terms = possible_terms(problem)
    search = _Search(problem, terms, effort, seed, interruption or Interruption())
    outcomes = [goal for goal in (search.reach(*aim) for aim in search.aims()) if goal is not None]
    if search.best is None:
        status = RotationStatus.UNKNOWN
    else:
        complete = len(outcomes) == len(search.aims()) and all(goal.gap == 0 for goal in outcomes)
        status = RotationStatus.OPTIMAL if complete else RotationStatus.STOPPED_AT_LIMIT
    chosen = terms[:0] if search.best is None else terms[search.best]
    return RotationPlan(
        status, chosen, _uncovered(problem, chosen), tuple(outcomes), f"OR-Tools {version('ortools')}"
    )


def possible_terms(problem: RotationProblem) -> IntArray:
    """All terms (person, kind, first year) that suitability, need, the last term and availability to the end allow."""
    people, kinds, years = np.meshgrid(
        np.arange(len(problem.unit)),
        np.arange(len(problem.term_years)),
        np.arange(problem.n_years),
        indexing="ij",
    )
    rested = years >= problem.back_since[people] + problem.rest_years
    allowed = problem.suits[people, kinds] & rested & (problem.need[kinds, years] > 0)
    every = np.stack((people[allowed], kinds[allowed], years[allowed]), axis=1)
    blocked_before = np.concatenate(
        (np.zeros((len(problem.unit), 1), dtype=np.int64), np.cumsum(problem.unavailable, axis=1)), axis=1
    )
    last = np.minimum(every[:, 2] + problem.term_years[every[:, 1]], problem.unavailable.shape[1])
    free = blocked_before[every[:, 0], last] == blocked_before[every[:, 0], every[:, 2]]
    return np.asarray(every[free], dtype=np.int64)


class _Search:
    """One CP-SAT model, made tighter goal by goal."""

    def __init__(
        self, problem: RotationProblem, terms: IntArray, effort: float, seed: int, interruption: Interruption
    ) -> None:
        from ortools.sat.python import cp_model

        self.best: IntArray | None = None
        self._cp: Any = cp_model
        self._problem, self._terms, self._effort, self._seed = problem, terms, effort, seed
        self._interruption = interruption
        self._model: Any = cp_model.CpModel()
        self._pick = [self._model.new_bool_var("") for _ in range(len(terms))]
        self._ends = terms[:, 2] + problem.term_years[terms[:, 1]]
        self._add_rest()
        self._add_floors()
        self._add_needs()
        self._load = self._model.new_int_var(0, 1000 * problem.n_years, "")
        self._add_load()

    def aims(self) -> list[tuple[str, Any]]:
        """Name and expression to minimise, most important first."""
        worth = self._problem.value[self._terms[:, 0], self._terms[:, 1]]
        total_need = int(self._problem.need.sum())
        total_value = self._cp.LinearExpr.weighted_sum(self._pick, worth.tolist())
        return [
            ("needs uncovered", total_need - self._cp.LinearExpr.sum(self._pick)),
            ("years away per 1000 members of the busiest unit", self._load),
            ("total value, negative", -total_value),
        ]

    def reach(self, name: str, aim: Any) -> RotationGoal | None:
        """Minimise one aim and hold it from then on; None when no plan was found in time or an end is wanted."""
        if self._interruption.is_requested:
            return None
        self._model.minimize(aim)
        solver = self._solver()
        with self._interruption.ending(solver.stop_search):
            status = solver.solve(self._model)
        if status not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return None
        self.best = np.flatnonzero([solver.boolean_value(variable) for variable in self._pick])
        value, bound = round(solver.objective_value), int(np.ceil(solver.best_objective_bound - 1e-6))
        self._model.add(aim <= value)
        self._hint(solver)
        return RotationGoal(name, value, bound)

    def _solver(self) -> Any:
        solver = self._cp.CpSolver()
        solver.parameters.num_workers = 8
        solver.parameters.interleave_search = True
        solver.parameters.catch_sigint_signal = False
        solver.parameters.random_seed = self._seed
        solver.parameters.max_deterministic_time = self._effort
        return solver

    def _hint(self, solver: Any) -> None:
        self._model.clear_hints()
        for variable in self._pick:
            self._model.add_hint(variable, solver.boolean_value(variable))

    def _add_rest(self) -> None:
        """Each person: of the terms whose time away and rest cover a year, at most one."""
        covered_until = self._ends + self._problem.rest_years
        for who in np.unique(self._terms[:, 0]):
            mine = np.flatnonzero(self._terms[:, 0] == who)
            for year in np.unique(self._terms[mine, 2]):
                covering = mine[(self._terms[mine, 2] <= year) & (year < covered_until[mine])]
                self._model.add_at_most_one(self._pick[k] for k in covering)

    def _add_floors(self) -> None:
        """Of each unit and year, at most so many away, those who are still out from before included."""
        problem = self._problem
        units = problem.unit[self._terms[:, 0]]
        for unit, year in np.ndindex(*problem.may_be_away.shape):
            away = np.flatnonzero((units == unit) & (self._terms[:, 2] <= year) & (year < self._ends))
            still_out = int(((problem.unit == unit) & (problem.back_since > year)).sum())
            room = max(int(problem.may_be_away[unit, year]) - still_out, 0)
            self._model.add(sum(self._pick[k] for k in away) <= room)

    def _add_needs(self) -> None:
        for kind, year in np.ndindex(*self._problem.need.shape):
            starts = np.flatnonzero((self._terms[:, 1] == kind) & (self._terms[:, 2] == year))
            self._model.add(sum(self._pick[k] for k in starts) <= int(self._problem.need[kind, year]))

    def _add_load(self) -> None:
        units = self._problem.unit[self._terms[:, 0]]
        size = np.bincount(self._problem.unit, minlength=len(self._problem.may_be_away))
        years = np.minimum(self._ends, self._problem.n_years) - self._terms[:, 2]
        for unit in np.unique(units):
            mine = np.flatnonzero(units == unit)
            away = sum(int(years[k]) * self._pick[k] for k in mine)
            self._model.add(1000 * away <= int(size[unit]) * self._load)


def _uncovered(problem: RotationProblem, terms: IntArray) -> IntArray:
    """Need less the people who set out."""
    sent = np.zeros_like(problem.need)
    np.add.at(sent, (terms[:, 1], terms[:, 2]), 1)
    return np.asarray(problem.need - sent, dtype=np.int64)


def _require(condition: bool, message: str) -> None:  # noqa: FBT001 -- a condition and what its failure means
    if not condition:
        raise BadRotationError(message)
