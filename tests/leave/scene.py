"""A county with an organisation department, a township and a village, and one person in post for two years."""

import datetime as dt
from dataclasses import dataclass

from tests.makers import (
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.leave.choices import LeaveType
from secondment.leave.drafts import Draft
from secondment.leave.models import LeaveRequest
from secondment.leave.queries import current_step
from secondment.leave.services import ask_for_leave, decide, register_return
from secondment.leave.spans import HalfDay, Span
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.units.choices import UnitKind
from secondment.units.models import Unit

AT = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 2)
"""A Monday; the calendar of 2026 is announced, that of 2027 is not."""
STARTS_ON, ENDS_ON = dt.date(2026, 1, 5), dt.date(2028, 1, 5)
LEVELS = [
    {"up_to_days": 3, "approver": "乡镇党委书记", "chain": "host"},
    {"up_to_days": None, "approver": "乡镇党委书记和县委组织部", "chain": "host_local"},
]


@dataclass
class Scene:
    root: Unit
    county: Unit
    department: Unit
    township: Unit
    village: Unit
    home: Unit
    owner: User
    local: User
    host: User
    person: User
    placement: Placement

    def draft(self, first: str, last: str = "", **fields) -> Draft:
        """Whole days of annual leave, unless said otherwise; “2026-11-03pm” begins or ends at noon."""
        fields.setdefault("type", LeaveType.ANNUAL)
        placement = fields.pop("placement", self.placement)
        return Draft(placement, span=span(first, last), **fields)

    def ask(
        self, first: str, last: str = "", *, by: User | None = None, on: dt.date = ON, **fields
    ) -> LeaveRequest:
        draft = self.draft(first, last, **fields)
        return ask_for_leave(draft, by=by or self.person, on=on, at=AT).request

    def grant(self, request: LeaveRequest, on: dt.date = ON) -> LeaveRequest:
        """Every step grants."""
        while (step := current_step(request)) is not None:
            by = self.host if step.role == Role.HOST_UNIT else self.local
            request = decide(step, grants=True, by=by, on=on, at=AT)
        return request

    def granted(self, first: str, last: str = "", *, on: dt.date = ON, **fields) -> LeaveRequest:
        return self.grant(self.ask(first, last, on=on, **fields), on)

    def back(self, request: LeaveRequest, day: str, on: dt.date | None = None) -> LeaveRequest:
        """Back since this half-day, written down on that day."""
        moment = when(day)
        return register_return(request, back=moment, by=self.host, on=on or moment.day, at=AT)


def when(text: str, *, pm: bool = False) -> HalfDay:
    day = dt.date.fromisoformat(text[:10])
    return HalfDay(day, {"am": False, "pm": True}.get(text[10:], pm))


def span(first: str, last: str = "") -> Span:
    return Span(when(first), when(last or first[:10], pm=True).after(1))


def make_scene(parameters: dict | None = None, **fields) -> Scene:
    root = make_unit("示例市委", kind=UnitKind.PARTY_ORGAN)
    county = make_unit("示例县", root, kind=UnitKind.REGION)
    department = make_unit("示例县委组织部", county, kind=UnitKind.ORGANISATION_DEPARTMENT)
    township = make_unit("示例镇", county, kind=UnitKind.TOWNSHIP)
    village = make_unit("示例村", township, kind=UnitKind.VILLAGE)
    home = make_unit("示例厅", root)
    person = make_user(Role.SECONDEE, home, name="张三")
    version = make_programme_version({"leave_levels": LEVELS, **(parameters or {})})
    campaign = make_campaign(root, programme_version=version)
    values = {"starts_on": STARTS_ON, "ends_on": ENDS_ON, "state": PlacementState.IN_POST, **fields}
    placement = make_placement(
        campaign, make_person(home, account=person, name="张三"), make_post(village), **values
    )
    return Scene(
        root=root,
        county=county,
        department=department,
        township=township,
        village=village,
        home=home,
        owner=make_user(Role.ORGANISATION_DEPARTMENT, root, name="市委组织部"),
        local=make_user(Role.ORGANISATION_DEPARTMENT, department, name="县委组织部"),
        host=make_user(Role.HOST_UNIT, township, name="镇党委书记"),
        person=person,
        placement=placement,
    )
