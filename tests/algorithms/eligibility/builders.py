"""Facts with a default for everything, and the settings with every rule on."""

import datetime as dt
from typing import Any

from secondment.algorithms.eligibility import Mode, PersonFacts, PostFacts, RuleSettings, Term
from secondment.algorithms.eligibility.settings import PAIR_RULES, PERSON_RULES

TERM = Term(dt.date(2027, 3, 1), dt.date(2029, 3, 1), as_of=dt.date(2026, 11, 23))
ALL_BLOCK = dict.fromkeys((*PERSON_RULES, *PAIR_RULES), Mode.BLOCK)


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


def only(rule: str, mode: Mode = Mode.BLOCK, **figures: Any) -> RuleSettings:
    """Settings with one rule on."""
    return RuleSettings(modes={rule: mode}, **figures)
