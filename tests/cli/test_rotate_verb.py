"""`secondment rotate`: tables in, a plan over several years out, every fault named by file, line and column."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from secondment.cli.main import main
from secondment.files.headers import Layout
from secondment.files.reading import read_table

PEOPLE = """姓名,单位,上次期满年份,不能外派年份
甲,办,2026,
乙,办,,2027-2028、2030
丙,局,,
丁,局,2020,2029
"""
NEEDS = "类型,任期,2027,2028,2029,2030\n下挂,1,1,1,1,1\n上挂,2,1,,,1\n"
UNITS = "单位,最多在外\n办,1\n局,1\n"
SUITS = "姓名,类型,适合程度\n甲,下挂,3\n乙,下挂,5\n乙,上挂,1\n丙,下挂,2\n丙,上挂,4\n丁,上挂,2\n"
TERM = {"下挂": 1, "上挂": 2}
UNIT = {"甲": "办", "乙": "办", "丙": "局", "丁": "局"}
CLOSED: dict[str, set[int]] = {"甲": set(), "乙": {2027, 2028, 2030}, "丙": set(), "丁": {2029}}
VALUE = {
    ("甲", "下挂"): 3,
    ("乙", "下挂"): 5,
    ("乙", "上挂"): 1,
    ("丙", "下挂"): 2,
    ("丙", "上挂"): 4,
    ("丁", "上挂"): 2,
}
YEARS = range(2027, 2031)
NEED = {("下挂", year): 1 for year in YEARS} | {("上挂", 2027): 1, ("上挂", 2030): 1}
Json = dict[str, Any]
Term = tuple[str, str, int]


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def rotate(folder: Path, *words: str, out: str = "plan.json", **texts: str) -> tuple[int, Json]:
    tables = {"people": PEOPLE, "needs": NEEDS, "units": UNITS, "suits": SUITS} | texts
    given = [
        word for name, text in tables.items() for word in (f"--{name}", write(folder, f"{name}.csv", text))
    ]
    code = main(["rotate", *given, "--out", str(folder / out), "--quiet", *words])
    path = folder / "plan.json"
    return code, json.loads(path.read_text()) if path.exists() else {}


def keeps(terms: tuple[Term, ...], rest: int = 2) -> bool:
    """The rules, stated once more over the tables' own words."""
    for (who, kind, start), (other, other_kind, later) in product(terms, terms):
        if (who, kind, start) == (other, other_kind, later):
            continue
        if who == other and start <= later < start + TERM[kind] + rest:
            return False
        if (kind, start) == (other_kind, later):
            return False
    for year in YEARS:
        away = [UNIT[who] for who, kind, start in terms if start <= year < start + TERM[kind]]
        if len(set(away)) < len(away):
            return False
    return True


def possible(rest: int = 2) -> list[Term]:
    back = {"甲": 2026, "丁": 2020}
    return [
        (who, kind, start)
        for (who, kind), start in product(VALUE, YEARS)
        if (kind, start) in NEED
        and CLOSED[who].isdisjoint(range(start, start + TERM[kind]))
        and start >= back.get(who, 0) + rest
    ]


def best() -> tuple[int, int]:
    """Most needs covered, then the least years away of the busier unit, over all sets of terms."""
    terms = possible()
    found = (0, 0)

    def extend(chosen: tuple[Term, ...], start: int) -> None:
        nonlocal found
        load = dict.fromkeys(UNIT.values(), 0)
        for who, kind, year in chosen:
            load[UNIT[who]] += min(TERM[kind], 2031 - year)
        found = max(found, (len(chosen), -max(load.values())))
        for index in range(start, len(terms)):
            if keeps((*chosen, terms[index])):
                extend((*chosen, terms[index]), index + 1)

    extend((), 0)
    return found


def test_plan_keeps_the_rules_and_covers_most(tmp_path: Path) -> None:
    code, result = rotate(tmp_path)
    assert (code, result["status"]) == (0, "optimal")
    terms = tuple((one["person"], one["kind"], one["starts"]) for one in result["terms"])
    assert keeps(terms)
    assert set(terms) <= set(possible())
    load = -best()[1] * 1000 // 2
    assert (len(terms), result["goals"][1]["value"]) == (best()[0], load)
    assert all(one["ends"] == one["starts"] + TERM[one["kind"]] for one in result["terms"])
    assert result["n_uncovered"] == len(NEED) - len(terms) == result["goals"][0]["value"]
    assert result["goals"][2] == {"name": "total value", "value": 14, "bound": 14, "gap": 0}
    assert sum(VALUE[one["person"], one["kind"]] for one in result["terms"]) == 14
    assert sum(need["sent"] for need in result["needs"]) == result["n_terms"] == len(terms)


def one_need(folder: Path, person: str, units: str) -> Json:
    """Plan 2027–2028 with one need: a term of two years from 2028."""
    needs = "kind,term_years,2027,2028\n上挂,2,0,1\n"
    people = f"person,unit,back_in,unavailable\n{person}\n"
    code, result = rotate(folder, people=people, needs=needs, units=units, suits="person,kind\n甲,上挂\n")
    return result if code == 0 else {"n_uncovered": code}


@pytest.mark.parametrize(
    ("person", "units", "uncovered"),
    [
        ("甲,办,,", "unit,may_be_away\n办,1\n", 0),
        ("甲,办,,2030", "unit,may_be_away\n办,1\n", 0),
        ("甲,办,,2029", "unit,may_be_away\n办,1\n", 3),
        ("甲,办,,", "unit,2027,2028\n办,1,1\n", 0),
        ("甲,办,,", "unit,2027,2028,2029,2030\n办,1,1,1,0\n", 0),
        ("甲,办,,", "unit,2027,2028,2029\n办,1,1,0\n", 1),
        ("甲,办,,\n乙,办,2028,", "unit,may_be_away\n办,1\n", 0),
        ("甲,办,,\n乙,办,2029,", "unit,may_be_away\n办,1\n", 1),
    ],
)
def test_what_is_said_of_years_after_the_plan_holds(
    tmp_path: Path, person: str, units: str, uncovered: int
) -> None:
    assert one_need(tmp_path, person, units)["n_uncovered"] == uncovered


def test_people_and_kinds_that_suit_nothing_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, result = rotate(tmp_path, people=PEOPLE + "戊,局,,\n", needs=NEEDS + "援派,1,1,,,\n")
    assert result["notes"] == [
        "suits.csv: not named, so suited to no kind: 戊",
        "suits.csv: not named, so no one suits them: 援派",
    ]
    assert capsys.readouterr().err == "".join(f"note: {note}\n" for note in result["notes"])
    rotate(tmp_path, out="plan.xlsx", people=PEOPLE + "戊,局,,\n")
    notes = {
        row["项目"]: row["内容"]
        for row in read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="说明")).rows
    }
    assert notes["适合情况表中未列的人员"] == "戊"


def test_same_tables_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    found = [rotate(tmp_path, "--seed", "3")[1] for _ in range(2)]
    assert found[0] == found[1]
    books = []
    for _ in range(2):
        assert rotate(tmp_path, out="plan.xlsx")[0] == 0
        books.append((tmp_path / "plan.xlsx").read_bytes())
    assert books[0] == books[1]


def test_workbook_has_a_row_per_person_and_a_column_per_year(tmp_path: Path) -> None:
    _, result = rotate(tmp_path)
    rotate(tmp_path, out="plan.xlsx")
    table = read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="轮换计划"))
    assert table.columns == ("人员", "派出单位", "2027", "2028", "2029", "2030")
    shown = {(row["人员"], row[str(year)], year) for row in table.rows for year in YEARS if row[str(year)]}
    told = {
        (one["person"], one["kind"], year)
        for one in result["terms"]
        for year in range(one["starts"], one["ends"])
        if year in YEARS
    }
    assert shown == told
    needs = read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="需求"))
    assert sum(int(row["缺口"]) for row in needs.rows) == result["n_uncovered"]
    assert read_table(tmp_path / "plan.xlsx", layout=Layout(sheet="说明")).rows[2]["内容"] == "已证明最优"


def test_units_may_say_it_year_by_year_and_everybody_may_suit(tmp_path: Path) -> None:
    units = "unit,2027,2028,2029,2030\n办,0,0,0,0\n局,2,2,2,2\n"
    arguments = {"people": PEOPLE, "needs": NEEDS, "units": units}
    given = [word for name, text in arguments.items() for word in (f"--{name}", write(tmp_path, name, text))]
    out = tmp_path / "plan.json"
    assert main(["rotate", *given, "--rest", "0", "--out", str(out), "--quiet"]) == 0
    result = json.loads(out.read_text())
    assert {one["unit"] for one in result["terms"]} == {"局"}
    assert result["n_uncovered"] < 6


def test_nobody_at_all_exits_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rotate(tmp_path, needs="kind,term_years,2027\n下挂,1,0\n上挂,1,\n") == (3, {})
    assert capsys.readouterr().err.startswith("no solution: no one who suits")


def test_effort_that_ends_early_exits_4_and_writes_the_plan(tmp_path: Path) -> None:
    n = 60
    people = "person,unit\n" + "".join(f"p{j},u{j % 5}\n" for j in range(n))
    needs = "kind,term_years,2027,2028,2029,2030,2031\n" + "".join(
        f"k{k},{k % 3 + 1},4,4,4,4,4\n" for k in range(4)
    )
    units = "unit,may_be_away\n" + "".join(f"u{u},3\n" for u in range(5))
    suits = "person,kind,value\n" + "".join(f"p{j},k{k},{j * k % 7}\n" for j in range(n) for k in range(4))
    code, result = rotate(tmp_path, "--effort", "0.02", people=people, needs=needs, units=units, suits=suits)
    assert code == 4
    assert result["status"] in {"stopped_at_limit", "unknown"}


def test_summary_is_printed_unless_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {"people": PEOPLE, "needs": NEEDS, "units": UNITS, "suits": SUITS}
    given = [word for name, text in texts.items() for word in (f"--{name}", write(tmp_path, name, text))]
    out = tmp_path / "plan.json"
    assert main(["rotate", *given, "--out", str(out)]) == 0
    n_terms = json.loads(out.read_text())["n_terms"]
    assert capsys.readouterr().err.splitlines()[0] == (
        f"{n_terms} terms, {6 - n_terms} of 6 needs uncovered, optimal; written to {out}"
    )


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        (
            "people",
            "unit\n办\n",
            "line 1, column 人员: the column is missing; add a column “人员” or “person” to the header",
        ),
        ("people", "person,unit\n", "people.csv: has no rows below the header; add at least one row"),
        ("people", "person,unit\n甲,\n", "line 2, column unit: is empty; fill the cell"),
        (
            "people",
            "person,unit\n甲,办\n甲,局\n",
            "line 3, column person: “甲” already occurs in line 2; keep one of the two rows, or number them apart",
        ),
        (
            "people",
            "person,unit,back_in\n甲,办,26\n",
            "line 2, column back_in: “26” is not a year; write the year of the last return, or nothing",
        ),
        (
            "people",
            "person,unit,unavailable\n甲,办,2030-2029\n",
            "line 2, column unavailable: “2030-2029” is not a year; write years such as 2027、2029-2030",
        ),
        (
            "people",
            "person,unit\n甲,厅\n",
            "units.csv, column unit: unit “厅” has no row; add a row for each unit of the people",
        ),
        (
            "needs",
            "kind,term_years,2027,2029\n下挂,1,1,1\n",
            "needs.csv: has year columns 2027, 2029; add a column for every planned year, such as 2027",
        ),
        ("needs", "kind,term_years\n下挂,1\n", "needs.csv: has year columns (none); add a column"),
        (
            "needs",
            "kind,term_years,2027\n下挂,0,1\n",
            "line 2, column term_years: “0” is not a whole number from 1 to 999999; write 1, 2, …",
        ),
        ("needs", "kind,term_years,2027\n下挂,,1\n", "line 2, column term_years: is empty; write 1, 2, …"),
        (
            "units",
            "unit,2027\n办,1\n局,1\n",
            "units.csv: says nothing of 2028; add a column “2028”, “最多在外” or “may_be_away”",
        ),
        (
            "suits",
            "person,kind\n戊,下挂\n",
            "line 2, column person: “戊” is not a person of the other table; correct the name",
        ),
        (
            "suits",
            "person,kind\n甲,下挂\n甲,下挂\n",
            "line 3, column kind: the pair also occurs in an earlier row; keep one of the two",
        ),
    ],
)
def test_bad_tables_exit_2_and_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, text: str, message: str
) -> None:
    assert rotate(tmp_path, **{table: text}) == (2, {})
    assert message in capsys.readouterr().err


def test_years_written_otherwise_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs = "kind,term_years,备注,2027,2028年,二〇二九\n下挂,1,急,1,1,1\n"
    assert rotate(tmp_path, needs=needs) == (2, {})
    assert capsys.readouterr().err == (
        "needs.csv, line 1, column 2028年: the column is not a year; write it as 2027, or delete the column\n"
        "needs.csv, line 1, column 二〇二九: the column is not a year; write it as 2027, or delete the column\n"
    )


def test_a_fault_of_one_cell_for_all_years_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rotate(tmp_path, units="unit,may_be_away\n办,x\n局,1\n") == (2, {})
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        "units.csv, line 2, column may_be_away: “x” is not a whole number from 0 to 999999; write 0, 1, …"
    )
