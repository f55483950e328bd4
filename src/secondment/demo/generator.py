"""The entire demo from one seed: the same seed, day and scale give the same demo."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import replace

from secondment.demo import coming_campaigns, first_secretaries, generations, past_campaigns
from secondment.demo.campaign_dates import upcoming
from secondment.demo.facts import Demo, DemoCampaign, DemoPerson, DemoPost, DemoUnit, Planted
from secondment.demo.people import PersonMaker, Wanted
from secondment.demo.planted import plant
from secondment.demo.units_tree import (
    campus_workplaces,
    district_workplaces,
    sending_workplaces,
    township_workplaces,
    tree,
)
from secondment.demo.village_posts import village_posts

SEED = 20150701
N_NOT_NOMINATED = 3
N_HOTAN = 8
N_CONTACTS = 60
HOME_IN_HOTAN = "市财政局"
SCHOOL_OF_TEACHERS = "首都师范大学"


class ScaleError(ValueError):
    """The scale is not one the generator makes."""


def generate(as_of: dt.date, *, seed: int = SEED, scale: int = 1) -> Demo:
    """Invent the demo in its state on `as_of`.

    Parameters
    ----------
    as_of : date
        The day the demo is loaded; every date counts from it, except those of 2008.
    seed : int
        Source of all chance.
    scale : int, 1 to 100
        How many times as many villages, nominees and quotas the great campaign has.

    Returns
    -------
    Demo
        Units parents first, people, posts, campaigns and the planted cases.

    Raises
    ------
    ScaleError
        For a scale outside 1 to 100.
    """
    if not 1 <= scale <= 100:
        raise ScaleError(f"scale is {scale}; give a whole number from 1 to 100")
    return _Generator(as_of, seed, scale).demo()


class _Generator:
    """Holds the sources of chance and what has been made so far."""

    def __init__(self, as_of: dt.date, seed: int, scale: int) -> None:
        self.as_of = as_of
        self.seed = seed
        self.scale = scale
        self.source = random.Random(seed)  # noqa: S311 -- invented data, no secret
        self.maker = PersonMaker(self.source, as_of)
        self.workplaces = sending_workplaces()
        self.people: dict[str, DemoPerson] = {}
        self.posts: dict[str, DemoPost] = {}
        self.planted: list[Planted] = []
        self.contacts = [self.maker.names.name(self.source.choice("12")) for _ in range(N_CONTACTS)]

    def demo(self) -> Demo:
        villages, great = self._great_campaign()
        hotan = self._hotan(great.nominations[1].person)
        campaigns = [great, self._shifang(), hotan, self._towns(), self._campus()]
        districts = [
            *township_workplaces("110109"),
            *district_workplaces("110116"),
            *township_workplaces("110118"),
        ]
        for part in (
            coming_campaigns.down(self.maker, self.source, self.workplaces),
            coming_campaigns.up(self.maker, self.source, districts, self.workplaces),
            coming_campaigns.enterprise(self.maker, self.workplaces),
        ):
            self._add(part.people, part.posts)
            self.planted += part.planted
            campaigns.append(part.campaign)
        self._staff()
        villages = [*villages, *self._earlier_generations(campaigns, villages)]
        return Demo(
            self.as_of,
            (*tree(), *villages),
            tuple(self.people.values()),
            tuple(self.posts.values()),
            tuple(campaigns),
            tuple(self.planted),
        )

    def _great_campaign(self) -> tuple[list[DemoUnit], DemoCampaign]:
        """Villages, nominees, wishes and the planted cases."""
        dates = upcoming(self.as_of, months=24, is_open=False)
        villages, posts = village_posts(self.source, dates, self.scale)
        nominees = first_secretaries.nominees(self.maker, self.workplaces, self.scale)
        campaign = first_secretaries.campaign(self.source, dates, nominees, posts, self.scale)
        self._add([one.person for one in nominees], posts)
        teachers_unit = next(one.key for one in self.workplaces if one.name == SCHOOL_OF_TEACHERS)
        campaign, planted = plant(self.people, self.posts, campaign, self.as_of, teachers_unit=teachers_unit)
        self.planted += planted
        return villages, campaign

    def _shifang(self) -> DemoCampaign:
        people, posts, campaign = past_campaigns.shifang(self.maker, self.workplaces)
        self._add(people, posts)
        return campaign

    def _hotan(self, twice_asked: str) -> DemoCampaign:
        """People in post in 和田; one of them has been nominated for a village as well."""
        wanted = Wanted(30, 42, is_member=True, willingness="obedient")
        first = next(one for one in self.workplaces if one.name == HOME_IN_HOTAN)
        homes = [first, *self.workplaces[40 : 40 + N_HOTAN - 2]]
        people = [self.maker.make(one, wanted) for one in homes]
        posts, campaign = past_campaigns.hotan(self.as_of, [*people, self.people[twice_asked]])
        self._add(people, posts)
        note = "正在和田挂职，任期重叠"
        self.planted.append(Planted(first_secretaries.KEY, twice_asked, "H5", "block", note))
        return campaign

    def _towns(self) -> DemoCampaign:
        people, posts, campaign = past_campaigns.towns(self.maker, self.workplaces[10:18])
        self._add(people, posts)
        return campaign

    def _campus(self) -> DemoCampaign:
        people, posts, campaign = past_campaigns.campus(self.maker, campus_workplaces())
        self._add(people, posts)
        return campaign

    def _staff(self) -> None:
        """Colleagues who are not nominated, so that a structure analysis has more to count."""
        for workplace in self.workplaces:
            self._add([self.maker.make(workplace, Wanted(25, 58)) for _ in range(N_NOT_NOMINATED)], [])

    def _earlier_generations(self, campaigns: list[DemoCampaign], villages: list[DemoUnit]) -> list[DemoUnit]:
        """Who went to villages before, and who is there now; returns the villages that were on the list before.

        They are made last and by chance of their own, so that nobody else is another person for them.
        """
        source = random.Random(self.seed + 1)  # noqa: S311 -- invented data, no secret
        maker = self.maker.drawing_from(source)
        posts = [self.posts[offer.post] for offer in campaigns[0].offers]
        now = generations.now(maker, source, self.workplaces, posts)
        before = generations.before(maker, source, self.workplaces, villages)
        for part in (now, before):
            self._add(part.people, part.posts)
            campaigns.append(part.campaign)
        return before.units

    def _add(self, people: Iterable[DemoPerson], posts: Iterable[DemoPost]) -> None:
        self.people |= {person.key: person for person in people}
        self.posts |= {post.key: self._with_contacts(post) for post in posts}

    def _with_contacts(self, post: DemoPost) -> DemoPost:
        leader, mentor, clerk = self.source.sample(self.contacts, 3)
        return replace(post, contact_leader=leader, mentor=mentor, contact_name=clerk)
