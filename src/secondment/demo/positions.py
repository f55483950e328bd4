"""Ranks, posts, grades and titles that suit a workplace and an age."""

import random
from dataclasses import dataclass

from secondment.people.choices import Category
from secondment.units.choices import UnitKind

ORGANS = frozenset(
    {
        UnitKind.PARTY_ORGAN,
        UnitKind.GOVERNMENT_ORGAN,
        UnitKind.PEOPLES_ORGANISATION,
        UnitKind.ORGANISATION_DEPARTMENT,
        UnitKind.REGION,
        UnitKind.TOWNSHIP,
    }
)
DIVISIONS = [
    "办公室",
    "综合处",
    "组织处",
    "人事处",
    "规划处",
    "政策法规处",
    "业务一处",
    "业务二处",
    "宣传处",
    "机关党委",
    "财务处",
    "信息处",
]
DEPARTMENTS = [
    "战略发展部",
    "党群工作部",
    "人力资源部",
    "财务管理部",
    "运营管理部",
    "安全管理部",
    "科技创新部",
    "市场开发部",
]
FACULTIES = [
    "教务处",
    "科研处",
    "学生处",
    "人事处",
    "马克思主义学院",
    "继续教育学院",
    "信息学部",
    "党委宣传部",
]
BUREAUX = ["办公室", "政策研究科", "业务科", "综合科"]
# GB/T 12407 rank: (word in organs, word in enterprises, word in schools and institutions, usual 职级)
WORDS = {
    "122": ("副主任", "副总经理", "副校长", "二级巡视员"),
    "131": ("处长", "部长", "处长", "一级调研员"),
    "132": ("副处长", "副部长", "副处长", "三级调研员"),
    "141": ("一级主任科员", "高级主管", "科长", "一级主任科员"),
    "142": ("三级主任科员", "主管", "副科长", "三级主任科员"),
    "150": ("一级科员", "主办", "科员", "一级科员"),
}
COUNTY_WORDS = {
    "141": ("科长", "二级主任科员"),
    "142": ("副科长", "四级主任科员"),
    "150": ("科员", "一级科员"),
}
TITLES = {
    UnitKind.UNIVERSITY: (("讲师", "420"), ("副教授", "412"), ("教授", "411")),
    UnitKind.PUBLIC_INSTITUTION: (("助理研究员", "420"), ("副研究员", "412"), ("研究员", "411")),
    UnitKind.STATE_ENTERPRISE: (("工程师", "420"), ("高级工程师", "412"), ("正高级工程师", "411")),
}


@dataclass(frozen=True)
class Workplace:
    """A unit as an employer; a division names no subdivisions in its people's posts."""

    key: str
    name: str
    kind: UnitKind
    specialties: tuple[str, ...]
    is_county: bool = False
    is_division: bool = False


@dataclass(frozen=True)
class Position:
    """What a person holds now."""

    post_title: str
    rank: str
    grade_rank: str
    category: str
    professional_title: str
    title_level: str


def rank_at(source: random.Random, age: int, *, is_county: bool) -> str:
    """A rank usual at this age; counties and townships stop at 乡科级."""
    ladder = ((29, "150"), (34, "142"), (39, "141"), (46, "132"), (99, "131"))
    rank = next(code for limit, code in ladder if age + source.choice((-2, 0, 0, 2)) <= limit)
    return min(max(rank, "141"), "150") if is_county else rank


def position(source: random.Random, workplace: Workplace, rank: str, age: int) -> Position:
    """Post, grade, staff category and professional title."""
    kind, name = workplace.kind, workplace.name
    if kind in ORGANS:
        text, grade = _organ_post(source, workplace, rank)
        return Position(text, rank, grade, Category.PARTY_GOVERNMENT.value, "", "")
    if kind == UnitKind.STATE_ENTERPRISE:
        title, level = _title(kind, age) if source.random() < 0.5 else ("", "")
        text = f"{name}{source.choice(DEPARTMENTS)}{WORDS[rank][1]}"
        return Position(text, rank, "", Category.ENTERPRISE.value, title, level)
    if source.random() < 0.5:
        title, level = _title(kind, age)
        return Position(f"{name}{title}", rank, "", Category.SPECIALIST.value, title, level)
    divisions = FACULTIES if kind == UnitKind.UNIVERSITY else DIVISIONS
    division = "" if workplace.is_division else source.choice(divisions)
    return Position(f"{name}{division}{WORDS[rank][2]}", rank, "", Category.PARTY_GOVERNMENT.value, "", "")


def earlier_posts(workplace: Workplace, rank: str) -> list[str]:
    """Words of the posts below `rank`, lowest first."""
    if workplace.is_county:
        return [word for code, (word, _) in sorted(COUNTY_WORDS.items(), reverse=True) if code > rank]
    column = 3 if workplace.kind in ORGANS else 1 if workplace.kind == UnitKind.STATE_ENTERPRISE else 2
    return [words[column] for code, words in sorted(WORDS.items(), reverse=True) if code > rank]


def _organ_post(source: random.Random, workplace: Workplace, rank: str) -> tuple[str, str]:
    if workplace.is_county:
        word, grade = COUNTY_WORDS[rank]
        return f"{workplace.name}{source.choice(BUREAUX)}{word}", grade
    word, _, _, grade = WORDS[rank]
    return f"{workplace.name}{source.choice(DIVISIONS)}{word}", grade


def _title(kind: UnitKind, age: int) -> tuple[str, str]:
    return TITLES[kind][0 if age < 35 else 1 if age < 46 else 2]
