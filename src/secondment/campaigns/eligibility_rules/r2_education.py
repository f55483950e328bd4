"""R2 岗位学历要求: education at least what the post asks."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility.requirement_rules import requirement
from secondment.campaigns.eligibility_rules.rule import (
    CHANGE_POST,
    POST_DEMAND,
    Rule,
    Sentence,
    education_text,
)

RULE = Rule(
    code="R2",
    title=_("岗位学历要求"),
    help=_("不低于岗位提出的最低学历。"),
    basis=POST_DEMAND,
    check=requirement("R2"),
    sentences={
        "none": Sentence(_("符合所列岗位的学历要求")),
        "education": Sentence(_("最高学历%(education)s，岗位要求%(least)s及以上"), CHANGE_POST),
    },
    words={"education": education_text, "least": education_text},
)
