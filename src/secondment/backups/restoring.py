"""A full restore into a directory that becomes the data directory of a server; needs no database, no settings, no Django."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from secondment.backups.databases import differences
from secondment.backups.packing import Manifest, unpack
from secondment.backups.recovery import Half, joined
from secondment.backups.refusals import DamagedError
from secondment.backups.sealing import HEADER_BYTES, Opener, opened_by, recipient_of
from secondment.common.refusals import StartRefusedError

AskHalves = Callable[[bytes], tuple[Half, Half]]


class PlaceError(StartRefusedError):
    """The directory cannot take a restored installation."""


def restore(file: Path, directory: Path, ask: AskHalves) -> Manifest:
    """Open the file with both halves, check everything beside the directory, and only then let it appear there whole.

    A restore that is stopped leaves a hidden directory next to it, which no server uses.
    """
    require_empty(directory)
    public = _recipient(file)
    private = joined(*ask(public), public=public)
    directory.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    try:
        with file.open("rb") as source:
            opener = Opener(source, opened_by(private))
            manifest = unpack(opener, beside)
            opener.read_to_the_end()
        if wrong := differences(beside / manifest.database, manifest.tables):
            raise DamagedError(", ".join(wrong))
        _appear(beside, directory)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def require_empty(directory: Path) -> None:
    """Never over data that are there."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise PlaceError(
            f"{directory} 已有内容，恢复不会覆盖任何数据，请选一个空的或尚不存在的目录。",
            f"{directory} is not empty, and a restore overwrites nothing; choose an empty or a new directory.",
        )


def _recipient(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return recipient_of(source.read(HEADER_BYTES))
    except OSError as error:
        raise PlaceError(
            f"无法读取备份文件 {file}（{error.strerror}）。",
            f"The backup {file} cannot be read ({error.strerror}).",
        ) from None


def _appear(beside: Path, directory: Path) -> None:
    try:
        beside.rename(directory)
    except OSError as error:  # a mount point, for example
        raise PlaceError(
            f"无法放到 {directory}（{error.strerror}），请选一个尚不存在的目录。",
            f"It cannot be put at {directory} ({error.strerror}); choose a directory that does not exist yet.",
        ) from None
