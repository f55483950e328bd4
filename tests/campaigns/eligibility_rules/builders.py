"""Facts with a default for everything, one rule alone, and every rule at once."""

import datetime as dt
from typing import Any

from secondment.algorithms.eligibility import Mode, PersonFacts, PostFacts, RuleSetting, Term
from secondment.campaigns.eligibility_rules import ELIGIBILITY_RULES, RULE_BY_CODE
from secondment.campaigns.parameters import default_rule

TERM = Term(dt.date(2027, 3, 1), dt.date(2029, 3, 1), as_of=dt.date(2026, 11, 23))


def person(**facts: Any) -> PersonFacts:
    """Somebody whom no rule stops."""
    good: dict[str, Any] = {
        "born_on": dt.date(1990, 6, 15),
        "started_work_on": dt.date(2012, 7, 1),
        "retires_on": dt.date(2053, 6, 1),
        "rank": "132",
        "education": "21",
        "is_party_member": True,
        "grades": ((2025, "competent"), (2024, "excellent")),
    }
    return PersonFacts(**(good | facts))


def post(**facts: Any) -> PostFacts:
    """A post without requirements in unit 1 below unit 10."""
    return PostFacts(**({"unit": 1, "parent_unit": 10} | facts))


def only(code: str, mode: Mode = Mode.BLOCK, **figures: Any) -> list[RuleSetting]:
    """One rule, with its usual figures where none are given."""
    rule = RULE_BY_CODE[code]
    assert rule.check
    return [RuleSetting(code, mode, rule.check, {**default_rule(rule).values, **figures})]


def every_rule(mode: Mode = Mode.BLOCK) -> list[RuleSetting]:
    """All rules of the check, each in the same mode."""
    return [setting for rule in ELIGIBILITY_RULES for setting in only(rule.code, mode)]
