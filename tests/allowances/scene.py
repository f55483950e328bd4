"""The county of the tests of leave, with what its programme pays, and a clerk of the home unit."""

import datetime as dt

from tests.leave.scene import AT, ON, Scene
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.allowances.models import PayList
from secondment.allowances.services import issue_list
from secondment.obligations.periods import Period, period_of
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

__all__ = ["AT", "ON", "PARAMETERS", "clerk_of", "fresh", "issued", "month", "quarter", "rule"]


def rule(kind: str, unit: str, amount_fen: int, payer: str = "home", **others: object) -> dict[str, object]:
    return {
        "kind": kind,
        "unit": unit,
        "amount_fen": amount_fen,
        "payer": payer,
        "basis": "示例文件",
        **others,
    }


LIVING = rule("living", "day", 10000)
TRIPS = rule("transport", "trip", 8000, limit=4)
TOWNSHIP = rule("township", "month", 30000, limit=10)
PARAMETERS = {"allowances": [LIVING, TRIPS, TOWNSHIP]}


def clerk_of(scene: Scene) -> User:
    return make_user(Role.HOME_UNIT, scene.home, name="派出单位")


def fresh(placement: Placement) -> Placement:
    """As pages read it."""
    return with_names(Placement.objects.filter(pk=placement.pk)).get()


def month(text: str) -> Period:
    return period_of(dt.date.fromisoformat(f"{text}-01"), 1)


def quarter(text: str) -> Period:
    return period_of(dt.date.fromisoformat(f"{text}-01"), 3)


def issued(scene: Scene, period: Period, by: User, on: dt.date = ON) -> PayList:
    return issue_list(scene.home, period, by=by, on=on, at=AT)[0]
