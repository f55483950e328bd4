"""What every verb shares: standard input, versions, mistyped verbs, separators, damaged characters."""

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_match_rules import ARCS, PEOPLE, hard_files

from secondment.cli.main import VERBS, main
from secondment.cli.rate import reading
from secondment.common.release import release


def give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_a_dash_is_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("arcs.csv").write_text(ARCS, encoding="utf-8")
    assert main(["match", "--arcs", "arcs.csv", "--out", "file.json", "--quiet"]) == 0
    give(monkeypatch, ARCS.encode())
    assert main(["match", "--arcs", "-", "--out", "piped.json", "--quiet"]) == 0
    assert Path("file.json").read_bytes() == Path("piped.json").read_bytes()


def test_standard_input_may_be_rules_or_be_read_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("arcs.csv").write_text(ARCS, encoding="utf-8")
    Path("people.csv").write_text(PEOPLE, encoding="utf-8")
    rules = {"goals": [{"name": "wishes", "sum_of_pairs": "wish"}]}
    give(monkeypatch, json.dumps(rules).encode())
    words = ["match", "--person-facts", "people.csv", "--quiet", "--out"]
    assert main([*words, "one.json", "--arcs", "arcs.csv", "--rules", "-"]) == 0
    Path("rules.json").write_text(json.dumps(rules))
    give(monkeypatch, ARCS.encode())
    assert main([*words, "other.json", "--arcs", "-", "--rules", "rules.json"]) == 0
    assert Path("one.json").read_bytes() == Path("other.json").read_bytes()


@pytest.mark.parametrize(
    "words", [["--arcs", "-", "--rules", "-", "--out", "o.json"], ["--arcs", "-", "--out", "-"]]
)
def test_standard_input_is_one_file_to_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    give(monkeypatch, b"")
    assert main(["match", *words]) == 2
    assert capsys.readouterr().err == "-: means standard input, which is a single file; name the others\n"


def test_faults_of_standard_input_are_named_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, b"person,post,score\na,b,x\n")
    assert main(["match", "--arcs", "-", "--out", str(tmp_path / "o.json")]) == 2
    assert capsys.readouterr().err.startswith(
        "standard input, line 2, column score: “x” is not a finite number"
    )


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"secondment {release()}\n"  # with the commit, of a checkout


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("mach", "did you mean match? "),
        ("rotat", "did you mean rotate? "),
        ("verify-audt", "did you mean verify-audit? "),
        ("xyzzy", ""),
    ],
)
def test_a_mistyped_verb_is_answered_by_our_own_list(
    capsys: pytest.CaptureFixture[str], word: str, meant: str
) -> None:
    assert main([word]) == 2
    said = capsys.readouterr()
    verbs = ", ".join(VERBS)
    assert said.err == f"secondment: “{word}” is not a verb; {meant}verbs: {verbs}; see secondment --help\n"
    assert said.out == ""


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("large", [False, True], ids=["row reader", "column engine"])
def test_other_separators_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, separator: str, *, large: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reading, "LARGE_FILE_BYTES", 0 if large else 10**9)
    marks = [
        "ratee,rater,criterion,score",
        *(f"P{a},R{b},C{c},{1 + (a * b + c) % 3}" for a in range(5) for b in range(3) for c in range(3)),
    ]
    for name, text in (("comma", "\n".join(marks)), ("other", "\n".join(marks).replace(",", separator))):
        Path(f"{name}.csv").write_text(text + "\n", encoding="utf-8")
        assert main(["rate", f"{name}.csv", "--out", f"{name}.json", "--quiet"]) == 0
        arcs = ARCS if name == "comma" else ARCS.replace(",", separator)
        Path(f"arcs_{name}.csv").write_text(arcs, encoding="utf-8")
        assert main(["match", "--arcs", f"arcs_{name}.csv", "--out", f"arcs_{name}.json", "--quiet"]) == 0
    assert Path("comma.json").read_bytes() == Path("other.json").read_bytes()
    assert Path("arcs_comma.json").read_bytes() == Path("arcs_other.json").read_bytes()


@pytest.mark.parametrize("strange", ["\0", "\ue5e5", "\ufffd"])
@pytest.mark.parametrize("large", [False, True], ids=["row reader", "column engine"])
def test_damaged_characters_in_names_are_refused_by_every_reader(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    strange: str,
    *,
    large: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reading, "LARGE_FILE_BYTES", 0 if large else 10**9)
    Path("arcs.csv").write_text(f"person,post,score\n甲{strange}乙,村,1\n丙,村,2\n", encoding="utf-8")
    Path("marks.csv").write_text(
        f"ratee,rater,criterion,score\n甲{strange}乙,某,德,1\n丙,某,德,2\n", encoding="utf-8"
    )
    for words in (["match", "--arcs", "arcs.csv"], ["rate", "marks.csv"]):
        assert main([*words, "--out", "o.json"]) == 2
        assert "is private or damaged; type the character again" in capsys.readouterr().err


STOPPED_MIDWAY = """
import sys
from {module} import {verb} as verb
import {module} as module
from secondment.cli import main
real = verb.{search}
def search(*given, **named):
    print("begun", flush=True)
    return real(*given, **named)
verb.{search} = search
sys.exit(main.main(sys.argv[1:]))
"""


def interrupted(folder: Path, module: str, search: str, words: list[str]) -> tuple[int, str]:
    """Press Ctrl-C once the search has begun; the exit code and what was said."""
    package, _, verb = module.rpartition(".")
    script = STOPPED_MIDWAY.format(module=package, verb=verb, search=search)
    with subprocess.Popen(  # noqa: S603 -- our own interpreter and our own words
        [sys.executable, "-c", script, *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    return process.returncode, said


def test_ctrl_c_under_side_rules_writes_the_best_so_far_with_its_gap(tmp_path: Path) -> None:
    code, said = interrupted(
        tmp_path,
        "secondment.cli.match.rules.solving",
        "solve_with_side_rules",
        ["match", *hard_files(tmp_path), "--seconds", "86400"],
    )
    assert code == 4, said
    assert "stopping; the best so far is written, Ctrl-C again stops immediately" in said
    result = json.loads((tmp_path / "r.json").read_text())
    assert result["status"] == "stopped_at_limit"
    assert result["gap"] > 0


def test_ctrl_c_while_routes_are_searched_writes_a_plan(tmp_path: Path) -> None:
    sites = "".join(f"s{i},{i * 37 % 101},{i * 61 % 97},1,0,9999,1,\n" for i in range(150))
    (tmp_path / "sites.csv").write_text("id,x,y,demand,ready,due,service,team\n" + sites)
    (tmp_path / "teams.csv").write_text(
        "id,capacity,depot_x,depot_y,ready,due\n" + "".join(f"t{i},9,50,50,0,9999\n" for i in range(25))
    )
    words = ["route", "--sites", "sites.csv", "--teams", "teams.csv", "--seconds", "86400", "--out", "r.json"]
    code, said = interrupted(tmp_path, "secondment.cli.route.verb", "plan_routes", words)
    assert code == 4, said
    result = json.loads((tmp_path / "r.json").read_text())
    assert result["repeatable"] is False
