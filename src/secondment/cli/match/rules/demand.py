"""A rule as it was asked for: what the solver keeps, and how its parts and what a plan reaches of them are called."""

from dataclasses import dataclass

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.side_rules.rows import Reached, Rule


@dataclass(frozen=True, eq=False)
class Demand:
    """One rule of the file: the solver's rule, the demands it makes, and of what a plan reaches something."""

    rule: Rule
    parts: tuple[str, ...]
    names: tuple[str, ...]

    def reached(self, person: IntArray, post: IntArray) -> list[tuple[str, Reached]]:
        """What the plan that places person[k] in post[k] reaches, by name."""
        return list(zip(self.names, self.rule.reached(person, post), strict=True))


def reached_as_json(name: str, reached: Reached) -> dict[str, object]:
    """The keys of the result file; limits that do not exist are left out."""
    limits = {"least": reached.least, "most": reached.most}
    return {
        "of": name,
        "value": None if reached.value is None else round(float(reached.value), 9),
        **{key: float(limit) for key, limit in limits.items() if limit is not None},
        "kept": reached.is_kept,
    }
