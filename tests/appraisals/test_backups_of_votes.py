"""Backups and snapshots of upgrades take ballots only after the shuffle at the close."""

from pathlib import Path

import pytest
from django.db import connection
from tests.appraisals.box_makers import make_appraisal, officer_of, opened, same_mark, slips_of
from tests.makers import AT, ON

from secondment.appraisals.box.boxes import box_of, find
from secondment.appraisals.models import SealedBallot
from secondment.appraisals.services.voting import close_voting
from secondment.backups.restoring import restore
from secondment.backups.services.making import make_backup
from secondment.backups.snapshots import FOLDER, take


@pytest.fixture
def vote(office):
    """Open, with three ballots in its box."""
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    for code in slips_of(appraisal, 3, officer):
        box, found = find(code, on=ON)
        box.cast(code, same_mark(found.sheet, 4), on=ON)
    return appraisal


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leaves_nothing(found: dict[str, bytes], secrets: list[bytes], box: Path) -> bool:
    return not any(name.startswith(box.stem) for name in found) and not any(
        secret in content for secret in secrets for content in found.values()
    )


def secrets_of(appraisal) -> list[bytes]:
    with box_of(appraisal).read() as tables:
        hashes = [row[0] for row in tables.execute("SELECT hash FROM code")]
        receipts = [row[0].encode() for row in tables.execute("SELECT receipt FROM code")]
    return hashes + receipts


def test_a_backup_while_voting_is_open_has_no_ballots(
    office, vote, tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    made = make_backup(at=AT)
    manifest = restore(office.directory / made.name, tmp_path / "during", lambda _public: office.halves)
    assert manifest.tables["appraisals_sealedballot"] == 0
    assert leaves_nothing(contents(tmp_path / "during"), secrets_of(vote), box_of(vote).path)
    close_voting(vote, by=officer_of(vote), on=ON, at=AT)
    assert SealedBallot.objects.count() == 3
    later = make_backup(at=AT.replace(hour=20))
    manifest = restore(office.directory / later.name, tmp_path / "after", lambda _public: office.halves)
    assert manifest.tables["appraisals_sealedballot"] == 3


def test_the_snapshot_of_an_upgrade_has_no_ballots_and_leaves_the_box(
    office, vote, settings, tmp_path: Path
) -> None:
    take(connection, tmp_path, media=Path(settings.MEDIA_ROOT), version="x")
    assert leaves_nothing(contents(tmp_path / FOLDER), secrets_of(vote), box_of(vote).path)
    assert box_of(vote).counts()[vote.papers.get().pk].spent == 3
