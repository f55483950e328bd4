"""H5 不得重复挂职: no other secondment shares a day with the term."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.campaigns.eligibility_rules.rule import OWN_RULES, Rule, Sentence
from secondment.people.sections import Section


def look(facts: PersonFacts, case: Case) -> Outcome:
    """The first other secondment that overlaps is named."""
    for period in facts.terms:
        if period.overlaps(case.term.starts_on, case.term.ends_on):
            return Outcome("overlap", {"start": period.starts_on, "until": period.last_day})
    return Outcome("free", is_met=True)


RULE = Rule(
    code="H5",
    title=_("不得重复挂职"),
    help=_("同一时期只能有一个挂职任务，起止日期不得重叠。"),
    basis=OWN_RULES,
    mode="block",
    sections=frozenset({Section.PLACEMENTS}),
    check=each_person(look),
    sentences={
        "free": Sentence(_("挂职期间没有其他挂职任务")),
        "overlap": Sentence(
            _("已有挂职任务 %(start)s 至 %(until)s，与本批次重叠"),
            _("请另推荐人选，或先办结原挂职任务。"),
        ),
    },
)
