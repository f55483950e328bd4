"""Make a backup: copy, pack, seal, read back, and only then give the file its name."""

import datetime as dt
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.audit.services import record
from secondment.backups.databases import CopyError, copy_database
from secondment.backups.errors import BackupFailedError, NoRecoveryKeyError
from secondment.backups.models import Backup, RecoveryKey
from secondment.backups.packing import KEYS, Manifest, pack, sha256_of, stored_files
from secondment.backups.sealing import Sealer
from secondment.backups.services.drills import DRILLING, Sealed, drill_if_due
from secondment.backups.services.pruning import prune
from secondment.common.release import release
from secondment.common.sentences import say

ENDING, COPYING = ".backup", "backup-"
FULL = ("disk is full", os.strerror(errno.ENOSPC))
STAMP = "%Y%m%d-%H%M%S"


def make_backup(*, at: dt.datetime, with_drill: bool = False) -> Backup:
    """One file, verified; then the drill if it is due or wanted, then old files go. Outside of any transaction."""
    key = RecoveryKey.objects.first()
    if key is None:
        raise NoRecoveryKeyError(_("尚未生成恢复密钥，没有备份。请在服务器上执行 secondment recovery-key。"))
    directory: Path = settings.BACKUP_DIR
    try:
        with _alone_in(directory):
            sealed = _write(directory, key, at=at)
            backup = _note(sealed, at=at)
            drill_if_due(sealed, at=at, is_wanted=with_drill)
            prune(directory, key.mark)
    except InvalidTag:
        raise BackupFailedError(say("恢复密钥的记录被改动，没有备份，请立即报告审计管理员。")) from None
    except CopyError as error:
        raise BackupFailedError(_why_no_copy(directory, error)) from None
    except OSError as error:
        raise BackupFailedError(_why_not_written(directory, error)) from None
    return backup


@contextmanager
def _alone_in(directory: Path) -> Iterator[None]:
    """Two backups at once would be two copies of the same; the lock ends with the process, however it ends."""
    if directory == settings.DATA_DIR / "backups":
        directory.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(directory / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _write(directory: Path, key: RecoveryKey, *, at: dt.datetime) -> Sealed:
    """The unfinished file has a name that counts nowhere."""
    name = f"secondment-{key.mark}-{timezone.localtime(at):{STAMP}}{ENDING}"
    _sweep(directory, key)
    draft = directory / f".{name}"
    try:
        with tempfile.TemporaryDirectory(prefix=COPYING, dir=settings.TEMPORARY_DIR) as folder:
            copy, tables = copy_database(connection, Path(folder))
            manifest = Manifest(timezone.localtime(at).isoformat(), release(), tables)
            sources = [(copy.name, copy), (KEYS, settings.KEY_FILE), *stored_files(Path(settings.MEDIA_ROOT))]
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                sealer = Sealer(file, key.public)
                pack(sealer, sources, manifest)
                sealer.close()
                file.flush()
                os.fsync(file.fileno())
        if sha256_of(draft) != sealer.sha256:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        draft.rename(directory / name)
    finally:
        draft.unlink(missing_ok=True)
    return Sealed(directory / name, sealer.sha256, sealer.n_bytes, sealer.key, manifest)


def _sweep(directory: Path, key: RecoveryKey) -> None:
    """What a stopped predecessor left: drafts, and plain copies in the temporary directory."""
    for draft in directory.glob(f".secondment-{key.mark}-*{ENDING}"):
        draft.unlink()
    for prefix in (COPYING, DRILLING):
        for folder in settings.TEMPORARY_DIR.glob(f"{prefix}*"):
            shutil.rmtree(folder)


@transaction.atomic
def _note(sealed: Sealed, *, at: dt.datetime) -> Backup:
    manifest = sealed.manifest
    backup = Backup(
        at=at,
        name=sealed.path.name,
        size=sealed.size,
        n_rows=sum(manifest.tables.values()),
        n_files=manifest.n_files,
    )
    backup.remember(sealed.sha256)
    backup.save()
    record("backup.make", backup, by=None, at=at, details={"n_rows": backup.n_rows, "n": backup.n_files})
    return backup


def _why_no_copy(directory: Path, error: CopyError) -> str:
    if any(words in error.said for words in FULL):
        return _no_space(directory)
    if error.said:
        return say("数据库没有复制完成，%(program)s：%(said)s", program=error.program, said=error.said)
    return say(
        "未找到%(program)s，请安装不低于数据库服务器版本的 PostgreSQL 客户端（例如 apt install postgresql-client）。",
        program=error.program,
    )


def _no_space(directory: Path) -> str:
    return say("磁盘空间不足：备份目录%(directory)s或数据目录已满，请腾出空间。", directory=str(directory))


def _why_not_written(directory: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return say(
            "磁盘空间不足：备份目录%(directory)s或数据目录已满，请腾出空间。", directory=str(directory)
        )
    if isinstance(error, BlockingIOError):
        return say("另一个备份正在进行，请稍后再试。")
    if not directory.is_dir():
        return say("备份目录%(directory)s不存在（可能没有挂载）。", directory=str(directory))
    return say(
        "备份目录%(directory)s无法读写（%(reason)s）。",
        directory=str(directory),
        reason=error.strerror or "?",
    )
