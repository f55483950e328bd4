"""H8 夫妻不同时驻村: husband and wife are not both sent to villages."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Found, Outcome
from secondment.campaigns.eligibility_rules.rule import OWN_RULES, Rule, Sentence
from secondment.people.sections import Section

AGREE = _("请与派出单位商定只派一方驻村。")


def check(case: Case) -> Iterator[Found]:
    """Spouses matter only where villages are offered."""
    if any(post.is_village for post in case.posts):
        for person, facts in enumerate(case.people):
            if facts.spouse_is_in_village:
                yield person, None, Outcome("in_village")
            elif facts.spouse_is_nominated:
                yield person, None, Outcome("nominated")


RULE = Rule(
    code="H8",
    title=_("夫妻不同时驻村"),
    help=_("夫妻双方不同时派到村任职。"),
    basis=OWN_RULES,
    mode="off",
    is_confirmed=False,
    sections=frozenset({Section.FAMILY}),
    check=check,
    sentences={
        "none": Sentence(_("未发现夫妻双方同时驻村")),
        "nominated": Sentence(_("配偶在本批次同时被推荐"), AGREE),
        "in_village": Sentence(_("配偶在同一时期已派到村任职"), AGREE),
    },
)
