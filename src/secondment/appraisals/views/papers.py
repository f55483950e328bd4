"""Kinds of ballot papers: proposed, added, changed, removed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.appraisals import lists, services
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.forms import NewPaperForm, PaperForm, initial_of_paper
from secondment.appraisals.models import BallotPaper
from secondment.appraisals.queries import papers_of, units_for_papers
from secondment.appraisals.rules import may_manage
from secondment.appraisals.states import LISTS_OPEN
from secondment.appraisals.turnout import turnouts_of
from secondment.appraisals.view_models import tabs_of
from secondment.appraisals.views.found import managed, managed_paper, read_whole
from secondment.common.attempts import attempt, attempt_button


def paper_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every paper with its list; the turnout once the box is closed."""
    appraisal = read_whole(request, pk)
    is_drawn = appraisal.state not in (AppraisalState.DRAFT, AppraisalState.VOID)
    turnouts = turnouts_of(list(appraisal.papers.all())) if is_drawn else None
    context = {
        "appraisal": appraisal,
        "tabs": tabs_of(request.user, appraisal, "papers"),
        "may_change": may_manage(request.user, appraisal) and appraisal.state in LISTS_OPEN,
        "manages": may_manage(request.user, appraisal),
        "has_candidates": appraisal.candidates.exists(),
    }
    return lists.paper_list(turnouts).respond(
        request,
        papers_of(appraisal),
        "appraisals/paper_list.html",
        context,
        on_export=exporting(request, "appraisal.export_papers", appraisal),
    )


@require_POST
def papers_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """A paper for each group of each unit."""
    appraisal = managed(request, pk)
    n = attempt_button(request, lambda: services.propose_papers(appraisal, **acting(request)))
    if n is not None:
        words = ngettext("已生成 %(n)d 种票。", "已生成 %(n)d 种票。", n)
        messages.success(request, words % {"n": n} if n else _("票种已经齐全，没有新增。"))
    return redirect("appraisals:paper_list", pk)


def paper_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A paper of the department's own."""
    appraisal = managed(request, pk)
    form = NewPaperForm(request.POST or None, appraisal=appraisal, units=units_for_papers(appraisal))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.add_paper(appraisal, form.new, **acting(request)))
        if made is not None:
            messages.success(request, _("已增加票种。请填写名单。"))
            return redirect("appraisals:roster", made.pk)
    return render(request, "appraisals/paper_new.html", {"form": form, "appraisal": appraisal})


def paper_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whom it is about, and how many vote."""
    paper = managed_paper(request, pk)
    form = PaperForm(request.POST or None, appraisal=paper.appraisal, initial=initial_of_paper(paper))
    if request.method == "POST" and form.is_valid():
        n_wanted = form.cleaned_data["n_wanted"]
        done = attempt(
            form,
            lambda: services.change_paper(paper, form.chosen, n_wanted=n_wanted, **acting(request)),
        )
        if done is not None:
            messages.success(request, _("已保存。"))
            return redirect("appraisals:roster", pk)
    context = {"form": form, "paper": paper, "appraisal": paper.appraisal}
    return render(request, "appraisals/paper_change.html", context)


@require_POST
def paper_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper and its list are gone."""
    paper = managed_paper(request, pk)
    appraisal = paper.appraisal_id
    done = attempt_button(request, lambda: _remove(request, paper))
    if done:
        messages.success(request, _("已删除票种及其名单。"))
        return redirect("appraisals:paper_list", appraisal)
    return redirect("appraisals:roster", pk)


def _remove(request: SignedInRequest, paper: BallotPaper) -> bool:
    services.remove_paper(paper, **acting(request))
    return True
