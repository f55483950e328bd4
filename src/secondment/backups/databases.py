"""Consistent copies of the database while it is in use, and what is in a copy; knows both kinds of database."""

import os
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from secondment.backups.packing import DUMP, SQLITE
from secondment.common.refusals import StartRefusedError

MISSING = (
    "请安装不低于数据库服务器版本的 PostgreSQL 客户端（例如 apt install postgresql-client）。",
    "install the PostgreSQL client, not older than the server (for example apt install postgresql-client).",
)


class CopyError(StartRefusedError):
    """The database cannot be copied or read back here: `program` said so, or is missing and said nothing."""

    def __init__(self, program: str, said: str = "") -> None:
        super().__init__(
            f"{program} 没有完成（{said}）。" if said else f"未找到 {program}，{MISSING[0]}",
            f"{program} did not finish ({said})." if said else f"{program} was not found; {MISSING[1]}",
        )
        self.program, self.said = program, said


class NotEmptyError(StartRefusedError):
    """A restore overwrites nothing."""

    def __init__(self) -> None:
        super().__init__(
            "数据库中已有数据表，恢复不会覆盖任何数据，请另建一个空库。",
            "The database holds tables already, and a restore overwrites nothing; make an empty one.",
        )


def copy_database(connection: Any, folder: Path) -> tuple[Path, dict[str, int]]:
    """A copy as of one instant, and the rows of its tables."""
    return _copy_sqlite(connection, folder) if connection.vendor == "sqlite" else _dump(connection, folder)


def differences(copy: Path, tables: Mapping[str, int]) -> list[str]:
    """What a restored copy lacks, in technical words: faults of its structure, and tables with other numbers of rows."""
    faults, found = _look_into_sqlite(copy) if copy.name == SQLITE else ([], _rows_of_dump(copy))
    names = sorted(tables.keys() | found.keys())
    wrong = [
        f"{name}: {tables.get(name)} ≠ {found.get(name)}"
        for name in names
        if tables.get(name) != found.get(name)
    ]
    return faults + wrong


def rows_now(connection: Any) -> dict[str, int]:
    """Rows by table, as a copy counts them."""
    with connection.cursor() as cursor:
        return _rows_of_sqlite(cursor) if connection.vendor == "sqlite" else _rows_of_server(cursor)


def put_dump_back(server: str, dump: Path, tables: Mapping[str, int], *, is_empty: bool = False) -> None:
    """Fill a database of a server from a dump and compare the rows of its tables; one that is not empty is emptied first.

    With `is_empty` a database that holds tables is refused instead.
    """
    import psycopg
    from psycopg import sql

    with psycopg.connect(server) as connection, connection.cursor() as cursor:
        if is_empty:
            if _rows_of_server(cursor):
                raise NotEmptyError
        else:
            cursor.execute("SELECT current_schema()")
            schema = sql.Identifier(_only_text(cursor))
            cursor.execute(sql.SQL("DROP SCHEMA {0} CASCADE").format(schema))
            cursor.execute(sql.SQL("CREATE SCHEMA {0}").format(schema))
        address, password = _address(connection.info)
    _client(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        f"--dbname={address}",
        str(dump),
        password=password,
    )
    with psycopg.connect(server) as connection, connection.cursor() as cursor:
        found = _rows_of_server(cursor)
    if wrong := [name for name in tables.keys() | found.keys() if tables.get(name) != found.get(name)]:
        raise CopyError("pg_restore", ", ".join(sorted(wrong)))


def _copy_sqlite(connection: Any, folder: Path) -> tuple[Path, dict[str, int]]:
    if connection.in_atomic_block:
        raise RuntimeError("a copy inside a transaction would wait for the end of it")
    path = folder / SQLITE
    connection.ensure_connection()
    try:
        with closing(connection.Database.connect(str(path))) as copy:
            connection.connection.backup(copy)
            return path, _rows_of_sqlite(copy)
    except connection.Database.DatabaseError as error:
        raise CopyError("SQLite", str(error)) from None


def _look_into_sqlite(path: Path) -> tuple[list[str], dict[str, int]]:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as copy:
            found = [row[0] for row in copy.execute("PRAGMA integrity_check")]
            broken = [f"{row[0]} {row[1]}" for row in copy.execute("PRAGMA foreign_key_check")]
            return [one for one in found if one != "ok"] + broken, _rows_of_sqlite(copy)
    except sqlite3.DatabaseError as error:
        return [str(error)], {}


def _rows_of_sqlite(copy: Any) -> dict[str, int]:
    names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: _only(copy.execute(f'SELECT count(*) FROM "{name}"')) for (name,) in names.fetchall()}  # noqa: S608 -- names of its own tables


def _only_text(cursor: Any) -> str:
    return str(cursor.fetchone()[0])


def _only(cursor: Any) -> int:
    return int(cursor.fetchone()[0])


def _dump(connection: Any, folder: Path) -> tuple[Path, dict[str, int]]:
    """Dump and counts see one snapshot, which a connection of its own holds."""
    path = folder / DUMP
    holding = connection.copy()
    try:
        with holding.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            words = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={cursor.fetchone()[0]}")
            address, password = _address(holding.connection.info)
            _client("pg_dump", *words, f"--file={path}", f"--dbname={address}", password=password)
            return path, _rows_of_server(cursor)
    finally:
        holding.close()


def _address(info: Any) -> tuple[str, str]:
    """Where the connection leads with all its options, and the password apart."""
    from psycopg.conninfo import make_conninfo

    return make_conninfo(**info.get_parameters()), info.password


def _rows_of_server(cursor: Any) -> dict[str, int]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    found = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 -- names of its own tables
        found[name] = _only(cursor)
    return found


def _rows_of_dump(path: Path) -> dict[str, int]:
    """Read the entire dump back as text, and count the lines of each table."""
    plain = path.with_suffix(".sql")
    try:
        _client("pg_restore", "--data-only", f"--file={plain}", str(path))
        with plain.open("rb") as file:
            return count_copied(file)
    finally:
        plain.unlink(missing_ok=True)


def count_copied(lines: Iterable[bytes]) -> dict[str, int]:
    """Rows by table of a dump in plain text; between COPY and `\\.` every line is a row."""
    found: dict[str, int] = {}
    table = ""
    for line in lines:
        if table and line == b"\\.\n":
            table = ""
        elif table:
            found[table] += 1
        elif line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            table = line.split()[1].decode().rpartition(".")[2].strip('"')
            found[table] = 0
    return found


def _client(program: str, *words: str, password: str = "") -> None:
    """Run a client of PostgreSQL; the password is in its environment, where no list of processes shows it."""
    secret = {"PGPASSWORD": password} if password else {}
    try:
        done = subprocess.run(  # noqa: S603 -- fixed words
            [program, *words], env={**os.environ, **secret}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise CopyError(program) from None
    if done.returncode:
        raise CopyError(program, (done.stderr.strip().splitlines() or ["?"])[0])
