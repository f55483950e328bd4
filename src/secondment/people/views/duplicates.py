"""Pages of persons who may be one: the list, both side by side, and what is decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.people.forms.others import MergeForm, ReasonForm
from secondment.people.lists import PAIRS
from secondment.people.models import SuspectedPair
from secondment.people.queries import pairs_visible_to
from secondment.people.rules import may_decide_pairs, sections_of
from secondment.people.services.duplicates import confirm_different
from secondment.people.services.looks import note_looks
from secondment.people.services.merging import merge_persons, undo_merge
from secondment.people.view_models import comparison_of


def pair_list(request: SignedInRequest) -> HttpResponse:
    """All pairs whose both files the organisation department keeps, those to be decided first."""
    require(may_decide_pairs(request.user))
    return PAIRS.respond(request, pairs_visible_to(request.user), "people/pair_list.html", {})


def pair_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Both persons side by side, and the decision."""
    pair = _pair(request, pk)
    return _page(request, pair, MergeForm(pair=pair), ReasonForm())


@require_POST
def pair_merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """They are one: merge the other into the one that is kept."""
    pair = _pair(request, pk)
    form = MergeForm(request.POST, pair=pair)
    if form.is_valid():
        merge = attempt(
            form,
            lambda: merge_persons(
                pair, form.kept, reason=form.cleaned_data["reason"], wrong=form.wrong, **acting(request)
            ),
        )
        if merge is not None:
            messages.success(request, _("已合并。原有记录都已移到保留的人员名下，可以在本页撤销。"))
            return redirect("people:pair_detail", pk=pk)
    return _page(request, pair, form, ReasonForm())


@require_POST
def pair_tell_apart(request: SignedInRequest, pk: int) -> HttpResponse:
    """They are two: the question is not asked again."""
    pair = _pair(request, pk)
    confirm_different(pair, reason=request.POST.get("reason", ""), **acting(request))
    messages.success(request, _("已记录：不是同一人，以后不再提示。"))
    return redirect("people:pair_list")


@require_POST
def pair_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo the merge of a pair."""
    pair = _pair(request, pk)
    merge = get_object_or_404(pair.merges.filter(undone_at=None))
    undo_merge(merge, reason=request.POST.get("reason", ""), **acting(request))
    messages.success(request, _("已撤销合并，两人恢复到合并前的状态。"))
    return redirect("people:pair_detail", pk=pk)


def _pair(request: SignedInRequest, pk: int) -> SuspectedPair:
    return get_object_or_404(pairs_visible_to(request.user), pk=pk)


def _page(request: SignedInRequest, pair: SuspectedPair, form: MergeForm, reason: ReasonForm) -> HttpResponse:
    persons = (pair.first, pair.second)
    for person in persons:
        note_looks(person, sections_of(request.user, person), **acting(request))
    context = {
        "pair": pair,
        "persons": persons,
        "rows": comparison_of(*persons),
        "form": form,
        "reason_form": reason,
        "merge": pair.merges.filter(undone_at=None).select_related("kept", "merged", "by").first(),
    }
    return render(request, "people/pair_detail.html", context)
