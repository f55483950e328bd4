"""`secondment rate`: marks that cannot be meant are refused with their line, doubtful ones told."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_rate import HEADER

from secondment.cli.main import main
from secondment.cli.rate import reading


def marks_of(n_ratees: int = 18, n_raters: int = 5, n_criteria: int = 6) -> list[str]:
    """540 marks of 1–4 that follow from ratee, rater and criterion."""
    return [
        f"P{a:02d},R{b},C{c},{1 + (a + 2 * b + a * b * c) % 4}"
        for a in range(n_ratees)
        for b in range(n_raters)
        for c in range(n_criteria)
    ]


def rate(folder: Path, lines: list[str], *words: str) -> tuple[int, dict[str, Any]]:
    (folder / "marks.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    out = folder / "result.json"
    out.unlink(missing_ok=True)
    code = main(["rate", str(folder / "marks.csv"), "--out", str(out), "--quiet", *words])
    return code, json.loads(out.read_text()) if out.exists() else {}


def with_mark(mark: str, *lines: int) -> list[str]:
    """The 540 marks, those of some lines of the file written otherwise."""
    marks = marks_of()
    for line in lines:
        marks[line - 2] = marks[line - 2].rsplit(",", 1)[0] + f",{mark}"
    return marks


FAR = "used once and far from all others: no mark lies between 4 and"


@pytest.mark.parametrize("large", [False, True], ids=["row reader", "column engine"])
@pytest.mark.parametrize(("mark", "shown"), [("44", "44"), ("1e300", "1e+300")])
def test_one_slip_among_540_marks_is_refused_with_its_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    mark: str,
    shown: str,
    *,
    large: bool,
) -> None:
    monkeypatch.setattr(reading, "LARGE_FILE_BYTES", 0 if large else 10**9)
    assert rate(tmp_path, with_mark(mark, 101)) == (2, {})
    assert capsys.readouterr().err == (
        f"marks.csv, line 101, column score: is {shown}, {FAR} {shown}; "
        "correct it, or state which marks exist, as in --marks 1-4\n"
    )


def test_a_mark_used_twice_is_told_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = rate(tmp_path, with_mark("44", 101, 7))
    assert code == 0
    told = "no mark lies between 4 and 44 (line 7: 44, line 101: 44); they count as neighbouring categories"
    assert result["notes"] == [f"marks.csv: {told}"]
    assert capsys.readouterr().err == f"note: marks.csv: {told}\n"


def test_many_far_marks_are_counted(tmp_path: Path) -> None:
    _, result = rate(tmp_path, with_mark("44", *range(2, 10)))
    assert "(line 2: 44, line 3: 44, line 4: 44, line 5: 44, line 6: 44 and 3 more)" in result["notes"][0]


@pytest.mark.parametrize(
    ("marks", "code"), [("1-4", 0), ("1-4/0.5", 0), ("4,3,2,1", 0), ("1-5", 0), ("2-4", 2), ("1,2,4", 2)]
)
def test_marks_of_the_form_are_all_that_is_taken(tmp_path: Path, marks: str, code: int) -> None:
    assert rate(tmp_path, marks_of(), "--marks", marks)[0] == code


def test_a_mark_the_form_has_is_taken_however_far(tmp_path: Path) -> None:
    assert rate(tmp_path, with_mark("44", 101), "--marks", "1,2,3,4,44")[0] == 0


def test_a_mark_the_form_does_not_have_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rate(tmp_path, with_mark("2.5", 101, 7), "--marks", "1-4") == (2, {})
    assert capsys.readouterr().err.splitlines() == [
        f"marks.csv, line {line}, column score: is 2.5; correct it; --marks allows 1-4" for line in (7, 101)
    ]


@pytest.mark.parametrize("marks", ["", "4", "1,", "1,1", "a-b", "4-1", "1-4/0", "1-4/0.4", "1-1", "0-1e9"])
def test_marks_that_are_none_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], marks: str
) -> None:
    assert rate(tmp_path, marks_of(), f"--marks={marks}") == (2, {})
    assert capsys.readouterr().err == (
        f"--marks: “{marks}” names no marks; write them as 1-4, 0-100/0.5 (steps of a half) or 1,2,4\n"
    )


def test_scales_of_their_own_are_looked_at_one_by_one(tmp_path: Path) -> None:
    """One criterion of 0–100 beside others of 1–4 is no slip under partial credit."""
    lines = [
        *marks_of(),
        *(f"P{a:02d},R{b},总评,{60 + (7 * a + 3 * b) % 9}" for a in range(18) for b in range(5)),
    ]
    code, result = rate(tmp_path, lines, "--scale", "partial-credit")
    assert (code, result["notes"]) == (0, [])
    _, result = rate(tmp_path, lines)
    assert "no mark lies between 4 and 60" in result["notes"][0]
    lines[-2:] = ["P17,R3,总评,6", "P17,R4,总评,6"]
    _, result = rate(tmp_path, lines, "--scale", "partial-credit")
    assert "no mark of criterion “总评” lies between 6 and 60" in result["notes"][0]


def test_a_criterion_with_one_mark_is_told(tmp_path: Path) -> None:
    lines = marks_of()
    lines[99] = lines[99].replace("C3", "C33")
    _, result = rate(tmp_path, lines)
    assert result["notes"] == ["marks.csv, line 101: criterion “C33” has this mark only"]
