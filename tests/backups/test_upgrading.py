"""An upgrade is whole or did not happen: planted failures, a kill in the middle, and the next start; real processes."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from reliability.servers import Server, free_port, wait_until

from secondment.backups.packing import SQLITE
from secondment.backups.snapshots import (
    FOLDER,
    MARKER,
    UnusableSnapshotError,
    UpgradeLeftError,
    forget,
    left_in,
    lost,
    put_back,
    take,
)
from tests.installed import once, prepared

pytestmark = [pytest.mark.slow, pytest.mark.server]
ROOT = Path(__file__).parents[2]
NEW = "tests.backups.planted.settings"
FILL = """
from django.utils import timezone
from secondment.accounts.models import SignInTries, User
from secondment.documents.services import store_file
SignInTries.objects.create(name_index="x", began_at=timezone.now())
store_file("a.txt", b"abc", content_type="text/plain", by=User.objects.first(), at=timezone.now())
"""


def environment(data: Path, planted: str = "") -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"SECONDMENT_DATA_DIR": str(data), "SECONDMENT_DEMO": "0", "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
    settings = NEW if planted else "secondment.config.settings"
    return {**plain, **own, "DJANGO_SETTINGS_MODULE": settings, "PLANTED": planted}


def command(data: Path, *words: str, planted: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- the product's own command
        [sys.executable, "-m", "secondment.cli.main", *words],
        env={**environment(data, planted), **more}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """Data of the version before, with a file and a counted row."""
    data = tmp_path_factory.mktemp("before") / "data"
    shutil.copytree(once(shared / "prepared", prepared), data)
    people = [f"--{name}={name}:甲" for name in ("system", "security", "audit")]
    for words in (
        ["create-administrators", "示例市", *people],
        ["shell", "-v", "0", "-c", FILL],
    ):
        done = command(data, *words)
        assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def data(before: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(before, tmp_path / "data"))


def content(data: Path) -> list[str]:
    """Every row of every table, and every stored file."""
    with closing(sqlite3.connect(data / SQLITE)) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        rows = [f"{name} {sorted(map(repr, database.execute(f'SELECT * FROM {name}')))}" for (name,) in names]
    return rows + sorted(
        str(path.relative_to(data)) for path in (data / "files").rglob("*") if path.is_file()
    )


def is_tidy(data: Path) -> bool:
    return not (data / MARKER).exists() and not (data / FOLDER).exists()


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        ("fail", "planted"),
        ("lose", "accounts_signintries: 1 → 0"),
        ("lose file", "files/"),
        ("trail", "升级后审计记录不完整"),
    ],
)
def test_a_failure_puts_everything_back_and_says_which_version_to_start(
    data: Path, planted: str, words: str
) -> None:
    before = content(data)
    done = command(data, "upgrade", planted=planted)
    assert done.returncode == 1
    assert words in done.stderr
    assert "数据已全部退回到升级之前。请用原来的版本（" in done.stderr
    assert content(data) == before
    assert is_tidy(data)
    assert command(data, "upgrade").returncode == 0


def test_an_upgrade_that_works_leaves_no_copy(data: Path) -> None:
    done = command(data, "upgrade", planted="work")
    assert done.returncode == 0, done.stderr
    assert "数据已是版本" in done.stderr
    with closing(sqlite3.connect(data / SQLITE)) as database:
        assert database.execute("SELECT DISTINCT name FROM units_unit").fetchall() == [("改坏了",)]
    assert is_tidy(data)


def kill_in_the_middle(data: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "secondment.cli.main", "upgrade"],
        env=environment(data, "sleep"),
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    wait_until((data / "reached").exists)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    (data / "reached").unlink()


def test_a_kill_in_the_middle_is_put_back_by_the_next_upgrade(data: Path) -> None:
    before = content(data)
    kill_in_the_middle(data)
    assert (data / MARKER).exists()
    assert content(data) != before
    refused = command(data, "prepare")
    assert refused.returncode == 1
    assert "执行 secondment upgrade" in refused.stderr
    done = command(data, "upgrade")
    assert done.returncode == 1
    assert "已全部退回到升级之前" in done.stderr
    assert content(data) == before
    assert is_tidy(data)


def test_the_next_start_puts_it_back_says_so_and_the_one_after_works(data: Path) -> None:
    before = content(data)
    kill_in_the_middle(data)
    server = Server(data, free_port(), SECONDMENT_DEMO="0")
    assert server.wait_until_over() == 1
    assert "已全部退回到升级之前" in server.said
    assert content(data) == before
    again = Server(data, free_port(), SECONDMENT_DEMO="0")
    try:
        again.wait_until_up()
        assert again.get("/accounts/sign-in/").status == 200
        second = command(data, "upgrade")
        assert second.returncode == 1
        assert "已有一个系统在运行" in second.stderr
    finally:
        again.process.terminate()
        again.wait_until_over()


def test_a_failing_upgrade_at_the_start_of_the_server_is_put_back(data: Path) -> None:
    before = content(data)
    more = {
        "DJANGO_SETTINGS_MODULE": NEW,
        "PLANTED": "fail",
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
        "SECONDMENT_DEMO": "0",
    }
    server = Server(data, free_port(), **more)
    assert server.wait_until_over() == 1
    assert "已全部退回到升级之前" in server.said
    assert content(data) == before


class Steps:
    """The steps apart, where a process is not needed to see what they do."""

    @staticmethod
    def opened(path: Path):
        """What a connection of Django offers to a copy."""

        class Opened:
            vendor, in_atomic_block, Database = "sqlite", False, sqlite3
            settings_dict = {"NAME": str(path)}

            def ensure_connection(self) -> None:
                self.connection = sqlite3.connect(path)

        return Opened()


@pytest.fixture
def taken(tmp_path: Path):
    """A folder with a table of two rows and a file, its snapshot, and both changed afterwards."""
    path, media = tmp_path / SQLITE, tmp_path / "files"
    (media / "x").mkdir(parents=True)
    (media / "x" / "a").write_text("abc")
    with closing(sqlite3.connect(path)) as database:
        database.executescript("CREATE TABLE t (n); INSERT INTO t VALUES (1), (2)")
    snapshot = take(Steps.opened(path), tmp_path, media=media, version="1")
    with closing(sqlite3.connect(path)) as database:
        database.executescript("DELETE FROM t; CREATE TABLE u (n)")
    return tmp_path, snapshot


def test_what_was_taken_comes_back(taken) -> None:
    folder, snapshot = taken
    (folder / "files" / "x" / "a").unlink()
    assert left_in(folder) == snapshot
    put_back(folder, snapshot)
    with closing(sqlite3.connect(folder / SQLITE)) as database:
        assert database.execute("SELECT n FROM t").fetchall() == [(1,), (2,)]
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)
    assert (folder / "files" / "x" / "a").read_text() == "abc"
    assert is_tidy(folder)
    assert left_in(folder) is None


@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_a_copy_that_is_not_what_was_written_touches_nothing(taken, harm: str) -> None:
    folder, snapshot = taken
    copy = folder / FOLDER / SQLITE
    copy.write_bytes(copy.read_bytes()[:-1]) if harm == "cut" else copy.unlink()
    before = (folder / SQLITE).read_bytes()
    with pytest.raises(UnusableSnapshotError, match="最近的备份执行 secondment restore"):
        put_back(folder, snapshot)
    assert (folder / SQLITE).read_bytes() == before
    assert left_in(folder) == snapshot


def test_a_copy_that_is_still_needed_is_not_written_over(taken) -> None:
    folder, snapshot = taken
    with pytest.raises(UpgradeLeftError):
        take(Steps.opened(folder / SQLITE), folder, media=folder / "files", version="2")
    assert left_in(folder) == snapshot
    forget(folder)
    forget(folder)
    assert take(Steps.opened(folder / SQLITE), folder, media=folder / "files", version="2").tables == {
        "t": 0,
        "u": 0,
    }


@pytest.mark.parametrize(
    ("tables", "expected"),
    [({"t": 2}, []), ({"t": 3, "v": 0}, []), ({"t": 1}, ["t: 2 → 1"]), ({}, ["t: 2 → 0"])],
)
def test_fewer_rows_are_lost_and_more_are_not(taken, tables: dict[str, int], expected: list[str]) -> None:
    folder, snapshot = taken
    assert lost(snapshot, tables, folder / "files") == expected


def test_a_file_that_is_gone_or_cut_is_lost(taken) -> None:
    folder, snapshot = taken
    stored = folder / "files" / "x" / "a"
    stored.unlink()
    assert lost(snapshot, {"t": 2}, folder / "files") == ["files/x/a"]
    stored.write_text("ab")
    assert lost(snapshot, {"t": 2}, folder / "files") == ["files/x/a"]


def test_files_on_another_disk_are_copied(tmp_path: Path, monkeypatch) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a").write_text("abc")
    with closing(sqlite3.connect(tmp_path / SQLITE)) as database:
        database.execute("CREATE TABLE t (n)")
    take(Steps.opened(tmp_path / SQLITE), tmp_path, media=tmp_path / "files", version="1")
    assert (tmp_path / FOLDER / "files" / "a").read_text() == "abc"
