"""A programme's parameters with some of them in another way: plain data by path."""

import copy
from collections.abc import Mapping
from functools import reduce
from typing import Any

from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import to_json


def with_settings(parameters: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy in which each path has its value."""
    data: dict[str, Any] = copy.deepcopy(dict(parameters))
    for path, value in values.items():
        *place, name = path.split(".")
        section: dict[str, Any] = reduce(lambda found, part: found.setdefault(part, {}), place, data)
        section[name] = value
    return data


def value_at(parameters: Mapping[str, Any], path: str) -> Any:
    """The value of a path; what a version does not name has its usual value."""
    for data in (parameters, to_json(ProgrammeParameters())):
        try:
            return reduce(lambda found, part: found[part], path.split("."), data)
        except KeyError:
            continue
    raise KeyError(path)
