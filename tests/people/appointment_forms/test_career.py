"""Career texts: read as clerks type them, written as the form prints them, checked."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondment.files.dates import Month
from secondment.people.files.appointment_forms.career import CareerEntry, parse_career, render_career
from secondment.people.files.appointment_forms.grassroots import grassroots_keyword, propose_grassroots
from secondment.people.files.appointment_forms.lrmx import read_lrmx

FILES = Path(__file__).parents[2] / "data" / "lrmx"
months = st.builds(Month, st.integers(1950, 2049), st.integers(1, 12))
pieces = st.sampled_from(["示例县", "农业局", "科员", "、主任", "（主持工作）", "(兼)", "2012年", "  "])
posts = st.lists(pieces, min_size=1, max_size=6).map(lambda drawn: ("甲" + "".join(drawn)).strip())


def career_of(name: str) -> str:
    return read_lrmx((FILES / name).read_bytes(), name).career


def found(text: str) -> tuple[list[str], list[str]]:
    career = parse_career(text, "a.lrmx")
    return [item.found for item in career.errors], [item.found for item in career.warnings]


@st.composite
def entries(draw: st.DrawFn) -> tuple[CareerEntry, ...]:
    """Periods one after another, some with periods inside, the last one perhaps open."""
    bounds = sorted(draw(st.lists(months, min_size=2, max_size=6, unique=True)))
    drawn: list[CareerEntry] = []
    for start, end in pairwise(bounds):
        inside = tuple(CareerEntry(start, end, text) for text in draw(st.lists(posts, max_size=2)))
        drawn.append(CareerEntry(start, end, draw(posts), inside))
    if draw(st.booleans()):
        drawn.append(CareerEntry(bounds[-1], None, draw(posts)))
    return tuple(drawn)


def test_the_normal_file_is_read_and_printed_letter_by_letter() -> None:
    text = career_of("01_full_v3.2.1.16.lrmx")
    career = parse_career(text)
    assert career.errors == career.warnings == ()
    assert career.entries[1] == CareerEntry(
        Month(2008, 7),
        Month(2014, 5),
        "示例县农业局科员",
        (CareerEntry(Month(2011, 3), Month(2012, 3), "示例乡挂职锻炼"),),
    )
    assert career.entries[3].end is None
    assert render_career(career.entries) == text


def test_dashes_and_continuation_lines_of_the_quirks_file() -> None:
    career = parse_career(career_of("02_quirks_v3.2.1.6.lrmx"))
    assert career.errors == career.warnings == ()
    assert [(str(entry.start), str(entry.end), entry.text) for entry in career.entries] == [
        ("2009.09", "2013.07", "示例大学学习"),
        ("2013.08", "2019.02", "示例区人民检察院干部"),
        ("2019.02", "None", "示例市司法局示例科科员、一级主任科员"),
    ]


def test_errors_and_warnings_of_the_bad_file() -> None:
    assert found(career_of("03_bad_inputs.lrmx")) == (
        ["没有2012年13月", "结束2011.05早于开始2012.02"],
        ["2016.01--没有写内容", "2015.06至2016.01没有经历"],
    )


@given(entries())
def test_every_career_survives_printing_and_reading(drawn: tuple[CareerEntry, ...]) -> None:
    career = parse_career(render_career(drawn))
    assert career.entries == drawn
    assert career.errors == career.warnings == ()


@given(st.text(max_size=200))
def test_any_text_is_read_or_named(text: str) -> None:
    career = parse_career(text)
    assert career.entries or career.errors or not text.strip() or not any(map(str.isprintable, text))


@pytest.mark.parametrize(
    "period",
    [
        *(
            "2010.01--2012.03 ",
            "2010.01-2012.03 ",
            "2010.01—2012.03 ",
            "2010.01——2012.03　",
            "2010.01–2012.03 ",
        ),
        *(
            "2010.01～2012.03 ",
            "2010.01至2012.03 ",
            "201001--201203 ",
            "2010年1月至2012年3月 ",
            "2010.1 -- 2012.3\t",
        ),
        *("2010/01－－2012/03 ", "2010-01-2012-03：", "\u200b2010.01--2012.03\xa0", "2010．01--2012．03 "),
    ],
)
def test_every_way_to_write_a_period(period: str) -> None:
    career = parse_career(f"{period}示例局科员")
    assert career.entries == (CareerEntry(Month(2010, 1), Month(2012, 3), "示例局科员"),)


@pytest.mark.parametrize(
    "period", ["2010.01--今 ", "2010.01--至今 ", "2010.01至今 ", "2010.01-- ", "2010.01～现在　"]
)
def test_every_way_to_leave_a_period_open(period: str) -> None:
    assert parse_career(f"{period}示例局科员").entries == (CareerEntry(Month(2010, 1), None, "示例局科员"),)


def test_nested_periods_in_the_line_and_several_in_one_bracket() -> None:
    text = "2010.01--2015.03  示例局科员（其间：2011.03--2012.03示例乡挂职；2013.01--2013.06 示例党校（脱产）学习）"
    (entry,) = parse_career(text).entries
    assert entry.text == "示例局科员"
    assert [(str(part.start), part.text) for part in entry.nested] == [
        ("2011.03", "示例乡挂职"),
        ("2013.01", "示例党校（脱产）学习"),
    ]


def test_what_is_odd_is_warned_of_with_its_line() -> None:
    overlapping = parse_career("2010.01--2012.03  甲\n2012.02--2013.01  乙", "a.lrmx")
    assert [(item.file, item.line, item.column) for item in overlapping.warnings] == [("a.lrmx", 2, "简历")]
    assert overlapping.warnings[0].found == "与前一段2010.01--2012.03重叠"
    assert found("2012.01--2013.01  甲\n2010.01--2012.01  乙")[1] == [
        "2010.01--2012.01写在2012.01--2013.01之后"
    ]
    assert found("2010.01--  甲\n2012.01--2013.01  乙")[1] == ["前一段2010.01--没有结束年月"]
    assert found("2010.01--2012.01  甲\n（其间：2011.01--2012.03  乙）")[1] == [
        "“其间”2011.01--2012.03超出2010.01--2012.01"
    ]
    assert found("2010.01--2012.01  甲\n（其间：2011.01--  乙）")[1] == [
        "“其间”2011.01--超出2010.01--2012.01"
    ]


def test_the_next_period_may_begin_in_the_same_or_the_next_month() -> None:
    assert found("2010.01--2012.03  甲\n2012.04--2013.01  乙") == ([], [])
    assert found("2010.01--2012.03  甲\n2012.05--2013.01  乙")[1] == ["2012.03至2012.05没有经历"]


def test_lines_that_are_no_periods_are_errors() -> None:
    assert found("示例局科员")[0] == ["“示例局科员”不是“起始年月--结束年月  内容”"]
    assert found("2010.01 参加工作")[0] == ["“2010.01 参加工作”不是“起始年月--结束年月  内容”"]
    assert found("（其间：2011.03--2012.03 乡）")[0] == ["“其间”之前没有经历"]
    assert found("2010.01--2012.01  甲\n（其间：2011.03 乡）")[0] == [
        "“2011.03 乡”不是“起始年月--结束年月  内容”"
    ]


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("示例乡党委委员、副乡长", "乡"),
        ("示例县农业局科员", "县"),
        ("示例街道办事处科员", "街道"),
        ("甲村第一书记", "村"),
        ("示例市示例区司法局科员", "区"),
        ("示例省农业农村厅科员", ""),
        ("示例市乡村振兴局科员", ""),
        ("示例自治区财政厅科员", ""),
        ("示例高新技术产业开发区管委会", ""),
        ("示例省委组织部县处级组织员", ""),
        ("示例县第一中学学习", ""),
        ("示例镇中学学生", ""),
    ],
)
def test_the_word_that_makes_a_grass_roots_post(text: str, keyword: str) -> None:
    assert grassroots_keyword(text) == keyword


def test_grass_roots_months_count_once_and_end_at_the_given_month() -> None:
    text = "2008.07--2014.05  示例县农业局科员（其间：2011.03--2012.03 示例乡挂职锻炼）\n2014.05--  省厅（其间：2015.01--2016.01 示例村第一书记）"
    proposal = propose_grassroots(parse_career(text).entries, Month(2026, 11))
    assert proposal.months == 70 + 12
    assert proposal.full_years == 6
    assert [span.keyword for span in proposal.spans] == ["县", "乡", "村"]
    open_post = parse_career("2025.01--  示例县财政局").entries
    assert propose_grassroots(open_post, Month(2026, 3)).months == 14
    assert propose_grassroots(open_post, Month(2020, 3)).months == 0


def test_a_forgotten_closing_bracket_leaves_the_brackets_of_the_text() -> None:
    (entry,) = parse_career("2010.01--2012.01  甲\n（其间：2011.01--2011.03  乙（主持）").entries
    assert entry.nested[0].text == "乙（主持）"


def test_a_text_too_long_to_be_a_career_is_refused() -> None:
    assert found("（其间：2011" * 4000) == (["超过20000字"], [])
    assert found("（其间：2011" * 2500)[0]
