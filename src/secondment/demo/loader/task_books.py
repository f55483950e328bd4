"""Task books of everyone who is or was in post, with the cases that offices ask about, by bulk."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from secondment.accounts.models import User
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.task_books.choices import BookState, OutcomeKind, Proposer, TaskField, TaskKind
from secondment.task_books.models import (
    DivisionOfWork,
    RecusalDeclaration,
    Task,
    TaskBook,
    TaskOutcome,
)

BATCH = 500
CASES = 12
ONLY_ASSISTING, LATE, ALL_ACCEPTED, CHANGED, NO_BOOK, TO_BE_SIGNED, OWN_INITIATIVE, ONLY_ADVISING = range(
    1, 9
)
"""Every so many placements one of each: told by the number of the placement."""
WAY = "查台账、看现场，由乡镇分管领导验收"
TASKS: tuple[tuple[str, str, str, int], ...] = (
    ("整顿党组织", "完成支部换届，规范“三会一课”，发展党员2名", TaskField.PARTY, 30),
    ("改善饮水", "改造饮水管网3公里，通水到户", TaskField.LIVELIHOOD, 25),
    ("精准帮扶", "联系低收入户12户，户均年增收2000元", TaskField.AID, 25),
    ("发展产业", "引进食用菌大棚20座，带动就业30人", TaskField.OTHER, 20),
)


@dataclass
class Rows:
    """What is to be written."""

    books: list[TaskBook] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    outcomes: list[TaskOutcome] = field(default_factory=list)
    divisions: list[DivisionOfWork] = field(default_factory=list)
    declarations: list[RecusalDeclaration] = field(default_factory=list)


def load_task_books(*, by: User, on: dt.date, at: dt.datetime) -> None:
    """A task book for each placement in post or ended, but for those who are the case without one."""
    rows = Rows()
    states = (PlacementState.IN_POST, PlacementState.ENDED)
    for one in Placement.objects.filter(state__in=states).select_related("person").order_by("pk"):
        _plan(rows, one, by=by, on=on, at=at)
    TaskBook.objects.bulk_create(rows.books, batch_size=BATCH)
    Task.objects.bulk_create(rows.tasks, batch_size=BATCH)
    TaskOutcome.objects.bulk_create(rows.outcomes, batch_size=BATCH)
    DivisionOfWork.objects.bulk_create(rows.divisions, batch_size=BATCH)
    RecusalDeclaration.objects.bulk_create(rows.declarations, batch_size=BATCH)


def case_of(placement: Placement) -> int:
    """Which case the placement is; those above the last are ordinary."""
    return placement.pk % CASES


def _plan(rows: Rows, placement: Placement, *, by: User, on: dt.date, at: dt.datetime) -> None:
    case = case_of(placement)
    given = {"over_projects": True} if case == ALL_ACCEPTED else {}
    rows.divisions.append(
        DivisionOfWork(placement=placement, not_given="财务审批、人事任免", by=by, at=at, **given)
    )
    rows.declarations.append(RecusalDeclaration(placement=placement, by=by, at=at))
    if case == NO_BOOK:
        return
    if case == CHANGED:
        _add_book(rows, placement, 1, BookState.REPLACED, TASKS[:3], by=by, on=on, at=at)
    number = 2 if case == CHANGED else 1
    state = BookState.SENT if case == TO_BE_SIGNED else BookState.IN_FORCE
    _add_book(rows, placement, number, state, TASKS, by=by, on=on, at=at)


def _add_book(
    rows: Rows,
    placement: Placement,
    number: int,
    state: BookState,
    tasks: Sequence[tuple[str, str, str, int]],
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> None:
    is_signed = state != BookState.SENT
    book = TaskBook(
        placement=placement,
        number=number,
        state=state,
        reason="上级项目资金到位，增加产业任务" if number > 1 else "",
        written_by=by,
        written_at=at,
        host_signed_by=by,
        host_signed_at=at,
        own_signed_by=by if is_signed else None,
        own_signed_at=at if is_signed else None,
        is_on_paper=is_signed and placement.person.account_id is None,
    )
    rows.books.append(book)
    missing = 100 - sum(weight for _name, _target, _field, weight in tasks)
    for place, (name, target, kind_of_work, weight) in enumerate(tasks):
        task = Task(
            book=book,
            line=place + 1,
            name=name,
            target=target,
            field=kind_of_work,
            weight=weight + (missing if place == 0 else 0),
            due_on=_due(placement, place),
            way=WAY,
            **_part(case_of(placement), place),
        )
        rows.tasks.append(task)
        if state == BookState.IN_FORCE and _is_accepted(placement, task, on):
            _accept(rows, task, by=by, on=on, at=at)


def _due(placement: Placement, place: int) -> dt.date:
    """Spread over the term, the last one on its last day."""
    days = (placement.last_day - placement.starts_on).days
    return placement.starts_on + dt.timedelta(days=days * (place + 1) // len(TASKS))


def _part(case: int, place: int) -> dict[str, Any]:
    if case == ONLY_ASSISTING:
        return {"kind": TaskKind.JOINT, "partner": "村党支部书记"}
    if case == ONLY_ADVISING:
        return {"kind": TaskKind.ADVICE}
    if case == OWN_INITIATIVE and place in (1, 3):
        return {"proposer": Proposer.SECONDEE}
    if place == 2:
        return {"kind": TaskKind.JOINT, "partner": "乡镇分管领导"}
    return {"over_projects": True} if place == 3 and case == LATE else {}


def _is_accepted(placement: Placement, task: Task, on: dt.date) -> bool:
    case = case_of(placement)
    if placement.state == PlacementState.ENDED or case == ALL_ACCEPTED:
        return True
    return case != LATE and task.due_on is not None and task.due_on < on


def _accept(rows: Rows, task: Task, *, by: User, on: dt.date, at: dt.datetime) -> None:
    task.accepted_on = min(task.due_on or on, on)
    task.is_adopted = True if task.kind == TaskKind.ADVICE else None
    rows.outcomes.append(
        TaskOutcome(
            placement=task.book.placement,
            line=task.line,
            kind=OutcomeKind.ACCEPTED,
            decided_on=task.accepted_on,
            by=by,
            at=at,
        )
    )
