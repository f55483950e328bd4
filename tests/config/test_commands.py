"""Commands of the server: one sentence where the installation is at fault, the whole error where the product is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from secondment.config.commands import run_command

UNREACHABLE = "无法连接数据库（"
NEVER_PREPARED = "数据库尚未建立或版本较旧，请先执行 secondment prepare。"


def sentence(words: list[str], **environment: str) -> str:
    """What a command with this environment writes; one line, or the test fails."""
    done = subprocess.run(  # noqa: S603 -- the product's own command
        [sys.executable, "-m", "secondment.cli.main", *words],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "secondment.config.settings", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    return done.stderr


@pytest.mark.parametrize("command", ["worker", "verify-audit"])
def test_an_unreachable_database_is_one_sentence(tmp_path: Path, command: str) -> None:
    url = "postgres://u:secret@127.0.0.1:1/db"
    text = sentence([command], DATABASE_URL=url, SECONDMENT_DATA_DIR=str(tmp_path))
    assert text.startswith(UNREACHABLE)
    assert "secret" not in text


def test_a_database_that_was_never_prepared_is_one_sentence_also_in_the_c_locale(tmp_path: Path) -> None:
    where = str(tmp_path / "数据 目录")
    assert sentence(["worker"], SECONDMENT_DATA_DIR=where, LC_ALL="C").startswith(NEVER_PREPARED)


def test_a_setting_that_cannot_work_is_one_sentence(tmp_path: Path) -> None:
    assert "SECONDMENT_IDLE_MINUTES=abc" in sentence(
        ["migrate"], SECONDMENT_IDLE_MINUTES="abc", SECONDMENT_DATA_DIR=str(tmp_path)
    )


def failing_with(monkeypatch, error: Exception) -> None:
    def fail(words: list[str]) -> None:
        raise error

    monkeypatch.setattr("django.core.management.execute_from_command_line", fail)


def test_a_path_that_cannot_be_written_is_named(monkeypatch, capsys) -> None:
    failing_with(monkeypatch, PermissionError(13, "Permission denied", "/srv/data/static"))
    assert run_command(["collectstatic"]) == 1
    assert capsys.readouterr().err.startswith("无法读写 /srv/data/static（Permission denied）")


def test_other_errors_of_files_are_shown_whole(monkeypatch) -> None:
    failing_with(monkeypatch, FileNotFoundError(2, "No such file", "a.csv"))
    with pytest.raises(FileNotFoundError):
        run_command(["load_regions"])


@pytest.mark.django_db(transaction=True)
def test_an_error_on_a_healthy_database_is_shown_whole(monkeypatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)  # a database in memory lives in its connection
    failing_with(monkeypatch, OperationalError("database is locked"))
    with pytest.raises(OperationalError, match="database is locked"):
        run_command(["worker"])


def test_hyphens_and_underscores_name_the_same_command(monkeypatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", seen.append)
    assert run_command(["verify-audit", "--expect", "1:a-b"]) == 0
    assert seen == [["secondment", "verify_audit", "--expect", "1:a-b"]]
