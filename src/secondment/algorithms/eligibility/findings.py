"""What a rule found, as data: the words are made where the reader's language is known."""

from dataclasses import dataclass, field
from enum import StrEnum


class Result(StrEnum):
    """Result of one rule."""

    PASS = "pass"  # noqa: S105 -- a result, not a password
    WARN = "warn"
    BLOCK = "block"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class Finding:
    """Result of `rule` for person number `person`, and for post number `post` when only that pair is concerned.

    `fact` names the sentence that says what was found and, unless the rule is passed, what can be done;
    `values` fills its gaps.
    """

    rule: str
    person: int
    result: Result
    fact: str
    values: dict[str, object] = field(default_factory=dict)
    post: int | None = None
