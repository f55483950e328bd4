"""`secondment restore`: both halves, an empty place, and all or nothing."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from secondment.backups import restoring
from secondment.backups.databases import CopyError
from secondment.backups.packing import DUMP, Manifest, Member
from secondment.backups.recovery import new_key
from secondment.backups.refusals import DamagedError, HalfError
from secondment.backups.restoring import PlaceError, require_empty, restore
from secondment.backups.services.making import make_backup
from secondment.cli import restore as verb
from secondment.cli.main import main
from tests.makers import AT


@pytest.fixture
def file(office, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup; a restore of it does not fill the server of the suite."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return office.directory / make_backup(at=AT).name


def typed(monkeypatch, *rows: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{row}\n" for row in rows)))


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_verb_restores_with_both_halves(office, file: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    place = tmp_path / "new" / "data"
    first, second = office.halves
    typed(monkeypatch, *second.rows, *first.rows)
    assert main(["restore", str(file), "--into", str(place)]) == 0
    said = capsys.readouterr()
    assert f"SECONDMENT_DATA_DIR={place} SECONDMENT_DEMO=0 ./run" in said.out
    assert first.mark.hex() in said.err
    assert not any(row in said.out + said.err for half in office.halves for row in half.rows)
    assert left(place.parent) == ["data"]


def test_a_mistyped_row_is_asked_for_again(office, file: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    first, second = office.halves
    typed(monkeypatch, "x", *first.rows, second.rows[0], "y", *second.rows[1:])
    assert main(["restore", str(file), "--into", str(tmp_path / "data")]) == 0
    said = capsys.readouterr().err
    assert (said.count("第 1 行有误"), said.count("第 2 行有误")) == (1, 1)


def refused(file: Path, place: Path, capsys) -> str:
    assert main(["restore", str(file), "--into", str(place)]) == 1
    *_asked, last = capsys.readouterr().err.splitlines()
    return last


def test_the_fifth_wrong_try_and_an_empty_line_end_it(
    office, file: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    typed(monkeypatch, "a", "b", "c", "d", "e", *office.halves[0].rows)
    assert "第 1 行有误" in refused(file, tmp_path / "data", capsys)
    typed(monkeypatch, "a", "b", "c", "d", *office.halves[0].rows, *office.halves[1].rows)
    assert main(["restore", str(file), "--into", str(tmp_path / "data")]) == 0
    typed(monkeypatch)
    assert "第 1 行有误" in refused(file, tmp_path / "other", capsys)


def test_wrong_halves_leave_nothing(office, file: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    _public, other, _second = new_key()
    typed(monkeypatch, *other.rows, *office.halves[1].rows)
    assert "这两份不是恢复密钥" in refused(file, tmp_path / "new" / "data", capsys)
    typed(monkeypatch, *office.halves[0].rows, *office.halves[0].rows)
    assert "两次输入的是同一份" in refused(file, tmp_path / "new" / "data", capsys)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("share", [0.001, 0.5, 0.999])
def test_damage_and_truncation_leave_nothing(office, file: Path, tmp_path: Path, share: float) -> None:
    content = file.read_bytes()
    at = int(len(content) * share)
    for wrong in (content[:at], content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]):
        copy = tmp_path / "copy"
        copy.write_bytes(wrong)
        with pytest.raises((DamagedError, HalfError)):
            restore(copy, tmp_path / "new" / "data", lambda _public: office.halves)
    assert not (tmp_path / "new").exists() or left(tmp_path / "new") == []


def test_tables_that_differ_are_no_restore(office, file: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(restoring, "differences", lambda _path, _tables: ["units_unit: 1 ≠ 0"])
    with pytest.raises(DamagedError, match="units_unit: 1 ≠ 0"):
        restore(file, tmp_path / "new" / "data", lambda _public: office.halves)
    assert left(tmp_path / "new") == []


def test_data_that_are_there_are_never_touched(office, file: Path, tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.mkdir()
    require_empty(place)
    (place / "keys.json").write_text("mine")
    for taken in (place, place / "keys.json"):
        with pytest.raises(PlaceError, match="已有内容"):
            restore(file, taken, lambda _public: office.halves)
    assert (place / "keys.json").read_text() == "mine"


def test_an_empty_directory_takes_it(office, file: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    restore(file, tmp_path / "data", lambda _public: office.halves)
    assert "keys.json" in left(tmp_path / "data")


def test_a_place_that_cannot_be_replaced_is_named(office, file: Path, tmp_path: Path, monkeypatch) -> None:
    def busy(_self: Path, _target: Path) -> None:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(Path, "rename", busy)
    with pytest.raises(PlaceError, match="Device or resource busy"):
        restore(file, tmp_path / "new" / "data", lambda _public: office.halves)
    assert left(tmp_path / "new") == []


def test_a_file_that_is_missing_or_something_else_is_one_sentence(tmp_path: Path, capsys) -> None:
    assert "无法读取备份文件" in refused(tmp_path / "nowhere", tmp_path / "data", capsys)
    (tmp_path / "text").write_text("hello")
    assert "备份文件不完整或已损坏（header）" in refused(tmp_path / "text", tmp_path / "data", capsys)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(28, "No space left on device"), 1, "无法写入（No space left on device）"),
        (CopyError("pg_restore"), 1, "未找到 pg_restore"),
        (KeyboardInterrupt(), 130, "stopped by Ctrl-C"),
    ],
)
def test_whatever_stops_it_is_one_sentence(
    tmp_path: Path, monkeypatch, capsys, error: BaseException, code: int, words: str
) -> None:
    def stop(*_arguments: object) -> Manifest:
        raise error

    monkeypatch.setattr(verb, "restore", stop)
    assert main(["restore", "x", "--into", str(tmp_path)]) == code
    assert words in capsys.readouterr().err


def test_a_dump_without_a_server_is_told_how_to_load(tmp_path: Path, monkeypatch, capsys) -> None:
    manifest = Manifest(
        "2026-11-30", "1", {"a": 2, "b": 3}, {DUMP: Member(1, "0"), "files/a": Member(1, "0")}
    )
    told = verb.told(manifest, tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert verb.fill_server(manifest, tmp_path) == 0
    by_hand = f'pg_restore --no-owner --exit-on-error --dbname="$DATABASE_URL" {tmp_path / DUMP}'
    assert by_hand in capsys.readouterr().out
    assert "2 tables, 5 rows, 1 files" in told


def test_on_a_terminal_halves_are_typed_unseen(monkeypatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    _public, first, second = new_key()
    rows = iter([*first.rows, *second.rows])
    prompts: list[str] = []

    def unseen(prompt: str) -> str:
        prompts.append(prompt)
        return next(rows)

    monkeypatch.setattr("getpass.getpass", unseen)
    assert verb.ask_halves(_public) == (first, second)
    assert (prompts[0], prompts[-1]) == ("甲 A 1/4: ", "乙 B 4/4: ")


def test_it_needs_no_installation_and_makes_none(tmp_path: Path) -> None:
    """Where the keys are broken no server command starts, and this one has to."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "keys.json").write_text("broken")
    done = subprocess.run(
        [sys.executable, "-m", "secondment.cli.main", "restore", "nowhere", "--into", "x"],
        env={**os.environ, "SECONDMENT_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "secondment.config.settings"},
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("无法读取备份文件 nowhere")
    assert left(tmp_path) == ["data"]
