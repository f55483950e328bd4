"""Optimistic locking: an edit form carries the version it was filled from."""

from typing import TypeVar

from django.utils.translation import gettext as _

from secondment.common.errors import StaleObjectError
from secondment.common.models import Versioned

VersionedRow = TypeVar("VersionedRow", bound=Versioned)


def lock_version(row: VersionedRow, *, version: int | None) -> VersionedRow:
    """Lock `row` inside the caller's transaction, check and raise its version; the caller saves it.

    `version` None means the caller does not edit from a form. Raises `StaleObjectError` when someone
    else has saved in between, or deleted the row.
    """
    locked = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()  # noqa: SLF001 -- Django's documented name
    if locked is None:
        raise StaleObjectError(_("页面打开后，该记录已被他人删除。请刷新页面，核对后再办理。"))
    if version is not None and locked.version != version:
        raise StaleObjectError(_("页面打开后，已有他人修改了该记录。请刷新页面，核对后重新填写。"))
    locked.version += 1
    return locked
