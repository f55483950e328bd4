"""Division of work, task books and what became of the tasks, of everybody in post, by bulk."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils import timezone

from secondment.accounts.models import User
from secondment.audit.services import Entry
from secondment.common.protection import seal_bytes
from secondment.demo.loader.scene import Posted, Scene, at_hour
from secondment.demo.photos import stamped_sheet
from secondment.demo.work.planted import Case
from secondment.documents.models import Paper, StoredFile
from secondment.documents.papers.services import seal_context
from secondment.documents.services import lay_down
from secondment.placements.models import Placement
from secondment.task_books.choices import BookState, OutcomeKind, Proposer, TaskField, TaskKind
from secondment.task_books.models import (
    DivisionOfWork,
    ProgressNote,
    RecusalDeclaration,
    Task,
    TaskBook,
    TaskOutcome,
)
from secondment.task_books.papers import TASK_BOOK

BATCH = 500
DIVIDED_AFTER, WRITTEN_AFTER, SIGNED_AFTER = (dt.timedelta(days=days) for days in (9, 16, 20))
WAYS = (
    "查台账、看现场，由镇党委验收",
    "镇分管领导现场验收",
    "村民代表会评议后由镇党委验收",
    "以财务凭证为准",
)
PARTNERS = ("村党支部书记", "镇农业农村办公室", "镇党建办", "镇分管副镇长")
WEIGHTS = {1: (100,), 2: (60, 40), 3: (40, 35, 25), 4: (30, 30, 25, 15), 5: (30, 25, 20, 15, 10)}
NOT_GIVEN = ("财务审批、人事任免", "财务审批", "人事任免、工程发包")
ADVICE = ("村集体经济发展思路", "提出一份发展建议，供村“两委”研究", TaskKind.ADVICE)
RESEARCH = ("空心村治理调研", "形成一份有数据的调研报告", TaskKind.RESEARCH)
EXTRA = (
    ADVICE,
    RESEARCH,
    ("配合镇里防汛备汛", "汛期在岗值守，险情零伤亡", TaskKind.JOINT),
    ("配合清理拖欠款", "清收历年拖欠承包费不少于80%", TaskKind.JOINT),
)
REFUSALS = ("台账与现场不符，请补齐凭证后再验收。", "还有两户没有通水，请完工后再验收。")
NOTES = (
    "施工队已进场，预计两个月完工。",
    "资金已到账七成。",
    "遇到连续降雨，进度推迟两周。",
    "样板户已见效，准备全村推广。",
    "与合作社签了意向协议。",
)
PLACE = "镇党政办文件柜"


@dataclass
class Rows:
    """What is to be written."""

    divisions: list[DivisionOfWork] = field(default_factory=list)
    declarations: list[RecusalDeclaration] = field(default_factory=list)
    books: list[TaskBook] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    outcomes: list[TaskOutcome] = field(default_factory=list)
    notes: list[ProgressNote] = field(default_factory=list)
    on_paper: list[TaskBook] = field(default_factory=list)


def load_task_books(scene: Scene) -> None:
    """What each was given to do, signed a few weeks after arrival, and how far it is by now."""
    rows = Rows()
    for posted in scene.people:
        _Written(posted, rows, scene).run()
    DivisionOfWork.objects.bulk_create(rows.divisions, batch_size=BATCH)
    RecusalDeclaration.objects.bulk_create(rows.declarations, batch_size=BATCH)
    TaskBook.objects.bulk_create(rows.books, batch_size=BATCH)
    Task.objects.bulk_create(rows.tasks, batch_size=BATCH)
    TaskOutcome.objects.bulk_create(rows.outcomes, batch_size=BATCH)
    ProgressNote.objects.bulk_create(rows.notes, batch_size=BATCH)
    _keep_papers(rows, scene)
    Placement.objects.bulk_update(
        (one.placement for one in scene.people if one.case == Case.NO_DIVISION), ["duties"]
    )


def _keep_papers(rows: Rows, scene: Scene) -> None:
    """Each book without an account goes out on paper; the stamped scan is kept before it is signed."""
    scan = stamped_sheet()
    kept = []
    for book in rows.on_paper:
        by, sent_at = book.written_by, book.host_signed_at or book.written_at
        first = Paper(
            form=TASK_BOOK.code,
            object_id=book.pk,
            subject=TASK_BOOK.subject_of(book),
            office=book.placement.host_unit,
            issued_on=timezone.localtime(sent_at).date(),
            by=by,
            at=sent_at,
        )
        kept.append(first)
        if book.state == BookState.IN_FORCE and book.own_signed_at is not None:
            at = book.own_signed_at - dt.timedelta(hours=1)
            stored = lay_down(
                "任务书盖章件.png",
                seal_bytes(scan, context=seal_context(first)),
                content_type="image/png",
                by=by,
                at=at,
            )
            second = copy(first)
            second.scan, second.place, second.at = stored, PLACE, at
            first.is_current = False
            kept.append(second)
            details = {"form": TASK_BOOK.code, "place": PLACE, "scan": stored.sha256}
            scene.trail.append(Entry("paper.file", second, by, at, details))
    StoredFile.objects.bulk_create((one.scan for one in kept if one.scan), batch_size=BATCH)
    for one in kept:
        one.scan = one.scan  # the number that saving gave it
    Paper.objects.bulk_create(kept, batch_size=BATCH)


class _Written:
    """One person's, as the services would have written it up to the day of loading."""

    def __init__(self, posted: Posted, rows: Rows, scene: Scene) -> None:
        self.posted, self.rows, self.scene = posted, rows, scene
        self.placement, self.case = posted.placement, posted.case
        self.by = scene.offices.of_host(self.placement)
        self.came_on = self.placement.reported_on or self.placement.starts_on
        self.source = posted.chance("tasks")
        self.contents = self._contents()

    def run(self) -> None:
        """Divide, write, sign, accept."""
        if self.case == Case.NO_DIVISION:
            self.placement.duties = ""
        elif self._has_come(DIVIDED_AFTER):
            self._divide()
        if self.placement.person.account is not None:
            self._declare(self.placement.person.account)
        if not self._has_come(WRITTEN_AFTER):
            return
        book = self._book()
        for place, task in enumerate(self._tasks(book)):
            self.rows.tasks.append(task)
            if book.state == BookState.IN_FORCE:
                self._go_on(task, place)

    def _has_come(self, after: dt.timedelta) -> bool:
        return self.came_on + after < self.scene.on

    def _divide(self) -> None:
        at = at_hour(self.came_on + DIVIDED_AFTER, 10)
        over_projects = self.case == Case.EXCELLENT or self.source.random() < 0.3
        division = DivisionOfWork(
            placement=self.placement,
            over_projects=over_projects,
            not_given=self.source.choice(NOT_GIVEN),
            by=self.by,
            at=at,
        )
        self.rows.divisions.append(division)
        changed = ["over_projects"] if over_projects else []
        self._note("division_of_work.write", division, self.by, at, {"changed": changed})

    def _declare(self, account: User) -> None:
        at = at_hour(self.came_on, 17)
        declaration = RecusalDeclaration(placement=self.placement, by=account, at=at)
        self.rows.declarations.append(declaration)
        self._note("recusal.declare_nothing", declaration, account, at)

    def _book(self) -> TaskBook:
        """Written, sent and signed: with one click, or on paper where there is no account."""
        written_at, sent_at = (at_hour(self.came_on + WRITTEN_AFTER, hour) for hour in (10, 11))
        account = self.placement.person.account
        is_signed = self._has_come(SIGNED_AFTER)
        book = TaskBook(
            placement=self.placement,
            number=1,
            version=3 if is_signed else 2,
            state=BookState.IN_FORCE if is_signed else BookState.SENT,
            written_by=self.by,
            written_at=written_at,
            host_signed_by=self.by,
            host_signed_at=sent_at,
        )
        self.rows.books.append(book)
        n = len(self.contents)
        self._note("task_book.write", book, self.by, written_at, {"version": 1, "n": n})
        self._note("task_book.send", book, self.by, sent_at, {"version": 1})
        if account is None:
            self.rows.on_paper.append(book)
        if is_signed:
            signer, at = account or self.by, at_hour(self.came_on + SIGNED_AFTER, 16)
            book.own_signed_by, book.own_signed_at, book.is_on_paper = signer, at, account is None
            details = {"version": 1, "is_on_paper": book.is_on_paper}
            self._note("task_book.sign", book, signer, at, details)
        return book

    def _contents(self) -> Sequence[tuple[str, str, str]]:
        """Name, target and part of each task: those of the post, and one in other leaders' fields."""
        own = [(goal.task, f"{goal.target:g}{goal.unit}", TaskKind.OWN) for goal in self.posted.goals]
        if self.case == Case.ONLY_ASSISTS:
            parts = (TaskKind.JOINT, TaskKind.ADVICE, TaskKind.RESEARCH)
            return [(name, target, parts[at % 3]) for at, (name, target, _kind) in enumerate(own)]
        if self.case == Case.ONE_OF_OWN:
            return [own[0], *((name, target, TaskKind.JOINT) for name, target, _kind in own[1:])]
        return [*own, self.source.choice(EXTRA)]

    def _tasks(self, book: TaskBook) -> list[Task]:
        contents = self.contents
        first, days = (
            self.came_on + SIGNED_AFTER,
            (self.placement.last_day - self.came_on - SIGNED_AFTER).days,
        )
        found = []
        for place, (name, target, kind) in enumerate(contents):
            share = (place + 1) / len(contents)
            proposer = (
                Proposer.SECONDEE
                if self.source.random() < (0.6 if self.case == Case.EXCELLENT else 0.2)
                else Proposer.HOST
            )
            found.append(
                Task(
                    book=book,
                    line=place + 1,
                    name=name,
                    target=target,
                    kind=kind,
                    field=_field_of(name),
                    weight=WEIGHTS[len(contents)][place],
                    due_on=first + dt.timedelta(days=int(days * share)),
                    way=self.source.choice(WAYS),
                    partner=self.source.choice(PARTNERS) if kind == TaskKind.JOINT else "",
                    proposer=proposer,
                )
            )
        return found

    def _go_on(self, task: Task, place: int) -> None:
        """Progress now and then, and acceptance near the day, for most."""
        source = random.Random(self.source.random())  # noqa: S311 -- invented data, no secret
        due_on = task.due_on or self.placement.last_day
        if source.random() < 0.35:
            self._progress(task, due_on, source)
        if (self.case == Case.QUARRELLING and place == 0) or source.random() < 0.06:
            self._decide(task, OutcomeKind.REFUSED, due_on - dt.timedelta(days=12), source.choice(REFUSALS))
            due_on += dt.timedelta(days=30)
        early = 60 if self.case == Case.EXCELLENT else source.randint(-10, 15)
        accepted_on = due_on - dt.timedelta(days=early)
        is_done = source.random() < 0.9 or self.case == Case.EXCELLENT
        if is_done and accepted_on < self.scene.on and self.case not in (Case.PASSING, Case.QUARRELLING):
            task.accepted_on = accepted_on
            task.is_adopted = source.random() < 0.7 if task.kind == TaskKind.ADVICE else None
            self._decide(task, OutcomeKind.ACCEPTED, accepted_on, "")

    def _progress(self, task: Task, due_on: dt.date, source: random.Random) -> None:
        day = due_on - dt.timedelta(days=source.randint(20, 50))
        if not self.came_on + SIGNED_AFTER < day < self.scene.on:
            return
        account = self.placement.person.account
        by, at = account or self.by, at_hour(day, 20)
        note = ProgressNote(placement=self.placement, line=task.line, text=source.choice(NOTES), by=by, at=at)
        self.rows.notes.append(note)
        self._note("task.note_progress", task, by, at)

    def _decide(self, task: Task, kind: OutcomeKind, day: dt.date, reason: str) -> None:
        if not self.came_on + SIGNED_AFTER < day < self.scene.on:
            return
        at = at_hour(day, 14)
        self.rows.outcomes.append(
            TaskOutcome(
                placement=self.placement,
                line=task.line,
                kind=kind,
                reason=reason,
                decided_on=day,
                by=self.by,
                at=at,
            )
        )
        details = {"reason": reason} if reason else {}
        self._note(f"task.{kind.value}", task, self.by, at, details)

    def _note(
        self,
        action: str,
        target: Model,
        by: User,
        at: dt.datetime,
        details: Mapping[str, object] | None = None,
    ) -> None:
        self.scene.trail.append(Entry(action, target, by, at, dict(details or {})))


def _field_of(name: str) -> TaskField:
    if any(word in name for word in ("支部", "组织", "后备")):
        return TaskField.PARTY
    if any(word in name for word in ("低收入", "帮扶", "增收")):
        return TaskField.AID
    if any(word in name for word in ("道路", "污水", "卫生室", "老幼", "实事", "隐患", "饮水")):
        return TaskField.LIVELIHOOD
    return TaskField.OTHER
