"""`secondment draw`: protocol, independent verifier, bad input."""

import json
import math
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from secondment.cli.main import main

VERIFIER = Path(__file__).parents[2] / "docs" / "algorithms" / "verify_draw.py"
FRAME = "id,kind,unit,risk\n" + "".join(
    f"P{number:03},{'甲乙'[number % 2]},U{number % 9},{number % 5 + 0.5}\n" for number in range(60)
)
RULES = [
    "--size",
    "12",
    "--stratify",
    "kind",
    "--risk",
    "risk",
    "--floor",
    "0.05",
    "--unit",
    "unit",
    "--unit-cap",
    "2",
]


def draw(folder: Path, *words: str, frame: str = FRAME, seed: str = "2026年第三次") -> tuple[int, Path]:
    (folder / "frame.csv").write_text(frame, encoding="utf-8")
    out = folder / "protocol.json"
    code = main(["draw", str(folder / "frame.csv"), "--out", str(out), "--seed", seed, "--quiet", *words])
    return code, out


def verify(*paths: Path) -> tuple[int, str]:
    """Run the verifier as an outsider would: plain Python, no packages."""
    words = [sys.executable, "-I", "-S", str(VERIFIER), *map(str, paths)]
    done = subprocess.run(  # noqa: S603 -- our own script with paths of the test
        words, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("words", [RULES, ["--size", "7"], ["--size", "12", "--risk", "risk"]])
def test_the_verifier_repeats_the_draw(tmp_path: Path, words: list[str]) -> None:
    code, out = draw(tmp_path, *words)
    size = int(words[1])
    assert code == 0
    assert verify(out, tmp_path / "frame.csv") == (
        0,
        f"the protocol holds: {size} of 60 drawn, repeated alike\n",
    )


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    head, *rows = FRAME.splitlines(keepends=True)
    drawn = []
    for frame in (FRAME, head + "".join(reversed(rows))):
        draw(tmp_path, *RULES, frame=frame)
        drawn.append(json.loads((tmp_path / "protocol.json").read_text())["drawn"])
    assert drawn[0] == drawn[1]


def test_another_seed_draws_others(tmp_path: Path) -> None:
    drawn = [json.loads(draw(tmp_path, *RULES, seed=seed)[1].read_text())["drawn"] for seed in ("1", "2")]
    assert drawn[0] != drawn[1]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"seed": "2026年第三次"', '"seed": "2026年第四次"', "text of chance"),
        ('"risk": 0.5', '"risk": 0.6', "do not match their hash"),
        ('"drawn": [\n', '"drawn": [\n  "P999",\n', "repeating the draw gives other people"),
        ('"floor": 0.05', '"floor": 0.5', "outside floor and 1"),
        ('"size": 12,', '"size": 13,', "do not add up to the sizes"),
    ],
)
def test_the_verifier_sees_what_was_tampered_with(tmp_path: Path, old: str, new: str, fault: str) -> None:
    _, out = draw(tmp_path, *RULES)
    text = out.read_text(encoding="utf-8")
    assert old in text
    out.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, said = verify(out)
    assert code == 1
    assert fault in said


def test_the_verifier_sees_that_somebody_was_left_out(tmp_path: Path) -> None:
    """A protocol made without one person, published with the hash of the whole frame."""
    (tmp_path / "whole").mkdir()
    _, honest = draw(tmp_path / "whole", *RULES)
    whole = json.loads(honest.read_text(encoding="utf-8"))["frame"]
    _, out = draw(tmp_path, *RULES, frame=FRAME.replace("P007,乙,U7,2.5\n", ""))
    protocol = json.loads(out.read_text(encoding="utf-8"))
    protocol["frame"]["sha256"] = whole["sha256"]
    out.write_text(json.dumps(protocol, ensure_ascii=False), encoding="utf-8")
    code, said = verify(out, tmp_path / "whole" / "frame.csv")
    assert code == 1
    assert said == "the people of the protocol are not those of the frame file\n"
    assert verify(out)[1].startswith("note: whether somebody was left out")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_verifier_reads_the_frame_in_both_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "frame.csv").write_bytes(FRAME.replace("\n", "\r\n").encode(encoding))
    out = tmp_path / "protocol.json"
    words = ["--out", str(out), "--seed", "1", "--quiet", *RULES]
    assert main(["draw", str(tmp_path / "frame.csv"), *words]) == 0
    assert verify(out, tmp_path / "frame.csv")[0] == 0


def test_the_verifier_knows_the_sizes_of_strata_and_the_cut_of_risks(tmp_path: Path) -> None:
    """Sizes raised to the floor, and people at both ends of the range, are what the rule gives."""
    rows = [f"A{number:02},甲,{1 if number else 500}" for number in range(40)]
    rows += [f"B{number:02},乙,{number / 100 + 0.01}" for number in range(10)]
    frame = "id,kind,risk\n" + "\n".join(rows) + "\n"
    rules = ["--size", "12", "--stratify", "kind", "--risk", "risk", "--floor", "0.21"]
    _, out = draw(tmp_path, *rules, frame=frame)
    assert verify(out, tmp_path / "frame.csv") == (0, "the protocol holds: 12 of 50 drawn, repeated alike\n")
    protocol = json.loads(out.read_text(encoding="utf-8"))
    protocol["strata"][0]["drawn"], protocol["strata"][1]["drawn"] = 8, 4
    out.write_text(json.dumps(protocol, ensure_ascii=False), encoding="utf-8")
    assert "the sizes of the strata are not those of the rule" in verify(out)[1]


def test_simulated_draws_have_the_printed_probabilities_and_never_pass_a_cap(tmp_path: Path) -> None:
    """The verifier's own implementation draws 1,200 times with other texts of chance."""
    _, out = draw(tmp_path, *RULES)
    protocol = json.loads(out.read_text(encoding="utf-8"))
    people = protocol["people"]
    verifier = runpy.run_path(str(VERIFIER))
    shares = [int(person["inclusion"].replace(".", "")) for person in people]
    ends = [(("s", person["stratum"]), ("u", person["unit"])) for person in people]
    n_draws, times = 1200, Counter[int]()
    for number in range(n_draws):
        drawn = verifier["repeat_draw"](list(shares), ends, f"simulation {number}")
        times.update(drawn)
        assert max(Counter(people[person]["unit"] for person in drawn).values()) <= 2
        assert len(drawn) == 12
    for person, share in enumerate(shares):
        expected = share / 10**12
        error = math.sqrt(expected * (1 - expected) / n_draws)
        assert abs(times[person] / n_draws - expected) <= 4.5 * error + 1e-12


def test_the_verifier_sees_another_frame(tmp_path: Path) -> None:
    _, out = draw(tmp_path, *RULES)
    (tmp_path / "frame.csv").write_text(FRAME + "P999,甲,U1,1\n", encoding="utf-8")
    code, said = verify(out, tmp_path / "frame.csv")
    assert code == 1
    assert said.splitlines() == [
        "the frame file is not the one of the protocol",
        "the people of the protocol are not those of the frame file",
    ]


@pytest.mark.parametrize(
    ("frame", "words", "code", "message"),
    [
        ("id\nA\nA\n", ["--size", "1"], 2, "frame.csv, line 3, column id: “A” already occurs in line 2; keep one of the two rows, or number them apart"),
        ("id,r\n,1\n", ["--size", "1"], 2, "frame.csv, line 2, column id: is empty; fill the cell"),
        ("id,r\nA,x\n", ["--size", "1", "--risk", "r"], 2, "frame.csv, line 2, column r: is “x”; write a number"),
        ("id,r\nA,nan\n", ["--size", "1", "--risk", "r"], 2, "frame.csv, line 2, column r: is “nan”; write a number"),
        ("id,r\nA,\n", ["--size", "1", "--risk", "r"], 2, "frame.csv, line 2, column r: is empty; write a number"),
        ("id,r\nA,-1\n", ["--size", "1", "--risk", "r"], 2, "frame.csv, line 2, column r: is -1; write a number of at least 0"),
        ("id,k\nA,\n", ["--size", "1", "--stratify", "k"], 2, "frame.csv, line 2, column k: is empty; name the stratum of every row"),
        ("id\nA\n", ["--size", "1", "--risk", "r"], 2, "frame.csv, line 1, column r: the column is missing; add a column “r” to the header"),
        ("id\n", ["--size", "1"], 2, "frame.csv: has no rows below the header; add at least one row"),
        ("id,u\nA,1\n", ["--size", "1", "--unit", "u"], 2, "--unit and --unit-cap: only one is given; give both or none"),
        ("id\nA\n", ["--size", "2"], 3, "no solution: cannot draw 2 of 1 people"),
    ],
)  # fmt: skip
def test_bad_input_is_named(
    tmp_path: Path, frame: str, words: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draw(tmp_path, *words, frame=frame)[0] == code
    assert capsys.readouterr().err == message + "\n"
    assert not (tmp_path / "protocol.json").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--size", "1.5"], "“1.5” is not a whole number of at least 1"),
        (["--size", "1", "--floor", "2"], "“2” is not a number from 0 to 1"),
    ],
)
def test_bad_options_are_named(
    tmp_path: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        draw(tmp_path, *words)
    assert message in capsys.readouterr().err


def test_a_draw_without_a_seed_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["draw", str(tmp_path / "f.csv"), "--size", "1", "--out", str(tmp_path / "p.json")])
    assert left.value.code == 2
    assert "the following arguments are required: --seed" in capsys.readouterr().err


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_frame_with_chinese_headers_is_verified(tmp_path: Path, separator: str) -> None:
    text = "编号,处室,风险\nA,一处,1\nB,一处,2\nC,二处,3\n".replace(",", separator)
    (tmp_path / "frame.csv").write_text(text, encoding="utf-8")
    words = ["--size", "2", "--seed", "7", "--stratify", "处室", "--risk", "风险", "--quiet"]
    out = tmp_path / "protocol.json"
    assert main(["draw", str(tmp_path / "frame.csv"), *words, "--out", str(out)]) == 0
    assert verify(out, tmp_path / "frame.csv") == (0, "the protocol holds: 2 of 3 drawn, repeated alike\n")


def test_the_summary_says_where_the_protocol_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f.csv").write_text("id\nA\nB\n")
    main(["draw", str(tmp_path / "f.csv"), "--size", "1", "--seed", "1", "--out", str(tmp_path / "p.json")])
    assert capsys.readouterr().err.splitlines()[0] == f"drew 1 of 2; the protocol is in {tmp_path / 'p.json'}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "protocol.json: cannot be read (No such file or directory)"),
        ("nonsense", "this is not a protocol of a draw (JSONDecodeError: "),
        ("{}", "this is not a protocol of a draw (KeyError: "),
        ("[]", "this is not a protocol of a draw (TypeError: "),
    ],
)
def test_the_verifier_tells_a_wrong_file_in_words(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "protocol.json").write_text(content)
    found = subprocess.run(  # noqa: S603 -- our own script with a path of the test
        [sys.executable, "-I", str(VERIFIER), "protocol.json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (2, "")
    assert found.stdout.splitlines()[-1].startswith(message)


def test_the_verifier_says_how_it_is_called() -> None:
    found = subprocess.run(  # noqa: S603 -- our own script
        [sys.executable, "-I", str(VERIFIER)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout) == (2, "usage: verify_draw.py protocol.json [frame.csv]\n")


def test_a_seed_that_is_no_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["draw", "frame.csv", "--size", "1", "--out", str(tmp_path / "p.json"), "--seed", "\udcff"])
    assert (
        "argument --seed: it holds bytes that are not text; write letters and digits"
        in capsys.readouterr().err
    )
