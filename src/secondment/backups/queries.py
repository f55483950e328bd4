"""How backups stand: the last of each kind, and whether that is a reason to worry."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from secondment.backups.models import Backup, Drill, RecoveryKey
from secondment.backups.rules import BACKUP_LATE, DRILL_LATE, is_late
from secondment.common.installation import is_demo_data


@dataclass(frozen=True)
class Standing:
    """The key, the last good backup and drill, and the fault of the last try of each."""

    key: RecoveryKey | None
    backup: Backup | None
    drill: Drill | None
    backup_fault: str
    drill_fault: str
    is_backup_late: bool
    is_drill_late: bool
    is_demo: bool


def standing(*, at: dt.datetime) -> Standing:
    """What the page, the home page and the handbook call 备份情况."""
    backup, drill = good_backups().first(), good_drills().first()
    first, last_try, last_drill = good_backups().last(), Backup.objects.first(), Drill.objects.first()
    since = drill.at if drill else first.at if first else at
    return Standing(
        key=RecoveryKey.objects.first(),
        backup=backup,
        drill=drill,
        backup_fault=last_try.fault if last_try else "",
        drill_fault=last_drill.fault if last_drill else "",
        is_backup_late=backup is not None and is_late(at, backup.at, BACKUP_LATE),
        is_drill_late=is_late(at, since, DRILL_LATE),
        is_demo=is_demo_data(),
    )


def backups() -> QuerySet[Backup]:
    """Every try."""
    return Backup.objects.all()


def good_backups() -> QuerySet[Backup]:
    """Those with a file, newest first."""
    return Backup.objects.exclude(name="")


def good_drills() -> QuerySet[Drill]:
    """Those that found nothing, newest first."""
    return Drill.objects.filter(fault="")
