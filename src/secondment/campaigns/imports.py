"""Lists that come as Excel: quotas by home unit, and people to nominate. All rows are right or nothing is taken."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from secondment.campaigns.services.quotas import QuotaLine
from secondment.common.protection import blind_index
from secondment.common.sentences import listed
from secondment.files.columns import quota
from secondment.files.columns.column import Columns
from secondment.files.columns.person import PERSON
from secondment.files.columns.quota import QUOTA
from secondment.files.columns.rows import RowReader
from secondment.files.faults import CellError, Fault, gettext_noop, in_chinese
from secondment.files.headers import Headers
from secondment.files.identity import normalise_number
from secondment.files.names import clean_name, same_name
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import settled
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row
from secondment.people.models import Person
from secondment.units.models import Unit

PERSON_KEYS = ("name", "identity_number", "unit")
QUOTA_COLUMNS = tuple(QUOTA[key].title for key in quota.KEYS)
PERSON_COLUMNS = tuple(PERSON[key].title for key in PERSON_KEYS)
MOST_ROWS = 5_000


def read_quotas(
    content: bytes, *, file: str, units: QuerySet[Unit], leaves_out_others: bool = False
) -> list[QuotaLine]:
    """Quotas of an uploaded list, whose units are found by their name among `units`; raises `BadInputError`."""
    headers = QUOTA.headers(quota.KEYS)
    cells = _cells(content, file, headers, QUOTA, ("unit", "asked"), leaves_out_others=leaves_out_others)
    rows = cells.table.rows
    by_name: dict[str, list[Unit]] = {}
    for unit in units.filter(name__in=[cells.text(row, "unit") for row in rows]):
        by_name.setdefault(unit.name, []).append(unit)
    cells.check_distinct("unit")
    lines = [
        QuotaLine(
            cells.read(row, "unit", lambda name: _only_unit(name, by_name.get(name, []))),
            cells.must(row, "asked"),
            cells.value(row, "cap"),
        )
        for row in rows
    ]
    cells.finish()
    return lines


def read_persons(
    content: bytes, *, file: str, candidates: QuerySet[Person], leaves_out_others: bool = False
) -> list[Person]:
    """People of an uploaded list, found among `candidates` by number, or by name and unit; raises `BadInputError`."""
    headers = PERSON.headers(PERSON_KEYS, asks_of_others=True)
    cells = _cells(content, file, headers, PERSON, ("name",), leaves_out_others=leaves_out_others)
    people = _Candidates(cells, candidates)
    persons: dict[Person, int] = {}
    for row in cells.table.rows:
        found = people.of_row(row)
        if len(found) != 1:
            cells.note(row, "name", _not_one(cells.text(row, "name"), len(found)))
        elif persons.setdefault(found[0], row.line) != row.line:
            again = {"text": found[0].name, "line": persons[found[0]]}
            cells.note(row, "name", Fault("stands_already", again))
    cells.finish()
    return list(persons)


class _Candidates:
    """The people a list may name, read once."""

    def __init__(self, cells: RowReader, candidates: QuerySet[Person]) -> None:
        self.cells, rows = cells, cells.table.rows
        numbers = {row.line: cells.text(row, "identity_number") for row in rows}
        self.indexes = {line: blind_index(normalise_number(text)) for line, text in numbers.items() if text}
        names = {clean_name(cells.text(row, "name")) for row in rows}
        wanted = Q(identity_index__in=set(self.indexes.values())) | Q(name__in=names)
        self.people = list(candidates.filter(wanted).select_related("unit"))

    def of_row(self, row: Row) -> list[Person]:
        """Everyone the line can mean."""
        name, unit = self.cells.text(row, "name"), self.cells.text(row, "unit")
        named = [person for person in self.people if same_name(person.name, name)]
        if row.line in self.indexes:
            return [person for person in named if person.identity_index == self.indexes[row.line]]
        return [one for one in named if not unit or unit in {one.unit.name, one.unit.short_name}]


def _cells(
    content: bytes,
    file: str,
    headers: Headers,
    columns: Columns,
    required: Sequence[str],
    *,
    leaves_out_others: bool,
) -> RowReader:
    table = settled(examine_table_apart(content, file=file, headers=headers, most_rows=MOST_ROWS))
    unknown = [name for name, _texts in table.questions.columns]
    if unknown and not leaves_out_others:
        remedy = gettext_noop("请删除这些列，或勾选“忽略其他列”后重新上传")
        fault = in_chinese("不认识的列：{columns}", remedy, columns=listed(unknown))
        raise BadInputError([Problem(file, table.header_line, "", fault)])
    return RowReader(table, columns, required)


def _only_unit(name: str, found: Sequence[Unit]) -> Unit:
    if not found:
        raise CellError(in_chinese("未找到单位“{name}”", "请使用系统内的单位全称", name=name))
    if len(found) > 1:
        raise CellError(
            in_chinese("有{n}个单位名为“{name}”", "请在页面上选择该单位", n=len(found), name=name)
        )
    return found[0]


def _not_one(name: str, n: int) -> Fault:
    if n:
        return in_chinese("本单位有{n}人姓名为“{name}”", "请填写身份证号或单位", n=n, name=name)
    remedy = gettext_noop("请核对姓名、身份证号；未建档的请先导入干部信息，已推荐的请删去")
    return in_chinese("在可推荐的干部中未找到“{name}”", remedy, name=name)
