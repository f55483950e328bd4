"""H4 处分影响期与立案审查: no open investigation and no penalty in effect until the end of the term."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.campaigns.eligibility_rules.rule import Rule, Sentence
from secondment.people.choices import PenaltyKind
from secondment.people.sections import Section


def look(facts: PersonFacts, case: Case) -> Outcome:
    """A penalty counts that is in effect on a day between the check and the end of the term."""
    if facts.is_under_investigation:
        return Outcome("investigation")
    since = min(case.term.as_of, case.term.starts_on)
    active = [one for one in facts.penalties if one.overlaps(since, case.term.ends_on)]
    if active:
        last = max(active, key=lambda period: period.ends_on)
        return Outcome("penalty", {"kind": last.kind, "until": last.last_day})
    return Outcome("none", is_met=True)


RULE = Rule(
    code="H4",
    title=_("处分影响期与立案审查"),
    help=_(
        "处分影响期内（警告6个月、记过12个月、记大过18个月、降级撤职24个月）或正被立案审查调查的，不得选派。"
    ),
    basis="《公职人员政务处分法》；《公务员考核规定》第二十八条",
    mode="block",
    sections=frozenset({Section.PENALTIES, Section.INVESTIGATION}),
    check=each_person(look),
    sentences={
        "none": Sentence(_("没有影响期内的处分，未被立案审查调查")),
        "investigation": Sentence(_("正被立案审查调查"), _("请另推荐人选；结案后可重新审查。")),
        "penalty": Sentence(
            _("%(kind)s处分影响期至 %(until)s"),
            _("请另推荐人选；影响期在挂职开始前届满的，到期后重新审查。"),
        ),
    },
    words={"kind": lambda code: str(PenaltyKind(code).label)},
)
