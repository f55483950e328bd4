"""What became of the abilities: of one secondee, and of groups."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from secondment.accounts.http import SignedInRequest
from secondment.accounts.scopes import has_role
from secondment.common.errors import require
from secondment.growth.forms import GroupForm
from secondment.growth.queries import with_review
from secondment.growth.reading import courses_of, group_changes, growth_shown
from secondment.growth.rules import GROUP_READERS, reads_abilities
from secondment.growth.view_models import course_lines, group_lines, years_in
from secondment.placements.queries import visible_to, with_names

MOST_PEOPLE = 3_000


def placement_growth(request: SignedInRequest, pk: int) -> HttpResponse:
    """The five abilities of one secondee before, in the middle and at the end."""
    placement = get_object_or_404(with_names(visible_to(request.user)), pk=pk)
    require(reads_abilities(request.user, placement))
    courses = growth_shown(request.user, placement)
    context = {
        "placement": placement,
        "years": years_in(courses),
        "lines": course_lines(courses),
        "has_before": any(one.before for one in courses),
        "stands_in": any(one.stands_in for one in courses),
    }
    return render(request, "growth/placement_growth.html", context)


def groups(request: SignedInRequest) -> HttpResponse:
    """The mean change of those who began with a review and were appraised since."""
    require(has_role(request.user, *GROUP_READERS))
    form = GroupForm(request.GET or None)
    rows = visible_to(request.user).select_related("person", "programme_version__programme")
    if form.is_valid():
        rows = form.narrowed(rows)
    # who began without a review has no change to be counted, and ballots of thousands need not be read
    courses = courses_of(with_review(rows).order_by("-starts_on", "pk")[:MOST_PEOPLE])
    context = {"form": form, "lines": group_lines(group_changes(courses.values())), "n_people": rows.count()}
    return render(request, "growth/groups.html", context)
