"""Roster cells to codes: the words clerks write, and those nobody can count."""

import datetime as dt

import pytest

from secondment.tables.structure_cells import (
    CellError,
    CellParser,
    ability_cell,
    annual_grades_cell,
    birth_cell_until,
    date_cell,
    date_cell_until,
    degree_cell,
    education_cell,
    education_mode_cell,
    grass_roots_cell,
    minority_cell,
    party_cell,
    party_joined_cell,
    posts_held_cell,
    rank_cell,
    reserve_cell,
    sex_cell,
    specialty_cell,
    title_cell,
)

AS_OF = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("parser", "text", "code"),
    [
        (date_cell, "1985.03", 19850300),
        (date_cell, "1985年3月12日", 19850312),
        (date_cell, "", 0),
        (sex_cell, "女", 1),
        (sex_cell, "1", 0),
        (sex_cell, "", -1),
        (education_cell, "硕士研究生", 0),
        (education_cell, "研究生（在职）", 0),
        (education_cell, "大学普通班", 1),
        (education_cell, "本科", 1),
        (education_cell, "大学专科", 2),
        (education_cell, "中等专科", 3),
        (education_cell, "高中", 4),
        (education_cell, "postgraduate", 0),
        (education_mode_cell, "全日制大学", 0),
        (education_mode_cell, "非全日制研究生", 1),
        (education_mode_cell, "省委党校研究生", 1),
        (education_mode_cell, "大学", -1),
        (degree_cell, "农学博士", 0),
        (degree_cell, "无", 3),
        (rank_cell, "四级调研员", 3),
        (rank_cell, "一级主任科员", 4),
        (rank_cell, "四级主任科员", 5),
        (rank_cell, "二级科员", 6),
        (rank_cell, "县处级副职", 3),
        (rank_cell, "副处级", 3),
        (rank_cell, "二级巡视员", 1),
        (rank_cell, "高级工程师", 7),
        (rank_cell, "", -1),
        (title_cell, "正高级工程师", 0),
        (title_cell, "中级", 2),
        (party_cell, "中共预备党员", 0),
        (party_cell, "群众", 1),
        (party_cell, "", -1),
        (party_joined_cell, "2007年6月", 0),
        (party_joined_cell, "群众", 1),
        (party_joined_cell, "", -1),
        (minority_cell, "汉族", 0),
        (minority_cell, "苗族", 1),
        (minority_cell, "", -1),
        (grass_roots_cell, "2年", 1),
        (grass_roots_cell, "1.5", 0),
        (grass_roots_cell, "", -1),
        (posts_held_cell, "1", 0),
        (posts_held_cell, "3", 1),
        (posts_held_cell, "4", 2),
        (posts_held_cell, "", -1),
        (specialty_cell, "党务组织、卫生", 1 | 1 << 9),
        (specialty_cell, "education；education", 1 << 8),
        (specialty_cell, "养蚕", 1 << 14),
        (specialty_cell, "", 0),
        (ability_cell, "较好", 1),
        (reserve_cell, "否", 1),
        (annual_grades_cell, "2022优秀、2023优秀、2024称职、2025优秀", 2),
        (annual_grades_cell, "不称职", 0),
        (annual_grades_cell, "", -1),
    ],
)
def test_cell_is_coded(parser: CellParser, text: str, code: int) -> None:
    assert parser(text) == code


@pytest.mark.parametrize(
    ("parser", "text", "found"),
    [
        (date_cell, "不详", "“不详” is no date"),
        (date_cell_until(AS_OF), "2026.12", "lies after 2026-11-23"),
        (birth_cell_until(AS_OF, needs_day=True), "1985.03", "names no day"),
        (birth_cell_until(AS_OF, needs_day=True), "2026-11-24", "lies after"),
        (sex_cell, "男女", "is not understood"),
        (education_cell, "不详", "is not understood"),
        (degree_cell, "不详", "is not understood"),
        (title_cell, "教书的", "is not understood"),
        (party_cell, "不详", "is no political status"),
        (party_joined_cell, "不详", "is no date"),
        (grass_roots_cell, "很久", "is no number"),
        (grass_roots_cell, "-1", "is out of range"),
        (grass_roots_cell, "nan", "is out of range"),
        (posts_held_cell, "1.5", "is no number of posts"),
        (ability_cell, "优", "is not understood"),
        (annual_grades_cell, "不错", "names no annual grade"),
    ],
)
def test_cell_that_cannot_be_coded_is_named(parser: CellParser, text: str, found: str) -> None:
    with pytest.raises(CellError, match=found) as caught:
        parser(text)
    assert caught.value.remedy


def test_birth_by_month_needs_no_day() -> None:
    assert birth_cell_until(AS_OF, needs_day=False)("1985.03") == 19850300
