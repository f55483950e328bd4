"""Two small appraisals for a guided look: one in preparation, one that is being voted on; both begun by the services.

Codes are kept nowhere, so the demo has none to print: the page of the vote issues slips once for each paper.
"""

import datetime as dt

from secondment.appraisals.choices import Occasion
from secondment.appraisals.draws import current_digest
from secondment.appraisals.models import Appraisal, BallotPaper
from secondment.appraisals.raters import NewRater
from secondment.appraisals.services import (
    Member,
    NewAppraisal,
    add_candidates,
    add_raters,
    create_appraisal,
    freeze_appraisal,
    propose_papers,
    set_team,
)
from secondment.appraisals.services.voting import open_voting
from secondment.demo.loader.appraisals import Department
from secondment.demo.loader.rosters import barred_names_of_officials, people_of
from secondment.demo.work.irregular import TEAM
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

PREPARED, VOTED = "aid", "down"
"""Programmes whose few people in post are appraised."""
NAMES = {PREPARED: "援派干部年度民主测评", VOTED: "下派挂职干部年度民主测评"}
SEED = "福利彩票3D 当日开奖号码 3 6 8"
LASTS = dt.timedelta(days=30)
N_LISTED = 8


def load_small_appraisals(department: Department, *, on: dt.date, at: dt.datetime) -> None:
    """The first waits for its lists of raters; for the second slips can be issued and ballots cast."""
    _prepared(department, PREPARED, held_on=on + LASTS, on=on, at=at)
    row = _prepared(department, VOTED, held_on=on, on=on, at=at)
    barred = barred_names_of_officials()
    for paper in row.papers.select_related("unit").order_by("pk"):
        _list(paper, department, barred, at)
    digest = current_digest(row)
    freeze_appraisal(row, seed=SEED, digest=digest, by=department.by, on=on, at=at)
    open_voting(Appraisal.objects.get(pk=row.pk), by=department.by, on=on, at=at)


def _prepared(
    department: Department, programme: str, *, held_on: dt.date, on: dt.date, at: dt.datetime
) -> Appraisal:
    new = NewAppraisal(f"{on.year}{NAMES[programme]}", Occasion.YEAR, on.year, held_on, held_on + LASTS)
    row = create_appraisal(department.unit, new, by=department.by, on=on, at=at)
    chosen = Placement.objects.filter(
        programme_version__programme__code=programme,
        state=PlacementState.IN_POST,
        owner_unit__path__startswith=department.unit.path,
    )
    add_candidates(row, list(with_names(chosen)), by=department.by, at=at)
    propose_papers(row, by=department.by, at=at)
    set_team(row, [Member(*one) for one in TEAM[:3]], by=department.by, at=at)
    return row


def _list(paper: BallotPaper, department: Department, barred: set[str], at: dt.datetime) -> None:
    people = people_of(paper.unit.name, paper.group, N_LISTED, barred)
    add_raters(
        paper, [NewRater(one.name, one.duty, is_another=True) for one in people], by=department.by, at=at
    )
