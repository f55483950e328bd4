"""Trainings and meetings in the calendar of those who are invited and of those who organise them."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from secondment.accounts.models import User
from secondment.obligations.occasions import SOURCES, Occasion
from secondment.talks.gatherings import coming


def gatherings(user: User, since: dt.date, until: dt.date) -> Iterator[Occasion]:
    """One a training or meeting."""
    for one in coming(user, since, until):
        page = reverse("talks:gathering_detail", args=[one.pk])
        text = " · ".join(part for part in (one.hours, one.place, one.contact) if part)
        yield Occasion(f"gathering-{one.key}", one.starts_on, one.ends_on, one.title, page, text)


SOURCES.append(gatherings)
