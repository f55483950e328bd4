"""Others read nothing of the data directory; what a stopped process left for a moment goes."""

import stat
from pathlib import Path
from types import SimpleNamespace

from secondment.common.data_directory import database_files, empty, make_private


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_rights_of_others_are_taken_away_also_from_older_files(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    before = {
        "secondment.sqlite3": 0o644,
        "secondment.sqlite3-wal": 0o664,
        "keys.json": 0o440,
        "note.txt": 0o644,
    }
    for name, old in before.items():
        (folder / name).touch()
        (folder / name).chmod(old)
    database = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": folder / "secondment.sqlite3"})
    make_private(folder, folder / "keys.json", *database_files(database))
    assert mode(folder) == 0o700
    assert {name: mode(folder / name) for name in before} == {
        "secondment.sqlite3": 0o600,
        "secondment.sqlite3-wal": 0o600,
        "keys.json": 0o400,
        "note.txt": 0o644,
    }


def test_a_server_keeps_its_own_files() -> None:
    assert database_files(SimpleNamespace(vendor="postgresql")) == []


def test_a_common_folder_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    make_private(tmp_path)
    assert mode(tmp_path) == 0o1777


def test_a_folder_is_emptied_and_links_are_not_followed(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "temporary"
    for path in (kept, folder, folder / "deep"):
        path.mkdir()
    (kept / "file").touch()
    (folder / "upload.xlsx").touch()
    (folder / "deep" / "file").touch()
    (folder / "link").symlink_to(kept)
    empty(folder)
    assert list(folder.iterdir()) == []
    assert [path.name for path in kept.iterdir()] == ["file"]
