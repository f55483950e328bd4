"""Urgent matters: told in one line, listed with how long they waited, acknowledged."""

from typing import Any

from django.contrib import messages
from django.db.models import DateTimeField, Value
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.daily_work import services
from secondment.daily_work.forms import NameForm, UrgentForm
from secondment.daily_work.models import UrgentMatter
from secondment.daily_work.queries import discipline_offices, urgent_about, urgent_of, with_urgent_names
from secondment.daily_work.rules import acknowledges, writes_down
from secondment.daily_work.urgent_lists import STATUS, URGENT, state_label, state_of, waits_of
from secondment.daily_work.view_models import office_lines, urgent_facts
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

READERS = (
    Role.ORGANISATION_DEPARTMENT,
    Role.HOST_UNIT,
    Role.HOME_UNIT,
    Role.SECONDEE,
    Role.LEADER,
    Role.INSPECTOR,
)
OVERSEERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def urgent_list(request: SignedInRequest) -> HttpResponse:
    """Matters that the reader told or was told of; to a department, how long they waited."""
    require(has_role(request.user, *READERS))
    rows, at = urgent_of(request.user), timezone.now()
    oversees = has_role(request.user, *OVERSEERS)
    return URGENT.respond(
        request,
        with_urgent_names(rows).annotate(now=Value(at, DateTimeField())),
        "daily_work/urgent_list.html",
        {
            "waits": waits_of(rows, at) if oversees else None,
            "may_report": urgent_about(request.user).exists(),
        },
        on_export=exporting(request, "daily_work.export_urgent", request.user),
    )


def urgent_new(request: SignedInRequest) -> HttpResponse:
    """One line, sent at once."""
    people = with_names(urgent_about(request.user)).select_related("person__account")
    require(people.exists(), _("没有可以报告的人员：本人须在挂职期内，或属于本单位接收、派出、主办。"))
    chosen = _chosen(request, people)
    offices = discipline_offices(chosen) if chosen else []
    form = UrgentForm(request.POST or None, people=people, chosen=chosen, offices=offices, user=request.user)
    if request.method == "POST" and form.is_valid():
        told = attempt(form, lambda: services.report_urgent(**form.values, **acting(request)))
        if told is not None:
            words = _("已受理，第 %(n)d 号。派出单位和组织部门已收到通知。")
            again = _("同样的情况已经报告过：第 %(n)d 号，没有重复发送。")
            messages.success(request, (words if told.is_new else again) % {"n": told.matter.pk})
            return redirect("daily_work:urgent_detail", told.matter.pk)
    return render(request, "daily_work/urgent_new.html", {"form": form, "chosen": chosen})


def _chosen(request: SignedInRequest, people: Any) -> Placement | None:
    """Whom it is about, where the address says so or there is nobody else."""
    if request.GET.get("placement"):
        found: Placement = get_object_or_404(people, pk=number_in(request.GET["placement"]))
        return found
    first_two = list(people.order_by("pk")[:2])
    return first_two[0] if len(first_two) == 1 else None


def urgent_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was told, to whom, and who took note."""
    return _shown(request, _found(request, pk))


@require_POST
def urgent_acknowledge(request: SignedInRequest, pk: int) -> HttpResponse:
    """A named person takes note."""
    matter, form = _found(request, pk), NameForm(request.POST)

    def act() -> UrgentMatter:
        return services.acknowledge_urgent(matter, **form.cleaned_data, **acting_today(request))

    if form.is_valid() and attempt(form, act) is not None:
        messages.success(request, _("已签收。"))
        return redirect("daily_work:urgent_detail", pk)
    return _shown(request, matter, form)


@require_POST
def urgent_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """The line of a matter about a body or a family, in clear, once."""
    matter = _found(request, pk)
    text = services.reveal_line(matter, **acting(request))
    return render(request, "daily_work/urgent_line.html", {"matter": matter, "text": text})


def _found(request: SignedInRequest, pk: int) -> UrgentMatter:
    return get_object_or_404(with_urgent_names(urgent_of(request.user)), pk=pk)


def _shown(request: SignedInRequest, matter: UrgentMatter, form: NameForm | None = None) -> HttpResponse:
    offices = list(matter.offices.select_related("unit"))
    is_own = acknowledges(request.user, matter, offices)
    is_open, at = matter.acknowledged_at is None, timezone.now()
    context = {
        "matter": matter,
        "facts": urgent_facts(matter),
        "offices": office_lines(offices),
        "state": state_label(matter, at),
        "status": STATUS[state_of(matter, at)],
        "may_acknowledge": is_open and is_own,
        "may_write_down": is_open and not is_own and writes_down(request.user, matter),
        "form": form or NameForm(),
    }
    return render(request, "daily_work/urgent_detail.html", context)
