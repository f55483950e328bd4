"""Headings, file, contacts and categories of a place."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record, record_export
from secondment.common.errors import StaleObjectError, require
from secondment.common.protection import open_bytes, seal_bytes
from secondment.documents.services import store_file
from secondment.places.choices import Heading
from secondment.places.errors import PlaceError
from secondment.places.models import Place, PlaceCategory, PlaceContact, PlaceFile, PlaceText
from secondment.places.rules import may_list, may_write, own_placement
from secondment.units.models import Unit


@transaction.atomic
def write_texts(
    unit: Unit, texts: Mapping[str, str], *, version: int, by: User, on: dt.date, at: dt.datetime
) -> int:
    """Write the headings that changed; each older version stays. `version` is that of the place shown, 0 where there was none."""
    place = _written_by(unit, by, on)
    if version != place.version - 1:
        raise StaleObjectError(_("页面打开后，已有他人修改了挂职地情况。请刷新页面，核对后重新填写。"))
    standing = {one.heading: one.text for one in place.texts.filter(is_current=True)}
    changed = [one.value for one in Heading if texts.get(one, "").strip() != standing.get(one, "")]
    PlaceText.objects.filter(place=place, heading__in=changed, is_current=True).update(is_current=False)
    PlaceText.objects.bulk_create(
        PlaceText(place=place, heading=one, text=texts.get(one, "").strip(), by=by, at=at) for one in changed
    )
    if changed:
        place.save()
        record("place.write", place, by=by, at=at, details={"changed": changed})
    return len(changed)


@transaction.atomic
def keep_file(
    unit: Unit, name: str, content: bytes, content_type: str, *, by: User, on: dt.date, at: dt.datetime
) -> PlaceFile:
    """Keep a survey as the newest one; earlier ones stay."""
    place = _written_by(unit, by, on)
    sealed = seal_bytes(content, context=_context(place))
    stored = store_file(name, sealed, content_type=content_type, by=by, at=at)
    PlaceFile.objects.filter(place=place, is_current=True).update(is_current=False)
    kept = PlaceFile.objects.create(place=place, file=stored, by=by, at=at)
    record("place.keep_file", place, by=by, at=at)
    return kept


def read_file(kept: PlaceFile, *, by: User, at: dt.datetime) -> bytes:
    """What was uploaded, with an event."""
    record_export("place.download", kept.place, by=by, at=at)
    with kept.file.content.open("rb") as sealed:
        return open_bytes(sealed.read(), context=_context(kept.place))


@transaction.atomic
def add_contact(
    unit: Unit,
    *,
    name: str,
    post: str,
    phone: str = "",
    matter: str = "",
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> PlaceContact:
    """Somebody to ask; one with the same name and post is there once."""
    place = _written_by(unit, by, on)
    if PlaceContact.objects.filter(place=place, is_current=True, name=name, post=post).exists():
        raise PlaceError(
            _("%(name)s已在联系人中。电话有变的，请先移除再添加。") % {"name": name}, field="name"
        )
    contact = PlaceContact.objects.create(
        place=place,
        placement=own_placement(by, unit, on),
        name=name,
        post=post,
        phone=phone,
        matter=matter,
        by=by,
        at=at,
    )
    record("place.add_contact", place, by=by, at=at)
    return contact


@transaction.atomic
def end_contact(contact: PlaceContact, *, by: User, on: dt.date, at: dt.datetime) -> PlaceContact:
    """Somebody is no longer to be asked; twice is once."""
    place = _written_by(contact.place.unit, by, on)
    if PlaceContact.objects.filter(pk=contact.pk, is_current=True).update(is_current=False):
        record("place.end_contact", place, by=by, at=at)
    return contact


@transaction.atomic
def enter_category(
    unit: Unit, kind: str, *, entered_on: dt.date, document: str, by: User, on: dt.date, at: dt.datetime
) -> PlaceCategory:
    """Register what the place is listed as, from which day, by which document."""
    require(may_list(by, unit), _("挂职地类别由组织部门登记。"))
    place = _locked(unit)
    if entered_on > on:
        raise PlaceError(_("列入日期不能晚于今天。请核对。"), field="entered_on")
    if PlaceCategory.objects.filter(place=place, kind=kind, left_on=None).exists():
        raise PlaceError(_("已登记为这一类别，尚未退出。"), field="kind")
    later = (
        PlaceCategory.objects.filter(place=place, kind=kind, left_on__gt=entered_on)
        .order_by("left_on")
        .last()
    )
    if later is not None:
        raise PlaceError(
            _("这一类别已登记过，%(day)s才退出。列入日期应不早于该日，请核对。") % {"day": later.left_on},
            field="entered_on",
        )
    row = PlaceCategory.objects.create(
        place=place, kind=kind, entered_on=entered_on, entry_document=document.strip(), by=by, at=at
    )
    record("place.enter_category", place, by=by, at=at, details={"kind": row.kind})
    return row


@transaction.atomic
def end_category(
    category: PlaceCategory, *, left_on: dt.date, document: str, by: User, on: dt.date, at: dt.datetime
) -> PlaceCategory:
    """Register that it left the list, and by which document."""
    place = _locked(category.place.unit)
    require(may_list(by, place.unit), _("挂职地类别由组织部门登记。"))
    row = PlaceCategory.objects.select_for_update().get(pk=category.pk)
    if row.left_on is not None:
        raise PlaceError(_("已于%(day)s退出，不必再次登记。") % {"day": row.left_on})
    if not row.entered_on <= left_on <= on:
        raise PlaceError(
            _("退出日期应在列入日期%(day)s之后、今天之前。请核对。") % {"day": row.entered_on},
            field="left_on",
        )
    row.left_on, row.exit_document = left_on, document.strip()
    row.save()
    record("place.end_category", place, by=by, at=at, details={"kind": row.kind})
    return row


def _written_by(unit: Unit, by: User, on: dt.date) -> Place:
    require(may_write(by, unit, on), _("挂职地情况由接收单位、组织部门和在当地挂职的干部填写。"))
    return _locked(unit)


def _locked(unit: Unit) -> Place:
    """The place, locked, its version raised in memory; begun where there is none."""
    Place.objects.get_or_create(unit=unit, defaults={"version": 0})
    place = Place.objects.select_for_update().get(unit=unit)
    place.unit = unit
    place.version += 1
    return place


def _context(place: Place) -> str:
    return f"places.file.{place.pk}"
