"""How many may be 优秀 in a pool (rule H17): a share of those who take part, rounded down."""

from dataclasses import dataclass

from secondment.assessments.choices import PoolKind, QuotaBasis
from secondment.assessments.models import Pool
from secondment.assessments.parameters import shares

_FIGURES = {
    QuotaBasis.APPROVED: "civil_approved_percent",
    QuotaBasis.GOOD_TEAM: "leader_good_team_percent",
    QuotaBasis.FAIR_TEAM: "leader_fair_team_percent",
    QuotaBasis.POOR_TEAM: "leader_poor_team_percent",
}
OF_LEADERS = (QuotaBasis.ORDINARY, QuotaBasis.GOOD_TEAM, QuotaBasis.FAIR_TEAM, QuotaBasis.POOR_TEAM)
OF_OTHERS = (QuotaBasis.ORDINARY, QuotaBasis.APPROVED)


@dataclass(frozen=True)
class Places:
    """The places of a pool and how many are asked for; `is_bound` False: more may be decided."""

    pool: Pool
    n_people: int
    n_excellent: int
    percent: int
    is_bound: bool

    @property
    def n_places(self) -> int:
        """The places, rounded down."""
        return self.n_people * self.percent // 100

    @property
    def n_over(self) -> int:
        """How many are too many."""
        return max(0, self.n_excellent - self.n_places) if self.is_counted else 0

    @property
    def is_counted(self) -> bool:
        """Whether the pool has places of its own."""
        return self.pool.kind != PoolKind.ELSEWHERE


def bases_of(kind: str) -> tuple[QuotaBasis, ...]:
    """The shares that may hold for a pool of this kind."""
    if kind == PoolKind.ELSEWHERE:
        return (QuotaBasis.ORDINARY,)
    return OF_LEADERS if kind == PoolKind.LEADER else OF_OTHERS


def places_of(pool: Pool, *, n_people: int, n_excellent: int) -> Places:
    """The places of a pool by its programme's figures."""
    rule = shares(pool)
    ordinary = "leader_percent" if pool.kind == PoolKind.LEADER else "civil_percent"
    figure = _FIGURES.get(QuotaBasis(pool.basis), ordinary)
    is_bound = rule["mode"] == "block" and pool.kind != PoolKind.ELSEWHERE
    return Places(pool, n_people, n_excellent, rule["values"][figure], is_bound)
