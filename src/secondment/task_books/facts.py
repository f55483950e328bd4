"""What stands in task books, as later rooms read it: assessments, early signs, reports to the home unit."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from secondment.placements.models import Placement
from secondment.task_books.choices import BookState, OutcomeKind, Proposer, TaskKind
from secondment.task_books.models import FULL_WEIGHT, POWERS, DivisionOfWork, Task, TaskOutcome

SHARE = 1 / FULL_WEIGHT


@dataclass(frozen=True)
class TaskFacts:
    """The figures of one placement's task book on a day; shares are of the weight (0–1)."""

    n_tasks: int = 0
    n_accepted: int = 0
    n_late: int = 0
    n_refused: int = 0
    """Open tasks that did not pass when they were looked at."""
    accepted_share: float = 0.0
    accepted_share_at_middle: float | None = None
    """What was accepted by the middle of the term; None until then."""
    own_share: float = 0.0
    """Proposed by the secondee (主动工作)."""
    n_own_responsibility: int = 0
    """Tasks that the secondee is in charge of (分管)."""
    is_only_assisting: bool = False
    """Signed, and not one task of the secondee's own responsibility."""
    n_beyond_powers: int = 0
    """Tasks that hold approval which the written division of work does not give."""
    n_beyond_term: int = 0
    """Open tasks due after the last day of the term, which was shortened since."""

    @property
    def is_signed(self) -> bool:
        """Whether there is a task book in force."""
        return self.n_tasks > 0


def task_facts(placements: Sequence[Placement], on: dt.date) -> dict[int, TaskFacts]:
    """The facts of every one of these placements, in three queries."""
    keys = [one.pk for one in placements]
    tasks: defaultdict[int, list[Task]] = defaultdict(list)
    for one in Task.objects.filter(book__placement__in=keys, book__state=BookState.IN_FORCE).select_related(
        "book"
    ):
        tasks[one.book.placement_id].append(one)
    divisions = {
        one.placement_id: one for one in DivisionOfWork.objects.filter(placement__in=keys, is_current=True)
    }
    refused: defaultdict[int, set[int]] = defaultdict(set)
    outcomes = TaskOutcome.objects.filter(placement__in=keys, kind=OutcomeKind.REFUSED)
    for key, line in outcomes.values_list("placement", "line"):
        refused[key].add(line)
    return {
        one.pk: facts_of(one, tasks[one.pk], divisions.get(one.pk), refused[one.pk], on) for one in placements
    }


def facts_of(
    placement: Placement,
    tasks: Sequence[Task],
    division: DivisionOfWork | None,
    refused: Iterable[int],
    on: dt.date,
) -> TaskFacts:
    """The facts of one placement from its rows."""
    accepted = [one for one in tasks if one.accepted_on is not None]
    waiting = [one for one in tasks if one.accepted_on is None]
    n_own = sum(one.kind == TaskKind.OWN for one in tasks)
    middle = middle_of(placement)
    by_middle = [one for one in accepted if one.accepted_on is not None and one.accepted_on <= middle]
    return TaskFacts(
        n_tasks=len(tasks),
        n_accepted=len(accepted),
        n_late=sum(one.due_on is not None and one.due_on < on for one in waiting),
        n_refused=len({one.line for one in waiting} & set(refused)),
        accepted_share=_share(accepted),
        accepted_share_at_middle=_share(by_middle) if on >= middle else None,
        own_share=_share([one for one in tasks if one.proposer == Proposer.SECONDEE]),
        n_own_responsibility=n_own,
        is_only_assisting=bool(tasks) and n_own == 0,
        n_beyond_powers=sum(bool(powers_beyond(one, division)) for one in tasks),
        n_beyond_term=sum(one.due_on is not None and one.due_on > placement.last_day for one in waiting),
    )


@dataclass(frozen=True)
class Done:
    """How much of what was due by a day had passed acceptance by then; weights in percent of the whole book."""

    number: int
    due: int
    done: int
    n_due: int
    n_done: int

    @property
    def percent(self) -> float:
        """Share of the weight that was due."""
        return 100 * self.done / self.due


def done_by(placements: Sequence[Placement], day: dt.date) -> dict[int, Done]:
    """Placement → what was due by `day`, or done before it was; who has no task due by then is left out. One query.

    A task without a day of its own is due on the last day of the term.
    """
    terms = {one.pk: one.last_day for one in placements}
    tasks: defaultdict[int, list[Task]] = defaultdict(list)
    rows = Task.objects.filter(book__placement__in=terms, book__state=BookState.IN_FORCE)
    for one in rows.select_related("book"):
        is_done = one.accepted_on is not None and one.accepted_on <= day
        if is_done or (one.due_on or terms[one.book.placement_id]) <= day:
            tasks[one.book.placement_id].append(one)
    found = {key: _done(counted, day) for key, counted in tasks.items()}
    return {key: one for key, one in found.items() if one.due}


def _done(tasks: Sequence[Task], day: dt.date) -> Done:
    done = [one for one in tasks if one.accepted_on is not None and one.accepted_on <= day]
    return Done(
        number=tasks[0].book.number,
        due=sum(one.weight for one in tasks),
        done=sum(one.weight for one in done),
        n_due=len(tasks),
        n_done=len(done),
    )


def middle_of(placement: Placement) -> dt.date:
    """The day on which half of the term is over."""
    return placement.starts_on + (placement.ends_on - placement.starts_on) / 2


def powers_beyond(task: Task, division: DivisionOfWork | None) -> list[str]:
    """The powers that a task holds and the written division of work does not give.

    Work in the fields of other leaders is wanted and raises no question; approval without a division does.
    """
    return [name for name in POWERS if getattr(task, name) and not (division and getattr(division, name))]


def _share(tasks: Iterable[Task]) -> float:
    return sum(one.weight for one in tasks) * SHARE
