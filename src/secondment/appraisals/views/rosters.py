"""The list of raters of one paper: typed, pasted, handed in, given back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.appraisals import lists, services
from secondment.appraisals.blockers import paper_name
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.forms import RatersForm
from secondment.appraisals.models import BallotPaper
from secondment.appraisals.queries import changes_of, papers_of, roster_of, with_people
from secondment.appraisals.raters import barred_on
from secondment.appraisals.rules import may_fill, may_manage, reads_all
from secondment.appraisals.small_groups import warning_of
from secondment.appraisals.states import LISTS_OPEN
from secondment.appraisals.view_models import tabs_of
from secondment.appraisals.views.found import found_paper, managed_paper
from secondment.common.attempts import attempt, attempt_button
from secondment.common.listing.selection import back_to_list, selected_keys


def roster(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is on the list, and what will follow from it."""
    return shown(request, found_paper(request, pk))


def shown(request: SignedInRequest, paper: BallotPaper, form: RatersForm | None = None) -> HttpResponse:
    """The page, with the form that was refused as it was typed."""
    appraisal, user = paper.appraisal, request.user
    manages, fills = may_manage(user, appraisal), may_fill(user, paper)
    counted = papers_of(appraisal).get(pk=paper.pk)
    n = lists.expected(counted)
    in_draft = appraisal.state in LISTS_OPEN
    context = {
        "appraisal": appraisal,
        "paper": counted,
        "name": paper_name(paper),
        "tabs": tabs_of(user, appraisal, "papers"),
        "candidates": with_people(paper.candidates.all()),
        "sees_all": reads_all(user, appraisal),
        "manages": manages,
        "fills": fills,
        "in_draft": in_draft,
        "n_expected": n,
        "small": warning_of(paper.group, n) if counted.n_listed else "",
        "barred": barred_on(paper, list(roster_of(paper)), user) if in_draft else [],
        "changes": changes_of(paper),
        "form": form or RatersForm(may_vouch=manages),
        "may_hand_in": fills and not manages and counted.n_listed > 0,
        "may_return": manages and in_draft and paper.handed_in_on is not None,
    }
    may_replace = manages and appraisal.state == AppraisalState.FROZEN
    return lists.rater_list(paper, may_fill=fills, may_replace=may_replace).respond(
        request,
        roster_of(paper),
        "appraisals/roster.html",
        context,
        on_export=exporting(request, "appraisal.export_roster", appraisal),
    )


@require_POST
def raters_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the typed people onto the list, all or none."""
    paper = found_paper(request, pk)
    form = RatersForm(request.POST, may_vouch=may_manage(request.user, paper.appraisal))
    if form.is_valid():
        made = attempt(form, lambda: services.add_raters(paper, form.raters, **acting(request)))
        if made is not None:
            n = len(made)
            messages.success(request, ngettext("已加入 %(n)d 人。", "已加入 %(n)d 人。", n) % {"n": n})
            return redirect("appraisals:roster", pk)
    return shown(request, paper, form)


@require_POST
def raters_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the chosen people off."""
    paper = found_paper(request, pk)
    chosen = list(roster_of(paper).filter(pk__in=selected_keys(request)))
    n = attempt_button(request, lambda: services.remove_raters(paper, chosen, **acting(request)))
    if n is not None:
        messages.success(request, ngettext("已移出 %(n)d 人。", "已移出 %(n)d 人。", n) % {"n": n})
    return back_to_list(request, "appraisals:roster", pk)


@require_POST
def roster_hand_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list is complete."""
    paper = found_paper(request, pk)
    done = attempt_button(request, lambda: services.hand_in_roster(paper, **acting_today(request)))
    if done is not None:
        messages.success(request, _("名单已报送主办组织部门。确需修改的，请其退回。"))
    return redirect("appraisals:roster", pk)


@require_POST
def roster_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give it back to its office."""
    paper = managed_paper(request, pk)
    done = attempt_button(request, lambda: services.return_roster(paper, **acting(request)))
    if done is not None:
        messages.success(request, _("已退回，单位可以继续修改。"))
    return redirect("appraisals:roster", pk)
