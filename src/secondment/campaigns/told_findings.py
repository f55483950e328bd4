"""What a reader is told of a finding: the rule and its fact, or only that the organisation department knows more."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Finding
from secondment.campaigns.choices import Result
from secondment.campaigns.eligibility_rules import RULE_BY_CODE, fact_sentence, remedy_sentence
from secondment.campaigns.eligibility_rules.rule import Text
from secondment.campaigns.models import CampaignPost, EligibilityFinding

KEPT_TITLE = _("资格审查")
KEPT_FACTS: dict[str, Text] = {
    Result.BLOCK: _("资格审查未通过：请与组织部门联系"),
    Result.WARN: _("资格审查有待核实：请与组织部门联系"),
    Result.EXEMPT: _("资格审查已按例外批准：请与组织部门联系"),
}


@dataclass(frozen=True)
class Told:
    """A finding as one reader is told it; `rule` is empty where the rule is kept from the reader.

    `pk` is that of the finding when an exception may be recorded for it.
    """

    rule: str
    result: str
    fact: str
    basis: str
    remedy: str
    post: CampaignPost | None = None
    pk: int | None = None

    @property
    def title(self) -> str:
        """The rule in words."""
        return rule_title(self.rule)

    @property
    def result_label(self) -> str:
        """The result in a word."""
        return str(Result(self.result).label)


def rule_title(code: str) -> str:
    """The code of a rule with its name; a rule that is kept from the reader is an eligibility check."""
    if not code:
        return str(KEPT_TITLE)
    return f"{code} {RULE_BY_CODE[code].title}" if code in RULE_BY_CODE else code


def told_before(finding: Finding, basis: str, kept: frozenset[str]) -> Told:
    """What is told of a finding of a check that is not stored, where the rule is not met."""
    if finding.rule in kept:
        return _kept(finding.result.value, None)
    fact, remedy = fact_sentence(finding.fact, finding.values), remedy_sentence(finding.fact)
    return Told(finding.rule, finding.result.value, fact, basis, remedy)


def told(row: EligibilityFinding, kept: frozenset[str]) -> Told:
    """What is told of a stored finding."""
    if row.rule in kept:
        return _kept(row.result, row.campaign_post)
    return Told(row.rule, row.result, row.fact_text, row.basis, row.remedy_text, row.campaign_post, row.pk)


def all_told(rows: Iterable[EligibilityFinding], kept: frozenset[str]) -> list[Told]:
    """Everything told of one nomination; a passed rule that is kept is not told, and nothing twice."""
    shown = (row for row in rows if row.rule not in kept or row.result != Result.PASS)
    return list(dict.fromkeys(told(row, kept) for row in shown))


def _kept(result: str, post: CampaignPost | None) -> Told:
    return Told("", result, str(KEPT_FACTS.get(result, KEPT_TITLE)), "", "", post)
