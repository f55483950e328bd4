"""What costs seconds to make is made once for all processes of the suite: an empty database, a first start."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import django
import psycopg
import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

SOURCE = Path(__file__).parents[1] / "src" / "secondment"
DATABASE = "secondment.sqlite3"
UNBOUND = "DELETE FROM common_installation"  # each process of the suite has keys of its own
TEMPLATE = "secondment_migrated"  # left on the server; every run makes its own


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """One folder for the run, whether its tests are spread over processes or not."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def kept_folder() -> Path:
    """A folder that outlives the run, another one as soon as a migration is another."""
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted([*SOURCE.glob("*/migrations/*.py"), SOURCE / "audit" / "guards.py"]):
        digest.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"secondment-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / digest.hexdigest()[:16]


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, made by the first that asks; the others wait for it."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(folder)
    return folder


def command(data: Path, *words: str, **environment: str) -> None:
    """A command of the product on a data directory."""
    plain = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECONDMENT_DEMO"}
    }
    own = {
        "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
        "PYTHONPATH": ":".join(sys.path),
        "SECONDMENT_DATA_DIR": str(data),
    }
    subprocess.run(  # noqa: S603 -- the product's own command
        [sys.executable, "-m", "secondment.cli.main", *words],
        env={**plain, **own, **environment},
        check=True,
        capture_output=True,
    )


def migrated(data: Path) -> None:
    """A data directory whose database has every table and nothing else."""
    command(data, "migrate", "--verbosity", "0")


def prepared(data: Path) -> None:
    """A data directory after its first start."""
    command(data, "prepare")


def migrated_on_server(data: Path) -> None:
    """The same as a database of the server of the environment, of which others are copies."""
    address = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
        server.execute(f"CREATE DATABASE {TEMPLATE}")
    template = address._replace(path=f"/{TEMPLATE}").geturl()
    command(data, "migrate", "--verbosity", "0", DATABASE_URL=template)
    with psycopg.connect(template) as server:
        server.execute(UNBOUND)


def begin_with_tables(connection: BaseDatabaseWrapper, shared: Path) -> None:
    """The suite's database is a copy of one that was migrated before; what has come since is still migrated."""
    if connection.vendor == "postgresql":
        once(shared / "migrated-on-server", migrated_on_server)
        connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE
        return
    data = once(kept_folder(), migrated)

    def fill(connection: BaseDatabaseWrapper, **_more: object) -> None:
        connection_created.disconnect(fill)
        with closing(sqlite3.connect(data / DATABASE)) as source:
            source.backup(connection.connection)
        connection.connection.execute(UNBOUND)
        connection.connection.commit()

    connection_created.connect(fill, weak=False)
