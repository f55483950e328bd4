"""The facts behind the fit of people and posts, as a run has read them: kept with the run, in codes, for its pages."""

import base64
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from secondment.campaigns.models import Campaign, CampaignPost, HostPreference, Nomination, Preference
from secondment.campaigns.parameter_readers import most_preferences
from secondment.files.codes.civil_grades import rank_held
from secondment.matching.models import MatchingRun
from secondment.people.latest import BELIEVED
from secondment.people.models import AbilityValue, Specialty
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class PairFacts:
    """What the fit of one pair rests on, as `facts_of` writes it; `key` is the id of person or post as text."""

    person: Facts
    post: Facts
    most_preferences: int


def facts_of(
    campaign: Campaign, nominations: Iterable[Nomination], posts: Iterable[CampaignPost]
) -> dict[str, Any]:
    """Facts of these people and posts, by id; seven queries, however many there are."""
    nominations, posts = list(nominations), list(posts)
    people = [one.person_id for one in nominations]
    tags, abilities = _tags(people), _abilities(people)
    wishes = _by_owner(
        Preference.objects.filter(nomination__in=nominations), "nomination_id", "campaign_post_id"
    )
    invited = _by_owner(
        HostPreference.objects.filter(campaign_post__in=posts), "campaign_post_id", "nomination_id"
    )
    earlier = _earlier(campaign, {one.home_unit_id for one in nominations})
    return {
        "most_preferences": most_preferences(campaign),
        "people": {
            str(one.pk): {
                "specialties": sorted(tags.get(one.person_id, ())),
                "abilities": abilities.get(one.person_id, {}),
                "rank": rank_held(one.person.rank, one.person.grade_rank),
                "rank_since": _day(one.person.rank_since),
                "grassroots_years": float(one.person.grassroots_years),
                "region": one.home_unit.region_id or "",
                "wants_near": one.prefers_near,
                "wishes": wishes.get(one.pk, {}),
                "earlier": earlier.get(one.home_unit_id, []),
            }
            for one in nominations
        },
        "posts": {
            str(one.pk): {
                "specialties": sorted(one.post.specialties),
                "abilities": sorted(one.post.abilities),
                "rank": one.post.rank,
                "grassroots_years": one.post.grassroots_years,
                "region": one.post.region_id or one.post.host_unit.region_id or "",
                "unit": one.post.host_unit_id,
                "wishes": invited.get(one.pk, {}),
            }
            for one in posts
        },
    }


def take_facts(campaign: Campaign, nominations: Iterable[int], posts: Iterable[int]) -> str:
    """The facts of everybody and every post of a run, packed."""
    people = Nomination.objects.filter(pk__in=list(nominations)).select_related("person", "home_unit")
    offered = CampaignPost.objects.filter(pk__in=list(posts)).select_related("post__host_unit")
    facts = facts_of(campaign, people, offered)
    return base64.b64encode(zlib.compress(json.dumps(facts).encode(), 6)).decode("ascii")


def facts_of_pair(run: MatchingRun, nomination: int, campaign_post: int) -> PairFacts | None:
    """The facts of one pair as the run has read them; None for runs that kept none."""
    packed = run.facts
    if not packed:
        return None
    return _pair(json.loads(zlib.decompress(base64.b64decode(packed))), nomination, campaign_post)


def facts_now(campaign: Campaign, nomination: Nomination, campaign_post: CampaignPost) -> PairFacts:
    """The same as they are today."""
    facts = json.loads(json.dumps(facts_of(campaign, [nomination], [campaign_post])))
    found = _pair(facts, nomination.pk, campaign_post.pk)
    if found is None:
        raise LookupError("facts of a pair that exists are always found")
    return found


def _pair(facts: Facts, nomination: int, campaign_post: int) -> PairFacts | None:
    person, post = facts["people"].get(str(nomination)), facts["posts"].get(str(campaign_post))
    if person is None or post is None:
        return None
    keys = {"key": str(nomination)}, {"key": str(campaign_post)}
    return PairFacts(person | keys[0], post | keys[1], facts["most_preferences"])


def _tags(people: list[int]) -> dict[int, set[str]]:
    tags: dict[int, set[str]] = defaultdict(set)
    for person, tag in Specialty.objects.filter(person__in=people).values_list("person_id", "tag"):
        tags[person].add(tag)
    return tags


def _abilities(people: list[int]) -> dict[int, dict[str, list[Any]]]:
    """Mark, source and day of each ability: the latest, on one day the one that is believed."""
    rows = AbilityValue.objects.filter(person__in=people).values_list(
        "person_id", "ability", "value", "source", "as_of"
    )
    found: dict[int, dict[str, list[Any]]] = defaultdict(dict)
    for person, ability, value, source, day in sorted(rows, key=lambda row: (row[4], BELIEVED[row[3]])):
        found[person][ability] = [value, source, day.isoformat()]
    return found


def _by_owner(rows: Any, owner: str, other: str) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for one, another, rank in rows.values_list(owner, other, "rank"):
        found[one][str(another)] = rank
    return found


def _earlier(campaign: Campaign, homes: set[int]) -> dict[int, list[list[Any]]]:
    """Host units and regions to which each home unit has sent people in other campaigns."""
    rows = (
        Placement.objects.filter(home_unit__in=homes)
        .exclude(campaign=campaign)
        .exclude(state=PlacementState.CANCELLED)
        .order_by("host_unit_id")
        .values_list("home_unit_id", "host_unit_id", "host_unit__region_id")
        .distinct()
    )
    found: dict[int, list[list[Any]]] = defaultdict(list)
    for home, host, region in rows:
        found[home].append([host, region or ""])
    return found


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
