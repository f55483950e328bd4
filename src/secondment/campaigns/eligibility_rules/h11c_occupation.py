"""H11c 不选派的职业: not of an occupation the programme leaves out."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.campaigns.eligibility_rules.rule import CHANGE_PERSON, OWN_RULES, Choice, Rule, Sentence
from secondment.people.choices import Occupation


def look(facts: PersonFacts, case: Case) -> Outcome:
    """Whether the programme sends people of this occupation."""
    is_met = facts.occupation not in case.figures["occupations_left_out"]
    return Outcome("allowed" if is_met else "left_out", {"occupation": facts.occupation}, is_met)


RULE = Rule(
    code="H11c",
    title=_("不选派的职业"),
    help=_("不从所列职业中选派。"),
    basis=OWN_RULES,
    is_confirmed=False,
    mode="off",
    parameters=(
        Choice(
            "occupations_left_out",
            _("不选派"),
            ("school_teacher", "hospital_staff"),
            tuple(one for one in Occupation.choices if one[0] != Occupation.OTHER),
            is_many=True,
        ),
    ),
    check=each_person(look),
    sentences={
        "allowed": Sentence(_("不属于不选派的职业")),
        "left_out": Sentence(_("属于不选派的职业：%(occupation)s"), CHANGE_PERSON),
    },
    words={"occupation": lambda code: str(Occupation(code).label)},
)
