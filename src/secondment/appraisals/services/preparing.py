"""Begin an appraisal, or change what was typed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.errors import AppraisalError
from secondment.appraisals.models import Appraisal
from secondment.appraisals.services.locking import locked
from secondment.appraisals.states import DATES_OPEN
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.units.models import Unit

LONGEST = dt.timedelta(days=62)


@dataclass(frozen=True)
class NewAppraisal:
    """An appraisal as it is typed."""

    name: str
    occasion: str
    year: int
    held_on: dt.date
    closes_on: dt.date


FIELDS = ("name", "occasion", "year", "held_on", "closes_on")


def faults_of(new: NewAppraisal, on: dt.date) -> Iterator[tuple[str, str]]:
    """(Field, what is wrong with it and what to do)."""
    if new.year > on.year:
        yield "year", _("%(year)d 年尚未开始，不能测评。请核对考核年度。") % {"year": new.year}
    if new.held_on.year not in (new.year, new.year + 1):
        words = _("测评日期应在考核年度当年或次年。%(year)d 年度的测评日期填成了 %(day)s，请核对。")
        yield "held_on", words % {"year": new.year, "day": new.held_on}
    if new.closes_on < new.held_on:
        yield "closes_on", _("截止日期早于测评日期。请核对。")
    elif new.closes_on - new.held_on > LONGEST:
        yield "closes_on", _("测评日期到截止日期超过两个月。请核对日期。")


@transaction.atomic
def create_appraisal(unit: Unit, new: NewAppraisal, *, by: User, on: dt.date, at: dt.datetime) -> Appraisal:
    """Begin one; candidates, papers and lists follow."""
    require(covers(by, unit.path, Role.ORGANISATION_DEPARTMENT), _("民主测评由组织部门开展。"))
    list(Unit.objects.select_for_update().filter(pk=unit.pk).values_list("pk"))
    _refuse(new, on, unit, own=0)
    appraisal = Appraisal(owner_unit=unit, created_by=by, created_at=at)
    for name in FIELDS:
        setattr(appraisal, name, getattr(new, name))
    appraisal.save()
    record("appraisal.create", appraisal, by=by, at=at, details={"year": new.year})
    return appraisal


@transaction.atomic
def change_appraisal(
    appraisal: Appraisal, new: NewAppraisal, *, version: int, by: User, on: dt.date, at: dt.datetime
) -> Appraisal:
    """Change what was typed; the year and the occasion only as long as nobody is a candidate, nothing once votes are cast."""
    row = locked(appraisal, by, states=DATES_OPEN, version=version)
    _refuse(new, on, row.owner_unit, own=row.pk)
    changed = [name for name in FIELDS if getattr(row, name) != getattr(new, name)]
    if {"year", "occasion"} & set(changed) and row.candidates.exists():
        field = "year" if "year" in changed else "occasion"
        raise AppraisalError(
            _("已选定测评对象，不能再改考核年度和类型。请先移出全部测评对象，或作废后另建。"), field=field
        )
    for name in changed:
        setattr(row, name, getattr(new, name))
    if changed:
        row.save()
        record("appraisal.change", row, by=by, at=at, details={"changed": changed})
    return row


def _refuse(new: NewAppraisal, on: dt.date, unit: Unit, *, own: int) -> None:
    faults = list(faults_of(new, on))
    if faults:
        field, words = faults[0]
        raise AppraisalError(words, field=field, reasons=[one for _field, one in faults])
    same = Appraisal.objects.filter(owner_unit=unit, name=new.name).exclude(pk=own)
    known = same.exclude(state=AppraisalState.VOID).first()
    if known is not None:
        raise AppraisalError(
            _("已有同名的民主测评。请换一个名称，或直接办理已有的一次。"),
            field="name",
            way=(_("打开已有的"), reverse("appraisals:appraisal_detail", args=[known.pk])),
        )
