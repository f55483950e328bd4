"""The task book (目标任务书, form F6) as a Word file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.task_books.models import Task, TaskBook
from secondment.task_books.words import part_of
from secondment.units.official_names import place_and_title

FOLDER = Path(__file__).parent / "word_forms"


@dataclass(frozen=True)
class TaskRow:
    """A task as it is agreed."""

    line: str
    name: str
    target: str
    weight: str
    due_on: str
    way: str


@dataclass(frozen=True)
class TaskBookSheet:
    """目标任务书. Signatures and seals are left to the hand unless both have signed here."""

    name: str
    number: str
    home_post: str
    host_post: str
    term: str
    programme: str
    duties: str
    not_given: str
    tasks: tuple[TaskRow, ...]
    reason: str
    host_signature: str
    own_signature: str


TASK_BOOK_FORM = WordForm(FOLDER / "task_book.docx", TaskBookSheet)


def task_book_sheet(book: TaskBook, tasks: Sequence[Task], not_given: str) -> TaskBookSheet:
    """Form F6 of one version, in Chinese whatever the reader's language is."""
    with override(settings.LANGUAGE_CODE):
        return _sheet(book, tasks, not_given)


def _sheet(book: TaskBook, tasks: Sequence[Task], not_given: str) -> TaskBookSheet:
    placement = book.placement
    return TaskBookSheet(
        name=placement.person.name,
        number=f"第{book.number}版",
        home_post=place_and_title(placement.home_unit, placement.person.post_title),
        host_post=place_and_title(placement.host_unit, placement.post.title),
        term=f"{chinese_date(placement.starts_on)}至{chinese_date(placement.last_day)}",
        programme=placement.programme_version.programme.name,
        duties=placement.duties,
        not_given=not_given or "无",
        tasks=tuple(_row(one) for one in tasks),
        reason=book.reason,
        host_signature=_signed(book.host_signed_by, book.host_signed_at),
        own_signature="" if book.is_on_paper else _signed(book.own_signed_by, book.own_signed_at),
    )


def _row(task: Task) -> TaskRow:
    return TaskRow(
        line=f"{task.line}",
        name=f"{task.name}（{part_of(task)}）",
        target=task.target,
        weight=f"{task.weight}%",
        due_on=chinese_date(task.due_on) if task.due_on else "",
        way=task.way,
    )


def _signed(by: object, at: dt.datetime | None) -> str:
    return f"{by}　{chinese_date(timezone.localtime(at).date())}（网上签署）" if by and at else ""
