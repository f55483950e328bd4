"""The page of a vote: practise, open, print slips, watch participation, close."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.appraisals.blockers import blockers_of_opening
from secondment.appraisals.choices import AppraisalState, SlipLoss
from secondment.appraisals.lists import STATUS
from secondment.appraisals.models import Appraisal, BallotPaper, SlipReplacement
from secondment.appraisals.services import practice, slips, voting
from secondment.appraisals.slips import code_from, slips_of
from secondment.appraisals.states import MARKS_OPEN
from secondment.appraisals.view_models import marks_open_words, measured, tabs_of
from secondment.appraisals.views.found import managed, managed_paper
from secondment.appraisals.vote_forms import ReplacementForm, SlipsForm
from secondment.appraisals.voting_lines import lines_of, practice_of
from secondment.appraisals.voting_queries import replacements_visible_to
from secondment.common.addresses import public_address
from secondment.common.attempts import attempt, attempt_button

HERE = "appraisals:voting"
PAGE = 100  # papers


def vote(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the vote stands, paper by paper."""
    appraisal = managed(request, pk)
    practised = practice_of(appraisal)
    # what somebody has to confirm stands on the first page
    lines = sorted(lines_of(appraisal), key=lambda one: not one.requests)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    may_open = appraisal.state == AppraisalState.FROZEN
    context = {
        "appraisal": appraisal,
        "status": STATUS[appraisal.state],
        "blockers": blockers_of_opening(appraisal, timezone.localdate()) if may_open else [],
        "tabs": tabs_of(request.user, appraisal, "voting"),
        "lines": page.object_list,
        "page": page,
        "is_open": appraisal.state == AppraisalState.OPEN,
        "is_closed": appraisal.state == AppraisalState.CLOSED,
        "may_open": may_open,
        "may_practise": appraisal.state in practice.BEFORE,
        "is_practised": practised is not None,
        "practice_counts": practised.participation() if practised else {},
        "is_lost": voting.is_box_lost(appraisal),
        "address": public_address(request),
        "measured": measured(request.user, appraisal),
        "marks_open": marks_open_words(appraisal) if appraisal.state in MARKS_OPEN else "",
    }
    return render(request, "appraisals/voting.html", context)


@require_POST
def vote_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """From now on slips are printed and ballots cast."""
    appraisal = managed(request, pk)
    if attempt_button(request, lambda: voting.open_voting(appraisal, **acting_today(request))):
        messages.success(request, _("投票已经开始。请逐个票种打印选票。"))
    return redirect(HERE, appraisal.pk)


@require_POST
def vote_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Seal the box."""
    appraisal = managed(request, pk)
    if attempt_button(request, lambda: voting.close_voting(appraisal, **acting_today(request))):
        messages.success(request, _("票箱已封存，选票已打乱次序入库，票箱文件已销毁。"))
    return redirect(HERE, appraisal.pk)


@require_POST
def practice_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """A fresh practice box."""
    appraisal = managed(request, pk)
    if attempt_button(request, lambda: practice.open_practice(appraisal, **acting(request)) or True):
        messages.success(request, _("演练已经开始，可以打印演练票。"))
    return redirect(HERE, appraisal.pk)


@require_POST
def practice_wipe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nothing is left of the practice run."""
    appraisal = managed(request, pk)
    if attempt_button(request, lambda: practice.wipe_practice(appraisal, **acting(request)) or True):
        messages.success(request, _("演练数据已清除。"))
    return redirect(HERE, appraisal.pk)


def slips_print(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask how many, then show the slips, once."""
    paper = managed_paper(request, pk)
    n_raters = next(line.n_raters for line in lines_of(paper.appraisal) if line.paper.pk == paper.pk)
    form = SlipsForm(request.POST or None, initial={"n": n_raters or None})
    if request.method == "POST" and form.is_valid():
        codes = attempt(form, lambda: slips.issue_slips(paper, form.cleaned_data["n"], **acting(request)))
        if codes is not None:
            return _slips_page(request, paper, codes)
    context = {"form": form, "paper": paper, "n_raters": n_raters}
    return render(request, "appraisals/slips_ask.html", context)


@require_POST
def practice_slips(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ten slips for practising."""
    paper = managed_paper(request, pk)
    codes = attempt_button(request, lambda: practice.issue_practice_slips(paper, 10, by=request.user))
    if codes is None:
        return redirect(HERE, paper.appraisal_id)
    return _slips_page(request, paper, codes, is_practice=True)


def replacement_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """The first of two persons."""
    paper = managed_paper(request, pk)
    form = ReplacementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = attempt(
            form,
            lambda: slips.ask_replacement(
                paper,
                SlipLoss(given["kind"]),
                code=code_from(given["code"]),
                reason=given["reason"],
                **acting_today(request),
            ),
        )
        if asked is not None:
            messages.success(request, _("已申请，请另一人在本页确认。确认后当场打印新票。"))
            return redirect(HERE, paper.appraisal_id)
    return render(request, "appraisals/replacement_ask.html", {"form": form, "paper": paper})


@require_POST
def replacement_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second of two persons, who prints the new slips."""
    asked = _request(request, pk)
    codes = attempt_button(request, lambda: slips.confirm_replacement(asked, **acting_today(request)))
    if not codes:
        return redirect(HERE, asked.paper.appraisal_id)
    return _slips_page(request, asked.paper, codes)


@require_POST
def replacement_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not replaced; the code can be used again."""
    asked = _request(request, pk)
    attempt_button(request, lambda: slips.decline_replacement(asked, **acting_today(request)) or True)
    return redirect(HERE, asked.paper.appraisal_id)


def _request(request: SignedInRequest, pk: int) -> SlipReplacement:
    asked = get_object_or_404(replacements_visible_to(request.user), pk=pk)
    managed_paper(request, asked.paper_id)
    return asked


def _slips_page(
    request: HttpRequest, paper: BallotPaper, codes: list[str], *, is_practice: bool = False
) -> HttpResponse:
    appraisal: Appraisal = paper.appraisal
    address = public_address(request)
    context = {
        "pages": slips_of(codes, address or request.build_absolute_uri("/")),
        "n": len(codes),
        "address": address,
        "paper": paper,
        "appraisal": appraisal,
        "is_practice": is_practice,
    }
    return render(request, "appraisals/slips.html", context)
