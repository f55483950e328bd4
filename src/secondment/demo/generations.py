"""The three generations of village secretaries (第一书记), named here once: one gone, one in post, one that is being sought."""

import datetime as dt
import random
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from secondment.demo import first_secretaries
from secondment.demo.campaign_dates import running
from secondment.demo.facts import Demo, DemoCampaign, DemoPerson, DemoPlacement, DemoPost, DemoUnit
from secondment.demo.past_campaigns import dispatched
from secondment.demo.people import PersonMaker, Wanted
from secondment.demo.positions import Workplace
from secondment.demo.units_tree import DEPARTMENT
from secondment.demo.village_posts import village_posts_before
from secondment.demo.work.planted import OF_POST, Case
from secondment.people.choices import Willingness
from secondment.placements.choices import Destination, Ending, WorkMode


@dataclass(frozen=True)
class Generation:
    """A campaign of village secretaries; its term began so many months before the day of loading."""

    key: str
    name: str
    months_ago: int
    months: int = 24


G1 = Generation("village_secretaries_before", "第一书记选派（上一批）", months_ago=38)
"""One county; its villages are no longer on the list. The term ended 14 months ago."""
G2 = Generation("village_secretaries_now", "低收入村和后进村第一书记选派", months_ago=21)
"""In every village, in the 22nd of 24 months."""
G3 = Generation(first_secretaries.KEY, "低收入村和后进村第一书记选派", months_ago=-3)
"""Seeks the successors of G2, in the same posts, from the day after G2's last."""

N_BEFORE = 40
COUNTY_BEFORE = "110109"
# Where the account `host` sits, and whence the account `secondee` comes.
TOWNSHIP_OF_HOST, HOME_OF_SECONDEE = "township-110109106", "市财政局"
NEW_SINCE = dt.timedelta(days=8)
LATE_REASON = "原人选因病不能到岗，经批准补派"
DESTINATIONS = (
    *[Destination.RETURNED] * 6,
    *[Destination.PROMOTED] * 2,
    Destination.MOVED,
    Destination.STAYED,
)


@dataclass(frozen=True)
class Part:
    """What a generation adds to the demo."""

    units: list[DemoUnit]
    people: list[DemoPerson]
    posts: list[DemoPost]
    campaign: DemoCampaign


def before(
    maker: PersonMaker, source: random.Random, homes: Sequence[Workplace], villages: Iterable[DemoUnit]
) -> Part:
    """G1: forty people of one county, all of them back; whether they grew there can be seen by now."""
    dates = running(maker.as_of, months_ago=G1.months_ago, months=G1.months)
    units, posts = village_posts_before(source, dates, COUNTY_BEFORE, N_BEFORE, villages)
    people = [maker.make(source.choice(homes), _wanted(source)) for _ in posts]
    name = f"{dates.starts_on.year}年{G1.name}"
    campaign = dispatched(G1.key, "first_secretary", DEPARTMENT, name, dates, people, posts, "ended")
    placements = tuple(
        replace(
            one,
            ending=Ending.EXPIRED.value,
            closed_on=dates.ends_on,
            destination=source.choice(DESTINATIONS).value,
        )
        for one in campaign.placements
    )
    return Part(units, people, posts, replace(campaign, placements=placements))


def now(
    maker: PersonMaker, source: random.Random, homes: Sequence[Workplace], posts: Sequence[DemoPost]
) -> Part:
    """G2: somebody in every post of G3, of the same home units and none of its nominees."""
    dates = running(maker.as_of, months_ago=G2.months_ago, months=G2.months)
    people = [maker.make(homes[number % len(homes)], _wanted(source)) for number in range(len(posts))]
    placed = _placed(source, people, posts, next(one.key for one in homes if one.name == HOME_OF_SECONDEE))
    name = f"{dates.starts_on.year}年{G2.name}"
    campaign = dispatched(G2.key, "first_secretary", DEPARTMENT, name, dates, placed, list(posts), "in_post")
    codes = {post.key: post.code for post in posts}
    placements = tuple(
        _with_case(one, OF_POST.get(codes[one.post]), maker.as_of) for one in campaign.placements
    )
    return Part([], people, [], replace(campaign, placements=placements))


def _with_case(placement: DemoPlacement, case: Case | None, as_of: dt.date) -> DemoPlacement:
    if case == Case.BESIDE:
        return replace(placement, work_mode=WorkMode.NONE.value)
    if case == Case.NEW:
        came_on = as_of - NEW_SINCE
        return replace(placement, starts_on=came_on, reported_on=came_on, term_reason=LATE_REASON)
    return placement


def secondee_of(campaign: DemoCampaign, demo: Demo) -> str:
    """The person of G2 who has an account: from the home unit and in the township that have one as well."""
    home = next(one.key for one in demo.units if one.name == HOME_OF_SECONDEE)
    at_home = {one.key for one in demo.people if one.unit == home}
    at_host = {one.key for one in demo.posts if _is_of_host(one)}
    return next(one.person for one in campaign.placements if one.person in at_home and one.post in at_host)


def _wanted(source: random.Random) -> Wanted:
    level = source.choices(("bachelor", "master"), (4, 3))[0]
    return Wanted(28, 44, level=level, is_member=True, willingness=Willingness.WILLING.value)


def _placed(
    source: random.Random, people: Sequence[DemoPerson], posts: Sequence[DemoPost], home: str
) -> list[DemoPerson]:
    """People in the order of the posts: by specialty where somebody has it, else whoever is left."""
    waiting: defaultdict[str, deque[DemoPerson]] = defaultdict(deque)
    for person in source.sample(people, len(people)):
        waiting[person.specialties[0]].append(person)
    first = next(number for number, post in enumerate(posts) if _is_of_host(post))
    placed: dict[int, DemoPerson] = {first: _taken_from(waiting, home)}
    for number, post in enumerate(posts):
        fit = next((tag for tag in post.specialties if waiting[tag]), None)
        if fit and number not in placed:
            placed[number] = waiting[fit].popleft()
    others = [person for queue in waiting.values() for person in queue]
    free = [number for number in range(len(posts)) if number not in placed]
    placed |= dict(zip(free, others, strict=True))
    return [placed[number] for number in range(len(posts))]


def _taken_from(waiting: dict[str, deque[DemoPerson]], home: str) -> DemoPerson:
    person = next(one for queue in waiting.values() for one in queue if one.unit == home)
    waiting[person.specialties[0]].remove(person)
    return person


def _is_of_host(post: DemoPost) -> bool:
    return f"township-{post.region}" == TOWNSHIP_OF_HOST
