"""Keep the directory of units; the rights are checked here, the tree is kept by the room of units."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.directory.errors import DirectoryRefusedError
from secondment.directory.imports import UnitImport
from secondment.directory.rules import may_keep_unit, may_move_unit, require
from secondment.units import services as units
from secondment.units.models import Unit


@transaction.atomic
def add_unit(unit: Unit, *, by: User, at: dt.datetime) -> Unit:
    """A new unit below one of the account's units."""
    require(unit.parent is not None and _may_keep_now(by, unit.parent))
    return units.create_unit(unit, by=by, at=at)


@transaction.atomic
def change_unit(unit: Unit, *, by: User, at: dt.datetime, version: int | None, reason: str) -> Unit:
    """Change name and facts; a new name keeps the old one in the history."""
    require(_may_keep_now(by, unit))
    return units.change_unit(unit, by=by, at=at, version=version, reason=reason)


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit, reason: str, by: User, at: dt.datetime) -> Unit:
    """Move a unit with everything below it inside the account's scope."""
    unit, parent = units.lock_units(unit, parent)
    require(may_move_unit(by, unit) and may_keep_unit(by, parent))
    if not reason.strip():
        raise units.ReasonMissingError(_("划转须写明事由，例如机构改革文件的文号。"))
    return units.move_unit(unit, parent=parent, reason=reason, by=by, at=at)


@transaction.atomic
def close_unit(unit: Unit, *, reason: str, by: User, at: dt.datetime, is_confirmed: bool = False) -> Unit:
    """Take a unit out of use; asks first if something depends on it."""
    require(_may_keep_now(by, unit))
    return units.close_unit(unit, reason=reason, by=by, at=at, is_confirmed=is_confirmed)


@transaction.atomic
def reopen_unit(unit: Unit, *, by: User, at: dt.datetime) -> Unit:
    """Put a closed unit back into use."""
    require(_may_keep_now(by, unit))
    return units.reopen_unit(unit, by=by, at=at)


@transaction.atomic
def import_units(plan: UnitImport, *, by: User, at: dt.datetime) -> int:
    """Write a list that passed the dry run, all rows or none; returns how many rows were written."""
    if plan.refused:
        raise DirectoryRefusedError(
            _("文件中有%(n)d处不能导入，未写入任何数据。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    made: dict[int, Unit] = {}
    for line in plan.to_write:
        if line.before is not None:
            change_unit(
                line.unit, by=by, at=at, version=line.before.version, reason=_("单位名单导入：%s") % plan.file
            )
            continue
        if line.parent_line is not None:
            line.unit.parent = made[line.parent_line]
        made[line.line] = add_unit(line.unit, by=by, at=at)
    return len(plan.to_write)


def _may_keep_now(by: User, unit: Unit) -> bool:
    """Whether the unit is in the account's scope now that the tree is locked, wherever it was before."""
    return may_keep_unit(by, *units.lock_units(unit))
