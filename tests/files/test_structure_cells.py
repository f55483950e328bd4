"""Roster cells to codes: the words clerks write, and those nobody can count."""

import datetime as dt

import pytest

from secondment.files.codes.civil_grades import CIVIL_GRADES
from secondment.files.codes.education import EDUCATION, level_of
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.ranks import RANKS
from secondment.files.codes.sex import SEX
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.structure.cells import (
    CellError,
    CellParser,
    UnknownTextError,
    ability_cell,
    annual_grades_cell,
    birth_cell_until,
    category_cell,
    date_cell,
    date_cell_until,
    degree_cell,
    degree_in_education_cell,
    discipline_cell,
    education_cell,
    education_mode_cell,
    grass_roots_cell,
    minority_cell,
    party_cell,
    party_joined_cell,
    post_kind_cell,
    posts_held_cell,
    rank_cell,
    reserve_cell,
    sex_cell,
    specialty_cell,
    title_cell,
)
from secondment.files.structure.dimensions import EDUCATION as EDUCATION_DIMENSION

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
        (category_cell, "", -1),
        (category_cell, "specialist", 1),
        (category_cell, "企业领导人员", 2),
        (discipline_cell, "", -1),
        (discipline_cell, "硕士", -1),
        (discipline_cell, "学士、农学硕士", 8),
        (discipline_cell, "工商管理硕士", 11),
        (discipline_cell, "工程硕士", 7),
        (discipline_cell, "工程管理硕士", 11),
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
        (date_cell, "不详", "“不详” is not a date"),
        (date_cell_until(AS_OF), "2026.12", "lies after 2026-11-23"),
        (birth_cell_until(AS_OF, needs_day=True), "1985.03", "names no day"),
        (birth_cell_until(AS_OF, needs_day=True), "2026-11-24", "lies after"),
        (sex_cell, "男女", "is not in GB/T 2261.1"),
        (education_cell, "不详", "is not understood"),
        (degree_cell, "不详", "is not understood"),
        (category_cell, "临时人员", "is not understood"),
        (title_cell, "教书的", "is not understood"),
        (party_cell, "不详", "is not a political status"),
        (party_joined_cell, "不详", "is not a date"),
        (grass_roots_cell, "很久", "is not a number"),
        (grass_roots_cell, "-1", "is not a number of years"),
        (grass_roots_cell, "nan", "is not a number of years"),
        (posts_held_cell, "1.5", "is not a number of posts"),
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


def test_every_official_political_status_is_read_by_label_alias_and_code() -> None:
    for entry in POLITICAL_STATUS.entries:
        expected = 0 if entry.code in {"01", "02"} else 1
        for text in (entry.label, *entry.aliases, entry.code, entry.code.lstrip("0")):
            assert party_cell(text) == expected, text


def test_every_official_education_falls_into_its_level() -> None:
    labels = [bucket.label for bucket in EDUCATION_DIMENSION.buckets]
    for entry in EDUCATION.entries:
        if entry.code == "90":
            continue
        for text in (entry.label, *entry.aliases, entry.code):
            assert labels[education_cell(text)] == level_of(entry.code).value, text
    with pytest.raises(UnknownTextError):
        education_cell("90")


def test_every_official_sex_and_people_is_read() -> None:
    for entry in SEX.entries:
        for text in (entry.label, *entry.aliases, entry.code):
            assert sex_cell(text) == {"1": 0, "2": 1}.get(entry.code, -1)
    for entry in ETHNIC_GROUPS.entries:
        for text in (entry.label, *entry.aliases, entry.code, entry.code.lstrip("0")):
            assert minority_cell(text) == (0 if entry.code == "01" else 1)


def test_official_ranks_and_grades_have_a_level() -> None:
    """The six levels of leading posts, two posts each in the order of the standard, and the twelve grades."""
    levels = {"121": 0, "122": 1, "131": 2, "132": 3, "141": 4, "142": 5, "150": 6, "160": 6}
    for code, level in levels.items():
        assert rank_cell(code) == rank_cell(RANKS.label_of(code)) == level
    assert [rank_cell(entry.label) for entry in CIVIL_GRADES.entries] == [0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]
    assert [rank_cell(f"{number}级职员") for number in "三四五六七八九十"] == [0, 1, 2, 3, 4, 5, 6, 6]
    assert rank_cell("省部级副职") == 7


def test_every_specialty_word_has_its_tag() -> None:
    for place, entry in enumerate(SPECIALTIES.entries):
        for text in (entry.label, *entry.aliases):
            assert specialty_cell(text) == 1 << place


@pytest.mark.parametrize(
    ("parser", "text", "code"),
    [
        (degree_cell, "工商管理硕士专业学位", 1),
        (degree_cell, "MBA", 1),
        (degree_cell, "203", 0),
        (degree_cell, "409", 2),
        (degree_cell, "法学学士、名誉博士", 2),
        (degree_cell, "无学位", 3),
        (degree_in_education_cell, "大学、法学学士", 2),
        (degree_in_education_cell, "大学", -1),
        (title_cell, "教授", 0),
        (title_cell, "副主任医师", 1),
        (title_cell, "高级工程师", 1),
        (title_cell, "无线电工程师", 2),
        (title_cell, "412", 1),
        (title_cell, "434", 2),
        (title_cell, "助理级", 2),
        (title_cell, "无", 3),
        (party_cell, "中共党员（1998.05入党）", 0),
        (post_kind_cell, "干部", 0),
        (post_kind_cell, "专业技术岗位", 0),
        (post_kind_cell, "工勤技能岗位", 1),
        (post_kind_cell, "worker", 1),
        (post_kind_cell, "", -1),
        (grass_roots_cell, "1年11个月", 0),
        (grass_roots_cell, "2年3个月", 1),
        (minority_cell, "minority", 1),
        (party_cell, "other", 1),
        (sex_cell, "不详", -1),
    ],
)
def test_official_words_and_those_of_clerks(parser: CellParser, text: str, code: int) -> None:
    assert parser(text) == code


@pytest.mark.parametrize(
    ("parser", "text"),
    [
        (degree_cell, "名誉博士"),
        (degree_cell, "毕业证"),
        (title_cell, "高级"),
        (title_cell, "总工程师"),
        (minority_cell, "火星族"),
        (minority_cell, "77"),
        (post_kind_cell, "借用"),
        (ability_cell, "优"),
    ],
)
def test_text_in_no_list_is_told_from_a_fault(parser: CellParser, text: str) -> None:
    with pytest.raises(UnknownTextError):
        parser(text)
