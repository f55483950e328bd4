"""H2 亲属经商办企业回避: close family runs no firm in an industry that the post, a leading one, regulates."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Firm, Found, Outcome, PostFacts
from secondment.campaigns.eligibility_rules.rule import CHANGE_POST, Choice, Rule, Sentence
from secondment.people.labels import specialty_label
from secondment.people.sections import Section


def check(case: Case) -> Iterator[Found]:
    """A firm known to be in another place only warns."""
    n_digits = int(case.figures["firm_region_digits"])
    by_industry: dict[str, list[int]] = defaultdict(list)
    for number, post in enumerate(case.posts):
        for industry in post.industries if post.is_leading else ():
            by_industry[industry].append(number)
    for person, facts in enumerate(case.people):
        for firm in facts.firms:
            for number in by_industry[firm.industry]:
                values = {"industry": firm.industry}
                if _is_near(firm, case.posts[number], n_digits):
                    yield person, number, Outcome("regulates", values)
                else:
                    yield person, number, Outcome("elsewhere", values, is_met=None)


def _is_near(firm: Firm, post: PostFacts, n_digits: int) -> bool:
    """Whether firm and post share a region; a region that is not known may be the same."""
    return not firm.region or not post.region or firm.region[:n_digits] == post.region[:n_digits]


RULE = Rule(
    code="H2",
    title=_("亲属经商办企业回避"),
    help=_(
        "配偶、子女及其配偶经营的企业属于岗位主管行业，且岗位为领导职务的，不得到该岗位。企业在其他地区的，提示核实。"
    ),
    basis="《公务员法》第七十四条第三款",
    mode="block",
    parameters=(
        Choice(
            "firm_region_digits",
            _("视为同一地区的范围"),
            "4",
            (("2", _("同一省级地区")), ("4", _("同一市级地区")), ("6", _("同一县级地区"))),
        ),
    ),
    sections=frozenset({Section.FAMILY}),
    check=check,
    sentences={
        "none": Sentence(_("未发现亲属经商办企业与岗位主管行业冲突")),
        "regulates": Sentence(_("近亲属经营的企业属于该岗位主管的行业（%(industry)s）"), CHANGE_POST),
        "elsewhere": Sentence(
            _("近亲属经营的企业属于该岗位主管的行业（%(industry)s），但登记在其他地区"),
            _("请核实企业业务是否涉及接收地。"),
        ),
    },
    words={"industry": specialty_label},
)
