"""What a meeting is told when it decides: the table must hold, and what departs from it is explained."""

from collections.abc import Iterable
from dataclasses import dataclass

from secondment.assessments.models import CommitteeTable, Evaluation
from secondment.assessments.table.choices import Standing
from secondment.assessments.table.holding import require_tables_hold
from secondment.people.choices import Grade


@dataclass(frozen=True)
class Advice:
    """What the table of the pool says of one person; without a table nothing."""

    table: CommitteeTable | None = None
    standing: str = ""

    def is_unlike(self, grade: str) -> bool:
        """Whether the grade departs from a proposal."""
        if self.standing == Standing.IN:
            return grade != Grade.EXCELLENT
        return self.standing == Standing.OUT and grade == Grade.EXCELLENT


def advice_for(evaluations: Iterable[Evaluation]) -> dict[int, Advice]:
    """Evaluation → what the tables of today say.

    Raises `StaleTableError`.
    """
    rows = list(evaluations)
    pools = {one.pool_id: one.pool for one in rows}
    for one in rows:
        pools[one.pool_id].register = one.register
    tables = require_tables_hold(pools.values())
    return {one.pk: _advice(one, tables.get(one.pool_id)) for one in rows}


def _advice(evaluation: Evaluation, table: CommitteeTable | None) -> Advice:
    found = table.results["people"].get(str(evaluation.pk), {}) if table else {}
    return Advice(table, found.get("standing", ""))
