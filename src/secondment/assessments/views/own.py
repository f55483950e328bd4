"""The secondee's own results: shown once they are in force."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.assessments import services
from secondment.assessments.ports import links_of
from secondment.assessments.queries import own_results
from secondment.assessments.view_models import result_facts


def my_results(request: SignedInRequest) -> HttpResponse:
    """My grades of the years, with who decided and when."""
    grades = list(own_results(request.user))
    links = links_of(request.user, grades, timezone.localdate())
    results = [(one, result_facts(one), links[one.pk]) for one in grades]
    return render(request, "assessments/my_results.html", {"results": results})


@require_POST
def result_receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """I have read the result."""
    grade = get_object_or_404(own_results(request.user), pk=pk)
    services.receive_result(grade, **acting_today(request))
    messages.success(request, _("已签收。"))
    return redirect("assessments:my_results")
