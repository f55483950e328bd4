"""The end of a term is planned in time: 60 days before it stands in the list of the organisation department, due 30 days before."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.obligations.duties import add_duty
from secondment.obligations.periods import Period
from secondment.obligations.rhythms import BeforeEnd
from secondment.placements.duties import placement_duty
from secondment.placements.models import EndPlan, Placement
from secondment.placements.parameters import plan_end_days, plan_end_opens_days


def planned(keys: Sequence[int]) -> Iterable[tuple[int, dt.date]]:
    """Plans for the end as it stands now."""
    rows = EndPlan.objects.filter(placement__in=list(keys), ends_on=F("placement__ends_on")).order_by()
    found: Iterable[tuple[int, dt.date]] = rows.values_list("placement", "planned_on")
    return found


def _list(period: Period) -> str:
    return f"{reverse('placements:placement_list')}?state=in_post&ends_before={period.last_day}"


def _own_page(placement: Placement) -> str:
    return reverse("placements:placement_plan", args=[placement.pk])


TERM_END = placement_duty(
    "placements.term_end",
    label=_("期满安排"),
    title=gettext_noop("%(person)s同志期满安排"),
    role=Role.ORGANISATION_DEPARTMENT,
    rhythm=BeforeEnd(plan_end_days, plan_end_opens_days, early_days=180),
    page=_list,
    own_page=_own_page,
    records=planned,
)
add_duty(TERM_END)
