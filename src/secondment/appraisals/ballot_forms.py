"""Marks as a ballot sends them: one field for each item of each candidate, and a last one that says nothing was cut off."""

from collections.abc import Iterator, Mapping
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

    @property
    def chosen(self) -> str:
        """The answer in words."""
        return next((one.label for one in self.choices if one.is_chosen), "")

    @property
    def value(self) -> str:
        """The answer as it is sent."""
        return next((one.value for one in self.choices if one.is_chosen), "")


@dataclass(frozen=True)
class Block:
    """One candidate on a ballot."""

    ratee: Ratee
    lines: tuple[Line, ...]


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
