"""`--top` and `--compare`: who belongs to the top share, and how surely."""

from collections.abc import Sequence

import numpy as np

from secondment.algorithms.rating.ranking import N_DRAWS, beats, rank
from secondment.algorithms.rating.ratings import RatingError
from secondment.cli.contract import NoSolutionError
from secondment.cli.rate.fitted import Fitted, Section
from secondment.cli.rate.output import number
from secondment.cli.rate.reading import NamedRatings
from secondment.files.problems import BadInputError, Problem

LEVEL = 0.9
# Draws times ratees kept in memory: above ten thousand ratees there are fewer draws.
MOST_RANKS = 40_000_000
STANDINGS = (
    f"in from {LEVEL:g}, out up to {1 - LEVEL:g}; between them the marks do not decide and a committee does"
)


def top_section(share: float, seed: int) -> Section:
    """The chance of the top share, rank interval, tie band and standing of every ratee, best first."""

    def ask(fitted: Fitted) -> object:
        fitted.check_comparable()
        ratees, names = fitted.ratees, fitted.named.names["ratee"]
        n_top = max(1, round(share * len(names)))
        n_draws = min(N_DRAWS, max(1, MOST_RANKS // len(names)))
        try:
            found = rank(fitted.posterior(), n_top, level=LEVEL, n_draws=n_draws, seed=seed)
        except RatingError as error:
            raise NoSolutionError(str(error)) from error
        order = np.argsort(-ratees.measure, kind="stable").tolist()
        rows = [
            {
                "id": names[index],
                "measure": number(ratees.measure[index]),
                "se": number(ratees.se[index]),
                "top_probability": number(found.top_probability[index]),
                "rank_low": int(found.rank_low[index]),
                "rank_high": int(found.rank_high[index]),
                "band": int(found.band[index]) + 1,
                "standing": found.standing[index].value,
            }
            for index in order
        ]
        return {
            "share": share, "places": n_top, "interval": LEVEL, "draws": n_draws, "standings": STANDINGS, "rows": rows
        }  # fmt: skip

    return ask


def comparison_section(pairs: Sequence[Sequence[str]], named: NamedRatings) -> Section:
    """P(first > second) of every pair asked for, exactly."""
    names = named.names["ratee"]
    unknown = sorted({name for pair in pairs for name in pair} - set(names))
    if unknown:
        remedy = "use the code of a ratee in the ratings"
        raise BadInputError(
            [
                Problem.plain("command line", 0, "", f"--compare: “{name}” has no mark", remedy)
                for name in unknown
            ]
        )
    first, second = (np.array([names.index(pair[side]) for pair in pairs], dtype=np.intp) for side in (0, 1))

    def ask(fitted: Fitted) -> object:
        fitted.check_comparable()
        chances = beats(fitted.posterior(), first, second)
        return [
            {"first": pair[0], "second": pair[1], "probability": number(chance)}
            for pair, chance in zip(pairs, chances, strict=True)
        ]

    return ask
