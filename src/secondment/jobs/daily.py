"""Work that is due once a day, whichever worker comes first; what failed is tried again at the next look."""

import datetime as dt
import logging
from collections.abc import Callable

from django.db import connection, transaction

from secondment.common.remembered import forget
from secondment.jobs.models import DailyRun

logger = logging.getLogger(__name__)
DailyWork = Callable[..., None]
DAILY: dict[str, DailyWork] = {}
NIGHTLY: dict[str, Callable[..., object]] = {}
KEPT_DAYS = 30


def daily(name: str) -> Callable[[DailyWork], DailyWork]:
    """Register `work(on=day, at=instant)` under `name`; use it in an app's `tasks.py`."""

    def register(work: DailyWork) -> DailyWork:
        DAILY[name] = work
        return work

    return register


def nightly(name: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register `work(at=instant)` that takes long: it runs outside of a transaction and finds out itself whether it is due."""

    def register(work: Callable[..., object]) -> Callable[..., object]:
        NIGHTLY[name] = work
        return work

    return register


def run_nightly(*, at: dt.datetime) -> None:
    """Let all work of the night look whether it is due; one that fails keeps no other from its turn."""
    for name, work in NIGHTLY.items():
        try:
            work(at=at)
        except Exception:
            logger.exception("nightly work %s failed", name)
            connection.close_if_unusable_or_obsolete()


def run_due(*, on: dt.date, at: dt.datetime) -> list[str]:
    """Do what no worker has done on this day; returns the names of what was done.

    Work and its mark are one transaction: work that fails leaves no mark and no half of itself.
    """
    forget()
    DailyRun.objects.filter(day__lt=on - dt.timedelta(days=KEPT_DAYS)).delete()
    done = set(DailyRun.objects.filter(day=on).values_list("name", flat=True))
    return [name for name, work in DAILY.items() if name not in done and _did(name, work, on=on, at=at)]


def _did(name: str, work: DailyWork, *, on: dt.date, at: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            _mark, is_first = DailyRun.objects.get_or_create(name=name, day=on, defaults={"done_at": at})
            if is_first:
                work(on=on, at=at)
    except Exception:
        logger.exception("daily work %s failed", name)
        return False
    return is_first
