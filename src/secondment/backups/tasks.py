"""Work of the night."""

import datetime as dt

from django.conf import settings
from django.utils import translation

from secondment.backups.services.nightly import back_up_if_due
from secondment.jobs.daily import nightly


@nightly("backups.back_up")
def back_up_nightly(*, at: dt.datetime) -> None:
    """One backup a night, and once a week the drill; notices are written in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        back_up_if_due(at=at)
