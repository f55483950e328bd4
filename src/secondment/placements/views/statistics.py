"""挂职工作统计表 for any period: figures, the people behind each, Excel, and what was reported."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.accounts.scopes import in_units
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.people.rules import reads_files
from secondment.placements.exports import statistics_workbook
from secondment.placements.forms import PeriodForm
from secondment.placements.imports import owner_of
from secondment.placements.lists import STATISTICS_PEOPLE
from secondment.placements.models import Placement, StatisticsReport
from secondment.placements.queries import for_list, reports_visible_to, visible_to
from secondment.placements.rules import may_read_statistics, may_record_placements
from secondment.placements.services.reporting import freeze_report, reported
from secondment.placements.services.upper_forms import form_of
from secondment.placements.statistics import (
    BY_KEY,
    Counted,
    Measure,
    Period,
    count,
    differences,
    is_balanced,
    tables_of,
    total_of,
)


def statistics(request: SignedInRequest) -> HttpResponse:
    """The figures of a period, by every dimension."""
    require(may_read_statistics(request.user))
    form = PeriodForm(request.GET or None, initial=this_year())
    period = form.period() if form.is_bound and form.is_valid() else Period(**this_year())
    if form.is_bound and not form.is_valid():
        return render(request, "placements/statistics.html", {"form": form})
    counted = counted_for(request, period)
    unit = owner_of(request.user)
    may_freeze = may_record_placements(request.user) and unit is not None
    context = {
        "form": form,
        "may_freeze": may_freeze,
        "upper_form": form_of(unit) if may_freeze and unit is not None else None,
        "reports": reports_visible_to(request.user)[:20],
        **_shown(counted, period),
    }
    return render(request, "placements/statistics.html", context)


def statistics_people(request: SignedInRequest) -> HttpResponse:
    """The people behind one figure."""
    require(may_read_statistics(request.user))
    period, asked = period_asked(request.GET), request.GET
    measure, dimension = asked.get("measure", ""), asked.get("dimension", "")
    if measure not in Measure or (dimension and dimension not in BY_KEY):
        raise Http404
    keys = [
        one.pk
        for one in counted_for(request, period)
        if measure in one.measures and (not dimension or one.codes[dimension] == asked.get("code", ""))
    ]
    rows = for_list(visible_to(request.user).filter(pk__in=keys), timezone.localdate())
    on_export = exporting(request, "placements.export", request.user)
    context = {"period": period, "measure": Measure(measure).label, "query": _query(period)}
    return STATISTICS_PEOPLE.respond(
        request, rows, "placements/statistics_people.html", context, on_export=on_export
    )


def statistics_export(request: SignedInRequest) -> HttpResponse:
    """The same figures as a workbook."""
    require(may_read_statistics(request.user))
    period = period_asked(request.GET)
    counted = counted_for(request, period)
    record_export("statistics.export", request.user, **acting(request), n=len(counted))
    name = _("挂职工作统计表 %(first)s至%(last)s") % {"first": period.first, "last": period.last}
    return download(statistics_workbook(name, total_of(counted), tables_of(counted)), f"{name}.xlsx")


@require_POST
def statistics_freeze(request: SignedInRequest) -> HttpResponse:
    """Keep the figures as they are reported."""
    require(may_read_statistics(request.user))
    period, unit = period_asked(request.POST), owner_of(request.user)
    require(unit is not None)
    form = PeriodForm(request.POST)
    counted = counted_for(request, period)
    report = attempt(form, lambda: freeze_report(counted, period, unit, **acting(request)))  # type: ignore[arg-type]
    if report is None:
        raise Http404
    messages.success(request, _("已保存上报稿；以后数据有变动的，可在此逐人核对。"))
    return redirect("placements:report_detail", report.pk)


def report_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was reported, and what has changed since, person by person."""
    require(may_read_statistics(request.user))
    report = get_object_or_404(reports_visible_to(request.user), pk=pk)
    period, then = Period(report.first, report.last), reported(report)
    context = {
        "report": report,
        "differences": differences(then, count(_of_unit(request, report), period, reads_files(request.user))),
        **_shown(then, period, links=False),
    }
    return render(request, "placements/report_detail.html", context)


def this_year() -> dict[str, dt.date]:
    """From the first of January to today."""
    today = timezone.localdate()
    return {"first": dt.date(today.year, 1, 1), "last": today}


def period_asked(asked: QueryDict) -> Period:
    """The period of an address; 404 for anything else."""
    form = PeriodForm(asked)
    if not form.is_valid():
        raise Http404
    return form.period()


def counted_for(request: SignedInRequest, period: Period) -> list[Counted]:
    """Whom the reader counts."""
    return count(visible_to(request.user), period, reads_files(request.user))


def _query(period: Period) -> str:
    return urlencode({"first": period.first, "last": period.last})


def _of_unit(request: SignedInRequest, report: StatisticsReport) -> QuerySet[Placement]:
    """What the department that reported sees; a wider reader looks at the report with its eyes."""
    path = [report.unit.path]
    seen = in_units("home_unit", path) | in_units("host_unit", path) | in_units("owner_unit", path)
    return visible_to(request.user).filter(seen)


def _shown(counted: Sequence[Counted], period: Period, *, links: bool = True) -> dict[str, Any]:
    total = total_of(counted)
    asked = {"first": period.first, "last": period.last}
    return {
        "period": period,
        "query": _query(period),
        "total": _cells(total, asked, Measure, links=links),
        "is_balanced": is_balanced(total),
        "tables": [
            (
                table.dimension,
                [Measure(one) for one in table.dimension.measures],
                [
                    (
                        row.label,
                        _cells(
                            row.figures,
                            {**asked, "dimension": table.dimension.key, "code": row.code},
                            table.dimension.measures,
                            links=links,
                        ),
                    )
                    for row in table.rows
                ],
            )
            for table in tables_of(counted)
        ],
    }


def _cells(
    figures: Mapping[str, int], asked: Mapping[str, object], measures: Iterable[Measure], *, links: bool
) -> list[tuple[str | Promise, int, str]]:
    """Each figure with its name and the list behind it."""
    page = reverse("placements:statistics_people")
    return [
        (measure.label, n, f"{page}?{urlencode({**asked, 'measure': measure})}" if links and n else "")
        for measure in measures
        for n in [figures.get(measure, 0)]
    ]
