"""Two democratic appraisals of the generation in post: closed, computed, and written as their services would leave them."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from secondment.accounts.models import User
from secondment.appraisals.box.ballot_box import Content, Count
from secondment.appraisals.box.codes import new_receipt
from secondment.appraisals.choices import AppraisalState, Occasion
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate, SignedMark
from secondment.appraisals.queries import standards_for
from secondment.appraisals.services.voting import seal_content
from secondment.audit.services import Entry, record_all
from secondment.demo.assessment_years import Cycle, cycles
from secondment.demo.generations import G2
from secondment.demo.loader.rosters import Roster, rosters_of, write_rosters
from secondment.demo.loader.scene import at_hour
from secondment.demo.work.irregular import OF_POST, SEVERE, TEAM, Vote
from secondment.demo.work.merit import merit_of
from secondment.demo.work.votes import SEVERITY, Bundle, Item, Judged, Marks, filled, severity_of
from secondment.measurement.choices import Model
from secondment.measurement.services.running import execute_run, prepare_run, start_run
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.standards.choices import IndicatorKind, RaterGroup
from secondment.standards.models import StandardVersion
from secondment.units.models import Unit

N_EACH = 2
"""So many of the organisation group see each village."""
WORDS = {Occasion.YEAR: "年度民主测评", Occasion.END_OF_TERM: "年度暨期满民主测评"}


@dataclass(frozen=True)
class Department:
    """Whose appraisals they are, and who acts for it."""

    unit: Unit
    by: User
    checked_by: User


@dataclass
class Prepared:
    """An appraisal while it is put together; papers and rosters are in one order."""

    cycle: Cycle
    row: Appraisal
    candidates: list[Candidate]
    judged: dict[int, Judged]
    rosters: list[Roster] = field(default_factory=list)
    trail: list[Entry] = field(default_factory=list)


def load_appraisals(department: Department, *, on: dt.date, at: dt.datetime) -> tuple[Cycle, Cycle]:
    """Both years; returns their days. The first was decided by the plain tally, both are measured once there is a worker."""
    placements = list(village_secretaries())
    both = cycles(on, max(one.last_day for one in placements))
    for age, cycle in enumerate(both):
        there = [one for one in placements if one.starts_on < cycle.held_on]
        _close(_prepared(department, cycle, there, years=age), department)
        _tally(department, cycle)
        _ask_to_measure(department, cycle, at)
    return both


def village_secretaries() -> QuerySet[Placement]:
    """G2 while it is in post."""
    rows = Placement.objects.filter(campaign__name__endswith=G2.name, state=PlacementState.IN_POST)
    return with_names(rows).select_related("host_unit__parent", "programme_version__programme").order_by("pk")


def _prepared(
    department: Department, cycle: Cycle, placements: Sequence[Placement], *, years: int
) -> Prepared:
    """The appraisal with candidates, papers, drawn rosters and the marks of the organisation group."""
    at = at_hour(cycle.prepared_on, 9)
    row = Appraisal.objects.create(
        owner_unit=department.unit,
        name=f"{cycle.year}{WORDS[cycle.occasion]}",
        occasion=cycle.occasion,
        year=cycle.year,
        state=AppraisalState.OPEN,
        held_on=cycle.held_on,
        closes_on=cycle.closes_on,
        rosters_by=cycle.frozen_on - dt.timedelta(days=1),
        team=[{"name": name, "duty": duty} for name, duty in TEAM],
        draw_seed=f"福利彩票3D {cycle.frozen_on:%Y%j}期 {cycle.year % 10} 6 8",
        frozen_by=department.by,
        frozen_on=cycle.frozen_on,
        created_by=department.by,
        created_at=at,
        opened_by=department.by,
        opened_on=cycle.held_on,
    )
    standards = standards_for(placements)
    candidates = Candidate.objects.bulk_create(
        Candidate(appraisal=row, placement=one, year=cycle.year, standard=standards[one.pk])
        for one in placements
    )
    made = Prepared(cycle, row, candidates, _judged(candidates, years))
    made.trail.append(Entry("appraisal.create", row, department.by, at, {"year": cycle.year}))
    names = {"n": len(candidates), "people": [one.placement.person.name for one in candidates[:50]]}
    made.trail.append(Entry("appraisal.add_candidates", row, department.by, at, names))
    made.rosters = rosters_of(row, candidates)
    _write_papers(made, department)
    write_rosters(row, made.rosters)
    _mark(made, department)
    return made


def _judged(candidates: Sequence[Candidate], years: int) -> dict[int, Judged]:
    """Candidate → what votes about them are drawn from."""
    items = {one.standard_id: _items(one.standard) for one in candidates}
    return {
        one.pk: Judged(
            str(one.pk),
            merit_of(one.placement.post.code, years=years),
            items[one.standard_id],
            (one.placement.host_unit.parent.name, one.placement.host_unit.name),
            OF_POST.get(one.placement.post.code),
        )
        for one in candidates
        if one.placement.host_unit.parent is not None
    }


def _items(standard: StandardVersion) -> list[Item]:
    rated = (one for one in standard.indicators.all() if one.kind == IndicatorKind.RATED)
    return [Item(one.code, one.ability, one.for_masses) for one in rated]


def _write_papers(made: Prepared, department: Department) -> None:
    by, day = department.by, made.cycle
    papers = BallotPaper.objects.bulk_create([one.paper for one in made.rosters], batch_size=500)
    through = BallotPaper.candidates.through
    through.objects.bulk_create(
        [
            through(ballotpaper_id=one.paper.pk, candidate_id=candidate.pk)
            for one in made.rosters
            for candidate in one.candidates
        ],
        batch_size=500,
    )
    at = at_hour(day.prepared_on, 10)
    made.trail.append(Entry("appraisal.propose_papers", made.row, by, at, {"n": len(papers)}))
    details = {"n": len(papers), "deadline": f"{made.row.rosters_by}"}
    made.trail.append(Entry("appraisal.ask_rosters", made.row, by, at_hour(day.prepared_on, 11), details))


def _mark(made: Prepared, department: Department) -> None:
    """Two of the organisation group for each village, in turn; nobody got to the one that stands alone."""
    rows: list[SignedMark] = []
    visited = [one for one in made.candidates if made.judged[one.pk].vote != Vote.ALONE]
    names = [name for name, _duty in TEAM]
    of_rater: dict[str, list[Candidate]] = defaultdict(list)
    for at, one in enumerate(visited):
        for step in range(N_EACH):
            of_rater[names[(at + step * (1 + at // len(names))) % len(names)]].append(one)
    bundles = [
        Bundle(RaterGroup.ORGANISATION, [made.judged[one.pk] for one in theirs], 1, _severity(name))
        for name, theirs in of_rater.items()
    ]
    for name, [marks] in zip(of_rater, filled(bundles, made.cycle.year), strict=True):
        rows += [
            SignedMark(
                candidate_id=int(key), indicator=code, rater=name, level=level, recorded_by=department.by
            )
            for key, lines in marks.items()
            for code, level in lines.items()
        ]
        n = sum(one.rater == name for one in rows)
        at_day = at_hour(made.cycle.closes_on, 14)
        details = {"rater": name, "n": n}
        made.trail.append(Entry("appraisal.mark", made.row, department.by, at_day, details))
    SignedMark.objects.bulk_create(rows, batch_size=1000)


def _severity(name: str) -> float:
    return SEVERITY if name == SEVERE else severity_of(name)


def _close(made: Prepared, department: Department) -> None:
    """Everything that was handed in leaves as it leaves a box at its end."""
    cycle, by = made.cycle, department.by
    made.trail += _before_the_end(made, by)
    record_all(made.trail)
    bundles = [
        Bundle(one.paper.group, [made.judged[each.pk] for each in one.candidates], one.n_cast)
        for one in made.rosters
    ]
    ballots = [
        (one.paper.pk, marks)
        for one, sheets in zip(made.rosters, filled(bundles, 10 * cycle.year), strict=True)
        for marks in sheets
    ]
    content = Content(_counts(made.rosters), _shuffled(ballots, cycle), _receipts(len(ballots)))
    seal_content(made.row, content, by=by, on=cycle.closes_on, at=at_hour(cycle.closes_on, 18))


def _before_the_end(made: Prepared, by: User) -> Iterator[Entry]:
    cycle, row = made.cycle, made.row
    n = sum(one.n_voting for one in made.rosters)
    details = {"n": n, "seed": row.draw_seed, "digest": row.frame_digest}
    yield Entry("appraisal.freeze", row, by, at_hour(cycle.frozen_on, 10), details)
    at = at_hour(cycle.held_on, 8)
    yield Entry("appraisal.open_voting", row, by, at, {"papers": len(made.rosters)})
    for one in made.rosters:
        yield Entry("ballot_paper.issue", one.paper, by, at, {"n": one.n_voting})


def _counts(rosters: Sequence[Roster]) -> Mapping[int, Count]:
    return {
        one.paper.pk: Count(issued=one.n_voting, spent=one.n_cast, unused=one.n_voting - one.n_cast)
        for one in rosters
    }


def _shuffled(ballots: list[tuple[int, Marks]], cycle: Cycle) -> list[tuple[int, Marks]]:
    random.Random(cycle.year).shuffle(ballots)  # noqa: S311 -- invented votes
    return ballots


def _receipts(n: int) -> list[str]:
    found: set[str] = set()
    while len(found) < n:
        found.add(new_receipt())
    return sorted(found)


def _tally(department: Department, cycle: Cycle) -> None:
    """The plain tally under every standard of the year, on the morning after the close."""
    at = _morning_after(cycle)
    for standard in _standards(department, cycle):
        run = prepare_run(department.unit, cycle.year, standard, model=Model.NONE, by=department.by, at=at)
        execute_run(run, at=at, progress=lambda *_step: None)


def _ask_to_measure(department: Department, cycle: Cycle, at: dt.datetime) -> None:
    """The worker of the installation does it as soon as the demo is there: the estimates take longer than all the rest."""
    for standard in _standards(department, cycle):
        start_run(department.unit, cycle.year, standard, model=Model.HIERARCHICAL, by=department.by, at=at)


def _morning_after(cycle: Cycle) -> dt.datetime:
    return at_hour(cycle.closes_on + dt.timedelta(days=1), 9)


def _standards(department: Department, cycle: Cycle) -> QuerySet[StandardVersion]:
    used = Candidate.objects.filter(appraisal__year=cycle.year, appraisal__owner_unit=department.unit)
    return StandardVersion.objects.filter(pk__in=used.values("standard")).order_by("pk")
