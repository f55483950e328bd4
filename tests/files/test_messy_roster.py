"""The messy roster: what its cells mean to the code lists and the identity numbers."""

from pathlib import Path

import pytest

from secondment.files.codes import civil_grades, ranks, sex
from secondment.files.codes.code_list import UnknownCodeError
from secondment.files.codes.education import level_of, parse_education
from secondment.files.identity import IdentityNumberError, parse_identity_number
from secondment.files.reading import read_table
from secondment.files.table import Table

FILES = Path(__file__).parents[1] / "data" / "rosters"


@pytest.fixture(params=["roster_messy_utf8.csv", "roster_messy_gbk.csv"])
def roster(request: pytest.FixtureRequest) -> Table:
    return read_table(FILES / request.param, required=["干部姓名", "身份证号码"])


def test_sound_numbers_are_read_and_the_wrong_one_is_named(roster: Table) -> None:
    told: dict[int, str] = {}
    for row in roster.rows:
        try:
            told[row.line] = parse_identity_number(row["身份证号码"]).text
        except IdentityNumberError as error:
            told[row.line] = error.fault.said("zh").found
    assert told == {
        2: "990000198503120019",
        3: "990000199011050020",
        4: "990000199010310038",
        5: "990000199010310038",
        6: "身份证号中的出生日期19780230不存在",
        7: "身份证号应为18位，实有0位或含有其他字符",
    }


def test_every_education_sex_and_grade_is_understood(roster: Table) -> None:
    levels = [str(level_of(parse_education(row["最高学历"]).code)) for row in roster.rows]
    assert levels == ["研究生", "研究生", "大学本科", "大学本科", "大学本科", "大学本科"]
    assert [sex.code_of(row["性别"]) for row in roster.rows] == ["1", "2", "1", "1", "2", "1"]
    assert civil_grades.code_of(roster.rows[0]["职级"]) == "06"
    assert ranks.code_of(roster.rows[4]["职级"]) == "132"
    with pytest.raises(UnknownCodeError):
        civil_grades.code_of(roster.rows[4]["职级"])
