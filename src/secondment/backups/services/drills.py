"""The restore drill: open the file that was just written, restore it in a temporary place and compare.

The private key is not on the machine. But whoever seals a file knows the key of that one file as long as it runs, so the
drill follows the backup at once, in the same process, and reads the very file from the disk. Older files are compared with
the fingerprints that were sealed when they were written.
"""

import datetime as dt
import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from secondment.audit.services import record
from secondment.backups.databases import CopyError, differences
from secondment.backups.models import Drill
from secondment.backups.packing import KEYS, Manifest, sha256_of, unpack
from secondment.backups.queries import good_backups, good_drills
from secondment.backups.refusals import DamagedError
from secondment.backups.rules import is_drill_due
from secondment.backups.sealing import Opener
from secondment.common.sentences import counted, say

MOST_NAMED = 10
DRILLING = "drill-"


@dataclass(frozen=True)
class Sealed:
    """A backup that was just written, with the key of this one file, which is forgotten with the process."""

    path: Path
    sha256: str
    size: int
    key: bytes
    manifest: Manifest


def drill_if_due(sealed: Sealed, *, at: dt.datetime, is_wanted: bool) -> Drill | None:
    """Weekly, or when asked for; None when it is not due."""
    last = good_drills().first()
    last_day = timezone.localtime(last.at).date() if last else None
    if not is_wanted and not is_drill_due(timezone.localtime(at).date(), last_good=last_day):
        return None
    return _note(sealed, _fault_of(sealed), at=at)


def damaged_files(directory: Path) -> list[str]:
    """Names of kept backups that are no longer as they were written; those taken elsewhere are not asked for."""
    rows = [row for row in good_backups() if (directory / row.name).exists()]
    return [row.name for row in rows if not row.is_as_written(sha256_of(directory / row.name))]


def _fault_of(sealed: Sealed) -> str:
    """What differs, or what kept the drill from finding out; empty when all is as it was."""
    try:
        wrong = _differences(sealed) + damaged_files(sealed.path.parent)
    except CopyError as error:
        return say("恢复演练没有做完：%(reason)s", reason=f"{error.program} {error.said or '?'}")
    except OSError as error:
        return say("恢复演练没有做完：%(reason)s", reason=error.strerror or "?")
    if not wrong:
        return ""
    return counted("恢复出来的内容与备份时有%(n)s处不一致：%(what)s", len(wrong), what=wrong[:MOST_NAMED])


def _differences(sealed: Sealed) -> list[str]:
    with tempfile.TemporaryDirectory(prefix=DRILLING, dir=settings.TEMPORARY_DIR) as name:
        folder = Path(name)
        try:
            with sealed.path.open("rb") as file:
                opener = Opener(file, lambda _header: sealed.key)
                found = unpack(opener, folder)
                opener.read_to_the_end()
            wrong = [] if found == sealed.manifest else ["manifest"]
            if json.loads((folder / KEYS).read_bytes()) != asdict(settings.KEYS):
                wrong.append(KEYS)
            return wrong + differences(folder / found.database, sealed.manifest.tables)
        except DamagedError as error:
            return [error.what]


@transaction.atomic
def _note(sealed: Sealed, fault: str, *, at: dt.datetime) -> Drill:
    manifest = sealed.manifest
    drill = Drill.objects.create(
        at=at,
        name=sealed.path.name,
        n_tables=len(manifest.tables),
        n_rows=sum(manifest.tables.values()),
        n_files=manifest.n_files,
        fault=fault,
    )
    record("backup.drill", drill, by=None, at=at, details={"n_faults": int(bool(fault))})
    return drill
