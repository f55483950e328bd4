"""A rule as required: its form for the solver, and the names of its parts and of their values in a plan."""

from dataclasses import dataclass

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.side_rules.rows import Rule, RuleValue


@dataclass(frozen=True, eq=False)
class Demand:
    """One rule of the file: the solver's rule, the demands it makes, and the names of its values."""

    rule: Rule
    parts: tuple[str, ...]
    names: tuple[str, ...]

    def rule_values(self, person: IntArray, post: IntArray) -> list[tuple[str, RuleValue]]:
        """The values of the rule in the plan that places person[k] in post[k], by name."""
        return list(zip(self.names, self.rule.rule_values(person, post), strict=True))


def value_as_json(name: str, value: RuleValue) -> dict[str, object]:
    """The keys of the result file; limits that do not exist are left out."""
    limits = {"least": value.least, "most": value.most}
    return {
        "of": name,
        "value": None if value.value is None else round(float(value.value), 9),
        **{key: float(limit) for key, limit in limits.items() if limit is not None},
        "kept": value.is_kept,
    }
