"""Background work of this room: check an uploaded roster, then import it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.common.errors import DomainError
from secondment.common.sentences import Sentence, counted, say
from secondment.jobs.daily import daily
from secondment.jobs.registry import JobContext, job_kind
from secondment.people.choices import ImportState
from secondment.people.likeness import on_record, repeated
from secondment.people.models import Person, RosterImport
from secondment.people.rules import may_handle_import
from secondment.people.services.duplicates import FIND_JOB, find_duplicates
from secondment.people.services.imports.uploads import expire_imports
from secondment.people.services.imports.work import (
    check_drafts,
    drafts_of,
    import_drafts,
    mark_failed,
    note_reading,
    offer_again,
    upload_of,
)


def _may(user: User, *, roster_import: int) -> bool:
    return may_handle_import(user, _load(roster_import))


def _drop(*, roster_import: int) -> None:
    mark_failed(_load(roster_import))


def _written(*, roster_import: int) -> dict[str, Any] | None:
    row = _load(roster_import)
    return _imported(row) if row.state == ImportState.IMPORTED else None


def _offer_again(*, roster_import: int) -> None:
    offer_again(_load(roster_import))


@job_kind("people.check_roster", label=gettext_lazy("核对名册"), may=_may, give_up=_drop)
def check_roster(context: JobContext, *, roster_import: int) -> dict[str, Any]:
    """Read the file and compare it with what is known."""
    row = _load(roster_import)
    with translation.override(settings.LANGUAGE_CODE):  # findings about a file are Chinese data
        upload = upload_of(row, lambda done, total: context.progress(done, total, say("读取文件")))
        if note_reading(row, upload):
            return _result(row, say("文件中有系统无法识别的列或多张工作表，请选择读取方式。"))
        drafts = upload.drafts
        checked = check_drafts(
            row, drafts, lambda done, total: context.progress(done, total, say("逐人核对"))
        )
    n = checked.n_created + checked.n_changed + checked.n_unchanged + checked.n_refused
    return _result(checked, counted("已核对 %(n)d 人，请确认。", n))


@job_kind(
    "people.import_roster",
    label=gettext_lazy("导入名册"),
    may=_may,
    give_up=_offer_again,
    written=_written,
)
def import_roster(context: JobContext, *, roster_import: int) -> dict[str, Any]:
    """Write the confirmed import."""
    row = _load(roster_import)
    with translation.override(settings.LANGUAGE_CODE), _refusing(row):
        drafts = drafts_of(row, lambda done, total: context.progress(done, total, say("读取文件")))
        imported = import_drafts(
            row,
            drafts,
            at=context.now(),
            report=lambda done, total: context.progress(done, total, say("写入人员信息")),
        )
    return _imported(imported)


@job_kind(FIND_JOB, label=gettext_lazy("核对是否重复录入"), may=lambda _user, **_arguments: True)
def search_duplicates(context: JobContext, *, people: list[int]) -> dict[str, Any]:
    """Compare people who were entered or changed with everyone; findings are not shown to the user who caused the job."""
    rows = Person.objects.filter(pk__in=people).select_related("unit").order_by("pk")
    find_duplicates(list(on_record(rows)), at=context.now())
    return {"message": say("核对完毕。")}


@daily("people.find_duplicates")
def search_all_duplicates(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Compare all people who share a name or a number."""
    find_duplicates(repeated(), at=at)


@daily("people.expire_imports")
def expire_waiting_imports(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Give up imports that were not confirmed in time."""
    expire_imports(at=at)


def _load(pk: int) -> RosterImport:
    return RosterImport.objects.select_related("unit", "by", "file").get(pk=pk)


@contextmanager
def _refusing(row: RosterImport) -> Iterator[None]:
    """An import that a rule refuses would be refused again: its file has to be checked again."""
    try:
        yield
    except DomainError:
        mark_failed(row)
        raise


def _imported(row: RosterImport) -> dict[str, Any]:
    message = say("新增 %(created)d 人，更新 %(changed)d 人。", created=row.n_created, changed=row.n_changed)
    return _result(row, message)


def _result(row: RosterImport, message: Sentence) -> dict[str, Any]:
    return {"path": reverse("people:import_detail", args=[row.pk]), "message": message}
