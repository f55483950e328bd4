"""The life of an import as its clerk drives it: upload, confirm, withdraw."""

import base64
import datetime as dt
import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.protection import open_bytes, seal_bytes
from secondment.documents.layouts import Office
from secondment.documents.services import discard_content, lay_down
from secondment.files.table import Questions
from secondment.jobs.queries import job_with
from secondment.jobs.services import cancel_job, start_job
from secondment.people.choices import ImportState
from secondment.people.errors import ImportStateError, RefusedRowsError, UploadError
from secondment.people.models import RosterImport
from secondment.people.rules import may_handle_import, may_import_into
from secondment.people.states import TRANSITIONS
from secondment.units.models import Unit

MOST_BYTES = 200_000_000
ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv", ".lrmx", ".lrm", ".zip")
SEALED = "application/octet-stream"
KEPT_DAYS = 7


def sealing_context(unit: Unit, by: User) -> str:
    """What an upload is sealed with: it opens for the import of this unit and clerk only."""
    return f"people.roster_import.{unit.pk}.{by.pk}"


def sealed_questions(roster_import: RosterImport, questions: Questions) -> dict[str, Any]:
    """What there is to choose, for the row of the import; texts of the file are sealed like the file itself."""
    texts = [list(texts) for _header, texts in questions.columns]
    context = sealing_context(roster_import.unit, roster_import.by)
    sealed = seal_bytes(json.dumps(texts).encode(), context=context)
    return {
        "sheets": [list(one) for one in questions.sheets],
        "headers": [header for header, _texts in questions.columns],
        "texts": base64.b64encode(sealed).decode(),
    }


def open_questions(roster_import: RosterImport) -> Questions:
    """What there is to choose, with the texts that were sealed."""
    kept = roster_import.questions
    if not kept:
        return Questions()
    context = sealing_context(roster_import.unit, roster_import.by)
    texts = json.loads(open_bytes(base64.b64decode(kept["texts"]), context=context))
    return Questions(
        tuple((name, n) for name, n in kept["sheets"]),
        tuple((header, tuple(few)) for header, few in zip(kept["headers"], texts, strict=True)),
    )


def office_of(roster_import: RosterImport, by: User) -> Office:
    """Who remembers what columns mean: the unit that is imported into."""
    return Office(roster_import.unit, by, "people.roster")


def upload_roster(
    name: str, content: bytes, *, unit: Unit, by: User, at: dt.datetime, next_path: str = ""
) -> RosterImport:
    """Keep an upload sealed and start its check in the background."""
    require(may_import_into(by, unit))
    if PurePath(name).suffix.lower() not in ENDINGS:
        raise UploadError(
            _("不能读取这种文件。请上传 .xlsx、.xls、.csv、.txt、.lrmx、.lrm 或装有任免表的 .zip。")
        )
    if not 0 < len(content) <= MOST_BYTES:
        raise UploadError(_("文件是空的，或超过 200 MB。请分批上传。"))
    sealed = seal_bytes(content, context=sealing_context(unit, by))
    stored = lay_down(name, sealed, content_type=SEALED, by=by, at=at)
    with transaction.atomic():
        stored.save(force_insert=True)
        roster_import = RosterImport.objects.create(
            file=stored, unit=unit, by=by, created_at=at, next_path=next_path[:200]
        )
        details = {"bytes": len(content)}
        record("roster.upload", roster_import, by=by, at=at, details=details)
        return _with_job(roster_import, "people.check_roster", by=by, at=at)


@transaction.atomic
def answer_questions(
    roster_import: RosterImport, *, sheet: str, columns: Mapping[str, str], by: User, at: dt.datetime
) -> RosterImport:
    """Take what the clerk chose for the file, remember its columns for files that look like it, check it again."""
    require(may_handle_import(by, roster_import))
    locked = moved_import(roster_import, "answer")
    locked.layout = {"sheet": sheet or locked.layout.get("sheet"), "columns": dict(columns)}
    if columns:
        office_of(locked, by).choose(locked.questions["look"], columns, at=at)
    locked.save()
    locked.rows.all().delete()
    record("roster.choose_columns", locked, by=by, at=at, details={"sheet": sheet, "columns": dict(columns)})
    return _with_job(locked, "people.check_roster", by=by, at=at)


@transaction.atomic
def confirm_import(
    roster_import: RosterImport, *, leaves_out_refused: bool, by: User, at: dt.datetime
) -> RosterImport:
    """Start the writing. With refused rows the clerk has to say that they are left out; that stays on record."""
    require(may_handle_import(by, roster_import))
    locked = moved_import(roster_import, "confirm")
    if locked.n_refused and not leaves_out_refused:
        raise RefusedRowsError(
            _("有 %(n)d 人的信息有问题。请改正文件后重新上传，或明确选择仅导入没有问题的人员。")
            % {"n": locked.n_refused}
        )
    if not locked.n_created + locked.n_changed:
        raise RefusedRowsError(_("没有需要导入的内容。"))
    locked.leaves_out_refused = leaves_out_refused and locked.n_refused > 0
    locked.save()
    record(
        "roster.confirm",
        locked,
        by=by,
        at=at,
        details={"leaves_out_refused": locked.leaves_out_refused, "left_out": locked.n_refused},
    )
    return _with_job(locked, "people.import_roster", by=by, at=at)


@transaction.atomic
def withdraw_import(roster_import: RosterImport, *, by: User, at: dt.datetime) -> RosterImport:
    """Give up an import that has not been written; its upload is deleted."""
    require(may_handle_import(by, roster_import))
    locked = moved_import(roster_import, "withdraw")
    if job := job_with(locked.job_id):
        cancel_job(job, at=at)
    locked.save()
    discard_content(locked.file)
    record("roster.withdraw", locked, by=by, at=at)
    return locked


@transaction.atomic
def expire_imports(*, at: dt.datetime) -> int:
    """Give up imports that were checked and not decided upon for a week; their uploads are deleted."""
    waiting = RosterImport.objects.filter(
        state__in=(ImportState.ASKING, ImportState.CHECKED), created_at__lte=at - dt.timedelta(days=KEPT_DAYS)
    )
    rows = [moved_import(row, "withdraw") for row in waiting]
    for row in rows:
        row.save()
        discard_content(row.file)
        record("roster.withdraw", row, by=None, at=at)
    return len(rows)


def moved_import(roster_import: RosterImport, action: str) -> RosterImport:
    """The locked import in its next state; refuses a move its state does not allow. The caller saves."""
    locked = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    froms, to = TRANSITIONS[action]
    if locked.state not in froms:
        raise ImportStateError(
            _("本次导入已是“%(state)s”，不能再办理。请刷新页面。")
            % {"state": ImportState(locked.state).label}
        )
    locked.state = to
    return locked


def _with_job(roster_import: RosterImport, kind: str, *, by: User, at: dt.datetime) -> RosterImport:
    job = start_job(kind, {"roster_import": roster_import.pk}, by=by, at=at)
    roster_import.job_id = job.pk
    roster_import.save(update_fields=["job_id"])
    return roster_import
