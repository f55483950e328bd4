"""What the pages of a task book show."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.components import Fact, Status
from secondment.common.sentences import listed
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.posts.models import PostTask
from secondment.task_books.choices import UNDER_WRITING, BookState, OutcomeKind
from secondment.task_books.content import total_weight
from secondment.task_books.facts import TaskFacts, facts_of, middle_of, powers_beyond
from secondment.task_books.models import (
    DivisionOfWork,
    ProgressNote,
    RecusalDeclaration,
    Task,
    TaskBook,
    TaskOutcome,
    TaskProposal,
)
from secondment.task_books.rules import (
    is_own,
    may_note_progress,
    may_read_draft,
    may_read_facts,
    may_read_matters,
    may_write,
)
from secondment.task_books.words import adopted_words, part_of, power_labels, powers_of


@dataclass(frozen=True)
class TaskLine:
    """A task as the page shows it."""

    task: Task
    part: str
    word: str
    status: Status
    questions: Sequence[str]
    outcomes: Sequence[TaskOutcome]
    notes: Sequence[ProgressNote]


@dataclass(frozen=True)
class BookPage:
    """The page of a placement's task book for one reader on one day."""

    placement: Placement
    book: TaskBook | None
    lines: Sequence[TaskLine]
    draft: TaskBook | None
    draft_lines: Sequence[TaskLine]
    draft_total: int
    facts: TaskFacts
    figures: Sequence[Fact]
    division: Sequence[Fact]
    recusal: RecusalDeclaration | None
    versions: Sequence[TaskBook]
    proposals: Sequence[TaskProposal]
    writes: bool
    is_own: bool
    accepts: bool
    notes: bool
    reads_draft: bool
    reads_matters: bool
    reads_facts: bool


def book_page(user: User, placement: Placement, on: dt.date) -> BookPage:
    """Everything about the task book that this reader may read."""
    reads_draft = may_read_draft(user, placement)
    books = list(placement.task_books.select_related("host_signed_by", "own_signed_by", "written_by"))
    for one in books:
        one.placement = placement
    book = _in(books, BookState.IN_FORCE)
    draft = _in(books, *UNDER_WRITING) if reads_draft else None
    tasks, written = _tasks(book), _tasks(draft)
    division = current_division(placement)
    outcomes, notes = _by_line(placement.task_outcomes), _by_line(placement.progress_notes)
    refused = [line for line, rows in outcomes.items() if rows[-1].kind == OutcomeKind.REFUSED]
    facts = facts_of(placement, tasks, division, refused, on)
    is_under_way = placement.state in (PlacementState.APPOINTED, PlacementState.IN_POST)
    writes = is_under_way and may_write(user, placement)
    return BookPage(
        placement=placement,
        book=book,
        lines=[task_line(one, division, outcomes[one.line], notes[one.line], on) for one in tasks],
        draft=draft,
        draft_lines=[task_line(one, division, (), (), on) for one in written],
        draft_total=total_weight(written),
        facts=facts,
        figures=figure_facts(placement, facts),
        division=division_facts(placement, division),
        recusal=current_declaration(placement),
        versions=[
            one for one in books if reads_draft or one.state not in (*UNDER_WRITING, BookState.DROPPED)
        ],
        proposals=list(placement.task_proposals.all()) if reads_draft else (),
        writes=writes,
        is_own=is_under_way and is_own(user, placement),
        accepts=writes and placement.state == PlacementState.IN_POST,
        notes=placement.state == PlacementState.IN_POST and may_note_progress(user, placement),
        reads_draft=reads_draft,
        reads_matters=may_read_matters(user, placement) or may_read_facts(user, placement),
        reads_facts=may_read_facts(user, placement),
    )


def task_line(
    task: Task,
    division: DivisionOfWork | None,
    outcomes: Sequence[TaskOutcome],
    notes: Sequence[ProgressNote],
    on: dt.date,
) -> TaskLine:
    """One task with where it stands."""
    word, status = standing_of(task, outcomes, on)
    beyond = powers_beyond(task, division)
    questions = []
    if beyond:
        words = _("任务涉及%(powers)s，书面分工没有授予。请核对：是补写分工，还是改由有权的领导审批？")
        questions.append(words % {"powers": listed(power_labels(beyond))})
    if task.accepted_on is None and task.due_on and task.due_on > task.book.placement.last_day:
        questions.append(_("完成时限晚于挂职期满。请办理变更，调整时限或交接。"))
    return TaskLine(task, part_of(task), word, status, questions, outcomes, notes)


def standing_of(task: Task, outcomes: Sequence[TaskOutcome], on: dt.date) -> tuple[str, Status]:
    """Accepted, late, to be accepted or going on, in words."""
    if task.accepted_on is not None:
        adopted = adopted_words(task)
        return (_("已验收") + (f" · {adopted}" if adopted else "")), "good"
    if task.due_on is not None and task.due_on < on:
        return _("逾期 %(n)s 天") % {"n": (on - task.due_on).days}, "bad"
    if outcomes and outcomes[-1].kind == OutcomeKind.REFUSED:
        return _("验收不通过"), "bad"
    return (_("待验收"), "warn") if task.due_on == on else (_("进行中"), "info")


def figure_facts(placement: Placement, facts: TaskFacts) -> list[Fact]:
    """The figures above the tasks; nothing before the task book is signed."""
    if not facts.is_signed:
        return []
    middle = middle_of(placement)
    at_middle = facts.accepted_share_at_middle
    words = _("%(day)s到中期") % {"day": middle} if at_middle is None else percent(at_middle)
    return [
        Fact(_("已验收"), f"{facts.n_accepted}/{facts.n_tasks} · {percent(facts.accepted_share)}"),
        Fact(_("逾期未验收"), facts.n_late),
        Fact(_("中期已验收权重"), words),
        Fact(_("主动工作"), percent(facts.own_share)),
        Fact(_("分管的任务"), facts.n_own_responsibility),
    ]


def division_facts(placement: Placement, division: DivisionOfWork | None) -> list[Fact]:
    """The division of work with its powers."""
    given = listed(powers_of(division)) if division and powers_of(division) else _("未授予")
    return [
        Fact(_("分工"), placement.duties, is_wide=True),
        Fact(_("授予的审批权"), given if division else ""),
        Fact(_("明确不授予"), division.not_given if division else ""),
    ]


def signature_facts(book: TaskBook) -> list[Fact]:
    """Who wrote and signed a version."""
    own = _("纸质签署") if book.is_on_paper else str(book.own_signed_by or "")
    facts = [
        Fact(_("状态"), book.get_state_display()),
        Fact(_("起草人"), book.written_by),
        Fact(_("接收单位签署"), book.host_signed_by),
        Fact(_("接收单位签署时间"), book.host_signed_at),
        Fact(_("本人签署"), own),
        Fact(_("本人签署时间"), book.own_signed_at),
    ]
    return [*facts, Fact(_("变更理由"), book.reason, is_wide=True)] if book.reason else facts


def tasks_of_post(placement: Placement) -> list[Task]:
    """What the demand of the post asked for, as the first lines of a draft: nobody types it again."""
    return [_from_post(one, placement) for one in placement.post.tasks.all()]


def current_division(placement: Placement) -> DivisionOfWork | None:
    """The division of work that counts."""
    return DivisionOfWork.objects.filter(placement=placement, is_current=True).first()


def current_declaration(placement: Placement) -> RecusalDeclaration | None:
    """The declaration that counts."""
    found = RecusalDeclaration.objects.filter(placement=placement, is_current=True).first()
    if found is not None:
        found.placement = placement
    return found


def percent(share: float) -> str:
    """A share in whole per cent."""
    return f"{round(share * 100)}%"


def _from_post(one: PostTask, placement: Placement) -> Task:
    target = f"{one.measure}{one.target.normalize():f}{one.measure_unit}"
    is_within = one.due_on is not None and placement.starts_on <= one.due_on <= placement.last_day
    return Task(name=one.name, target=target, due_on=one.due_on if is_within else None)


def _in(books: Sequence[TaskBook], *states: BookState) -> TaskBook | None:
    return next((one for one in books if one.state in states), None)


def _tasks(book: TaskBook | None) -> list[Task]:
    if book is None:
        return []
    tasks = list(book.tasks.all())
    for one in tasks:
        one.book = book
    return tasks


def _by_line(rows: Any) -> Mapping[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for one in rows.select_related("by").order_by("pk"):
        found[one.line].append(one)
    return found
