"""Insurance and medical checks that home units owe; nothing is owed any more once a placement is over."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.allowances.models import HealthCheck, Insurance
from secondment.allowances.parameters import check_months, insurance_days
from secondment.allowances.standing import CHECK_SOON_DAYS
from secondment.obligations.duties import add_duty
from secondment.obligations.periods import Period
from secondment.obligations.rhythms import BeforeLapse, Lasting, MonthsSinceLast
from secondment.placements.duties import placement_duty
from secondment.placements.models import Placement

INSURANCE, CHECK = "allowances.insurance", "allowances.check"


def _insured(keys: Sequence[int]) -> Iterator[tuple[int, dt.date]]:
    """Insurances by the day on which they were written down, and until when they hold."""
    rows = Insurance.objects.filter(placement__in=list(keys), is_void=False)
    for placement, recorded_at, ends_on in rows.values_list("placement", "recorded_at", "ends_on"):
        yield placement, Lasting.made(timezone.localtime(recorded_at).date(), ends_on)


def _checked(keys: Sequence[int]) -> Iterator[tuple[int, dt.date]]:
    rows = HealthCheck.objects.filter(placement__in=list(keys), is_void=False)
    yield from rows.values_list("placement", "checked_on")


def ledger_page(_period: Period) -> str:
    """Where those are found for whom both are written down."""
    return reverse("allowances:ledger")


def page_of(placement: Placement) -> str:
    """Where both are written down."""
    return reverse("allowances:placement_allowances", args=[placement.pk])


add_duty(
    placement_duty(
        INSURANCE,
        label=_("人身意外伤害保险"),
        title=gettext_noop("为%(person)s同志办理人身意外伤害保险"),
        role=Role.HOME_UNIT,
        rhythm=BeforeLapse(insurance_days),
        records=_insured,
        page=ledger_page,
        own_page=page_of,
        ends_with_term=True,
    )
)
add_duty(
    placement_duty(
        CHECK,
        label=_("健康体检"),
        title=gettext_noop("安排%(person)s同志健康体检"),
        role=Role.HOME_UNIT,
        rhythm=MonthsSinceLast(check_months, CHECK_SOON_DAYS),
        records=_checked,
        page=ledger_page,
        own_page=page_of,
        ends_with_term=True,
    )
)
