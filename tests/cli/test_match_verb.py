"""`secondment match`: files in, plan out, every fault named by file, line and column."""

import json
from pathlib import Path

import pytest

from secondment.cli.main import main
from secondment.files import fast_arcs
from secondment.files.arcs import read_arcs
from secondment.files.problems import BadInputError

ARCS = "person,post,score,person_group\n甲,村一,9.5,办\n甲,村二,9,办\n乙,村一,8,办\n丙,村二,-1,局\n"
CAPS = "person_group,cap\n办,1\n"


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> str:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def match(folder: Path, arcs: str, caps: str | None = None) -> tuple[int, dict[str, object]]:
    out = folder / "result.json"
    words = ["match", "--arcs", write(folder, "arcs.csv", arcs), "--out", str(out), "--quiet"]
    if caps is not None:
        words += ["--caps", write(folder, "caps.csv", caps)]
    code = main(words)
    return code, json.loads(out.read_text()) if out.exists() else {}


def test_result_has_the_agreed_keys_and_the_optimum(tmp_path: Path) -> None:
    code, result = match(tmp_path, ARCS)
    assert code == 0
    assert result == {
        "status": "optimal",
        "n_assigned": 2,
        "total_score": 17.0,
        "bound": 17.0,
        "gap": 0.0,
        "notes": [],
        "pairs": [
            {"person": "乙", "post": "村一", "score": 8.0},
            {"person": "甲", "post": "村二", "score": 9.0},
        ],
    }


def test_caps_bind_the_group(tmp_path: Path) -> None:
    _, result = match(tmp_path, ARCS, CAPS)
    assert (result["n_assigned"], result["total_score"]) == (2, 8.5)
    _, result = match(tmp_path, ARCS, "person_group,cap\n办,0\n局,99999999999999999999\n")
    assert (result["n_assigned"], result["total_score"]) == (1, -1.0)


def test_groups_that_only_one_file_names_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, result = match(tmp_path, ARCS, "person_group,cap\n局,0\n厅,3\n")
    assert result["total_score"] == 17.0
    assert result["notes"] == [
        "caps.csv: not found in arcs.csv, so without effect: 厅",
        "caps.csv: not named, so without a limit: 办",
    ]
    assert capsys.readouterr().err == "".join(f"note: {note}\n" for note in result["notes"])


def test_people_without_a_group_are_not_limited(tmp_path: Path) -> None:
    _, result = match(tmp_path, ARCS.replace("局", ""), CAPS)
    assert result["n_assigned"] == 2


def test_same_rows_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    header, *rows = ARCS.splitlines()
    results = []
    for lines in (rows, rows[::-1]):
        _, result = match(tmp_path, "\n".join([header, *lines]), CAPS)
        results.append(json.dumps(result, ensure_ascii=False))
    assert results[0] == results[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fast_and_careful_reading_agree(tmp_path: Path, encoding: str, end: str) -> None:
    text = ARCS.replace("\n", end).replace("办", '"办, ""一"""').replace("村二", " 村二 ")
    fast = Path(write(tmp_path, "arcs.csv", text, encoding))
    careful = Path(write(tmp_path, "arcs.txt", text, encoding))
    assert fast_arcs.read_fast(fast, ("person", "post", "score", "person_group")) is not None
    for with_groups in (True, False):
        one, other = (read_arcs(path, with_groups=with_groups) for path in (fast, careful))
        assert (one.people, one.posts, one.groups) == (other.people, other.posts, other.groups)
        key = sorted(zip(one.person.tolist(), one.post.tolist(), one.score.tolist(), strict=True))
        assert key == sorted(
            zip(other.person.tolist(), other.post.tolist(), other.score.tolist(), strict=True)
        )
        assert one.group.tolist() == other.group.tolist()


def test_wide_blanks_around_names_are_dropped(tmp_path: Path) -> None:
    _, result = match(tmp_path, "person,post,score\n\u3000甲,a\u3000,1\n甲,b,2\n")
    assert result["pairs"] == [{"person": "甲", "post": "b", "score": 2.0}]


def test_bytes_that_are_no_text_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_bytes(b"person,post,score\xff\xff\n")
    assert main(["match", "--arcs", str(tmp_path / "a.csv"), "--out", str(tmp_path / "r.json")]) == 2
    assert capsys.readouterr().err == "a.csv: is neither UTF-8 nor GB18030 text; save it as UTF-8 CSV\n"


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    _, result = match(tmp_path, "备注,score,post,person\nx,1,a,b\n,2,a,c\n")
    assert result["pairs"] == [{"person": "c", "post": "a", "score": 2.0}]


def test_a_workbook_is_read_too(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "arcs.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([("person", "post", "score"), ("甲", 1, 2.5)]):
            sheet.write_row(number, 0, row)
    assert main(["match", "--arcs", str(path), "--out", str(tmp_path / "r.json"), "--quiet"]) == 0
    assert json.loads((tmp_path / "r.json").read_text())["pairs"] == [
        {"person": "甲", "post": "1", "score": 2.5}
    ]


@pytest.mark.parametrize(
    ("arcs", "message"),
    [
        ("", "arcs.csv: is empty; put the column names in the first row and data below"),
        ("person,post,score\n", "arcs.csv: has no pairs below the header; add at least one row"),
        (
            "person,post\na,b\n",
            "arcs.csv, line 1, column 得分: the column is missing; add a column “得分” or “score” to the header",
        ),
        (
            "person,post,score\na,b,1\n\na,b,2\n",
            "arcs.csv, line 4, column person: the pair “a” – “b” already occurs in line 2; keep one of the two rows",
        ),
        (
            "person,post,score\na,b,九十\n",
            "arcs.csv, line 2, column score: “九十” is not a finite number; write a number such as 87.5",
        ),
        (
            "person,post,score\na,b,nan\n",
            "arcs.csv, line 2, column score: “nan” is not a finite number; write a number such as 87.5",
        ),
        (
            "person,post,score\na,b,-inf\n",
            "arcs.csv, line 2, column score: “-inf” is not a finite number; write a number such as 87.5",
        ),
        (
            "person,post,score\na,b,1e999\n",
            "arcs.csv, line 2, column score: “1e999” is not a finite number; write a number such as 87.5",
        ),
        (
            "person,post,score\na,b,1_000\n",
            "arcs.csv, line 2, column score: “1_000” is not a finite number; write a number such as 87.5",
        ),
        (
            "person,post,score\na,b,\n",
            "arcs.csv, line 2, column score: is empty; write a number such as 87.5",
        ),
        ("person,post,score\n ,b,1\n", "arcs.csv, line 2, column person: is empty; name the person"),
        ("person,post,score\na,\u3000,1\n", "arcs.csv, line 2, column post: is empty; name the post"),
        (
            "person,post,score\na,b,1,5\n",
            "arcs.csv, line 2: has 4 cells, the header has 3; put texts with commas in quotes, write decimals with a point",
        ),
        (
            "person,post,score\na,b,1e300\n",
            "arcs.csv: column score: a score of 1e+300 is too large for a resolution of 10^-6; divide the scores by a constant",
        ),
    ],
)
def test_bad_pairs_exit_2_and_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arcs: str, message: str
) -> None:
    assert match(tmp_path, arcs) == (2, {})
    assert capsys.readouterr().err == message + "\n"


@pytest.mark.parametrize(
    ("caps", "message"),
    [
        ("办,-1", "caps.csv, line 2, column cap: “-1” is not a whole number from 0; write 0, 1, 2, …"),
        ("办,1.5", "caps.csv, line 2, column cap: “1.5” is not a whole number from 0; write 0, 1, 2, …"),
        ("办,", "caps.csv, line 2, column cap: is empty; write 0, 1, 2, …"),
        (",1", "caps.csv, line 2, column person_group: is empty; fill the cell"),
        (
            "办,1\n办,2",
            "caps.csv, line 3, column person_group: “办” already occurs in line 2; keep one of the two rows, or number them apart",
        ),
    ],
)
def test_bad_caps_exit_2_and_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caps: str, message: str
) -> None:
    assert match(tmp_path, ARCS, f"person_group,cap\n{caps}\n") == (2, {})
    assert capsys.readouterr().err == message + "\n"


def test_one_person_in_two_groups_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(tmp_path, ARCS + "丙,村一,3,办\n", CAPS)[0] == 2
    assert capsys.readouterr().err == (
        "arcs.csv, line 6, column person_group: “丙” is in group “办” here and in “局” in line 5; "
        "give each person one group\n"
    )


def test_caps_without_groups_in_the_pairs_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert match(tmp_path, "person,post,score\na,b,1\n", CAPS)[0] == 2
    assert (
        "column 派出单位: the column is missing; add a column “派出单位” or “person_group” to the header"
        in capsys.readouterr().err
    )


def test_every_fault_is_listed_in_file_order(tmp_path: Path) -> None:
    path = Path(write(tmp_path, "arcs.csv", "person,post,score\n,b,x\na,b,1\na,b,1\n"))
    with pytest.raises(BadInputError) as caught:
        read_arcs(path, with_groups=False)
    assert [(fault.line, fault.column) for fault in caught.value.problems] == [
        (2, "person"),
        (2, "score"),
        (4, "person"),
    ]


def test_other_output_endings_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "--arcs", write(tmp_path, "a.csv", ARCS), "--out", str(tmp_path / "r.txt")]) == 2
    assert "use .json" in capsys.readouterr().err


def test_summary_is_printed_unless_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "r.json"
    assert main(["match", "--arcs", write(tmp_path, "a.csv", ARCS), "--out", str(out)]) == 0
    assert capsys.readouterr().err.splitlines()[0] == (
        f"2 of 2 posts filled from 3 people; total score 17.000000, proven bound 17.000000; written to {out}"
    )
