"""Eligibility: may this person be sent at all, and may this person hold this post?"""

from secondment.algorithms.eligibility.check import check_eligibility
from secondment.algorithms.eligibility.facts import Firm, Kin, Period, PersonFacts, PostFacts, Term
from secondment.algorithms.eligibility.findings import Finding, Outcome, Result
from secondment.algorithms.eligibility.rules import Case, Check, Found, Mode, RuleSetting, each_person

__all__ = [
    "Case",
    "Check",
    "Finding",
    "Firm",
    "Found",
    "Kin",
    "Mode",
    "Outcome",
    "Period",
    "PersonFacts",
    "PostFacts",
    "Result",
    "RuleSetting",
    "Term",
    "check_eligibility",
    "each_person",
]
