"""A few receipts of arrival on paper: some wait for the seal, some are kept."""

import datetime as dt

from secondment.accounts.models import User
from secondment.documents.papers import expect_paper
from secondment.documents.papers.services import store_papers
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.papers import ARRIVAL
from secondment.placements.queries import with_names

N_WAITING, N_KEPT = 4, 6
PLACE = "组织部档案柜三，报到回执卷"


def load_papers(*, by: User, on: dt.date, at: dt.datetime) -> None:
    """The receipts of the last who have reported."""
    rows = with_names(Placement.objects.filter(state=PlacementState.IN_POST, reported_on__isnull=False))
    latest = rows.order_by("-reported_on", "pk")[: N_WAITING + N_KEPT]
    papers = [expect_paper(ARRIVAL, one, by=by, on=one.reported_on or on, at=at) for one in latest]
    store_papers([one for one in papers[N_WAITING:] if one], place=PLACE, by=by, at=at)
