"""Signs that a person should look at, each with its effect, its limit and how often honest people would be flagged.

They change no score. `FlagKind` says what is compared, what it is counted in, and an innocent explanation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.algorithms.rating.flag_power import FALSE_ALARMS, Calibration, calibrate, rater_statistics
from secondment.algorithms.rating.flags import (
    Ballots,
    ballots_of,
    identical_ballots,
    leniency,
    straight_lining,
)
from secondment.algorithms.rating.gaps import standing_out
from secondment.algorithms.rating.likeness import design_like
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.tally import LEAST
from secondment.measurement.estimating import Estimate
from secondment.measurement.funnels import ballot_score
from secondment.measurement.inputs import Cast, candidate_of

ORGANISATION = "organisation:"


@dataclass(frozen=True)
class Flags:
    """What was found, and which kinds could not be tried (for want of people or of links)."""

    found: list[dict[str, Any]]
    untried: list[str]

    def __add__(self, other: "Flags") -> "Flags":
        return Flags(self.found + other.found, self.untried + other.untried)


def gap_flags(
    kind: str,
    gaps: Mapping[int, tuple[float, float]],
    *,
    both_ways: bool = False,
    seed: int = 0,
) -> Flags:
    """Candidates whose gap (with its standard error) stands out from what is usual."""
    try:
        found = standing_out(
            np.array([gap for gap, _error in gaps.values()]),
            np.array([error for _gap, error in gaps.values()]),
            both_ways=both_ways,
            seed=seed,
        )
    except RatingError:
        return Flags([], [kind])
    keys = list(gaps)
    return Flags(
        [
            {
                "kind": kind,
                "candidate": keys[place],
                "effect": float(found.effect[place]),
                "statistic": float(found.z[place]),
                "limit": found.limit,
                "false_alarms": found.false_alarms,
            }
            for place in np.flatnonzero(found.stands_out).tolist()
        ],
        [],
    )


def leaders_over_masses(
    ballots: Iterable[Cast], level_scores: Sequence[float], weights: Mapping[str, float]
) -> dict[int, tuple[float, float]]:
    """By how much leaders think better of a candidate than the masses, where both groups are large enough to be shown."""
    scores: dict[tuple[int, str], list[float]] = defaultdict(list)
    for ballot in ballots:
        for candidate, levels in ballot.marks.items():
            score = ballot_score(levels, level_scores, weights)
            if score is not None:
                scores[candidate, ballot.group].append(score)
    candidates = sorted({candidate for candidate, _group in scores})
    gaps = {}
    for candidate in candidates:
        leaders, masses = scores[candidate, "leaders"], scores[candidate, "masses"]
        if min(len(leaders), len(masses)) >= LEAST:
            error = np.sqrt(np.var(leaders, ddof=1) / len(leaders) + np.var(masses, ddof=1) / len(masses))
            gaps[candidate] = (float(np.mean(leaders) - np.mean(masses)), float(error))
    return gaps


def changes_of_signed(
    now: Mapping[int, Sequence[float]], before: Mapping[int, Sequence[float]]
) -> dict[int, tuple[float, float]]:
    """Change of the mean signed score since the year before; no anonymous rater is followed."""
    gaps = {}
    for candidate, scores in now.items():
        earlier = before.get(candidate, ())
        if min(len(scores), len(earlier)) > 1:
            error = np.sqrt(np.var(scores, ddof=1) / len(scores) + np.var(earlier, ddof=1) / len(earlier))
            gaps[candidate] = (float(np.mean(scores) - np.mean(earlier)), float(error))
    return gaps


def ballot_flags(found: Estimate, *, seed: int = 0) -> Flags:
    """Leniency of units, identical and straight ballots, raters of the organisation group without outer marks or with one
    impression; limits and power from simulated campaigns of the same design."""
    names = found.named.names
    every = ["leniency", "identical", "straight", "central", "halo"]
    if found.fit is None:
        return Flags([], every)
    try:
        calibration = calibrate(design_like(found.fit), seed=seed)
    except RatingError:
        return Flags([], every)
    ballots = ballots_of(found.fit)
    candidates = [{"candidate": candidate_of(code)} for code in names["ratee"]]
    units = [{"unit": int(code.removeprefix("U"))} for code in names["unit"]]
    # Whoever votes in secret is never spoken of alone, even if he votes on several people.
    is_member = np.array([name.startswith(ORGANISATION) for name in names["rater"]])
    members = [{"rater": name.removeprefix(ORGANISATION)} for name in names["rater"]]
    kind = leniency(found.fit)
    infit, impressions = rater_statistics(found.fit)
    is_straight, is_same = _shares(ballots)
    unit = found.tables["unit"]
    return (
        _ballot("leniency", units, kind, -unit.measure * found.per_logit, calibration)
        + _ballot("identical", candidates, identical_ballots(ballots), 100 * is_same, calibration)
        + _ballot("straight", candidates, straight_lining(ballots), 100 * is_straight, calibration)
        + _member(
            "central",
            members,
            infit,
            is_member & (infit < calibration.infit_limit),
            calibration.infit_limit,
            calibration.central_found,
        )
        + _member(
            "halo",
            members,
            impressions,
            is_member & (impressions > calibration.halo_limit),
            calibration.halo_limit,
            calibration.halo_found,
        )
    )


def _ballot(
    kind: str,
    subjects: Sequence[dict[str, Any]],
    statistic: FloatArray,
    effect: FloatArray,
    calibration: Calibration,
) -> Flags:
    powers = [own[kind] for own in calibration.power.values()]
    limit = float(np.mean([own.limit for own in powers]))
    if not np.isfinite(statistic).any():
        return Flags([], [kind])
    found = [
        {
            "kind": kind,
            **subjects[place],
            "effect": float(effect[place]),
            "statistic": float(statistic[place]),
            "limit": limit,
            "false_alarms": FALSE_ALARMS,
            "power": float(np.max([own.found for own in powers])),
        }
        for place in np.flatnonzero(statistic > limit).tolist()
    ]
    return Flags(found, [])


def _member(
    kind: str,
    subjects: Sequence[dict[str, Any]],
    statistic: FloatArray,
    flagged: BoolArray,
    limit: float,
    power: float,
) -> Flags:
    if not np.isfinite(limit):
        return Flags([], [kind])
    found = [
        {
            "kind": kind,
            **subjects[place],
            "effect": float(statistic[place]),
            "statistic": float(statistic[place]),
            "limit": limit,
            "false_alarms": FALSE_ALARMS,
            "power": power,
        }
        for place in np.flatnonzero(flagged).tolist()
    ]
    return Flags(found, [])


def _shares(ballots: Ballots) -> tuple[FloatArray, FloatArray]:
    """Of each ratee: the share of ballots with one mark throughout, and of pairs of ballots that are alike."""
    given = ballots.category >= 0
    top = np.where(given, ballots.category, -1).max(axis=1)
    low = np.where(given, ballots.category, np.iinfo(np.intp).max).min(axis=1)
    straight = (top == low) & (given.sum(axis=1) > 1)
    n = np.bincount(ballots.ratee, minlength=ballots.n_groups)
    is_straight = np.bincount(ballots.ratee, straight, minlength=ballots.n_groups) / np.maximum(n, 1)
    alike = np.zeros(ballots.n_groups)
    sheets, kind = np.unique(np.column_stack([ballots.ratee, ballots.category]), axis=0, return_inverse=True)
    times = np.bincount(kind)
    np.add.at(alike, sheets[:, 0], times * (times - 1) / 2)
    pairs = n * (n - 1) / 2
    return is_straight, alike / np.maximum(pairs, 1)
