"""The end of a term: closed when it has run out, extended, or cut short (form F16)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.holding import lapses_of_places
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.services.campaigns import check_term
from secondment.common.sentences import say
from secondment.documents.papers import expect_paper
from secondment.placements.choices import Destination, Ending, PlacementState, TermChangeKind
from secondment.placements.models import Placement, TermChange
from secondment.placements.papers import TERM_CHANGE
from secondment.placements.ports import follow_term
from secondment.placements.queries import under_way
from secondment.placements.rules import require_may_manage
from secondment.placements.services.errors import (
    AlreadyActiveError,
    NotYetOverError,
    ReasonMissingError,
    TermError,
)
from secondment.placements.services.moving import locked, move, note_down, refuse_state
from secondment.placements.services.notifying import (
    notify_home,
    notify_host,
    notify_secondee,
    owe_as_before,
    owe_nothing,
)
from secondment.placements.services.overlaps import refuse_overlap


@dataclass(frozen=True)
class Closing:
    """What becomes of the person; a text says where to, where the list of destinations does not."""

    destination: str = Destination.RETURNED
    destination_text: str = ""


@dataclass(frozen=True)
class Change:
    """Form F16 as it was approved: another first day back, why, and whose opinions it rests on."""

    kind: str
    ends_on: dt.date
    reason: str
    decided_on: dt.date
    number: str = ""
    own_opinion: str = ""
    home_opinion: str = ""
    host_opinion: str = ""


@transaction.atomic
def end_placement(
    placement: Placement,
    closing: Closing,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
) -> Placement:
    """Close a term whose last day has come; everyone concerned is told and nothing is owed any more.

    Raises `NotYetOverError` before the last day, `WrongStateError` unless the person is in post.
    """
    row = locked(placement, version=version)
    require_may_manage(by, row)
    if row.state == PlacementState.IN_POST and row.last_day > on:
        raise NotYetOverError(
            _("%(person)s的挂职至%(last)s届满，尚不能办结。确需提前结束的，请办理提前结束或召回。")
            % {"person": row.person.name, "last": row.last_day}
        )
    return _close(row, closing, by=by, on=on, at=at)


@transaction.atomic
def end_placements(
    placements: Sequence[Placement], closing: Closing, *, by: User, on: dt.date, at: dt.datetime
) -> list[Placement]:
    """Close several terms at once, all or none."""
    in_order = sorted(placements, key=lambda one: one.pk)
    return [end_placement(one, closing, by=by, on=on, at=at) for one in in_order]


@transaction.atomic
def change_term(
    placement: Placement,
    change: Change,
    *,
    closing: Closing | None = None,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
) -> Placement:
    """Extend a term or cut it short, and keep the form it rests on.

    With a `closing`, a term cut short to a day that has come is closed in the same act; otherwise it waits to be closed
    like any other. Raises `TermError`, `ReasonMissingError`, `TermTooLongError`, `OverlapError`, `LapsedError`.
    """
    row = locked(placement, version=version)
    check_change(row, change, by=by, on=on)
    kept = TermChange.objects.create(
        placement=row,
        kind=change.kind,
        old_ends_on=row.ends_on,
        ends_on=change.ends_on,
        reason=change.reason.strip(),
        number=change.number,
        own_opinion=change.own_opinion,
        home_opinion=change.home_opinion,
        host_opinion=change.host_opinion,
        decided_on=change.decided_on,
        created_by=by,
        created_at=at,
    )
    expect_paper(TERM_CHANGE, kept, by=by, on=on, at=at)
    old = row.last_day
    row.ends_on = change.ends_on
    row.ending = "" if change.kind == TermChangeKind.EXTENDED else change.kind
    row.save()
    follow_term(row, on=on)
    details = {
        "kind": change.kind,
        "from": f"{old}",
        "to": f"{row.last_day}",
        "reason": change.reason.strip(),
    }
    note_down("change_term", row, by=by, at=at, details=details)
    title = say(
        "%(person)s同志在%(unit)s的挂职期限已变更，挂职至%(last)s",
        person=row.person.name,
        unit=row.host_unit.name,
        last=f"{row.last_day}",
    )
    for notify in (notify_home, notify_host, notify_secondee):
        notify(row, title, body=change.reason.strip(), at=at)
    if closing is not None and row.last_day <= on:
        return _close(row, closing, by=by, on=on, at=at)
    return row


@transaction.atomic
def change_terms(
    placements: Sequence[Placement],
    change: Change,
    *,
    closing: Closing | None = None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> list[Placement]:
    """The same change for several placements, all or none."""
    in_order = sorted(placements, key=lambda one: one.pk)
    return [change_term(one, change, closing=closing, by=by, on=on, at=at) for one in in_order]


@transaction.atomic
def reopen_placement(
    placement: Placement,
    *,
    reason: str,
    by: User,
    at: dt.datetime,
    version: int | None = None,
) -> Placement:
    """Take back an end that was recorded by mistake, for a written reason; the person is in post again.

    Raises `AlreadyActiveError` when the person has begun another placement since.
    """
    row = locked(placement, version=version)
    require_may_manage(by, row)
    if not reason.strip():
        raise ReasonMissingError(_("撤销办结须写明理由。"))
    move(row, "reopen_placement")
    refuse_overlap(row, row.starts_on, row.ends_on, by=by)
    if others_under_way(row).exists():
        raise AlreadyActiveError(
            _("%(person)s已有新的挂职，不能撤销办结。") % {"person": row.person.name},
        )
    owe_as_before(row)
    row.closed_on, row.destination, row.destination_text = None, "", ""
    row.save()
    note_down("reopen_placement", row, by=by, at=at, details={"reason": reason.strip()})
    return row


def check_change(row: Placement, change: Change, *, by: User, on: dt.date) -> None:
    """Refuse a change of the term that may not be, before it is approved or when it is recorded."""
    require_may_manage(by, row)
    if row.state != PlacementState.IN_POST:
        refuse_state(row)
    if not change.reason.strip():
        raise ReasonMissingError(_("请写明期限变更的理由。"))
    if change.decided_on > on:
        raise TermError(_("审批日期不能晚于今天。请在批准后登记。"))
    if change.kind == TermChangeKind.EXTENDED:
        _check_extension(row, change.ends_on, by=by)
        return
    first_back = max(row.starts_on, row.reported_on or row.starts_on) + dt.timedelta(days=1)
    if not first_back <= change.ends_on < row.ends_on:
        raise TermError(_("最后一天应在报到之后、原定的%(last)s之前。请改正。") % {"last": row.last_day})


def others_under_way(row: Placement) -> QuerySet[Placement]:
    """Other placements of the person that have begun or been notified."""
    return under_way().filter(person=row.person_id).exclude(pk=row.pk)


def _close(row: Placement, closing: Closing, *, by: User, on: dt.date, at: dt.datetime) -> Placement:
    if closing.destination == Destination.OTHER and not closing.destination_text.strip():
        raise ReasonMissingError(_("去向选“其他”的，请写明去向。"))
    move(row, "end_placement")
    row.ending = row.ending or Ending.EXPIRED
    row.closed_on = on
    row.destination, row.destination_text = closing.destination, closing.destination_text.strip()
    row.save()
    details = {"ending": row.ending, "destination": row.destination, "last_day": f"{row.last_day}"}
    note_down("end_placement", row, by=by, at=at, details=details)
    owe_nothing(row, on=on)
    title = say("%(person)s同志在%(unit)s的挂职已办结", person=row.person.name, unit=row.host_unit.name)
    for notify in (notify_home, notify_host, notify_secondee):
        notify(row, title, at=at)
    return row


def _check_extension(row: Placement, ends_on: dt.date, *, by: User) -> None:
    if ends_on <= row.ends_on:
        raise TermError(_("延期后的最后一天应晚于原定的%(last)s。请改正。") % {"last": row.last_day})
    check_term(row.starts_on, ends_on, row.programme_version)
    refuse_overlap(row, row.starts_on, ends_on, by=by)
    added = (row.ends_on, ends_on)
    refuse_lapsed(lapses_of_places(row.campaign, [row.post], added, but=[row.pk]))
