"""H9b 学历: education at least what the programme asks."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.algorithms.eligibility.levels import education_level
from secondment.campaigns.eligibility_rules.rule import (
    CHANGE_PERSON,
    FIX_RECORD,
    OWN_RULES,
    Choice,
    Rule,
    Sentence,
    education_text,
)


def look(facts: PersonFacts, case: Case) -> Outcome:
    """An education that is missing or has no level is undecided."""
    values = {"education": facts.education, "least": case.figures["least_education"]}
    level, least = education_level(facts.education), education_level(values["least"])
    if level is None:
        return Outcome("unknown", values, is_met=None)
    return Outcome("education", values, is_met=least is None or level <= least)


RULE = Rule(
    code="H9b",
    title=_("学历"),
    help=_("最高学历不低于规定层次。"),
    basis=OWN_RULES,
    is_confirmed=False,
    parameters=(
        Choice(
            "least_education",
            _("最低学历"),
            "20",
            (
                ("11", _("博士研究生")),
                ("10", _("研究生")),
                ("20", _("大学本科")),
                ("30", _("大学专科")),
            ),
        ),
    ),
    check=each_person(look),
    sentences={
        "education": Sentence(_("最高学历%(education)s，要求%(least)s及以上"), CHANGE_PERSON),
        "unknown": Sentence(_("最高学历未填或不能识别"), FIX_RECORD),
    },
    words={"education": education_text, "least": education_text},
)
