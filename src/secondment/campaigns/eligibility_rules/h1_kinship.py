"""H1 亲属回避: no relative leads the host unit or, for a leading post, the unit directly above it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Found, Kin, Outcome, PostFacts
from secondment.campaigns.eligibility_rules.rule import CHANGE_POST, Choice, Rule, Sentence
from secondment.people.choices import Kinship
from secondment.people.sections import Section


def check(case: Case) -> Iterator[Found]:
    """A relative who works there without leading is a question of fact (the same direct leader?), so it warns.

    So does a relation that was not recognised, wherever the relative works.
    """
    at, below = _posts_by_unit(case.posts)
    for person, facts in enumerate(case.people):
        for kin in facts.kin:
            for post in at[kin.unit]:
                yield person, post, _outcome(case, kin, _fact_at_host(kin, case.posts[post]))
            for post in below[kin.unit] if kin.is_leading else ():
                if case.posts[post].is_leading:
                    yield person, post, _outcome(case, kin, "leads_above")
        if facts.n_unrecognised_kin:
            yield person, None, Outcome("unrecognised", {"n": facts.n_unrecognised_kin}, is_met=None)


def _posts_by_unit(posts: Sequence[PostFacts]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Numbers of the posts in each unit, and of the posts in the units directly below each unit."""
    at: dict[int, list[int]] = defaultdict(list)
    below: dict[int, list[int]] = defaultdict(list)
    for number, post in enumerate(posts):
        at[post.unit].append(number)
        if post.parent_unit is not None:
            below[post.parent_unit].append(number)
    return at, below


def _fact_at_host(kin: Kin, post: PostFacts) -> str:
    if not kin.is_leading:
        return "works_there"
    return "leads_sensitive" if post.is_sensitive else "leads"


def _outcome(case: Case, kin: Kin, fact: str) -> Outcome:
    """Certain only when the relation is under recusal and the relative leads."""
    is_certain = kin.is_leading and kin.kinship in case.figures["kinships"]
    return Outcome(fact, {"kinship": kin.kinship}, is_met=False if is_certain else None)


RULE = Rule(
    code="H1",
    title=_("亲属回避"),
    help=_(
        "有回避关系的亲属在接收单位或其直接上级单位任领导职务的，不得到该岗位。亲属在该单位但不任领导职务的，提示核实。"
    ),
    basis="《公务员法》第七十四条；《公务员回避规定》",
    mode="block",
    parameters=(
        Choice(
            "kinships",
            _("须回避的亲属关系"),
            ("spouse", "lineal", "collateral", "in_law", "adoptive_or_step"),
            tuple(one for one in Kinship.choices if one[0] != Kinship.UNRECOGNISED),
            is_many=True,
        ),
    ),
    sections=frozenset({Section.FAMILY}),
    check=check,
    sentences={
        "none": Sentence(_("未发现与所列岗位有亲属回避关系")),
        "leads": Sentence(_("有亲属（%(kinship)s）在接收单位任领导职务"), CHANGE_POST),
        "leads_sensitive": Sentence(
            _("有亲属（%(kinship)s）在接收单位任领导职务，而该岗位从事组织、人事、纪检监察、审计或财务工作"),
            CHANGE_POST,
        ),
        "leads_above": Sentence(_("有亲属（%(kinship)s）在接收单位的直接上级单位任领导职务"), CHANGE_POST),
        "works_there": Sentence(
            _("有亲属（%(kinship)s）在接收单位工作"),
            _("请向接收单位核实是否同一领导直接隶属或有直接上下级领导关系。"),
        ),
        "unrecognised": Sentence(
            _("有 %(n)d 名家庭成员的亲属关系未能识别，无法判断是否需要回避"),
            _("请派出单位在干部信息的家庭成员中选择亲属类别后重新审查。"),
        ),
    },
    words={"kinship": lambda code: str(Kinship(code).label)},
)
