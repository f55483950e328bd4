"""Import the announced holidays of a year: what the file changes is shown first, and is what is written."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.models import HolidayYear
from secondment.common.workdays import holidays_of, look_again, workdays_of
from secondment.obligations.holiday_files import AnnouncedYear, HolidayFileError, read_year
from secondment.obligations.rules import may_import_holidays
from secondment.obligations.services.errors import UnreadableHolidaysError


@dataclass(frozen=True)
class HolidayChanges:
    """What a file changes: days that are off from now on, and days that are no longer; the same of working weekends."""

    announced: AnnouncedYear
    off: list[dt.date]
    no_longer_off: list[dt.date]
    worked: list[dt.date]
    no_longer_worked: list[dt.date]

    @property
    def is_certain(self) -> bool:
        """Whether it names its notice."""
        return bool(self.announced.papers)

    @property
    def is_any(self) -> bool:
        """Whether a day changes."""
        return bool(self.off or self.no_longer_off or self.worked or self.no_longer_worked)


def changes_of(text: str) -> HolidayChanges:
    """What the file would change; nothing is written."""
    try:
        announced = read_year(text)
    except HolidayFileError as error:
        raise UnreadableHolidaysError(_(error.pattern) % error.parts, field="file") from error
    off, worked = holidays_of(announced.year), workdays_of(announced.year)
    return HolidayChanges(
        announced,
        off=sorted(announced.holidays - off),
        no_longer_off=sorted(off - announced.holidays),
        worked=sorted(announced.workdays - worked),
        no_longer_worked=sorted(worked - announced.workdays),
    )


@transaction.atomic
def import_holidays(text: str, *, by: User, at: dt.datetime) -> HolidayChanges:
    """The year counts as announced from now on; what was decided before stays as it was."""
    require(may_import_holidays(by), _("放假安排由系统管理员或组织部门导入。"))
    changes = changes_of(text)
    announced = changes.announced
    row, _is_first = HolidayYear.objects.update_or_create(
        year=announced.year,
        defaults={
            "holidays": sorted(day.isoformat() for day in announced.holidays),
            "workdays": sorted(day.isoformat() for day in announced.workdays),
            "papers": list(announced.papers),
            "imported_by": by.name,
            "imported_at": at,
        },
    )
    n = len(announced.holidays)
    record("holidays.import", row, by=by, at=at, details={"year": announced.year, "n": n})
    transaction.on_commit(look_again)
    return changes
