"""Cases put into the great campaign on purpose, so that every rule has something to say."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from secondment.demo import first_secretaries
from secondment.demo.ageing import born_at, just_started
from secondment.demo.facts import (
    DemoCampaign,
    DemoExemption,
    DemoPerson,
    DemoPost,
    PenaltyPeriod,
    Planted,
    Relative,
)
from secondment.demo.months import month_after
from secondment.demo.people import surname_of


@dataclass
class Ground:
    """People, posts and the campaign while cases are planted; people are changed in place of their keys."""

    people: dict[str, DemoPerson]
    posts: dict[str, DemoPost]
    campaign: DemoCampaign
    as_of: dt.date
    planted: list[Planted]

    def change(self, key: str, **changes: object) -> None:
        """Replace facts of one person."""
        self.people[key] = replace(self.people[key], **changes)  # type: ignore[arg-type]

    def note(self, person: str, rule: str, result: str, note: str) -> None:
        """Write down what the check must find."""
        self.planted.append(Planted(first_secretaries.KEY, person, rule, result, note))


def plant(
    people: dict[str, DemoPerson],
    posts: dict[str, DemoPost],
    campaign: DemoCampaign,
    as_of: dt.date,
    *,
    teachers_unit: str,
) -> tuple[DemoCampaign, list[Planted]]:
    """Change the first nominee of one organisation after the other; `people` and `posts` take the changes."""
    ground = Ground(people, posts, campaign, as_of, [])
    firsts = {one.unit: one.person for one in reversed(campaign.nominations)}
    teacher = firsts.pop(teachers_unit)
    women = iter([key for key in firsts.values() if people[key].sex == "2"])
    retiring = next(women)
    couples = [_couple(people, firsts.values(), {retiring})]
    couples.append(_couple(people, firsts.values(), {retiring, *couples[0]}))
    keys = iter([key for key in firsts.values() if key not in {retiring, *couples[0], *couples[1]}])
    _plant_kin(ground, next(keys), next(keys), next(keys))
    _plant_native_village(ground, next(keys))
    _plant_discipline(ground, next(keys), next(keys))
    for couple in couples:
        _plant_couple(ground, *couple)
    _plant_age_and_work(ground, next(keys), retiring, next(keys), next(keys))
    _plant_record(ground, next(keys), next(keys), next(keys))
    _plant_party_and_occupation(ground, next(keys), next(keys), teacher)
    _plant_requirements(ground, next(keys))
    _plant_silence(ground, next(keys))
    return ground.campaign, ground.planted


def _couple(people: dict[str, DemoPerson], keys: Iterable[str], taken: set[str]) -> tuple[str, str]:
    """The man and the woman closest in age among `keys`."""
    free = [people[key] for key in keys if key not in taken]
    men = [one for one in free if one.sex == "1"]
    women = [one for one in free if one.sex == "2"]
    pairs = ((man, woman) for man in men for woman in women)
    man, woman = min(pairs, key=lambda pair: abs(pair[0].born_on - pair[1].born_on))
    return man.key, woman.key


def _plant_kin(ground: Ground, led: str, worked: str, exempted: str) -> None:
    """Relatives in a village: one leads it, one works there, one leads it with an approved exception."""
    villages = [ground.posts[offer.post].unit for offer in ground.campaign.offers[:60:20]]
    exempted_post = ground.campaign.offers[40].post
    surname = surname_of(ground.people[led].name)
    in_law = "岳父" if ground.people[exempted].sex == "1" else "公公"
    leader, worker = "村党支部书记", "村务工作者"
    for key, relative in (
        (
            led,
            Relative("叔叔", "collateral", f"{surname}守田", "196803", leader, "中共党员", villages[0], True),
        ),
        (worked, Relative("表弟", "collateral", "魏守信", "199003", worker, "群众", villages[1])),
        (exempted, Relative(in_law, "in_law", "孟守成", "196303", leader, "中共党员", villages[2], True)),
    ):
        ground.change(key, family=(*ground.people[key].family, relative))
    ground.note(led, "H1", "block", "叔叔任该村党支部书记")
    ground.note(worked, "H1", "warn", "表弟在该村工作，不任领导职务")
    document = f"京组函（演示）〔{ground.as_of.year}〕8号"
    exemption = DemoExemption(exempted, "H1", document, "该村党员一致请求，经上级党委批准", exempted_post)
    ground.campaign = replace(ground.campaign, exemptions=(*ground.campaign.exemptions, exemption))
    ground.note(exempted, "H1", "exempt", "岳父任该村党支部书记，已有批准文号")


def _plant_native_village(ground: Ground, key: str) -> None:
    township = ground.posts[ground.campaign.offers[80].post].region
    ground.change(key, native_region=township, growth_region=township, native_place="北京市远郊")
    ground.note(key, "H3b", "warn", "籍贯在该村所在乡镇")


def _plant_discipline(ground: Ground, punished: str, investigated: str) -> None:
    since = month_after(ground.as_of, -3)
    penalty = PenaltyPeriod("demerit", since, month_after(since, 12), "机关纪委（演示）处分决定1号")
    ground.change(punished, penalties=(penalty,))
    ground.note(punished, "H4", "block", "记过处分影响期未满")
    ground.change(investigated, is_under_investigation=True)
    ground.note(investigated, "H4", "block", "正被立案审查调查")


def _plant_couple(ground: Ground, one: str, other: str) -> None:
    """Two nominees of different organisations who are married to each other."""
    for key, spouse in ((one, ground.people[other]), (other, ground.people[one])):
        parents = tuple(one for one in ground.people[key].family if one.title in {"父亲", "母亲"})
        title = "妻子" if spouse.sex == "2" else "丈夫"
        born, work = f"{spouse.born_on:%Y%m}", spouse.post_title
        married = Relative(title, "spouse", spouse.name, born, work, "中共党员", person=spouse.key)
        ground.change(key, family=(married, *parents))
        ground.note(key, "H8", "warn", "夫妻双方同时被推荐")


def _plant_age_and_work(ground: Ground, over_age: str, retiring: str, exempted: str, beginner: str) -> None:
    """Too old, about to retire, too old with an approved exception, and too new at work."""
    as_of, people = ground.as_of, ground.people
    people[over_age] = born_at(people[over_age], dt.date(as_of.year - 47, 2, 11))
    ground.note(over_age, "H9a", "warn", "挂职开始时超过45周岁")
    people[retiring] = born_at(people[retiring], dt.date(as_of.year - 54, 3, 8))
    ground.note(retiring, "H12", "warn", "任期内到达法定退休年龄")
    people[exempted] = born_at(people[exempted], dt.date(as_of.year - 48, 9, 1))
    document = f"京组函（演示）〔{as_of.year}〕9号"
    exemption = DemoExemption(exempted, "H9a", document, "农业专家，驻村经验丰富，经批准放宽年龄")
    ground.campaign = replace(ground.campaign, exemptions=(*ground.campaign.exemptions, exemption))
    ground.note(exempted, "H9a", "exempt", "超龄，已有批准文号")
    people[beginner] = just_started(people[beginner], month_after(as_of, -14))
    ground.note(beginner, "H11b", "block", "工作不满两年")


def _plant_record(ground: Ground, college: str, weak: str, blank: str) -> None:
    """Education below the limit, a weak grade, and a grade that is missing."""
    year = ground.as_of.year
    education = replace(ground.people[college].education, full_time="大学专科", full_time_degree="")
    education = replace(education, code="31", degree_level="", on_job="", on_job_school="")
    ground.change(college, education=education)
    ground.note(college, "H9b", "warn", "学历为大学专科")
    ground.note(college, "R2", "warn", "岗位要求大学本科")
    ground.change(weak, grades=((year - 2, "competent"), (year - 1, "basically_competent")))
    ground.note(weak, "H10", "block", "上一年度考核为基本称职")
    ground.change(blank, grades=((year - 1, "competent"),))
    ground.note(blank, "H10", "warn", "只有一年考核记录")


def _plant_party_and_occupation(ground: Ground, outsider: str, probationary: str, teacher: str) -> None:
    ground.change(outsider, political_status="05", joined_party_on=None)
    ground.note(outsider, "H11a", "block", "民盟盟员，不是中共党员")
    ground.note(outsider, "R5", "block", "岗位要求中共正式党员")
    ground.change(probationary, political_status="02", joined_party_on=month_after(ground.as_of, -5))
    ground.note(probationary, "H11a", "block", "中共预备党员")
    title = {"professional_title": "一级教师", "title_level": "420", "category": "specialist"}
    ground.change(teacher, occupation="school_teacher", post_title="附属中学教师", **title)
    ground.note(teacher, "H11c", "warn", "中学教师")


def _plant_requirements(ground: Ground, older: str) -> None:
    """Posts that ask for more than the programme; few fall short of them."""
    _ask(ground, 100, oldest_age=42)
    ground.people[older] = born_at(ground.people[older], dt.date(ground.as_of.year - 44, 5, 20))
    ground.note(older, "R1", "warn", "超过岗位年龄上限42岁")
    _ask(ground, 120, education_code="20")


def _ask(ground: Ground, first: int, **asked: object) -> None:
    """Let four posts ask for more."""
    for offer in ground.campaign.offers[first : first + 4]:
        ground.posts[offer.post] = replace(ground.posts[offer.post], **asked)  # type: ignore[arg-type]


def _plant_silence(ground: Ground, key: str) -> None:
    """A nominee who has not answered."""
    ground.change(key, willingness="unknown")
    silent = tuple(
        replace(one, answered_on=None, preferences=(), hardship_text="", prefers_near=False)
        if one.person == key
        else one
        for one in ground.campaign.nominations
    )
    ground.campaign = replace(ground.campaign, nominations=silent)
