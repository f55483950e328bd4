"""`--weights`: how much sources and criteria count in the fair marks of the hierarchical model."""

from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.fair_scores import EQUAL, Weights
from secondment.cli.json_input import Keys, read_json_object
from secondment.cli.rate.reading import NamedRatings
from secondment.files.problems import BadInputError, Problem


def read_weights(path: Path | None, named: NamedRatings) -> Weights:
    """An object with `source` and `criterion`, each from names in the marks to numbers; what is left out counts alike."""
    if path is None:
        return EQUAL
    problems: list[Problem] = []
    keys = Keys(path.name, read_json_object(path), problems)
    source, criterion = (_of_facet(keys, facet, named.names[facet]) for facet in ("source", "criterion"))
    keys.finish()
    if problems:
        raise BadInputError(problems)
    return Weights(source, criterion)


def _of_facet(keys: Keys, facet: str, names: list[str]) -> FloatArray | None:
    if not keys.has(facet):
        return None
    own = keys.object(facet)
    found = np.array([own.number(name, least=0) for name in names])
    own.finish()
    if len(found) and not found.any() and not keys.problems:
        keys.add(facet, "holds no weight above 0", "give at least one a weight")
    return found
