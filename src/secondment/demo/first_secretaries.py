"""The great campaign: 351 villages, about 600 nominees of ninety organisations, ready to be matched."""

import datetime as dt
import random
from dataclasses import dataclass

from secondment.demo.campaign_dates import Dates
from secondment.demo.facts import DemoCampaign, DemoNomination, DemoPerson, DemoPost, DemoQuota, Offer
from secondment.demo.people import PersonMaker, Wanted
from secondment.demo.positions import Workplace
from secondment.demo.units_tree import DEPARTMENT
from secondment.people.choices import Willingness

KEY = "first_secretaries"
# The first 60 organisations nominate seven each, the others six: 600 in all.
N_LARGE, LARGE_SHARE, SMALL_SHARE = 60, 7, 6
KEPT_BACK = 2
TIGHT_ORGANISATION, TIGHT_CAP = "北京农商银行", 2
REASONS = (
    "政治素质好，群众工作经验丰富，适合驻村工作",
    "熟悉农村工作，责任心强，组织协调能力突出",
    "年轻有为，需要在基层一线补足实践短板",
    "专业对口，能够帮助村里发展产业",
    "本人主动报名，经党组织集体研究推荐",
)
HARDSHIPS = ("父母年事已高，希望离家近一些", "孩子即将中考，周末需要回家", "配偶长期外派，家中有幼儿")


@dataclass(frozen=True)
class Nominee:
    """A person with the organisation that nominates them."""

    person: DemoPerson
    workplace: Workplace


def share_of(number: int) -> int:
    """How many organisation `number` nominates at scale 1."""
    return LARGE_SHARE if number < N_LARGE else SMALL_SHARE


def nominees(maker: PersonMaker, workplaces: list[Workplace], scale: int) -> list[Nominee]:
    """People of every organisation, nearly all of them fit for a village."""
    return [
        Nominee(maker.make(workplace, Wanted(youngest=27, oldest=43, level=level, is_member=True)), workplace)
        for number, workplace in enumerate(workplaces)
        for level in _levels(share_of(number) * scale)
    ]


def _levels(n_people: int) -> list[str]:
    """Four bachelors to every three masters, and a doctor now and then."""
    cycle = ("bachelor", "master", "bachelor", "master", "bachelor", "bachelor", "master")
    return ["doctor" if number % 23 == 22 else cycle[number % 7] for number in range(n_people)]


def quotas(workplaces: list[Workplace], scale: int) -> tuple[DemoQuota, ...]:
    """Every organisation releases two fewer than it nominates; one of them far fewer."""
    rows = []
    for number, workplace in enumerate(workplaces):
        n_asked = share_of(number) * scale
        cap = TIGHT_CAP * scale if workplace.name == TIGHT_ORGANISATION else n_asked - KEPT_BACK * scale
        rows.append(DemoQuota(workplace.key, n_asked, cap))
    return tuple(rows)


def campaign(
    source: random.Random, dates: Dates, people: list[Nominee], posts: list[DemoPost], scale: int
) -> DemoCampaign:
    """The campaign with nominations and wishes of both sides, before cases are planted."""
    by_specialty: dict[str, list[DemoPost]] = {}
    for post in posts:
        for tag in post.specialties:
            by_specialty.setdefault(tag, []).append(post)
    workplaces = list({nominee.workplace.key: nominee.workplace for nominee in people}.values())
    year = dates.starts_on.year
    return DemoCampaign(
        key=KEY,
        programme="first_secretary",
        owner=DEPARTMENT,
        name=f"{year}年低收入村和后进村第一书记选派",
        purpose="key_task",
        purpose_text="建强村党组织，改善民生，精准帮扶",
        plan_number=f"京组计（演示）〔{dates.nominations_from.year}〕3号",
        nominations_from=dates.nominations_from,
        nominations_until=dates.nominations_until,
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        state="review",
        offers=tuple(Offer(post.key, 1 if post.hardship == 3 else 2) for post in posts),
        quotas=quotas(workplaces, scale),
        nominations=tuple(nomination(source, one, dates, by_specialty, posts) for one in people),
        host_wishes=_host_wishes(source, people, posts),
    )


def nomination(
    source: random.Random,
    nominee: Nominee,
    dates: Dates,
    by_specialty: dict[str, list[DemoPost]],
    posts: list[DemoPost],
) -> DemoNomination:
    """A nomination; who has not said whether they would go has not answered either."""
    person = nominee.person
    has_answered = person.willingness != Willingness.UNKNOWN
    suited = by_specialty.get(person.specialties[0], posts)
    wishes: tuple[str, ...] = ()
    if has_answered and source.random() < 0.7:
        wishes = tuple(dict.fromkeys(source.choice(suited).key for _ in range(source.randint(2, 5))))
    nominated_on = dates.nominations_from + dt.timedelta(days=source.randint(3, 32))
    is_hard = person.willingness == Willingness.UNWILLING
    return DemoNomination(
        person=person.key,
        unit=nominee.workplace.key,
        reason=source.choice(REASONS),
        nominated_on=nominated_on,
        answered_on=nominated_on + dt.timedelta(days=source.randint(1, 8)) if has_answered else None,
        preferences=wishes,
        hardship_text=source.choice(HARDSHIPS) if is_hard or (has_answered and source.random() < 0.1) else "",
        prefers_near=has_answered and source.random() < 0.15,
    )


def _host_wishes(
    source: random.Random, people: list[Nominee], posts: list[DemoPost]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every sixth village names up to three nominees it would like."""
    return tuple(
        (post.key, tuple(one.person.key for one in source.sample(people, source.randint(1, 3))))
        for post in posts[::6]
    )
