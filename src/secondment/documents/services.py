"""Store files and give document numbers."""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F

from secondment.accounts.models import User
from secondment.documents.models import DocumentNumber, StoredFile

DAY = dt.timedelta(days=1)


def store_file(
    name: str,
    content: bytes,
    *,
    content_type: str,
    by: User,
    at: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> StoredFile:
    """Keep a file under a random name with its fingerprint; `name` is kept as text only."""
    stored = lay_down(name, content, content_type=content_type, by=by, at=at, expires_at=expires_at)
    stored.save(force_insert=True)
    return stored


def lay_down(
    name: str,
    content: bytes,
    *,
    content_type: str,
    by: User,
    at: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> StoredFile:
    """Put the content into the storage; the row is not saved, for callers that write many together."""
    stored = StoredFile(
        name=name[-200:],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        owner=by,
        created_at=at,
        expires_at=expires_at,
    )
    stored.content.save(name, ContentFile(content), save=False)
    return stored


def discard_content(stored: StoredFile) -> None:
    """Delete what the file held once the transaction commits; name, size and fingerprint stay as a record.

    The row is due for deletion until the content is gone, so that a process that dies in between, or a storage
    that fails, leaves the rest to the daily work.
    """
    rows = StoredFile.objects.filter(pk=stored.pk)
    rows.update(expires_at=F("created_at"))

    def delete() -> None:
        stored.content.storage.delete(str(stored.content.name))
        rows.update(expires_at=None)

    transaction.on_commit(delete, robust=True)


def discard_unknown_contents(*, at: dt.datetime) -> int:
    """Delete contents laid down more than a day ago for rows that were never saved; returns how many."""
    folders = default_storage.listdir("")[0] if default_storage.exists("") else []
    names = [f"{folder}/{name}" for folder in folders for name in default_storage.listdir(folder)[1]]
    known = set(StoredFile.objects.values_list("content", flat=True))
    unknown = [
        one for one in names if one not in known and default_storage.get_modified_time(one) <= at - DAY
    ]
    for name in unknown:
        default_storage.delete(name)
    return len(unknown)


def coming_numbers(series: str, n: int, *, on: dt.date) -> tuple[str, str]:
    """The first and the last of the next `n` numbers of a series, as they would be given now; none is taken."""
    row = DocumentNumber.objects.filter(series=series, year=on.year).first()
    last = row.last if row else 0
    first, final = (DocumentNumber(series=series, year=on.year, last=last + at) for at in (1, n))
    return str(first), str(final)


@transaction.atomic
def next_number(series: str, *, on: dt.date) -> str:
    """The next document number of a series, e.g. 京组挂〔2026〕12号; numbers are never given twice."""
    DocumentNumber.objects.get_or_create(series=series, year=on.year)
    row = DocumentNumber.objects.select_for_update().get(series=series, year=on.year)
    row.last = F("last") + 1
    row.save(update_fields=["last"])
    row.refresh_from_db()
    return str(row)
