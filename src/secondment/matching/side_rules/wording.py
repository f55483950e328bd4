"""Side rules and what was reached, as sentences in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from secondment.matching.choices import Attribute, SideRuleKind
from secondment.matching.side_rules.reached import Reached
from secondment.matching.side_rules.stated import COUPLE_KINDS, StatedRule
from secondment.posts.choices import Specialty

Values = Mapping[str, Any]


@dataclass(frozen=True)
class ReachedLine:
    """One team, couple or region: what was asked of it and what the plan reaches."""

    name: str
    reached: str
    is_kept: bool


@dataclass(frozen=True)
class RuleReport:
    """A rule, how many of its teams, couples or regions keep it, and each of them."""

    sentence: str
    n_kept: int
    lines: list[ReachedLine]

    @property
    def is_kept(self) -> bool:
        """Whether the plan keeps the rule everywhere."""
        return self.n_kept == len(self.lines)

    @property
    def broken(self) -> list[ReachedLine]:
        """Where it is not kept."""
        return [line for line in self.lines if not line.is_kept]


def rule_sentence(kind: str, values: Values, region_names: Sequence[str] = ()) -> str:
    """What the rule asks; `region_names` name the region, when it is one."""
    return _SENTENCES[SideRuleKind(kind)](values, region_names)


def report_of(rule: StatedRule, reached: Sequence[Reached], people: Mapping[int, str]) -> RuleReport:
    """The rule as the pages show it; `people` are names by row."""
    lines = [ReachedLine(_name(rule, one, people), _reached(rule, one), one.is_kept) for one in reached]
    return RuleReport(
        rule_sentence(rule.kind, rule.values, rule.names), sum(one.is_kept for one in lines), lines
    )


def attribute_text(values: Values) -> str:
    """Who is counted: those with a specialty, or with an attribute."""
    attribute = Attribute(values.get("attribute") or Attribute.SPECIALTY)
    if attribute == Attribute.SPECIALTY:
        return _("%(specialty)s专业人选") % {"specialty": Specialty(values["specialty"]).label}
    return str(attribute.label)


def _name(rule: StatedRule, one: Reached, people: Mapping[int, str]) -> str:
    if one.couple is not None:
        return _("%(one)s、%(other)s") % {"one": people[one.couple[0]], "other": people[one.couple[1]]}
    return rule.names[one.group or 0]


def _reached(rule: StatedRule, one: Reached) -> str:
    """What the plan holds there."""
    numbers = {"placed": one.n_placed, "having": one.n_having, "places": one.n_places}
    if rule.kind in COUPLE_KINDS:
        return _COUPLES[one.n_placed]()
    if rule.kind == SideRuleKind.WHOLE_TEAM:
        return _("%(places)d 个岗位安排了 %(placed)d 人") % numbers
    text = _("安排 %(placed)d 人，其中 %(having)d 人符合") % numbers
    if rule.kind == SideRuleKind.REGION_SHARE and one.n_placed:
        return _("%(text)s（%(share).0f%%）") % {"text": text, "share": 100 * one.n_having / one.n_placed}
    return text


_COUPLES: Mapping[int, Callable[[], str]] = {
    0: lambda: _("两人都未安排"),
    1: lambda: _("只安排了一人"),
    2: lambda: _("两人都已安排"),
}


def _where(values: Values, region_names: Sequence[str]) -> str:
    if not values.get("region"):
        return _("每个县（市、区）")
    return region_names[0] if region_names else str(values["region"])


def _counts(values: Values, region_names: Sequence[str]) -> str:
    return _("%(where)s：%(who)s%(limits)s") % {
        "where": _where(values, region_names),
        "who": attribute_text(values),
        "limits": _limits(values, _("不少于 %(n)d 人"), _("不多于 %(n)d 人")),
    }


def _shares(values: Values, region_names: Sequence[str]) -> str:
    return _("%(where)s：%(who)s%(limits)s") % {
        "where": _where(values, region_names),
        "who": attribute_text(values),
        "limits": _limits(values, _("占派出人数不低于 %(n)d%%"), _("占派出人数不高于 %(n)d%%")),
    }


def _limits(values: Values, at_least: str, at_most: str) -> str:
    parts = []
    if values.get("least"):
        parts.append(at_least % {"n": values["least"]})
    if values.get("most") is not None:
        parts.append(at_most % {"n": values["most"]})
    return _("、").join(parts)


_SENTENCES: Mapping[SideRuleKind, Callable[[Values, Sequence[str]], str]] = {
    SideRuleKind.WHOLE_TEAM: lambda _values, _names: _("同一编组的岗位全部派出或都不派出"),
    SideRuleKind.TEAM_SKILL: lambda values, _names: (
        _("派出的编组中%(who)s不少于 %(n)d 人") % {"who": attribute_text(values), "n": values["least"]}
    ),
    SideRuleKind.COUPLE_TOGETHER: lambda _values, _names: _("同被推荐的夫妻两人都派出或都不派出"),
    SideRuleKind.COUPLE_COUNTY: lambda _values, _names: _("同被推荐的夫妻都派出的，安排在同一县（市、区）"),
    SideRuleKind.COUPLE_VILLAGE: lambda _values, _names: _("同被推荐的夫妻不同时驻村"),
    SideRuleKind.REGION_COUNT: _counts,
    SideRuleKind.REGION_SHARE: _shares,
}
