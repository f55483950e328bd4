"""What a sentence was read as: conditions, words not understood, and conditions that do not go together."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST = 500
"""More than this is not read: nobody types so much, and the rest is named."""


@dataclass(frozen=True, order=True)
class Span:
    """A part of the text, half-open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


class Remark(StrEnum):
    """How a word was read where it could be read otherwise."""

    NOW_NOT_OUT = "now_not_out"  # 未挂职: not now, whatever was before
    BY_TAG = "by_tag"  # a discipline, found by the tag it belongs to
    BY_TEXT = "by_text"  # a discipline without a tag, found in the words of the file
    BY_LEVEL = "by_level"  # 副处级: with the civil grades that go with it
    SEVERAL_UNITS = "several_units"  # more than one unit has the name


@dataclass(frozen=True)
class Condition:
    """One parameter of the roster's filters, with the parts of the text it came from."""

    name: str
    value: str
    spans: tuple[Span, ...]
    remark: Remark | None = None


class Unknown(StrEnum):
    """Why a part of the text became no condition."""

    WORD = "word"
    TOO_LONG = "too_long"
    NOTHING_NEGATED = "nothing_negated"  # 非, with nothing after it that can be negated
    NEEDS_LEVEL = "needs_level"  # 群众工作: good, fair, how many points?


@dataclass(frozen=True)
class Unread:
    """A part of the text that was not understood, and the known word most like it."""

    span: Span
    why: Unknown = Unknown.WORD
    closest: str = ""


class Clash(StrEnum):
    """How conditions stand against each other."""

    BOTH = "both"  # 男 女
    NOBODY = "nobody"  # 40岁以上 35岁以下
    NARROWED = "narrowed"  # 40岁以下 35岁以下
    OR_ACROSS = "or_across"  # 女或农学: “或” joins what is of one kind


@dataclass(frozen=True)
class Clashing:
    """Conditions that contradict or repeat each other, by the parts of the text."""

    kind: Clash
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Reading:
    """A sentence as it was read. Every character belongs to a condition, to `passed` or to `unread`."""

    text: str
    conditions: tuple[Condition, ...] = ()
    unread: tuple[Unread, ...] = ()
    clashes: tuple[Clashing, ...] = ()
    passed: tuple[Span, ...] = ()

    @property
    def parameters(self) -> dict[str, str]:
        """The conditions as the parameters of an address."""
        return {one.name: one.value for one in self.conditions}
