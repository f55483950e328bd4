"""`secondment structure` from file to file: figures, formats, refusals."""

import datetime as dt
import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from docx import Document

from secondment.cli.main import main

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
HEADER = "姓名,身份证号,性别,出生年月,单位,全日制学历,在职学历,职级,任现职级时间,政治面貌,专业领域,基层工作年限,做群众工作,近三年考核"
PEOPLE = [
    "示例甲,1,男,1985.03,示例市财政局,大学,研究生,四级调研员,2024.05,中共党员,经济金融、财会审计,3,好,优秀、称职、优秀",
    "示例乙,2,女,1992-11-23,示例市财政局,研究生,,一级主任科员,2026.06,群众,卫生,1,较好,称职",
    "示例丙,3,女,19750601,示例市卫健委,大专,大学,副处级,2010.01,中共党员,,5,,",
    "示例丁,4,男,1964年12月,示例市卫健委,中专,,工程师,,中共党员,卫生、教育、养蚕,0,一般,",
]


def structure(tmp_path: Path, *words: str, rows: list[str] | None = None, out: str = "out.json") -> Path:
    roster = tmp_path / "roster.csv"
    roster.write_text("\n".join([HEADER, *(PEOPLE if rows is None else rows)]) + "\n", encoding="utf-8")
    path = tmp_path / out
    assert (
        main(["structure", str(roster), "--as-of", "2026-11-23", "--quiet", "--out", str(path), *words]) == 0
    )
    return path


def counts(report: dict[str, Any], key: str) -> dict[str, int]:
    [found] = [item for item in report["distributions"] if item["key"] == key]
    buckets = {bucket["key"]: bucket["n_people"] for bucket in found["buckets"] if bucket["n_people"]}
    return buckets | ({"not_stated": found["n_not_stated"]} if found["n_not_stated"] else {})


def test_every_figure_of_a_small_roster(tmp_path: Path) -> None:
    report = json.loads(structure(tmp_path, "--cross", "unit,sex").read_text())
    assert (report["n_people"], report["as_of"]) == (4, "2026-11-23")
    assert counts(report, "age") == {"from_31_to_35": 1, "from_41_to_45": 1, "from_51_to_54": 1, "from_60": 1}
    assert report["mean_age"] == (41 + 34 + 51 + 61) / 4
    assert counts(report, "education") == {"postgraduate": 2, "undergraduate": 1, "secondary_vocational": 1}
    assert counts(report, "education_full_time")["postgraduate"] == 1
    assert counts(report, "education_on_job") == {"postgraduate": 1, "undergraduate": 1, "not_stated": 2}
    assert counts(report, "education_mode") == {"full_time": 2, "on_job": 2}
    assert counts(report, "rank") == {"county_deputy": 2, "township_head": 1, "other": 1}
    assert counts(report, "years_in_rank") == {"under_1": 1, "from_1_to_3": 1, "from_10": 1, "not_stated": 1}
    assert counts(report, "specialty") == {
        "economy_finance": 1, "accounting_audit": 1, "health": 2, "education": 1, "other": 1, "not_stated": 1,
    }  # fmt: skip
    assert counts(report, "breadth") == {"one": 1, "two": 1, "three_or_more": 1, "not_stated": 1}
    assert counts(report, "ability_mass_work") == {"good": 1, "fairly_good": 1, "fair": 1, "not_stated": 1}
    assert counts(report, "excellent_years") == {"times_2": 1, "times_0": 1, "not_stated": 2}
    assert counts(report, "grass_roots") == {"under_2_years": 2, "from_2_years": 2}
    assert counts(report, "party") == {"communist_party": 3, "other": 1}
    assert report["crosses"][0]["counts"] == [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    assert report["notes"] == [
        "rank: counted as other: “工程师” (1)",
        "specialty: counted as other: “卫生、教育、养蚕” (1)",
    ]


def test_every_bucket_is_explained(tmp_path: Path) -> None:
    report = json.loads(structure(tmp_path).read_text())
    for item in report["distributions"]:
        assert item["rule"]
        assert all(bucket["bounds"] for bucket in item["buckets"])


def test_retirement_forecast(tmp_path: Path) -> None:
    retirement = json.loads(structure(tmp_path).read_text())["retirement"]
    assert retirement["n_already_due"] == 1  # a man of December 1964 retired in December 2024
    years = {year["year"]: year["n_by_category"] for year in retirement["years"] if year["n_people"]}
    # June 1975: 55 years in June 2030, 65 months past January 2025, so 17 months later: November 2031
    assert years == {2031: {"men_60": 0, "women_55": 1, "women_50": 0}}
    assert retirement["n_later"] == 2


def test_woman_of_high_rank_may_retire_as_men_do(tmp_path: Path) -> None:
    report = json.loads(structure(tmp_path, "--women-as-men-ranks", "county_deputy").read_text())
    years = {
        year["year"]: year["n_by_category"]["men_60"]
        for year in report["retirement"]["years"]
        if year["n_people"]
    }
    assert years == {2038: 1}


def test_gaps_against_targets(tmp_path: Path) -> None:
    targets = tmp_path / "targets.csv"
    targets.write_text(
        "维度,类别,下限,上限,依据\n年龄,30岁及以下+31–35岁,50%,,示例规划\nsex,女,1,2,示例规划\n性别,男,,25%,\n",
        encoding="utf-8",
    )
    gaps = json.loads(structure(tmp_path, "--targets", str(targets)).read_text())["gaps"]
    assert [(gap["n_people"], gap["n_needed"], gap["n_surplus"], gap["is_met"]) for gap in gaps] == [
        (1, 1, 0, False),
        (2, 0, 0, True),
        (2, 0, 1, False),
    ]


def test_bad_targets_are_all_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    targets = tmp_path / "targets.csv"
    rows = [
        "血型,甲,1,,",
        "性别,女人,1,,",
        "性别,女,,,",
        "性别,女,2,1,",
        "性别,女,多,,",
        "性别,女,1.5,,",
        "性别,女+女,1,,",
    ]
    targets.write_text("\n".join(["维度,类别,下限,上限,依据", *rows]) + "\n", encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("\n".join([HEADER, *PEOPLE]) + "\n", encoding="utf-8")
    out = tmp_path / "out.json"
    assert (
        main(
            ["structure", str(roster), "--as-of", "2026-11-23", "--targets", str(targets), "--out", str(out)]
        )
        == 2
    )
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(",")[1] for line in lines] == [f" line {line}" for line in range(2, 9)]
    assert not out.exists()


def test_two_dates_and_two_scopes_are_compared(tmp_path: Path) -> None:
    words = [
        "--scope",
        "unit=示例市财政局",
        "--against-scope",
        "unit=示例市卫健委",
        "--against-as-of",
        "2030.01.01",
    ]
    comparison = json.loads(structure(tmp_path, *words).read_text())["comparison"]
    assert comparison["with"] == "roster.csv · 2030-01-01 · unit=示例市卫健委"
    by_key = {item["key"]: item for item in comparison["dimensions"]}
    assert by_key["sex"]["distance"] == 0
    assert by_key["age"]["distance"] == 1
    assert [bucket["n_second"] for bucket in by_key["age"]["buckets"]] == [0, 0, 0, 0, 0, 1, 0, 1]


def test_crosses_are_compared_cell_by_cell(tmp_path: Path) -> None:
    words = ["--cross", "unit,age", "--cross", "specialty,sex", "--against-as-of", "2030-01-01"]
    crosses = json.loads(structure(tmp_path, *words).read_text())["comparison"]["crosses"]
    assert [cross["dimensions"] for cross in crosses] == [["unit", "age"], ["specialty", "sex"]]
    cells = [(*cell["keys"], cell["n_first"], cell["n_second"]) for cell in crosses[0]["cells"]]
    assert cells == [
        ("示例市卫健委", "from_51_to_54", 1, 1),
        ("示例市卫健委", "from_60", 1, 1),
        ("示例市财政局", "from_31_to_35", 1, 0),
        ("示例市财政局", "from_36_to_40", 0, 1),
        ("示例市财政局", "from_41_to_45", 1, 1),
    ]
    assert crosses[0]["distance"] == 0.25
    assert crosses[0]["cells"][2]["labels"] == ["示例市财政局", "31–35岁"]
    assert all(cell["share_change"] is None for cell in crosses[1]["cells"])
    assert crosses[1]["distance"] is None


def test_excel_holds_the_figures_and_native_charts(tmp_path: Path) -> None:
    words = ["--cross", "age,sex", "--cross", "unit,rank,sex", "--against-as-of", "2030-01-01"]
    targets = tmp_path / "targets.csv"
    targets.write_text("维度,类别,下限,上限,依据\n性别,女,60%,,示例规划\n", encoding="utf-8")
    path = structure(tmp_path, *words, "--targets", str(targets), out="out.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "结构", "交叉表1", "交叉表2", "对比", "交叉表1对比", "交叉表2对比", "缺口", "退休预测",
    ]  # fmt: skip
    assert [cell.value for cell in book["缺口"][2]] == ["性别", "女", 2, 0.6, "—", 1, 0, "示例规划"]
    assert [cell.value for cell in book["交叉表1"][5]] == ["31–35岁", 0, 1, 0]
    with zipfile.ZipFile(path) as parts:
        assert sum(name.startswith("xl/charts/chart") for name in parts.namelist()) >= 10


def test_word_holds_tables_and_pictures(tmp_path: Path) -> None:
    targets = tmp_path / "targets.csv"
    targets.write_text("维度,类别,下限,上限,依据\n性别,女,60%,,示例规划\n性别,女,1,,\n", encoding="utf-8")
    words = [
        "--cross",
        "age,sex",
        "--cross",
        "unit",
        "--against-as-of",
        "2030-01-01",
        "--targets",
        str(targets),
    ]
    document = Document(io.BytesIO(structure(tmp_path, *words, out="out.docx").read_bytes()))
    assert document.paragraphs[0].text == "干部队伍结构分析（截至2026年11月23日）"
    texts = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["31–35岁", "1", "25.0%", "31周岁≤年龄≤35周岁"] in texts
    assert ["性别", "女", "2", "60.0%", "—", "1", "0", "示例规划"] in texts
    assert len(document.inline_shapes) >= 10


@pytest.mark.parametrize("out", ["out.xlsx", "out.docx"])
def test_a_roster_of_one_column_is_written_too(tmp_path: Path, out: str) -> None:
    roster, path = tmp_path / "r.csv", tmp_path / out
    roster.write_text("学历\n大学\n", encoding="utf-8")
    assert main(["structure", str(roster), "--as-of", "2026-11-23", "--quiet", "--out", str(path)]) == 0
    assert path.stat().st_size > 1000


def test_parquet_and_excel_give_the_figures_of_csv(tmp_path: Path) -> None:
    expected = json.loads(structure(tmp_path).read_text())
    parquet, excel = tmp_path / "roster.parquet", tmp_path / "roster.xlsx"
    duckdb.read_csv(str(tmp_path / "roster.csv"), all_varchar=True).write_parquet(str(parquet))
    book = openpyxl.Workbook()
    for row in [HEADER, *PEOPLE]:
        book.active.append(row.split(","))
    book.save(excel)
    for roster in (parquet, excel):
        out = tmp_path / f"{roster.suffix[1:]}.json"
        assert main(["structure", str(roster), "--as-of", "2026-11-23", "--quiet", "--out", str(out)]) == 0
        assert json.loads(out.read_text()) == expected


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    first = structure(tmp_path).read_bytes()
    assert structure(tmp_path, rows=PEOPLE[::-1]).read_bytes() == first


@pytest.mark.parametrize("encoding", ["utf8", "gbk"])
def test_messy_roster_is_refused_with_every_fault(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster, out = ROSTERS / f"roster_messy_{encoding}.csv", tmp_path / "out.json"
    assert main(["structure", str(roster), "--as-of", "2026-11-23", "--out", str(out)]) == 2
    name = roster.name
    assert capsys.readouterr().err.splitlines() == [
        f"{name}, line 5, column 身份证号码: the ID number already occurs in line 4; count every person once: delete one row",
        f"{name}, line 7: names no person; fill in the name or the ID number, or delete the row",
    ]
    assert not out.exists()


def test_messy_dates_are_understood_once_the_faults_are_mended(tmp_path: Path) -> None:
    lines = (ROSTERS / "roster_messy_utf8.csv").read_text("utf-8-sig").splitlines()
    roster, out = tmp_path / "roster.csv", tmp_path / "out.json"
    roster.write_text("\n".join([*lines[:4], lines[5]]) + "\n", encoding="utf-8")
    assert main(["structure", str(roster), "--as-of", "2026-11-23", "--quiet", "--out", str(out)]) == 0
    report = json.loads(out.read_text())
    assert counts(report, "age") == {"from_36_to_40": 2, "from_41_to_45": 1, "from_46_to_50": 1}
    assert counts(report, "party") == {"communist_party": 3, "not_stated": 1}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--as-of", "2026.11"], "--as-of: “2026.11” names no day"),
        (["--age-bands", "40,30"], "--age-bands: “40,30” is not a list of ages"),
        (["--age-bands", "old"], "is not a list of ages"),
        (["--age-by", "day"], "names no day; write the day too, or use --age-by month"),
        (["--cross", "age,height"], "“height” cannot be counted in this roster"),
        (["--cross", "age,sex,rank,unit"], "give one to 3 different dimensions"),
        (["--scope", "unit"], "is not COLUMN=TEXT"),
        (["--scope", "unit=无此局"], "has no rows in scope"),
        (["--scope", "region=甲"], "has no column region"),
        (["--women-as-men-ranks", "king"], "“king” is not a rank"),
        (["--years", "0"], "give 1 to 60 years"),
        (["--targets", "missing.csv"], "missing.csv: cannot be read"),
        (["--against-as-of", "2005-01-01"], "lies after 2005-01-01"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster, out = tmp_path / "roster.csv", tmp_path / "out.json"
    roster.write_text("\n".join([HEADER, *PEOPLE]) + "\n", encoding="utf-8")
    assert main(["structure", str(roster), "--as-of", "2026-11-23", "--out", str(out), *words]) == 2
    assert message in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "words", "message"),
    [
        ("姓名,电话\n甲,1\n", [], "has no column to count by"),
        ("性别,A0104\n男,男\n", [], "column A0104: means the same as the column 性别"),
        ("性别\n男\n", ["--women-as-men-ranks", "clerk"], "needs ranks"),
        ("性别\n未详\n未详\n", ["--strict"], "line 3, column 性别: “未详” is not in GB/T 2261.1"),
        ("性别\n男\n", ["--scope", "region=甲"], "has no column region"),
        (
            "姓名,身份证号,性别\n甲,990000198503121000,男\n",
            [],
            "column 身份证号: “990000198503121000” was kept as a number and has lost its last digits",
        ),
    ],
)
def test_rosters_that_cannot_be_counted(
    content: str, words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster, out = tmp_path / "roster.csv", tmp_path / "out.json"
    roster.write_text(content, encoding="utf-8")
    assert main(["structure", str(roster), "--as-of", "2026-11-23", "--out", str(out), *words]) == 2
    assert message in capsys.readouterr().err


def test_a_file_that_only_claims_to_be_parquet_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "roster.parquet"
    roster.write_text("姓名")
    assert main(["structure", str(roster), "--as-of", "2026-11-23", "--out", str(tmp_path / "out.json")]) == 2
    assert "roster.parquet: is not a Parquet file" in capsys.readouterr().err


def test_summary_tells_what_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster, out = tmp_path / "roster.csv", tmp_path / "out.json"
    roster.write_text("\n".join([HEADER, *PEOPLE]) + "\n", encoding="utf-8")
    targets = tmp_path / "targets.csv"
    targets.write_text("维度,类别,下限\n性别,女,1\n", encoding="utf-8")
    words = ["--age-bands", "30,60", "--targets", str(targets)]
    assert main(["structure", str(roster), "--as-of", "2026-11-23", "--out", str(out), *words]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == [f"4 people, 15 dimensions; written to {out}", "1 of 1 targets met"]


@pytest.mark.parametrize("out", ["out.xlsx", "out.docx"])
def test_the_same_input_gives_the_same_bytes_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    first = structure(tmp_path, out=out).read_bytes()
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((2031, 1, 2, 3, 4, 6, 3, 2, 0)))
    assert structure(tmp_path, out=out).read_bytes() == first


def test_a_missing_parquet_file_is_called_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--as-of", "2026-11-23", "--out", str(tmp_path / "out.json")]
    assert main(["structure", str(tmp_path / "none.parquet"), *words]) == 2
    assert capsys.readouterr().err == "none.parquet: cannot be read (no such file); check the path\n"


def test_word_shortens_long_tables_and_says_so(tmp_path: Path) -> None:
    rows = [f"甲{row},{row},男,1985.03,示例局{row:03d},大学,,,,,,,," for row in range(201)]
    document = Document(io.BytesIO(structure(tmp_path, rows=rows, out="out.docx").read_bytes()))
    assert "共201类，此处列前200项，全表见Excel文件。" in [
        paragraph.text for paragraph in document.paragraphs
    ]


def run_on(tmp_path: Path, roster: Path, *words: str) -> dict[str, Any]:
    out = tmp_path / "report.json"
    assert (
        main(["structure", str(roster), "--as-of", "2026-11-23", "--quiet", "--out", str(out), *words]) == 0
    )
    report: dict[str, Any] = json.loads(out.read_text())
    return report


def test_unknown_texts_are_counted_apart_and_named(tmp_path: Path) -> None:
    rows = [
        "学历,学位,职称,政治面貌,民族,性别,后备干部",
        "大学,学士,教授,中国共产党党员,汉族,男性,是",
        "函授,结业,大师,某团体,火星族,未详,或许",
        ",,,,,,",
        "硕士研究生毕业,工商管理硕士,高级工程师,中国民主同盟盟员,满族,女性,否",
    ]
    roster = tmp_path / "roster.csv"
    roster.write_text("\n".join([*rows, ",,,,,,未定"]) + "\n", encoding="utf-8")
    report = run_on(tmp_path, roster)
    for key in ("education", "degree", "title", "party", "minority", "sex"):
        assert counts(report, key)["unrecognised"] == 1
        assert counts(report, key)["not_stated"] == 1
        assert sum(counts(report, key).values()) == 4
    assert counts(report, "reserve") == {"yes": 1, "no": 1, "unrecognised": 2}
    assert "party: counted as unrecognised: “某团体” (1)" in report["notes"]
    assert "reserve: counted as unrecognised: “或许” (1), “未定” (1)" in report["notes"]


def test_notes_are_chinese_in_reports_and_long_lists_are_cut(tmp_path: Path) -> None:
    roster, out = tmp_path / "roster.csv", tmp_path / "out.docx"
    roster.write_text("政治面貌\n" + "".join(f"团体{n:02d}\n" for n in range(22)), encoding="utf-8")
    assert main(["structure", str(roster), "--as-of", "2026-11-23", "--quiet", "--out", str(out)]) == 0
    notes = [paragraph.text for paragraph in Document(io.BytesIO(out.read_bytes())).paragraphs]
    [note] = [text for text in notes if text.startswith("“政治面貌”一栏计入“无法识别”的原文：“团体00” (1)、")]
    assert note.endswith("“团体19” (1)等，另有2种")


def test_a_roster_as_offices_keep_it_is_read(tmp_path: Path) -> None:
    """Titles above the header, spaces and brackets in column names, education with degree, Excel dates."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["示例市干部名册"])
    page.append(["截至2026年11月"])
    page.append(
        ["姓  名", "性 别", "出生年月\n（岁）", "民族", "全日制教育", "在职教育", "入党时间", "单位名称"]
    )
    page.append(["示例甲", "男", dt.date(1978, 5, 1), "汉族", "大学\n法学学士", None, "2001.07", "甲局"])
    page.append(["示例乙", "女", "1978年5月", "回族", "中专", "中央党校研究生", "群众", "甲局"])
    page.append(["示例丙", "女", 1978.05, "汉", "研究生、工学硕士", None, None, "乙局"])
    page.append(["示例丁", "男", 197805, "满族", "大专", "大学、管理学学士", "九三学社", "乙局"])
    roster = tmp_path / "roster.xlsx"
    book.save(roster)
    report = run_on(tmp_path, roster, "--scope", "单位=甲局", "--against-scope", "单位名称=乙局")
    assert report["n_people"] == 2
    report = run_on(tmp_path, roster)
    assert counts(report, "age") == {"from_46_to_50": 4}
    assert counts(report, "education") == {"postgraduate": 2, "undergraduate": 2}
    assert counts(report, "education_mode") == {"full_time": 2, "on_job": 2}
    assert counts(report, "degree") == {"master": 1, "bachelor": 2, "not_stated": 1}
    assert counts(report, "party") == {"communist_party": 1, "other": 2, "not_stated": 1}
    assert counts(report, "minority") == {"han": 2, "minority": 2}


def test_one_column_for_education_and_degree(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("学历学位\n在职研究生、法学硕士\n大学\n", encoding="utf-8")
    report = run_on(tmp_path, roster)
    assert counts(report, "education") == {"postgraduate": 1, "undergraduate": 1}
    assert counts(report, "education_mode") == {"on_job": 1, "not_stated": 1}
    assert counts(report, "degree") == {"master": 1, "not_stated": 1}


def test_women_retire_by_the_post_the_roster_gives(tmp_path: Path) -> None:
    """Born in January 1978: 53 years and 7 months of age on a cadre post would be early, on a worker post 51 years and 7 months."""
    roster = tmp_path / "roster.csv"
    roster.write_text("性别,出生年月,身份\n女,1978.01,干部\n女,1978.01,工人\n女,1978.01,\n", encoding="utf-8")
    retirement = run_on(tmp_path, roster)["retirement"]
    assert {year["year"]: year["n_by_category"] for year in retirement["years"] if year["n_people"]} == {
        2029: {"men_60": 0, "women_55": 0, "women_50": 1},
        2035: {"men_60": 0, "women_55": 2, "women_50": 0},
    }
    assert retirement["women_default"] == "women_55"
    assert [year["minimum_contribution_months"] for year in retirement["years"][3:6]] == [180, 186, 192]
    years = run_on(tmp_path, roster, "--women", "50")["retirement"]["years"]
    assert {year["year"]: year["n_people"] for year in years if year["n_people"]} == {2029: 2, 2035: 1}


def test_charts_are_written_as_svg(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "charts"
    structure(tmp_path, "--cross", "age,sex", "--charts", str(folder))
    names = {path.name for path in folder.iterdir()}
    assert {"age.svg", "age_pyramid.svg", "retirement.svg", "specialty.svg"} <= names
    assert all(path.read_text("utf-8").startswith("<svg ") for path in folder.iterdir())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster, out = tmp_path / "roster.csv", tmp_path / "out.json"
    roster.write_text("性别\n男\n", encoding="utf-8")
    words = ["--as-of", "2026-11-23", "--out", str(out), "--charts", str(roster / "charts"), "--quiet"]
    assert main(["structure", str(roster), *words]) == 2
    assert "cannot be made" in capsys.readouterr().err
    assert not out.exists()
