"""What was packed comes out the same, named and compared; what cannot be ours is refused."""

import io
import stat
import tarfile
from pathlib import Path

import pytest

from secondment.backups.packing import (
    KEYS,
    MANIFEST,
    SQLITE,
    Manifest,
    Member,
    different_members,
    pack,
    safe_name,
    stored_files,
    unpack,
)
from secondment.backups.refusals import DamagedError

ABC = Member(3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "abc").write_bytes(b"abc")
    (folder / "ab" / "empty").write_bytes(b"")
    (folder / "elsewhere").symlink_to("/etc/passwd")
    (folder / "db").write_bytes(b"x" * 600_000)
    return folder


def packed(folder: Path, *more: tuple[str, Path]) -> tuple[bytes, Manifest]:
    out = io.BytesIO()
    manifest = Manifest("2026-11-30T02:00:00+08:00", "1", {"a": 2})
    pack(out, [(SQLITE, folder / "db"), *more], manifest)
    return out.getvalue(), manifest


def test_files_come_back_for_their_owner_alone(source: Path, tmp_path: Path) -> None:
    content, manifest = packed(source, (KEYS, source / "ab" / "abc"), *stored_files(source / "ab"))
    place = tmp_path / "place"
    place.mkdir()
    assert unpack(io.BytesIO(content), place) == manifest
    assert manifest.members["files/abc"] == manifest.members[KEYS] == ABC
    assert (manifest.n_files, manifest.database) == (2, SQLITE)
    assert (place / SQLITE).read_bytes() == b"x" * 600_000
    assert (place / "files" / "empty").read_bytes() == b""
    modes = {
        name: stat.S_IMODE((place / name).stat().st_mode) for name in (SQLITE, KEYS, "files", "files/abc")
    }
    assert modes == {SQLITE: 0o600, KEYS: 0o400, "files": 0o700, "files/abc": 0o600}


def test_stored_files_are_named_in_order_and_links_are_none(source: Path) -> None:
    assert [name for name, _path in stored_files(source)] == ["files/ab/abc", "files/ab/empty", "files/db"]
    assert stored_files(source / "nowhere") == []


def test_a_file_deleted_meanwhile_is_left_out(source: Path, tmp_path: Path) -> None:
    _content, manifest = packed(source, ("files/ab/gone", source / "gone"))
    assert set(manifest.members) == {SQLITE}


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "files/../../x", "files", "files/..", "other", "", "files/../keys.json"]
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(DamagedError):
        safe_name(name)


def archive(*entries: tuple[tarfile.TarInfo, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with tarfile.open(mode="w:gz", fileobj=out) as made:
        for entry, content in entries:
            entry.size = len(content)
            made.addfile(entry, io.BytesIO(content))
    out.seek(0)
    return out


def test_a_link_or_a_device_is_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("files/a")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    with pytest.raises(DamagedError, match="files/a"):
        unpack(archive((link, b"")), tmp_path)


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"members": {"a": {}}}'])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: bytes) -> None:
    with pytest.raises(DamagedError, match="archive"):
        unpack(archive((tarfile.TarInfo(MANIFEST), manifest)), tmp_path)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"abc", archive((tarfile.TarInfo(KEYS), b"abc" * 99_999)).getvalue()[:-40]):
        with pytest.raises(DamagedError, match="archive"):
            unpack(io.BytesIO(content), tmp_path / str(len(content)))


def test_a_file_that_the_manifest_does_not_know_is_named(tmp_path: Path) -> None:
    manifest = Manifest("", "", {}).to_json()
    with pytest.raises(DamagedError, match=r"keys\.json"):
        unpack(archive((tarfile.TarInfo(KEYS), b"abc"), (tarfile.TarInfo(MANIFEST), manifest)), tmp_path)


def test_differences_of_every_kind() -> None:
    manifest = Manifest("", "", {}, {"same": ABC, "missing": ABC, "changed": ABC, "size": ABC})
    found = {"same": ABC, "changed": Member(3, "0"), "size": Member(4, ABC.sha256), "added": ABC}
    assert different_members(manifest, found) == ["added", "changed", "missing", "size"]
