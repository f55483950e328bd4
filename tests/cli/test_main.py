"""The command itself: its overview, wrong arguments in one line, Ctrl-C at any point."""

import importlib
import os
import signal
import sys
from pathlib import Path

import pytest

from secondment.cli.main import VERBS, main

ARCS = "person,post,score\n甲,村一,9.5\n"


def test_without_words_the_overview_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("usage: secondment VERB INPUT… --out FILE [--seed N] [--quiet]\n")
    assert all(f"\n  {name}" in shown for name in VERBS)
    assert main([]) == 2
    assert capsys.readouterr().out == shown


def test_a_wrong_argument_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["match", "--out", "a.json", "--explain", "x"])
    assert left.value.code == 2
    assert capsys.readouterr().err == (
        "secondment match: argument --explain: “x” is not a whole number of at least 0; see secondment match --help\n"
    )


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"draw"}))
@pytest.mark.parametrize("seed", ["-1", "4294967296", "1_0", "1.5", "９"])
def test_a_seed_that_not_every_solver_takes_is_refused(
    verb: str, seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main([verb, f"--seed={seed}"])
    assert left.value.code == 2
    assert f"argument --seed: “{seed}” is not a whole number from 0 to 2147483647;" in capsys.readouterr().err


def test_an_input_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules.json").write_text("{}")
    Path("arcs.csv").write_text(ARCS)
    words = ["match", "--arcs", "arcs.csv", "--rules", "rules.json", "--out", str(tmp_path / "rules.json")]
    assert main(words) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path}/rules.json: is also an input and would be lost; choose another --out\n"
    )
    assert Path("rules.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("out", "found"),
    [("missing/out.json", "is in no existing folder “missing”"), ("old.json", "is a folder")],
)
def test_a_wrong_place_for_the_result_is_told_before_the_work(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    out: str,
    found: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.json").mkdir()
    assert main(["match", "--arcs", "not_read.csv", "--out", out]) == 2
    assert capsys.readouterr().err == f"{out}: {found}; choose another --out\n"


def test_ctrl_c_while_a_solver_loads_ends_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(name: str) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(importlib, "import_module", interrupted)
    assert main(["match"]) == 130
    assert capsys.readouterr().err == "\nstopped by Ctrl-C; nothing was written\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_that_compiled_code_turns_into_an_error_ends_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(name: str) -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("Query interrupted") from None

    monkeypatch.setattr(importlib, "import_module", interrupted)
    assert main(["match"]) == 130
    assert "stopped by Ctrl-C" in capsys.readouterr().err


def test_another_error_of_compiled_code_is_not_taken_for_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(importlib, "import_module", broken)
    with pytest.raises(RuntimeError, match="broken"):
        main(["match"])


def test_a_message_stands_on_a_line_of_its_own_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["match", "--arcs", str(tmp_path / "a.csv"), "--out", str(tmp_path / "out.json")]) == 2
    assert capsys.readouterr().err.endswith(
        "]   0% reading\r\033[Ka.csv: cannot be read (No such file or directory); check the path\n"
    )


NOT_NUMBERS = ["９", "1_000", "NaN", "1e400", '"1,5"']


@pytest.mark.parametrize("text", NOT_NUMBERS)
@pytest.mark.parametrize(
    ("words", "header", "column", "remedy"),
    [
        (["match", "--arcs"], "person,post", "score", "write a number such as 87.5"),
        (
            ["rate"],
            "ratee,rater,criterion",
            "score",
            "write a number, or delete the row when no mark was given",
        ),
        (["draw", "--seed", "1", "--size", "1", "--risk", "risk"], "id", "risk", "write a number"),
    ],
)
def test_every_verb_refuses_what_is_no_plain_number(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
    words: list[str],
    header: str,
    column: str,
    remedy: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    n_names = header.count(",") + 1
    Path("in.csv").write_text(f"{header},{column}\n{','.join(['甲'] * n_names)},{text}\n")
    table = words.index("--arcs") + 1 if "--arcs" in words else 1
    assert main([*words[:table], "in.csv", *words[table:], "--out", "out.json"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"in.csv, line 2, column {column}: ")
    assert text.strip('"') in line
    assert line.endswith(f"; {remedy}")
    assert not Path("out.json").exists()


@pytest.mark.parametrize("option", ["--rules", "--design"])
def test_a_bottomless_json_file_is_bad_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("arcs.csv").write_text(ARCS)
    Path("deep.json").write_text("[" * 100_000)
    words = ["match", "--arcs", "arcs.csv"] if option == "--rules" else ["rate"]
    assert main([*words, option, "deep.json", "--out", "out.json"]) == 2
    assert capsys.readouterr().err == "deep.json: is nested too deeply; write it by hand again\n"
