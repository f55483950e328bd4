"""Campaigns whose people are or were in post: 什邡 2008, 和田, and one inside a university."""

import datetime as dt
import random
from dataclasses import replace

from secondment.demo.campaign_dates import SHIFANG_2008, Dates, running
from secondment.demo.facts import (
    DemoCampaign,
    DemoNomination,
    DemoPerson,
    DemoPlacement,
    DemoPost,
    DemoQuota,
    DemoTask,
    Offer,
)
from secondment.demo.people import PersonMaker, Wanted
from secondment.demo.places import SHIFANG, SHIFANG_ORGANS
from secondment.demo.positions import Workplace
from secondment.demo.regions import rural_townships, townships_of
from secondment.demo.units_tree import CAMPUS_PARTS, CAMPUS_REGION, DEPARTMENT, HOTAN
from secondment.people.choices import Ability, PersonState

N_SHIFANG = 32
SHIFANG_TASKS = (
    DemoTask("恢复重建", "完成灾后重建项目", 5, "个"),
    DemoTask("安置群众", "协助受灾群众住进过渡房", 300, "户"),
)
HOTAN_TASKS = (
    DemoTask("产业援建", "引进劳动密集型企业", 2, "家"),
    DemoTask("民生改善", "完成援建民生项目", 4, "个"),
)
TOWN_TASKS = (
    DemoTask("接诉即办", "群众诉求解决率", 90, "%"),
    DemoTask("美丽乡村建设", "完成村庄环境整治", 6, "个"),
)
CAMPUS_TASKS = (DemoTask("重点工作推进", "完成年度重点任务", 3, "项"),)
CODE_WORDS = {"shifang": "什邡", "hotan": "和田", "towns": "乡镇", "campus": "校内"}
RETIREMENT_AGES = {"1": 61, "2": 56}


def shifang(
    maker: PersonMaker, workplaces: list[Workplace]
) -> tuple[list[DemoPerson], list[DemoPost], DemoCampaign]:
    """Thirty-two people sent from as many organisations a few weeks after the earthquake; all came back."""
    hosts = [
        (f"shifang-{number}", f"什邡{name}副{_head(name)}") for number, name in enumerate(SHIFANG_ORGANS)
    ]
    hosts += [(f"shifang-{place.code}", f"{place.name}副镇长") for place in townships_of(SHIFANG)]
    posts = [
        _post(f"shifang-{number + 1:02d}", *hosts[number % len(hosts)], SHIFANG_2008, SHIFANG_TASKS, SHIFANG)
        for number in range(N_SHIFANG)
    ]
    people = [
        _veteran(maker, workplace) for workplace in workplaces[:: len(workplaces) // N_SHIFANG][:N_SHIFANG]
    ]
    name = "2008年支援什邡抗震救灾和恢复重建"
    campaign = dispatched("shifang_2008", "aid", DEPARTMENT, name, SHIFANG_2008, people, posts, "ended")
    return people, posts, replace(campaign, purpose="major_engineering", purpose_text="汶川地震灾后恢复重建")


def _head(organ: str) -> str:
    return "主任" if organ.endswith("办公室") else "部长" if organ.endswith("部") else "局长"


def _veteran(maker: PersonMaker, workplace: Workplace) -> DemoPerson:
    """Was 30 to 42 in 2008; retired by now or close to it."""
    gap = maker.as_of.year - 2008
    person = maker.make(workplace, Wanted(30 + gap, 42 + gap, is_member=True, willingness="obedient"))
    age = maker.as_of.year - person.born_on.year
    if age < RETIREMENT_AGES[person.sex]:
        return person
    return replace(person, state=PersonState.RETIRED.value)


def hotan(as_of: dt.date, people: list[DemoPerson]) -> tuple[list[DemoPost], DemoCampaign]:
    """People in post in the counties that Beijing is paired with; one term of three years."""
    dates = running(as_of, months_ago=14, months=36)
    counties = list(HOTAN.items())
    posts = [
        _post(
            f"hotan-{number + 1:02d}",
            f"hotan-{counties[number % len(counties)][0]}",
            f"{counties[number % len(counties)][1]}发展和改革委员会副主任",
            dates,
            HOTAN_TASKS,
            counties[number % len(counties)][0],
        )
        for number in range(len(people))
    ]
    name = f"{dates.starts_on.year}年援疆干部选派（和田）"
    return posts, dispatched("hotan", "aid", DEPARTMENT, name, dates, people, posts, "in_post")


def towns(
    maker: PersonMaker, workplaces: list[Workplace]
) -> tuple[list[DemoPerson], list[DemoPost], DemoCampaign]:
    """Young officials in townships since eight months, two in each of four."""
    dates = running(maker.as_of, months_ago=8, months=12)
    places = rural_townships("110109")[-4:]
    posts = [
        _post(
            f"towns-{number + 1:02d}",
            f"township-{places[number // 2].code}",
            f"{places[number // 2].name}{'镇长助理' if number % 2 else '副镇长'}",
            dates,
            TOWN_TASKS,
            places[number // 2].code,
        )
        for number in range(2 * len(places))
    ]
    people = [maker.make(workplace, Wanted(28, 38, is_member=True)) for workplace in workplaces]
    name = f"{dates.starts_on.year}年市级机关年轻干部下挂锻炼"
    return people, posts, dispatched("towns", "down", DEPARTMENT, name, dates, people, posts, "in_post")


def campus(
    maker: PersonMaker, workplaces: list[Workplace]
) -> tuple[list[DemoPerson], list[DemoPost], DemoCampaign]:
    """Young staff in other parts of their university; the term ends within two months."""
    dates = running(maker.as_of, months_ago=11, months=12)
    people = [maker.make(workplace, Wanted(28, 38)) for workplace in workplaces for _ in range(2)]
    n_parts = len(CAMPUS_PARTS)
    posts = [
        _post(
            f"campus-{number + 1:02d}",
            f"campus-{(number // 2 + 1) % n_parts}",
            f"{CAMPUS_PARTS[(number // 2 + 1) % n_parts]}{'副处长' if number % 2 else '处长助理'}",
            dates,
            CAMPUS_TASKS,
            CAMPUS_REGION,
        )
        for number in range(len(people))
    ]
    name = f"{dates.starts_on.year}年校内挂职锻炼"
    campaign = dispatched("campus", "campus", "campus-department", name, dates, people, posts, "in_post")
    return people, posts, campaign


def _post(
    key: str, unit: str, title: str, dates: Dates, tasks: tuple[DemoTask, ...], region: str
) -> DemoPost:
    source = random.Random(key)  # noqa: S311 -- invented data, no secret
    return DemoPost(
        key=f"post-{key}",
        unit=unit,
        code=f"{CODE_WORDS[key.split('-', maxsplit=1)[0]]}-{key.split('-')[1]}",
        title=f"{title}（挂职）",
        direction="down" if key.startswith(("campus", "towns")) else "across",
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        duties="协助主要负责同志工作，分管：" + "、".join(task.name for task in tasks),
        tasks=tasks,
        region=region,
        rank="142",
        hardship=0 if region == CAMPUS_REGION else 1 if key.startswith("towns") else 3,
        abilities=tuple(one.value for one in source.sample(list(Ability), 2)),
        lodging="单位宿舍，食堂就餐",
    )


def dispatched(
    key: str,
    programme: str,
    owner: str,
    name: str,
    dates: Dates,
    people: list[DemoPerson],
    posts: list[DemoPost],
    state: str,
) -> DemoCampaign:
    """A campaign in which person i holds post i."""
    year = dates.starts_on.year
    units: dict[str, int] = {}
    for person in people:
        units[person.unit] = units.get(person.unit, 0) + 1
    return DemoCampaign(
        key=key,
        programme=programme,
        owner=owner,
        name=name,
        purpose="key_task",
        purpose_text="",
        plan_number=f"组计（演示）〔{year}〕1号",
        nominations_from=dates.nominations_from,
        nominations_until=dates.nominations_until,
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        state="dispatched",
        offers=tuple(Offer(post.key) for post in posts),
        quotas=tuple(DemoQuota(unit, n_people, n_people) for unit, n_people in units.items()),
        nominations=tuple(
            DemoNomination(
                person.key,
                person.unit,
                "经党组织集体研究推荐",
                dates.nominations_until,
                dates.nominations_until,
                (post.key,),
            )
            for person, post in zip(people, posts, strict=True)
        ),
        placements=tuple(
            DemoPlacement(
                person.key, post.key, state, f"组发（演示）〔{year}〕{number + 1}号", dates.starts_on
            )
            for number, (person, post) in enumerate(zip(people, posts, strict=True))
        ),
    )
