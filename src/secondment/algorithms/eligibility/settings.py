"""The rules of a programme as the check needs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from secondment.algorithms.eligibility.findings import Result

PERSON_RULES = ("H4", "H5", "H6", "H8", "H9a", "H9b", "H10", "H11a", "H11b", "H11c", "H12")
PAIR_RULES = ("H1", "H2", "H3", "H3b", "H7", "R1", "R2", "R3", "R4", "R5")


class Mode(StrEnum):
    """What a rule does when it is not met."""

    BLOCK = "block"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True)
class RuleSettings:
    """Modes by rule (a rule not named is off) and the figures the rules compare with.

    Ages are whole years on the first day of the term, by rank group; `kinships` are the classes under
    recusal; `firm_region_digits` is how many digits of the region code make firm and post neighbours.
    """

    modes: Mapping[str, Mode] = field(default_factory=dict)
    shortest_months: int = 6
    longest_months: int = 24
    limit_months: int = 36
    oldest_bureau: int = 50
    oldest_county: int = 45
    oldest_township: int = 40
    least_education: str = "20"
    n_grades: int = 2
    least_work_years: int = 2
    occupations_left_out: frozenset[str] = frozenset({"school_teacher", "hospital_staff"})
    kinships: frozenset[str] = frozenset({"spouse", "lineal", "collateral", "in_law", "adoptive_or_step"})
    firm_region_digits: int = 4

    def __post_init__(self) -> None:
        if unknown := set(self.modes) - {*PERSON_RULES, *PAIR_RULES}:
            raise ValueError(f"no such rule: {', '.join(sorted(unknown))}")

    def is_on(self, rule: str) -> bool:
        """Whether the rule is checked at all."""
        return self.modes.get(rule, Mode.OFF) is not Mode.OFF

    def result_of(self, rule: str, *, is_certain: bool = True) -> Result:
        """What breaking the rule means; a fact that is not certain never blocks."""
        return Result.BLOCK if is_certain and self.modes[rule] is Mode.BLOCK else Result.WARN
