"""H11a 中共正式党员: full member of the party."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.campaigns.eligibility_rules.rule import CHANGE_PERSON, Rule, Sentence


def look(facts: PersonFacts, _case: Case) -> Outcome:
    """Probationary members are not full members."""
    is_met = facts.is_party_member
    return Outcome("member" if is_met else "not_member", is_met=is_met)


RULE = Rule(
    code="H11a",
    title=_("中共正式党员"),
    help=_("须为中共正式党员。"),
    basis="驻村第一书记选派条件",
    mode="off",
    is_confirmed=False,
    check=each_person(look),
    sentences={
        "member": Sentence(_("中共正式党员")),
        "not_member": Sentence(_("不是中共正式党员"), CHANGE_PERSON),
    },
)
