"""The placement that a page is about, if the reader may see its amounts."""

from django.shortcuts import get_object_or_404

from secondment.accounts.http import SignedInRequest
from secondment.allowances.queries import visible_to
from secondment.placements.models import Placement
from secondment.placements.queries import with_names


def found_placement(request: SignedInRequest, pk: int) -> Placement:
    """A placement whose amounts the reader may see."""
    rows = with_names(visible_to(request.user)).select_related("person__account")
    return get_object_or_404(rows, pk=pk)
