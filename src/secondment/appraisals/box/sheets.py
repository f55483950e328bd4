"""What is printed on a ballot, kept in the box so that casting asks nothing of the database; marks as bytes of one length.

A ballot is a byte for each item of each candidate, in the order of the sheet: 0 for 不了解, else the level from 1.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from secondment.appraisals.box.errors import MarksError
from secondment.standards.choices import RaterGroup

UNKNOWN = 0
Marks = Mapping[str, Mapping[str, int | None]]
"""Key of a candidate → code of an item → level, or none for 不了解."""


@dataclass(frozen=True)
class Item:
    """One line of a ballot; anchors say what each level means."""

    code: str
    title: str
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ratee:
    """Somebody on a ballot, with the items and levels of the standard for them."""

    key: str
    name: str
    duty: str
    levels: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Sheet:
    """One kind of ballot paper."""

    paper: int
    title: str  # of the appraisal
    unit: str
    group: str  # its code; each reader is shown its name in their language
    ratees: tuple[Ratee, ...]

    @property
    def group_name(self) -> str:
        """Who votes on it; boxes of former versions hold the name itself."""
        return str(RaterGroup(self.group).label) if self.group in RaterGroup.values else self.group

    @property
    def size(self) -> int:
        """How many marks a ballot has."""
        return sum(len(ratee.items) for ratee in self.ratees)

    def lines(self) -> Iterator[tuple[Ratee, Item]]:
        """Every mark in order."""
        for ratee in self.ratees:
            for item in ratee.items:
                yield ratee, item

    def packed(self, marks: Marks) -> bytes:
        """The marks as they lie in the box; `MarksError` names the first that is missing or outside the scale."""
        return bytes(self._packed_one(marks, ratee, item) for ratee, item in self.lines())

    def unpacked(self, content: bytes) -> dict[str, dict[str, int | None]]:
        """The marks of a ballot that lies in the box."""
        marks: dict[str, dict[str, int | None]] = {ratee.key: {} for ratee in self.ratees}
        for (ratee, item), level in zip(self.lines(), content, strict=True):
            marks[ratee.key][item.code] = level or None
        return marks

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    @lru_cache(maxsize=256)
    def from_json(text: str) -> "Sheet":
        """As it was kept; the same text gives the same sheet, since every voter asks for it."""
        parts = json.loads(text)
        return Sheet(**{**parts, "ratees": tuple(_ratee(one) for one in parts["ratees"])})

    def __hash__(self) -> int:
        """Of its number alone: pages are remembered by sheet."""
        return hash(self.paper)

    @staticmethod
    def _packed_one(marks: Marks, ratee: Ratee, item: Item) -> int:
        given = marks.get(ratee.key, {})
        where = {"name": ratee.name, "item": item.title}
        if item.code not in given:
            raise MarksError(
                _("%(name)s 的“%(item)s”还没有选。不清楚的请选“不了解”。") % where,
                field=f"{ratee.key}.{item.code}",
            )
        level = given[item.code]
        if level is None:
            return UNKNOWN
        if type(level) is not int or not 1 <= level <= len(ratee.levels):
            raise MarksError(
                _("%(name)s 的“%(item)s”不在所列档次之内，请重新选择。") % where,
                field=f"{ratee.key}.{item.code}",
            )
        return level


def _ratee(parts: dict[str, Any]) -> Ratee:
    items = tuple(Item(one["code"], one["title"], tuple(one["anchors"])) for one in parts["items"])
    return Ratee(parts["key"], parts["name"], parts["duty"], tuple(parts["levels"]), items)
