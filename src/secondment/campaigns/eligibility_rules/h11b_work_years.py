"""H11b 工作年限: enough years of work on the first day of the term."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.algorithms.periods import full_years
from secondment.campaigns.eligibility_rules.rule import (
    CHANGE_PERSON,
    FIX_RECORD,
    YEARS,
    Figure,
    Rule,
    Sentence,
)


def look(facts: PersonFacts, case: Case) -> Outcome:
    """Full years since the start of work, which may not be known."""
    least = case.figures["least_work_years"]
    if facts.started_work_on is None:
        return Outcome("unknown", {"least": least}, is_met=None)
    years = full_years(facts.started_work_on, case.term.starts_on)
    return Outcome("years", {"years": years, "least": least}, is_met=years >= least)


RULE = Rule(
    code="H11b",
    title=_("工作年限"),
    help=_("按挂职开始日计算的工作年限不少于规定年数。"),
    basis="《关于做好选派机关优秀干部到村任第一书记工作的通知》（2015年）",
    mode="off",
    parameters=(Figure("least_work_years", _("最少工作年限"), 2, 0, 20, YEARS),),
    check=each_person(look),
    sentences={
        "years": Sentence(_("挂职开始时工作满 %(years)s 年，要求 %(least)s 年"), CHANGE_PERSON),
        "unknown": Sentence(_("参加工作时间未填"), FIX_RECORD),
    },
)
