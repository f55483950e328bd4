"""Computations over closed appraisals: the organisation department computes and takes away, leaders read."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.appraisals.models import Appraisal, Candidate
from secondment.measurement.inputs import packed
from secondment.measurement.models import Forecast, Measure, Run
from secondment.people.choices import Category
from secondment.standards.models import Standard, StandardVersion
from tests.authorisation.matrix import Row
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
READERS = OWNER | {Role.LEADER}


def appraisal_of(side: Side) -> Candidate:
    earlier = Candidate.objects.filter(placement=side.placement, year=2026).first()
    if earlier is not None:
        return earlier
    standard = Standard.objects.create(owner_unit=side.root, name="标准", category=Category.PARTY_GOVERNMENT)
    version = StandardVersion.objects.create(
        standard=standard, number=1, level_names=["差", "好"], level_scores=[40, 100], drafted_at=AT
    )
    appraisal = Appraisal.objects.create(
        owner_unit=side.root,
        name="测评",
        year=2026,
        held_on=dt.date(2027, 1, 15),
        closes_on=dt.date(2027, 1, 16),
        created_at=AT,
    )
    return Candidate.objects.create(
        appraisal=appraisal, placement=side.placement, year=2026, standard=version
    )


def appraisal(side: Side) -> dict[str, int]:
    return {"pk": appraisal_of(side).appraisal_id}


def measure(side: Side) -> dict[str, int]:
    """Of a finished computation of the department."""
    candidate = appraisal_of(side)
    run = Run.objects.create(
        owner_unit=side.root,
        year=2026,
        standard_version=candidate.standard,
        state="done",
        inputs=packed(b"a\n"),
        requested_by=make_user(),
        requested_at=AT,
        finished_at=AT,
    )
    row = Measure.objects.create(run=run, candidate=candidate)
    return {"run_pk": run.pk, "pk": row.pk}


def run(side: Side) -> dict[str, int]:
    return {"pk": measure(side)["run_pk"]}


def forecast(side: Side) -> dict[str, int]:
    made = Forecast.objects.create(
        appraisal_id=appraisal(side)["pk"], plan={}, requested_by=make_user(), requested_at=AT
    )
    return {"pk": made.pk}


ROWS = {
    "measurement:run_list": Row(READERS),
    "measurement:run_new": Row(OWNER),
    "measurement:run_detail": Row(READERS, run),
    "measurement:run_progress": Row(READERS, run),
    "measurement:run_results": Row(OWNER, run),
    "measurement:measure_detail": Row(READERS, measure),
    "measurement:plan_list": Row(READERS),
    "measurement:planning": Row(READERS, appraisal),
    "measurement:plan_progress": Row(READERS, forecast),
}
