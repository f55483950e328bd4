"""Obligations and messages about placements."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.accounts.queries import accounts_of
from secondment.common.sentences import counted, say, say_label
from secondment.notices.services import send_notice
from secondment.obligations.queries import open_of_kind
from secondment.obligations.services import Owed, meet, owe, owe_again, waive
from secondment.placements.models import Placement

ARRIVAL = "placement.arrival_receipt"
DUTIES = "placement.division_of_work"
REPORT = "placement.report_for_duty"
LEFT = "placement.person_left"
OF_PLACEMENT = (ARRIVAL, REPORT, DUTIES, LEFT)


def owe_arrival(placement: Placement, due_on: dt.date) -> None:
    """The host unit owes the receipt; a secondee with an account owes the report for duty."""
    owner = placement.owner_unit.name
    name = placement.person.name
    page = reverse("placements:placement_detail", args=[placement.pk])
    arrival = reverse("placements:arrival_record", args=[placement.pk])
    title = say("填写%(person)s同志的报到回执", person=name)
    owe(placement, Owed(ARRIVAL, title, placement.host_unit, Role.HOST_UNIT, owner, due_on, arrival))
    if placement.person.account is not None:
        owe(
            placement,
            Owed(
                REPORT,
                say("到%(unit)s报到", unit=placement.host_unit.name),
                placement.home_unit,
                Role.SECONDEE,
                placement.host_unit.name,
                placement.report_by or due_on,
                page,
                account=placement.person.account,
            ),
        )


def owe_duties(placement: Placement, due_on: dt.date) -> None:
    """The host unit owes the division of work."""
    path = reverse("placements:arrival_record", args=[placement.pk])
    title = say("明确%(person)s同志的分工", person=placement.person.name)
    owner = placement.owner_unit.name
    owe(placement, Owed(DUTIES, title, placement.host_unit, Role.HOST_UNIT, owner, due_on, path))


def owe_decision(placement: Placement, *, on: dt.date) -> None:
    """The person can no longer be sent: the campaign's organisation department owes a decision about the placement."""
    title = say(
        "%(person)s同志%(state)s，处理其在%(unit)s的挂职（%(post)s）",
        person=placement.person.name,
        state=say_label(placement.person.get_state_display()),
        unit=placement.host_unit.name,
        post=placement.post.title,
    )
    owner = placement.owner_unit
    page = _page(placement)
    owe(placement, Owed(LEFT, title, owner, Role.ORGANISATION_DEPARTMENT, owner.name, on, page))


def owe_no_decision(placement: Placement, *, on: dt.date) -> None:
    """The person is in service again."""
    waive(placement, LEFT, on=on)


def has_arrived(placement: Placement, *, on: dt.date) -> None:
    """The arrival is no longer owed."""
    meet(placement, ARRIVAL, on=on)
    meet(placement, REPORT, on=on)


def has_reported(placement: Placement, *, on: dt.date) -> None:
    """The secondee owes the report no longer."""
    meet(placement, REPORT, on=on)


def has_duties(placement: Placement, *, on: dt.date) -> None:
    """The host unit owes the division of work no longer."""
    meet(placement, DUTIES, on=on)


def owe_nothing(placement: Placement, *, on: dt.date) -> None:
    """A cancelled placement leaves no to-do behind."""
    for kind in OF_PLACEMENT:
        waive(placement, kind, on=on)


def owe_nothing_of(placements: Sequence[Placement], *, on: dt.date) -> None:
    """The same of many: asks only once for each kind."""
    by_key = {str(one.pk): one for one in placements}
    for kind in OF_PLACEMENT:
        for owed in open_of_kind(kind, Placement, [one.pk for one in placements]):
            waive(by_key[owed.subject_id], kind, on=on)


def owe_as_before(placement: Placement) -> None:
    """The end is taken back: what was no longer owed because of it is owed again."""
    owe_again(placement, OF_PLACEMENT, waived_on=placement.closed_on)


def notify_of_notices(placements: Sequence[Placement], *, at: dt.datetime) -> None:
    """One message to each unit however many of its people are named, and one to each secondee."""
    for role, field in ((Role.HOME_UNIT, "home_unit"), (Role.HOST_UNIT, "host_unit")):
        in_order = sorted(placements, key=lambda one: getattr(one, field).pk)
        for unit, found in groupby(in_order, key=lambda one: getattr(one, field)):
            names = [one.person.name for one in found]
            title = (
                counted("你单位派出的 %(n)d 名挂职干部已印发挂职通知", len(names))
                if role == Role.HOME_UNIT
                else counted("你单位接收的 %(n)d 名挂职干部已印发挂职通知", len(names))
            )
            path = reverse("placements:placement_list")
            send_notice(
                accounts_of([unit], role), title=title, body=say("%(names)s", names=names), path=path, at=at
            )
    for placement in placements:
        unit, post = placement.host_unit.name, placement.post.title
        notify_secondee(placement, say("挂职通知已印发：%(unit)s %(post)s", unit=unit, post=post), at=at)


def notify_secondee(placement: Placement, title: str, *, at: dt.datetime, body: str = "") -> None:
    """A message to the secondee who has an account."""
    account = placement.person.account
    path = reverse("placements:my_placement")
    send_notice([account] if account else [], title=title, body=body, path=path, at=at)


def notify_host(placement: Placement, title: str, *, at: dt.datetime, body: str = "") -> None:
    """A message to the host unit."""
    recipients = accounts_of([placement.host_unit], Role.HOST_UNIT)
    send_notice(recipients, title=title, body=body, path=_page(placement), at=at)


def notify_home(placement: Placement, title: str, *, at: dt.datetime, body: str = "") -> None:
    """A message to the home unit."""
    recipients = accounts_of([placement.home_unit], Role.HOME_UNIT)
    send_notice(recipients, title=title, body=body, path=_page(placement), at=at)


def _page(placement: Placement) -> str:
    return reverse("placements:placement_detail", args=[placement.pk])
