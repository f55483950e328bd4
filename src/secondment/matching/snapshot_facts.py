"""From the tables to the arrays of a run: a fixed number of queries, whatever the size of the campaign."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.assignment import keys_of
from secondment.algorithms.fit import UNKNOWN, FitInput, fit_components
from secondment.algorithms.fit_facts import FitPerson, FitPost, Wish, fit_input
from secondment.campaigns.choices import NominationState, Result
from secondment.campaigns.holding import n_occupants
from secondment.campaigns.models import (
    Campaign,
    CampaignPost,
    EligibilityFinding,
    HostPreference,
    Nomination,
    Preference,
    Quota,
)
from secondment.campaigns.parameter_readers import most_preferences
from secondment.files.codes.civil_grades import rank_held
from secondment.files.codes.ranks import step_of
from secondment.matching.choices import LockKind
from secondment.matching.models import Lock, Proposal, ProposalPair
from secondment.matching.side_rules.reading import state_rules
from secondment.matching.snapshot import Pairs, Snapshot
from secondment.people.latest import BELIEVED
from secondment.people.models import AbilityValue, Specialty
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.posts.models import Post


def take_snapshot(campaign: Campaign, reference: Proposal | None = None) -> Snapshot:
    """Everything a run of the campaign needs, as it is now; `reference` is the proposal to stay near to."""
    return _Taking(campaign).snapshot(reference)


@dataclass(frozen=True)
class _Blocks:
    """Rules that exclude a person from all posts, and from single posts."""

    of_person: Mapping[int, tuple[str, ...]]
    of_pair: Mapping[tuple[int, int], tuple[str, ...]]


class _Taking:
    """One look at a campaign's tables."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.nominations = list(
            Nomination.objects.filter(campaign=campaign, state=NominationState.NOMINATED)
            .select_related("person", "home_unit")
            .order_by("pk")
        )
        self.offered = list(
            CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit").order_by("pk")
        )
        self.person_of = {one.pk: row for row, one in enumerate(self.nominations)}
        self.post_of = {one.pk: row for row, one in enumerate(self.offered)}

    def snapshot(self, reference: Proposal | None) -> Snapshot:
        blocks = self._blocks()
        admissible, ruled_out = self._pairs(blocks)
        tags = self._tags()
        facts = self._facts(tags)
        units, caps = self._caps()
        taken = n_occupants(self.campaign)
        return Snapshot(
            nominations=tuple(self.person_of),
            posts=tuple(self.post_of),
            admissible=_with_components(facts, admissible),
            ruled_out={rule: _with_components(facts, pairs) for rule, pairs in ruled_out.items()},
            blocked_by=blocks.of_person,
            group=_ints(units.get(one.home_unit_id, UNKNOWN) for one in self.nominations),
            units=tuple(units),
            cap=_ints(caps),
            priority=_ints(one.priority for one in self.offered),
            headcount=_ints(max(0, one.post.headcount - taken.get(one.post_id, 0)) for one in self.offered),
            locked=self._locks(LockKind.LOCK),
            forbidden=self._locks(LockKind.FORBID),
            side_rules=state_rules(self.campaign, self.nominations, self.offered, tags),
            person_keys=keys_of(_told_apart(one.lot or _public_person(one) for one in self.nominations)),
            post_keys=keys_of(_told_apart(one.lot or _public_post(one.post) for one in self.offered)),
            reference=() if reference is None else self._rows(reference.pairs.order_by("pk")),
        )

    def _blocks(self) -> _Blocks:
        found = EligibilityFinding.objects.filter(nomination__campaign=self.campaign, result=Result.BLOCK)
        of_person: dict[int, set[str]] = defaultdict(set)
        of_pair: dict[tuple[int, int], set[str]] = defaultdict(set)
        rows = found.order_by("rule").values_list("nomination_id", "campaign_post_id", "rule")
        for nomination, post, rule in rows.iterator():
            if nomination not in self.person_of:
                continue
            if post is None:
                of_person[self.person_of[nomination]].add(rule)
            elif post in self.post_of:
                of_pair[self.person_of[nomination], self.post_of[post]].add(rule)
        return _Blocks(
            {person: tuple(sorted(rules)) for person, rules in sorted(of_person.items())},
            {pair: tuple(sorted(rules)) for pair, rules in of_pair.items()},
        )

    def _pairs(self, blocks: _Blocks) -> tuple[BoolArray, dict[str, BoolArray]]:
        """Masks of shape (n_posts, n_people): pairs let through, and pairs each rule alone keeps out."""
        shape = (len(self.offered), len(self.nominations))
        n_rules = np.zeros(shape, dtype=np.int16)
        by_rule: dict[str, BoolArray] = {}
        for person, rules in blocks.of_person.items():
            n_rules[:, person] += len(rules)
            for rule in rules:
                by_rule.setdefault(rule, np.zeros(shape, dtype=bool))[:, person] = True
        for (person, post), rules in blocks.of_pair.items():
            n_rules[post, person] += len(rules)
            for rule in rules:
                by_rule.setdefault(rule, np.zeros(shape, dtype=bool))[post, person] = True
        alone = {rule: mask & (n_rules == 1) for rule, mask in sorted(by_rule.items())}
        return n_rules == 0, {rule: mask for rule, mask in alone.items() if mask.any()}

    def _facts(self, tags: Mapping[int, set[str]]) -> FitInput:
        abilities = self._abilities()
        return fit_input(
            [self._fit_person(one, tags, abilities) for one in self.nominations],
            [_fit_post(one.post) for one in self.offered],
            preferences=self._wishes(),
            host_preferences=self._host_wishes(),
            most_preferences=most_preferences(self.campaign),
            earlier=self._earlier(),
        )

    @staticmethod
    def _fit_person(
        one: Nomination, tags: Mapping[int, set[str]], abilities: Mapping[int, Mapping[str, float]]
    ) -> FitPerson:
        return FitPerson(
            specialties=tags.get(one.person_id, frozenset()),
            abilities=abilities.get(one.person_id, {}),
            rank=step_of(rank_held(one.person.rank, one.person.grade_rank)),
            grassroots_years=float(one.person.grassroots_years),
            region=one.home_unit.region_id or "",
            wants_near=one.prefers_near,
            unit=one.home_unit_id,
        )

    def _tags(self) -> dict[int, set[str]]:
        tags: dict[int, set[str]] = defaultdict(set)
        found = Specialty.objects.filter(person__nominations__campaign=self.campaign)
        for person, tag in found.values_list("person_id", "tag"):
            tags[person].add(tag)
        return tags

    def _abilities(self) -> dict[int, dict[str, float]]:
        """The latest value of each ability; on the same day assessment goes before opinion before self."""
        found = AbilityValue.objects.filter(person__nominations__campaign=self.campaign)
        rows = found.values_list("person_id", "ability", "value", "source", "as_of")
        values: dict[int, dict[str, float]] = defaultdict(dict)
        for person, ability, value, _source, _day in sorted(rows, key=lambda row: (row[4], BELIEVED[row[3]])):
            values[person][ability] = value / 100
        return values

    def _wishes(self) -> list[Wish]:
        found = Preference.objects.filter(nomination__campaign=self.campaign)
        rows = found.values_list("nomination_id", "campaign_post_id", "rank")
        return _numbered(rows, self.person_of, self.post_of)

    def _host_wishes(self) -> list[Wish]:
        found = HostPreference.objects.filter(campaign_post__campaign=self.campaign)
        rows = found.values_list("campaign_post_id", "nomination_id", "rank")
        return _numbered(rows, self.post_of, self.person_of)

    def _earlier(self) -> list[tuple[int, int, str]]:
        """Earlier secondments of the home units, other campaigns only."""
        homes = {one.home_unit_id for one in self.nominations}
        found = (
            Placement.objects.filter(home_unit__in=homes)
            .exclude(campaign=self.campaign)
            .exclude(state=PlacementState.CANCELLED)
            .order_by()
            .values_list("home_unit_id", "host_unit_id", "host_unit__region_id")
            .distinct()
        )
        return [(home, host, region or "") for home, host, region in found]

    def _caps(self) -> tuple[dict[int, int], list[int]]:
        """Row of each capped home unit, and the caps."""
        quotas = Quota.objects.filter(campaign=self.campaign, release_cap__isnull=False).order_by(
            "home_unit_id"
        )
        rows = [
            (unit, cap) for unit, cap in quotas.values_list("home_unit_id", "release_cap") if cap is not None
        ]
        return {unit: row for row, (unit, _cap) in enumerate(rows)}, [cap for _unit, cap in rows]

    def _locks(self, kind: LockKind) -> tuple[tuple[int, int], ...]:
        return self._rows(Lock.objects.filter(campaign=self.campaign, kind=kind).order_by("pk"))

    def _rows(self, found: QuerySet[Lock] | QuerySet[ProposalPair]) -> tuple[tuple[int, int], ...]:
        """Pairs by row; those whose person or post has left the campaign are left out."""
        return tuple(
            (self.person_of[nomination], self.post_of[post])
            for nomination, post in found.values_list("nomination_id", "campaign_post_id")
            if nomination in self.person_of and post in self.post_of
        )


def _with_components(facts: FitInput, mask: BoolArray) -> Pairs:
    post, person = np.nonzero(mask)
    return Pairs(person, post, fit_components(facts, person, post))


def _public_person(one: Nomination) -> str:
    """Before there were lot numbers: what a public notice names a person by, independent of any number of the database."""
    return f"{one.home_unit.name}|{one.home_unit.credit_code}|{one.person.name}|{one.person.born_on}"


def _public_post(post: Post) -> str:
    return f"{post.host_unit.name}|{post.host_unit.region_id}|{post.code}|{post.title}|{post.starts_on}"


def _told_apart(names: Iterable[str]) -> list[str]:
    """Names that occur again get a number, in the order of the lists."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name}|{seen[name]}")
    return found


def _fit_post(post: Post) -> FitPost:
    return FitPost(
        specialties=frozenset(post.specialties),
        abilities=frozenset(post.abilities),
        rank=step_of(post.rank),
        grassroots_years=float(post.grassroots_years),
        region=post.region_id or post.host_unit.region_id or "",
        unit=post.host_unit_id,
    )


def _numbered(rows: Iterable[Wish], owner_of: Mapping[int, int], other_of: Mapping[int, int]) -> list[Wish]:
    return [(owner_of[a], other_of[b], rank) for a, b, rank in rows if a in owner_of and b in other_of]


def _ints(values: Iterable[int]) -> IntArray:
    return np.array(list(values), dtype=np.int64)
