"""From a programme's parameters to what the eligibility check takes."""

from typing import Any

from secondment.algorithms.eligibility import Mode, RuleSettings
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.rule_catalogue import ELIGIBILITY_RULES


def rule_settings(parameters: ProgrammeParameters) -> RuleSettings:
    """Modes and figures of the rules that are carried out at the eligibility check."""
    values: dict[str, Any] = {}
    for code in ELIGIBILITY_RULES:
        values |= parameters.rules[code].values
    return RuleSettings(
        modes={code: Mode(parameters.rules[code].mode) for code in ELIGIBILITY_RULES},
        shortest_months=values["shortest_months"],
        longest_months=values["longest_months"],
        limit_months=values["limit_months"],
        oldest_bureau=values["oldest_bureau"],
        oldest_county=values["oldest_county"],
        oldest_township=values["oldest_township"],
        least_education=values["least_education"],
        n_grades=values["n_grades"],
        least_work_years=values["least_work_years"],
        occupations_left_out=frozenset(values["occupations_left_out"]),
        kinships=frozenset(values["kinships"]),
        firm_region_digits=int(values["firm_region_digits"]),
    )
