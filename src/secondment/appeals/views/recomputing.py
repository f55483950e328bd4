"""A result computed again, beside what was published."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting
from secondment.appeals import comparing, services
from secondment.appeals.composites import working_of
from secondment.appeals.errors import RecomputationError
from secondment.appeals.explained import explain
from secondment.appeals.forms import RecomputationForm
from secondment.appeals.models import Recomputation
from secondment.appeals.queries import papers_left_out, recomputations_visible_to, results_visible_to
from secondment.appeals.rules import is_own, may_recompute
from secondment.appeals.services.filing import page_of
from secondment.common.attempts import attempt
from secondment.common.components import Fact
from secondment.common.errors import require
from secondment.common.sentences import listed
from secondment.standards.choices import RaterGroup


def recompute(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for it; a job carries it out."""
    grade = get_object_or_404(results_visible_to(request.user), pk=pk)
    require(may_recompute(request.user, grade))
    found, working = explain(grade), working_of(grade)
    if found is None and working is None:
        raise RecomputationError(_("没有可以重新计算的测评结果。"))
    form = RecomputationForm(request.POST or None, explained=found, working=working)
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
            "相同的输入必须得出相同的数字。更正的输入与原结果并列，供复核、申诉时研究；复核、申诉决定以其为据的，才成为新的得分版本并书面告知本人。"
        ),
        "about": str(grade.evaluation),
        "back": reverse("appeals:result", args=[pk]),
    }
    return render(request, "appeals/recompute.html", context)


def recomputed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Old and new beside each other: votes under three rules, the composite, and what was corrected."""
    row = get_object_or_404(recomputations_visible_to(request.user), pk=pk)
    lines = comparing.lines(row) if row.done_at else []
    context = {
        "row": row,
        "facts": _facts(row),
        "lines": lines,
        "disagree": comparing.disagree(lines),
        "is_own": is_own(request.user, row.grade),
        "appeal_page": page_of(row.appeal) if row.appeal else "",
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
    if row.number:
        found.append(Fact(_("得分版本"), _("第 %(n)d 版") % {"n": row.number}))
    if row.appeal:
        found.append(Fact(_("依据"), row.appeal.number))
    if weights:
        found.append(Fact(_("更正后的主体权重"), weights, is_wide=True))
    if papers:
        found.append(Fact(_("剔除的票种"), papers, is_wide=True))
    found.append(Fact(_("输入数据摘要"), row.inputs_digest, is_wide=True))
    return [*found, Fact(_("结果版本摘要"), row.digest, is_wide=True)]
