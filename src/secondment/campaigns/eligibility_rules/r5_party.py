"""R5 岗位党员要求: full party member where the post asks for one."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility.requirement_rules import requirement
from secondment.campaigns.eligibility_rules.rule import CHANGE_POST, POST_DEMAND, Rule, Sentence

RULE = Rule(
    code="R5",
    title=_("岗位党员要求"),
    help=_("岗位要求为中共正式党员的，须符合该要求。"),
    basis=POST_DEMAND,
    mode="block",
    check=requirement("R5"),
    sentences={
        "none": Sentence(_("符合所列岗位的党员要求")),
        "not_member": Sentence(_("岗位要求为中共正式党员，本人不符合"), CHANGE_POST),
    },
)
