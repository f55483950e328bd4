"""Abstract bases shared by every app; no domain words."""

import datetime as dt
from typing import Any

from django.db import models


class HalfOpen(models.Model):
    """A period that ends before `ends_on`: services compare `ends_on`, people read `last_day`."""

    ends_on: Any  # a DateField of the model

    class Meta:
        abstract = True

    @property
    def last_day(self) -> dt.date:
        """The last day that belongs to the period, as documents write terms."""
        day: dt.date = self.ends_on - dt.timedelta(days=1)
        return day


class Versioned(models.Model):
    """A row that two people may edit: a form carries `version` and a service refuses an outdated one."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
