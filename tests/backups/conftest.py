"""An installation with a recovery key and a stored file, whose backups go into a directory of the test."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from secondment.accounts.choices import Role
from secondment.backups.recovery import Half
from secondment.backups.services.keys import make_recovery_key
from secondment.documents.services import store_file
from tests.makers import AT, make_unit, make_user


@dataclass
class Office:
    """Where its backups are, the halves, and who is told."""

    directory: Path
    halves: tuple[Half, Half]
    administrator: object


@pytest.fixture
def office(transactional_db: None, settings, tmp_path: Path) -> Office:
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TEMPORARY_DIR = tmp_path / "temporary"
    settings.DEMO = False
    for folder in (settings.BACKUP_DIR, settings.TEMPORARY_DIR):
        folder.mkdir()
    administrator = make_user(Role.SYSTEM_ADMINISTRATOR, make_unit("示例省"))
    store_file("a.txt", b"abc", content_type="text/plain", by=administrator, at=AT)
    return Office(settings.BACKUP_DIR, make_recovery_key(at=AT), administrator)
