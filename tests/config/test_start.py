"""A start on a data directory of its own: what is made, and what is refused in one sentence."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installed import kept_folder, migrated, once, prepared

FAULTY_LIBRARY = "raise ImportError"  # the shipped library is not there: the system's is taken


def run(
    *words: str, data: Path, path: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A command of the server in a process of its own."""
    return subprocess.run(  # noqa: S603 -- the product's own command
        [sys.executable, "-m", "secondment.cli.main", *words],
        env={
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
            "PYTHONPATH": ":".join([*([str(path)] if path else []), *sys.path]),
            "SECONDMENT_DATA_DIR": str(data),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def refusal(*words: str, data: Path, **more: object) -> str:
    done = run(*words, data=data, **more)  # type: ignore[arg-type]
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def started(tmp_path_factory, shared: Path) -> Path:
    """A data directory after its first start, with an upload left behind and rights that are too wide."""
    data = tmp_path_factory.mktemp("start") / "data"
    shutil.copytree(once(shared / "prepared", prepared), data)
    (data / "temporary" / "left.upload").write_text("名册")
    data.chmod(0o755)
    assert run("prepare", data=data).returncode == 0
    return data


@pytest.fixture
def copy(started: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(started, tmp_path / "copy"))


def test_the_data_directory_is_private_and_nothing_is_left_behind(started: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [started, *started.iterdir()]}
    assert modes["data"] == modes["temporary"] == modes["static"] == 0o700
    assert (modes["secondment.sqlite3"], modes["keys.json"]) == (0o600, 0o400)
    assert list((started / "temporary").iterdir()) == []
    files = [path for path in started.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in files} == {0}


def test_what_is_written_for_a_moment_stands_in_the_data_directory(tmp_path: Path) -> None:
    code = (
        "import tempfile;"
        "from django.core.files.uploadedfile import TemporaryUploadedFile as Upload;"
        "upload = Upload('a', '', 0, '');"
        "print(upload.temporary_file_path()); print(tempfile.mkstemp()[1]); print(tempfile.mkdtemp())"
    )
    done = run("shell", "--no-imports", "-c", code, data=tmp_path / "data")
    written = [Path(line) for line in done.stdout.splitlines()]
    assert {path.parent for path in written} == {tmp_path / "data" / "temporary"}
    assert len(written) == 3


@pytest.mark.parametrize("command", ["prepare", "worker"])
def test_lost_keys_are_refused_by_every_command_and_not_replaced(copy: Path, command: str) -> None:
    (copy / "keys.json").unlink()
    assert "请从备份中取回 keys.json" in refusal(command, data=copy)
    assert not (copy / "keys.json").exists()


def test_keys_of_another_installation_are_refused_and_the_right_ones_open(copy: Path) -> None:
    right = (copy / "keys.json").read_text()
    other = once(kept_folder(), migrated)
    (copy / "keys.json").unlink()
    shutil.copy(other / "keys.json", copy / "keys.json")
    assert "不是该数据库的密钥" in refusal("verify-audit", data=copy)
    (copy / "keys.json").unlink()
    (copy / "keys.json").write_text(right)
    assert run("verify-audit", data=copy).returncode == 0


def test_a_faulty_library_is_refused_by_whatever_opens_the_file(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "pysqlite3.py").write_text(FAULTY_LIBRARY)
    system = "import sqlite3; raise SystemExit(sqlite3.sqlite_version_info >= (3, 51, 3))"
    if subprocess.run([sys.executable, "-c", system], check=False).returncode:  # noqa: S603
        pytest.skip("the library of this system is mended")
    assert "PostgreSQL" in refusal("verify-audit", data=copy, path=tmp_path)
    assert "PostgreSQL" in refusal("worker", data=copy, path=tmp_path)
    assert "PostgreSQL" in refusal("prepare", data=tmp_path / "new", path=tmp_path)
