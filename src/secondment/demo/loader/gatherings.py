"""Trainings and meetings of village secretaries: one before they went, some since, one to come, one called off; by bulk."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.audit.services import Entry
from secondment.common.days import ONE_DAY
from secondment.demo.loader.scene import Posted, Scene, at_hour
from secondment.talks.choices import GatheringKind, GatheringState, Side
from secondment.talks.models import Gathering, Invitation

BATCH = 500
DISTRICT = "110109"
ABSENT_SHARE = 0.03
REASONS = ("防汛值守", "请假", "镇里临时安排接待检查")
PLANNED, SENT, HELD, CANCELLED = GatheringState


@dataclass(frozen=True)
class Event:
    """What, when (days from the day of loading), where, how it stands, and whether the district organises it."""

    kind: GatheringKind
    title: str
    day: int
    n_days: int
    place: str
    state: GatheringState
    of_district: bool = True
    words: str = ""


BEFORE = Event(GatheringKind.BEFORE, "第一书记岗前培训班", 0, 2, "市委党校", HELD, of_district=False)
SINCE = (
    Event(GatheringKind.MEETING, "上半年挂职干部座谈会", -150, 1, "区委第一会议室", HELD),
    Event(GatheringKind.TRAINING, "乡村产业专题培训", -64, 1, "区农业农村局", HELD),
    Event(
        GatheringKind.MEETING,
        "精品民宿村现场交流",
        -33,
        1,
        "斋堂镇",
        CANCELLED,
        words="当天防汛备勤，另行安排",
    ),
    Event(GatheringKind.MEETING, "下半年挂职干部座谈会", 12, 1, "区委第一会议室", SENT),
    Event(GatheringKind.TRAINING, "年末经验交流会", 40, 1, "市委党校", PLANNED, of_district=False),
)


def load_gatherings(scene: Scene) -> None:
    """Everybody of the villages was trained before going; the district holds a meeting every half-year."""
    villages = [one for one in scene.people if one.placement.post.code.startswith("1101")]
    _load(scene, BEFORE, min(one.placement.starts_on for one in villages) - 5 * ONE_DAY, villages)
    ours = [one for one in villages if one.placement.post.code.startswith(DISTRICT)]
    for event in SINCE:
        _load(scene, event, scene.on + event.day * ONE_DAY, ours)


def _load(scene: Scene, event: Event, first: dt.date, people: Sequence[Posted]) -> None:
    by = scene.offices.accounts["district" if event.of_district else "org"]
    if by.unit is None:
        return
    planned_at = at_hour(min(first - 14 * ONE_DAY, scene.on - 2 * ONE_DAY), 10)
    sent_at = None if event.state == PLANNED else at_hour(planned_at.date() + ONE_DAY, 9)
    gathering = Gathering.objects.create(
        kind=event.kind,
        title=event.title,
        starts_on=first,
        ends_on=first + event.n_days * ONE_DAY,
        hours="上午9:00",
        place=event.place,
        contact="干部科 010-69800000",
        side=Side.DEPARTMENT,
        unit=by.unit,
        state=event.state,
        cancel_words=event.words,
        planned_by=by,
        sent_at=sent_at,
    )
    there = [one for one in people if event.kind == GatheringKind.BEFORE or _is_in_post(one, first)]
    rows = [_invitation(gathering, one, sent_at) for one in there]
    Invitation.objects.bulk_create(rows, batch_size=BATCH)
    _note(scene, gathering, by, planned_at, there, sum(bool(one.absence) for one in rows))


def _is_in_post(one: Posted, day: dt.date) -> bool:
    return one.placement.starts_on <= day < one.placement.ends_on


def _invitation(gathering: Gathering, one: Posted, sent_at: dt.datetime | None) -> Invitation:
    chance = one.chance(gathering.title)
    is_absent = gathering.state == HELD and chance.random() < ABSENT_SHARE
    has_account = one.placement.person.account is not None
    return Invitation(
        gathering=gathering,
        placement=one.placement,
        told_at=sent_at if has_account else None,
        absence=chance.choice(REASONS) if is_absent else "",
    )


def _note(
    scene: Scene, made: Gathering, by: User, at: dt.datetime, people: Sequence[Posted], n_absent: int
) -> None:
    """The events of what an office did with it."""
    names = [one.placement.person.name for one in people]

    def note(action: str, when: dt.datetime, **details: object) -> None:
        scene.trail.append(Entry(f"gathering.{action}", made, by, when, details))

    note("plan", at, day=f"{made.starts_on}")
    note("invite", at, people=names)
    if made.sent_at:
        missed = [one.placement.person.name for one in people if one.placement.person.account is None]
        note("send", made.sent_at, n=len(names) - len(missed), missed=missed)
    if made.state == CANCELLED:
        note("cancel", at_hour(made.starts_on - ONE_DAY, 16))
    if made.state == HELD:
        note("attend", at_hour(made.last_day, 17), people=len(names), absent=n_absent)
