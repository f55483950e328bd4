"""Who is appraised: the list, choosing, and one candidate."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.appraisals import lists, services
from secondment.appraisals.blockers import prepared
from secondment.appraisals.links import links_of
from secondment.appraisals.queries import (
    candidates_visible_to,
    choosable,
    papers_of,
    papers_visible_to,
    with_people,
)
from secondment.appraisals.rules import may_manage, reads_all
from secondment.appraisals.states import LISTS_OPEN
from secondment.appraisals.view_models import Shared, tabs_of
from secondment.appraisals.views.found import managed, read_whole
from secondment.common.attempts import attempt_button
from secondment.common.listing.selection import back_to_list, selected_keys
from secondment.placements.queries import with_stage

MOST_SHARED = 20


def candidate_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody who is appraised, by how many, and who can be compared."""
    appraisal = read_whole(request, pk)
    may_change = may_manage(request.user, appraisal) and appraisal.state in LISTS_OPEN
    links = links_of(prepared(appraisal))
    context = {
        "appraisal": appraisal,
        "tabs": tabs_of(request.user, appraisal, "candidates"),
        "may_change": may_change,
        "n_alone": sum(one.island == 0 for one in links.values()),
        "n_islands": max((one.island for one in links.values()), default=0),
    }
    return lists.candidate_list(appraisal, links, may_change=may_change).respond(
        request,
        with_people(appraisal.candidates.all()).select_related("placement__host_unit__parent"),
        "appraisals/candidate_list.html",
        context,
        on_export=exporting(request, "appraisal.export_candidates", appraisal),
    )


def candidates_choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody whom the department may appraise for the year."""
    appraisal = managed(request, pk)
    rows = choosable(appraisal).select_related(
        "person", "post", "home_unit", "host_unit", "programme_version__programme"
    )
    return lists.choosable_list(appraisal).respond(
        request,
        with_stage(rows, timezone.localdate()),
        "appraisals/candidates_choose.html",
        {"appraisal": appraisal, "tabs": tabs_of(request.user, appraisal, "candidates")},
    )


@require_POST
def candidates_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the chosen people in."""
    appraisal = managed(request, pk)
    keys = selected_keys(request)
    chosen = list(choosable(appraisal).filter(pk__in=keys))
    made = attempt_button(request, lambda: services.add_candidates(appraisal, chosen, **acting(request)))
    if made is not None:
        n = len(made)
        messages.success(request, ngettext("已列入 %(n)d 人。", "已列入 %(n)d 人。", n) % {"n": n})
        if n < len(keys):
            left = _("另有 %(n)d 人已列入本次或其他民主测评，没有再列入。")
            messages.warning(request, left % {"n": len(keys) - n})
    return back_to_list(request, "appraisals:candidates_choose", pk)


@require_POST
def candidates_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the chosen candidates out."""
    appraisal = managed(request, pk)
    chosen = list(appraisal.candidates.filter(pk__in=selected_keys(request)))
    n = attempt_button(request, lambda: services.remove_candidates(appraisal, chosen, **acting(request)))
    if n is not None:
        messages.success(request, ngettext("已移出 %(n)d 人。", "已移出 %(n)d 人。", n) % {"n": n})
    return back_to_list(request, "appraisals:candidate_list", pk)


def candidate_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One candidate: on which papers, judged by how many, comparable with whom."""
    candidate = get_object_or_404(candidates_visible_to(request.user), pk=pk)
    appraisal = candidate.appraisal
    sees_all = reads_all(request.user, appraisal)
    papers = papers_of(appraisal).filter(pk__in=candidate.papers.values("pk"))
    if not sees_all:
        papers = papers.filter(pk__in=papers_visible_to(request.user).values("pk"))
    context = {
        "appraisal": appraisal,
        "candidate": candidate,
        "placement": candidate.placement,
        "papers": [
            (one, lists.expected(one), lists.roster_words(one), lists.roster_status(one)) for one in papers
        ],
        "tabs": tabs_of(request.user, appraisal, "candidates"),
        "sees_all": sees_all,
    }
    if sees_all:
        ready = prepared(appraisal)
        link = links_of(ready)[candidate.pk]
        shared = [Shared(ready.candidates[key], n) for key, n in link.shared.items()]
        shared.sort(key=lambda one: (-one.n, one.candidate.placement.person.name_key))
        context |= {"link": link, "shared": shared[:MOST_SHARED], "n_more": max(0, len(shared) - MOST_SHARED)}
    return render(request, "appraisals/candidate_detail.html", context)
