"""Facts that may be cited from task books: signed versions, tasks accepted, refused and late, proposals that were taken."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secondment.common.days import ONE_DAY
from secondment.common.sentences import counted, say
from secondment.placements.evidence import EvidenceKind, Fact, add_evidence
from secondment.placements.models import Placement
from secondment.task_books.choices import SIGNED, BookState, OutcomeKind, ProposalState
from secondment.task_books.models import Task, TaskBook, TaskOutcome, TaskProposal

KIND = "task"


def task_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Facts of these days, in four queries."""
    keys = [one.pk for one in placements]
    books = TaskBook.objects.filter(placement__in=keys, state__in=SIGNED).prefetch_related("tasks")
    signed = list(books.order_by("placement", "number"))
    current = [one for one in signed if one.state == BookState.IN_FORCE]
    names = {(book.placement_id, task.line): task.name for book in signed for task in book.tasks.all()}
    found = [
        *(_signed(one) for one in signed if one.own_signed_at is not None),
        *(
            fact
            for book in current
            for task in book.tasks.all()
            for fact in _of_task(book.placement_id, task)
        ),
        *_refused(keys, names),
        *_proposed(keys),
    ]
    yield from (one for one in found if starts_on <= one.on < ends_on)


def _fact(placement: int, key: str, label: str, on: dt.date, content: str = "") -> Fact:
    path = reverse("task_books:book_detail", args=[placement])
    return Fact(placement, KIND, key, label, on, path, content)


def _signed(book: TaskBook) -> Fact:
    """A version that both have signed; a later one says why it was changed."""
    on = timezone.localtime(book.own_signed_at).date()
    label = counted(
        "签订目标任务书第%(number)s版，%(n)d 项任务", len(book.tasks.all()), number=f"{book.number}"
    )
    return _fact(book.placement_id, f"book:{book.number}", label, on, book.reason)


def _of_task(placement: int, task: Task) -> Iterator[Fact]:
    accepted, due = task.accepted_on, task.due_on
    if accepted is not None:
        label = say("任务“%(task)s”通过验收", task=task.name)
        yield _fact(placement, f"accepted:{task.line}", label, accepted, task.target)
    if due is not None and (accepted is None or accepted > due):
        label = (
            say("任务“%(task)s”应于%(due)s完成，尚未通过验收", task=task.name, due=f"{due}")
            if accepted is None
            else say(
                "任务“%(task)s”应于%(due)s完成，%(day)s通过验收",
                task=task.name,
                due=f"{due}",
                day=f"{accepted}",
            )
        )
        yield _fact(placement, f"late:{task.line}", label, due + ONE_DAY, task.target)


def _refused(keys: Sequence[int], names: dict[tuple[int, int], str]) -> Iterator[Fact]:
    for one in TaskOutcome.objects.filter(placement__in=keys, kind=OutcomeKind.REFUSED):
        label = say("任务“%(task)s”验收不通过", task=names.get((one.placement_id, one.line), f"{one.line}"))
        yield _fact(one.placement_id, f"refused:{one.pk}", label, one.decided_on, one.reason)


def _proposed(keys: Sequence[int]) -> Iterator[Fact]:
    rows = TaskProposal.objects.filter(placement__in=keys, state=ProposalState.TAKEN)
    for one in rows.filter(answered_at__isnull=False):
        on = timezone.localtime(one.answered_at).date()
        label = say("本人提出任务“%(task)s”，接收单位采纳", task=one.name)
        yield _fact(one.placement_id, f"proposal:{one.pk}", label, on, one.target)


add_evidence(EvidenceKind(KIND, _("任务"), task_facts))
