"""Terms that are over and wait to be closed, as lines of the to-do list."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.obligations.waiting import Source, Waiting, add_source
from secondment.placements.choices import OVERDUE
from secondment.placements.models import Placement
from secondment.placements.queries import overdue


def terms_to_close(user: User, on: dt.date) -> QuerySet[Any]:
    """Terms for which the organisation department answers, those that ended on one day together."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    rows = overdue(Placement.objects.filter(under("owner_unit__path", paths)), on)
    return rows.order_by("ends_on").values("ends_on", "owner_unit__name").annotate(n=Count("pk"))


def lines_of(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """One line a day, the longest overdue first."""
    for row in rows:
        last = row["ends_on"] - dt.timedelta(days=1)
        words = ngettext("%(n)d 名挂职干部期满待办结", "%(n)d 名挂职干部期满待办结", row["n"])
        yield Waiting(
            title=words % {"n": row["n"]},
            path=f"{reverse('placements:placement_list')}?state={OVERDUE}&ends_before={last}",
            unit=row["owner_unit__name"],
            basis=_("挂职至 %(last)s") % {"last": last},
            due_on=last,
            state=_("已期满"),
            status="bad",
        )


add_source(Source(terms_to_close, lines_of))
