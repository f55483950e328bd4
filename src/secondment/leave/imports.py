"""Read a leave workbook (请假汇总表): a dry run with the checks of the web page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.common.components import Difference
from secondment.common.list_import import ListImport, ListKind, ListLine, ReadTable
from secondment.files.columns.leave import ASKED, LEAVE
from secondment.files.columns.rows import RowReader
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Row, Table
from secondment.leave.choices import LeaveState
from secondment.leave.drafts import Draft, faults_of, leave_within_return
from secondment.leave.levels import approval_for
from secondment.leave.models import LeaveRequest
from secondment.leave.queries import asked_for, standing_of, with_names
from secondment.leave.rules import is_own
from secondment.leave.spans import HalfDay, Span
from secondment.leave.words import half_words, span_words
from secondment.leave.workbooks import read_key
from secondment.placements.models import Placement
from secondment.placements.queries import with_names as with_placement_names
from secondment.placements.rules import may_manage

MOST_ROWS = 5_000
FRESH = gettext_noop("请重新下载汇总表，把内容填到新表中")
KEYS = tuple(column.key for column in LEAVE)
KIND = ListKind(LEAVE, KEYS, LEAVE.headers(KEYS), ("key", "name"), MOST_ROWS)


@dataclass(frozen=True)
class LeaveLine(ListLine):
    """A row that was filled in: what it asks for, who decided, and when the person was back."""

    draft: Draft | None
    request: LeaveRequest | None
    decided_for: str
    back: HalfDay | None


def read_leave(
    content: bytes, *, file: str, user: User, on: dt.date, read: ReadTable = examine_table_apart
) -> ListImport[LeaveLine]:
    """Dry run over a workbook."""
    return KIND.plan(content, file, read, lambda table: _Reader(table, user, on).read())


class _Reader:
    """Reads one workbook; everything its rows are about is looked up at once."""

    def __init__(self, table: Table, user: User, on: dt.date) -> None:
        self.table, self.user, self.on = table, user, on
        self.cells = RowReader(table, LEAVE)
        self.keys = {row.line: read_key(self.cells.text(row, "key")) for row in table.rows}
        known = {key[0] for key in self.keys.values() if key}
        mine = with_placement_names(asked_for(user)).filter(pk__in=known).select_related("person__account")
        self.placements = {one.pk: one for one in mine}
        self.standing: dict[int, list[LeaveRequest]] = defaultdict(list)
        for one in with_names(standing_of(self.placements)):
            self.standing[one.placement_id].append(one)
        self.drafts: dict[int, list[tuple[int, Span]]] = defaultdict(list)
        self.result: ListImport[LeaveLine] = ListImport(table.file, table=table)

    def read(self) -> ListImport[LeaveLine]:
        return self.result.read(self.table.rows, self.cells, self._line)

    def _line(self, row: Row) -> LeaveLine | None:
        key = self.keys[row.line]
        if not any(
            self.cells.text(row, one.key) for one in LEAVE if one.key not in ("key", "name", "home", "host")
        ):
            return None
        placement = self.placements.get(key[0]) if key else None
        fault = self._fault_of_key(row, placement, known=key is not None)
        if fault is not None or placement is None or key is None:
            self.cells.note(row, "key", fault or in_chinese(FRESH))
            return None
        return self._return_of(row, placement, key[1]) if key[1] else self._new(row, placement)

    def _fault_of_key(self, row: Row, placement: Placement | None, *, known: bool) -> Fault | None:
        if not known:
            return in_chinese(gettext_noop("行标识缺失、被改动，或不是请假汇总表的"), FRESH)
        if placement is None:
            found = gettext_noop("这一行的人员不由您的单位代填，或已不在挂")
            return in_chinese(found, gettext_noop("请交主办组织部门导入，或清空这一行"))
        if clean_name(self.cells.text(row, "name")) != clean_name(placement.person.name):
            found = gettext_noop("行标识属于{value}，本行写的是“{text}”")
            return in_chinese(found, FRESH, value=placement.person.name, text=self.cells.text(row, "name"))
        return None

    def _return_of(self, row: Row, placement: Placement, pk: int) -> LeaveLine | None:
        """A leave that the system knows: only the return is read."""
        back = self._back(row)
        request = next((one for one in self.standing[placement.pk] if one.pk == pk), None)
        if back is None:
            return None
        if request is None:
            found, remedy = gettext_noop("这次请假已撤销"), gettext_noop("请清空返岗日期，或重新下载汇总表")
            self.cells.note(row, "back_on", in_chinese(found, remedy))
            return None
        if request.state == LeaveState.RETURNED and request.back == back:
            return LeaveLine(
                row.line, self._label(placement, request.span), request, [], None, request, "", back
            )
        if request.state != LeaveState.GRANTED:
            found, remedy = gettext_noop("这次请假现在不能销假"), gettext_noop("请在网页上查看这次请假")
            self.cells.note(row, "back_on", in_chinese(found, remedy))
            return None
        self._check_back(
            row, back, request.span, [one for one in self.standing[placement.pk] if one.pk != pk]
        )
        changed = [Difference(LEAVE["back_on"].title, "", half_words(back))]
        return LeaveLine(
            row.line, self._label(placement, request.span), request, changed, None, request, "", back
        )

    def _new(self, row: Row, placement: Placement) -> LeaveLine | None:
        values = {one.key: self.cells.value(row, one.key, "") for one in ASKED}
        missing = [one for one in ("type", "starts_on", "last_on") if not self.cells.text(row, one)]
        for one in missing:
            self.cells.name(row, one)
        back, decided_for = self._back(row), values["decided_for"]
        if missing or not values["type"] or not values["starts_on"] or not values["last_on"]:
            return None
        span = Span(
            HalfDay(values["starts_on"], values["starts_half"] == "pm"),
            HalfDay(values["last_on"], values["last_half"] != "am").after(1),
        )
        names = ("reason", "destination", "deputy_name", "deputy_contact")
        draft = Draft(placement, values["type"], span, **{one: values[one] for one in names})
        standing = self.standing[placement.pk]
        known = next((one for one in standing if draft.is_in(one)), None)
        if known is not None:
            return LeaveLine(row.line, self._label(placement, span), known, [], draft, known, "", None)
        for field, fault in faults_of(draft, standing):
            self.cells.note(row, field if field in KEYS else "name", fault)
        self._check_others(row, placement, span)
        if decided_for and not span.is_empty:
            self._check_decider(row, placement, span)
        if back is not None:
            self._check_back(row, back, span, standing)
            if not decided_for:
                found, remedy = gettext_noop("填了返岗日期，没有填审批人"), gettext_noop("请写批准人姓名")
                self.cells.note(row, "decided_for", in_chinese(found, remedy))
        return LeaveLine(row.line, self._label(placement, span), None, [], draft, None, decided_for, back)

    def _check_others(self, row: Row, placement: Placement, span: Span) -> None:
        for line, other in self.drafts[placement.pk]:
            if other.overlaps(span):
                found, remedy = gettext_noop("与第{line}行的请假重叠"), gettext_noop("请改正时间，或清空一行")
                self.cells.note(row, "starts_on", in_chinese(found, remedy, line=line))
        self.drafts[placement.pk].append((row.line, span))

    def _check_decider(self, row: Row, placement: Placement, span: Span) -> None:
        """What was decided on paper is written down by the department, for offices that cannot do so themselves."""
        offices = approval_for(placement, span.n_working).offices
        own = next((one.unit.name for one in offices if one.has_account), "")
        if own:
            found = gettext_noop("{unit}有账号，由其在系统中审批")
            self.cells.note(row, "decided_for", in_chinese(found, gettext_noop("请清空审批人"), unit=own))
        elif not may_manage(self.user, placement) or is_own(self.user, placement):
            found = gettext_noop("审批结果由主办组织部门登记")
            self.cells.note(row, "decided_for", in_chinese(found, gettext_noop("请清空审批人，或交其导入")))

    def _back(self, row: Row) -> HalfDay | None:
        day = self.cells.value(row, "back_on")
        return None if day is None else HalfDay(day, self.cells.value(row, "back_half", "am") == "pm")

    def _check_back(self, row: Row, back: HalfDay, span: Span, others: Sequence[LeaveRequest]) -> None:
        if back.day > self.on:
            found, remedy = gettext_noop("返岗日期还没有到"), gettext_noop("请在返岗以后填写")
            self.cells.note(row, "back_on", in_chinese(found, remedy))
        elif back <= span.starts:
            found, remedy = gettext_noop("返岗不晚于请假开始"), gettext_noop("请改正日期")
            self.cells.note(row, "back_on", in_chinese(found, remedy))
        elif (between := leave_within_return(span, back, others)) is not None:
            found = gettext_noop("返岗晚于另一次请假的开始（{day}）")
            remedy = gettext_noop("请填这次请假以后的返岗，至迟为那一天")
            self.cells.note(row, "back_on", in_chinese(found, remedy, day=half_words(between.span.starts)))

    @staticmethod
    def _label(placement: Placement, span: Span) -> str:
        return f"{placement.person.name} · {span_words(span) if not span.is_empty else ''}"
