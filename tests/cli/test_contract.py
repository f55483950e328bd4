"""The contract every verb keeps, shown on a verb made for the test."""

import argparse
from pathlib import Path

import pytest

from secondment.cli.contract import (
    ExitCode,
    NoSolutionError,
    Verb,
    check_ending,
    run_verb,
    write_json,
)
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import parse_table, read_table


def verb_raising(error: BaseException) -> Verb:
    def run(arguments: argparse.Namespace) -> ExitCode:
        raise error

    return Verb("test", "a test", lambda parser: None, run)


def test_bad_input_prints_every_problem_up_to_twenty_and_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem.plain("a.csv", line, "score", "is “x”", "write a number") for line in range(2, 27)]
    code = run_verb(verb_raising(BadInputError(problems)), argparse.Namespace())
    lines = capsys.readouterr().err.splitlines()
    assert code == 2
    assert lines[0] == "a.csv, line 2, column score: is “x”; write a number"
    assert len(lines) == 21
    assert lines[-1] == "… and 5 more"


def test_no_solution_exits_3_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_verb(verb_raising(NoSolutionError("two locks on one post")), argparse.Namespace()) == 3
    assert capsys.readouterr().err == "no solution: two locks on one post\n"


def test_ctrl_c_says_what_was_reached(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_verb(verb_raising(KeyboardInterrupt("best so far: 12 posts")), argparse.Namespace()) == 130
    assert capsys.readouterr().err == "\nstopped by Ctrl-C; best so far: 12 posts\n"


def test_write_json_leaves_no_half_file(tmp_path: Path) -> None:
    write_json(tmp_path / "out.json", {"名": 1})
    assert (tmp_path / "out.json").read_text() == '{\n "名": 1\n}\n'
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_write_into_missing_folder_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be written"):
        write_json(tmp_path / "missing" / "out.json", {})


def test_unknown_ending_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"use \.json or \.xlsx"):
        check_ending(Path("out.doc"), [".json", ".xlsx"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_each_encoding_with_line_numbers(encoding: str) -> None:
    table = parse_table("姓名,单位\n\n示例甲, 示例厅 \n".encode(encoding), file="a.csv", required=["姓名"])
    assert table.columns == ("姓名", "单位")
    assert [(row.line, row["姓名"], row["单位"]) for row in table.rows] == [(3, "示例甲", "示例厅")]


def test_missing_and_doubled_columns_are_named() -> None:
    with pytest.raises(BadInputError) as caught:
        parse_table(b"a,a\n1,2\n", file="a.csv", required=["b"])
    assert [str(problem) for problem in caught.value.problems] == [
        "a.csv, line 1, column b: the column is missing; add a column “b” to the header",
        "a.csv, line 1, column a: the column stands twice; rename or delete one of them",
    ]


def test_missing_file_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"x\.csv: cannot be read"):
        read_table(tmp_path / "x.csv")
