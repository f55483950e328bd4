"""Code lists: complete, unambiguous, and read from the words people write."""

import pytest

from secondment.files.codes import (
    civil_grades,
    education,
    ethnic_groups,
    grades,
    political_status,
    ranks,
    sex,
    specialties,
)
from secondment.files.codes.code_list import CodeList, UnknownCodeError
from secondment.files.codes.degrees import DegreeLevel, degree_level
from secondment.files.codes.education import Education, EducationLevel, level_of, parse_education
from secondment.files.codes.titles import TitleLevel, title_level

LISTS = [
    sex.SEX,
    ethnic_groups.ETHNIC_GROUPS,
    political_status.POLITICAL_STATUS,
    education.EDUCATION,
    ranks.RANKS,
    civil_grades.CIVIL_GRADES,
    grades.GRADES,
    specialties.SPECIALTIES,
]


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.standard)
def test_every_label_and_alias_leads_to_its_code(codes: CodeList) -> None:
    assert len({entry.code for entry in codes.entries}) == len(codes.entries)
    for entry in codes.entries:
        assert codes.label_of(entry.code) == entry.label
        for word in (entry.label, *entry.aliases):
            assert codes.code_of(f" {word}　") == entry.code


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.standard)
def test_unknown_texts_and_codes_are_refused(codes: CodeList) -> None:
    with pytest.raises(UnknownCodeError, match="“不存在的” is not in the code list"):
        codes.code_of("不存在的")
    with pytest.raises(UnknownCodeError):
        codes.label_of("ZZ")


def test_a_word_with_two_meanings_cannot_enter_a_list() -> None:
    with pytest.raises(ValueError, match="would mean both 1 and 2"):
        CodeList("甲", "乙", "1 一 | One\n2 二 一 | Two")


def test_ethnic_groups_are_the_56_in_code_order() -> None:
    groups = [entry for entry in ethnic_groups.ETHNIC_GROUPS.entries if int(entry.code) <= 56]
    assert len(groups) == 56
    known = {
        "汉": "01",
        "苗": "06",
        "布依": "09",
        "满族": "11",
        "土家族": "15",
        "仡佬": "37",
        "京族": "49",
        "基诺族": "56",
    }
    assert {name: ethnic_groups.code_of(name) for name in known} == known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("研究生（在职）", Education("10", is_on_the_job=True)),
        ("在职研究生", Education("10", is_on_the_job=True)),
        ("全日制大学", Education("20", is_on_the_job=False)),
        ("大学本科", Education("20", is_on_the_job=None)),
        ("硕士研究生", Education("14", is_on_the_job=None)),
        ("大专(函授)", Education("30", is_on_the_job=True)),
        ("中专", Education("41", is_on_the_job=None)),
    ],
)
def test_education_texts(text: str, expected: Education) -> None:
    assert parse_education(text) == expected


@pytest.mark.parametrize("text", ["研究生（肄）", "博士后", "在职", "研究生学习中"])
def test_unknown_education_is_refused_with_the_whole_text(text: str) -> None:
    with pytest.raises(UnknownCodeError) as caught:
        parse_education(text)
    assert caught.value.text == text


def test_every_education_code_but_other_has_a_level() -> None:
    levels = {entry.code: level_of(entry.code) for entry in education.EDUCATION.entries if entry.code != "90"}
    assert set(levels.values()) == set(EducationLevel)
    assert levels["17"] is EducationLevel.POSTGRADUATE
    assert levels["28"] is EducationLevel.UNDERGRADUATE
    with pytest.raises(UnknownCodeError):
        level_of("90")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农学学士", DegreeLevel.BACHELOR),
        ("公共管理硕士", DegreeLevel.MASTER),
        ("法学学士、法学博士学位", DegreeLevel.DOCTOR),
        ("MBA", DegreeLevel.MASTER),
        ("名誉博士", DegreeLevel.HONORARY_DOCTOR),
        ("名誉博士；文学学士", DegreeLevel.BACHELOR),
    ],
)
def test_degree_levels(text: str, expected: DegreeLevel) -> None:
    assert degree_level(text) is expected
    assert expected.label


@pytest.mark.parametrize("text", ["", "博士后", "法学"])
def test_unknown_degrees_are_refused(text: str) -> None:
    with pytest.raises(UnknownCodeError):
        degree_level(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("教授", TitleLevel.SENIOR),
        ("正高级工程师", TitleLevel.SENIOR),
        ("教授级高级工程师", TitleLevel.SENIOR),
        ("正高级教师", TitleLevel.SENIOR),
        ("高级农艺师", TitleLevel.ASSOCIATE_SENIOR),
        ("副主任医师（儿科）", TitleLevel.ASSOCIATE_SENIOR),
        ("工程师", TitleLevel.INTERMEDIATE),
        ("助理会计师", TitleLevel.JUNIOR),
        ("讲师、工程师、高级经济师", TitleLevel.ASSOCIATE_SENIOR),
    ],
)
def test_title_levels(text: str, expected: TitleLevel) -> None:
    assert title_level(text) is expected


@pytest.mark.parametrize("text", ["", "、", "处长", "工程师、处长"])
def test_unknown_titles_are_refused(text: str) -> None:
    with pytest.raises(UnknownCodeError):
        title_level(text)


def test_every_civil_grade_goes_with_a_rank_of_a_leading_post_or_a_clerk() -> None:
    assert [civil_grades.usual_rank(entry.label) for entry in civil_grades.CIVIL_GRADES.entries] == [
        *("121", "122", "131", "131", "132", "132", "141", "141", "142", "142", "150", "150")
    ]


@pytest.mark.parametrize(
    ("rank", "grade", "held"),
    [("132", "一级调研员", "132"), ("", "四级调研员", "132"), ("", "副处级", "132"), ("", "", "")],
)
def test_rank_is_held_by_post_else_by_grade(rank: str, grade: str, held: str) -> None:
    assert civil_grades.rank_held(rank, grade) == held


@pytest.mark.parametrize(
    ("code", "step"), [("101", 0), ("132", 7), ("131", 6), ("232", 7), ("150", 10), ("160", 11)]
)
def test_ranks_stand_on_one_ladder(code: str, step: int) -> None:
    assert ranks.step_of(code) == step


@pytest.mark.parametrize("code", ["", "199", "411", "13"])
def test_titles_and_unknown_ranks_have_no_step(code: str) -> None:
    assert ranks.step_of(code) is None


def test_an_ambiguous_rank_is_refused() -> None:
    with pytest.raises(UnknownCodeError):
        ranks.code_of("乡科级")


def test_specialties_are_fifteen() -> None:
    assert len(specialties.SPECIALTIES.entries) == 15


@pytest.mark.parametrize(
    ("code", "category", "words"),
    [
        ("competent", "party_government", ("称职", "Competent")),
        ("competent", "specialist", ("合格", "Competent")),
        ("incompetent", "enterprise", ("不合格", "Incompetent")),
        ("excellent", "specialist", ("优秀", "Excellent")),
        ("none", "party_government", ("不定等次", "No grade")),
    ],
)
def test_a_grade_is_named_by_the_staff_category(code: str, category: str, words: tuple[str, str]) -> None:
    assert (grades.label_in("zh-hans", code, category), grades.label_in("en", code, category)) == words
