"""Talks: recorded by offices, seen by both sides and the person, closed by the office that sees to an item."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.placements.choices import PlacementState
from secondment.talks.models import FollowUp, Gathering, Invitation, Suggestion, Talk, TalkPerson
from secondment.talks.services import keep_material
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
OFFICES = OWNER | {Role.HOST_UNIT, Role.HOME_UNIT}
READERS = OFFICES | {Role.LEADER, Role.INSPECTOR, Role.SECONDEE}
CHANGERS = OWNER | {Role.HOST_UNIT}


def talk(side: Side) -> Talk:
    """A talk of the host unit with the one person of the side."""
    placement = side.placement
    placement.state, placement.starts_on, placement.ends_on = (
        PlacementState.IN_POST,
        dt.date(2026, 1, 1),
        dt.date(2029, 1, 1),
    )
    placement.save()
    row = Talk(
        held_on=dt.date(2026, 3, 2),
        kind="heart",
        side="host",
        unit=side.host_unit,
        talker="书记",
        recorded_by=make_user(),
        recorded_at=AT,
    )
    row.set_points("points")
    row.save()
    TalkPerson.objects.create(talk=row, placement=placement)
    return row


def one(side: Side) -> dict[str, int]:
    return {"pk": talk(side).pk}


def item(side: Side, **fields: object) -> dict[str, int]:
    row = FollowUp.objects.create(
        talk=talk(side),
        placement=side.placement,
        text="协调专家",
        unit=side.host_unit,
        role=Role.HOST_UNIT,
        due_on=dt.date(2026, 4, 1),
        **fields,
    )
    return {"pk": row.pk}


def closed_item(side: Side) -> dict[str, int]:
    return item(side, state="done", closed_on=dt.date(2026, 3, 20))


def letter(side: Side) -> dict[str, int]:
    """A letter to the host unit of the side."""
    row = Suggestion(
        category="burden",
        unit=side.host_unit,
        role=Role.HOST_UNIT,
        sent_by=make_user(),
        received_on=dt.date(2026, 3, 2),
        due_on=dt.date(2026, 3, 20),
    )
    row.set_text("too many tables")
    row.save()
    return {"pk": row.pk}


def gathering(side: Side, **fields: object) -> dict[str, int]:
    """Of the organisation department of the side, with its one person told."""
    values = {"state": "sent", "sent_at": AT, "starts_on": dt.date(2026, 3, 2), **fields}
    placement = side.placement
    placement.state, placement.starts_on, placement.ends_on = (
        PlacementState.IN_POST,
        dt.date(2026, 1, 1),
        dt.date(2029, 1, 1),
    )
    placement.save()
    row = Gathering.objects.create(
        kind="meeting",
        title="meeting",
        ends_on=dt.date(2026, 3, 3),
        place="hall",
        side="department",
        unit=side.root,
        planned_by=make_user(),
        **values,
    )
    Invitation.objects.create(gathering=row, placement=placement, told_at=AT)
    return {"pk": row.pk}


def draft(side: Side) -> dict[str, int]:
    return gathering(side, state="planned", sent_at=None)


def off(side: Side) -> dict[str, int]:
    return gathering(side, state="cancelled")


def held(side: Side) -> dict[str, int]:
    return gathering(side, state="held")


def material(side: Side) -> dict[str, int]:
    key = gathering(side)["pk"]
    owner = make_user(Role.ORGANISATION_DEPARTMENT, side.root)
    kept = keep_material(Gathering.objects.get(pk=key), "a.pdf", b"%PDF", "application/pdf", by=owner, at=AT)
    return {"pk": kept.pk}


ROWS = {
    "talks:gathering_list": Row(READERS),
    "talks:gathering_new": Row(OFFICES),
    "talks:gathering_detail": Row(READERS, gathering),
    "talks:gathering_change": Row(OWNER, gathering),
    "talks:gathering_send": Row(OWNER, draft, "post"),
    "talks:gathering_cancel": Row(OWNER, gathering, "post", lambda _side: {"words": "flood"}),
    "talks:gathering_reinstate": Row(OWNER, off, "post"),
    "talks:people_choose": Row(OWNER, gathering),
    "talks:people_add": Row(OWNER, gathering, "post", lambda side: {"selected": side.placement.pk}),
    "talks:people_remove": Row(OWNER, gathering, "post", lambda _side: {"selected": "1"}),
    "talks:attendance": Row(OWNER, gathering),
    "talks:attendance_reopen": Row(OWNER, held, "post"),
    "talks:material_keep": Row(OWNER, gathering, "post"),
    "talks:material_read": Row(READERS, material),
    "talks:material_drop": Row(OWNER, material, "post"),
    "talks:talk_list": Row(READERS),
    "talks:item_list": Row(READERS),
    "talks:talk_new": Row(OFFICES),
    "talks:talk_detail": Row(READERS, one),
    "talks:talk_form": Row(READERS, one),
    "talks:talk_withdraw": Row(CHANGERS, one, method="post", data=lambda _side: {"words": "人员选错"}),
    "talks:item_add": Row(
        CHANGERS,
        one,
        method="post",
        data=lambda _side: {"text": "事项", "placement": "", "owner": "own", "due_on": "2026-04-01"},
    ),
    "talks:item_close": Row(CHANGERS, item, method="post", data=lambda _side: {"answer": "done"}),
    "talks:item_reopen": Row(CHANGERS, closed_item, method="post"),
    "talks:talk_sheet": Row(OFFICES),
    "talks:talk_import": Row(OFFICES),
    "talks:talk_import_review": Row(frozenset(), somebodys_file),
    "talks:talk_import_aside": Row(frozenset(), somebodys_file, "post"),
    "talks:talk_import_faults": Row(frozenset(), somebodys_file),
    "talks:talk_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "talks:suggestion_list": Row(READERS),
    "talks:suggestion_new": Row(READERS),
    "talks:suggestion_detail": Row(CHANGERS, letter),
    "talks:suggestion_answer": Row(CHANGERS, letter, method="post", data=lambda _side: {"text": "已合并"}),
    "talks:anonymous_new": Row(READERS),
    "talks:anonymous_answer": Row(READERS),
}
