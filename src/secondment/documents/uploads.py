"""Uploads between the dry run and the decision: sealed, kept for a day, deleted once they are used."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.protection import open_bytes, seal_bytes
from secondment.documents.errors import OvertakenError, UploadGoneError
from secondment.documents.models import StoredFile
from secondment.documents.services import discard_content, store_file

KEPT_HOURS = 24
SEALED = "application/octet-stream"


def keep_upload(name: str, content: bytes, *, purpose: str, by: User, at: dt.datetime) -> StoredFile:
    """Keep an upload sealed for its purpose and account, for a day."""
    sealed = seal_bytes(content, context=_context(purpose, by))
    expires_at = at + dt.timedelta(hours=KEPT_HOURS)
    return store_file(name, sealed, content_type=SEALED, by=by, at=at, expires_at=expires_at)


def uploads_of(user: User) -> QuerySet[StoredFile]:
    """Files of the account itself; anybody else's do not exist for it."""
    return StoredFile.objects.filter(owner=user).select_related("owner")


def open_upload(stored: StoredFile, *, purpose: str, at: dt.datetime) -> bytes:
    """What was uploaded; `UploadGoneError` once it is used or expired, or for another purpose."""
    if stored.expires_at is None or stored.expires_at <= at:
        raise _gone()
    try:
        with stored.content.open("rb") as sealed:
            return open_bytes(sealed.read(), context=_context(purpose, stored.owner))
    except (FileNotFoundError, InvalidTag) as error:
        raise _gone() from error


@contextmanager
def used_up(stored: StoredFile, *, at: dt.datetime) -> Iterator[None]:
    """Write the content of an upload and delete it: of several confirming at the same time one writes, the others are refused with the reason."""
    try:
        with transaction.atomic():
            if not StoredFile.objects.select_for_update().filter(pk=stored.pk, expires_at__gt=at).exists():
                raise _gone()
            yield
            discard_content(stored)
    except IntegrityError as error:
        raise OvertakenError(
            _("核对之后，他人已写入相同内容，本次未写入任何数据。请返回重新核对后再确认。")
        ) from error


def discard_expired(*, at: dt.datetime) -> int:
    """Delete what was not confirmed in time; returns how many."""
    expired = list(StoredFile.objects.filter(expires_at__lte=at))
    for stored in expired:
        discard_content(stored)
    return len(expired)


def _gone() -> UploadGoneError:
    return UploadGoneError(_("上传的文件已写入或已过期删除。请重新上传。"))


def _context(purpose: str, by: User) -> str:
    return f"documents.upload.{purpose}.{by.pk}"
