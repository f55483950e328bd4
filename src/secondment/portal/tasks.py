"""Background work of the portal."""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import translation

from secondment.accounts.missed import record_missed
from secondment.jobs.daily import daily
from secondment.portal.disuse import watch_accounts
from secondment.portal.trail.services import check_trail, keep_trail_end

__all__ = ["check_trail"]


@daily("portal.watch_accounts")
def watch_accounts_daily(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Warn of and disable unused accounts; notices are written in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        watch_accounts(at=at)


@daily("portal.end_the_day")
def end_the_day(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Delete sessions that ended by themselves, and record missed pages of hours that are over."""
    Session.objects.filter(expire_date__lte=at).delete()
    record_missed(at=at)


@daily("portal.keep_trail_end")
def keep_trail_end_daily(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Save the end of the trail outside the machine, where this is set up."""
    if settings.AUDIT_DROP_DIR:
        with translation.override(settings.LANGUAGE_CODE):
            keep_trail_end(settings.AUDIT_DROP_DIR, at=at)
