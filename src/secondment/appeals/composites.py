"""What a grade rests on besides the votes: values with their rule and backing, gates and vetoes, and the score made of all of it.

Where the meeting had a table, its figures count, whatever was computed since; else they are made of the records. Once a
corrected version was issued, the one before stays as it was kept with it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from secondment.appeals.models import Recomputation
from secondment.assessments.bands import Bands, bands_of
from secondment.assessments.composite.choices import Basis
from secondment.assessments.composite.inputs import inputs_of
from secondment.assessments.composite.queries import facts_stated, marks_of
from secondment.assessments.composite.standards import Scheme, schemes_of
from secondment.assessments.models import Evaluation, Grade
from secondment.assessments.table.services import VOTES_TITLE
from secondment.standards.models import StandardVersion

Kept = dict[str, Any]
FIRST = 1
"""The version that was told first; corrected ones count from 2."""


@dataclass(frozen=True)
class Working:
    """One person's composite: what went in, what came out, and on what basis each value and statement stands.

    `inputs` and `figures` are those of one person in a table; `evidence` and `facts` (adverse or not, basis) go by the code
    of the indicator.
    """

    scheme: Scheme
    basis: str
    inputs: Kept
    figures: Kept
    evidence: Mapping[str, str]
    facts: Mapping[str, tuple[bool, str]]

    @property
    def parts(self) -> list[Kept]:
        """Votes and values with what each adds."""
        found: list[Kept] = self.figures.get(f"{self.basis}_parts", [])
        return found

    @property
    def score(self) -> float | None:
        """The composite by the votes that counted."""
        return self.figures.get(self.basis)

    @property
    def plain(self) -> float | None:
        """What it would be without adjustment."""
        return self.figures.get("plain")

    @property
    def is_adverse(self) -> bool:
        """Whether a gate was not passed, or there is a ground for a veto."""
        return any(adverse for adverse, _basis in self.facts.values())

    def packed(self) -> Kept:
        """As it is kept with a recomputation."""
        return {
            "version": self.scheme.version.pk,
            "basis": self.basis,
            "inputs": self.inputs,
            "figures": self.figures,
            "evidence": dict(self.evidence),
            "facts": {code: list(fact) for code, fact in self.facts.items()},
        }


def unpacked(kept: Kept) -> Working | None:
    """The other way; nothing was kept where there was no standard."""
    if not kept:
        return None
    version = StandardVersion.objects.select_related("standard").get(pk=kept["version"])
    facts = {code: (adverse, basis) for code, (adverse, basis) in kept["facts"].items()}
    scheme = Scheme(version, list(version.indicators.all()))
    return Working(scheme, kept["basis"], kept["inputs"], kept["figures"], kept["evidence"], facts)


def working_of(grade: Grade) -> Working | None:
    """The composite behind a grade; none without a standard."""
    version = version_behind(grade)
    if version is not None:
        return unpacked(version.after)
    first = grade.recomputations.filter(number=FIRST + 1).first()
    return unpacked(first.before) if first else _of_table(grade) or _of_records(grade)


def version_behind(grade: Grade) -> Recomputation | None:
    """The corrected version that led to this grade: the last one issued of the grade that was complained about."""
    rows = Recomputation.objects.filter(
        grade__appeals__correction=grade.decision_id,
        grade__evaluation=grade.evaluation_id,
        number__isnull=False,
    )
    return (
        rows.select_related("run__standard_version__standard", "run__owner_unit", "appeal")
        .order_by("-number")
        .first()
    )


def composed(scheme: Scheme, basis: str, inputs: Kept, bands: Bands) -> Kept:
    """The figures of one person."""
    from secondment.assessments.table.calculating import calculate

    found = calculate(
        {"places": None, "runs": {}, "people": {"1": inputs}},
        {scheme.version.pk: scheme},
        basis,
        cuts=bands.cuts,
        votes_title=VOTES_TITLE,
    )
    figures: Kept = found["people"]["1"]
    return figures


def digest_of(after: Kept, marks: str, weights: Mapping[str, int]) -> str:
    """What identifies everything that a version was made of: marks of the ballots, weights, values and statements."""
    made_of = [
        marks,
        dict(weights),
        {name: after.get(name) for name in ("version", "basis", "inputs", "facts")},
    ]
    return hashlib.sha256(json.dumps(made_of, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _of_table(grade: Grade) -> Working | None:
    """As the meeting had it."""
    table, key = grade.table, str(grade.evaluation_id)
    person = table.inputs["people"].get(key) if table else None
    if table is None or person is None or person["version"] is None:
        return None
    version = StandardVersion.objects.select_related("standard").get(pk=person["version"])
    scheme = Scheme(version, list(version.indicators.all()))
    return Working(scheme, table.basis, person, table.results["people"][key], *_backed(grade.evaluation))


def _of_records(grade: Grade) -> Working | None:
    """As records have it: they are closed once a grade is decided."""
    evaluation = grade.evaluation
    scheme = schemes_of([evaluation]).get(evaluation.pk)
    if scheme is None:
        return None
    owner = evaluation.register.owner_unit
    person = inputs_of([evaluation], owner, n_places=None)["people"][str(evaluation.pk)]
    votes = person["votes"] or {}
    basis = Basis.FAIR if votes.get("fair") is not None else Basis.PLAIN
    figures = composed(scheme, basis, person, bands_of(evaluation.pool))
    return Working(scheme, basis.value, person, figures, *_backed(evaluation))


def _backed(evaluation: Evaluation) -> tuple[dict[str, str], dict[str, tuple[bool, str]]]:
    """The evidence of values, and what was stated with its basis."""
    evidence = {code: one.evidence for (_key, code), one in marks_of([evaluation]).items()}
    facts = {code: (one.is_adverse, one.basis) for (_key, code), one in facts_stated([evaluation]).items()}
    return evidence, facts
