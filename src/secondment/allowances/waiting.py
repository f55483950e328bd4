"""Lists that come next, as lines of the to-do list of an office that issues them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.allowances.models import PayList
from secondment.allowances.rules import OFFICES
from secondment.allowances.view_models import period_key
from secondment.common.days import ONE_DAY
from secondment.obligations.periods import last_over, period_of
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words

DUE_DAY = 10
"""A list comes by so many days after its period."""


def next_lists(user: User, on: dt.date) -> QuerySet[Any]:
    """The last list of each office behind which a whole period of the same length is over."""
    rows = PayList.objects.filter(under("payer_unit__path", paths_of(user, *OFFICES)))
    month, quarter = last_over(on, 1), last_over(on, 3)
    is_behind = Q(n_months=1, ends_on__lte=month.starts_on) | Q(n_months=3, ends_on__lte=quarter.starts_on)
    later = PayList.objects.filter(payer_unit=OuterRef("payer_unit"), ends_on__gt=OuterRef("ends_on"))
    found = rows.filter(is_behind, ~Q(Exists(later))).select_related("payer_unit")
    return found.annotate(today=Value(on, DateField())).order_by("payer_unit__path", "pk")


def lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each, for the period that comes next."""
    for one in rows:
        period = period_of(one.ends_on, one.n_months)
        due_on = period.ends_on + (DUE_DAY - 1) * ONE_DAY
        yield Waiting(
            title=_("核对并出具%(period)s补助发放明细") % {"period": period.label},
            path=f"{reverse('allowances:pay_list_new')}?unit={one.payer_unit_id}&period={period_key(period)}",
            unit=one.payer_unit.name,
            due_on=due_on,
            state=due_words(due_on, one.today),
            status=due_status(due_on, one.today),
        )


add_source(Source(next_lists, lines, OFFICES))
