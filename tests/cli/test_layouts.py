"""What a shell says of columns and sheets, and that nothing a verb does not know is passed over in silence."""

import json
import logging
import re
from pathlib import Path

import openpyxl
import pytest

from secondment.cli.main import main
from secondment.files.reading import CHOICE, UNKNOWN_COLUMNS

CLERKS = Path(__file__).parents[1] / "data" / "clerks"
ROSTER = (
    "某市干部名册\n姓名,性别（必填）,学历,办公电话,派别\n示例甲,男,大学,1,中共党员\n示例乙,女,研究生,2,群众\n"
)


def structure(folder: Path, *options: str, roster: str = ROSTER) -> int:
    (folder / "名册.csv").write_text(roster)
    out = folder / "out.json"
    words = ["structure", str(folder / "名册.csv"), "--as-of", "2026-11-29", "--out", str(out), "--quiet"]
    return main([*words, *options])


def test_unknown_columns_are_named_with_what_to_say(tmp_path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert structure(tmp_path) == 0
    assert caplog.messages == [
        "名册.csv, line 1: is no row of the table and was not read: 某市干部名册",
        UNKNOWN_COLUMNS % ("名册.csv", "办公电话、派别" + CHOICE),
    ]
    assert "party" not in json.dumps(json.loads((tmp_path / "out.json").read_text()))


def test_columns_are_mapped_and_left_out_by_choice(tmp_path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert structure(tmp_path, "--map", "派别=政治面貌", "--ignore", "办公电话") == 0
    assert caplog.messages[1:] == [
        "名册.csv, line 2: columns were left out by choice: 办公电话",
        "名册.csv, line 2: “派别” was read as “政治面貌”",
    ]
    assert "party" in json.dumps(json.loads((tmp_path / "out.json").read_text()))


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("派别", "“派别” is not understood; write COLUMN=FIELD"),
        ("派别=", "is not understood"),
        ("派别=血型", "“血型” is no field that is read here; choose among"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(tmp_path, capsys, option: str, told: str) -> None:
    assert structure(tmp_path, "--map", option) == 2
    assert told in capsys.readouterr().err


def test_the_sheet_is_named_where_several_could_be_meant(tmp_path, capsys) -> None:
    book = openpyxl.Workbook()
    for title, name in (("正职", "示例甲"), ("副职", "示例乙")):
        sheet = book.create_sheet(title)
        sheet.append(["姓名", "性别"])
        sheet.append([name, "男"])
    book.save(tmp_path / "a.xlsx")
    words = ["structure", str(tmp_path / "a.xlsx"), "--as-of", "2026-11-29", "--quiet"]
    words += ["--out", str(tmp_path / "out.json")]
    assert main(words) == 2
    assert (
        "several sheets to choose from, with their filled rows: 正职 (2)、副职 (2)" in capsys.readouterr().err
    )
    assert main([*words, "--sheet", "副职"]) == 0


def test_rosters_of_a_match_and_tables_of_a_rotation_take_the_same_words(tmp_path) -> None:
    (tmp_path / "people.csv").write_text("名单\n干部,派出单位\n甲,财政局\n")
    (tmp_path / "posts.csv").write_text("岗位号;接收单位\nP1;某镇\n")
    words = ["match", "--people", str(tmp_path / "people.csv"), "--posts", str(tmp_path / "posts.csv")]
    words += ["--out", str(tmp_path / "plan.json"), "--quiet"]
    assert main(words) == 2
    assert main([*words, "--map", "干部=姓名", "--map", "岗位号=岗位编号"]) == 0
    assert json.loads((tmp_path / "plan.json").read_text())["n_assigned"] == 1


SOUND = [
    "a03_header_wrapped.xlsx",
    "a03b_header_agesuffix.xlsx",
    "a03c_phone_column.xlsx",
    "a04_title_row.xlsx",
    "a04b_title_two.xlsx",
    "a06_merged_unit.xlsx",
    "a07_empty_first_sheet.xlsx",
    "a08_hidden_row.xlsx",
    "a11_gbk.csv",
    "a11b_utf16le_bom.csv",
    "a11c_utf16_tab.txt",
    "a11e_semicolon.csv",
    "a11f_tab.csv",
    "a11g_sep_line.csv",
    "a11j_nul.csv",
    "a11k_trailing_commas.csv",
    "a11l_quote_newline.csv",
    "a11m_xlsx_renamed.csv",
    "a11o_csv_renamed.xlsx",
]
REFUSED = {
    "a01_id_number.xlsx": [2, 3, 4],
    "a02_dates.xlsx": [5, 9, 12, 15, 17, 21, 22],
    "a02b_dates.csv": [3, 5, 8, 9, 15],
    "a07c_two_sheets.xlsx": [0],
    "a09_formula_nocache.xlsx": [2, 2],
    "a09c_optional_na.xlsx": [2],
    "a11n_html_xls.xls": [0],
    "a11p_html_renamed.xlsx": [0],
    "a13_fullwidth_id.xlsx": [5],  # the number of row 2, written with spaces
    "a16_gbk_pua.csv": [2],
    "legacy.xls": [2],
    "legacy_1904.xls": [2],
}


@pytest.mark.parametrize("name", [*SOUND, *REFUSED])
def test_every_clerks_file_is_read_whole_or_refused_by_row(tmp_path, capsys, name: str) -> None:
    words = ["structure", str(CLERKS / name), "--as-of", "2026-11-29", "--quiet"]
    code = main([*words, "--out", str(tmp_path / "out.json")])
    rows = [
        int(row or 0)
        for row in re.findall(
            rf"^{re.escape(name)}(?:, line (\d+))?.*; ", capsys.readouterr().err, re.MULTILINE
        )
    ]
    assert (code, rows) == ((2, REFUSED[name]) if name in REFUSED else (0, []))


def test_no_clerks_file_is_forgotten() -> None:
    assert {path.name for path in CLERKS.iterdir()} == {*SOUND, *REFUSED}


def test_side_rules_may_ask_for_columns_that_nobody_else_does(tmp_path, caplog) -> None:
    """Below a title, too: rules and rosters are read from one table."""
    (tmp_path / "people.csv").write_text("名单\n姓名,单位,性别\n甲,财政局,男\n乙,财政局,女\n")
    (tmp_path / "posts.csv").write_text("岗位编号,接收单位\nP1,某镇\n")
    rule = {"kind": "share", "name": "女干部", "who": {"性别": "女"}, "least": 1}
    (tmp_path / "rules.json").write_text(json.dumps({"rules": [rule]}))
    words = ["match", "--people", str(tmp_path / "people.csv"), "--posts", str(tmp_path / "posts.csv")]
    words += ["--rules", str(tmp_path / "rules.json"), "--out", str(tmp_path / "plan.json"), "--quiet"]
    with caplog.at_level(logging.WARNING):
        assert main(words) == 0
    assert "not known" not in caplog.text
    (pair,) = json.loads((tmp_path / "plan.json").read_text())["pairs"]
    assert pair["person"] == "乙（财政局）"
