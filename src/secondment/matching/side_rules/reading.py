"""From the tables to stated rules: teams of posts, couples among the nominated, who has which attribute."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.periods import full_years
from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.campaigns.queries import live_nominations
from secondment.matching.choices import Attribute, RegionSize, SideRuleKind
from secondment.matching.models import SideRule
from secondment.matching.side_rules.handing_over import handovers, places_of
from secondment.matching.side_rules.kinds import KINDS
from secondment.matching.side_rules.person_figures import (
    CITY_DIGITS,
    arrivals_of,
    groups_of,
    ranks_of,
    weights_of,
)
from secondment.matching.side_rules.spec import Figures, Places
from secondment.matching.side_rules.stated import StatedRule, in_no_group
from secondment.people.choices import Kinship, Sex
from secondment.people.models import FamilyMember, Person, Specialty
from secondment.units.choices import UnitKind
from secondment.units.models import Region

COUNTY_DIGITS = 6
YOUNG_YEARS = 35
HAN = "01"
PARTY_MEMBERS = frozenset({"01", "02"})


def state_rules(
    campaign: Campaign,
    nominations: Sequence[Nomination],
    offered: Sequence[CampaignPost],
    tags: Mapping[int, set[str]],
) -> tuple[StatedRule, ...]:
    """The campaign's side rules over these people and posts; `tags` are the specialties by person id."""
    rules = list(SideRule.objects.filter(campaign=campaign).order_by("pk"))
    if not rules:
        return ()
    reading = _Reading(campaign, nominations, offered, tags)
    return tuple(reading.stated(rule) for rule in rules)


def state_rule(
    rule: SideRule, nominations: Sequence[Nomination], offered: Sequence[CampaignPost]
) -> StatedRule:
    """One rule, stored or not, over these people and posts."""
    tags: dict[int, set[str]] = {}
    if KINDS[SideRuleKind(rule.kind)].counts_people or rule.values.get("specialty"):
        found = Specialty.objects.filter(person__nominations__campaign=rule.campaign)
        for person, tag in found.values_list("person_id", "tag"):
            tags.setdefault(person, set()).add(tag)
    return _Reading(rule.campaign, nominations, offered, tags).stated(rule)


def teams_of(campaign: Campaign) -> dict[str, list[CampaignPost]]:
    """The posts of each team, by the team's name."""
    teams: dict[str, list[CampaignPost]] = {}
    rows = CampaignPost.objects.filter(campaign=campaign).exclude(team="").select_related("post__host_unit")
    for one in rows.order_by("team", "pk"):
        teams.setdefault(one.team, []).append(one)
    return teams


def couples_of(campaign: Campaign) -> list[tuple[Nomination, Nomination]]:
    """Spouses who are both nominated, each couple once; two queries."""
    nominations = list(live_nominations(campaign).select_related("person").order_by("pk"))
    return [(nominations[one], nominations[other]) for one, other in couple_rows(campaign, nominations)]


def couple_rows(campaign: Campaign, nominations: Sequence[Nomination]) -> tuple[Pair, ...]:
    """Rows of spouses among these nominations, each couple once."""
    row_of = {one.person_id: row for row, one in enumerate(nominations)}
    found = FamilyMember.objects.filter(
        kinship=Kinship.SPOUSE, relative__isnull=False, person__nominations__campaign=campaign
    )
    pairs = {
        (min(row_of[person], row_of[relative]), max(row_of[person], row_of[relative]))
        for person, relative in found.values_list("person_id", "relative_id")
        if person in row_of and relative in row_of and person != relative
    }
    return tuple(sorted(pairs))


class _Reading:
    """What the rules of one campaign are about, each looked up once."""

    def __init__(
        self,
        campaign: Campaign,
        nominations: Sequence[Nomination],
        offered: Sequence[CampaignPost],
        tags: Mapping[int, set[str]],
    ) -> None:
        self.campaign, self.nominations, self.offered, self.tags = campaign, nominations, offered, tags

    def stated(self, rule: SideRule) -> StatedRule:
        kind = KINDS[SideRuleKind(rule.kind)]
        names, group = self._groups(kind.places, rule.values)
        stated = StatedRule(
            key=rule.pk,
            kind=SideRuleKind(rule.kind),
            values=dict(rule.values),
            names=names,
            group=group,
            has=self._having(rule.values) if kind.counts_people else (),
            couples=self.couples if kind.is_for_couples else (),
            of_post=self._places if kind.places is Places.POSTS else (),
        )
        return self._with_figures(stated, kind.figures)

    def _with_figures(self, stated: StatedRule, figures: Figures) -> StatedRule:
        """The same with what the kind must know of every person."""
        if figures is Figures.GROUP:
            names, groups = groups_of(self.nominations, stated.values["group"])
            return replace(stated, names=names, of_person=groups)
        if figures is Figures.WEIGHT:
            weights = weights_of(self.nominations, stated.values, self._having)
            return replace(stated, of_person=weights)
        if figures is Figures.RANK:
            levels, ranks = ranks_of(self.nominations)
            return replace(stated, levels=levels, of_person=ranks)
        if figures is Figures.ARRIVAL:
            leaving = handovers(self.campaign, self.offered)
            leaves = tuple(
                leaving[one.pk].leaves_on.toordinal() if one.pk in leaving else -1 for one in self.offered
            )
            return replace(stated, of_person=arrivals_of(self.campaign, self.nominations), of_post=leaves)
        return stated

    @cached_property
    def couples(self) -> tuple[Pair, ...]:
        """Rows of spouses who are both nominated, each couple once."""
        return couple_rows(self.campaign, self.nominations)

    def _groups(self, places: Places, values: Mapping[str, Any]) -> tuple[tuple[str, ...], IntArray]:
        if places is Places.TEAMS:
            return _grouped([one.team for one in self.offered])
        if places is Places.VILLAGES:
            return ("",), np.array(
                [0 if one.post.host_unit.kind == UnitKind.VILLAGE else -1 for one in self.offered],
                dtype=np.int64,
            )
        if places is Places.NONE:
            return (), in_no_group(len(self.offered))
        if places is Places.POSTS:
            return self._posts(values)
        if region := values.get("region"):
            within = [region if code.startswith(region) else "" for code in self.regions]
            return self._named(within)
        if values.get("size") == RegionSize.CITY:
            return self._named([code[:CITY_DIGITS] for code in self.regions])
        return self._named([code[:COUNTY_DIGITS] for code in self.regions])

    def _posts(self, values: Mapping[str, Any]) -> tuple[tuple[str, ...], IntArray]:
        """Each post with places that is meant by itself."""
        region, priority, post = (values.get(name) for name in ("region", "priority", "post"))
        meant = [
            places > 0
            and code.startswith(region or "")
            and priority in (None, one.priority)
            and post in (None, one.pk)
            for one, code, places in zip(self.offered, self.regions, self._places, strict=True)
        ]
        names = tuple(str(one) for one, is_meant in zip(self.offered, meant, strict=True) if is_meant)
        group = in_no_group(len(self.offered))
        group[np.flatnonzero(meant)] = np.arange(len(names))
        return names, group

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """Places that the campaign can fill in each post."""
        return tuple(places_of(self.campaign, self.offered))

    @cached_property
    def regions(self) -> list[str]:
        """The region code of each post, or that of its host unit."""
        return [one.post.region_id or one.post.host_unit.region_id or "" for one in self.offered]

    def _named(self, codes: Sequence[str]) -> tuple[tuple[str, ...], IntArray]:
        labels, group = _grouped(codes)
        full_names = dict(Region.objects.filter(pk__in=labels).values_list("pk", "full_name"))
        return tuple(full_names.get(code, code) for code in labels), group

    def _having(self, values: Mapping[str, Any]) -> tuple[int, ...]:
        attribute = Attribute(values.get("attribute") or Attribute.SPECIALTY)
        if attribute == Attribute.SPECIALTY:
            wanted = values.get("specialty", "")
            return tuple(
                row for row, one in enumerate(self.nominations) if wanted in self.tags.get(one.person_id, ())
            )
        has = _HAS[attribute]
        return tuple(row for row, one in enumerate(self.nominations) if has(one.person, self.campaign))


def _grouped(labels: Sequence[str]) -> tuple[tuple[str, ...], IntArray]:
    """The distinct labels that are not empty, and which of them each position has."""
    names = sorted({label for label in labels if label})
    row_of = {name: row for row, name in enumerate(names)}
    return tuple(names), np.array([row_of.get(label, -1) for label in labels], dtype=np.int64)


def _is_young(person: Person, campaign: Campaign) -> bool:
    """Nobody of whom the day of birth is unknown counts as young."""
    return person.born_on is not None and full_years(person.born_on, campaign.starts_on) <= YOUNG_YEARS


_HAS: Mapping[Attribute, Callable[[Person, Campaign], bool]] = {
    Attribute.PARTY_MEMBER: lambda person, _campaign: person.political_status in PARTY_MEMBERS,
    Attribute.WOMAN: lambda person, _campaign: person.sex == Sex.FEMALE,
    Attribute.MINORITY: lambda person, _campaign: bool(person.ethnicity) and person.ethnicity != HAN,
    Attribute.YOUNG: _is_young,
    Attribute.RESERVE: lambda person, _campaign: person.is_reserve,
}
