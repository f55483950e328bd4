"""Lists that come as Excel: quotas by home unit, and people to nominate. All rows are right or nothing is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from secondment.campaigns.services.quotas import QuotaLine
from secondment.common.file_faults import told
from secondment.common.protection import blind_index
from secondment.common.sentences import listed
from secondment.files.headers import Headers
from secondment.files.identity import normalise_number
from secondment.files.names import clean_name, same_name
from secondment.files.problems import BadInputError
from secondment.files.sandbox.tables import parse_table_apart
from secondment.files.table import Row, Table
from secondment.people.models import Person
from secondment.units.models import Unit

UNIT, ASKED, CAP = "派出单位", "推荐名额", "最多派出"
NAME, IDENTITY, PERSON_UNIT = "姓名", "身份证号", "单位"
FIGURES_OF_EXPORT = ("已推荐", "尚缺", "本人已答复")
NUMBER = "序号"
QUOTA_COLUMNS = (UNIT, ASKED, CAP)
PERSON_COLUMNS = (NAME, IDENTITY, PERSON_UNIT)
MOST_LINES = 5000


@dataclass(frozen=True)
class LineProblem:
    """What is wrong in one line of an uploaded list, and what to do; line 0 is the file as a whole."""

    line: int
    found: str
    remedy: str


class ListRefusedError(Exception):
    """An uploaded list has problems; nothing of it was taken."""

    def __init__(self, problems: Sequence[LineProblem]) -> None:
        self.problems = list(problems)
        super().__init__(f"{len(self.problems)} problems")


def read_quotas(
    content: bytes, *, file: str, units: QuerySet[Unit], leaves_out_others: bool = False
) -> list[QuotaLine]:
    """Quotas of an uploaded list; units are found by their name among `units`."""
    headers = Headers(QUOTA_COLUMNS, (*FIGURES_OF_EXPORT, NUMBER))
    table = _table(content, file, headers, (UNIT, ASKED), leaves_out_others=leaves_out_others)
    by_name: dict[str, list[Unit]] = {}
    for unit in units.filter(name__in=[row[UNIT] for row in table.rows]):
        by_name.setdefault(unit.name, []).append(unit)
    problems: list[LineProblem] = []
    lines: dict[int, QuotaLine] = {}
    for row in table.rows:
        found = by_name.get(row[UNIT], [])
        asked, cap = _figure(row[ASKED]), _figure(row[CAP])
        if len(found) != 1:
            problems.append(_unit_problem(row, n_found=len(found)))
        elif found[0].pk in lines:
            problems.append(LineProblem(row.line, _("“%s”重复出现") % row[UNIT], _("每个单位只保留一行。")))
        elif asked is None or (row[CAP] and cap is None):
            problems.append(
                LineProblem(row.line, _("名额不是0或正整数"), _("请填写整数；“最多派出”可以留空。"))
            )
        else:
            lines[found[0].pk] = QuotaLine(found[0], asked, cap)
    _refuse(problems)
    return list(lines.values())


def read_persons(
    content: bytes, *, file: str, candidates: QuerySet[Person], leaves_out_others: bool = False
) -> list[Person]:
    """People of an uploaded list, found among `candidates` by identity number, or by name and unit."""
    headers = Headers(PERSON_COLUMNS, (NUMBER,))
    table = _table(content, file, headers, (NAME,), leaves_out_others=leaves_out_others)
    people = _Candidates(table.rows, candidates)
    problems: list[LineProblem] = []
    persons: dict[int, Person] = {}
    for row in table.rows:
        found = people.of_row(row)
        if len(found) == 1 and found[0].pk not in persons:
            persons[found[0].pk] = found[0]
        else:
            problems.append(_person_problem(row, n_found=len(found)))
    _refuse(problems)
    return list(persons.values())


class _Candidates:
    """The people a list may name, read once."""

    def __init__(self, rows: Iterable[Row], candidates: QuerySet[Person]) -> None:
        rows = list(rows)
        self.indexes = {
            row.line: blind_index(normalise_number(row[IDENTITY])) for row in rows if row[IDENTITY]
        }
        wanted = Q(identity_index__in=set(self.indexes.values())) | Q(
            name__in={clean_name(row[NAME]) for row in rows}
        )
        self.people = list(candidates.filter(wanted).select_related("unit"))

    def of_row(self, row: Row) -> list[Person]:
        """Everyone the line can mean."""
        named = [person for person in self.people if same_name(person.name, row[NAME])]
        if row[IDENTITY]:
            return [person for person in named if person.identity_index == self.indexes[row.line]]
        if row[PERSON_UNIT]:
            return [
                person for person in named if row[PERSON_UNIT] in {person.unit.name, person.unit.short_name}
            ]
        return named


def _table(
    content: bytes, file: str, headers: Headers, required: Sequence[str], *, leaves_out_others: bool
) -> Table:
    try:
        table = parse_table_apart(content, file=file, headers=headers)
    except BadInputError as error:
        problems = [LineProblem(one.line, *told(one.fault)) for one in error.problems]
        raise ListRefusedError(problems) from error
    missing = [name for name in required if name not in table.columns]
    if missing:
        found = _("缺少列：%s") % listed(missing)
        raise ListRefusedError([LineProblem(table.header_line, found, _("请按模板保留表头。"))])
    unknown = [name for name, _texts in table.questions.columns]
    if unknown and not leaves_out_others:
        found = _("不认识的列：%s") % listed(unknown)
        remedy = _("请删除这些列，或勾选“忽略其他列”后重新上传。")
        raise ListRefusedError([LineProblem(table.header_line, found, remedy)])
    if not 0 < len(table.rows) <= MOST_LINES:
        remedy = _("请保留 1 到 %d 行。") % MOST_LINES
        raise ListRefusedError([LineProblem(0, _("共 %d 行") % len(table.rows), remedy)])
    return table


def _figure(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _unit_problem(row: Row, *, n_found: int) -> LineProblem:
    if n_found:
        return LineProblem(
            row.line,
            _("有 %(n)d 个单位叫“%(unit)s”") % {"n": n_found, "unit": row[UNIT]},
            _("请在页面上选择该单位。"),
        )
    return LineProblem(row.line, _("没有找到单位“%s”") % row[UNIT], _("请使用系统内的单位全称。"))


def _person_problem(row: Row, *, n_found: int) -> LineProblem:
    if n_found == 1:
        return LineProblem(row.line, _("“%s”重复出现") % row[NAME], _("每人只保留一行。"))
    if n_found:
        found = _("本单位有 %(n)d 人叫“%(name)s”") % {"n": n_found, "name": row[NAME]}
        return LineProblem(row.line, found, _("请填写身份证号或单位。"))
    found = _("在可推荐的干部中没有找到“%s”") % row[NAME]
    return LineProblem(row.line, found, _("请核对姓名、身份证号；未建档的请先导入干部信息，已推荐的请删去。"))


def _refuse(problems: Sequence[LineProblem]) -> None:
    if problems:
        raise ListRefusedError(problems)
