"""The placements that a page is about: one by its address, or the rows chosen in a list."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from secondment.accounts.http import SignedInRequest
from secondment.campaigns.models import Campaign
from secondment.common.listing.selection import selected_keys
from secondment.placements.models import Placement
from secondment.placements.queries import campaigns_of, visible_to, with_names


def found(request: SignedInRequest, pk: int) -> Placement:
    """A placement that the reader may see, with everything its pages name."""
    rows = with_names(visible_to(request.user)).select_related(
        "person__account", "home_unit__parent", "host_unit__parent", "notice_file"
    )
    return get_object_or_404(rows, pk=pk)


def chosen(request: SignedInRequest) -> list[Placement]:
    """The chosen rows; one that the reader may not see is not there for them."""
    keys = selected_keys(request)
    rows = with_names(visible_to(request.user)).select_related("person__account").filter(pk__in=keys)
    placements = list(rows.order_by("pk"))
    if len(placements) != len(set(keys)):
        raise Http404
    return placements


def found_campaign(request: SignedInRequest, pk: int) -> Campaign:
    """A campaign with a placement that the reader sees."""
    rows = campaigns_of(request.user).select_related("owner_unit", "programme_version")
    return get_object_or_404(rows, pk=pk)
