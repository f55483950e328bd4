"""Note that a form went out on paper, came back stamped, and where it is kept."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record, record_export
from secondment.common.errors import StaleObjectError, require
from secondment.common.protection import open_bytes, seal_bytes
from secondment.documents.errors import PaperError
from secondment.documents.models import Paper, StoredFile
from secondment.documents.papers.kinds import PaperKind
from secondment.documents.papers.queries import current, filed_by
from secondment.documents.services import store_file

SUBJECT_LENGTH = 200


@dataclass(frozen=True)
class Scan:
    """A stamped copy as it was uploaded and checked."""

    name: str
    content: bytes
    content_type: str


@transaction.atomic
def expect_paper(kind: PaperKind, row: Any, *, by: User, on: dt.date, at: dt.datetime) -> Paper | None:
    """Note that the form of an object was printed or issued and is to be stamped; once an object, without an event.

    Called by services that issue the form, which record that themselves. None where the object has no paper.
    """
    key = kind.key_of(row)
    if key is None:
        return None
    paper = current(kind, key)
    if paper is None:
        paper = _first(kind, row, key, by=by, on=on, at=at)
        paper.save(force_insert=True)
    return paper


@transaction.atomic
def list_paper(kind: PaperKind, row: Any, *, by: User, on: dt.date, at: dt.datetime) -> Paper | None:
    """Put a form that the office printed on the list of those to be stamped."""
    _require_may_file(kind, row, by)
    paper = expect_paper(kind, row, by=by, on=on, at=at)
    if paper is not None and (paper.by, paper.at) == (by, at):
        record("paper.list", paper, by=by, at=at, details={"form": kind.code})
    return paper


@transaction.atomic
def file_paper(
    kind: PaperKind,
    row: Any,
    *,
    scan: Scan | None,
    place: str,
    replaces: int | None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Paper:
    """Keep a stamped scan, or where the paper is, as a new version; the versions before stay.

    `replaces` is the version the account saw, None where it saw none. Without a scan the one before stays. Raises
    `PaperError` where there is nothing to keep, `StaleObjectError` when somebody else filed meanwhile.
    """
    _require_may_file(kind, row, by)
    key = kind.key_of(row)
    if key is None:
        raise PaperError(_("还没有这份表，不能登记盖章件。"))
    seen = current(kind, key)
    if (seen.pk if seen else None) != replaces:
        raise _overtaken()
    paper = seen or _first(kind, row, key, by=by, on=on, at=at)
    place = place.strip()
    if scan is None and place == paper.place:
        raise PaperError(_("请上传盖章扫描件，或写明纸质存放处。"))
    stored = paper.scan if scan is None else _kept(scan, paper, by=by, at=at)
    return _replace(paper, scan=stored, place=place, by=by, at=at)


@transaction.atomic
def store_papers(papers: Sequence[Paper], *, place: str, by: User, at: dt.datetime) -> list[Paper]:
    """The same place for several papers, all or none; one that is there already stays as it is."""
    place = place.strip()
    if not place:
        raise PaperError(_("请写明纸质存放处。"))
    keys = sorted(one.pk for one in papers)
    rows = list(filed_by(by).filter(pk__in=keys).order_by("pk"))
    if [one.pk for one in rows] != keys:
        raise StaleObjectError(_("选中的盖章件已有变动。请返回名单，刷新后再登记。"))
    return [_replace(one, scan=one.scan, place=place, by=by, at=at) for one in rows if one.place != place]


@transaction.atomic
def forget_papers(kind: PaperKind, keys: Collection[int]) -> None:
    """What forms were about is taken back: papers that only wait for the seal go with it, before the objects do.

    Called by services that record the act themselves. Raises `PaperError` where one was filed.
    """
    rows = Paper.objects.filter(form=kind.code, object_id__in=keys)
    filed = rows.exclude(scan=None, place="").order_by("pk").first()
    if filed is not None:
        raise PaperError(_("%(subject)s已登记盖章件，不能撤回。") % {"subject": filed.subject})
    rows.delete()


@transaction.atomic
def retire_paper(kind: PaperKind, row: Any) -> None:
    """The form became void: nobody is asked for its scan any more; what was filed stays as an earlier version.

    Called by services that record the act themselves, while the object still has its paper.
    """
    rows = Paper.objects.filter(form=kind.code, object_id=kind.key_of(row) or 0, is_current=True)
    rows.filter(scan=None, place="").delete()
    rows.update(is_current=False)


def read_scan(paper: Paper, *, by: User, at: dt.datetime) -> bytes:
    """The stamped scan of a version, with an event."""
    stored = paper.scan
    if stored is None:
        raise PaperError(_("没有上传盖章扫描件。"))
    record_export("paper.download", paper, by=by, at=at)
    with stored.content.open("rb") as sealed:
        return open_bytes(sealed.read(), context=seal_context(paper))


def _first(kind: PaperKind, row: Any, key: int, *, by: User, on: dt.date, at: dt.datetime) -> Paper:
    return Paper(
        form=kind.code,
        object_id=key,
        subject=kind.subject_of(row)[:SUBJECT_LENGTH],
        office=kind.office_of(row),
        issued_on=on,
        by=by,
        at=at,
    )


def _replace(paper: Paper, *, scan: StoredFile | None, place: str, by: User, at: dt.datetime) -> Paper:
    """The next version; of two who file at the same time one is told."""
    details = {"form": paper.form, "place": place}
    if scan is not None and scan != paper.scan:
        details["scan"] = scan.sha256
    try:
        with transaction.atomic():
            Paper.objects.filter(pk=paper.pk).update(is_current=False)
            paper.pk, paper.scan, paper.place, paper.by, paper.at = None, scan, place, by, at
            paper.save(force_insert=True)
    except IntegrityError as error:
        raise _overtaken() from error
    record("paper.file", paper, by=by, at=at, details=details)
    return paper


def _overtaken() -> StaleObjectError:
    return StaleObjectError(_("他人刚刚登记过这份盖章件。请刷新页面，核对后再登记。"))


def _kept(scan: Scan, paper: Paper, *, by: User, at: dt.datetime) -> StoredFile:
    """Sealed: a scan carries signatures and a seal that somebody could copy."""
    sealed = seal_bytes(scan.content, context=seal_context(paper))
    return store_file(scan.name, sealed, content_type=scan.content_type, by=by, at=at)


def _require_may_file(kind: PaperKind, row: Any, by: User) -> None:
    require(kind.may_file(by, row), _("盖章件由经办单位登记。"))


def seal_context(paper: Paper) -> str:
    """What the seal of a paper's scan is bound to."""
    return f"documents.paper.{paper.form}.{paper.object_id}"
