"""The record of a talk (F10) as a Word file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.talks.models import FollowUp, Talk, TalkPerson
from secondment.units.official_names import place_and_title

FOLDER = Path(__file__).parent / "word_forms"


@dataclass(frozen=True)
class PersonSheet:
    """Somebody who was talked with."""

    name: str
    post: str


@dataclass(frozen=True)
class ItemSheet:
    """An item, and what became of it."""

    text: str
    office: str
    due_on: str
    result: str


@dataclass(frozen=True)
class TalkSheet:
    """谈心谈话记录 (form F10). Points stand only in a file for those who may read them."""

    held_on: str
    kind: str
    unit: str
    talker: str
    n_people: str
    points: str
    people: tuple[PersonSheet, ...]
    items: tuple[ItemSheet, ...]


TALK_FORM = WordForm(FOLDER / "talk.docx", TalkSheet)


def talk_sheet(
    talk: Talk, people: Sequence[TalkPerson], items: Sequence[FollowUp], *, reads_points: bool
) -> TalkSheet:
    """Form F10 of one talk, in Chinese whatever the reader's language is."""
    with override(settings.LANGUAGE_CODE):
        kind = talk.get_kind_display()
        rows = tuple(_item(one) for one in items)
    return TalkSheet(
        held_on=chinese_date(talk.held_on),
        kind=kind,
        unit=talk.unit.name,
        talker=talk.talker,
        n_people=f"{len(people)}人",
        points=talk.points if reads_points else "",
        people=tuple(_person(one) for one in people),
        items=rows,
    )


def _person(one: TalkPerson) -> PersonSheet:
    placement = one.placement
    return PersonSheet(placement.person.name, place_and_title(placement.host_unit, placement.post.title))


def _item(one: FollowUp) -> ItemSheet:
    closed = f"{chinese_date(one.closed_on)}　" if one.closed_on else ""
    words = f"（{one.closing_words}）" if one.closing_words else ""
    text = f"{one.placement.person.name}：{one.text}" if one.placement else one.text
    return ItemSheet(
        text, one.unit.name, chinese_date(one.due_on), f"{closed}{one.get_state_display()}{words}"
    )
