"""Every verb reads its tables by Chinese and by English headers alike, and names the columns it does not know."""

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from secondment.cli.main import main
from secondment.cli.rate import reading
from secondment.files import fast_arcs
from secondment.files.arcs import read_arcs
from secondment.files.columns.column import Columns
from secondment.files.columns.need import NEED, TARGET
from secondment.files.columns.pair import CAPS, PAIR
from secondment.files.columns.person import PERSON
from secondment.files.columns.post import POST
from secondment.files.columns.rating import ANCHOR, COMPOSITE, JUDGEMENT, RATING
from secondment.files.columns.text import FRAME, TEXT
from secondment.files.columns.unit import UNIT
from secondment.files.columns.visit import SITE, TEAM

MARKS = "ratee,rater,criterion,score,source,unit,seconds\n" + "".join(
    f"P{a},R{b},C{c},{1 + (3 * a + 5 * b + 2 * c + a * b) % 4},S{b % 2},U{a % 2},{10 + a}\n"
    for a in range(6)
    for b in range(4)
    for c in range(3)
)
ARCS = "person,post,score,person_group\n甲,村一,3,办\n甲,村二,2,办\n乙,村一,5,局\n丙,村二,4,局\n"
SCHEME = {
    "parts": [
        {"name": "ratings", "lowest_mark": 1, "highest_mark": 4},
        {"name": "kpi", "table": "kpi.csv"},
        {"name": "work", "indicators": "ind.csv", "rules": "rules.csv"},
    ],
    "judgements": ["judge.csv"],
    "grades": [{"name": "good", "from": 50}],
    "lowest_grade": "basic",
    "vetoes": "veto.csv",
}


@dataclass(frozen=True)
class Case:
    """A verb, its words, and its files: English text and the columns by which it is put into Chinese."""

    verb: str
    words: str
    files: Mapping[str, tuple[str, Columns]]


CASES = {
    "match": Case(
        "match",
        "--arcs arcs.csv --caps caps.csv",
        {"arcs.csv": (ARCS, PAIR), "caps.csv": ("person_group,cap\n办,1\n局,2\n", CAPS)},
    ),
    "match stable": Case(
        "match",
        "--arcs arcs.csv --stable people --person-ranks ranks.csv",
        {
            "arcs.csv": (ARCS, PAIR),
            "ranks.csv": ("person,post,rank\n甲,村一,2\n甲,村二,1\n乙,村一,1\n丙,村二,1\n", PAIR),
        },
    ),
    "match rules": Case(
        "match",
        "--arcs arcs.csv --rules rules.json --person-facts people.csv --post-facts posts.csv",
        {
            "arcs.csv": (ARCS, PAIR),
            "people.csv": ("person,年龄\n甲,30\n乙,40\n丙,50\n", PAIR.only("person")),
            "posts.csv": ("post,places\n村一,1\n村二,1\n", PAIR.only("post")),
        },
    ),
    "match rosters": Case(
        "match",
        "--people people.csv --posts posts.csv",
        {
            "people.csv": ("name,unit,born\n甲,办,1985-03\n乙,局,1990-03\n", PERSON),
            "posts.csv": ("code,unit,headcount\nP1,县,1\nP2,县,1\n", POST),
        },
    ),
    "rate": Case("rate", "marks.csv", {"marks.csv": (MARKS, RATING)}),
    "rate anchors": Case(
        "rate",
        "marks.csv --anchors anchors.csv",
        {
            "marks.csv": (MARKS, RATING),
            "anchors.csv": ("facet,id,measure\nrater,R0,0.5\nratee,P1,-0.25\n", ANCHOR),
        },
    ),
    "rate composite": Case(
        "rate",
        "marks.csv --model facets --composite scheme.json",
        {
            "marks.csv": (MARKS, RATING),
            "kpi.csv": ("ratee,score,backing,se\nP0,60,audited,\nP1,70,,3\nP2,80,declared,\n", COMPOSITE),
            "ind.csv": ("ratee,indicator,value,backing\nP0,income,3,documented\n", COMPOSITE),
            "rules.csv": ("indicator,value,score,weight\nincome,0,0,1\nincome,5,100,\n", COMPOSITE),
            "veto.csv": ("ratee,reason\nP5,absent\n", COMPOSITE),
            "judge.csv": ("part,ratings,kpi,work\nratings,1,2,3\nkpi,1/2,1,2\nwork,1/3,1/2,1\n", JUDGEMENT),
        },
    ),
    "rotate": Case(
        "rotate",
        "--people people.csv --needs needs.csv --units units.csv --suits suits.csv",
        {
            "people.csv": ("person,unit,back_in,unavailable\n甲,办,2026,\n乙,局,,2028\n", NEED),
            "needs.csv": ("kind,term_years,2027,2028\n下挂,1,1,1\n", NEED),
            "units.csv": ("unit,may_be_away\n办,1\n局,1\n", NEED),
            "suits.csv": ("person,kind,value\n甲,下挂,3\n乙,下挂,2\n", NEED),
        },
    ),
    "structure": Case(
        "structure",
        "roster.csv --as-of 2026-11-29 --targets targets.csv",
        {
            "roster.csv": ("name,sex,born\n甲,男,1985-03\n乙,女,1990-03\n", PERSON),
            "targets.csv": ("dimension,buckets,at_least,at_most,basis\nsex,女,60%,,规划\n", TARGET),
        },
    ),
    "draw": Case(
        "draw",
        "frame.csv --size 2 --seed 7 --stratify 处室",
        {"frame.csv": ("id,处室\nA,一处\nB,一处\nC,二处\nD,二处\n", FRAME)},
    ),
    "route": Case(
        "route",
        "--sites sites.csv --teams teams.csv --iterations 200",
        {
            "sites.csv": ("id,x,y,demand,ready,due,service,team\nA,1,0,1,0,9,1,T\nB,0,2,1,,,,\n", SITE),
            "teams.csv": ("id,capacity,depot_x,depot_y,ready,due\nT,5,0,0,0,99\n", TEAM),
        },
    ),
    "route on the globe": Case(
        "route",
        "--sites sites.csv --teams teams.csv --iterations 200",
        {
            "sites.csv": ("id,lon,lat\nA,106,26\nB,107,27\n", SITE),
            "teams.csv": ("id,capacity,depot_lon,depot_lat\nT,5,106,27\n", TEAM),
        },
    ),
    "duplicates": Case(
        "duplicates",
        "texts.csv",
        {"texts.csv": ("id,text\nA,推进农村产业发展工作\nB,推进农村产业发展工作\n", TEXT)},
    ),
}


def in_chinese(text: str, columns: Columns) -> str:
    header, _, rows = text.partition("\n")
    names = [
        columns[name].title if name in {one.key for one in columns} else name for name in header.split(",")
    ]
    return ",".join(names) + "\n" + rows


def run(folder: Path, case: Case, files: Mapping[str, str]) -> tuple[int, bytes]:
    """The exit code and what was written, without the fingerprint of the bytes that a draw was made from."""
    folder.mkdir()
    texts = {**files, "scheme.json": json.dumps(SCHEME), "rules.json": '{"rules": [], "places": "places"}'}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    words = [str(folder / word) if word in texts else word for word in case.words.split()]
    code = main([case.verb, *words, "--out", str(folder / "out.json"), "--quiet"])
    return code, re.sub(rb' "sha256": "[0-9a-f]*"', b"", (folder / "out.json").read_bytes())


@pytest.mark.parametrize("name", CASES)
def test_chinese_and_english_headers_give_the_same_bytes(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    case = CASES[name]
    english = run(tmp_path / "english", case, {file: text for file, (text, _) in case.files.items()})
    chinese = {file: in_chinese(text, columns) for file, (text, columns) in case.files.items()}
    assert all(chinese[file] != text for file, (text, _) in case.files.items())
    assert run(tmp_path / "chinese", case, chinese) == english
    assert english[0] in {0, 4}
    assert not caplog.messages


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("name", ["match", "rate", "draw", "route", "duplicates", "rotate"])
def test_semicolons_and_tabs_separate_cells_as_commas_do(tmp_path: Path, name: str, separator: str) -> None:
    case = CASES[name]
    texts = {file: in_chinese(text, columns) for file, (text, columns) in case.files.items()}
    other = {file: text.replace(",", separator) for file, text in texts.items()}
    plain, separated = run(tmp_path / "plain", case, texts), run(tmp_path / "other", case, other)
    assert separated == plain


@pytest.mark.parametrize("name", ["match", "rate", "route", "duplicates", "rotate"])
def test_unknown_columns_are_named(tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    case = CASES[name]
    first = next(iter(case.files))
    texts = {file: in_chinese(*case.files[file]) for file in case.files}
    header, _, rows = texts[first].partition("\n")
    texts[first] = f"{header},血型\n" + "".join(f"{row},A\n" for row in rows.splitlines())
    with caplog.at_level(logging.WARNING):
        run(tmp_path / "run", case, texts)
    assert [
        message for message in caplog.messages if "columns that are not known were not read: 血型" in message
    ]


def test_titles_above_the_header_are_passed_over_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    case = CASES["duplicates"]
    text = in_chinese(*case.files["texts.csv"])
    plain, titled = run(tmp_path / "plain", case, {"texts.csv": text}), run(tmp_path / "titled", case, {"texts.csv": "某市工作总结,\n" + text})  # fmt: skip
    assert titled == plain
    assert caplog.messages == ["texts.csv, line 1: is no row of the table and was not read: 某市工作总结"]


@pytest.mark.parametrize(
    ("name", "file", "wrong", "said"),
    [
        ("match", "arcs.csv", "人员,岗位,得份,派出单位", "column 得分: the column is missing; add a column “得分” or “score” to the header"),
        ("match", "caps.csv", "派出单位,cup", "column 最多派出: the column is missing; add a column “最多派出” or “cap” to the header"),
        ("rate", "marks.csv", "被评人,评分人,标准,分数,a,b,c", "column 指标: the column is missing; add a column “指标” or “criterion” to the header"),
        ("draw", "frame.csv", "序次,处室", "column 编号: the column is missing; add a column “编号” or “id” to the header"),
        ("route", "teams.csv", "编号,容积,depot_x,depot_y,ready,due", "column 容量: the column is missing; add a column “容量” or “capacity” to the header"),
        ("structure", "targets.csv", "维度,分类,下限,上限,依据", "column 类别: the column is missing; add a column “类别” or “buckets” to the header"),
    ],
)  # fmt: skip
def test_a_mistyped_necessary_column_says_both_names(
    tmp_path: Path, name: str, file: str, wrong: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES[name]
    texts = {one: in_chinese(*case.files[one]) for one in case.files}
    texts[file] = wrong + "\n" + texts[file].partition("\n")[2]
    with pytest.raises(FileNotFoundError):
        run(tmp_path / "run", case, texts)
    assert f"{file}, line 1, {said}" in capsys.readouterr().err


def test_two_headers_that_mean_the_same_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(FileNotFoundError):
        run(tmp_path / "run", CASES["duplicates"], {"texts.csv": "编号,文本,text\nA,甲,乙\n"})
    said = capsys.readouterr().err.splitlines()
    assert said == [
        f"texts.csv, line 1, column {name}: means the same as another column; keep one of them"
        for name in ("文本", "text")
    ]


def test_faults_are_told_under_the_header_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES["rate"]
    with pytest.raises(FileNotFoundError):
        run(tmp_path / "run", case, {"marks.csv": "被评人,评分人,指标,得分\nP1,R1,C1,好\nP1,,C2,3\n"})
    assert capsys.readouterr().err.splitlines() == [
        "marks.csv, line 2, column 得分: is “好”; write a number, or delete the row when no mark was given",
        "marks.csv, line 3, column 评分人: is empty; write the rater's code",
    ]


def test_words_of_anchors_and_backing_are_read_in_chinese(tmp_path: Path) -> None:
    for name, words in (
        ("rate anchors", {"anchors.csv": (("rater", "评分人"), ("ratee", "被评人"))}),
        ("rate composite", {"kpi.csv": (("audited", "经审计"), ("declared", "自报")), "ind.csv": (("documented", "有材料"),)}),
    ):  # fmt: skip
        case = CASES[name]
        english = {file: in_chinese(*case.files[file]) for file in case.files}
        chinese = dict(english)
        for file, pairs in words.items():
            for word, meaning in pairs:
                chinese[file] = chinese[file].replace(word, meaning)
        assert chinese != english
        assert run(tmp_path / f"{name} 1", case, chinese) == run(tmp_path / f"{name} 2", case, english)


def test_pairs_with_chinese_headers_go_the_fast_way(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = in_chinese(ARCS, PAIR).replace("\n", ",甲\n").replace("派出单位,甲", "派出单位,血型")
    for encoding in ("utf-8", "gb18030"):
        (tmp_path / "arcs.csv").write_text(text, encoding=encoding)
        (tmp_path / "arcs.txt").write_text(text, encoding=encoding)
        wanted = ("person", "post", "score", "person_group")
        assert fast_arcs.read_fast(tmp_path / "arcs.csv", wanted) is not None
        fast, careful = (read_arcs(tmp_path / name, with_groups=True) for name in ("arcs.csv", "arcs.txt"))
        assert (fast.people, fast.posts, fast.groups) == (careful.people, careful.posts, careful.groups)
        assert sorted(fast.score.tolist()) == sorted(careful.score.tolist())
    assert len([one for one in caplog.messages if one.endswith("not read: 血型")]) == 6


@pytest.mark.parametrize("large_file_bytes", [0, 10**9])
def test_marks_with_chinese_headers_are_read_alike_by_both_readers(
    tmp_path: Path, large_file_bytes: int, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "marks.csv").write_text(in_chinese(MARKS, RATING).replace("用时", "用时（秒）"))
    (tmp_path / "english.csv").write_text(MARKS)
    found = reading.read_ratings(tmp_path / "marks.csv", large_file_bytes=large_file_bytes)
    english = reading.read_ratings(tmp_path / "english.csv", large_file_bytes=10**9)
    assert found.names == english.names
    for one, other in zip(
        (found.ratings.mark, found.ratings.unit, found.seconds),
        (english.ratings.mark, english.ratings.unit, english.seconds),
        strict=True,
    ):
        assert np.array_equal(one, other)
    assert not caplog.messages


@pytest.mark.parametrize("name", ["marks.csv", "standard input"])
def test_large_files_of_marks_go_the_fast_way(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def slow(path: Path) -> None:
        raise AssertionError(path)

    monkeypatch.setattr(reading, "_read_rows", slow)
    text = in_chinese(MARKS, RATING).replace("用时", "血型")
    (tmp_path / name).write_text(text)
    found = reading.read_ratings(tmp_path / name, large_file_bytes=len(text.encode()) - 1)
    assert (len(found.lines), found.names["unit"], found.seconds) == (72, ["U0", "U1"], None)
    assert caplog.messages == [f"{name}: columns that are not known were not read: 血型"]


def test_the_page_of_columns_names_every_one() -> None:
    page = (Path(__file__).parents[2] / "docs/algorithms/columns.md").read_text(encoding="utf-8")
    registries = (
        PAIR,
        CAPS,
        RATING,
        ANCHOR,
        COMPOSITE,
        JUDGEMENT,
        NEED,
        TARGET,
        FRAME,
        SITE,
        TEAM,
        TEXT,
        UNIT,
    )
    columns = [column for columns in registries for column in columns if not column.key.isdigit()]
    assert [column.key for column in columns if f"{column.title} `{column.key}`" not in page] == []


def test_a_column_that_rules_may_name_stands_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = CASES["match rules"]
    texts = {file: in_chinese(*case.files[file]) for file in case.files}
    texts["posts.csv"] = "岗位,places,places\n村一,1,2\n村二,1,2\n"
    with pytest.raises(FileNotFoundError):
        run(tmp_path / "run", case, texts)
    said = "posts.csv, line 1, column places: the column stands twice; rename or delete one of them\n"
    assert capsys.readouterr().err == said
