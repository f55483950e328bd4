"""What the background jobs of an import do: check the file, then write all or nothing."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.audit.services import record
from secondment.common import file_faults, sentences
from secondment.common.bulk import insertion, replacement
from secondment.common.protection import open_bytes
from secondment.documents.services import discard_content
from secondment.files.headers import Layout
from secondment.people.choices import RowOutcome
from secondment.people.errors import ChangedSinceCheckError, RefusedRowsError
from secondment.people.files.draft import Draft
from secondment.people.files.reading import Report, Upload, read_upload
from secondment.people.models import Person, RosterImport, RosterImportRow
from secondment.people.services.duplicates import search_later
from secondment.people.services.imports.applying import (
    BATCH,
    MovedOnError,
    Prepared,
    prepare_plan,
    write_prepared,
)
from secondment.people.services.imports.planning import PlannedRow, Planner
from secondment.people.services.imports.uploads import (
    moved_import,
    office_of,
    sealed_questions,
    sealing_context,
)
from secondment.people.states import TRANSITIONS
from secondment.units.models import Unit

MOST_ATTEMPTS = 3


def unwatched(done: int, total: int) -> None:
    """Progress is not shown."""


def drafts_of(roster_import: RosterImport, report: Report) -> list[Draft]:
    """The drafts of the sealed upload."""
    return upload_of(roster_import, report).drafts


def upload_of(roster_import: RosterImport, report: Report) -> Upload:
    """Open the sealed upload and read it as was chosen for it."""
    with roster_import.file.content.open("rb") as stored:
        sealed = stored.read()
    content = open_bytes(sealed, context=sealing_context(roster_import.unit, roster_import.by))
    office = office_of(roster_import, roster_import.by)
    return read_upload(content, roster_import.file.name, report, office, Layout(**roster_import.layout))


def note_reading(roster_import: RosterImport, upload: Upload) -> bool:
    """Keep how a roster was read and what there is to choose; whether its clerk has to choose first."""
    with transaction.atomic():
        if upload.is_open:
            locked = moved_import(roster_import, "ask")
        else:
            locked = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
        locked.notes = list(upload.notes)
        locked.layout = asdict(upload.layout)
        locked.questions = sealed_questions(locked, upload.questions) | {
            "titles": list(upload.titles),
            "look": upload.look,
        }
        locked.save()
    return upload.is_open


def check_drafts(roster_import: RosterImport, drafts: list[Draft], report: Report) -> RosterImport:
    """Plan the import and keep what it would do, for the clerk to read; nothing is written to persons."""
    plan: list[PlannedRow] = []
    for row in _planner(roster_import).plan(drafts):
        plan.append(row)
        if row.position % BATCH == 0:
            report(row.position, len(drafts))
    statement = insertion(RosterImportRow, [_row_of(roster_import, row) for row in plan])
    with transaction.atomic():
        locked = moved_import(roster_import, "finish_check")
        statement.run()
        _count(locked, plan)
        locked.save()
    return locked


def import_drafts(
    roster_import: RosterImport, drafts: list[Draft], *, at: dt.datetime, report: Report = unwatched
) -> RosterImport:
    """Write the entire import, or nothing if anything differs from what the clerk confirmed.

    All is computed without a lock; the one short transaction only has to verify that no one has written
    persons or units meanwhile. Otherwise the plan is made again, a few times.
    """
    for _attempt in range(MOST_ATTEMPTS):
        seen = _last_writes()
        plan = list(_planner(roster_import).plan(drafts))
        rows = list(roster_import.rows.all())
        _require_confirmed(roster_import, plan, rows)
        prepared = Prepared(roster_import.by, at)
        try:
            prepare_plan(plan, prepared, report)
            return _write(roster_import, prepared, rows, seen, at=at)
        except (MovedOnError, IntegrityError):
            prepared.discard()
        except BaseException:
            prepared.discard()
            raise
    raise ChangedSinceCheckError(_("导入期间一直有他人在修改人员信息，本次没有导入。请稍后重新上传核对。"))


def _require_confirmed(
    roster_import: RosterImport, plan: list[PlannedRow], rows: list[RosterImportRow]
) -> None:
    """What would be written is what the clerk has read."""
    if [_essence(_row_of(roster_import, row)) for row in plan] != [_essence(row) for row in rows]:
        raise ChangedSinceCheckError(_("核对之后，系统中的人员信息有了变化，本次没有导入。请重新上传核对。"))
    if roster_import.n_refused and not roster_import.leaves_out_refused:
        raise RefusedRowsError(_("有 %(n)d 人的信息有问题，整批未导入。") % {"n": roster_import.n_refused})


@transaction.atomic
def _write(
    roster_import: RosterImport,
    prepared: Prepared,
    rows: list[RosterImportRow],
    seen: Sequence[object],
    *,
    at: dt.datetime,
) -> RosterImport:
    """The only part under lock: bulk statements of values that are ready."""
    locked = moved_import(roster_import, "finish_import")
    if _last_writes() != seen:
        raise MovedOnError
    people = write_prepared(prepared)
    _remember(rows, people)
    search_later(people.values(), by=locked.by, at=at)
    locked.save()
    details = _summary(locked, rows)
    record("roster.import", locked, by=locked.by, at=at, details=details)
    discard_content(locked.file)
    return locked


def _planner(roster_import: RosterImport) -> Planner:
    day = timezone.localtime(roster_import.created_at).date()
    return Planner(roster_import.unit, day, roster_import.by)


def _last_writes() -> list[object]:
    """What every write of a person or unit changes: how many there are, the newest, and all versions together."""
    figures = {"n": Count("pk"), "newest": Max("pk"), "versions": Sum("version")}
    return [model.objects.aggregate(**figures) for model in (Person, Unit)]


def _row_of(roster_import: RosterImport, row: PlannedRow) -> RosterImportRow:
    return RosterImportRow(
        roster_import=roster_import,
        person=row.person,
        position=row.position,
        source=row.draft.source[-200:],
        line=row.draft.line,
        label=row.draft.label[:60],
        outcome=row.outcome,
        changes=[{name: sentences.kept(words) for name, words in one.items()} for one in row.shown],
        problems=[file_faults.kept(one) for one in row.problems],
    )


def _essence(row: RosterImportRow) -> tuple[Any, ...]:
    return row.position, row.person_id, str(row.outcome), row.changes, row.problems


def _count(roster_import: RosterImport, plan: list[PlannedRow]) -> None:
    n = Counter(row.outcome for row in plan)
    roster_import.n_created, roster_import.n_changed = n[RowOutcome.CREATED], n[RowOutcome.CHANGED]
    roster_import.n_unchanged, roster_import.n_refused = n[RowOutcome.UNCHANGED], n[RowOutcome.REFUSED]


def _remember(rows: list[RosterImportRow], people: dict[int, Person]) -> None:
    """Note on each row whom it made, so that a person's page can name the import."""
    made = [row for row in rows if row.outcome == RowOutcome.CREATED and row.position in people]
    for row in made:
        row.person = people[row.position]
    replacement(RosterImportRow, ["person"], [(row.person_id, row.pk) for row in made], where=["id"]).run()


def _summary(roster_import: RosterImport, rows: list[RosterImportRow]) -> dict[str, Any]:
    """Figures, and a fingerprint of every row, so that the rows cannot be rewritten unnoticed."""
    content = json.dumps(
        [(row.position, row.person_id, row.outcome, row.changes) for row in rows],
        ensure_ascii=False,
        default=str,
    )
    return {
        "created": roster_import.n_created,
        "changed": roster_import.n_changed,
        "unchanged": roster_import.n_unchanged,
        "left_out": roster_import.n_refused,
        "leaves_out_refused": roster_import.leaves_out_refused,
        "rows_sha256": hashlib.sha256(content.encode()).hexdigest(),
    }


def mark_failed(roster_import: RosterImport) -> None:
    """The work ended without a result: nothing was written, and the upload is no longer needed."""
    with transaction.atomic():
        if _moved("withdraw", roster_import):
            discard_content(roster_import.file)


def offer_again(roster_import: RosterImport) -> None:
    """The writing was cut short and nothing was written: the clerk may confirm the checked file again."""
    _moved("offer_again", roster_import)


def _moved(action: str, roster_import: RosterImport) -> int:
    froms, to = TRANSITIONS[action]
    return RosterImport.objects.filter(pk=roster_import.pk, state__in=froms).update(state=to)
