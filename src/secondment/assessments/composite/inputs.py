"""Everything that goes into the composites of a pool, as plain values that are kept with a result and compared later."""

import hashlib
import json
from collections.abc import Collection, Sequence
from typing import Any

from secondment.assessments.composite.queries import marks_of
from secondment.assessments.composite.standards import Scheme, Schemes, schemes_of
from secondment.assessments.limits import barring
from secondment.assessments.models import Evaluation
from secondment.assessments.proposing import adverse_of, concerns_for
from secondment.measurement.models import Measure, Run
from secondment.measurement.reading import latest_run, measures_of
from secondment.people.choices import Grade
from secondment.units.models import Unit

Inputs = dict[str, Any]
DECIMALS = 6


def inputs_of(evaluations: Sequence[Evaluation], owner: Unit, *, n_places: int | None) -> Inputs:
    """The scheme, votes, values, statements and limits of everybody, and how many places there are (none: not counted)."""
    schemes = schemes_of(evaluations)
    runs = _runs(evaluations, schemes, owner)
    measures = {
        (key, one.candidate.placement_id): one for key, run in runs.items() if run for one in measures_of(run)
    }
    marks, adverse = marks_of(evaluations), adverse_of(evaluations, schemes)
    concerns = concerns_for(evaluations)
    people: dict[str, Any] = {}
    for one in evaluations:
        scheme = schemes.get(one.pk)
        version = scheme.version.pk if scheme else None
        people[str(one.pk)] = {
            "version": version,
            "votes": votes_of(measures.get((version or 0, one.placement_id))),
            "values": {
                code: [float(mark.value), mark.backing]
                for (key, code), mark in marks.items()
                if key == one.pk
            },
            "adverse": {each.indicator.code: each.indicator.effect for each in adverse.get(one.pk, [])},
            "limits": sorted(one.limits),
        }
        if one.pk in concerns:
            people[str(one.pk)]["concerns"] = {each.code: each.n for each in concerns[one.pk]}
    return {
        "places": n_places,
        "runs": {str(key): run.pk if run else None for key, run in runs.items()},
        "people": people,
    }


def digest_of(inputs: Inputs, basis: str) -> str:
    """What identifies these inputs."""
    text = json.dumps([basis, inputs], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_barred(person: Inputs) -> bool:
    """Whether something stated or on record stands before every score."""
    return bool(person["adverse"]) or barring(person["limits"], Grade.EXCELLENT) is not None


def has_concerns(person: Inputs) -> bool:
    """Whether records speak against 优秀 without barring it."""
    return bool(person.get("concerns"))


def votes_of(measure: Measure | None) -> Inputs | None:
    """What the votes on one person came to, and which groups are missing in it."""
    if measure is None:
        return None
    groups = measure.groups
    return {
        "candidate": measure.candidate_id,
        "plain": _number(measure.plain_score),
        "fair": _number(measure.fair_score),
        "se": _number(measure.fair_se),
        "subset": measure.subset,
        "n": measure.n_ballots,
        "absent": groups.get("absent", []),
        "withheld": groups.get("withheld", []),
        "merged": [one["members"] for one in groups.get("groups", []) if len(one["members"]) > 1],
    }


def _runs(evaluations: Collection[Evaluation], schemes: Schemes, owner: Unit) -> dict[int, Run | None]:
    """Version → its last finished computation of the year."""
    years = {one.year for one in evaluations}
    versions = {scheme.version.pk: scheme for scheme in schemes.values()}
    return {key: _run(scheme, owner, max(years)) for key, scheme in versions.items()}


def _run(scheme: Scheme, owner: Unit, year: int) -> Run | None:
    return latest_run(owner, year, scheme.version)


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
