"""Who owes and learns what about placements. Stored texts are Chinese, whatever the language of who acts."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.accounts.queries import accounts_of
from secondment.notices.services import send_notice
from secondment.obligations.services import Owed, meet, owe, waive
from secondment.placements.models import Placement

ARRIVAL = "placement.arrival_receipt"
DUTIES = "placement.division_of_work"
REPORT = "placement.report_for_duty"
LEFT = "placement.person_left"


def owe_arrival(placement: Placement, due_on: dt.date) -> None:
    """The host unit owes the receipt; a secondee with an account owes the report for duty."""
    owner = placement.campaign.owner_unit.name
    name = placement.person.name
    page = reverse("placements:placement_detail", args=[placement.pk])
    arrival = reverse("placements:arrival_record", args=[placement.pk])
    title = f"填写{name}同志的报到回执"
    owe(placement, Owed(ARRIVAL, title, placement.host_unit, Role.HOST_UNIT, owner, due_on, arrival))
    if placement.person.account is not None:
        owe(
            placement,
            Owed(
                REPORT,
                f"到{placement.host_unit.name}报到",
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
    title = f"明确{placement.person.name}同志的分工"
    owner = placement.campaign.owner_unit.name
    owe(placement, Owed(DUTIES, title, placement.host_unit, Role.HOST_UNIT, owner, due_on, path))


def owe_decision(placement: Placement, *, on: dt.date) -> None:
    """The person can be sent no longer: whoever runs the campaign owes a decision about the placement."""
    state = placement.person.get_state_display()
    title = f"{placement.person.name}同志{state}，处理其在{placement.host_unit.name}的挂职（{placement.post.title}）"
    owner = placement.campaign.owner_unit
    page = _page(placement)
    owe(placement, Owed(LEFT, title[:200], owner, Role.ORGANISATION_DEPARTMENT, owner.name, on, page))


def owe_no_decision(placement: Placement, *, on: dt.date) -> None:
    """The person is in service again."""
    waive(placement, LEFT, on=on)


def has_arrived(placement: Placement, *, on: dt.date) -> None:
    """Nobody owes the arrival any longer."""
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
    for kind in (ARRIVAL, REPORT, DUTIES, LEFT):
        waive(placement, kind, on=on)


def tell_of_notices(placements: Sequence[Placement], *, at: dt.datetime) -> None:
    """One message to each unit however many of its people are named, and one to each secondee."""
    sides = ((Role.HOME_UNIT, "home_unit", "你单位派出"), (Role.HOST_UNIT, "host_unit", "你单位接收"))
    for role, field, lead in sides:
        in_order = sorted(placements, key=lambda one: getattr(one, field).pk)
        for unit, found in groupby(in_order, key=lambda one: getattr(one, field)):
            names = [one.person.name for one in found]
            title = f"{lead}的 {len(names)} 名挂职干部已印发挂职通知"
            path = reverse("placements:placement_list")
            send_notice(accounts_of([unit], role), title=title, body="、".join(names), path=path, at=at)
    for placement in placements:
        tell_secondee(placement, f"挂职通知已印发：{placement.host_unit.name} {placement.post.title}", at=at)


def tell_secondee(placement: Placement, title: str, *, at: dt.datetime, body: str = "") -> None:
    """A message to the secondee who has an account."""
    account = placement.person.account
    path = reverse("placements:my_placement")
    send_notice([account] if account else [], title=title[:120], body=body, path=path, at=at)


def tell_host(placement: Placement, title: str, *, at: dt.datetime, body: str = "") -> None:
    """A message to the host unit."""
    recipients = accounts_of([placement.host_unit], Role.HOST_UNIT)
    send_notice(recipients, title=title[:120], body=body, path=_page(placement), at=at)


def tell_home(placement: Placement, title: str, *, at: dt.datetime, body: str = "") -> None:
    """A message to the home unit."""
    recipients = accounts_of([placement.home_unit], Role.HOME_UNIT)
    send_notice(recipients, title=title[:120], body=body, path=_page(placement), at=at)


def _page(placement: Placement) -> str:
    return reverse("placements:placement_detail", args=[placement.pk])
