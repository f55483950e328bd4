"""The cells that forecasts watch: which there are, what they are called, how addresses write them."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from secondment.algorithms.workforce.stays import Cell
from secondment.files.structure import dimensions as defined
from secondment.people.labels import specialty_label
from secondment.workforce.force import TAGS, Force
from secondment.workforce.words import name_of

LEADING = tuple(range(6))
"""Places of the leading ranks among those of the structure tables: 科员 and 其他 are steps of no ladder."""
N_CELLS = {"rank": len(defined.RANK.buckets), "tag": len(TAGS)}


def cell_query(cell: Cell, force: Force) -> dict[str, str]:
    """A cell as an address writes it; units by their keys."""
    unit = None if cell.unit is None else force.units[cell.unit][0]
    values = {"in_unit": unit, "in_rank": cell.rank, "in_tag": cell.tag, "in_age": cell.age_to}
    return {name: str(value) for name, value in values.items() if value is not None}


def cell_from(query: Any, force: Force) -> Cell | None:
    """The cell that an address names; None where it makes no sense."""
    places = {key: place for place, (key, _name) in enumerate(force.units)}
    values: dict[str, int | None] = {}
    for name, most in (("in_rank", N_CELLS["rank"]), ("in_tag", N_CELLS["tag"]), ("in_age", 100)):
        text = query.get(name, "")
        if text and not (text.isascii() and text.isdigit() and int(text) < most):
            return None
        values[name] = int(text) if text else None
    unit = query.get("in_unit", "")
    if unit and not (unit.isascii() and unit.isdigit() and int(unit) in places):
        return None
    return Cell(places[int(unit)] if unit else None, values["in_rank"], values["in_tag"], values["in_age"])


def whom(cell: Cell) -> str:
    """Who is in a cell, in words."""
    if cell.rank is not None:
        return _("%(rank)s的干部") % {"rank": name_of(defined.RANK.buckets[cell.rank])}
    values = {"age": cell.age_to, "specialty": "" if cell.tag is None else specialty_label(TAGS[cell.tag])}
    if cell.tag is None:
        return (
            pgettext("in a sentence", "干部") if cell.age_to is None else _("%(age)s岁及以下的干部") % values
        )
    if cell.age_to is None:
        return _("%(specialty)s干部") % values
    return _("%(age)s岁及以下的%(specialty)s干部") % values


KINDS: dict[str, Promise] = {
    "specialty": gettext_lazy("专业领域"),
    "young": gettext_lazy("专业领域（限年龄）"),
    "rank": gettext_lazy("职务职级层次"),
}


def cells_of(kind: str, age_to: int) -> list[tuple[Cell, str]]:
    """The cells of one table with their labels."""
    if kind == "rank":
        return [(Cell(rank=at), name_of(bucket)) for at, bucket in enumerate(defined.RANK.buckets)]
    age = age_to if kind == "young" else None
    return [(Cell(tag=at, age_to=age), specialty_label(code)) for at, code in enumerate(TAGS)]


def unit_cells(unit: int, age_to: int) -> list[Cell]:
    """The cells of one unit that are watched, wider ones first."""
    tags = range(len(TAGS))
    return [
        Cell(unit),
        Cell(unit, age_to=age_to),
        *(Cell(unit, rank=rank) for rank in LEADING),
        *(Cell(unit, tag=tag) for tag in tags),
        *(Cell(unit, tag=tag, age_to=age_to) for tag in tags),
    ]


def is_implied(cell: Cell, month: int, month_of: dict[Cell, int]) -> bool:
    """Whether a wider cell falls in the same month, which says it already."""
    wider = {
        Cell(cell.unit),
        Cell(cell.unit, tag=cell.tag),
        Cell(cell.unit, age_to=cell.age_to),
    } - {cell}
    return any(month_of.get(one) == month for one in wider)
