"""Pages of the committee's table: compute, look, project, print, decide, compare two, minutes."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.assessments import services as assessing
from secondment.assessments.composite.choices import Basis
from secondment.assessments.forms import MeetingForm, ReasonForm, grade_forms
from secondment.assessments.models import Comparison, Pool
from secondment.assessments.pools import places_of
from secondment.assessments.queries import pools_visible_to
from secondment.assessments.rules import may_manage, reads_inside, require_may_manage
from secondment.assessments.table import services
from secondment.assessments.table.forms import BasisForm, ComparisonForm, HoldForm, SureForm
from secondment.assessments.table.holding import Holding, holding_of, latest_table
from secondment.assessments.table.minutes import grades_of, minutes_letter
from secondment.assessments.table.queries import comparisons_of, evaluations_of, everybody_of
from secondment.assessments.table.view_models import band_words, comparison_words, ready_in, table_page
from secondment.assessments.views.found import found_decision
from secondment.audit.services import record_export
from secondment.common.attempts import attempt, attempt_button
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.documents.official import letter_bytes


def table_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The table of a pool; with `?decide=1` the grades are entered during the meeting."""
    pool = _found_pool(request, pk)
    is_manager = may_manage(request.user, pool.register)
    decides = is_manager and request.GET.get("decide") == "1"
    everybody = everybody_of(pool)
    holding = holding_of(pool, everybody)
    ready = ready_in(pool) if decides else []
    data = request.POST or None
    meeting = MeetingForm(data, initial={"decided_on": timezone.localdate()})
    grades = grade_forms(data, ready)
    if decides and request.method == "POST" and ready:
        answer = _decided(request, pool, meeting, grades)
        if answer is not None:
            return answer
    return _shown(
        request, pool, everybody, holding, {"meeting": meeting, "grades": grades, "decides": decides}
    )


@require_POST
def table_calculate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Compute it, or compute it again."""
    pool = _found_pool(request, pk)
    require_may_manage(request.user, pool.register)
    form = BasisForm(request.POST)
    basis = Basis(form.cleaned_data["basis"]) if form.is_valid() else Basis.FAIR
    done = attempt_button(request, lambda: services.calculate_table(pool, basis, **acting(request)))
    if done is not None:
        messages.success(request, _("评定表已计算。"))
    return redirect("assessments:table_detail", pk)


@require_POST
def table_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say why it holds although something has changed."""
    pool = _found_pool(request, pk)
    require_may_manage(request.user, pool.register)
    form = HoldForm(request.POST)
    if form.is_valid():
        done = attempt(form, lambda: services.hold_table(pool, **form.cleaned_data, **acting(request)))
        if done is not None:
            messages.success(request, _("已确认评定表仍然适用。"))
            return redirect("assessments:table_detail", pk)
    everybody = everybody_of(pool)
    return _shown(request, pool, everybody, holding_of(pool, everybody), {"hold": form})


def table_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Members of the committee compare two of the grey zone at a time."""
    pool = _found_pool(request, pk)
    require_may_manage(request.user, pool.register)
    zone = services.grey_zone(latest_table(pool))
    people = evaluations_of(pool, zone)
    form = ComparisonForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        better, other = form.pair()
        judge = form.cleaned_data["judge"]
        done = attempt(
            form, lambda: services.compare_two(pool, better, other, judge=judge, **acting(request))
        )
        if done is not None:
            messages.success(request, _("已登记%(judge)s的意见。") % {"judge": judge})
            return redirect("assessments:table_compare", pk)
    context = {"pool": pool, "register": pool.register, "form": form, "people": people}
    rows: list[Comparison] = comparisons_of(pool)
    return render(request, "assessments/table_compare.html", {**context, "rows": rows})


def comparison_withdraw(request: SignedInRequest, pk: int, comparison: int) -> HttpResponse:
    """Take a recorded judgement about two back, with a reason."""
    pool = _found_pool(request, pk)
    require_may_manage(request.user, pool.register)
    row = next((one for one in comparisons_of(pool) if one.pk == comparison), None)
    if row is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: services.withdraw_comparison(row, reason=reason, **acting(request)))
        if done is not None:
            messages.success(request, _("已撤回，两两比较的结果已按其余意见重新计算。"))
            return redirect("assessments:table_compare", pk)
    context = {
        "register": pool.register,
        "form": form,
        "title": _("撤回两两比较意见"),
        "submit": _("撤回"),
        "about": comparison_words(row),
        "note": _("撤回的意见连同理由保留备查，不再计入两两比较的结果。"),
        "back": reverse("assessments:table_compare", args=[pk]),
    }
    return render(request, "assessments/act.html", context)


def table_person(request: SignedInRequest, pk: int, evaluation: int) -> HttpResponse:
    """How one person's figure comes about: what each part adds, what would change the grade."""
    pool = _found_pool(request, pk)
    holding = holding_of(pool)
    figures = holding.table.results["people"].get(str(evaluation)) if holding else None
    found = evaluations_of(pool, [evaluation])
    if holding is None or figures is None or not found:
        raise Http404
    context = {
        "pool": pool,
        "register": pool.register,
        "evaluation": found[0],
        "figures": figures,
        "bands": band_words(holding.table.results["cuts"], figures["grade_chances"])
        if "grade_chances" in figures
        else "",
        "parts": figures.get("fair_parts") or figures.get("plain_parts") or [],
        "holding": holding,
    }
    return render(request, "assessments/table_person.html", context)


@require_GET
def minutes_download(request: SignedInRequest, pk: int) -> HttpResponse:
    """The minutes of a decision as a Word document."""
    decision = found_decision(request, pk)
    require_may_manage(request.user, decision.register)
    letter = minutes_letter(decision, grades_of(decision))
    record_export("assessment.export_minutes", decision, **acting(request))
    return download(letter_bytes(letter), f"{letter.title}.docx")


def _found_pool(request: SignedInRequest, pk: int) -> Pool:
    pool = get_object_or_404(pools_visible_to(request.user), pk=pk)
    require(reads_inside(request.user, pool.register))
    return pool


def _decided(request: SignedInRequest, pool: Pool, meeting: MeetingForm, grades: Any) -> HttpResponse | None:
    is_sound = [one.is_valid() for one in (meeting, *grades)]  # every fault is shown at once
    if not all(is_sound):
        return None
    choices = [one.choice() for one in grades if one.is_decided]
    made = attempt(
        meeting,
        lambda: assessing.record_decision(pool.register, meeting.answer(), choices, **acting_today(request)),
    )
    if made is None:
        return None
    messages.success(request, _("等次决定已登记，须由另一账号复核。"))
    return redirect("assessments:decision_detail", made.pk)


def _shown(
    request: SignedInRequest,
    pool: Pool,
    everybody: Sequence[Any],
    holding: Holding | None,
    more: dict[str, Any],
) -> HttpResponse:
    sure = SureForm(request.GET).value
    forms = {one.evaluation.pk: one for one in more.get("grades", [])}
    page = None
    if holding is not None:
        page = table_page(
            request.user, pool, holding, everybody, sure=sure, on=timezone.localdate(), forms=forms
        )
    context = {
        "pool": pool,
        "register": pool.register,
        "holding": holding,
        "kept": holding.table if holding else None,
        "table": page,
        "places": places_of(pool, n_people=len(everybody), n_excellent=0),
        "sure": sure,
        "may_manage": may_manage(request.user, pool.register),
        "is_large": request.GET.get("large") == "1",
        "paper": "a4" if request.GET.get("paper") == "a4" else "a3",
        "hold": HoldForm(initial={"digest": holding.digest}) if holding else None,
        **more,
    }
    return render(request, "assessments/table_detail.html", context)
