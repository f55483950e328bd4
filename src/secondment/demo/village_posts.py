"""The posts of first secretaries: what their villages need and what they ask for."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from secondment.demo.campaign_dates import Dates
from secondment.demo.facts import DemoPost, DemoTask, DemoUnit
from secondment.demo.places import FARMING_DISTRICTS
from secondment.demo.regions import Place, rural_townships
from secondment.demo.villages import VillageNamer
from secondment.units.choices import UnitKind, UnitLevel

BEFORE = "往届"  # in the codes of posts of villages that were helped before
MOUNTAINS = frozenset({"110109", "110111", "110116", "110117", "110118", "110119"})


@dataclass(frozen=True)
class Theme:
    """What a village wants to get done, and who can do it."""

    name: str
    specialties: tuple[str, ...]
    abilities: tuple[str, ...]
    tasks: tuple[DemoTask, ...]


def _themes(table: str) -> tuple[Theme, ...]:
    """Themes from lines of “name | specialties | abilities”, each with its tasks below: name, measure, target, unit."""
    themes: list[Theme] = []
    for line in table.strip().splitlines():
        if "|" in line:
            name, specialties, abilities = (part.strip() for part in line.split("|"))
            themes.append(Theme(name, tuple(specialties.split()), tuple(abilities.split()), ()))
        else:
            task, measure, target, unit = line.split()
            tasks = (*themes[-1].tasks, DemoTask(task, measure, int(target), unit))
            themes[-1] = replace(themes[-1], tasks=tasks)
    return tuple(themes)


LOW_INCOME = _themes(
    """
    林果产业 | agriculture commerce_foreign | development mass_work
      发展特色林果产业 新增林果标准化种植面积 200 亩
      打通产销渠道 签订稳定收购协议 3 份
      低收入农户增收 低收入农户人均可支配收入增长 15 %
    乡村旅游 | culture_tourism commerce_foreign | development interests
      发展精品民宿 新增精品民宿院落 12 户
      完善旅游服务设施 新建改建服务设施 4 处
      带动就业 吸纳本村劳动力就业 30 人
    基础设施 | planning_construction environment | development interests
      改善村内道路 硬化村内道路 5 公里
      实施污水治理 农户污水收集率 90 %
    集体经济 | economy_finance accounting_audit | development interests
      壮大集体经济 村集体年经营性收入达到 50 万元
      规范集体资产 清理不规范经济合同 10 份
    公共服务 | health education | mass_work harmony_safety
      建好村卫生室 常见病村内就诊率 70 %
      关爱老幼 建成老年餐桌和儿童之家 2 处
    电商信息 | information_technology industry_technology | development mass_work
      建设村级电商服务点 年线上销售额达到 80 万元
      培训新农人 培训村民 100 人次
    """
)
LAGGING = _themes(
    """
    建强支部 | party_affairs | party_building mass_work
      整顿提升党支部 完成整顿问题清单事项 12 项
      培养后备力量 培养村级后备人才 4 人
      落实组织生活 补齐党员发展和教育台账 1 套
    化解矛盾 | politics_law party_affairs | harmony_safety interests
      化解历史积案 办结信访积案 8 件
      健全村规民约 修订村规民约和议事规则 2 项
    平安建设 | emergency politics_law | harmony_safety party_building
      消除安全隐患 整改安全隐患 30 处
      建好群防队伍 组建群防群治队伍 40 人
    """
)


def village_posts(source: random.Random, dates: Dates, scale: int) -> tuple[list[DemoUnit], list[DemoPost]]:
    """Villages below their real townships with one post each; low-income ones first in every district."""
    units: list[DemoUnit] = []
    posts: list[DemoPost] = []
    for district, (_, n_low_income, n_lagging) in FARMING_DISTRICTS.items():
        townships = rural_townships(district)
        namers = {one.code: VillageNamer(source) for one in townships}
        for number in range((n_low_income + n_lagging) * scale):
            place = townships[number % len(townships)]
            code = f"{district}-{number + 1:03d}"
            unit = _village(code, namers[place.code].name(), place)
            units.append(unit)
            is_lagging = number >= n_low_income * scale
            theme = source.choice(LAGGING if is_lagging else LOW_INCOME)
            posts.append(_post(source, unit, place, code, theme, dates, is_lagging=is_lagging))
    return units, posts


def village_posts_before(
    source: random.Random, dates: Dates, district: str, n: int, villages: Iterable[DemoUnit]
) -> tuple[list[DemoUnit], list[DemoPost]]:
    """Other villages of a district, which were helped before and are no longer on the list; `villages` are those that are."""
    townships = rural_townships(district)
    given: dict[str, list[str]] = {f"township-{one.code}": [] for one in townships}
    for village in villages:
        given.get(village.parent, []).append(village.name)
    namers = {one.code: VillageNamer(source, given[f"township-{one.code}"]) for one in townships}
    units: list[DemoUnit] = []
    posts: list[DemoPost] = []
    for number in range(n):
        place = townships[number % len(townships)]
        code = f"{district}-{BEFORE}{number + 1:02d}"
        units.append(_village(code, namers[place.code].name(), place))
        theme = source.choice(LOW_INCOME)
        posts.append(_post(source, units[-1], place, code, theme, dates, is_lagging=False))
    return units, posts


def _village(code: str, name: str, place: Place) -> DemoUnit:
    return DemoUnit(
        f"village-{code}",
        name,
        UnitKind.VILLAGE,
        UnitLevel.VILLAGE,
        parent=f"township-{place.code}",
        region=place.code,
    )


def _post(
    source: random.Random,
    unit: DemoUnit,
    place: Place,
    code: str,
    theme: Theme,
    dates: Dates,
    *,
    is_lagging: bool,
) -> DemoPost:
    kind = "后进村" if is_lagging else "低收入村"
    tasks = theme.tasks if not is_lagging else (*theme.tasks, DemoTask("为民办实事", "办成民生实事", 6, "件"))
    hardship = source.choice((1, 2, 2, 3) if place.code[:6] in MOUNTAINS else (0, 0, 1))
    return DemoPost(
        key=f"post-{code}",
        unit=unit.key,
        code=code,
        title="第一书记（挂职）",
        direction="down",
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        duties=f"{kind}，重点任务：{theme.name}。协助村党支部抓党建、促发展、惠民生，不占村“两委”职数。",
        tasks=tasks,
        region=place.code,
        hardship=hardship,
        specialties=theme.specialties,
        abilities=theme.abilities,
        requires_party_member=True,
        lodging=source.choice(("村委会宿舍，镇食堂就餐", "镇机关周转房", "村内租住民房，通公交")),
    )
