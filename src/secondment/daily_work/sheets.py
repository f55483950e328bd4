"""Collective workbooks (汇总表): one for an office and a period, with a row for each secondee."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from secondment.accounts.models import User
from secondment.daily_work.cycles import NOTICE, PRESENCE, REPORT, Cycle
from secondment.daily_work.desk import Desk
from secondment.daily_work.rules import may_hand_in
from secondment.files.columns import collective
from secondment.files.columns.column import Columns
from secondment.files.columns.half_days import HALF_DAYS
from secondment.files.writing import Workbook
from secondment.placements.models import Placement
from secondment.units.models import Unit

SALT = "secondment.daily_work.sheets"
SIGNED = 16
NOTES = (
    "只填底色为浅黄的格；其他各格由系统填好并锁定。",
    "填好后交组织部门导入，或由本单位在网页上导入；同一份表再次导入不会重复。",
    "每行对应一人。请不要增加、删除、移动行，也不要在行之间复制；没有可填的行照原样留下。",
)


@dataclass(frozen=True)
class SheetKind:
    """A kind of workbook: of a month, or of a quarter with host reports and home notices."""

    code: str
    title: str
    columns: Columns
    parts: tuple[tuple[Cycle, tuple[str, ...]], ...]
    """The cycles it serves and the columns that are filled in for each."""

    @property
    def cycles(self) -> tuple[Cycle, ...]:
        """The cycles it serves."""
        return tuple(cycle for cycle, _names in self.parts)


MONTH_SHEET = SheetKind(
    "M", "在岗确认汇总表", collective.PRESENCE, ((PRESENCE, ("half_days_away", "cause")),)
)
QUARTER_SHEET = SheetKind(
    "Q",
    "情况报告和告知单汇总表",
    collective.QUARTER,
    (
        (REPORT, tuple(column.key for column in collective.REPORTS)),
        (NOTICE, tuple(column.key for column in collective.NOTICES)),
    ),
)


def row_key(kind: SheetKind, placement_id: int, ends_on: dt.date) -> str:
    """What identifies a row: kind, end of the period, placement, and a seal over them."""
    plain = f"{kind.code}{ends_on:%Y%m%d}.{placement_id}"
    return f"{plain}.{_seal(plain)}"


def read_key(kind: SheetKind, key: str) -> tuple[int, dt.date] | None:
    """Placement and end of the period of a key; None for one that this system never wrote for such a workbook."""
    plain, _dot, seal = key.rpartition(".")
    if not constant_time_compare(seal, _seal(plain)) or not plain.startswith(kind.code):
        return None
    day, _dot, number = plain.removeprefix(kind.code).partition(".")
    return int(number), dt.datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 -- a day


def sheet_workbook(
    kind: SheetKind, placements: Sequence[Placement], ends_on: dt.date, office: Unit | None, *, user: User
) -> bytes:
    """The bytes of the workbook for an account: what it does not hand in for the office is left out, or locked where it is
    handed in for others."""
    desks = {cycle: Desk(cycle, placements, ends_on) for cycle in kind.cycles}
    asked = {cycle: set(_asked(desk, office, user)) for cycle, desk in desks.items()}
    parts = [(cycle, names) for cycle, names in kind.parts if asked[cycle]]
    filled = [name for _cycle, names in parts for name in names]
    columns = [
        one
        for one in kind.columns
        if one.key in filled or all(one.key not in names for _cycle, names in kind.parts)
    ]
    book = Workbook()
    sheet = book.sheet(kind.title, frozen=(1, 2))
    sheet.set_widths([one.width for one in columns])
    sheet.head([one.title for one in columns], [one.title for one in columns if one.key in filled])
    line = 0
    for placement in placements:
        mine = {name for cycle, names in parts if placement.pk in asked[cycle] for name in names}
        if not mine:
            continue
        line += 1
        cells = _cells(kind, placement, ends_on, desks, mine)
        for place, column in enumerate(columns):
            look = "input" if column.key in mine or column is collective.CLERK else "ruled"
            sheet.write(line, place, cells.get(column.key, ""), look)
    for place, column in enumerate(columns):
        if column.cell.choices:
            sheet.offer(place, max(line, 1), column.cell.choices, is_strict=True)
    sheet.lock(0)
    help_sheet = book.sheet("填写说明", widths=(18, 80))
    help_sheet.head(["栏目", "说明"])
    explained = [[one.title, one.help] for one in columns if one is not collective.KEY]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()


def _asked(desk: Desk, office: Unit | None, user: User) -> list[int]:
    """Placements for which the office owes the record and the account hands it in: what stands is read by them alone."""
    cycle, known = desk.cycle, desk.placements
    return [
        pk
        for pk in desk.periods
        if may_hand_in(user, known[pk], cycle)
        and (office is None or cycle.unit_of(known[pk]).path.startswith(office.path))
    ]


def _cells(
    kind: SheetKind, placement: Placement, ends_on: dt.date, desks: dict[Cycle, Desk], mine: set[str]
) -> dict[str, object]:
    period = next(desk.periods[placement.pk].label for desk in desks.values() if placement.pk in desk.periods)
    cells: dict[str, object] = {
        "key": row_key(kind, placement.pk, ends_on),
        "name": placement.person.name,
        "home": placement.home_unit.name,
        "host": placement.host_unit.name,
        "title": placement.post.title,
        "period": str(period),
    }
    if PRESENCE in desks:
        away = desks[PRESENCE].away.get(placement.pk)
        cells |= {
            "days_due": f"{desks[PRESENCE].days_due(placement)}",
            "half_days_away": HALF_DAYS.write(away.half_days if away else 0),
            "cause": away.cause if away and "cause" in mine else "",
        }
    for desk in desks.values():
        standing = desk.latest(placement)
        if standing is not None:
            values = {name: getattr(standing, name) for name in standing.CONTENT if name in mine}
            cells |= {name: _written(kind, name, value) for name, value in values.items()}
    return cells


def _written(kind: SheetKind, name: str, value: object) -> str:
    """What the cell shows; a tick that was not made stays empty."""
    return "" if value is False else kind.columns[name].cell.write(value)


def _seal(plain: str) -> str:
    return salted_hmac(SALT, plain).hexdigest()[:SIGNED]
