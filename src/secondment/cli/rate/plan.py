"""`secondment rate --design`: the expected precision of a rating design before anyone rates."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from secondment.algorithms.rating.planning import DesignWorth, judge_campaign
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.simulation import CampaignDesign
from secondment.cli.contract import NoSolutionError, ProgressCallback
from secondment.cli.json_input import Keys, read_json_object
from secondment.files.problems import BadInputError, Problem

CAMPAIGNS = 4


def plan(arguments: argparse.Namespace, progress: ProgressCallback) -> dict[str, object]:
    """Simulated campaigns of the design as it is and with one more common rater per ratee."""
    design, top_share, n_campaigns = _read_design(arguments.design)
    each = design.n_common_each + 1
    more = replace(
        design, n_common_each=each, n_common=max(design.n_common, each), common_share=_share(design)
    )
    worths = []
    for step, own in enumerate((design, more)):
        for number in range(n_campaigns):
            progress((step * n_campaigns + number) / (2 * n_campaigns), "simulating and fitting campaigns")
            try:
                worths.append(judge_campaign(own, arguments.seed + number, top_share))
            except RatingError as error:
                raise NoSolutionError(f"this design cannot be fitted: {error}") from error
    now, then = _table(worths[:n_campaigns]), _table(worths[n_campaigns:])
    return {
        "design": asdict(design),
        "top_share": top_share,
        "campaigns": n_campaigns,
        "expected": _figures(now),
        "with_one_more_common_rater": _figures(then),
        # The same seeds on both sides, so that what the campaigns have in common cancels.
        "gain": _figures(then - now),
    }


def _share(design: CampaignDesign) -> float:
    """Who is seen by common raters; a first common rater sees everyone."""
    return design.common_share if design.n_common_each else 1.0


def _table(worths: list[DesignWorth]) -> np.ndarray:
    return np.array([list(asdict(worth).values()) for worth in worths])


def _figures(table: np.ndarray) -> dict[str, object]:
    """Mean of each figure and the standard error that so few campaigns leave."""
    names = list(DesignWorth.__dataclass_fields__)
    error = table.std(axis=0, ddof=1) / np.sqrt(len(table))
    return {
        name: {"mean": round(float(mean), 4), "simulation_se": round(float(own), 4)}
        for name, mean, own in zip(names, table.mean(axis=0), error, strict=True)
    }


def _read_design(path: Path) -> tuple[CampaignDesign, float, int]:
    problems: list[Problem] = []
    keys = Keys(path.name, read_json_object(path), problems)
    sd = keys.object("sd")
    usual = CampaignDesign()
    design = CampaignDesign(
        n_ratees=int(keys.number("ratees", least=10, most=5000, integer=True)),
        n_host_raters=int(keys.number("host_raters", least=1, most=100, integer=True)),
        n_common=int(keys.number("common_raters", least=0, most=1000, integer=True)),
        n_common_each=int(keys.number("common_raters_each", least=0, most=50, integer=True)),
        n_criteria=int(keys.number("criteria", least=2, most=50, integer=True)),
        n_categories=int(
            keys.number("categories", default=usual.n_categories, least=2, most=20, integer=True)
        ),
        common_share=keys.number("common_share", default=1.0, least=0, most=1),
        ratee_sd=sd.number("ratee", default=usual.ratee_sd, least=0.1, most=5),
        unit_sd=sd.number("unit", default=usual.unit_sd, least=0, most=5),
        rater_sd=sd.number("rater", default=usual.rater_sd, least=0, most=5),
        impression_sd=sd.number("impression", default=usual.impression_sd, least=0, most=5),
    )
    top_share = keys.number("top_share", default=0.2, least=0.01, most=0.9)
    n_campaigns = int(keys.number("campaigns", default=CAMPAIGNS, least=2, most=200, integer=True))
    sd.finish()
    keys.finish()
    if design.n_common_each > design.n_common:
        keys.add(
            "common_raters_each",
            "is more than common_raters",
            "no one can be seen by more raters than there are",
        )
    if problems:
        raise BadInputError(problems)
    return design, top_share, n_campaigns
