"""Write the ledger: lines are added, none is changed. Who has the right was asked before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from secondment.accounts.models import User
from secondment.leave.choices import ADDING, EntryKind
from secondment.leave.drafts import term_of
from secondment.leave.models import LeaveEntry, LeaveRequest
from secondment.leave.spans import HalfDay, Span

KINDS = (*ADDING, EntryKind.EARLY)


def add(request: LeaveRequest, kind: EntryKind, span: Span, *, by: User | None, at: dt.datetime) -> None:
    """Half-days of work in the span, a line for each month that has any."""
    LeaveEntry.objects.bulk_create(lines(request, kind, span, by=by, at=at))


def lines(
    request: LeaveRequest, kind: EntryKind, span: Span, *, by: User | None, at: dt.datetime
) -> list[LeaveEntry]:
    """The lines that adding writes."""
    return [
        _line(request, kind, part, part.n_working, None, by, at) for part in span.by_month() if part.n_working
    ]


def take_back(request: LeaveRequest, kind: EntryKind, span: Span, *, by: User | None, at: dt.datetime) -> int:
    """What of the standing lines lies within the span; returns how many half-days."""
    made = lines_back(request, kind, standing(request, ADDING), span, by=by, at=at)
    LeaveEntry.objects.bulk_create(made)
    return -sum(one.half_days for one in made)


def lines_back(
    request: LeaveRequest,
    kind: EntryKind,
    added: Iterable[LeaveEntry],
    span: Span,
    *,
    by: User | None,
    at: dt.datetime,
) -> list[LeaveEntry]:
    """The lines that taking back writes."""
    return [
        _line(request, kind, part, -part.n_working, one, by, at)
        for one in added
        if (part := one.span.shared(span)).n_working
    ]


def reverse(request: LeaveRequest, kinds: Iterable[str], *, by: User | None, at: dt.datetime) -> None:
    """Reverse every standing line of these kinds, the whole of it."""
    LeaveEntry.objects.bulk_create(reversal(one, by=by, at=at) for one in standing(request, kinds))


def reversal(line: LeaveEntry, *, by: User | None, at: dt.datetime) -> LeaveEntry:
    """The line that reverses this one."""
    return _line(line.request, EntryKind.REVERSED, line.span, -line.half_days, line, by, at)


def rewrite(request: LeaveRequest, *, by: User | None, at: dt.datetime) -> bool:
    """Make the ledger say what the request and the term say now; whether there was anything to change."""
    term = term_of(request.placement)
    back = request.back or request.span.ends
    leave = Span(request.span.starts, min(back, request.span.ends)).shared(term)
    late = request.late.shared(term)
    if _by_month(leave, late) == _standing_by_month(request):
        return False
    reverse(request, KINDS, by=by, at=at)
    add(request, EntryKind.GRANTED, leave, by=by, at=at)
    add(request, EntryKind.EXCUSED if request.late_excused else EntryKind.LATE, late, by=by, at=at)
    return True


def _by_month(*spans: Span) -> dict[dt.date, int]:
    found: dict[dt.date, int] = defaultdict(int)
    for part in (part for one in spans for part in one.by_month() if part.n_working):
        found[part.starts.day.replace(day=1)] += part.n_working
    return found


def _standing_by_month(request: LeaveRequest) -> dict[dt.date, int]:
    found: dict[dt.date, int] = defaultdict(int)
    for one in standing(request):
        found[one.month] += one.half_days
    return {month: n for month, n in found.items() if n}


def standing(request: LeaveRequest, kinds: Iterable[str] = KINDS) -> list[LeaveEntry]:
    """Lines that nothing has reversed as a whole."""
    reversed_by = LeaveEntry.objects.filter(request=request, kind=EntryKind.REVERSED).values("reverses")
    rows = LeaveEntry.objects.filter(request=request, kind__in=list(kinds)).exclude(pk__in=reversed_by)
    return list(rows.order_by("pk"))


def _line(
    request: LeaveRequest,
    kind: EntryKind,
    span: Span,
    half_days: int,
    reverses: LeaveEntry | None,
    by: User | None,
    at: dt.datetime,
) -> LeaveEntry:
    return LeaveEntry(
        placement_id=request.placement_id,
        request=request,
        kind=kind,
        month=span.starts.day.replace(day=1),
        half_days=half_days,
        reverses=reverses,
        written_by=by,
        written_at=at,
        **columns(span),
    )


def columns(span: Span) -> dict[str, object]:
    """A span as rows keep it."""
    return {**_at("starts", span.starts), **_at("ends", span.ends)}


def _at(name: str, moment: HalfDay) -> dict[str, object]:
    return {f"{name}_on": moment.day, f"{name}_pm": moment.is_pm}
