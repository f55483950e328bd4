"""The demand form (岗位需求表, form F1) as a Word file."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.posts.choices import Hardship, PostRank
from secondment.posts.columns import months_of
from secondment.posts.labels import label_of, requirement_lines
from secondment.posts.models import Post, PostTask

FOLDER = Path(__file__).parent / "word_forms"


@dataclass(frozen=True)
class TaskRow:
    """A task with its target."""

    name: str
    measure: str
    target: str
    due_on: str


@dataclass(frozen=True)
class DemandSheet:
    """岗位需求表. Opinions of the unit and of the organisation department are written and stamped by hand."""

    filled_on: dt.date
    state: str
    host_unit: str
    credit_code: str
    level: str
    kind: str
    code: str
    title: str
    rank: str
    direction: str
    headcount: str
    hardship: str
    term: str
    place: str
    duties: str
    tasks: tuple[TaskRow, ...]
    requirements: tuple[str, ...]
    lodging: str
    contact_leader: str
    mentor: str
    contact: str


DEMAND_FORM = WordForm(FOLDER / "demand.docx", DemandSheet)


def demand_sheet(post: Post, *, on: dt.date) -> DemandSheet:
    """The form of one demand as it stands on this day, in Chinese whatever the reader's language is."""
    with override(settings.LANGUAGE_CODE):
        return _sheet(post, on)


def _sheet(post: Post, on: dt.date) -> DemandSheet:
    unit = post.host_unit
    return DemandSheet(
        filled_on=on,
        state=post.get_state_display(),
        host_unit=unit.name,
        credit_code=unit.credit_code,
        level=unit.get_level_display(),
        kind=unit.get_kind_display(),
        code=post.code,
        title=post.title,
        rank=label_of(PostRank, post.rank),
        direction=post.get_direction_display(),
        headcount=f"{post.headcount}人",
        hardship=label_of(Hardship, post.hardship),
        term=_term(post),
        place=f"{post.region.full_name}（{post.region.code}）" if post.region else "",
        duties=post.duties,
        tasks=tuple(_row(task) for task in post.tasks.all()),
        requirements=tuple(requirement_lines(post)),
        lodging=post.lodging,
        contact_leader=post.contact_leader,
        mentor=post.mentor,
        contact="　".join(filter(None, (post.contact_name, post.contact_phone))),
    )


def _term(post: Post) -> str:
    months = months_of(post)
    length = "" if months is None else f"（{months}个月）"
    return f"{chinese_date(post.starts_on)}至{chinese_date(post.last_day)}{length}"


def _row(task: PostTask) -> TaskRow:
    return TaskRow(
        name=task.name,
        measure=task.measure,
        target=f"{Decimal(task.target).normalize():f}{task.measure_unit}",
        due_on=chinese_date(task.due_on) if task.due_on else "",
    )
