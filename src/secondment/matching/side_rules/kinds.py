"""The kinds of side rules that a campaign can set: wording, parameters, and translation for the solver."""

from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.algorithms.side_rules.counts import RegionCounts, RegionShares
from secondment.algorithms.side_rules.couples import BothOrNeither, NotBothIn, SameRegion
from secondment.algorithms.side_rules.rows import Rule, RuleValue
from secondment.algorithms.side_rules.teams import TeamSkills, WholeTeams
from secondment.matching.choices import SideRuleKind
from secondment.matching.side_rules.further_kinds import FURTHER_KINDS
from secondment.matching.side_rules.spec import (
    WHOLE,
    Places,
    SideRuleSpec,
    Values,
    attribute_text,
    for_each,
    people_counted,
    specialty_fault,
    where,
)
from secondment.matching.side_rules.stated import StatedRule


def rule_sentence(kind: str, values: Values, region_names: Sequence[str] = ()) -> str:
    """What the rule asks; `region_names` name the region, when it is one."""
    return KINDS[SideRuleKind(kind)].sentence(values, region_names)


def rule_of(stated: StatedRule, n_people: int) -> Rule:
    """The rule for the solver."""
    return KINDS[stated.kind].rule(stated, n_people)


def rule_values_of(stated: StatedRule, post_of: Mapping[int, int]) -> list[RuleValue]:
    """What the plan (post row by person row) reaches, team by team, couple by couple, region by region."""
    people = np.fromiter(post_of.keys(), dtype=np.int64, count=len(post_of))
    posts = np.fromiter(post_of.values(), dtype=np.int64, count=len(post_of))
    known = [*post_of, *stated.has, *(one for couple in stated.couples for one in couple)]
    n_people = max(len(stated.of_person), max(known, default=-1) + 1)
    return rule_of(stated, n_people).rule_values(people, posts)


def _counts(stated: StatedRule, n_people: int) -> Rule:
    most = n_people if stated.most is None else stated.most
    has = stated.marked(n_people)
    return RegionCounts(stated.group, has, for_each(stated, stated.least), for_each(stated, most))


def _shares(stated: StatedRule, n_people: int) -> Rule:
    most = WHOLE if stated.most is None else stated.most
    limits = (for_each(stated, limit / WHOLE) for limit in (stated.least, most))
    return RegionShares(stated.group, stated.marked(n_people), *limits)


def _same_county(stated: StatedRule, _n_people: int) -> Rule:
    """Posts whose county is not known form one group."""
    return SameRegion(
        stated.first, stated.second, np.where(stated.group < 0, len(stated.names), stated.group)
    )


def _share_counted(value: RuleValue) -> str:
    text = people_counted(value)
    if value.value is None:
        return text
    return _("%(text)s（%(share).0f%%）") % {"text": text, "share": WHOLE * value.value}


def _couple_placed(value: RuleValue) -> str:
    return (_("两人都未安排"), _("只安排了一人"), _("两人都已安排"))[value.n_placed]


def _in_regions(values: Values, region_names: Sequence[str], at_least: str, at_most: str) -> str:
    limits = []
    if values.get("least"):
        limits.append(at_least % {"n": values["least"]})
    if values.get("most") is not None:
        limits.append(at_most % {"n": values["most"]})
    return _("%(where)s：%(who)s%(limits)s") % {
        "where": where(values, region_names),
        "who": attribute_text(values),
        "limits": _("、").join(limits),
    }


def _region_fault(values: Values) -> str:
    """Figures that ask nothing, or contradict each other."""
    least, most = values.get("least") or 0, values.get("most")
    if fault := specialty_fault(values):
        return fault
    if not least and most is None:
        return _("下限和上限至少填一项。")
    if most is not None and least > most:
        return _("下限不能大于上限。")
    return ""


def _share_fault(values: Values) -> str:
    is_too_much = max(values.get("least") or 0, values.get("most") or 0) > WHOLE
    return _region_fault(values) or (_("比例不能超过 100%。") if is_too_much else "")


def _team_fault(values: Values) -> str:
    return "" if (values.get("least") or 0) >= 1 else _("每组至少人数须为 1 或更多。")


KINDS: Mapping[SideRuleKind, SideRuleSpec] = {
    SideRuleKind.WHOLE_TEAM: SideRuleSpec(
        gettext_lazy("编组的岗位须全部派出或全部不派出，不得部分派出。"),
        lambda _values, _names: _("同一编组的岗位全部派出或都不派出"),
        lambda stated, _n_people: WholeTeams(stated.group),
        lambda value: (
            _("%(places)d 个岗位安排了 %(placed)d 人") % {"places": value.most, "placed": value.n_placed}
        ),
        Places.TEAMS,
    ),
    SideRuleKind.TEAM_SKILL: SideRuleSpec(
        gettext_lazy("派出的每个编组中，所选专业的人选不少于规定人数；可添加多条，组成多专业编组。"),
        lambda values, _names: (
            _("派出的编组中%(who)s不少于 %(n)d 人") % {"who": attribute_text(values), "n": values["least"]}
        ),
        lambda stated, n_people: TeamSkills(
            stated.group, stated.marked(n_people), for_each(stated, stated.least)
        ),
        people_counted,
        Places.TEAMS,
        counts_people=True,
        fault=_team_fault,
    ),
    SideRuleKind.COUPLE_TOGETHER: SideRuleSpec(
        gettext_lazy("同时被推荐的夫妻，两人都派出或都不派出。"),
        lambda _values, _names: _("同时被推荐的夫妻两人都派出或都不派出"),
        lambda stated, _n_people: BothOrNeither(stated.first, stated.second),
        _couple_placed,
        is_for_couples=True,
    ),
    SideRuleKind.COUPLE_COUNTY: SideRuleSpec(
        gettext_lazy("同时被推荐的夫妻都派出的，安排在同一个县（市、区）。"),
        lambda _values, _names: _("同时被推荐的夫妻都派出的，安排在同一县（市、区）"),
        _same_county,
        _couple_placed,
        Places.REGIONS,
        is_for_couples=True,
    ),
    SideRuleKind.COUPLE_VILLAGE: SideRuleSpec(
        gettext_lazy("同时被推荐的夫妻，至多一人安排到村。"),
        lambda _values, _names: _("同时被推荐的夫妻不同时驻村"),
        lambda stated, _n_people: NotBothIn(stated.first, stated.second, stated.group >= 0),
        _couple_placed,
        Places.VILLAGES,
        is_for_couples=True,
    ),
    SideRuleKind.REGION_COUNT: SideRuleSpec(
        gettext_lazy("规定某一地区或每个县（市、区）内某类人选的最少、最多人数。"),
        lambda values, names: _in_regions(values, names, _("不少于 %(n)d 人"), _("不多于 %(n)d 人")),
        _counts,
        people_counted,
        Places.REGIONS,
        counts_people=True,
        fault=_region_fault,
    ),
    SideRuleKind.REGION_SHARE: SideRuleSpec(
        gettext_lazy("规定派往某一地区或每个县（市、区）的人员中某类人选的最低、最高比例。"),
        lambda values, names: _in_regions(
            values, names, _("占派出人数不低于 %(n)d%%"), _("占派出人数不高于 %(n)d%%")
        ),
        _shares,
        _share_counted,
        Places.REGIONS,
        counts_people=True,
        fault=_share_fault,
    ),
    **FURTHER_KINDS,
}
