"""Keep a table of figures as it was reported."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.placements.models import StatisticsReport
from secondment.placements.rules import may_record_placements
from secondment.placements.services.upper_forms import form_of
from secondment.placements.statistics import Counted, Period
from secondment.units.models import Unit


@transaction.atomic
def freeze_report(
    counted: Sequence[Counted], period: Period, unit: Unit, *, by: User, at: dt.datetime
) -> StatisticsReport:
    """Keep the rows behind the figures; they are changed by nothing that happens later."""
    require(may_record_placements(by))
    report = StatisticsReport.objects.create(
        unit=unit,
        first=period.first,
        last=period.last,
        rows=[[one.pk, one.name, sorted(one.measures), dict(one.codes)] for one in counted],
        form=form_of(unit),
        created_by=by,
        created_at=at,
    )
    details = {"first": f"{period.first}", "last": f"{period.last}"}
    record("statistics.freeze", report, by=by, at=at, details=details)
    return report


def reported(report: StatisticsReport) -> list[Counted]:
    """The rows of a report."""
    return [Counted(pk, name, frozenset(measures), codes) for pk, name, measures, codes in report.rows]
