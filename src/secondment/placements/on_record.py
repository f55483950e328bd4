"""Whom and what the rows of a list of people in post mean: persons, units and placements that are on record, or new."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from secondment.accounts.models import User
from secondment.common.protection import blind_index
from secondment.files.columns.rows import RowReader
from secondment.files.dates import Month
from secondment.files.faults import CellError, Fault, gettext_noop, in_chinese
from secondment.files.identity import IdentityNumber, parse_identity_number
from secondment.files.names import clean_name
from secondment.people.models import Person
from secondment.people.queries import kept_by
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement, TermChange
from secondment.placements.queries import active
from secondment.units.models import Unit


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is not on record yet, as far as the list knows them."""

    name: str
    unit: "Unit | NewUnit"
    sex: str = ""
    born_on: dt.date | None = None
    number: IdentityNumber | None = None
    phone: str = ""


@dataclass(frozen=True)
class NewUnit:
    """A unit that is not in the tree yet: below `parent`, or external where none is named."""

    name: str
    parent: Unit | None


class OnRecord:
    """People and placements on record that the rows may mean; read once."""

    def __init__(self, cells: RowReader, user: User) -> None:
        rows = cells.table.rows
        names = {clean_name(cells.text(row, "name")) for row in rows}
        indexes = {
            blind_index(number.text)
            for row in rows
            if (number := _number(cells.text(row, "identity_number")))
        }
        kept = kept_by(user).select_related("unit")
        people = list(kept.filter(Q(name__in=names) | Q(identity_index__in=indexes)))
        self.by_index = {one.identity_index: one for one in people if one.identity_index}
        self.by_name: defaultdict[str, list[Person]] = defaultdict(list)
        for one in people:
            self.by_name[one.name].append(one)
        self.placements: defaultdict[int, list[Placement]] = defaultdict(list)
        rows_of = Placement.objects.filter(person__in=people).exclude(state=PlacementState.CANCELLED)
        for placement in rows_of.select_related(
            "post", "home_unit", "host_unit", "programme_version__programme"
        ):
            self.placements[placement.person_id].append(placement)
        changes = TermChange.objects.filter(placement__person__in=people).order_by()
        changed = set(changes.values_list("placement", flat=True))
        self.changed = {one for found in self.placements.values() for one in found if one.pk in changed}
        self.standing = set(active().filter(person__in=people).values_list("pk", flat=True))

    def person_of(
        self, name: str, number: IdentityNumber | None, born: dt.date | Month | None, home: Unit | NewUnit
    ) -> tuple[Person | None, tuple[str, Fault] | None]:
        """The person meant, nobody, or the cell and why it cannot be said: number first, else name, unit and birth."""
        if number is not None and (person := self.by_index.get(blind_index(number.text))):
            if person.name != name:
                return None, ("name", in_chinese("此身份证号在系统中登记的姓名不同", "请核对姓名和身份证号"))
            return person, None
        named = [one for one in self.by_name[name] if self._is_from(one, home)]
        if number is not None:
            named = [one for one in named if not one.identity_index]
        if born is not None or number is not None:
            day = number.born_on if number else first_day(born)
            named = [one for one in named if one.born_on is None or _month(one.born_on) == _month(day)]
        if len(named) > 1:
            found = gettext_noop("该派出单位有{n}人叫“{name}”")
            return None, ("name", in_chinese(found, "请填写身份证号或出生年月", n=len(named), name=name))
        return (named[0] if named else None), None

    def _is_from(self, person: Person, home: Unit | NewUnit) -> bool:
        """Whether the unit is the person's own, or sent the person once."""
        if isinstance(home, NewUnit):
            return False
        sent = (one.home_unit for one in self.placements[person.pk])
        return any(unit.is_under(home) for unit in (person.unit, *sent))

    def placement_of(
        self, person: Person | NewPerson, host: Unit | NewUnit, starts_on: dt.date
    ) -> Placement | None:
        """The placement of the person at this host from this day."""
        if isinstance(person, NewPerson) or isinstance(host, NewUnit):
            return None
        same = (
            one for one in self.placements[person.pk] if (one.host_unit, one.starts_on) == (host, starts_on)
        )
        return next(same, None)

    def standing_of(self, person: Person | NewPerson) -> list[Placement]:
        """Placements of the person that take them: decided on, appointed or in post."""
        if isinstance(person, NewPerson):
            return []
        return [one for one in self.placements[person.pk] if one.pk in self.standing]


def to_be_made(unit: NewUnit) -> Fault:
    """A unit that the list makes."""
    if unit.parent is None:
        return in_chinese("将新建外部单位：{name}", name=unit.name)
    return in_chinese("将新建单位：{above}/{name}", name=unit.name, above=unit.parent.name)


def no_home(text: str) -> Fault:
    """A home unit that is not in the tree."""
    remedy = gettext_noop(
        "请写单位目录中的全称，且须在您的管理范围内；外来单位请在“派出单位上级”栏写“外部”，没有这一栏的加一栏"
    )
    return in_chinese("未找到单位“{text}”", remedy, text=text)


def _number(text: str) -> IdentityNumber | None:
    try:
        return parse_identity_number(text) if text else None
    except CellError:
        return None


def first_day(born: dt.date | Month | None) -> dt.date | None:
    """A month stands for its first day, as everywhere in the system."""
    return dt.date(born.year, born.month, 1) if isinstance(born, Month) else born


def _month(day: dt.date | None) -> tuple[int, int] | None:
    return (day.year, day.month) if day else None
