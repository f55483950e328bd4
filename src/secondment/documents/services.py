"""Store files and give document numbers."""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from secondment.accounts.models import User
from secondment.documents.models import DocumentNumber, StoredFile


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
    """Put the content into the storage; the row is not saved, for callers that write many at once."""
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
    """Delete what the file held once the transaction commits; name, size and fingerprint stay as a record."""
    storage, name = stored.content.storage, str(stored.content.name)
    StoredFile.objects.filter(pk=stored.pk).update(expires_at=None)
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def next_number(series: str, *, on: dt.date) -> str:
    """The next document number of a series, e.g. 京组挂〔2026〕12号; numbers are never given twice."""
    DocumentNumber.objects.get_or_create(series=series, year=on.year)
    row = DocumentNumber.objects.select_for_update().get(series=series, year=on.year)
    row.last = F("last") + 1
    row.save(update_fields=["last"])
    row.refresh_from_db()
    return str(row)
