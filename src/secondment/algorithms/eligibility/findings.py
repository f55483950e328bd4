"""What a rule found, as data: the words are made where the reader's language is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Result(StrEnum):
    """Result of one rule."""

    PASS = "pass"  # noqa: S105 -- a result, not a password
    WARN = "warn"
    BLOCK = "block"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class Outcome:
    """The result of checking a rule for a person; `is_met` None means the facts do not decide, which never blocks.

    `fact` names the rule's sentence for it; `values` fills its gaps.
    """

    fact: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_met: bool | None = False
    always_blocks: bool = False


@dataclass(frozen=True)
class Finding:
    """Result of `rule` for person number `person`, and for post number `post` when only that pair is concerned.

    `fact` is the code of the rule and the name of its sentence.
    """

    rule: str
    person: int
    result: Result
    fact: str
    values: Mapping[str, object] = field(default_factory=dict)
    post: int | None = None
