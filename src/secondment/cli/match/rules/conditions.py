"""Conditions of rules: a value, one of several values, a range, or none of several values."""

import numpy as np

from secondment.algorithms.arrays import BoolArray
from secondment.cli.match.rules.facts import Facts, listed
from secondment.files.numbers import finite_number

FORMS = 'write "text", a number, [several], {"from": …, "to": …} or {"not": …}'


class ConditionError(ValueError):
    """A condition that cannot hold or is not understood: what was found and the remedy."""

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(found)
        self.found, self.remedy = found, remedy


def matching(facts: Facts, column: str, wanted: object) -> BoolArray:
    """Who meets the condition, (n,); an empty cell only meets {"not": …}.

    Raises
    ------
    ConditionError
        For another form, and for a text that occurs in no cell: it is a misspelling.
    """
    if not isinstance(wanted, dict):
        return _one_of(facts, column, wanted)
    if set(wanted) == {"not"}:
        return ~_one_of(facts, column, wanted["not"])
    if wanted and set(wanted) <= {"from", "to"}:
        return _in_range(facts, column, wanted)
    raise ConditionError(f"condition {wanted!r} is not understood", FORMS)


def _one_of(facts: Facts, column: str, wanted: object) -> BoolArray:
    texts = facts.texts(column)
    holds = np.zeros(len(texts), dtype=np.bool_)
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
            raise ConditionError(f"value {value!r} is not understood", FORMS)
        found = np.array([_equals(text, value) for text in texts], dtype=np.bool_)
        if not found.any():
            remedy = f"correct it; found in column “{column}”: {listed(texts)}"
            raise ConditionError(f"no {facts.noun} has “{value}”", remedy)
        holds |= found
    return holds


def _equals(text: str, value: str | float) -> bool:
    if isinstance(value, str):
        return text == value
    return finite_number(text) == value


def _in_range(facts: Facts, column: str, wanted: dict[str, object]) -> BoolArray:
    values = facts.numbers(column)
    holds = ~np.isnan(values)
    for key, limit in wanted.items():
        if isinstance(limit, bool) or not isinstance(limit, int | float):
            raise ConditionError(f"“{key}” is {limit!r}", "write a number")
        holds &= values >= limit if key == "from" else values <= limit
    return holds
