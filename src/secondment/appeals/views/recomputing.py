"""A result computed again, beside what was published."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting
from secondment.appeals import services, telling
from secondment.appeals.errors import RecomputationError
from secondment.appeals.explained import band_of, explain
from secondment.appeals.forms import RecomputationForm
from secondment.appeals.models import Recomputation
from secondment.appeals.queries import papers_left_out, recomputations_visible_to, results_visible_to
from secondment.appeals.rules import is_own, may_recompute
from secondment.assessments.labels import grade_label
from secondment.common.attempts import attempt
from secondment.common.components import Fact
from secondment.common.errors import require
from secondment.common.sentences import listed
from secondment.standards.choices import RaterGroup


def recompute(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for it; a job carries it out."""
    grade = get_object_or_404(results_visible_to(request.user), pk=pk)
    require(may_recompute(request.user, grade))
    found = explain(grade)
    if found is None:
        raise RecomputationError(_("没有可以重新计算的测评结果。"))
    form = RecomputationForm(request.POST or None, explained=found)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.start_recomputation(grade, **form.asked(), **acting(request)))
        if made is not None:
            messages.success(request, _("已开始重新计算，完成后在本页显示。"))
            return redirect("appeals:recomputed", made.pk)
    context = {
        "form": form,
        "title": _("重新计算"),
        "submit": _("开始计算"),
        "note": _(
            "相同的输入必须得出相同的数字；更正的输入与原结果并列，供复核、申诉时研究，不改变已公布的等次。"
        ),
        "about": str(grade.evaluation),
        "back": reverse("appeals:result", args=[pk]),
    }
    return render(request, "appeals/act.html", context)


def recomputed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Old and new beside each other, under three rules."""
    row = get_object_or_404(recomputations_visible_to(request.user), pk=pk)
    category = row.grade.evaluation.person.category
    context = {
        "row": row,
        "facts": _facts(row),
        "lines": [_line(rule, row.results[rule], category) for rule in row.results],
        "disagree": _disagree(row),
        "is_own": is_own(request.user, row.grade),
    }
    return render(request, "appeals/recomputed.html", context)


def _facts(row: Recomputation) -> list[Fact]:
    weights = listed(f"{RaterGroup(key).label} {value}%" for key, value in row.group_weights.items())
    papers = listed(str(one) for one in papers_left_out(row))
    found = [
        Fact(_("类型"), row.get_kind_display()),
        Fact(_("办理时间"), row.requested_at),
        Fact(_("办理人"), row.requested_by.name),
        Fact(_("理由"), row.reason, is_wide=True),
    ]
    if weights:
        found.append(Fact(_("更正后的主体权重"), weights, is_wide=True))
    if papers:
        found.append(Fact(_("剔除的票种"), papers, is_wide=True))
    return [*found, Fact(_("输入数据摘要"), row.inputs_digest, is_wide=True)]


def _line(rule: str, scores: list[float | None], category: str) -> dict[str, Any]:
    bands = [grade_label(band_of(one), category) if one is not None else "" for one in scores]
    return {
        "rule": telling.rule_label(rule),
        "old": telling.exact(scores[0]),
        "new": telling.exact(scores[1]),
        "old_band": bands[0],
        "new_band": bands[1],
        "is_changed": bands[0] != bands[1],
    }


def _disagree(row: Recomputation) -> bool:
    """Whether the rules, old and new, lead to different bands."""
    scores = [one for pair in row.results.values() for one in pair if one is not None]
    return len({band_of(one) for one in scores}) > 1
