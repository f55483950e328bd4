"""R3 岗位职称要求: a professional title at least what the post asks."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility.requirement_rules import requirement
from secondment.campaigns.eligibility_rules.rule import CHANGE_POST, POST_DEMAND, Rule, Sentence, title_text

RULE = Rule(
    code="R3",
    title=_("岗位职称要求"),
    help=_("不低于岗位提出的最低职称级别。"),
    basis=POST_DEMAND,
    check=requirement("R3"),
    sentences={
        "none": Sentence(_("符合所列岗位的职称要求")),
        "title": Sentence(_("职称级别%(title)s，岗位要求%(least)s及以上"), CHANGE_POST),
    },
    words={"title": title_text, "least": title_text},
)
