"""What a reader is shown of a finding: the rule and its fact, or only a referral to the organisation department."""

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
class ShownFinding:
    """A finding as shown to one reader; `rule` is empty where the rule is withheld from the reader.

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


def shown_before(finding: Finding, basis: str, kept: frozenset[str]) -> ShownFinding:
    """What is shown of a finding of a check that is not stored, where the rule is not met."""
    if finding.rule in kept:
        return _kept(finding.result.value, None)
    fact, remedy = fact_sentence(finding.fact, finding.values), remedy_sentence(finding.fact)
    return ShownFinding(finding.rule, finding.result.value, fact, basis, remedy)


def shown_finding(row: EligibilityFinding, kept: frozenset[str]) -> ShownFinding:
    """What is shown of a stored finding."""
    if row.rule in kept:
        return _kept(row.result, row.campaign_post)
    return ShownFinding(
        row.rule, row.result, row.fact_text, row.basis, row.remedy_text, row.campaign_post, row.pk
    )


def shown_findings(rows: Iterable[EligibilityFinding], kept: frozenset[str]) -> list[ShownFinding]:
    """Everything shown of one nomination; a passed rule that is withheld is omitted, and nothing is repeated."""
    shown = (row for row in rows if row.rule not in kept or row.result != Result.PASS)
    return list(dict.fromkeys(shown_finding(row, kept) for row in shown))


def _kept(result: str, post: CampaignPost | None) -> ShownFinding:
    return ShownFinding("", result, str(KEPT_FACTS.get(result, KEPT_TITLE)), "", "", post)
