"""Leave: asked for by the person or a clerk, decided by host unit and organisation department, never by the person."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.leave.choices import LeaveState, Source, StepState
from secondment.leave.models import LeaveRequest, LeaveStep, StandIn
from secondment.placements.choices import PlacementState
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
CLERKS = OWNER | {Role.HOST_UNIT}
OFFICES = CLERKS | {Role.HOME_UNIT, Role.LEADER, Role.INSPECTOR}
READERS = OFFICES | {Role.SECONDEE}


def in_post(side: Side) -> None:
    """The one placement of the side is under way, long enough for a leave in 2027."""
    placement = side.placement
    placement.state, placement.starts_on, placement.ends_on = (
        PlacementState.IN_POST,
        dt.date(2026, 1, 1),
        dt.date(2029, 1, 1),
    )
    placement.save()


def leave(side: Side, state: LeaveState = LeaveState.ASKED, **fields: object) -> LeaveRequest:
    """A leave of the side, first decided by its host unit."""
    in_post(side)
    row = LeaveRequest(
        placement=side.placement,
        type="personal",
        starts_on=dt.date(2026, 3, 2),
        ends_on=dt.date(2026, 3, 3),
        half_days=2,
        state=state,
        level="接收单位",
        asked_by=make_user(),
        asked_at=AT,
        **fields,
    )
    row.set_reason("示例")
    row.save()
    waits = StepState.WAITING if state == LeaveState.ASKED else StepState.GRANTED
    LeaveStep.objects.create(request=row, position=1, unit=side.host_unit, role=Role.HOST_UNIT, state=waits)
    return row


def one(side: Side) -> dict[str, int]:
    return {"pk": leave(side).pk}


def typed_by_a_clerk(side: Side) -> dict[str, int]:
    return {"pk": leave(side, source=Source.CLERK).pk}


def granted(side: Side) -> dict[str, int]:
    return {"pk": leave(side, LeaveState.GRANTED).pk}


def returned(side: Side) -> dict[str, int]:
    return {"pk": leave(side, LeaveState.RETURNED, back_on=dt.date(2026, 3, 5)).pk}


def back_in_time(side: Side) -> dict[str, int]:
    return {"pk": leave(side, LeaveState.RETURNED, back_on=dt.date(2026, 3, 3)).pk}


def long_overdue(side: Side) -> dict[str, int]:
    return {"pk": leave(side, LeaveState.RETURNED, back_on=dt.date(2026, 5, 1)).placement_id}


def step(side: Side) -> dict[str, int]:
    row = leave(side)
    return {"pk": row.pk, "step": row.steps.get().pk}


def placement(side: Side) -> dict[str, int]:
    in_post(side)
    return {"pk": side.placement.pk}


def stand_in(side: Side) -> dict[str, int]:
    row = StandIn.objects.create(
        unit=side.host_unit,
        role=Role.HOST_UNIT,
        deputy=make_user(),
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2027, 1, 1),
        named_by=make_user(),
        named_at=AT,
    )
    return {"pk": row.pk}


ROWS = {
    "leave:leave_list": Row(READERS),
    "leave:month": Row(OFFICES),
    "leave:leave_detail": Row(READERS, one),
    "leave:leave_form": Row(CLERKS | {Role.HOME_UNIT, Role.SECONDEE}, one),
    "leave:leave_reason": Row(CLERKS | {Role.HOME_UNIT, Role.SECONDEE}, one, method="post"),
    "leave:leave_decide": Row(
        frozenset({Role.HOST_UNIT}), step, method="post", data=lambda _side: {"answer": "grant"}
    ),
    "leave:leave_withdraw": Row(CLERKS | {Role.SECONDEE}, typed_by_a_clerk, method="post"),
    "leave:leave_cancel": Row(CLERKS, granted, method="post", data=lambda _side: {"words": "会议改期"}),
    "leave:leave_return": Row(
        CLERKS | {Role.SECONDEE},
        granted,
        method="post",
        data=lambda _side: {"back_on": "2026-03-03", "back_half": "am"},
    ),
    "leave:leave_undo_return": Row(CLERKS | {Role.SECONDEE}, back_in_time, method="post"),
    "leave:leave_excuse": Row(CLERKS, returned, method="post", data=lambda _side: {"words": "突发疾病"}),
    "leave:placement_leave": Row(READERS, placement),
    "leave:leave_review": Row(
        OWNER,
        long_overdue,
        method="post",
        data=lambda _side: {"alert": "running", "year": "2026", "words": "已核实"},
    ),
    "leave:leave_new": Row(frozenset()),
    "leave:stand_in_list": Row(CLERKS),
    "leave:stand_in_accept": Row(frozenset(), stand_in, method="post"),
    "leave:stand_in_end": Row(CLERKS - OWNER, stand_in, method="post"),
    "leave:leave_sheet": Row(CLERKS),
    "leave:leave_import": Row(CLERKS),
    "leave:leave_import_review": Row(frozenset(), somebodys_file),
    "leave:leave_import_aside": Row(frozenset(), somebodys_file, "post"),
    "leave:leave_import_faults": Row(frozenset(), somebodys_file),
    "leave:leave_import_confirm": Row(frozenset(), somebodys_file, "post"),
}
