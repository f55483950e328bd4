"""The great campaign as files for the command line and for benchmarks: roster, posts, pairs and caps."""

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from secondment.common.table_export import export_workbook
from secondment.demo import first_secretaries
from secondment.demo.facts import Demo, DemoPerson, DemoPost
from secondment.people.choices import Ability
from secondment.people.exports.appointment import grades_text
from secondment.tables.codes import education, ethnic_groups, ranks, specialties
from secondment.tables.codes.degrees import DegreeLevel
from secondment.tables.codes.titles import TitleLevel

MOST_POSTS_A_PERSON = 200
ABILITY_WORDS = ((85, "好"), (75, "较好"), (60, "一般"), (0, "较差"))
PARTY_WORDS = {
    "01": "中共党员",
    "02": "中共预备党员",
    "05": "民盟盟员",
    "06": "民建会员",
    "07": "民进会员",
    "10": "九三学社社员",
    "13": "群众",
}
ROSTER = [
    "姓名",
    "身份证号",
    "出生日期",
    "性别",
    "民族",
    "政治面貌",
    "参加工作时间",
    "单位",
    "现任职务",
    "全日制学历",
    "在职学历",
    "最高学位",
    "职务层次",
    "任现职级时间",
    "职称级别",
    "专业领域",
    "基层工作年限",
    "优秀年轻干部",
    "年度考核结果",
]
POSTS = [
    "岗位编号",
    "接收单位",
    "上级单位",
    "工作地点",
    "挂任职务",
    "人数",
    "最低学历",
    "专业方向",
    "最少基层工作年限",
    "到岗日期",
    "返岗日期",
    "分管工作",
]


def export_demo(demo: Demo, folder: Path) -> list[Path]:
    """Write roster.xlsx, posts.xlsx, arcs.csv and caps.csv into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {unit.key: unit.name for unit in demo.units}
    great = next(one for one in demo.campaigns if one.key == first_secretaries.KEY)
    nominated = {one.person for one in great.nominations}
    offered = {one.post for one in great.offers}
    people = [person for person in demo.people if person.key in nominated]
    posts = [post for post in demo.posts if post.key in offered]
    parents = {unit.key: names.get(unit.parent, "") for unit in demo.units}
    roster_head = [*ROSTER, *(str(ability.label) for ability in Ability)]
    paths = [
        _workbook(folder / "roster.xlsx", "名册", roster_head, (_roster_row(one, names) for one in people)),
        _workbook(folder / "posts.xlsx", "岗位", POSTS, (_post_row(one, names, parents) for one in posts)),
    ]
    wishes = {one.person: one.preferences for one in great.nominations}
    arcs = (("person", "post", "score", "person_group"), _arcs(people, posts, names, wishes))
    caps = (("person_group", "cap"), ((names[one.unit], one.release_cap) for one in great.quotas))
    return [*paths, _csv(folder / "arcs.csv", *arcs), _csv(folder / "caps.csv", *caps)]


def _workbook(path: Path, title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    path.write_bytes(export_workbook(title, head, rows))
    return path


def _csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
    return path


def _roster_row(person: DemoPerson, names: dict[str, str]) -> list[object]:
    study = person.education
    return [
        person.name,
        person.identity_number,
        f"{person.born_on:%Y-%m-%d}",
        "男" if person.sex == "1" else "女",
        ethnic_groups.label_of(person.ethnicity),
        PARTY_WORDS[person.political_status],
        f"{person.started_work_on:%Y-%m}",
        names[person.unit],
        person.post_title,
        study.full_time,
        study.on_job,
        DegreeLevel(study.degree_level).label if study.degree_level else "",
        ranks.label_of(person.rank),
        f"{person.rank_since:%Y-%m}",
        TitleLevel(person.title_level).label if person.title_level else "",
        "、".join(specialties.label_of(tag) for tag in person.specialties),
        person.grassroots_years,
        "是" if person.is_reserve else "否",
        grades_text(person.grades, person.category),
        *(_ability_word(value) for _, value in person.abilities),
    ]


def _ability_word(value: int) -> str:
    return next(word for least, word in ABILITY_WORDS if value >= least)


def _post_row(post: DemoPost, names: dict[str, str], parents: dict[str, str]) -> list[object]:
    return [
        post.code,
        names[post.unit],
        parents[post.unit],
        post.region,
        post.title,
        1,
        education.label_of(post.education_code) if post.education_code else "",
        "、".join(specialties.label_of(tag) for tag in post.specialties),
        post.grassroots_years,
        f"{post.starts_on:%Y-%m-%d}",
        f"{post.ends_on:%Y-%m-%d}",
        post.duties,
    ]


def _arcs(
    people: Sequence[DemoPerson],
    posts: Sequence[DemoPost],
    names: dict[str, str],
    wishes: dict[str, tuple[str, ...]],
) -> Iterator[tuple[str, str, int, str]]:
    """Each free person with up to two hundred posts: specialty 40, abilities 40, own wish 20 points."""
    source = random.Random(len(posts))  # noqa: S311 -- benchmark data, no secret
    for person in people:
        if person.is_under_investigation or person.penalties or person.political_status != "01":
            continue
        abilities, tags, wanted = dict(person.abilities), set(person.specialties), set(wishes[person.key])
        for post in source.sample(posts, min(len(posts), MOST_POSTS_A_PERSON)):
            needed = [abilities[ability] for ability in post.abilities]
            score = 40 * bool(tags & set(post.specialties)) + 20 * (post.key in wanted)
            score += round(0.4 * sum(needed) / len(needed))
            yield person.key, post.key, score, names[person.unit]
