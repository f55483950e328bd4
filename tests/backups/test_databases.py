"""What a copy holds is counted and compared; clients of PostgreSQL are given their address where no list of processes shows it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from secondment.backups.databases import (
    CopyError,
    _address,
    _client,
    copy_database,
    count_copied,
    differences,
)
from secondment.backups.packing import DUMP, SQLITE


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / SQLITE
    with closing(sqlite3.connect(path)) as made:
        made.executescript(
            "CREATE TABLE unit (id INTEGER PRIMARY KEY);"
            'CREATE TABLE "a person" (id INTEGER PRIMARY KEY AUTOINCREMENT, unit REFERENCES unit (id));'
            'INSERT INTO unit VALUES (1), (2); INSERT INTO "a person" (unit) VALUES (1);'
        )
    return path


def test_a_copy_as_it_was_differs_in_nothing(copy: Path) -> None:
    assert differences(copy, {"unit": 2, "a person": 1}) == []
    assert list(copy.parent.iterdir()) == [copy]


def test_rows_and_tables_too_many_or_too_few_are_named(copy: Path) -> None:
    found = differences(copy, {"unit": 3, "gone": 0})
    assert found == ["a person: None ≠ 1", "gone: 0 ≠ None", "unit: 3 ≠ 2"]


def test_a_broken_reference_is_named(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as made:
        made.execute("DELETE FROM unit WHERE id = 1")
        made.commit()
    assert differences(copy, {"unit": 1, "a person": 1}) == ["a person 1"]


def test_damaged_pages_and_what_is_no_database_are_named(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[4096:4112] = bytes(16)
    copy.write_bytes(content)
    assert differences(copy, {"unit": 2, "a person": 1}) != []
    copy.write_bytes(b"no database at all, whatever its name says" * 20)
    assert differences(copy, {})[0] == "file is not a database"


def test_a_copy_that_does_not_fit_on_the_disk_is_a_named_fault(db: None, tmp_path: Path) -> None:
    class Connection:
        vendor, in_atomic_block, Database = "sqlite", False, sqlite3

        def ensure_connection(self) -> None:
            self.connection = self

        def backup(self, _copy: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(CopyError, match="SQLite 没有完成（database or disk is full）"):
        copy_database(Connection(), tmp_path)


def test_rows_of_a_dump_are_the_lines_between_copy_and_its_end() -> None:
    lines = (
        b"-- a comment\nCOPY public.unit (id, name) FROM stdin;\n1\tone\n2\tCOPY public.x (id) FROM stdin;\n\\.\n\n"
        b'COPY "public"."a_person" (id) FROM stdin;\n\\.\nSELECT 1;\nCOPY plain (id) FROM stdin;\n\\\\.\n\\.\n'
    ).splitlines(keepends=True)
    assert count_copied(lines) == {"unit": 2, "a_person": 0, "plain": 1}


@pytest.fixture
def program(tmp_path: Path, monkeypatch):
    """A function that puts a shell script of this name in the way."""

    def put(name: str, script: str) -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return put


def test_the_password_is_in_the_environment_alone(program, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    program("pg_dump", f'echo "$@" "$PGPASSWORD" >> {tmp_path}/seen')
    _client("pg_dump", "--x", password="secret")
    _client("pg_dump", "--y")
    assert (tmp_path / "seen").read_text() == "--x secret\n--y \n"


def test_an_address_keeps_all_options_and_leaves_the_password_out() -> None:
    class Info:
        password = "secret"

        def get_parameters(self) -> dict[str, str]:
            return {"host": "/run/a b", "dbname": "n", "sslmode": "require"}

    assert _address(Info()) == ("host='/run/a b' dbname=n sslmode=require", "secret")


@pytest.mark.parametrize(
    ("script", "said"), [("echo first >&2; echo second >&2; exit 1", "first"), ("exit 1", "?")]
)
def test_what_a_client_says_first_is_said_on(program, script: str, said: str) -> None:
    program("pg_dump", script)
    with pytest.raises(CopyError) as failed:
        _client("pg_dump")
    assert (failed.value.program, failed.value.said) == ("pg_dump", said)
    assert f"pg_dump did not finish ({said})." in str(failed.value)


def test_a_client_that_is_missing_is_named_with_what_to_install(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CopyError, match=r"未找到 pg_dump，请安装.*install the PostgreSQL client"):
        _client("pg_dump")


def test_a_dump_is_read_back_whole_and_its_text_does_not_stay(program, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / DUMP).write_bytes(b"")
    program("pg_restore", "printf 'COPY public.unit (id) FROM stdin;\\n1\\n\\\\.\\n' > \"${2#--file=}\"")
    assert differences(folder / DUMP, {"unit": 2}) == ["unit: 2 ≠ 1"]
    program("pg_restore", "exit 1")
    with pytest.raises(CopyError):
        differences(folder / DUMP, {})
    assert list(folder.iterdir()) == [folder / DUMP]
