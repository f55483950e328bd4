"""A cell of one of the five abilities: points or a word, and in brackets its own source and day where it has one."""

import datetime as dt
import re
from dataclasses import dataclass

from secondment.files.codes import abilities
from secondment.files.codes.abilities import ABILITY_SOURCES
from secondment.files.columns.cells import DAY, Cell, number, one_of

_NOTED = re.compile(r"^(?P<points>[^（(]+?)\s*[（(](?P<source>\D+?)[\s，,]*(?P<day>\d[^）)]*)[）)]$")
_HUNDRED = number(0, 100)
SOURCE = one_of(ABILITY_SOURCES, ABILITY_SOURCES.codes)


@dataclass(frozen=True)
class RatedAbility:
    """Whole points out of a hundred; without a source and day of its own it has those of its row."""

    points: int
    source: str = ""
    on: dt.date | None = None


def _read(cell: str) -> RatedAbility:
    noted = _NOTED.match(cell)
    if noted is None:
        return RatedAbility(_points(cell))
    return RatedAbility(_points(noted["points"]), SOURCE.read(noted["source"]), DAY.read(noted["day"]))


def _points(words: str) -> int:
    """A word of assessment, or a number rounded to a whole one, halves upwards."""
    return abilities.POINTS[words] if words in abilities.POINTS else int(_HUNDRED.read(words) + 0.5)


def _written(value: RatedAbility) -> str:
    return (
        f"{value.points}（{SOURCE.write(value.source)}{DAY.write(value.on)}）"
        if value.on
        else f"{value.points}"
    )


ABILITY = Cell(_read, _written)
