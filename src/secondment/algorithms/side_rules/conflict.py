"""Which demands contradict one another: a set as small as can be proven within the time."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from secondment.algorithms.arrays import BoolArray
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.elastic import Elastic, Probe
from secondment.algorithms.side_rules.highs import MOST_NODES
from secondment.algorithms.side_rules.problem import SideRuleProblem

MOST_PROBES = 10_000


class ConflictStatus(Enum):
    """What is proven of a conflict."""

    SMALLEST = "smallest"
    """The demands cannot hold together, and every contradictory set has at least as many."""
    IRREDUCIBLE = "irreducible"
    """The demands cannot hold together; without any one of them the others can."""
    CONTRADICTORY = "contradictory"
    """The demands cannot hold together; time ran out before each was shown to be needed."""
    NONE = "none"
    """A plan keeps all demands."""
    UNKNOWN = "unknown"
    """Time ran out before anything was proven."""


@dataclass(frozen=True)
class Conflict:
    """Contradictory `demands`, ascending, numbered through all rules: rule k has `n_parts[k]` of them.

    The parts of a rule are those of its `RowBlock`. `at_least` is the proven size of a smallest conflict.
    """

    status: ConflictStatus
    demands: tuple[int, ...]
    at_least: int
    n_parts: tuple[int, ...]
    n_probes: int


def find_conflict(
    problem: SideRuleProblem,
    *,
    seconds: float = math.inf,
    most_probes: int = MOST_PROBES,
    most_nodes: int = MOST_NODES,
) -> Conflict:
    """The demands of the rules that cannot hold together, as few as can be proven.

    Parameters
    ----------
    problem : SideRuleProblem
        Its goals do not matter here.
    seconds : most wall time, unlimited by default; afterwards the status states how far the proof went.
    most_probes, most_nodes : most questions to the solver, and most nodes of each: limits that do not depend on the machine.

    Notes
    -----
    1. *Elastic relaxation.* Every side row may be missed at a price, people in fractions. When the least price is
       positive, rows with a non-zero dual already contradict one another (Chinneck & Dravnieks 1991).
    2. *Deletion.* Demands are left out, half of them at a time and at last one by one; what contradicts without them
       stays out. First with fractions, warm-started; then with integers, so that the result is irreducible.
    3. *Smallest.* Every plan found names the demands it breaks; each conflict contains one of them. A smallest set that
       meets all of these is not larger than any conflict: when it contradicts itself, or is as large as the one known,
       that is proof; else the plan that keeps it names a further set (implicit hitting sets, Ignatiev et al. 2015).

    Equal problems give equal answers whatever the order of pairs, unless time runs out.

    Raises
    ------
    SolverError
        When HiGHS fails.
    """
    return _Hunt(Elastic(problem, most_nodes), Clock(seconds), most_probes).run()


def is_contradictory(problem: SideRuleProblem, *, seconds: float) -> bool:
    """Whether fractional people already prove that no plan satisfies all rules; quick, and False proves nothing."""
    if not any((block.lower > 0).any() for block in problem.blocks(full=False)):
        return False
    elastic = Elastic(problem)
    everything = np.ones(elastic.demands.n, dtype=np.bool_)
    return elastic.relaxation(everything, seconds).possible is False


class _Hunt:
    """The state of one search: what is known to be possible, and how often the solver was asked."""

    def __init__(self, elastic: Elastic, clock: Clock, most_probes: int) -> None:
        self.elastic = elastic
        self.clock, self.most_probes = clock, most_probes
        self.kept_sets = [self.elastic.kept_by_empty_plan()]
        self.n_probes = 0
        self.is_complete = True

    def run(self) -> Conflict:
        everything = np.ones(self.elastic.demands.n, dtype=np.bool_)
        relaxed = self._relaxed(everything)
        first = relaxed if relaxed.possible is False else self._whole(everything)
        if first.core is None:
            return self._answer(
                ConflictStatus.NONE if first.possible else ConflictStatus.UNKNOWN, ~everything, 0
            )
        demands = first.core
        if first is relaxed:
            demands = self._shrink(demands, self._relaxed, n_at_once=int(demands.sum()) // 2)
            demands = self._shrink(demands, self._whole, n_at_once=1)
        else:
            demands = self._shrink(demands, self._whole, n_at_once=int(demands.sum()) // 2)
        if not self.is_complete:
            return self._answer(ConflictStatus.CONTRADICTORY, demands, 1)
        return self._smallest(demands)

    def _shrink(self, demands: BoolArray, ask: Callable[[BoolArray], Probe], n_at_once: int) -> BoolArray:
        """Leave out what is not needed for the contradiction, `n_at_once` demands at a time, then half as many."""
        while n_at_once:
            listed = np.flatnonzero(demands)
            for start in range(0, len(listed), n_at_once):
                rest = demands.copy()
                rest[listed[start : start + n_at_once]] = False
                if rest.sum() == demands.sum():
                    continue
                probe = ask(rest)
                self.is_complete &= probe.possible is not None
                if probe.core is not None:
                    demands = probe.core
            n_at_once //= 2
        return demands

    def _smallest(self, demands: BoolArray) -> Conflict:
        """Meet all broken sets with as few demands as possible until that contradicts itself."""
        at_least = 1
        while True:
            meeting = smallest_hitting_set([~kept for kept in self.kept_sets])
            at_least = int(meeting.sum())
            if at_least >= int(demands.sum()):
                return self._answer(ConflictStatus.SMALLEST, demands, at_least)
            probe = self._relaxed(meeting)
            probe = probe if probe.possible is False else self._whole(meeting)
            if probe.possible is False:
                return self._answer(ConflictStatus.SMALLEST, meeting, at_least)
            if probe.possible is None:
                return self._answer(ConflictStatus.IRREDUCIBLE, demands, at_least)

    def _relaxed(self, wanted: BoolArray) -> Probe:
        """Ask with people in fractions; time over is not known."""
        return self._ask(wanted, self.elastic.relaxation)

    def _whole(self, wanted: BoolArray) -> Probe:
        """Test with integers, and remember what the plan satisfies."""
        probe = self._ask(wanted, self.elastic.integral)
        if probe.kept is not None:
            self.kept_sets.append(probe.kept)
        return probe

    def _ask(self, wanted: BoolArray, ask: Callable[[BoolArray, float], Probe]) -> Probe:
        """Unless a plan is known already."""
        if any(not (wanted & ~kept).any() for kept in self.kept_sets):
            return Probe(possible=True)
        if self.clock.is_over() or self.n_probes >= self.most_probes:
            return Probe(possible=None)
        self.n_probes += 1
        return ask(wanted, self.clock.left())

    def _answer(self, status: ConflictStatus, demands: BoolArray, at_least: int) -> Conflict:
        listed = tuple(np.flatnonzero(demands).tolist())
        return Conflict(status, listed, at_least, self.elastic.demands.n_parts, self.n_probes)


def smallest_hitting_set(sets: Sequence[BoolArray]) -> BoolArray:
    """As few elements as possible of which every set (n_elements,) holds one; the sets are not empty."""
    table = np.array(sets, dtype=np.float64)
    n_elements = table.shape[1]
    answer = milp(
        np.ones(n_elements),
        constraints=LinearConstraint(table, 1, np.inf),
        integrality=np.ones(n_elements, dtype=np.int64),
        bounds=Bounds(0, 1),
    )
    return np.asarray(answer.x) > 0.5
