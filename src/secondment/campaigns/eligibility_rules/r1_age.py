"""R1 岗位年龄要求: not older than the post allows."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility.requirement_rules import requirement
from secondment.campaigns.eligibility_rules.rule import CHANGE_POST, FIX_RECORD, POST_DEMAND, Rule, Sentence

RULE = Rule(
    code="R1",
    title=_("岗位年龄要求"),
    help=_("不超过岗位提出的年龄上限。"),
    basis=POST_DEMAND,
    check=requirement("R1"),
    sentences={
        "none": Sentence(_("符合所列岗位的年龄要求")),
        "unknown": Sentence(_("出生日期未填，不能确认符合岗位年龄要求（不超过 %(limit)s 周岁）"), FIX_RECORD),
        "age": Sentence(_("挂职开始时 %(age)s 周岁，岗位要求不超过 %(limit)s 周岁"), CHANGE_POST),
    },
)
