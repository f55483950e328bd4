"""H3b 不回本乡驻村: no one is sent to a village of the township they come from."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Found, Outcome
from secondment.algorithms.eligibility.rules import hits, same_code
from secondment.campaigns.eligibility_rules.rule import CHANGE_POST, OWN_RULES, Rule, Sentence

TOWNSHIP_DIGITS = 9


def check(case: Case) -> Iterator[Found]:
    """The township of origin and that of growing up count alike."""
    villages = [post.region if post.is_village else "" for post in case.posts]
    native = same_code([one.native_region for one in case.people], villages, TOWNSHIP_DIGITS)
    grown = same_code([one.growth_region for one in case.people], villages, TOWNSHIP_DIGITS)
    return ((person, post, Outcome("native")) for person, post in hits(native | grown))


RULE = Rule(
    code="H3b",
    title=_("不回本乡驻村"),
    help=_("不派到本人籍贯或成长地所在乡镇的村。"),
    basis=OWN_RULES,
    mode="off",
    is_confirmed=False,
    check=check,
    sentences={
        "none": Sentence(_("所列岗位不在本人籍贯或成长地乡镇")),
        "native": Sentence(_("该村在本人籍贯或成长地所在乡镇"), CHANGE_POST),
    },
)
