"""Who handed in for a period, and who has not."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, exporting
from secondment.accounts.scopes import has_role
from secondment.common.errors import require
from secondment.common.period_pages import until_of
from secondment.daily_work.cycles import MONTH
from secondment.daily_work.fulfilment import OVERSEERS, fulfilment_of
from secondment.daily_work.lists import FULFILMENT
from secondment.daily_work.view_models import month_tabs
from secondment.obligations.periods import last_over


def fulfilment(request: SignedInRequest) -> HttpResponse:
    """By office, for one month and the quarter that ends with it."""
    require(has_role(request.user, *OVERSEERS))
    on = timezone.localdate()
    until = until_of(request, last_over(on, MONTH).ends_on)
    is_clerk = has_role(request.user, Role.ORGANISATION_DEPARTMENT)
    table = FULFILMENT if is_clerk else replace(FULFILMENT, row_url=None)
    return table.respond(
        request,
        fulfilment_of(request.user, until, on),
        "daily_work/fulfilment.html",
        {
            "tabs": month_tabs("daily_work:fulfilment", until, on),
            "is_under_way": until > on,
            "is_clerk": is_clerk,
        },
        on_export=exporting(request, "daily_work.export_fulfilment", request.user),
    )
