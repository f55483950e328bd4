"""The holidays of each year: what is known, and a year to be imported after a dry run."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.obligations.forms import HolidayForm
from secondment.obligations.rules import may_import_holidays
from secondment.obligations.services import changes_of, import_holidays
from secondment.obligations.view_models import holiday_years


@require_GET
def holiday_list(request: SignedInRequest) -> HttpResponse:
    """Every year that decides a date now, and whether it was announced."""
    require(may_import_holidays(request.user))
    years = holiday_years(timezone.localdate())
    return render(request, "obligations/holiday_list.html", {"years": years})


def holiday_import(request: SignedInRequest) -> HttpResponse:
    """First what the file changes, then the change."""
    require(may_import_holidays(request.user))
    form = HolidayForm(request.POST or None, request.FILES or None)
    changes, text = None, ""
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if "confirm" in request.POST:
            done = attempt(form, lambda: import_holidays(text, **acting(request)))
            if done is not None:
                messages.success(request, _("%(year)s 年放假安排已写入。") % {"year": done.announced.year})
                return redirect("obligations:holiday_list")
        else:
            changes = attempt(form, lambda: changes_of(text))
    context = {"form": form, "changes": changes, "text": text}
    return render(request, "obligations/holiday_import.html", context)
