"""The tally of a candidate as it is kept with a run, and read again."""

from collections.abc import Mapping
from typing import Any

from secondment.algorithms.rating.tally import CandidateTally, GroupTally, IndicatorTally

DECIMALS = 6


def packed(tally: CandidateTally) -> dict[str, Any]:
    """As JSON; scores to six decimals."""
    return {
        "score": _number(tally.score),
        "n_ballots": tally.n_ballots,
        "absent": list(tally.absent),
        "withheld": list(tally.withheld),
        "weight_present": _number(tally.weight_present),
        "groups": [
            {
                "group": one.group,
                "members": list(one.members),
                "n": one.n,
                "unknown_share": _number(one.unknown_share),
                "score": _number(one.score),
                "weight": one.weight,
                "indicators": {
                    code: {"n": of.n, "mean": _number(of.mean), "counts": of.counts and list(of.counts)}
                    for code, of in one.indicators.items()
                },
            }
            for one in tally.groups
        ],
    }


def unpacked(kept: Mapping[str, Any]) -> CandidateTally:
    """The other way."""
    return CandidateTally(
        kept["n_ballots"],
        tuple(
            GroupTally(
                one["group"],
                tuple(one["members"]),
                one["n"],
                one["unknown_share"],
                one["score"],
                one["weight"],
                {
                    code: IndicatorTally(of["n"], of["mean"], of["counts"] and tuple(of["counts"]))
                    for code, of in one["indicators"].items()
                },
            )
            for one in kept["groups"]
        ),
        kept["score"],
        tuple(kept["absent"]),
        tuple(kept["withheld"]),
        kept["weight_present"],
    )


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
