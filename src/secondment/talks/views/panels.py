"""Talks on the page of a placement: the last ones, and what still follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel
from secondment.talks.gatherings import attended
from secondment.talks.models import FollowUp, Invitation, Talk
from secondment.talks.queries import open_items_about, talks_with
from secondment.talks.rules import acts_for_offices

SHOWN = 4


@dataclass(frozen=True)
class TalkPanel:
    """What stands about a placement."""

    placement: Placement
    talks: Sequence[Talk]
    items: Sequence[FollowUp]
    events: Sequence[Invitation]
    may_record: bool


def talk_panel(user: User, placement: Placement) -> Panel | None:
    """Once somebody has begun to work: that talks took place, open items, and trainings; before, trainings alone."""
    events = list(attended(placement)[:SHOWN])
    if placement.state not in BEGAN and not events:
        return None
    is_own = placement.person.account_id == user.pk
    data = TalkPanel(
        placement,
        list(talks_with(placement)[:SHOWN]),
        list(open_items_about(placement)[:SHOWN]),
        events,
        placement.state in BEGAN and acts_for_offices(user) and not is_own,
    )
    return Panel("talks/_placement_panel.html", data)


MAKERS.append(talk_panel)
