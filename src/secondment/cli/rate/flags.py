"""`--flags`: signs in the ballots that a person should look at, with their power and false alarms."""

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.algorithms.rating.flag_power import FALSE_ALARMS, Calibration, calibrate, rater_statistics
from secondment.algorithms.rating.flags import (
    ballots_of,
    identical_ballots,
    leniency,
    speeding,
    straight_lining,
)
from secondment.algorithms.rating.likeness import design_like
from secondment.algorithms.rating.ratings import RatingError, sums_by
from secondment.cli.contract import ProgressCallback
from secondment.cli.rate.fitted import Fitted, FittedHierarchical, Section
from secondment.cli.rate.output import number
from secondment.files.problems import BadInputError

NOTE = "a flag asks a person to look; no mark was changed or left out by it"
SIMULATED = ("leniency", "identical_ballots", "straight_lining", "central_tendency", "halo")
CENTRAL = "infit; low means fewer outer marks, or more even ballots, than the model expects"
HALO = "mean square impression over the campaign's own"
BEYOND = "SDs beyond the model's expectation"


def flags_need_the_hierarchical_model() -> BadInputError:
    """What to say when the flags are asked of the facets model."""
    return BadInputError.of_file(
        "command line",
        "--flags needs the hierarchical model",
        "give the columns source and unit, or --model hierarchical",
    )


def flags_section(seed: int, progress: ProgressCallback) -> Section:
    """All flags; their limits come from simulated campaigns of this campaign's own design."""

    def ask(fitted: Fitted) -> object:
        if not isinstance(fitted, FittedHierarchical):
            raise flags_need_the_hierarchical_model()
        return {**_simulated(fitted, seed, progress), "speeding": _speeding(fitted), "note": NOTE}

    return ask


def _simulated(fitted: FittedHierarchical, seed: int, progress: ProgressCallback) -> dict[str, object]:
    try:
        design = design_like(fitted.fit)
    except RatingError as error:
        return {name: _no_flag(str(error)) for name in SIMULATED}
    progress(0.6, "trying the flags on simulated campaigns")
    return {**_flags(fitted, calibrate(design, seed=seed)), "simulated_design": asdict(design)}


def _flags(fitted: FittedHierarchical, found: Calibration) -> dict[str, object]:
    names = fitted.named.names
    ballots = ballots_of(fitted.fit)
    infit, impressions = rater_statistics(fitted.fit)
    groups = {
        "leniency": (names["unit"], leniency(fitted.fit)),
        "identical": (names["ratee"], identical_ballots(ballots)),
        "straight": (names["ratee"], straight_lining(ballots)),
    }
    ballot_flags = {
        name: _ballot_flag(key, *groups[key], found) for name, key in zip(SIMULATED, groups, strict=False)
    }
    central = _rows("rater", names["rater"], infit, infit < found.infit_limit)
    haloed = _rows("rater", names["rater"], impressions, impressions > found.halo_limit)
    return {
        **ballot_flags,
        "central_tendency": _rater_flag(central, CENTRAL, found.infit_limit, found.central_found),
        "halo": _rater_flag(haloed, HALO, found.halo_limit, found.halo_found),
    }


def _no_flag(reason: str) -> dict[str, object]:
    return {"flagged": None, "reason": reason, "rows": []}


def _ballot_flag(
    key: str, names: Sequence[str], statistic: FloatArray, found: Calibration
) -> dict[str, object]:
    powers = {manipulation.value: own[key] for manipulation, own in found.power.items()}
    of, unit = ("unit", "posterior SDs kinder than average") if key == "leniency" else ("ratee", BEYOND)
    limit = float(np.mean([own.limit for own in powers.values()]))
    rows = _rows(of, names, statistic, statistic > limit)
    if not rows:
        return _no_flag("no common rater shows the leniency of units apart from the merit of their ratees")
    return {
        "flagged": _n_flagged(rows),
        "statistic": unit,
        "limit": number(limit),
        "false_alarms": FALSE_ALARMS,
        "false_alarms_at_two_sd": number(float(np.mean([own.alarms_at_two for own in powers.values()]))),
        "power": {name: number(own.found) for name, own in powers.items()},
        "rows": rows,
    }


def _rows(
    of: str, names: Sequence[str], statistic: FloatArray, flagged: BoolArray
) -> list[dict[str, object]]:
    """One row per element with a statistic."""
    return [
        {of: name, "statistic": number(value), "flagged": bool(flag)}
        for name, value, flag in zip(names, statistic, flagged, strict=True)
        if np.isfinite(value)
    ]


def _n_flagged(rows: list[dict[str, object]]) -> int:
    return sum(bool(row["flagged"]) for row in rows)


def _rater_flag(
    rows: list[dict[str, object]], statistic: str, limit: float, found: float
) -> dict[str, object]:
    """Flags of common raters."""
    if not rows or np.isnan(limit):
        return _no_flag("no common rater gave enough marks: it takes 30 marks, for halo ten ballots")
    return {
        "flagged": _n_flagged(rows),
        "statistic": statistic,
        "limit": number(limit),
        "false_alarms": FALSE_ALARMS,
        "power": number(found),
        "rows": rows,
    }


def _speeding(fitted: FittedHierarchical) -> dict[str, object]:
    seconds = fitted.named.seconds
    if seconds is None:
        return _no_flag("the ratings have no column “seconds”")
    campaign, names = fitted.fit.campaign, fitted.named.names
    known = np.isfinite(seconds)
    count = np.bincount(campaign.cell[known], minlength=campaign.n_cells)
    total = sums_by(campaign.cell[known], seconds[known], campaign.n_cells)
    timed = np.flatnonzero(count)
    per_criterion = total[timed] / count[timed]
    fast = speeding(per_criterion)
    rows = [
        {
            "ratee": names["ratee"][campaign.cell_ratee[ballot]],
            "rater": names["rater"][campaign.cell_rater[ballot]],
            "seconds_per_criterion": number(own),
        }
        for ballot, own in zip(timed[fast], per_criterion[fast], strict=True)
    ]
    said = "under 1.5 seconds per criterion, or among the fastest twentieth"
    return {"flagged": len(rows), "statistic": said, "false_alarms": None, "power": None, "rows": rows}
