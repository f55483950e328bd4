"""What a page is about: a place or a placement that the reader sees."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from secondment.accounts.http import SignedInRequest
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.places.queries import handed_over_by, visible_to
from secondment.units.models import Unit


def found_unit(request: SignedInRequest, pk: int) -> Unit:
    """A place that the reader sees today."""
    return get_object_or_404(visible_to(request.user, timezone.localdate()), pk=pk)


def found_placement(request: SignedInRequest, pk: int) -> Placement:
    """A placement whose handover the reader sees."""
    rows = with_names(handed_over_by(request.user)).select_related("person__account")
    return get_object_or_404(rows, pk=pk)
