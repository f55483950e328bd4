"""The working behind a result in plain words: the same sentences on the page, in the notice, and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.appeals import telling_parts
from secondment.appeals.composites import Working
from secondment.appeals.explained import Explained
from secondment.appeals.points import points
from secondment.assessments.labels import grade_label
from secondment.common.sentences import listed
from secondment.standards.choices import IndicatorKind, RaterGroup


@dataclass(frozen=True)
class GroupLine:
    """What one group of raters said on average."""

    group: str
    n: int
    unknown: str
    score: str
    weight: str


@dataclass(frozen=True)
class RuleLine:
    """The result under one rule, and the band it lies in."""

    rule: str
    score: str
    band: str


def asked(one: Explained) -> str:
    """What was asked of whom."""
    rated = [each for each in one.indicators if each.kind == IndicatorKind.RATED]
    words = _("按《%(standard)s》，评议人对 %(n)d 项指标分别评为%(names)s，说不准的选“不了解”，不计入。")
    names = listed(reversed(list(map(str, one.standard.level_names))))
    return words % {"standard": one.standard, "n": len(rated), "names": names}


def counted(one: Explained) -> str:
    """How many ballots counted."""
    words = _("共收到有效票 %(n)d 张。不足 5 张的主体不单独显示，并入相近主体或不计。")
    return words % {"n": one.measure.n_ballots}


def said(one: Explained) -> str:
    """What the raters said on average, as every office counts it."""
    if one.measure.plain_score is None:
        return _("有效票不足，没有得分。")
    words = _("直接统计：各主体平均分按权重相加，得 %(score)s 分（满分 100 分）。")
    return words % {"score": points(one.measure.plain_score)}


def adjusted(one: Explained) -> str:
    """What is taken out: kind or strict raters, and chance where ballots are few; the two cannot be told apart for one person."""
    measure, difference = one.measure, one.difference
    if measure.fair_score is None or measure.fair_se is None or difference is None:
        return _(
            "没有与其他单位共同的评议人，分不清是评得宽还是干得好，所以不作校准，也不与其他单位的人比较（不可比）。"
        )
    figures = {
        "by": points(abs(difference)),
        "plain": points(measure.plain_score),
        "fair": points(measure.fair_score),
        "se": points(measure.fair_se),
    }
    if one.is_within_error:
        words = _(
            "校准后为 %(fair)s ± %(se)s 分，与直接统计相差 %(by)s 分，在误差之内，看不出评得偏宽或偏严。"
        )
    elif difference > 0:
        words = _(
            "由 %(plain)s 校准为 %(fair)s ± %(se)s 分，低 %(by)s 分：评您的人评得偏宽，或者票少而偶然偏高，校准扣除了这一部分。"
        )
    else:
        words = _(
            "由 %(plain)s 校准为 %(fair)s ± %(se)s 分，高 %(by)s 分：评您的人评得偏严，或者票少而偶然偏低，校准补上了这一部分。"
        )
    return words % figures


def sure(one: Explained) -> str:
    """How sure the adjusted score is."""
    measure = one.measure
    if measure.low is None or measure.high is None:
        return ""
    words = _("十次中有九次，真实水平在 %(low)s 至 %(high)s 分之间；与别人的差距小于这个范围的，分不出先后。")
    return words % {"low": points(max(0.0, measure.low)), "high": points(min(100.0, measure.high))}


def decided() -> str:
    """That no number decides."""
    return _("分数只供参考，等次由会议研究决定，不由分数自动得出。")


def disagreement(one: Explained) -> str:
    """That the rules lead to different bands."""
    if not one.disagree:
        return ""
    return _("三种算法落在不同的参考分数段，仅此一点就应当由考核委员会复议研究，不能只凭一个分数。")


def sentences(one: Explained) -> list[str]:
    """Everything about the votes."""
    told = (asked(one), counted(one), said(one), adjusted(one), sure(one), disagreement(one))
    return [each for each in told if each]


def everything(one: Explained | None, working: Working | None) -> list[str]:
    """All of it in order: the votes, the composite, and that people decide."""
    told = [*sentences(one), *left_out(one)] if one else []
    if working is not None:
        told += telling_parts.sentences(working)
    return [*told, decided()] if told else []


def group_lines(one: Explained) -> list[GroupLine]:
    """A line a group; several that count as one are named together."""
    if one.tally is None:
        return []
    return [
        GroupLine(
            listed(str(RaterGroup(member).label) for member in group.members),
            group.n,
            f"{100 * group.unknown_share:.0f}%",
            "" if group.score is None else points(group.score),
            f"{group.weight:g}%",
        )
        for group in one.tally.groups
    ]


def left_out(one: Explained) -> Sequence[str]:
    """Groups that nobody of voted, and groups whose ballots were too few."""
    if one.tally is None:
        return ()
    absent = [
        _("%(group)s没有票，其权重由其他主体分担。") % {"group": _label(each)} for each in one.tally.absent
    ]
    held = [
        _("%(group)s的票不足 5 张，为保密不计入。") % {"group": _label(each)} for each in one.tally.withheld
    ]
    return (*absent, *held)


def rule_lines(one: Explained) -> list[RuleLine]:
    """The result under three rules beside each other."""
    category = one.candidate.placement.person.category
    return [
        RuleLine(
            rule_label(rule),
            _("不可比") if score is None else points(score),
            "" if score is None else grade_label(one.bands.of(score), category),
        )
        for rule, score in one.scores.items()
    ]


def rule_label(rule: str) -> str:
    """What a rule is called."""
    labels = {"raw": _("直接统计（不校准）"), "half": _("直接统计与校准各半"), "fair": _("校准后")}
    return labels[rule]


def _label(group: str) -> str:
    return str(RaterGroup(group).label)
