"""Eligibility: may this person be sent at all, and may this person hold this post?"""

from secondment.algorithms.eligibility.check import check_eligibility
from secondment.algorithms.eligibility.facts import Firm, Kin, Period, PersonFacts, PostFacts, Term
from secondment.algorithms.eligibility.findings import Finding, Result
from secondment.algorithms.eligibility.settings import Mode, RuleSettings

__all__ = [
    "Finding",
    "Firm",
    "Kin",
    "Mode",
    "Period",
    "PersonFacts",
    "PostFacts",
    "Result",
    "RuleSettings",
    "Term",
    "check_eligibility",
]
