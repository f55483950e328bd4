"""Promises, and the settling of everything open when a term ends."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.placements.models import Placement
from secondment.placements.ports import TAKE_BACK, Decided, OpenItem
from secondment.placements.queries import with_names
from secondment.places.choices import Settlement
from secondment.places.errors import HandoverItemError
from secondment.places.handovers import handover_of, received_by
from secondment.places.models import HandoverItem, PlaceContact, PlacePromise
from secondment.places.queries import successors_of
from secondment.places.rules import may_confirm, may_promise, may_settle


@dataclass(frozen=True)
class Settling:
    """What becomes of one open item: taken over, refused or closed, by whom, and why."""

    kind: str
    key: str
    settlement: str
    name: str = ""
    reason: str = ""


@transaction.atomic
def note_promise(
    placement: Placement,
    *,
    text: str,
    to_whom: str,
    due_on: dt.date | None = None,
    by: User,
    at: dt.datetime,
) -> PlacePromise:
    """Note a promise; the same open one is noted once."""
    row = _locked(placement)
    require(may_promise(by, row), _("承诺事项由本人或接收单位登记。"))
    given = {"text": text.strip(), "to_whom": to_whom.strip()}
    known = PlacePromise.objects.filter(placement=row, closed_on=None, **given).first()
    if known is not None:
        return known
    promise = PlacePromise.objects.create(placement=row, due_on=due_on, by=by, at=at, **given)
    record("promise.note", promise, by=by, at=at)
    return promise


@transaction.atomic
def close_promise(
    promise: PlacePromise, *, outcome: str, by: User, on: dt.date, at: dt.datetime
) -> PlacePromise:
    """A promise was kept, or what became of it."""
    placement = _locked(promise.placement)
    require(may_promise(by, placement), _("承诺事项由本人或接收单位登记。"))
    row = PlacePromise.objects.select_for_update().get(pk=promise.pk)
    if row.closed_on is not None:
        raise HandoverItemError(_("已于%(day)s了结。") % {"day": row.closed_on})
    if not outcome.strip():
        raise HandoverItemError(_("请写明办理结果。"), field="outcome")
    row.closed_on, row.outcome, row.placement = on, outcome.strip(), placement
    row.save()
    record("promise.close", row, by=by, at=at)
    return row


@transaction.atomic
def settle_items(
    placement: Placement,
    settlings: Sequence[Settling],
    *,
    successor: Placement | None = None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> int:
    """Settle open items by name, all or none; what a successor takes over goes to the successor's placement."""
    row = _locked(placement)
    require(may_settle(by, row), _("交接由接收单位或主办组织部门办理。"))
    if successor is not None and not successors_of(row).filter(pk=successor.pk).exists():
        raise HandoverItemError(_("接任者应是在同一单位挂职的干部。请重新选择。"), field="successor")
    waiting = {(one.kind, one.key): one for one in handover_of(row).waiting}
    for one in settlings:
        item = waiting.get((one.kind, one.key))
        if item is None:
            raise HandoverItemError(_("有的事项已由他人办理交接。请刷新页面，核对后再提交。"))
        _settle(row, item, one, successor, by=by, on=on, at=at)
    return len(settlings)


def _settle(
    row: Placement,
    item: OpenItem,
    settling: Settling,
    successor: Placement | None,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> None:
    typed, next_name = settling.name.strip(), successor.person.name if successor else ""
    # somebody else who is named takes it over, and not whoever succeeds
    is_passed = settling.settlement == Settlement.ACCEPTED and bool(next_name) and typed in {"", next_name}
    name = typed or (next_name if is_passed else "")
    if not name:
        raise HandoverItemError(_("“%(title)s”没有写明由谁接手或了结。请填写姓名。") % {"title": item.title})
    if settling.settlement == Settlement.REFUSED and not settling.reason.strip():
        raise HandoverItemError(_("“%(title)s”不接的，请写明理由。") % {"title": item.title})
    kept = HandoverItem.objects.create(
        placement=row,
        kind=item.kind,
        key=item.key,
        title=item.title[:400],
        settlement=settling.settlement,
        successor=successor if is_passed else None,
        name=name,
        reason=settling.reason.strip(),
        by=by,
        at=at,
    )
    if is_passed and successor is not None and item.pass_to is not None:
        item.pass_to(successor, by, at)
    if settling.settlement == Settlement.CLOSED:
        _close(kept, on)
    record("handover.settle", kept, by=by, at=at, details={"kind": kept.settlement})


@transaction.atomic
def take_back(item: HandoverItem, *, by: User, at: dt.datetime) -> HandoverItem:
    """The decision was wrong: the item is open again where it was, until the successor has confirmed it."""
    placement = _locked(item.placement)
    require(may_settle(by, placement), _("交接由接收单位或主办组织部门办理。"))
    row = HandoverItem.objects.select_for_update().get(pk=item.pk)
    if row.taken_back_at is not None:
        return row
    if row.confirmed_at is not None:
        raise HandoverItemError(_("接任者已确认接手，不能撤回。需要转给他人的，在接任者的交接中办理。"))
    row.placement = placement
    is_closed = row.settlement == Settlement.CLOSED
    decided = Decided(row.key, placement, row.successor, is_closed, row.at)
    if words := TAKE_BACK[row.kind](decided, by, at):
        raise HandoverItemError(words)
    row.taken_back_by, row.taken_back_at = by, at
    row.save()
    if (row.kind, row.key) not in {(one.kind, one.key) for one in handover_of(placement).waiting}:
        raise HandoverItemError(_("“%(title)s”已经办完或了结，不用撤回。") % {"title": row.title})
    record("handover.take_back", row, by=by, at=at, details={"kind": row.settlement})
    return row


@transaction.atomic
def confirm_received(successor: Placement, *, by: User, at: dt.datetime) -> int:
    """The successor confirms what was handed over; nobody takes it back from then on. Returns how many were new."""
    placement = _locked(successor)
    require(may_confirm(by, placement), _("接手的事项由接任者本人确认。"))
    rows = list(received_by(placement).select_for_update(of=("self",)).filter(confirmed_at=None))
    for row in rows:
        row.confirmed_at = at
        row.save(update_fields=["confirmed_at"])
        record("handover.confirm", row, by=by, at=at)
    return len(rows)


def _close(kept: HandoverItem, on: dt.date) -> None:
    """What is closed here is closed where it is kept, too; a task stays as it was agreed."""
    if kept.kind == "promise":
        outcome = kept.reason or kept.get_settlement_display()
        PlacePromise.objects.filter(pk=int(kept.key)).update(closed_on=on, outcome=outcome)
    if kept.kind == "contact":
        PlaceContact.objects.filter(pk=int(kept.key)).update(is_current=False)


def _locked(placement: Placement) -> Placement:
    Placement.objects.select_for_update().get(pk=placement.pk)
    return with_names(Placement.objects.filter(pk=placement.pk)).select_related("person__account").get()
