"""What is asked for, and what is wrong with it; the page, the workbook and the service ask here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.leave.choices import LeaveType
from secondment.leave.models import LeaveRequest
from secondment.leave.spans import HalfDay, Span, next_working
from secondment.leave.words import span_words
from secondment.placements.choices import PlacementState
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement

Named = tuple[str, Fault]
"""The field that is wrong (none: all of it), and what is wrong with it."""


@dataclass(frozen=True)
class Draft:
    """A leave before it is asked for."""

    placement: Placement
    type: str
    span: Span
    reason: str = ""
    destination: str = ""
    deputy_name: str = ""
    deputy_contact: str = ""

    def is_in(self, request: LeaveRequest) -> bool:
        """Whether the request asks for the same."""
        return request.type == self.type and request.span == self.span


def term_of(placement: Placement) -> Span:
    """The half-days in post: from the report for duty, where that was later than the term."""
    return Span.of_days(first_day_of(placement), placement.ends_on)


def faults_of(draft: Draft, standing: Sequence[LeaveRequest]) -> Iterator[Named]:
    """Everything that is wrong; `standing` are the person's requests that take their half-days."""
    if draft.placement.state != PlacementState.IN_POST:
        found, remedy = gettext_noop("本人现在不在挂职岗位上"), gettext_noop("请核对人员；报到后才能请假")
        yield "placement", in_chinese(found, remedy)
    if draft.span.is_empty:
        found, remedy = gettext_noop("结束早于开始"), gettext_noop("请核对起止日期和上午、下午")
        yield "last_on", in_chinese(found, remedy)
        return
    term = term_of(draft.placement)
    if not draft.span.is_within(term):
        found = gettext_noop("请假时间不全在挂职期内（{first}至{last}）")
        remedy = gettext_noop("请改在挂职期内；期限有误的，请组织部门先更正挂职期限")
        last = term.last.day
        yield "starts_on", in_chinese(found, remedy, first=f"{term.starts.day}", last=f"{last}")
    elif not draft.span.n_working:
        found = gettext_noop("这段时间都是休息日或节假日")
        remedy = gettext_noop("休息日不用请假；日期有误的，请改正")
        yield "starts_on", in_chinese(found, remedy)
    for one in overlapping(draft.span, standing):
        yield "starts_on", _overlap(one)
    if bool(draft.deputy_name) != bool(draft.deputy_contact):
        field = "deputy_contact" if draft.deputy_name else "deputy_name"
        found, remedy = gettext_noop("代行工作人的姓名和电话只填了一项"), gettext_noop("请填全，或都不填")
        yield field, in_chinese(found, remedy)
    if draft.type == LeaveType.PERSONAL and not draft.reason:
        found, remedy = gettext_noop("事假没有写事由"), gettext_noop("请用几个字写明")
        yield "reason", in_chinese(found, remedy)


def overlapping(span: Span, standing: Iterable[LeaveRequest]) -> Iterator[LeaveRequest]:
    """Those requests that take some of these half-days."""
    return (one for one in standing if one.taken.overlaps(span))


def _overlap(one: LeaveRequest) -> Fault:
    found = gettext_noop("与已有的请假重叠：{type}，{span}，{state}")
    remedy = gettext_noop("请改时间；原来那次有误的，请先撤回或撤销")
    values = {
        "type": one.get_type_display(),
        "span": span_words(one.taken),
        "state": one.get_state_display(),
    }
    return in_chinese(found, remedy, **values)


def leave_within_return(span: Span, back: HalfDay, others: Iterable[LeaveRequest]) -> LeaveRequest | None:
    """The first other leave between the end of this one and the return: its days are its own, nobody was late on them."""
    late = Span(next_working(span.ends), back)
    return min(overlapping(late, others), key=lambda one: one.span.starts, default=None)
