"""Ballots on paper, typed by two clerks independently; the answer never shows what the other one typed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest
from secondment.appraisals.ballot_forms import blocks, marks_in, missing_in
from secondment.appraisals.box.ballot_box import BallotBox
from secondment.appraisals.box.boxes import box_of
from secondment.appraisals.box.codes import read_code
from secondment.appraisals.box.entries import Entered, Slip, enter, send_back, slip_for, take_back
from secondment.appraisals.models import Appraisal
from secondment.appraisals.slips import code_from
from secondment.appraisals.view_models import tabs_of
from secondment.appraisals.views.found import managed
from secondment.appraisals.vote_forms import PaperCodeForm
from secondment.common.attempts import attempt, attempt_button


def paper_ballot(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a slip, then for its marks, then for the next slip."""
    appraisal = managed(request, pk)
    form = PaperCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, appraisal, form)
    box, typed = box_of(appraisal), form.cleaned_data["code"]
    code = attempt(form, lambda: read_code(code_from(typed)))
    slip = code and attempt(form, lambda: _slip(request, box, code))
    if not code or not slip:
        return _page(request, appraisal, form)
    is_whole = "end" in request.POST
    entered = attempt(form, lambda: _enter(request, box, code)) if is_whole else None
    if entered:
        return redirect("appraisals:paper_ballot", appraisal.pk)
    shown = blocks(slip.sheet, request.POST.dict(), is_checked=is_whole)
    return _page(
        request,
        appraisal,
        form,
        code=code,
        blocks=shown,
        sheet=slip.sheet,
        is_third=slip.is_third,
        **missing_in(shown),
    )


@require_POST
def paper_ballot_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """What one typed of a slip that was not counted yet goes."""
    appraisal = managed(request, pk)
    typed = code_from(request.POST.get("code", ""))
    removed = attempt_button(
        request, lambda: (take_back(box_of(appraisal), read_code(typed), clerk=request.user.pk),)
    )
    if removed == (True,):
        messages.success(request, _("您对这张票的录入已撤回。"))
    elif removed == (False,):
        messages.info(request, _("您没有录入过这张票，或它已经计入。"))
    return redirect("appraisals:paper_ballot", appraisal.pk)


@require_POST
def paper_ballot_send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """A third person finds that both entries differ from the slip."""
    appraisal = managed(request, pk)
    typed = code_from(request.POST.get("code", ""))
    if attempt_button(request, lambda: send_back(box_of(appraisal), read_code(typed), clerk=request.user.pk)):
        messages.success(request, _("两次录入都已退回，请两人各自对照票面重新录入。"))
    return redirect("appraisals:paper_ballot", appraisal.pk)


def _slip(request: SignedInRequest, box: BallotBox, code: str) -> Slip:
    return slip_for(box, code, clerk=request.user.pk, on=timezone.localdate())


def _enter(request: SignedInRequest, box: BallotBox, code: str) -> Entered:
    marks = marks_in(_slip(request, box, code).sheet, request.POST)
    entered = enter(box, code, marks, clerk=request.user.pk, on=timezone.localdate())
    if entered.receipt:
        messages.success(
            request,
            _("已按第三人录入核定，该票已计入。") if entered.is_settled else _("两次录入一致，已计入。"),
        )
    elif entered.waits:
        messages.success(request, _("已录入，请另一人独立录入同一张票。"))
    else:
        names = "、".join(f"{ratee.name} {item.title}" for ratee, item in entered.differing[:10])
        messages.warning(
            request,
            _("与另一人的录入不一致：%(names)s。两次录入都已锁定，请由没有录入过这张票的第三人对照票面核定。")
            % {"names": names},
        )
    return entered


def _page(
    request: SignedInRequest, appraisal: Appraisal, form: PaperCodeForm, **more: object
) -> HttpResponse:
    context = {
        "appraisal": appraisal,
        "tabs": tabs_of(request.user, appraisal, "voting"),
        "form": form,
        **more,
    }
    return render(request, "appraisals/paper_ballot.html", context)
