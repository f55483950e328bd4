"""R4 岗位基层经历要求: as many grass-roots years as the post asks."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility.requirement_rules import requirement
from secondment.campaigns.eligibility_rules.rule import CHANGE_POST, POST_DEMAND, Rule, Sentence

RULE = Rule(
    code="R4",
    title=_("岗位基层经历要求"),
    help=_("基层工作年限不少于岗位要求。"),
    basis=POST_DEMAND,
    check=requirement("R4"),
    sentences={
        "none": Sentence(_("符合所列岗位的基层工作年限要求")),
        "years": Sentence(_("基层工作 %(years)s 年，岗位要求 %(least)s 年"), CHANGE_POST),
    },
)
