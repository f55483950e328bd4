"""Migrate data that are in use: first a copy to go back to, afterwards a look at everything that must still be there."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse

from secondment.audit.verification import Fault, verify_trail
from secondment.backups.databases import rows_now
from secondment.backups.snapshots import Snapshot, forget, lost, take
from secondment.common.release import release

VERSION_FILE = "version.txt"
# Tables that migrations of this release empty on purpose; any other that shrinks is a loss.
MAY_SHRINK: frozenset[str] = frozenset()
UNKNOWN = "升级前的版本 the version before"


class UpgradeFailedError(CommandError):
    """The data are not what they were; whoever started this puts them back."""


def is_upgrade() -> bool:
    """Whether there are data, and migrations that they have not seen."""
    executor = MigrationExecutor(connection)
    return bool(executor.loader.applied_migrations) and bool(
        executor.migration_plan(executor.loader.graph.leaf_nodes())
    )


def migrate_safely(migrate: Callable[[], None], *, at: dt.datetime) -> None:
    """The marker stays when anything fails or the process ends: then `config.upgrading` puts everything back."""
    media = Path(settings.MEDIA_ROOT)
    known = faults_of_trail(at=at)
    snapshot = take(connection, settings.DATA_DIR, media=media, version=version_of_data())
    migrate()
    check(snapshot, media, known=known, at=at)
    forget(settings.DATA_DIR)


def check(snapshot: Snapshot, media: Path, *, known: frozenset[Fault], at: dt.datetime) -> None:
    """Nothing is lost, the trail is whole, the project is sound, and the first page answers."""
    gone = [
        one for one in lost(snapshot, rows_now(connection), media) if one.partition(":")[0] not in MAY_SHRINK
    ]
    if gone:
        raise UpgradeFailedError(f"升级后数据减少 Lost by the upgrade: {', '.join(gone)}")
    if fresh := faults_of_trail(at=at) - known:
        raise UpgradeFailedError(
            f"升级后审计记录不完整 The audit trail is not whole: {min(one.found for one in fresh)}"
        )
    call_command("check", verbosity=0)
    page = reverse("accounts:sign_in")
    host = next((name for name in settings.ALLOWED_HOSTS if "*" not in name), "localhost").lstrip(".")
    answer = Client(raise_request_exception=False).get(page, secure=settings.HTTPS, headers={"host": host})
    if answer.status_code >= 400:
        raise UpgradeFailedError(f"升级后网页不能打开 The first page answers {answer.status_code}")


def faults_of_trail(*, at: dt.datetime) -> frozenset[Fault]:
    """What is wrong with the trail; nothing, as far as older tables do not let this version read it."""
    try:
        return frozenset(verify_trail(at=at).faults)
    except DatabaseError:
        return frozenset()


def version_of_data() -> str:
    """Which version wrote the data last, as far as it said so."""
    path = settings.DATA_DIR / VERSION_FILE
    return path.read_text().strip() if path.exists() else UNKNOWN


def note_version() -> None:
    """This version has prepared the data."""
    (settings.DATA_DIR / VERSION_FILE).write_text(f"{release()}\n")
