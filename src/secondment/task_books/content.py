"""What may be wrong with the tasks of a version, and why: the same for the page, for many at once and for a workbook."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.common.sentences import labelled
from secondment.placements.models import Placement
from secondment.task_books.choices import TaskKind
from secondment.task_books.models import CONTENT, FULL_WEIGHT, MOST_TASKS, Task, TaskContent


@dataclass(frozen=True)
class TaskFault:
    """What is wrong: with the task at this place, or with all of them together."""

    place: int | None
    field: str
    text: str


def content_of(task: TaskContent) -> tuple[object, ...]:
    """Everything that is agreed about a task."""
    return tuple(getattr(task, name) for name in CONTENT)


def faults_of(tasks: Sequence[TaskContent], placement: Placement) -> Iterator[TaskFault]:
    """What no draft may have: a day outside the term, a partner who is not named, a weight beyond the whole."""
    if len(tasks) > MOST_TASKS:
        text = _("一份任务书最多 %(most)s 项任务，现有 %(n)s 项。请合并或删去。")
        yield TaskFault(None, "", text % {"most": MOST_TASKS, "n": len(tasks)})
    for place, task in enumerate(tasks):
        for field, words in task_faults(task, placement.starts_on, placement.last_day):
            yield TaskFault(place, field, words)


def task_faults(task: TaskContent, first: dt.date, last: dt.date) -> Iterator[tuple[str, str]]:
    """What is wrong with one task for a term from `first` to `last`: field and sentence."""
    if not 0 <= task.weight <= FULL_WEIGHT:
        yield "weight", _("权重应为 0 至 100 的整数。请改正。")
    if task.due_on is not None and not first <= task.due_on <= last:
        yield (
            "due_on",
            _("完成时限应在挂职期内（%(first)s至%(last)s）。请改正。") % {"first": first, "last": last},
        )
    if task.kind == TaskKind.JOINT and not task.partner:
        yield "partner", _("配合的任务须写明配合谁。请填写配合对象。")


def faults_for_signing(tasks: Sequence[TaskContent], placement: Placement) -> Iterator[TaskFault]:
    """What nobody signs: besides the above, tasks without target, day, way or weight, and weights that do not sum to 100."""
    yield from faults_of(tasks, placement)
    for place, task in enumerate(tasks):
        for field, text in _missing(task):
            yield TaskFault(place, field, text)
    if not tasks:
        yield TaskFault(None, "", _("任务书还没有任务。请至少写一项。"))
        return
    total = total_weight(tasks)
    if total != FULL_WEIGHT:
        words = _("各项权重合计应为 100，现为 %(total)s，%(way)s。请调整。")
        yield TaskFault(None, "weight", words % {"total": total, "way": _way(total)})


def total_weight(tasks: Iterable[TaskContent]) -> int:
    """The weights together."""
    return sum(task.weight for task in tasks)


def same_tasks(before: Sequence[Task], after: Sequence[TaskContent]) -> bool:
    """Whether nothing was changed."""
    return [content_of(one) for one in before] == [content_of(one) for one in after]


def told(fault: TaskFault, tasks: Sequence[TaskContent]) -> str:
    """A fault in a list of faults, with the task that it is about."""
    return fault.text if fault.place is None else labelled(tasks[fault.place].name, fault.text)


def _way(total: int) -> str:
    gap = FULL_WEIGHT - total
    return _("还差 %(n)s") % {"n": gap} if gap > 0 else _("多出 %(n)s") % {"n": -gap}


def _missing(task: TaskContent) -> Iterator[tuple[str, str]]:
    if not task.target:
        yield "target", _("没有量化目标。请写明完成什么、多少。")
    if task.due_on is None:
        yield "due_on", _("没有完成时限。请填写日期。")
    if not task.way:
        yield "way", _("没有验收方式。请写明看什么、由谁验收。")
    if not task.weight:
        yield "weight", _("没有权重。请填写 1 至 100 的整数。")
