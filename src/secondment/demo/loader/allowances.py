"""Insurance, checks, trips and work fund of two generations, and lists that one home unit has issued; by bulk.

Most are in order. Some insurances end within the month, one was never taken out, one check was forgotten.
"""

import datetime as dt
from collections.abc import Iterator

from secondment.allowances.models import FundYear, HealthCheck, Insurance, TripCount
from secondment.allowances.parameters import work_fund_yuan
from secondment.allowances.services import issue_list
from secondment.audit.services import Entry
from secondment.campaigns.parameters import FEN
from secondment.common.days import add_months
from secondment.demo.loader.scene import Posted, Scene, at_hour
from secondment.obligations.periods import Period, last_over
from secondment.placements.choices import PlacementState
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement

BATCH = 500
INSURERS = ("人保财险北京市分公司", "国寿财险北京市分公司", "太平洋财险北京分公司")
YEAR, CHECK_AFTER_DAYS = 12, 60
SOON_ONE_IN, MISSING, FORGOTTEN = 45, 7, 19
"""One in so many insurances ends soon; the numbers of who has none, and of whose check was forgotten."""
TRIP_MONTHS, LIST_MONTHS = 3, 3


def load_allowances(scene: Scene) -> None:
    """What home units have written down over the terms."""
    insurances = [row for n, one in enumerate(scene.people) for row in _insurances(one, n, scene)]
    checks = [row for n, one in enumerate(scene.people) for row in _checks(one, n, scene)]
    Insurance.objects.bulk_create([*insurances, *_earlier(scene)], batch_size=BATCH)
    HealthCheck.objects.bulk_create(checks, batch_size=BATCH)
    for action, rows in (("insurance.record", insurances), ("health_check.record", checks)):
        scene.trail.extend(Entry(action, row, row.recorded_by, row.recorded_at, {}) for row in rows)
    TripCount.objects.bulk_create(
        (row for one in scene.people for row in _trips(one, scene)), batch_size=BATCH
    )
    FundYear.objects.bulk_create(
        (row for one in scene.people for row in _funds(one, scene)), batch_size=BATCH
    )


def issue_lists(scene: Scene) -> None:
    """The home unit that has an account has issued its lists up to the month before the last."""
    by = scene.offices.accounts["home"]
    if by.unit is None:
        return
    period, periods = last_over(scene.on, 1), list[Period]()
    while len(periods) < LIST_MONTHS:
        period = last_over(period.starts_on, 1)
        periods.append(period)
    for one in reversed(periods):
        issue_list(by.unit, one, by=by, on=scene.on, at=at_hour(min(one.ends_on, scene.on), 16))


def _insurances(posted: Posted, number: int, scene: Scene) -> Iterator[Insurance]:
    """A policy a year, taken out in time; the last of some ends before the term."""
    placement, starts_on = posted.placement, first_day_of(posted.placement)
    if number == MISSING:
        return
    while starts_on < scene.on:
        ends_on = add_months(starts_on, YEAR)
        if number % SOON_ONE_IN == 1 and ends_on > scene.on:
            ends_on = scene.on + dt.timedelta(days=5 + number % 25)
        yield _insurance(placement, starts_on, ends_on, scene)
        starts_on = ends_on


def _earlier(scene: Scene) -> list[Insurance]:
    """Those whose term is over were insured for all of it."""
    rows = Placement.objects.filter(
        state=PlacementState.ENDED, programme_version__programme__code="first_secretary"
    )
    ended = rows.select_related("home_unit", "person", "post")
    return [_insurance(one, one.starts_on, one.ends_on, scene) for one in ended]


def _insurance(placement: Placement, starts_on: dt.date, ends_on: dt.date, scene: Scene) -> Insurance:
    return Insurance(
        placement=placement,
        insurer=INSURERS[placement.home_unit_id % len(INSURERS)],
        number=f"PICC{starts_on.year}{placement.home_unit_id:06d}",
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=scene.offices.of_home(placement),
        recorded_at=at_hour(starts_on, 10),
    )


def _checks(posted: Posted, number: int, scene: Scene) -> Iterator[HealthCheck]:
    """Two months after arrival and then every year."""
    placement = posted.placement
    day = first_day_of(placement) + dt.timedelta(days=CHECK_AFTER_DAYS)
    while day < scene.on:
        yield HealthCheck(
            placement=placement,
            checked_on=day,
            recorded_by=scene.offices.of_home(placement),
            recorded_at=at_hour(day, 17),
        )
        if number == FORGOTTEN:
            return
        day = add_months(day, YEAR) - dt.timedelta(days=number % 20)


def _trips(posted: Posted, scene: Scene) -> Iterator[TripCount]:
    source, month = posted.chance("trips"), last_over(scene.on, 1)
    for _number in range(TRIP_MONTHS):
        if first_day_of(posted.placement) < month.ends_on:
            yield TripCount(
                placement=posted.placement,
                month=month.starts_on,
                n=source.randint(1, 5),
                recorded_by=scene.offices.of_home(posted.placement),
                recorded_at=at_hour(min(month.ends_on, scene.on), 9),
            )
        month = last_over(month.starts_on, 1)


def _funds(posted: Posted, scene: Scene) -> Iterator[FundYear]:
    placement = posted.placement
    for year in range(placement.starts_on.year, scene.on.year + 1):
        yield FundYear(
            placement=placement,
            year=year,
            amount_fen=work_fund_yuan(placement) * FEN,
            recorded_by=scene.offices.of_home(placement),
            recorded_at=at_hour(max(first_day_of(placement), dt.date(year, 1, 1)), 15),
        )
