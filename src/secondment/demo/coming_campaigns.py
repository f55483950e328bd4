"""Small campaigns that are still being prepared: to townships, upwards, and to enterprises."""

import random
from dataclasses import dataclass, replace

from secondment.demo.campaign_dates import Dates, upcoming
from secondment.demo.facts import (
    DemoCampaign,
    DemoNomination,
    DemoPerson,
    DemoPost,
    DemoQuota,
    DemoTask,
    Firm,
    Offer,
    Planted,
)
from secondment.demo.people import PersonMaker, Wanted
from secondment.demo.places import FARMING_DISTRICTS
from secondment.demo.positions import Workplace
from secondment.demo.regions import rural_townships
from secondment.demo.units_tree import DEPARTMENT
from secondment.people.choices import Ability

DOWN_TASKS = (
    DemoTask("重点项目推进", "分管项目按期开工", 3, "个"),
    DemoTask("接诉即办", "群众诉求解决率", 90, "%"),
)
CODE_WORDS = {"down": "下挂", "up": "上挂", "enterprise": "企业"}
UP_TASKS = (DemoTask("调研报告", "完成专题调研", 2, "篇"),)
ENTERPRISE_TASKS = (DemoTask("改革任务", "完成国企改革任务", 3, "项"),)
UP_HOSTS = ("市农业农村局", "市财政局", "市民政局", "市规划自然资源委", "市生态环境局", "市文化和旅游局")
ENTERPRISE_STATES = (
    "draft",
    "draft",
    "submitted",
    "submitted",
    "returned",
    "approved",
    "approved",
    "approved",
)


@dataclass(frozen=True)
class Part:
    """What one campaign adds to the demo."""

    people: list[DemoPerson]
    posts: list[DemoPost]
    campaign: DemoCampaign
    planted: list[Planted]


def down(maker: PersonMaker, source: random.Random, workplaces: list[Workplace]) -> Part:
    """Young officials to townships: nominations are coming in; recusal of firms and localities is planted."""
    dates = upcoming(maker.as_of, months=12, is_open=True)
    posts = _township_posts(source, dates)
    homes = [one for one in workplaces if not one.name.endswith(("大学", "学院"))][5:35]
    people = [maker.make(workplace, Wanted(28, 38, is_member=True)) for workplace in homes[:18]]
    people, planted = _plant_down(people)
    nominations = tuple(_nomination(person, dates, posts, source) for person in people)
    # the last three have not answered yet
    nominations = nominations[:-3] + tuple(
        replace(one, answered_on=None, preferences=()) for one in nominations[-3:]
    )
    campaign = _campaign(
        "down", "down", f"{dates.starts_on.year}年市级机关年轻干部下挂锻炼", dates, "open", posts
    )
    quotas = tuple(DemoQuota(workplace.key, 1, 1) for workplace in homes)
    return Part(people, posts, replace(campaign, quotas=quotas, nominations=nominations), planted)


def _township_posts(source: random.Random, dates: Dates) -> list[DemoPost]:
    posts = []
    for number in range(20):
        district = list(FARMING_DISTRICTS)[3 + number % 10]
        place = source.choice(rural_townships(district)[-6:])
        is_first = number == 0
        posts.append(
            _post(
                f"down-{number + 1:02d}",
                f"township-{place.code}",
                "镇党委书记（挂职）" if is_first else source.choice(("副镇长（挂职）", "镇长助理（挂职）")),
                dates,
                DOWN_TASKS,
                region=place.code,
                rank="141" if is_first else "142",
                is_principal=is_first,
                organ_kind="township_party_government" if is_first else "other",
                industries=("agriculture",) if number % 3 else (),
                specialties=source.choice(
                    (("agriculture",), ("planning_construction",), ("culture_tourism",))
                ),
                sensitive_work=("finance",) if number == 4 else (),
                hardship=1 + number % 2,
            )
        )
    return posts


def _plant_down(people: list[DemoPerson]) -> tuple[list[DemoPerson], list[Planted]]:
    near, far, local, *others = people
    near = replace(near, firms=(Firm("配偶", "北京（示例）生态农业有限公司", "agriculture", "110116"),))
    far = replace(far, firms=(Firm("儿子", "上海（示例）农产品贸易有限公司", "agriculture", "310115"),))
    local = replace(local, native_region="110109", growth_region="110109", native_place="北京门头沟区")
    planted = [
        Planted("down", near.key, "H2", "block", "配偶在本市经营岗位主管行业的企业"),
        Planted("down", far.key, "H2", "warn", "子女在外地经营岗位主管行业的企业"),
        Planted("down", local.key, "H3", "block", "成长地与镇党委书记岗位同区"),
    ]
    return [near, far, local, *others], planted


def up(
    maker: PersonMaker, source: random.Random, workplaces: list[Workplace], hosts: list[Workplace]
) -> Part:
    """Township officials upwards, for fifteen months and without a plan number: a loan in disguise."""
    dates = upcoming(maker.as_of, months=15, is_open=False)
    posts = [
        _post(
            f"up-{number + 1:02d}",
            host.key,
            f"{host.name}综合处副处长（挂职）",
            dates,
            UP_TASKS,
            direction="up",
        )
        for number, host in enumerate(one for one in hosts if one.name in UP_HOSTS)
    ]
    posts[0] = replace(posts[0], title_level="420")
    posts[1] = replace(posts[1], grassroots_years=4)
    people = [maker.make(workplace, Wanted(27, 36)) for workplace in workplaces[::3][:8]]
    people[0] = replace(people[0], grassroots_years=3)
    campaign = _campaign("up", "up", f"{dates.starts_on.year}年乡镇干部上挂锻炼", dates, "review", posts)
    planted = [
        Planted("up", people[0].key, "H6", "warn", "期限15个月，超过上挂一般期限"),
        Planted("up", people[0].key, "H7", "block", "没有选派计划文号，疑似变相借调"),
        Planted("up", people[0].key, "R3", "warn", "岗位要求中级职称"),
        Planted("up", people[0].key, "R4", "warn", "岗位要求四年基层经历"),
    ]
    campaign = replace(
        campaign,
        plan_number="",
        quotas=tuple(DemoQuota(person.unit, 1, 1) for person in people),
        nominations=tuple(_nomination(person, dates, posts, source) for person in people),
    )
    return Part(people, posts, campaign, planted)


def enterprise(maker: PersonMaker, workplaces: list[Workplace]) -> Part:
    """Organs and enterprises exchange people: demands are still being collected."""
    dates = upcoming(maker.as_of, months=12, is_open=True)
    hosts = [one for one in workplaces if "集团" in one.name][: len(ENTERPRISE_STATES)]
    posts = [
        replace(
            _post(
                f"enterprise-{number + 1:02d}",
                host.key,
                "总经理助理（挂职）",
                dates,
                ENTERPRISE_TASKS,
                direction="enterprise",
                specialties=host.specialties,
            ),
            state=state,
            opinion="请补充分管工作和可衡量的任务目标" if state == "returned" else "",
        )
        for number, (host, state) in enumerate(zip(hosts, ENTERPRISE_STATES, strict=True))
    ]
    approved = [post for post in posts if post.state == "approved"]
    name = f"{dates.starts_on.year}年机关企事业单位干部交流挂职"
    campaign = _campaign("enterprise", "enterprise", name, dates, "draft", approved)
    quotas = tuple(DemoQuota(one.key, 1, 1) for one in workplaces[18:26])
    return Part([], posts, replace(campaign, quotas=quotas), [])


def _post(
    key: str,
    unit: str,
    title: str,
    dates: Dates,
    tasks: tuple[DemoTask, ...],
    *,
    direction: str = "down",
    **asked: object,
) -> DemoPost:
    source = random.Random(key)  # noqa: S311 -- invented data, no secret
    post = DemoPost(
        key=f"post-{key}",
        unit=unit,
        code=f"{CODE_WORDS[key.split('-', maxsplit=1)[0]]}-{key.split('-')[1]}",
        title=title,
        direction=direction,
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        duties="协助主要负责同志工作，分管：" + "、".join(task.name for task in tasks),
        tasks=tasks,
        rank="142",
        abilities=tuple(one.value for one in source.sample(list(Ability), 2)),
        lodging="单位宿舍，食堂就餐",
    )
    return replace(post, **asked)  # type: ignore[arg-type]


def _nomination(
    person: DemoPerson, dates: Dates, posts: list[DemoPost], source: random.Random
) -> DemoNomination:
    wishes = tuple(post.key for post in source.sample(posts, 3))
    day = dates.nominations_from
    return DemoNomination(person.key, person.unit, "经党组织集体研究推荐", day, day, wishes)


def _campaign(
    key: str, programme: str, name: str, dates: Dates, state: str, posts: list[DemoPost]
) -> DemoCampaign:
    return DemoCampaign(
        key=key,
        programme=programme,
        owner=DEPARTMENT,
        name=name,
        purpose="key_task",
        purpose_text="培养锻炼干部，推动重点任务落实",
        plan_number=f"京组计（演示）〔{dates.nominations_from.year}〕{len(key)}号",
        nominations_from=dates.nominations_from,
        nominations_until=dates.nominations_until,
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        state=state,
        offers=tuple(Offer(post.key) for post in posts),
    )
