"""A closed appraisal of the case's year: three people at two units, an organisation group that links them, and its run."""

import datetime as dt

from secondment.appraisals.models import (
    Appraisal,
    BallotPaper,
    Candidate,
    RosterEntry,
    SealedBallot,
    SignedMark,
)
from secondment.measurement.choices import Model
from secondment.measurement.models import Run
from secondment.measurement.services.running import execute_run
from secondment.standards.choices import VersionState
from secondment.standards.models import Indicator, Standard, StandardVersion
from tests.appeals.conftest import Case
from tests.assessments.conftest import YEAR
from tests.makers import AT, make_user

CODES = ("duty", "work", "style")
WEIGHTS = (50, 30, 20)


def make_standard(case: Case, *, is_counted: bool = False) -> StandardVersion:
    """Three indicators that are voted; counted, the share of tasks has 30 of 100, and a gate stands before the score."""
    standard = Standard.objects.create(
        owner_unit=case.scene.root, name="示例标准", category="party_government"
    )
    version = StandardVersion.objects.create(
        standard=standard,
        number=1,
        state=VersionState.SIGNED,
        level_names=["差", "一般", "较好", "好"],
        level_scores=[40, 60, 80, 100],
        group_weights={"leaders": 20, "colleagues": 30, "masses": 20, "home": 5, "organisation": 25},
        drafted_by=make_user(),
        drafted_at=AT,
    )
    for place, (code, weight) in enumerate(zip(CODES, WEIGHTS, strict=True)):
        Indicator.objects.create(
            version=version,
            code=code,
            position=place,
            part="virtue",
            title=f"指标{place + 1}",
            weight=weight * 7 // 10 if is_counted else weight,
            kind="rated",
            source="ballot",
        )
    if is_counted:
        more = {"version": version, "part": "achievement"}
        tasks = {"kind": "quantitative", "source": "task_book", "weight": 30, "unit_of_measure": "%"}
        Indicator.objects.create(
            code="tasks",
            title="任务完成率",
            position=3,
            points=[[0, 0], [60, 60], [100, 90]],
            **tasks,
            **more,
        )
        gate = {"kind": "gate", "source": "record", "effect": "not_excellent"}
        Indicator.objects.create(code="clean", title="廉洁自律", position=4, **gate, **more)
    return version


def appraise(
    case: Case, *, n_masses: int = 12, model: Model = Model.HIERARCHICAL, is_counted: bool = False
) -> Run:
    """The first person's raters are kind; the group that signs is not. Leaders are too few and count as colleagues."""
    version = make_standard(case, is_counted=is_counted)
    appraisal = Appraisal.objects.create(
        owner_unit=case.scene.root,
        name="2025 年度测评",
        year=YEAR,
        state="closed",
        held_on=dt.date(2026, 1, 10),
        closes_on=dt.date(2026, 1, 11),
        created_by=make_user(),
        created_at=AT,
    )
    placements = case.scene.placements[:3]
    candidates = [
        Candidate.objects.create(appraisal=appraisal, placement=one, year=YEAR, standard=version)
        for one in placements
    ]
    number = 0
    for place, (candidate, unit) in enumerate(
        zip(candidates, (case.scene.host, case.scene.home, case.scene.root), strict=True)
    ):
        for group, n in (("leaders", 3), ("colleagues", 7), ("masses", n_masses)):
            paper = BallotPaper.objects.create(
                appraisal=appraisal, group=group, unit=unit, n_issued=n, n_counted=n
            )
            paper.candidates.set([candidate])
            RosterEntry.objects.bulk_create(
                RosterEntry(paper=paper, position=at, name=f"评议人{at}", standing="drawn") for at in range(n)
            )
            for rater in range(n):
                number += 1
                kind = 4 if place == 0 else 3
                levels = {
                    code: max(1, kind - (rater + at) % 3 // 2) if (rater + at) % 7 else None
                    for at, code in enumerate(CODES)
                }
                SealedBallot.objects.create(
                    id=7919 * number % 100_003,
                    paper=paper,
                    marks={str(candidate.pk): levels},
                    digest=f"{number:064d}",
                )
        for at, rater in enumerate(("甲", "乙", "丙")):
            for code in CODES:
                SignedMark.objects.create(
                    candidate=candidate,
                    indicator=code,
                    rater=rater,
                    level=2 + (place + at) % 2,
                    recorded_by=case.scene.owner,
                )
    run = Run.objects.create(
        owner_unit=case.scene.root,
        year=YEAR,
        standard_version=version,
        model=model,
        requested_by=case.scene.owner,
        requested_at=AT,
    )
    run.appraisals.set([appraisal])
    execute_run(run, at=AT, progress=lambda *_args: None)
    run.refresh_from_db()
    return run
