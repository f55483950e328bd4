"""`--composite`: fair marks, indicators and vetoes under published weights, as proposed grades."""

from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.algorithms.rating.composite import (
    NOT_ASSESSABLE,
    VETOED,
    Composite,
    Parts,
    compose,
)
from secondment.algorithms.rating.ranking import Posterior, rank
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.weights import PairwiseWeights
from secondment.cli.contract import NoSolutionError
from secondment.cli.rate.fitted import Fitted, Section
from secondment.cli.rate.output import number
from secondment.cli.rate.reading import NamedRatings
from secondment.cli.rate.scheme import RatingPart, Scheme, read_scheme
from secondment.cli.rate.scheme_tables import ScoredPart

NOTE = (
    "a grade is a proposal; among people the quota cannot distinguish (standing committee) it is a quota decision, "
    "not a measured difference"
)


def composite_section(path: Path, named: NamedRatings, seed: int) -> Section:
    """Read the scheme now, compose once the marks are fitted."""
    people = named.names["ratee"]
    scheme = read_scheme(path, people)

    def ask(fitted: Fitted) -> object:
        if any(isinstance(part, RatingPart) for part in scheme.parts):
            fitted.check_comparable()
        parts = _parts(scheme, fitted)
        cuts = np.array([limit for _, limit in scheme.grades])
        weights = np.array(scheme.percent) / 100
        found = compose(parts, weights, cuts, least_weight=scheme.least_weight)
        return {
            "parts": [
                {"part": part.name, "percent": percent}
                for part, percent in zip(scheme.parts, scheme.percent, strict=True)
            ],
            "judgements": _judgements(scheme),
            "grades": [{"grade": name, "from": limit} for name, limit in reversed(scheme.grades)],
            "rows": _rows(scheme, people, parts, found),
            "quota": _quota(scheme, people, found, parts.veto, seed),
            "note": NOTE,
        }

    return ask


def _parts(scheme: Scheme, fitted: Fitted) -> Parts:
    people = fitted.named.names["ratee"]
    columns = [_scores(part, fitted) for part in scheme.parts]
    return Parts(
        np.stack([score for score, _ in columns], axis=1),
        np.stack([se for _, se in columns], axis=1),
        np.array([person in scheme.vetoes for person in people]),
    )


def _scores(part: RatingPart | ScoredPart, fitted: Fitted) -> tuple[FloatArray, FloatArray]:
    """Scores 0–100 and their standard errors; fair marks lie on the form's range."""
    if isinstance(part, ScoredPart):
        return part.score, part.se
    per_mark = 100 / (part.highest - part.lowest)
    return (fitted.ratees.fair - part.lowest) * per_mark, fitted.fair_errors() * per_mark


def _judgements(scheme: Scheme) -> object:
    if scheme.group is None:
        return None
    return {
        "judges": [{"file": judge.file, **_weights(scheme, judge.found)} for judge in scheme.judges],
        "group": _weights(scheme, scheme.group),
    }


def _weights(scheme: Scheme, found: PairwiseWeights) -> dict[str, object]:
    weights = {part.name: number(own) for part, own in zip(scheme.parts, found.weights, strict=True)}
    return {"consistency_ratio": number(found.consistency_ratio), "weights": weights}


def _rows(scheme: Scheme, people: list[str], parts: Parts, found: Composite) -> list[dict[str, object]]:
    """One row per person, the best first, people who cannot be assessed last."""
    names = [scheme.lowest_grade, *(name for name, _ in scheme.grades)]
    part_names = [part.name for part in scheme.parts]
    order = np.argsort(np.where(np.isnan(found.score), np.inf, -found.score), kind="stable")
    return [
        {
            "id": people[index],
            "score": number(found.score[index]),
            "se": number(found.se[index]),
            "low": number(found.low[index]),
            "high": number(found.high[index]),
            "scores": _by_name(part_names, parts.score[index]),
            "contributions": _by_name(part_names, found.contribution[index]),
            "grade": _grade(names, int(found.grade[index])),
            "grade_probability": _by_name(names, found.grade_probability[index]),
            "smallest_flip": number(found.flip[index]),
            "veto": scheme.vetoes.get(people[index]),
        }
        for index in order.tolist()
    ]


def _by_name(names: list[str], values: FloatArray) -> dict[str, float | None]:
    return {name: number(value) for name, value in zip(names, values, strict=True)}


def _grade(names: list[str], grade: int) -> str:
    words = {NOT_ASSESSABLE: "not assessable", VETOED: "vetoed"}
    return words.get(grade) or names[grade]


def _quota(scheme: Scheme, people: list[str], found: Composite, vetoed: BoolArray, seed: int) -> object:
    """The chance of lying within the quota among those who can be assessed and are not vetoed."""
    if scheme.quota is None:
        return None
    mine = np.flatnonzero(np.isfinite(found.score) & ~vetoed)
    places = max(1, round(scheme.quota * len(people)))
    try:
        ranking = rank(Posterior.independent(found.score[mine], found.se[mine]), places, seed=seed)
    except RatingError as error:
        raise NoSolutionError(f"the quota: {error}") from error
    chances = zip(mine.tolist(), ranking.top_probability, ranking.standing, strict=True)
    rows = [
        {"id": people[index], "probability": number(chance), "standing": standing.value}
        for index, chance, standing in chances
    ]
    return {"share": scheme.quota, "places": places, "rows": rows}
