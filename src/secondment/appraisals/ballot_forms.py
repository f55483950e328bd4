"""Marks as a ballot sends them: one field for each item of each candidate, and a last one that says nothing was cut off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from secondment.appraisals.box.errors import MarksError
from secondment.appraisals.box.sheets import Item, Ratee, Sheet

PREFIX = "m"
END = "end"


@dataclass(frozen=True)
class Choice:
    """One answer to an item."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Line:
    """One item of a candidate with its answers; `anchors` says what each level means."""

    name: str
    number: int
    item: Item
    choices: tuple[Choice, ...]
    anchors: tuple[tuple[str, str], ...]
    is_missing: bool


@dataclass(frozen=True)
class Answer:
    """An item as it was answered, in words and as it is sent."""

    name: str
    title: str
    label: str
    value: int


@dataclass(frozen=True)
class Block:
    """One candidate on a ballot."""

    ratee: Ratee
    lines: tuple[Line, ...]

    @property
    def missing(self) -> list[Line]:
        """What was found to have no answer."""
        return [line for line in self.lines if line.is_missing]


def marks_in(sheet: Sheet, sent: QueryDict) -> dict[str, dict[str, int | None]]:
    """What was chosen; items without an answer are missing. `MarksError` for a form that was cut off on its way."""
    if END not in sent:
        raise MarksError(_("表单在传送途中中断，没有提交。请重新选择后再提交一次。"))
    marks: dict[str, dict[str, int | None]] = {ratee.key: {} for ratee in sheet.ratees}
    for ratee, item in sheet.lines():
        text = sent.get(name_of(ratee, item), "")
        if text.isascii() and text.isdigit() and len(text) <= 3:
            marks[ratee.key][item.code] = int(text) or None
    return marks


def blocks(sheet: Sheet, sent: Mapping[str, str], *, is_checked: bool) -> list[Block]:
    """The ballot as it is shown, with what was chosen so far; after a check, what is missing is marked."""
    return [Block(ratee, tuple(_lines(ratee, sent, is_checked=is_checked))) for ratee in sheet.ratees]


def answers_in(
    sheet: Sheet, marks: Mapping[str, Mapping[str, int | None]]
) -> list[tuple[Ratee, list[Answer]]]:
    """A whole ballot as it is looked at before it is cast."""
    unknown = _("不了解")

    def answer(ratee: Ratee, item: Item) -> Answer:
        level = marks[ratee.key][item.code]
        label = ratee.levels[level - 1] if level else unknown
        return Answer(name_of(ratee, item), item.title, label, level or 0)

    return [(ratee, [answer(ratee, item) for item in ratee.items]) for ratee in sheet.ratees]


def missing_in(shown: Sequence[Block]) -> dict[str, object]:
    """For `_missing_marks.html`: of whom something is missing, and how much in all."""
    missing = [block for block in shown if block.missing]
    return {"missing": missing, "n_missing": sum(len(block.missing) for block in missing)}


def is_same_everywhere(marks: Mapping[str, Mapping[str, int | None]]) -> bool:
    """Whether more than two items all have one mark: asked about, never refused."""
    levels = [level for given in marks.values() for level in given.values()]
    return len(levels) > 2 and len(set(levels)) == 1 and levels[0] is not None


def name_of(ratee: Ratee, item: Item) -> str:
    """How the field of an item is called."""
    return f"{PREFIX}-{ratee.key}-{item.code}"


def _lines(ratee: Ratee, sent: Mapping[str, str], *, is_checked: bool) -> Iterator[Line]:
    for number, item in enumerate(ratee.items, start=1):
        name = name_of(ratee, item)
        given = sent.get(name, "")
        levels = [*reversed(list(enumerate(ratee.levels, start=1))), (0, _("不了解"))]
        choices = tuple(Choice(str(value), label, given == str(value)) for value, label in levels)
        anchors = (
            tuple(zip(reversed(ratee.levels), reversed(item.anchors), strict=False)) if item.anchors else ()
        )
        is_missing = is_checked and not any(one.is_chosen for one in choices)
        yield Line(name, number, item, choices, anchors, is_missing)
