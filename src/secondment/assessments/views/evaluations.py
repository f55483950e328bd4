"""Pages of one person's year, and what is done to several chosen in the register."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.assessments import services, view_models
from secondment.assessments.choices import (
    READY,
    WAITING,
    DecisionKind,
    DecisionState,
    OpinionSource,
    PoolKind,
    Side,
)
from secondment.assessments.composite.grid import mark_lines
from secondment.assessments.forms import (
    CorrectionForm,
    OpinionForm,
    PoolForm,
    ReasonForm,
    SettleForm,
    SideForm,
)
from secondment.assessments.interim.views.panels import interim_of
from secondment.assessments.lists import changes_text
from secondment.assessments.models import Evaluation
from secondment.assessments.papers import YEAR
from secondment.assessments.ports import links_of
from secondment.assessments.queries import decided_grades, visible_to, with_stage
from secondment.assessments.rules import (
    may_manage,
    reads_inside,
    require_may_give,
    require_may_manage,
    sides_of,
    source_of,
)
from secondment.assessments.services.errors import OpinionError
from secondment.assessments.summary_queries import summary_read_by
from secondment.assessments.views.found import chosen, found_evaluation
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.common.keys import number_in
from secondment.documents.papers import slots_for
from secondment.findings.queries import year_counts

SENT = "sent"  # the form itself, not only the chosen rows, was sent


def evaluation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person's year: facts, both opinions, the grade and its history."""
    evaluation = found_evaluation(request, pk)
    is_inside = reads_inside(request.user, evaluation.register)
    staged = with_stage(visible_to(request.user), is_inside=is_inside).get(pk=pk)
    is_open = staged.stage in (WAITING, READY)
    is_manager = may_manage(request.user, evaluation.register)
    in_force = decided_grades([pk], DecisionState.IN_FORCE) if is_inside else {}
    links = links_of(request.user, list(in_force.values()), timezone.localdate())
    context = {
        "evaluation": evaluation,
        "links": [link for some in links.values() for link in some],
        "facts": view_models.fact_lines(evaluation),
        "quantities": mark_lines(evaluation) if is_inside else [],
        "limits": view_models.limits_known(request.user, evaluation),
        "sides": view_models.side_parts(request.user, evaluation, is_open=is_open),
        "history": view_models.grade_history(evaluation, is_inside=is_inside),
        "changes": changes_text(evaluation) if is_inside else "",
        "summary": summary_read_by(request.user, evaluation),
        "interim": interim_of(request.user, evaluation.placement),
        "findings": year_counts(request.user, evaluation.placement).get(evaluation.year, (0, 0, 0)),
        "slots": slots_for(request.user, [(YEAR, evaluation)]),
        "may_manage": is_manager,
        "may_correct": is_manager and staged.stage == DecisionState.IN_FORCE,
        "may_remove": is_manager and not evaluation.grades.exists(),
    }
    return render(request, "assessments/evaluation_detail.html", context)


def opinion_give(request: SignedInRequest, pk: int, side: str) -> HttpResponse:
    """The opinion of one side about one person."""
    evaluation, giver = found_evaluation(request, pk), _side(side)
    source = require_may_give(request.user, evaluation, giver)
    before = evaluation.opinions.filter(side=giver).first()
    form = OpinionForm(
        request.POST or None,
        side=giver,
        source=source,
        category=evaluation.person.category,
        initial=OpinionForm.initial_of(evaluation, before),
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        given = attempt(
            form,
            lambda: services.give_opinion(evaluation, giver, form.said(), version=version, **acting(request)),
        )
        if given is not None:
            messages.success(request, _("意见已保存。"))
            return redirect("assessments:evaluation_detail", pk)
    title = _("%(side)s意见") % {"side": giver.label}
    return _act(request, [evaluation], form, title, _("保存"))


@require_POST
def opinions_give(request: SignedInRequest) -> HttpResponse:
    """The same opinion about the chosen people."""
    evaluations = chosen(request)
    giver = _common_side(request, evaluations)
    sources = {source_of(request.user, one, giver) for one in evaluations}
    if None in sources:
        require_may_give(
            request.user, next(one for one in evaluations if not source_of(request.user, one, giver)), giver
        )
    source = OpinionSource.PAPER if OpinionSource.PAPER in sources else OpinionSource.ACCOUNT
    is_sent = SENT in request.POST
    categories = {one.person.category for one in evaluations}
    form = OpinionForm(request.POST if is_sent else None, side=giver, source=source, category=min(categories))
    if is_sent and form.is_valid():
        sent = {one.pk: request.POST.get(f"version_{one.pk}", "") for one in evaluations}
        versions = {key: number_in(text) for key, text in sent.items() if text}
        given = attempt(
            form,
            lambda: services.give_opinions(
                evaluations, giver, form.said(), versions=versions, **acting(request)
            ),
        )
        if given is not None:
            words = ngettext("已保存 %(n)d 人的意见。", "已保存 %(n)d 人的意见。", len(given))
            messages.success(request, words % {"n": len(given)})
            return redirect(_register(evaluations))
    title, note = _("%(side)s意见") % {"side": giver.label}, view_models.overwritten(evaluations, giver)
    sides = _shared(request, evaluations)
    return _act(request, evaluations, form, title, _("保存"), side=giver, sides=sides, note=note)


@require_POST
def forms_print(request: SignedInRequest) -> HttpResponse:
    """The registration forms of the chosen people as one Word file."""
    evaluations = chosen(request)
    content = services.print_forms(evaluations, **acting_today(request))
    n, first = len(evaluations), evaluations[0]
    who = first.person.name if n == 1 else f"{first.person.name}等{n}人"
    return download(content, f"{first.year}年度考核登记表（{who}）.docx")


@require_POST
def pools_change(request: SignedInRequest) -> HttpResponse:
    """Count the chosen people among others."""
    evaluations = chosen(request)
    for one in evaluations:
        require_may_manage(request.user, one.register)
    is_sent = SENT in request.POST
    form = PoolForm(request.POST if is_sent else None, initial={"kind": evaluations[0].pool.kind})
    if is_sent and form.is_valid():
        kind = PoolKind(form.cleaned_data["kind"])
        n = attempt(form, lambda: services.change_pools(evaluations, kind, **acting(request)))
        if n is not None:
            messages.success(request, _("已调整 %(n)d 人的名额分组。") % {"n": n})
            return redirect(_register(evaluations))
    return _act(request, evaluations, form, _("调整名额分组"), _("调整"))


@require_POST
def results_receive(request: SignedInRequest) -> HttpResponse:
    """The chosen people have signed their results on paper."""
    evaluations = chosen(request)
    for one in evaluations:
        require_may_manage(request.user, one.register)
    grades = decided_grades([one.pk for one in evaluations], DecisionState.IN_FORCE)
    if len(grades) < len(evaluations):
        raise OpinionError(_("所选人员中有等次尚未生效的，不能登记签收。请只选已生效的人员。"))
    services.receive_results(list(grades.values()), **acting_today(request))
    messages.success(request, _("已登记 %(n)d 人签收。") % {"n": len(grades)})
    return redirect(_register(evaluations))


def changes_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody has looked at what changed."""
    evaluation = found_evaluation(request, pk)
    require_may_manage(request.user, evaluation.register)
    form = SettleForm(request.POST or None, initial={"version": evaluation.version})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: services.settle_changes(evaluation, **form.cleaned_data, **acting(request))
        )
        if done is not None:
            messages.success(request, _("已按最新事实核对。"))
            return redirect("assessments:evaluation_detail", pk)
    note = changes_text(evaluation)
    return _act(request, [evaluation], form, _("重新核对"), _("核对无误"), note=note)


def evaluation_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take somebody out of the register."""
    evaluation = found_evaluation(request, pk)
    require_may_manage(request.user, evaluation.register)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]

        def remove() -> bool:
            services.remove_evaluation(evaluation, reason=reason, **acting(request))
            return True

        if attempt(form, remove):
            messages.success(request, _("已移出名册。"))
            return redirect("assessments:register_detail", evaluation.register_id)
    note = _("移出后，该人员的意见一并删除，名册不再计算其人数。")
    return _act(request, [evaluation], form, _("移出名册"), _("移出"), note=note)


def grade_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another grade than the one in force, or none: a decision that another account checks."""
    evaluation = found_evaluation(request, pk)
    require_may_manage(request.user, evaluation.register)
    form = CorrectionForm(request.POST or None, category=evaluation.person.category)
    if request.method == "POST" and form.is_valid():
        grade = form.cleaned_data["grade"]
        kind = DecisionKind.CORRECT if grade else DecisionKind.WITHDRAW
        choice = services.Choice(pk, grade, form.cleaned_data["reason"])
        made = attempt(
            form,
            lambda: services.record_decision(
                evaluation.register, form.answer(), [choice], kind=kind, **acting_today(request)
            ),
        )
        if made is not None:
            messages.success(request, _("更正已登记，须由另一账号复核后生效。"))
            return redirect("assessments:decision_detail", made.pk)
    return _act(request, [evaluation], form, _("更正或撤销等次"), _("登记"))


def _side(text: str) -> Side:
    if text not in Side.values:
        raise Http404
    return Side(text)


def _shared(request: SignedInRequest, evaluations: Sequence[Evaluation]) -> list[Side]:
    """Sides whose opinion the account may hand in about all of them."""
    shared = [set(sides_of(request.user, one)) for one in evaluations]
    return [side for side in Side if all(side in one for one in shared)]


def _common_side(request: SignedInRequest, evaluations: Sequence[Evaluation]) -> Side:
    """The side asked for, else the first that the account may write for everybody."""
    asked = SideForm(request.POST)
    if asked.is_valid():
        return Side(asked.cleaned_data["side"])
    shared = _shared(request, evaluations)
    return shared[0] if shared else Side.HOST


def _register(evaluations: Sequence[Evaluation]) -> str:
    return reverse("assessments:register_detail", args=[evaluations[0].register_id])


def _act(
    request: SignedInRequest,
    evaluations: Sequence[Evaluation],
    form: Any,
    title: str,
    submit: str,
    **more: Any,
) -> HttpResponse:
    """The people concerned and a form."""
    first = evaluations[0]
    back = (
        reverse("assessments:evaluation_detail", args=[first.pk])
        if len(evaluations) == 1
        else _register(evaluations)
    )
    context = {
        "form": form,
        "evaluations": evaluations,
        "register": first.register,
        "back": back,
        "title": title,
        "submit": submit,
        **more,
    }
    return render(request, "assessments/evaluations_act.html", context)
