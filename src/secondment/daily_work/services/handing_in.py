"""Hand in what a cycle asks for, for many people at once: all rows or none, each a record of its own."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import StaleObjectError, require
from secondment.common.sentences import Sentence, joined_sentences, labelled, say
from secondment.daily_work.contacts import CONTACT
from secondment.daily_work.cycles import LOGISTICS, NOTICE, PRESENCE, REPORT, Cycle
from secondment.daily_work.desk import Desk, Entry, HandingIn
from secondment.daily_work.known import known_of
from secondment.daily_work.models import CycleRecord, HomeNotice, HostReport
from secondment.daily_work.rules import is_own_office, may_hand_in
from secondment.daily_work.services.errors import (
    AlreadyReplacedError,
    NothingHandedInError,
    RefusedRowsError,
)
from secondment.daily_work.services.support import follow_reports
from secondment.daily_work.words import told
from secondment.notices.services import send_notice
from secondment.obligations.rhythms import Call
from secondment.obligations.services import bring_up_to_date, meet_for_period, owe_for_periods, owed_for
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

OVER_THE_WEB = HandingIn()
MOST_SAID = 5


def confirm_presence(
    entries: Sequence[Entry],
    ends_on: dt.date,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    handing: HandingIn = OVER_THE_WEB,
) -> int:
    """Confirm the month that ends so; returns how many rows were new or different."""
    return len(_hand_in(PRESENCE, entries, ends_on, handing, by=by, on=on, at=at))


@transaction.atomic
def hand_in_reports(
    entries: Sequence[Entry],
    ends_on: dt.date,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    handing: HandingIn = OVER_THE_WEB,
) -> int:
    """Hand in host reports (F8) of the period that ends so; returns how many rows were new or different."""
    written = _hand_in(REPORT, entries, ends_on, handing, by=by, on=on, at=at)
    follow_reports([one for one in written if isinstance(one, HostReport)], by=by, on=on, at=at)
    return len(written)


@transaction.atomic
def send_notices(
    entries: Sequence[Entry],
    ends_on: dt.date,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    handing: HandingIn = OVER_THE_WEB,
) -> int:
    """Give home notices (F9) of the period that ends so; secondees with an account are told. Returns how many."""
    written = _hand_in(NOTICE, entries, ends_on, handing, by=by, on=on, at=at)
    for one in written:
        account = one.placement.person.account
        if account is not None and not one.is_quiet:
            title = say("%(unit)s的告知单", unit=one.placement.home_unit.name)
            path = reverse("daily_work:notice_detail", args=[one.pk])
            send_notice([account], title=title, at=at, path=path)
    if written:
        bring_up_to_date(on=on, duties=[LOGISTICS, CONTACT], subjects=[one.placement for one in written])
    return len(written)


@transaction.atomic
def _hand_in(
    cycle: Cycle,
    entries: Sequence[Entry],
    ends_on: dt.date,
    handing: HandingIn,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> list[CycleRecord]:
    if not entries:
        raise NothingHandedInError(_("没有可以报送的内容。请至少填写一人。"))
    placements = _locked([one.placement for one in entries])
    for placement in placements.values():
        require(may_hand_in(by, placement, cycle), _("只有本单位或主办组织部门可以报送。"))
    desk = Desk(cycle, list(placements.values()), ends_on)
    _refuse_faults(desk, entries, on)
    known = known_of(desk, on) if cycle is REPORT else {}
    written = [
        _write(desk, entry, handing, known, by=by, at=at, placement=placements[entry.placement.pk])
        for entry in entries
        if not desk.is_known(entry)
    ]
    told_of = [one.placement for one in written]
    owe_for_periods(
        [
            owed_for(cycle, one, Call(period, cycle.rhythm.due_on(one, period), period.ends_on))
            for one in told_of
            if desk.latest(one) is None and (period := desk.periods[one.pk])
        ],
        met_on=on,
    )
    meet_for_period(cycle.kind, told_of, ends_on, on=on)
    return written


def _locked(placements: Sequence[Placement]) -> dict[int, Placement]:
    """The placements, locked so that nobody hands in about them meanwhile, with the names that are needed."""
    keys = [one.pk for one in placements]
    list(Placement.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    rows = with_names(Placement.objects.filter(pk__in=keys)).select_related("person__account")
    return {one.pk: one for one in rows}


def _refuse_faults(desk: Desk, entries: Sequence[Entry], on: dt.date) -> None:
    reasons = [
        labelled(entry.placement.person.name, told(one))
        for entry in entries
        for one in desk.faults(entry, on)
    ]
    if reasons:
        words = labelled(_("有内容不能报送，一行也没有写入"), joined_sentences(reasons[:MOST_SAID]))
        raise RefusedRowsError(words, reasons=reasons)


def _write(
    desk: Desk,
    entry: Entry,
    handing: HandingIn,
    known: Mapping[int, Sentence],
    *,
    by: User,
    at: dt.datetime,
    placement: Placement,
) -> CycleRecord:
    """A new record; the one it replaces stays, no longer current."""
    target = desk.target(entry)
    if entry.seen is not None and entry.seen != (target.pk if target else 0):
        raise StaleObjectError(
            _("页面打开后，%(name)s的这一期已由他人报送。请刷新页面，核对后再报送。")
            % {"name": placement.person.name}
        )
    cycle = desk.cycle
    if target is not None and not type(target)._default_manager.filter(  # noqa: SLF001 -- Django's documented name
        pk=target.pk, is_current=True
    ).update(is_current=False):
        raise AlreadyReplacedError(_("这一条已被更正过。请打开最新的一条再更正。"))
    period = desk.periods[placement.pk]
    kept: dict[str, Any] = {
        "placement": placement,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "replaces": target,
        "source": handing.source(is_own=is_own_office(by, placement, cycle)),
        "clerk": handing.clerk,
        "handed_in_by": by,
        "handed_in_at": at,
    }
    if placement.pk in known:
        kept["known"] = known[placement.pk]
    row = cycle.model(**kept, **entry.content.values)
    row.save()
    act = "correct" if target is not None else "give" if cycle.model is HomeNotice else "hand_in"
    details = {"until": f"{period.last_day}", "source": row.source}
    record(f"{cycle.kind}.{act}", row, by=by, at=at, details=details)
    return row
