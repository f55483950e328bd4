"""`secondment duplicates`: files in, pairs out, bad input."""

import json
from pathlib import Path
from typing import Any

import pytest

from secondment.cli.main import main

FIRST = "本季度走访农户一百二十户，协调修建村道三公里，调解纠纷七起，组织党员学习六次。"
TEXTS = f"id,text\n甲,{FIRST}\n乙,{FIRST.replace('七', '八')}\n丙,完全不同的另一份材料，讲的是茶园改造。\n丁,{FIRST}\n戊,无\n"


def compare(folder: Path, text: str = TEXTS, *words: str) -> tuple[int, dict[str, Any]]:
    (folder / "texts.csv").write_text(text, encoding="utf-8")
    out = folder / "pairs.json"
    code = main(["duplicates", str(folder / "texts.csv"), "--out", str(out), *words])
    return code, json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}


def test_pairs_and_groups_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = compare(tmp_path)
    assert code == 0
    assert result["status"] == "complete"
    assert [(p["a"], p["b"]) for p in result["pairs"]] == [("甲", "丁"), ("甲", "乙"), ("乙", "丁")]
    assert result["pairs"][0]["similarity"] == 1.0
    assert result["groups"] == [["甲", "乙", "丁"]]
    assert capsys.readouterr().err.splitlines()[0] == "3 pairs among 5 texts, 1 too short to compare"


def test_a_cut_list_exits_4(tmp_path: Path) -> None:
    code, result = compare(tmp_path, TEXTS, "--most-pairs", "1", "--quiet")
    assert code == 4
    assert (result["status"], result["n_pairs"], len(result["pairs"])) == ("cut", 3, 1)


def test_threshold_one_keeps_copies_only(tmp_path: Path) -> None:
    _, result = compare(tmp_path, TEXTS, "--threshold", "1")
    assert [(p["a"], p["b"]) for p in result["pairs"]] == [("甲", "丁")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\nA\n", "texts.csv, line 1, column 文本: the column is missing; add a column “文本” or “text” to the header"),
        ("id,text\nA,x\nA,y\n", "texts.csv, line 3, column id: “A” already occurs in line 2; keep one of the two rows, or number them apart"),
        ("id,text\n,x\n", "texts.csv, line 2, column id: is empty; fill the cell"),
        ("", "texts.csv: is empty; put the column names in the first row and data below"),
    ],
)  # fmt: skip
def test_bad_input_is_named(
    tmp_path: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(tmp_path, text) == (2, {})
    assert capsys.readouterr().err == message + "\n"


def test_a_table_without_rows_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(tmp_path, "id,text\n") == (2, {})
    assert capsys.readouterr().err == "texts.csv: has no rows below the header; add at least one row\n"
