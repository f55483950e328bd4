"""What signs read of other rooms: each function one kind of record, in one or two queries for any number of placements."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation
from secondment.daily_work.own_work import hands_out_own_work
from secondment.daily_work.silence import LastWords
from secondment.leave.choices import EntryKind, LeaveState
from secondment.leave.models import LeaveEntry, LeaveRequest
from secondment.leave.presence import LATE
from secondment.measurement.flag_words import LEADERS_HIGH
from secondment.measurement.reading import flags_of, measures_about
from secondment.signals.sign import Look
from secondment.talks.complaints import Complaint, complaints_about
from secondment.task_books.choices import SIGNED
from secondment.task_books.models import POWERS, DivisionOfWork, Task, TaskBook


@dataclass(frozen=True)
class Report:
    """A host report: for which period, when it came, and its words in one text."""

    pk: int
    ends_on: dt.date
    day: dt.date
    text: str


@dataclass(frozen=True)
class Notice:
    """A home notice, and whether it hands out work of the home unit."""

    pk: int
    day: dt.date
    hands_out_work: bool


@dataclass(frozen=True)
class Away:
    """A line of the leave ledger: half-days from a day on, of a type or `LATE`."""

    day: dt.date
    month: dt.date
    kind: str
    half_days: int


@dataclass(frozen=True)
class Confirmed:
    """A month as the host confirmed it."""

    month: dt.date
    day: dt.date
    half_days: int
    cause: str


@dataclass(frozen=True)
class Book:
    """A signed version of a task book."""

    signed_on: dt.date
    tasks: Sequence[Task]


@dataclass(frozen=True)
class Division:
    """A written division of work and the powers it gives."""

    day: dt.date
    powers: frozenset[str]


@dataclass(frozen=True)
class Appraised:
    """A democratic appraisal as it was counted: when it closed, how many ballots are told of, and in percent how many answers were 不了解.

    `gap` is by how many points more than usual leaders think better than the masses; none where it does not stand out.
    """

    day: dt.date
    n_ballots: int
    unknown_percent: float
    gap: float | None


def reports(look: Look) -> Mapping[int, Sequence[Report]]:
    """Host reports that were handed in, the oldest first."""
    rows = HostReport.objects.filter(
        placement__in=look.keys, is_current=True, handed_in_at__date__range=(look.first, look.last)
    ).order_by("placement", "ends_on")
    found = defaultdict(list)
    for key, pk, ends_on, at, *texts in rows.values_list(
        "placement", "pk", "ends_on", "handed_in_at", *HostReport.TEXTS
    ):
        text = "\n".join(filter(None, texts))
        found[key].append(Report(pk, ends_on, timezone.localtime(at).date(), text))
    return found


def notices(look: Look) -> Mapping[int, Sequence[Notice]]:
    """Home notices that were given."""
    rows = HomeNotice.objects.filter(
        placement__in=look.keys, is_current=True, handed_in_at__date__range=(look.first, look.last)
    ).order_by("placement", "handed_in_at")
    found = defaultdict(list)
    for key, pk, at, words, reason in rows.values_list(
        "placement", "pk", "handed_in_at", "work_requirements", "home_work_reason"
    ):
        hands_out = bool(reason) or hands_out_own_work(words)
        found[key].append(Notice(pk, timezone.localtime(at).date(), hands_out))
    return found


def ledger(look: Look) -> Mapping[int, Sequence[Away]]:
    """Lines of the leave ledger, what was taken back included."""
    rows = LeaveEntry.objects.filter(
        placement__in=look.keys, starts_on__range=(look.first, look.last)
    ).order_by("placement", "starts_on")
    found = defaultdict(list)
    names = ("placement", "starts_on", "month", "request__type", "kind", "reverses__kind", "half_days")
    for key, day, month, leave_type, kind, reversed_kind, n in rows.values_list(*names):
        is_late = EntryKind.LATE in (kind, reversed_kind)
        found[key].append(Away(day, month, LATE if is_late else leave_type, n))
    return found


def not_back(look: Look) -> Mapping[int, Sequence[dt.date]]:
    """First days on which somebody was due back from a leave and has not come, nor has a reason been accepted."""
    rows = LeaveRequest.objects.filter(
        placement__in=look.keys,
        state=LeaveState.GRANTED,
        back_on=None,
        late_excused="",
        ends_on__range=(look.first, look.last),
    ).order_by("placement", "ends_on")
    found = defaultdict(list)
    for one in rows:
        found[one.placement_id].append(one.due_back.day)
    return found


def confirmations(look: Look) -> Mapping[int, Sequence[Confirmed]]:
    """Months in post as hosts confirmed them."""
    rows = PresenceConfirmation.objects.filter(
        placement__in=look.keys,
        is_current=True,
        half_days_away__gt=0,
        handed_in_at__date__range=(look.first, look.last),
    ).order_by("placement", "ends_on")
    found = defaultdict(list)
    for key, starts_on, at, n, cause in rows.values_list(
        "placement", "starts_on", "handed_in_at", "half_days_away", "cause"
    ):
        found[key].append(Confirmed(starts_on.replace(day=1), timezone.localtime(at).date(), n, cause))
    return found


def books(look: Look) -> Mapping[int, Sequence[Book]]:
    """Signed versions of task books, the oldest first."""
    rows = TaskBook.objects.filter(placement__in=look.keys, state__in=SIGNED, own_signed_at__isnull=False)
    found = defaultdict(list)
    for book in rows.order_by("placement", "number").prefetch_related("tasks"):
        if book.own_signed_at is not None:
            day = timezone.localtime(book.own_signed_at).date()
            found[book.placement_id].append(Book(day, list(book.tasks.all())))
    return found


def divisions(look: Look) -> Mapping[int, Sequence[Division]]:
    """Written divisions of work, the oldest first."""
    rows = DivisionOfWork.objects.filter(placement__in=look.keys).order_by("placement", "pk")
    found = defaultdict(list)
    for one in rows:
        powers = frozenset(name for name in POWERS if getattr(one, name))
        found[one.placement_id].append(Division(timezone.localtime(one.at).date(), powers))
    return found


def complaints(look: Look) -> Mapping[int, Sequence[Complaint]]:
    """Complaints about conduct, without those that a discipline organ keeps, the oldest first."""
    found = defaultdict(list)
    for one in complaints_about(look.keys, since=look.first, until=look.last):
        found[one.placement].append(one)
    return found


def appraisals(look: Look) -> Mapping[int, Sequence[Appraised]]:
    """Appraisals that were counted, the oldest first; what the rule of small groups holds back is no part of it."""
    found = defaultdict(list)
    rows = measures_about(look.keys, look.first, look.last)
    for one in sorted(rows, key=lambda measure: measure.candidate.appraisal.closes_on):
        groups = one.groups.get("groups", [])
        n = sum(group["n"] for group in groups)
        if not n:
            continue
        unknown = sum(group["n"] * group["unknown_share"] for group in groups) / n
        gaps = {
            flag["candidate"]: flag["effect"] for flag in flags_of(one.run) if flag["kind"] == LEADERS_HIGH
        }
        day, gap = one.candidate.appraisal.closes_on, gaps.get(one.candidate_id)
        found[one.candidate.placement_id].append(Appraised(day, n, round(100 * unknown, 4), gap))
    return found


def silence(look: Look) -> Mapping[int, "Silence"]:
    """The one predicate of cut lines, for any day of the look; its records are read once a day that is asked for."""
    lines = Silence(look.keys)
    return dict.fromkeys(look.keys, lines)


class Silence:
    """Last words of both sides by day."""

    def __init__(self, keys: Sequence[int]) -> None:
        self._keys = keys
        self._by_day: dict[dt.date, LastWords] = {}

    def on(self, day: dt.date) -> LastWords:
        """What was heard up to a day."""
        if day not in self._by_day:
            self._by_day[day] = LastWords.of(self._keys, day)
        return self._by_day[day]
