"""Which SQLite is free of the WAL-reset fault, and that every entry point opens the database with one."""

import subprocess
import sys
from pathlib import Path

import pytest

from secondment.common.sqlite_library import is_fixed

MENDED = [
    (3, 44, 6),
    (3, 44, 7),
    (3, 50, 7),
    (3, 50, 8),
    (3, 51, 3),
    (3, 51, 4),
    (3, 52, 0),
    (3, 53, 4),
    (4, 0, 0),
]
FAULTY = [(3, 31, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 49, 9), (3, 50, 6), (3, 51, 0), (3, 51, 2)]


@pytest.mark.parametrize("version", MENDED)
def test_mended_versions(version: tuple[int, int, int]) -> None:
    assert is_fixed(version)


@pytest.mark.parametrize("version", FAULTY)
def test_faulty_versions(version: tuple[int, int, int]) -> None:
    assert not is_fixed(version)


def test_the_suite_itself_uses_the_shipped_library() -> None:
    pysqlite3 = pytest.importorskip("pysqlite3")
    import sqlite3

    assert sqlite3 is pysqlite3
    assert is_fixed(pysqlite3.sqlite_version_info)


@pytest.mark.parametrize(
    "entry",
    [
        "import secondment.config.wsgi",
        "from secondment.cli.main import main; main(['check'])",
        "import django; django.setup()",
    ],
)
def test_every_entry_point_takes_the_shipped_library(tmp_path: Path, entry: str) -> None:
    pysqlite3 = pytest.importorskip("pysqlite3")
    show = "from django.db import connection; print('library', connection.Database.__name__, connection.Database.sqlite_version)"
    environment = {
        "SECONDMENT_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
        "PYTHONPATH": ":".join(sys.path),
    }
    done = subprocess.run(  # noqa: S603 -- our own
        [sys.executable, "-c", f"{entry}; {show}"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == f"library pysqlite3.dbapi2 {pysqlite3.sqlite_version}"
