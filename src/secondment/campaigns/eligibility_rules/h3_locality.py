"""H3 地域回避: the principal of a listed organ does not serve where they grew up."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Found, Outcome
from secondment.algorithms.eligibility.rules import hits, same_code
from secondment.campaigns.eligibility_rules.rule import CHANGE_POST, Rule, Sentence

COUNTY_DIGITS = 6


def check(case: Case) -> Iterator[Found]:
    """City level, deputies, and the place of origin used for an unknown place of growing up only warn."""
    there = [post.region if post.locality else "" for post in case.posts]
    grown = [one.growth_region for one in case.people]
    origin = ["" if one.growth_region else one.native_region for one in case.people]
    for codes, name in ((grown, "grown"), (origin, "origin")):
        for person, number in hits(same_code(codes, there, COUNTY_DIGITS)):
            post = case.posts[number]
            is_certain = name == "grown" and post.is_principal and post.locality == "strict"
            fact = f"{name}_{'principal' if post.is_principal else 'deputy'}"
            yield person, number, Outcome(fact, is_met=False if is_certain else None)


RULE = Rule(
    code="H3",
    title=_("地域回避"),
    help=_("不在本人成长地担任县、乡党政正职和县级纪检、组织、法院、检察院、公安机关正职。市级和副职提示。"),
    basis="《公务员法》第七十五条；《公务员回避规定》",
    mode="block",
    check=check,
    sentences={
        "none": Sentence(_("未发现需要地域回避的岗位")),
        "grown_principal": Sentence(_("该正职岗位在本人成长地"), CHANGE_POST),
        "grown_deputy": Sentence(_("该岗位在本人成长地，但不是正职"), _("请在集体研究时说明理由。")),
        "origin_principal": Sentence(
            _("该正职岗位在本人籍贯地，成长地未填"), _("请派出单位核实并补填成长地后重新审查。")
        ),
        "origin_deputy": Sentence(
            _("该岗位在本人籍贯地，成长地未填，但不是正职"), _("请派出单位核实并补填成长地。")
        ),
    },
)
