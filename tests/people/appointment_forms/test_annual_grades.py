"""Results of annual assessments, as forms word them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondment.people.files.appointment_forms.annual_grades import (
    GRADES,
    AnnualGrade,
    parse_annual_grades,
    render_annual_grades,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年度称职；2024年度优秀；2025年度称职。", {2023: "称职", 2024: "优秀", 2025: "称职"}),
        ("2023年度考核为基本称职，2024年考核结果为不称职", {2023: "基本称职", 2024: "不称职"}),
        ("2022、2023年度均为优秀", {2022: "优秀", 2023: "优秀"}),
        ("2021—2023年度合格", {2021: "合格", 2022: "合格", 2023: "合格"}),
        ("2023年度考核被确定为“优秀”等次\n2024：称职", {2023: "优秀", 2024: "称职"}),
        ("2024年度不定等次", {2024: "不定等次"}),
        ("", {}),
    ],
)
def test_ways_to_word_the_results(text: str, expected: dict[int, str]) -> None:
    result = parse_annual_grades(text)
    assert {item.year: item.grade for item in result.grades} == expected
    assert result.problems == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("近三年均为称职以上等次", "没有写明年度和等次"),
        ("2023年度称职；2023年度优秀", "2023年度有两个等次"),
        ("2023年度良好", "没有写明年度和等次"),
        ("2023-2020年度优秀", "不是年度范围"),
        ("1900-2020年度优秀", "不是年度范围"),
        ("2023年度优秀，因病未参加2024年度考核", "没有写明年度和等次"),
    ],
)
def test_what_is_not_said_is_not_guessed(text: str, found: str) -> None:
    problems = parse_annual_grades(text, "a.lrmx").problems
    assert [(item.file, item.column) for item in problems] == [("a.lrmx", "年度考核结果")]
    assert found in problems[0].found


@given(st.dictionaries(st.integers(1990, 2099), st.sampled_from(GRADES), max_size=6))
def test_printed_results_are_read_back(drawn: dict[int, str]) -> None:
    grades = tuple(AnnualGrade(year, drawn[year]) for year in sorted(drawn))
    result = parse_annual_grades(render_annual_grades(grades))
    assert (result.grades, result.problems) == (grades, ())


def test_a_text_too_long_to_be_meant_is_refused() -> None:
    assert parse_annual_grades("2011、" * 2000).problems[0].found == "超过5000字"
    assert parse_annual_grades("2011、" * 900).problems
