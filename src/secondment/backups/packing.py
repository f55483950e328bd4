"""What is in a backup: the files of an installation and a manifest with the fingerprint of each, as one compressed archive."""

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Protocol, Self, cast

from secondment.backups.refusals import DamagedError

MANIFEST = "manifest.json"
KEYS = "keys.json"
SQLITE, DUMP = "secondment.sqlite3", "database.dump"
FILES = "files"
BLOCK = 1 << 18
LEVEL = 6


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes: ...


class Writable(Protocol):
    """Anything that takes bytes."""

    def write(self, content: bytes, /) -> int: ...


@dataclass(frozen=True)
class Member:
    """Size and fingerprint of a file."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup must give back: rows by table, and every file."""

    made_at: str
    version: str
    tables: Mapping[str, int]
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """The name of the member that holds the database."""
        return SQLITE if SQLITE in self.members else DUMP

    @property
    def n_files(self) -> int:
        """How many stored files it holds."""
        return sum(name.startswith(f"{FILES}/") for name in self.members)

    def to_json(self) -> bytes:
        """As it is kept."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """As it was kept."""
        parts = json.loads(content)
        members = {name: Member(**member) for name, member in parts.pop("members").items()}
        return cls(**parts, members=members)


class _Counting:
    """Reads a file and remembers its fingerprint."""

    def __init__(self, file: Readable) -> None:
        self._file, self.hash, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = BLOCK) -> bytes:
        """The next bytes."""
        found = self._file.read(size)
        self.hash.update(found)
        self.size += len(found)
        return found

    @property
    def member(self) -> Member:
        """What was read so far."""
        return Member(self.size, self.hash.hexdigest())


def pack(out: Writable, sources: Iterable[tuple[str, Path]], manifest: Manifest) -> None:
    """Write the archive and note every file in the manifest, which comes last. A file deleted meanwhile is left out."""
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=cast("IO[bytes]", out)) as packed,
        tarfile.open(mode="w|", fileobj=packed) as archive,
    ):
        for name, path in sources:
            try:
                file = path.open("rb")
            except FileNotFoundError:
                continue
            with file:
                counting = _Counting(file)
                archive.addfile(_entry(name, os.fstat(file.fileno()).st_size), cast("IO[bytes]", counting))
            manifest.members[name] = counting.member
        content = manifest.to_json()
        archive.addfile(_entry(MANIFEST, len(content)), io.BytesIO(content))


def unpack(stream: Readable, folder: Path) -> Manifest:
    """Write everything into an empty folder, for its owner alone, and compare with the manifest of the archive."""
    found: dict[str, Member] = {}
    content = b""
    try:
        with tarfile.open(mode="r|gz", fileobj=cast("IO[bytes]", stream)) as archive:
            for entry in archive:
                file = archive.extractfile(entry) if entry.isreg() else None
                if file is None:
                    raise DamagedError(entry.name)
                if entry.name == MANIFEST:
                    content = file.read()
                else:
                    found[entry.name] = _write(file, folder / safe_name(entry.name))
        manifest = Manifest.from_json(content)
    except (tarfile.TarError, zlib.error, EOFError, ValueError, KeyError, TypeError):
        raise DamagedError("archive") from None
    if different := different_members(manifest, found):
        raise DamagedError(", ".join(different))
    return manifest


def different_members(manifest: Manifest, found: Mapping[str, Member]) -> list[str]:
    """Names whose file is missing, added or changed."""
    names = sorted(manifest.members.keys() | found.keys())
    return [name for name in names if manifest.members.get(name) != found.get(name)]


def safe_name(name: str) -> str:
    """The name, if a backup can hold it; one that would lead elsewhere cannot be ours."""
    parts = PurePosixPath(name).parts
    is_stored = len(parts) > 1 and parts[0] == FILES and ".." not in parts
    if not is_stored and name not in {KEYS, SQLITE, DUMP}:
        raise DamagedError(name)
    return name


def stored_files(folder: Path) -> list[tuple[str, Path]]:
    """Every stored file by its name in the archive, in one order."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [(f"{FILES}/{path.relative_to(folder).as_posix()}", path) for path in paths]


def sha256_of(path: Path) -> str:
    """The fingerprint of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _write(file: IO[bytes], path: Path) -> Member:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    counting = _Counting(file)
    mode = 0o400 if path.name == KEYS else 0o600
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as target:
        while block := counting.read():
            target.write(block)
    return counting.member
