"""Trainings and meetings for tests."""

import datetime as dt

from tests.talks.scene import AT, ON, Scene

from secondment.accounts.models import User
from secondment.talks import services
from secondment.talks.gathering_drafts import NewGathering
from secondment.talks.models import Gathering, Invitation

DAY = dt.date(2026, 11, 20)


def new(**fields) -> NewGathering:
    values = {
        "kind": "meeting",
        "title": "半年座谈",
        "starts_on": DAY,
        "last_day": fields.get("starts_on", DAY),
        "place": "县委党校",
        **fields,
    }
    return NewGathering(**values)


def planned(scene: Scene, *people, by: User | None = None, **fields) -> Gathering:
    """Of the county's department, with these people on the list."""
    values = {"unit": scene.department, "side": "department", "on": ON, "at": AT}
    values |= {key: fields.pop(key) for key in ("unit", "side") if key in fields}
    made = services.plan_gathering(new(**fields), by=by or scene.local, **values)
    if people:
        services.invite(made, people, by=by or scene.local, at=AT)
    return fresh(made)


def sent(scene: Scene, *people, **fields) -> Gathering:
    made = planned(scene, *people, **fields)
    services.send_gathering(made, by=scene.local, on=ON, at=AT)
    return fresh(made)


def fresh(made: Gathering) -> Gathering:
    return Gathering.objects.select_related("unit").get(pk=made.pk)


def invited(made: Gathering, placement) -> Invitation:
    return made.invitations.get(placement=placement)


def closed(scene: Scene, made: Gathering, absences=None, *, on: dt.date = DAY, **fields) -> int:
    values = {"version": fresh(made).version, "by": scene.local, **fields}
    return services.record_attendance(made, absences or {}, on=on, at=AT, **values)
