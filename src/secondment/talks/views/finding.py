"""The talk that a page is about, if the reader may see it, and what of it the reader may know."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from secondment.accounts.http import SignedInRequest
from secondment.placements.models import Placement
from secondment.talks.models import FollowUp, Talk
from secondment.talks.queries import items_visible_to, placements_of, visible_to, with_names
from secondment.talks.rules import may_change, may_read_points


@dataclass(frozen=True)
class Seen:
    """A talk as this reader meets it: `everybody` is for rules, pages name `people` alone."""

    talk: Talk
    everybody: list[Placement]
    reads_points: bool
    changes: bool


def seen(request: SignedInRequest, pk: int) -> Seen:
    """The talk; a group's entry names the reader's own people."""
    talk = get_object_or_404(with_names(visible_to(request.user), request.user), pk=pk)
    everybody = placements_of(talk)
    return Seen(
        talk,
        everybody,
        may_read_points(request.user, talk, everybody),
        may_change(request.user, talk, everybody),
    )


def found_item(request: SignedInRequest, pk: int) -> FollowUp:
    """An item the reader may see."""
    rows = items_visible_to(request.user).select_related("talk__unit", "unit")
    return get_object_or_404(rows, pk=pk)
