"""Caps of groups of people, posts that must be filled, balance, rank pyramids, and overlap with the predecessor."""

from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.side_rules.balance import Balance, RankPyramid, SuccessorOverlap
from secondment.algorithms.side_rules.counts import Filled, GroupCaps
from secondment.algorithms.side_rules.rows import Rule, RuleValue
from secondment.campaigns.lists import PRIORITIES
from secondment.matching.choices import Measure, PeopleGroup, RegionSize, SideRuleKind
from secondment.matching.side_rules.spec import (
    WHOLE,
    Figures,
    Places,
    SideRuleSpec,
    Values,
    attribute_text,
    for_each,
    specialty_fault,
    where,
)
from secondment.matching.side_rules.stated import StatedRule

NO_RANKS = 1


def measure_text(values: Values) -> str:
    """What is added up and compared between regions."""
    if values["measure"] in Measure.values:
        return str(Measure(values["measure"]).label)
    return _("%(who)s人数") % {"who": attribute_text({**values, "attribute": values["measure"]})}


def _whole(values: Sequence[float]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _caps(stated: StatedRule, _n_people: int) -> Rule:
    return GroupCaps(_whole(stated.of_person), for_each(stated, stated.most or 0))


def _filled(stated: StatedRule, n_people: int) -> Rule:
    places = _whole([n for n, label in zip(stated.of_post, stated.group, strict=True) if label >= 0])
    return Filled(stated.group, np.ones(n_people, dtype=np.bool_), places, places)


def _balance(stated: StatedRule, _n_people: int) -> Rule:
    weights = np.array(stated.of_person, dtype=np.float64)
    return Balance(stated.group, len(stated.names), weights, float(stated.values["width"]))


def _pyramid(stated: StatedRule, _n_people: int) -> Rule:
    ratio = stated.values["ratio"] / WHOLE
    n_ranks = len(stated.levels) or NO_RANKS
    return RankPyramid(stated.group, len(stated.names), _whole(stated.of_person), n_ranks, ratio)


def _overlap(stated: StatedRule, _n_people: int) -> Rule:
    share = stated.least / WHOLE
    return SuccessorOverlap(_whole(stated.of_person), _whole(stated.of_post), stated.values["days"], share)


def _caps_sentence(values: Values, _names: Sequence[str]) -> str:
    group = PeopleGroup(values["group"]).label
    return _("每个%(group)s派出不多于 %(n)d 人") % {"group": group, "n": values["most"]}


def _filled_sentence(values: Values, names: Sequence[str]) -> str:
    if values.get("post"):
        return _("岗位“%(post)s”须配齐") % {"post": names[0] if names else "—"}
    place = where(values, names) if values.get("region") else _("本批次")
    if values.get("priority"):
        priority = PRIORITIES[values["priority"]]
        return _("%(place)s优先级为“%(priority)s”的岗位须配齐") % {"place": place, "priority": priority}
    return _("%(place)s的岗位须配齐") % {"place": place}


def _balance_sentence(values: Values, _names: Sequence[str]) -> str:
    return _("各%(regions)s之间%(what)s相差不超过 %(n)d") % {
        "regions": RegionSize(values["size"]).label,
        "what": measure_text(values),
        "n": values["width"],
    }


def _balance_names(stated: StatedRule) -> Sequence[str]:
    return [*stated.names, _("相差最多")]


def _balance_value(value: RuleValue) -> str:
    if value.most is None:
        return _("合计 %(n)g") % {"n": value.value}
    return _("相差 %(n)g，限 %(most)g") % {"n": value.value, "most": value.most}


def _pyramid_sentence(values: Values, names: Sequence[str]) -> str:
    return _("%(where)s：每一职务层次的人数不超过下一层次的 %(n)d%%") % {
        "where": where(values, names),
        "n": values["ratio"],
    }


def _pyramid_names(stated: StatedRule) -> Sequence[str]:
    above = stated.levels[:-1]
    return [
        _("%(region)s %(rank)s") % {"region": name, "rank": rank} for name in stated.names for rank in above
    ]


def _pyramid_value(value: RuleValue) -> str:
    return _("%(n)d 人，按下一层次最多 %(most)g 人") % {"n": value.value, "most": value.most}


def _overlap_sentence(values: Values, _names: Sequence[str]) -> str:
    if values["least"] == WHOLE:
        return _("接任人选在前任期满前至少 %(days)d 天到岗") % {"days": values["days"]}
    return _("有前任的岗位中，至少 %(n)d%% 的接任人选在前任期满前至少 %(days)d 天到岗") % {
        "n": values["least"],
        "days": values["days"],
    }


def _overlap_value(value: RuleValue) -> str:
    return _("%(placed)d 名接任人选中，%(having)d 人与前任交接够天数") % {
        "placed": value.n_placed,
        "having": value.n_counted,
    }


def _measure_fault(values: Values) -> str:
    return specialty_fault({**values, "attribute": values.get("measure")})


FURTHER_KINDS: Mapping[SideRuleKind, SideRuleSpec] = {
    SideRuleKind.GROUP_CAP: SideRuleSpec(
        gettext_lazy(
            "规定每个派出单位、上级单位或市（州）最多派出的人数；与“名额”中的最多派出同时有效，取较小者。"
        ),
        _caps_sentence,
        _caps,
        lambda value: _("派出 %(n)d 人，限 %(most)d 人") % {"n": value.value, "most": value.most},
        figures=Figures.GROUP,
    ),
    SideRuleKind.FILLED: SideRuleSpec(
        gettext_lazy(
            "规定某个岗位、某地区或某一优先级的岗位必须全部配齐；确实无人可派的，计算时说明，不出方案。"
        ),
        _filled_sentence,
        _filled,
        lambda value: _("需 %(n)d 人，安排 %(placed)d 人") % {"n": value.least, "placed": value.value},
        Places.POSTS,
    ),
    SideRuleKind.BALANCE: SideRuleSpec(
        gettext_lazy(
            "规定各县（市、区）或各市（州）之间，派去的人数、某类人选或基层工作年限合计相差不超过多少。"
        ),
        _balance_sentence,
        _balance,
        _balance_value,
        Places.REGIONS,
        figures=Figures.WEIGHT,
        line_names=_balance_names,
        fault=_measure_fault,
    ),
    SideRuleKind.PYRAMID: SideRuleSpec(
        gettext_lazy(
            "规定某一地区或每个县（市、区）内，每一职务层次的人数不超过下一层次的一定比例，避免领导多、骨干少。"
        ),
        _pyramid_sentence,
        _pyramid,
        _pyramid_value,
        Places.REGIONS,
        figures=Figures.RANK,
        line_names=_pyramid_names,
    ),
    SideRuleKind.OVERLAP: SideRuleSpec(
        gettext_lazy("压茬交接：接任人选在前任期满前若干天到岗，两人同时在岗。"),
        _overlap_sentence,
        _overlap,
        _overlap_value,
        figures=Figures.ARRIVAL,
        line_names=lambda _stated: [_("有前任的岗位")],
    ),
}
