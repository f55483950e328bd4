"""What comes back: the plan, how sure we are of it, goal by goal."""

from dataclasses import dataclass
from enum import Enum

from secondment.algorithms.arrays import IntArray


class Status(Enum):
    """How far the proof went."""

    OPTIMAL = "optimal"
    """Every goal is proven best, in order, within solver precision (10⁻⁶)."""
    WITHIN_TOLERANCE = "within_tolerance"
    """Every goal is proven within the asked tolerance."""
    STOPPED_AT_LIMIT = "stopped_at_limit"
    """The plan keeps all rules; some goal has a larger gap than asked when time ran out."""
    INFEASIBLE = "infeasible"
    """Proven: no plan satisfies all rules. There is no plan."""
    UNKNOWN = "unknown"
    """Time ran out before any plan that satisfies all rules was found. There is no plan."""


@dataclass(frozen=True)
class GoalOutcome:
    """One goal: reached `value`, proven upper `bound`, whether that is proof enough."""

    name: str
    value: float
    bound: float
    seconds: float
    n_columns: int
    n_pricing_rounds: int

    @property
    def gap(self) -> float:
        """(bound − value) / max(1, |value|)."""
        return max(0.0, self.bound - self.value) / max(1.0, abs(self.value))


@dataclass(frozen=True, eq=False)
class SideRuleSolution:
    """The plan: `chosen` are indices of the problem's pairs, in ascending order of post, then person.

    `ties` are the tie goals that were reached without giving up any goal; `before_ties` are the pairs chosen before them.
    `short_rules` names rows that cannot be met (with status infeasible: in the best attempt, not a smallest set).
    """

    status: Status
    chosen: IntArray
    goals: tuple[GoalOutcome, ...]
    seconds: float
    solver: str
    short_rules: tuple[str, ...] = ()
    ties: tuple[GoalOutcome, ...] = ()
    before_ties: IntArray | None = None

    @property
    def gap(self) -> float:
        """The largest gap of any goal; infinite without a plan."""
        return max((goal.gap for goal in self.goals), default=float("inf"))
