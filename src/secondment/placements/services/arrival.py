"""Report for duty (form F5): the secondee confirms, the host unit gives the receipt and divides the work."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.lapses import refuse_lapsed
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.placements.choices import UNDER_WAY, PlacementState
from secondment.placements.models import Placement
from secondment.placements.parameters import duties_within_days, mentors
from secondment.placements.rules import (
    may_confirm_report,
    require_may_record_arrival,
)
from secondment.placements.services.errors import FutureDateError, MentorMissingError, ReportDateError
from secondment.placements.services.holding import lapses_of
from secondment.placements.services.moving import locked, move, note_down, refuse_state
from secondment.placements.services.notifying import (
    has_arrived,
    has_duties,
    has_reported,
    notify_home,
    notify_host,
    notify_secondee,
    owe_duties,
)


@dataclass(frozen=True)
class Arrival:
    """The receipt: when the person reported, what they do, who looks after them, and what is arranged."""

    reported_on: dt.date
    duties: str = ""
    contact_leader: str = ""
    mentor: str = ""
    party_branch: str = ""
    lodging_arranged: bool = False
    insurance_number: str = ""


@transaction.atomic
def record_arrival(
    placement: Placement,
    arrival: Arrival,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
) -> Placement:
    """Give or complete the receipt; the first one puts the person in post."""
    row = locked(placement, version=version)
    require_may_record_arrival(by, row)
    if row.state not in UNDER_WAY:
        refuse_state(row)
    _check_day(row, arrival.reported_on, on)
    if mentors(row) and not (arrival.mentor.strip() or row.post.mentor):
        raise MentorMissingError(
            _("本项目要求明确带教导师。请填写带教导师。"), basis=row.programme_version.programme.name
        )
    changed = [name for name, value in asdict(arrival).items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, getattr(arrival, name))
    if row.state == PlacementState.APPOINTED:
        row = _start(row, by=by, on=on, at=at)
    row.save()
    note_down("record_arrival", row, by=by, at=at, details={"changed": changed})
    _follow_duties(row, on=on)
    if "duties" in changed and row.duties:
        notify_secondee(row, say("%(unit)s已明确你的分工", unit=row.host_unit.name), body=row.duties, at=at)
    return row


@transaction.atomic
def divide_work(
    placement: Placement,
    duties: str,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
) -> Placement:
    """Write the division of work alone, before the receipt or after it."""
    row = locked(placement, version=version)
    require_may_record_arrival(by, row)
    if row.state not in UNDER_WAY:
        refuse_state(row)
    row.duties = duties
    row.save()
    note_down("record_arrival", row, by=by, at=at, details={"changed": ["duties"]})
    if row.state == PlacementState.IN_POST:
        _follow_duties(row, on=on)
    notify_secondee(row, say("%(unit)s已明确你的分工", unit=row.host_unit.name), body=row.duties, at=at)
    return row


@transaction.atomic
def start_placement(
    placement: Placement, *, reported_on: dt.date, by: User, on: dt.date, at: dt.datetime
) -> Placement:
    """Put the person in post on a report for duty alone; the rest of the receipt follows."""
    row = locked(placement)
    require_may_record_arrival(by, row)
    _check_day(row, reported_on, on)
    row.reported_on = reported_on
    row = _start(row, by=by, on=on, at=at)
    row.save()
    _follow_duties(row, on=on)
    return row


@transaction.atomic
def confirm_report(placement: Placement, *, by: User, on: dt.date, at: dt.datetime) -> Placement:
    """The secondee confirms that they have reported; the host unit's receipt is still owed."""
    row = locked(placement)
    require(may_confirm_report(by, row), _("只有本人可以确认报到。"))
    if row.state != PlacementState.APPOINTED or row.reported_on is not None:
        refuse_state(row)
    _check_day(row, on, on)
    refuse_lapsed(lapses_of([row]))
    row.reported_on = on
    row.save()
    note_down("confirm_report", row, by=by, at=at, details={"reported_on": f"{on}"})
    has_reported(row, on=on)
    notify_host(row, say("%(person)s同志已确认报到，请填写报到回执", person=row.person.name), at=at)
    return row


def _start(row: Placement, *, by: User, on: dt.date, at: dt.datetime) -> Placement:
    move(row, "start_placement")
    refuse_lapsed(lapses_of([row]))
    note_down("start_placement", row, by=by, at=at, details={"reported_on": f"{row.reported_on}"})
    has_arrived(row, on=on)
    notify_home(
        row, say("%(person)s同志已到%(unit)s报到", person=row.person.name, unit=row.host_unit.name), at=at
    )
    return row


def _check_day(row: Placement, reported_on: dt.date, on: dt.date) -> None:
    if reported_on > on:
        raise FutureDateError(_("报到日期不能晚于今天。请在本人报到后填写。"))
    first = max(row.starts_on, row.notice_on or row.starts_on)
    if not first <= reported_on <= row.last_day:
        raise ReportDateError(
            _(
                "报到日期应在%(first)s至%(last)s之间：不早于挂职开始和通知印发日期，不晚于挂职结束日期。请核对。"
            )
            % {"first": first, "last": row.last_day}
        )


def _follow_duties(row: Placement, *, on: dt.date) -> None:
    """Division of work is owed from the report for duty until it is written down."""
    if row.duties:
        has_duties(row, on=on)
    else:
        days = duties_within_days(row)
        owe_duties(row, (row.reported_on or on) + dt.timedelta(days=days))
