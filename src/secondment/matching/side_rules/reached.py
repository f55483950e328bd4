"""What a plan reaches of each side rule, counted from its pairs; the same for runs and for plans changed by hand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from secondment.matching.choices import SideRuleKind
from secondment.matching.side_rules.stated import StatedRule


@dataclass(frozen=True)
class Reached:
    """One rule in one team, couple or region.

    Attributes
    ----------
    group : row of the team or region among the rule's names; None for couples
    couple : the two people (rows); None for teams and regions
    n_placed : people placed there (0–2 for couples)
    n_having : of those, people with the specialty or attribute
    n_places : posts of the team or region
    """

    is_kept: bool
    group: int | None = None
    couple: tuple[int, int] | None = None
    n_placed: int = 0
    n_having: int = 0
    n_places: int = 0


def reached_of(rule: StatedRule, post_of: Mapping[int, int]) -> list[Reached]:
    """What the plan (post row by person row) reaches of the rule, team by team, couple by couple, region by region."""
    return list(_REACHED[rule.kind](rule, post_of))


def _by_group(
    rule: StatedRule, post_of: Mapping[int, int], is_kept: Callable[[int, int, int], bool]
) -> Iterable[Reached]:
    """One line per team or region; `is_kept` judges people placed, those having, and posts."""
    having = set(rule.has)
    group = rule.group.tolist()
    n_groups = len(rule.names)
    placed, with_it, places = [0] * n_groups, [0] * n_groups, [0] * n_groups
    for label in group:
        if label >= 0:
            places[label] += 1
    for person, post in post_of.items():
        if (label := group[post]) >= 0:
            placed[label] += 1
            with_it[label] += person in having
    for label in range(n_groups):
        kept = is_kept(placed[label], with_it[label], places[label])
        yield Reached(kept, label, None, placed[label], with_it[label], places[label])


def _by_couple(
    rule: StatedRule, post_of: Mapping[int, int], is_kept: Callable[[int | None, int | None], bool]
) -> Iterable[Reached]:
    """One line per couple; `is_kept` judges the posts of both, None for none."""
    for first, second in rule.couples:
        posts = (post_of.get(first), post_of.get(second))
        n_placed = sum(post is not None for post in posts)
        yield Reached(is_kept(*posts), None, (first, second), n_placed)


def _whole(rule: StatedRule, post_of: Mapping[int, int]) -> Iterable[Reached]:
    return _by_group(rule, post_of, lambda placed, _having, places: placed in (0, places))


def _skilled(rule: StatedRule, post_of: Mapping[int, int]) -> Iterable[Reached]:
    return _by_group(rule, post_of, lambda placed, having, _places: placed == 0 or having >= rule.least)


def _counted(rule: StatedRule, post_of: Mapping[int, int]) -> Iterable[Reached]:
    def is_kept(_placed: int, having: int, _places: int) -> bool:
        return having >= rule.least and (rule.most is None or having <= rule.most)

    return _by_group(rule, post_of, is_kept)


def _shared(rule: StatedRule, post_of: Mapping[int, int]) -> Iterable[Reached]:
    most = 100 if rule.most is None else rule.most

    def is_kept(placed: int, having: int, _places: int) -> bool:
        return rule.least * placed <= 100 * having <= most * placed

    return _by_group(rule, post_of, is_kept)


def _together(rule: StatedRule, post_of: Mapping[int, int]) -> Iterable[Reached]:
    return _by_couple(rule, post_of, lambda one, other: (one is None) == (other is None))


def _same_county(rule: StatedRule, post_of: Mapping[int, int]) -> Iterable[Reached]:
    def is_kept(one: int | None, other: int | None) -> bool:
        return one is None or other is None or bool(rule.group[one] == rule.group[other])

    return _by_couple(rule, post_of, is_kept)


def _not_both(rule: StatedRule, post_of: Mapping[int, int]) -> Iterable[Reached]:
    def is_kept(one: int | None, other: int | None) -> bool:
        return one is None or other is None or bool(rule.group[one] < 0 or rule.group[other] < 0)

    return _by_couple(rule, post_of, is_kept)


_REACHED: Mapping[SideRuleKind, Callable[[StatedRule, Mapping[int, int]], Iterable[Reached]]] = {
    SideRuleKind.WHOLE_TEAM: _whole,
    SideRuleKind.TEAM_SKILL: _skilled,
    SideRuleKind.COUPLE_TOGETHER: _together,
    SideRuleKind.COUPLE_COUNTY: _same_county,
    SideRuleKind.COUPLE_VILLAGE: _not_both,
    SideRuleKind.REGION_COUNT: _counted,
    SideRuleKind.REGION_SHARE: _shared,
}
