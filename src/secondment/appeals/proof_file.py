"""The open proof: everything from which the published figures of a finished computation follow, and nothing that names a rater.

Ballots keep the random order in which they left the box. A ballot names its group, and its unit where at least five of
that group and unit voted; candidates and those who signed go by codes. `docs/algorithms/verify_appraisal.py` reads the file
without any part of this product.
"""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Collection
from typing import Any

from secondment.algorithms.rating.tally import FEWEST_SPREAD, LEAST, NEXT, SIGNED
from secondment.appeals.queries import tables_of
from secondment.appraisals.choices import Standing
from secondment.appraisals.models import BallotPaper
from secondment.assessments.composite.choices import STANDARD_ERRORS
from secondment.assessments.limits import barring
from secondment.assessments.models import CommitteeTable
from secondment.measurement.exports import rate_command, rate_files
from secondment.measurement.gathering import gather, rated_weights
from secondment.measurement.inputs import Cast, ratee_code
from secondment.measurement.models import Run
from secondment.people.choices import Grade

FORMAT = "secondment-open-proof/2"
STAMP = (2000, 1, 1, 0, 0, 0)  # equal content gives equal bytes
README = """公开验证材料（不公开发布，只供所载用途）。
proof.json：封存票（已打乱）、名单人数、测评标准、参数、公布的数字；评定表的指标值、认定和综合得分。
inputs.csv、weights.json：校准计算的输入和权重，可用下列命令重算：
%(command)s
核对：python3 verify_appraisal.py 本文件.zip
"""


def proof_bytes(run: Run, *, purpose: str, recipient: str) -> bytes:
    """The file; the same computation and purpose always give the same bytes."""
    content = json.dumps(
        proof_of(run) | {"purpose": purpose, "recipient": recipient},
        ensure_ascii=False,
        sort_keys=True,
        indent=1,
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        readme = README % {"command": rate_command(run)}
        parts = {"proof.json": content.encode(), **rate_files(run), "README.txt": readme.encode()}
        for name, data in parts.items():
            packed.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def proof_of(run: Run) -> dict[str, Any]:
    """The same as an object."""
    from secondment.algorithms.rating.composite import LEAST_WEIGHT

    standard = run.standard_version
    gathered = gather(list(run.appraisals.all()), standard)
    return {
        "format": FORMAT,
        "year": run.year,
        "standard": str(standard),
        "level_names": standard.level_names,
        "level_scores": standard.level_scores,
        "group_weights": standard.group_weights,
        "indicators": [
            {
                "code": one.code,
                "title": one.title,
                "kind": one.kind,
                "weight": one.weight,
                "points": one.points,
                "effect": one.effect,
            }
            for one in standard.indicators.order_by("position")
        ],
        "indicator_weights": rated_weights(standard),
        "rules": {
            "least": LEAST,
            "fewest_spread": FEWEST_SPREAD,
            "next": NEXT,
            "signed": sorted(SIGNED),
            "interval": 1.6448536269514722,
            "errors": {str(backing): error for backing, error in STANDARD_ERRORS.items()},
            "least_weight": LEAST_WEIGHT,
        },
        "model": run.model,
        "fair_weights": run.results.get("weights"),
        "seed": run.seed,
        "software": run.software_version,
        "inputs_digest": run.inputs_digest,
        "papers": _papers(run, gathered.short),
        "ballots": _ballots(gathered.ballots),
        "figures": _figures(run),
        "tables": [_table(one, standard.pk) for one in tables_of(run)],
    }


def _papers(run: Run, short: Collection[int]) -> list[dict[str, Any]]:
    rows = BallotPaper.objects.filter(appraisal__in=run.appraisals.all()).order_by("pk")
    return [
        {
            "group": one.group,
            "unit": f"U{one.unit_id}",
            "roster": one.roster.count(),
            "voting": one.roster.filter(standing=Standing.DRAWN).count(),
            "is_short": one.pk in short,  # of its turnout: its ballots count for nothing and are not here
            "issued": one.n_issued,
            "void": one.n_void,
            "counted": one.n_counted,
        }
        for one in rows
    ]


def _ballots(ballots: tuple[Cast, ...]) -> list[dict[str, Any]]:
    counts = Counter((one.group, one.unit) for one in ballots)
    raters = {
        rater: place for place, rater in enumerate(sorted({one.rater for one in ballots if one.rater}), 1)
    }
    return [
        {
            "group": one.group,
            "unit": one.unit if counts[one.group, one.unit] >= LEAST else "",
            "rater": f"{one.group}:{raters[one.rater]}" if one.rater else "",
            "marks": {ratee_code(candidate): dict(levels) for candidate, levels in one.marks.items()},
        }
        for one in ballots
    ]


def _figures(run: Run) -> dict[str, dict[str, Any]]:
    names = ("plain_score", "fair_score", "fair_se", "low", "high", "subset", "n_ballots", "groups")
    return {
        ratee_code(one.candidate_id): {name: getattr(one, name) for name in names}
        for one in run.measures.order_by("candidate")
    }


def _table(table: CommitteeTable, version: int) -> dict[str, Any]:
    """What a meeting had before it: who goes by another standard is there with the published figures alone."""
    inputs, results = table.inputs["people"], table.results["people"]
    names = (
        "plain",
        "fair",
        "se",
        "low",
        "high",
        "plain_rank",
        "fair_rank",
        "is_eligible",
        "standing",
        "chance",
    )
    people = []
    for place, (key, person) in enumerate(sorted(inputs.items(), key=lambda item: int(item[0])), 1):
        votes = person["votes"]
        is_here = person["version"] == version
        figures = {name: results[key].get(name) for name in names}
        if is_here:
            figures |= {part: results[key].get(part, []) for part in ("plain_parts", "fair_parts")}
        people.append(
            {
                "person": ratee_code(votes["candidate"]) if votes and is_here else f"N{place:07d}",
                "standard": f"S{person['version']}",
                "is_here": is_here,
                "values": person["values"] if is_here else {},
                "adverse": person["adverse"] if is_here else {},
                # why somebody is barred by the file is nobody's business here
                "is_barred": barring(person["limits"], Grade.EXCELLENT) is not None,
                "has_concerns": bool(person.get("concerns")),
                "figures": figures,
            }
        )
    return {
        "basis": table.basis,
        "places": table.inputs["places"],
        "digest": table.digest,
        "software": table.software_version,
        "people": people,
    }
