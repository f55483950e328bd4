"""What a row says, and what is wrong with it; the page, the workbook and the service ask here."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from secondment.daily_work.models import (
    CAUSE_LENGTH,
    HALF_DAYS,
    CycleRecord,
    HomeNotice,
    HostReport,
    PresenceConfirmation,
)
from secondment.files.faults import Fault, gettext_noop, in_chinese

MOST_CHARACTERS = 500
MOST_QUIET_RUNNING = 2


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a field of a row (none: with the row)."""

    field: str
    fault: Fault


def fault(field: str, found: str, remedy: str, **values: object) -> RowFault:
    """A fault with the values of its sentences."""
    return RowFault(field, in_chinese(found, remedy, **values))


class Content:
    """What is handed in about one placement; its fields are those of the record."""

    MODEL: ClassVar[type[CycleRecord]]

    @property
    def values(self) -> dict[str, Any]:
        """Field → value."""
        return {one.name: getattr(self, one.name) for one in fields(self)}  # type: ignore[arg-type]  # subclasses are dataclasses

    @property
    def is_quiet(self) -> bool:
        """Whether it says that there was nothing to tell."""
        return bool(self.MODEL.QUIET) and bool(getattr(self, self.MODEL.QUIET))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in at all."""
        return not any(self.values.values())

    def is_in(self, record: CycleRecord) -> bool:
        """Whether the record says the same."""
        return all(getattr(record, name) == value for name, value in self.values.items())


@dataclass(frozen=True)
class Presence(Content):
    """A month in post but for some half-days away."""

    MODEL = PresenceConfirmation
    half_days_away: int = 0
    cause: str = ""

    def faults(self, days_due: int) -> Iterator[RowFault]:
        """Days away need a cause and are not more than the working days of the term in the month."""
        if self.half_days_away > days_due * HALF_DAYS:
            days = f"{self.half_days_away / HALF_DAYS:g}"
            found, remedy = (
                gettext_noop("离岗{days}天，多于当月应在岗的{most}个工作日"),
                gettext_noop("请按工作日核对天数，休息日和节假日不计"),
            )
            yield fault("half_days_away", found, remedy, days=days, most=days_due)
        if self.half_days_away and not self.cause:
            found, remedy = (
                gettext_noop("填了离岗天数，没有填原因"),
                gettext_noop("请用几个字写明原因，例如“年休假”"),
            )
            yield fault("cause", found, remedy)
        if self.cause and not self.half_days_away:
            found, remedy = (
                gettext_noop("填了离岗原因，没有填天数"),
                gettext_noop("请填天数；没有离岗的，清空原因"),
            )
            yield fault("half_days_away", found, remedy)
        if len(self.cause) > CAUSE_LENGTH:
            found, remedy = gettext_noop("离岗原因有{n}个字"), gettext_noop("请缩短到{most}个字以内")
            yield fault("cause", found, remedy, n=len(self.cause), most=CAUSE_LENGTH)


class Telling(Content):
    """Texts counted together, or that there is nothing to tell."""

    def faults(self) -> Iterator[RowFault]:
        """Either texts or nothing to tell, and not too many characters."""
        quiet = self.MODEL.QUIET
        texts = [getattr(self, name) for name in self.MODEL.TEXTS]
        n = sum(map(len, texts))
        if self.is_quiet and n:
            found, remedy = gettext_noop("既勾选了没有情况，又填写了内容"), gettext_noop("请只保留一种")
            yield fault(quiet, found, remedy)
        if not self.is_quiet and not n:
            found, remedy = gettext_noop("没有填写内容"), gettext_noop("请至少填写一项；确实没有的，请勾选")
            yield fault(quiet, found, remedy)
        if n > MOST_CHARACTERS:
            found, remedy = gettext_noop("各栏合计{n}个字"), gettext_noop("请缩短到合计{most}个字以内")
            longest = max(self.MODEL.TEXTS, key=lambda name: len(getattr(self, name)))
            yield fault(longest, found, remedy, n=n, most=MOST_CHARACTERS)


@dataclass(frozen=True)
class Report(Telling):
    """How a secondee thinks, works and lives."""

    MODEL = HostReport
    has_no_news: bool = False
    thinking: str = ""
    work: str = ""
    life: str = ""
    problems: str = ""
    support_wanted: str = ""
    suggestions: str = ""


@dataclass(frozen=True)
class Notice(Telling):
    """What the home unit tells a secondee."""

    MODEL = HomeNotice
    has_no_matters: bool = False
    major_matters: str = ""
    work_requirements: str = ""
    logistics: str = ""
    home_work_reason: str = ""


def n_quiet_running(starts_on: dt.date, ends_on: dt.date, quiet: set[tuple[dt.date, dt.date]]) -> int:
    """How many periods running would be quiet with this one among the others that are."""
    by_end = {end: start for start, end in quiet}
    by_start = dict(quiet)
    n = 1
    while starts_on in by_end:
        starts_on, n = by_end[starts_on], n + 1
    while ends_on in by_start:
        ends_on, n = by_start[ends_on], n + 1
    return n
