"""Find units and regions by what people type or write into a cell."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from secondment.files.faults import CellError, gettext_noop, in_chinese
from secondment.units.choices import UnitKind
from secondment.units.models import Region, Unit

MOST_SUGGESTED = 20
ABOVE = " · "  # between a unit and the one above it, where one is picked


def find_unit(text: str, among: QuerySet[Unit]) -> Unit:
    """The unit named “名称”, “上级/名称”, “名称 · 上级” or by its credit code; `CellError` when none or several fit."""
    text = _turned(text)
    *above, name = [part.strip() for part in text.replace("／", "/").split("/") if part.strip()] or [""]
    found = [
        unit
        for unit in among.filter(Q(name=name) | Q(short_name=name) | Q(credit_code=name.upper()))
        .exclude(name="")
        .select_related("parent")[:200]
        if _is_below(unit, above)
    ]
    if not name or not found:
        remedy = gettext_noop("请写单位目录中的全称，且须在您的管理范围内")
        raise CellError(in_chinese("未找到单位“{text}”", remedy, text=text))
    exact = [unit for unit in found if unit.name == name] or found
    if len(exact) > 1:
        remedy = gettext_noop("请写成“上级单位/单位名称”，例如“{example}”")
        values = {"n": len(exact), "text": name, "example": unit_label(exact[0])}
        raise CellError(in_chinese("有{n}个单位都名为“{text}”", remedy, **values))
    return exact[0]


def suggest_units(text: str, among: QuerySet[Unit]) -> list[Unit]:
    """Up to 20 units whose name contains the text, the highest first."""
    name = _turned(text).replace("／", "/").rsplit("/", 1)[-1].strip()
    return list(
        among.filter(Q(name__icontains=name) | Q(short_name__icontains=name))
        .select_related("parent")
        .order_by("path")[:MOST_SUGGESTED]
    )


def unit_label(unit: Unit) -> str:
    """A name that distinguishes units of the same name: “上级/名称”."""
    return f"{unit.parent.name}/{unit.name}" if unit.parent else unit.name


def picker_label(unit: Unit) -> str:
    """How a unit is picked from suggestions, its own name first: “双树村 · 斋堂镇”; `find_unit` reads it back."""
    return f"{unit.name}{ABOVE}{unit.parent.name}" if unit.parent else unit.name


def place_of(unit: Unit) -> str:
    """The name of a unit; a village follows its township, for villages of several townships have one name."""
    above = unit.parent.name if unit.kind == UnitKind.VILLAGE and unit.parent else ""
    return unit.name if unit.name.startswith(above) else f"{above}{unit.name}"


def shared_names() -> frozenset[str]:
    """Names (short ones too) that mean more than one unit: in a file such a unit is called “上级/名称”."""
    names = Counter(
        name for pair in Unit.objects.values_list("name", "short_name") for name in {*pair} if name
    )
    return frozenset(name for name, n in names.items() if n > 1)


def ancestors_of(unit: Unit) -> list[Unit]:
    """The units above, from the root down."""
    return list(Unit.objects.filter(pk__in=unit.path.strip("/").split("/")[:-1]).order_by("path"))


def find_region(text: str) -> Region:
    """The region with this code or full name, or the only one with this name; `CellError` otherwise."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        code = text.removesuffix("0000") if len(text) == 6 else text
        code = code.removesuffix("00") if len(code) == 6 else code
        found = list(Region.objects.filter(code=code))
    else:
        found = _outermost(Region.objects.filter(full_name=text)) or list(
            Region.objects.filter(Q(name=text) | Q(full_name__endswith=text))[:2]
        )
    if len(found) > 1:
        remedy = gettext_noop("请写全称（例如“{example}”）或区划代码")
        values = {"text": text, "example": found[0].full_name}
        raise CellError(in_chinese("有多个地方名为“{text}”", remedy, **values))
    if not found:
        remedy = gettext_noop("请写全称或区划代码（2、4、6或9位）")
        raise CellError(in_chinese("未找到区划“{text}”", remedy, text=text))
    return found[0]


def suggest_regions(text: str) -> list[Region]:
    """Up to 20 regions whose code starts with the text or whose full name contains it, the largest first."""
    text = text.strip()
    rows = Region.objects.filter(Q(code__startswith=text) | Q(full_name__contains=text))
    return sorted(rows[:200], key=lambda region: (len(region.code), region.code))[:MOST_SUGGESTED]


def _outermost(regions: QuerySet[Region]) -> list[Region]:
    """A municipality and the city below it share a full name, which then means the municipality."""
    found = sorted(regions[:20], key=lambda region: region.code)
    return [one for one in found if one is found[0] or not one.code.startswith(found[0].code)]


def _is_below(unit: Unit, above: list[str]) -> bool:
    return not above or (unit.parent is not None and above[-1] in {unit.parent.name, unit.parent.short_name})


def _turned(text: str) -> str:
    """“名称 · 上级” as “上级/名称”."""
    name, mark, above = text.partition(ABOVE)
    return f"{above.strip()}/{name.strip()}" if mark else text


def regions_named(codes: Iterable[str]) -> dict[str, Region]:
    """Regions by code; no codes, no query."""
    return Region.objects.in_bulk([one for one in codes if one])


def units_below(unit: Unit) -> QuerySet[Unit]:
    """The unit and everything below it."""
    return Unit.objects.filter(path__startswith=unit.path)


def units_in_use() -> QuerySet[Unit]:
    """Units that were not closed."""
    return Unit.objects.filter(is_active=True)
