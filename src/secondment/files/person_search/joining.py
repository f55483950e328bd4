"""Joins what was read piece by piece: values of one kind, negation, the narrower of two limits, contradictions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from secondment.files.codes.ranks import LADDER
from secondment.files.person_search.conditions import Clash, Clashing, Condition, Span
from secondment.files.person_search.words import Meaning

Kind = Literal[
    "phrase", "word", "unread", "or", "list", "except", "leaves_out", "negates", "negation_ends", "passed"
]
YES_OR_NO = frozenset({"reserve", "out", "seconded"})
# Parameters with a lower and an upper limit.
PAIRS = (
    ("age_from", "age_to"),
    ("born_from", "born_to"),
    ("rank_from", "rank_to"),
    ("grassroots_from", "grassroots_below"),
    ("in_rank_from", "in_rank_below"),
)
_LOWER = dict(PAIRS)
_UPPER = {high: low for low, high in PAIRS}
_EXCLUSIVE = frozenset({"grassroots_below", "in_rank_below"})
_NEGATIONS = frozenset({"except", "leaves_out", "negates"})
_ONE_VALUE = frozenset({"sex"})  # of which nobody has two


@dataclass(frozen=True)
class Piece:
    """A part of the text: what it means, or what it does to what stands around it."""

    span: Span
    kind: Kind
    meanings: tuple[Meaning, ...] = ()
    core: Span | None = None  # of what was not understood: the letters that made it so


@dataclass(frozen=True)
class _Said:
    """A piece with meaning, what negates it, and whether it follows “或”."""

    piece: Piece
    negation: Span | None
    follows_or: bool

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words, with what negates them."""
        return (self.piece.span,) if self.negation is None else (self.negation, self.piece.span)


def joined(pieces: Sequence[Piece]) -> tuple[tuple[Condition, ...], tuple[Clashing, ...], list[Span]]:
    """Conditions in the order of the text, what clashes, and negations that negate nothing."""
    said, lost = _said(pieces)
    conditions: dict[str, Condition] = {}
    clashes: list[Clashing] = []
    previous: _Said | None = None
    for one in said:
        meanings = (
            [_negated(meaning) for meaning in one.piece.meanings]
            if one.negation
            else list(one.piece.meanings)
        )
        if one.negation and (None in meanings or len(meanings) > 1):
            lost.append(one.piece.span)
            continue
        _check_or(previous, one, clashes)
        for meaning in meanings:
            if meaning is not None:
                _add(conditions, clashes, meaning, one.spans)
        previous = one
    clashes += _impossible(conditions)
    return tuple(conditions.values()), tuple(clashes), lost


def _said(pieces: Sequence[Piece]) -> tuple[list[_Said], list[Span]]:
    """Pieces with meaning, each with what stands before it; negations that negate nothing."""
    said: list[_Said] = []
    lost: list[Span] = []
    negation: Piece | None = None
    goes_on = is_used = follows_or = False
    for place, piece in enumerate(pieces):
        if piece.kind in _NEGATIONS:
            lost += [negation.span] if negation and not is_used else []
            negation, goes_on, is_used = piece, True, False
        elif piece.meanings:
            said.append(_Said(piece, negation.span if negation and goes_on else None, follows_or))
            is_used, follows_or = is_used or goes_on, False
            goes_on = negation is not None and negation.kind == "except" and _is_closed(pieces[place:])
        elif piece.kind in {"or", "list"}:
            follows_or = piece.kind == "or" and bool(said)
            goes_on = negation is not None and (goes_on or piece.kind == "or" or negation.kind != "negates")
        elif piece.kind == "negation_ends":
            lost += [] if negation else [piece.span]
            lost += [negation.span] if negation and not is_used else []
            negation, goes_on = None, False
    return said, [*lost, *([negation.span] if negation and not is_used else [])]


def _is_closed(pieces: Sequence[Piece]) -> bool:
    """Whether an “外” closes what “除” opened."""
    return any(piece.kind == "negation_ends" for piece in pieces)


def _negated(meaning: Meaning) -> Meaning | None:
    """The opposite; None where it is no single condition."""
    if meaning.name in YES_OR_NO:
        return Meaning(meaning.name, "0" if meaning.value == "1" else "1")
    if meaning.name in _LOWER or meaning.name in _UPPER:
        return _other_side(meaning)
    if meaning.name.startswith("ability_") or meaning.name in {"q", "post", "study"}:
        return None
    turned = meaning.value.removeprefix("-") if meaning.value.startswith("-") else f"-{meaning.value}"
    return Meaning(meaning.name, turned, meaning.remark)


def _other_side(meaning: Meaning) -> Meaning | None:
    """不是35岁以下: from 36."""
    name = _LOWER.get(meaning.name) or _UPPER[meaning.name]
    if meaning.name in {"age_from", "age_to"}:
        return Meaning(name, str(int(meaning.value) + (1 if meaning.name == "age_to" else -1)))
    if meaning.name.startswith(("grassroots", "in_rank")):
        return Meaning(name, meaning.value)
    return None


def _check_or(previous: _Said | None, one: _Said, clashes: list[Clashing]) -> None:
    """“或” between two kinds cannot be asked for."""
    if not one.follows_or or previous is None:
        return
    names = {meaning.name for meaning in previous.piece.meanings} & {
        meaning.name for meaning in one.piece.meanings
    }
    if not names:
        clashes.append(Clashing(Clash.OR_ACROSS, (previous.piece.span, one.piece.span)))


def _add(
    conditions: dict[str, Condition], clashes: list[Clashing], meaning: Meaning, spans: tuple[Span, ...]
) -> None:
    before = conditions.get(meaning.name)
    if before is None:
        conditions[meaning.name] = Condition(meaning.name, meaning.value, spans, meaning.remark)
        return
    spans = tuple(dict.fromkeys((*before.spans, *spans)))
    value, clash = _both(meaning.name, before.value, meaning.value)
    remark = before.remark if before.remark == meaning.remark else before.remark or meaning.remark
    conditions[meaning.name] = Condition(meaning.name, value, spans, remark)
    if clash:
        clashes.append(Clashing(clash, spans))


def _both(name: str, first: str, second: str) -> tuple[str, Clash | None]:
    """One value of two."""
    if first == second:
        return first, None
    if name in _LOWER or name in _UPPER:
        order = _order_of(name)
        narrower = max(first, second, key=order) if name in _LOWER else min(first, second, key=order)
        return narrower, Clash.NARROWED
    if name.startswith("ability_"):
        (low, high), (low_too, high_too) = (map(int, value.split("-")) for value in (first, second))
        low, high = max(low, low_too), min(high, high_too)
        return f"{low}-{high}", Clash.NOBODY if low > high else Clash.NARROWED
    if name in YES_OR_NO:
        return first, Clash.NOBODY
    return _any_of(name, first, second)


def _any_of(name: str, first: str, second: str) -> tuple[str, Clash | None]:
    """Any of the values of both; with a negated one, those that are left."""
    if first.startswith("-") == second.startswith("-"):
        sign = "-" if first.startswith("-") else ""
        values = dict.fromkeys((*first.removeprefix("-").split(","), *second.removeprefix("-").split(",")))
        return sign + ",".join(values), Clash.BOTH if name in _ONE_VALUE else None
    wanted, unwanted = sorted((first, second), key=lambda value: value.startswith("-"))
    left = [value for value in wanted.split(",") if value not in unwanted.removeprefix("-").split(",")]
    return (",".join(left), None) if left else (wanted, Clash.NOBODY)


def _impossible(conditions: dict[str, Condition]) -> Iterable[Clashing]:
    """Limits that leave nobody between them."""
    for lower, upper in PAIRS:
        low, high = conditions.get(lower), conditions.get(upper)
        if low is None or high is None:
            continue
        order = _order_of(lower)
        leaves_none = (
            order(low.value) >= order(high.value)
            if upper in _EXCLUSIVE
            else order(low.value) > order(high.value)
        )
        if leaves_none:
            yield Clashing(Clash.NOBODY, (*low.spans, *high.spans))


def _order_of(name: str) -> Callable[[str], Decimal]:
    """What values of a limit are compared by: a day, a rank (the higher the more), a number."""
    if name.startswith("born"):
        return lambda value: Decimal(value.replace("-", ""))
    if name.startswith("rank"):
        return lambda value: Decimal(-LADDER.index(value[1:]))
    return Decimal
