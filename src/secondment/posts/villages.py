"""Read a list of townships and villages and say where each line would get its post."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from secondment.common.file_faults import told
from secondment.common.import_report import Refusal
from secondment.files.faults import CellError, gettext_noop, in_chinese
from secondment.posts.models import Post
from secondment.units.choices import UnitKind
from secondment.units.models import Unit
from secondment.units.queries import find_unit

MOST_LINES = 3_000
LONGEST_NAME = 60


@dataclass(frozen=True)
class Place:
    """Where one line gets its post: a unit that exists, or a village to be made below `township`."""

    line: int
    text: str
    unit: Unit | None
    township: Unit | None = None
    village: str = ""

    @property
    def label(self) -> str:
        """The unit, or the village with its township."""
        return str(self.unit) if self.unit else f"{self.township}/{self.village}"


@dataclass(frozen=True)
class VillagePlan:
    """What a list would do with a pattern post."""

    pattern: Post
    existing: Sequence[Place]
    new: Sequence[Place]
    repeated: Sequence[Place]
    refused: Sequence[Refusal]

    @property
    def n_posts(self) -> int:
        """How many posts would be made."""
        return len(self.existing) + len(self.new)

    @property
    def may_be_written(self) -> bool:
        """Whether every line is understood and something is to be done."""
        return not self.refused and self.n_posts > 0


def read_places(text: str, pattern: Post, units: QuerySet[Unit]) -> VillagePlan:
    """Match each line of `text` among `units`; places that have the pattern's post already are set apart."""
    lines = [(number, " ".join(line.split())) for number, line in enumerate(text.splitlines(), start=1)]
    lines = [(number, line) for number, line in lines if line]
    finder = _Finder(units)
    places: list[Place] = []
    refused: list[Refusal] = []
    for number, line in lines[:MOST_LINES]:
        try:
            places.append(finder.place(number, line))
        except CellError as error:
            refused.append(Refusal(number, line, *told(error.fault)))
    if len(lines) > MOST_LINES:
        refused.append(Refusal(0, "", _("名单超过%(n)d行") % {"n": MOST_LINES}, _("请分几次办理")))
    return _sorted_out(pattern, places, refused)


class _Finder:
    """Townships of the scope by code and name, read once."""

    def __init__(self, units: QuerySet[Unit]) -> None:
        self.units = units
        self.by_key: dict[str, list[Unit]] = {}
        townships = units.filter(kind=UnitKind.TOWNSHIP).select_related("region", "parent")
        for unit in townships:
            for key in _keys(unit):
                self.by_key.setdefault(key, []).append(unit)
        self.names = sorted(self.by_key, key=len, reverse=True)

    def place(self, number: int, line: str) -> Place:
        """Where the line leads; `CellError` when that is not certain."""
        key, village = self._split(line)
        try:
            return Place(number, line, find_unit(line, self.units))
        except CellError:
            if key is None:
                raise
        fitting = self.by_key[key]
        if len(fitting) > 1:
            remedy = gettext_noop("请在前面写上区县名称，或改写9位区划代码")
            raise CellError(in_chinese("有{n}个乡镇街道都名为“{name}”", remedy, n=len(fitting), name=key))
        township = fitting[0]
        if not village:
            return Place(number, line, township)
        if len(village) > LONGEST_NAME:
            raise CellError(in_chinese("村名超过{n}个字", "请核对这一行", n=LONGEST_NAME))
        found = self.units.filter(parent=township).filter(Q(name=village) | Q(short_name=village)).first()
        return Place(number, line, found, township, village)

    def _split(self, line: str) -> tuple[str | None, str]:
        for key in self.names:
            if line.startswith(key):
                return key, line.removeprefix(key).strip(" ,，、/")
        return None, ""


def _keys(unit: Unit) -> Iterable[str]:
    """What a list may call a township: code, name, name with the region or unit above."""
    keys = {unit.name, f"{unit.parent}{unit.name}" if unit.parent else unit.name}
    if unit.region and unit.region.level == "township":
        keys |= {unit.region.code, unit.region.full_name}
    return keys


def _sorted_out(pattern: Post, places: Sequence[Place], refused: list[Refusal]) -> VillagePlan:
    seen: dict[str, int] = {}
    kept: list[Place] = []
    for place in places:
        first = seen.setdefault(f"{place.unit.pk}" if place.unit else place.label, place.line)
        if first == place.line:
            kept.append(place)
        else:
            refused.append(
                Refusal(place.line, place.text, _("与第%(line)d行重复") % {"line": first}, _("请删去一行"))
            )
    known = [place for place in kept if place.unit]
    taken = set(
        Post.objects.filter(
            host_unit__in=[place.unit for place in known], title=pattern.title, starts_on=pattern.starts_on
        ).values_list("host_unit_id", flat=True)
    )
    return VillagePlan(
        pattern,
        existing=[place for place in known if place.unit and place.unit.pk not in taken],
        new=[place for place in kept if not place.unit],
        repeated=[place for place in known if place.unit and place.unit.pk in taken],
        refused=sorted(refused, key=lambda one: one.line),
    )
