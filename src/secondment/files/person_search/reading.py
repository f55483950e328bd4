"""Reads a sentence: phrases and words, longest first; what is left over is named with the known word most like it."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from secondment.files.person_search.conditions import (
    LONGEST,
    Reading,
    Remark,
    Span,
    Unknown,
    Unread,
)
from secondment.files.person_search.grammar import phrases
from secondment.files.person_search.joining import Kind, Piece, joined
from secondment.files.person_search.words import Meaning, abilities, known_words, words

_PUNCTUATION = str.maketrans("，；：。！？（）【】“”‘’", ",;:.!?()[]\"\"''")
# Words that join or frame conditions and ask for nothing themselves.
_PASSED = re.compile(
    r"\s+|[,;:.!?()\[\]\"'/|+&]|请|帮我|查找|查询|查一下|找出?|想找|需要|要求|具有|具备|拥有|符合|条件|满足|并且|而且|同时|以及|且|并|和|与|及|的|者|"
    r"人员|干部|同志|人选|人|现任|目前|学历|学位|政治面貌|民族|性别|年龄|职务层次|职级|职务|单位|专业领域|专业|年度考核|含下级|及下属单位|及下级|是|为|有|在"
)
_JOINING: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("or", re.compile("或者?")),
    ("list", re.compile("、")),
    ("except", re.compile("除了?")),
    ("leaves_out", re.compile("不含|不要|不包括|排除")),
    ("negates", re.compile("不是|不在|非")),
    ("negation_ends", re.compile("以外|之外|外")),
    ("passed", _PASSED),
)
_MOST_SUGGESTED = 12
_LONGEST_SUGGESTED = 20
_LIKENESS = 0.5
_NUMERALS = frozenset("0123456789〇零一二两三四五六七八九十百")
_TEXT_BEFORE = re.compile("(?:类?专业|专业背景)")


@dataclass(frozen=True)
class Vocabulary:
    """What the words of one office are: names of units and persons, with what each stands for.

    `units`: name → keys of the units called so; `people`: names that somebody has; `alike`: further names to suggest.
    """

    units: Mapping[str, Sequence[str]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    alike: tuple[str, ...] = ()


def read_sentence(text: str, vocabulary: Vocabulary | None = None) -> Reading:
    """The conditions in `text`, the parts that were not understood, and the conditions that clash; it never raises."""
    read, rest = text[:LONGEST], Span(LONGEST, len(text))
    vocabulary = vocabulary or Vocabulary()
    pieces = _without_doubtful(_tokens(plain_letters(read), vocabulary))
    conditions, clashes, lost = joined(pieces)
    known = (*known_words(), *vocabulary.units, *vocabulary.alike)
    left = [piece for piece in pieces if piece.kind == "unread"]
    unread = [_unread(piece, read, known if at < _MOST_SUGGESTED else ()) for at, piece in enumerate(left)]
    unread += [Unread(span, Unknown.NOTHING_NEGATED) for span in lost]
    unread.sort(key=lambda one: one.span)
    if len(text) > LONGEST:
        unread.append(Unread(rest, Unknown.TOO_LONG))
    used = {span for one in conditions for span in one.spans} | {one.span for one in unread}
    passed = tuple(piece.span for piece in pieces if piece.span not in used)
    return Reading(text, conditions, tuple(unread), clashes, passed)


def plain_letters(text: str) -> str:
    """The text letter by letter in half width and small letters, so that places stay places."""
    return "".join(map(_plain_letter, text)).translate(_PUNCTUATION)


def words_left(reading: Reading) -> list[str]:
    """The parts that were not understood, as they were typed."""
    return [one.span.of(reading.text) for one in reading.unread if one.why is Unknown.WORD]


def text_without(reading: Reading, *names: str) -> str:
    """The text without the parts that these conditions alone came from."""
    kept = {span for one in reading.conditions if one.name not in names for span in one.spans}
    gone = {span for one in reading.conditions if one.name in names for span in one.spans} - kept
    left = _cut(reading.text, gone)
    lost = joined(_tokens(plain_letters(left[:LONGEST]), Vocabulary()))[2]  # 非, of what is gone
    return " ".join(_cut(left, lost).split())


def _cut(text: str, spans: Iterable[Span]) -> str:
    gone = {place for span in spans for place in range(span.start, span.end)}
    return "".join(letter for place, letter in enumerate(text) if place not in gone)


def _plain_letter(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter).casefold()
    return plain if len(plain) == 1 else letter


def _tokens(text: str, vocabulary: Vocabulary) -> list[Piece]:
    """The text cut into pieces without a gap."""
    own = _own_words(vocabulary)
    pieces: list[Piece] = []
    place = 0
    while place < len(text):
        piece = _piece_at(text, place, own)
        last = pieces[-1] if pieces else None
        if piece.kind == "unread" and last and last.kind == "unread":
            pieces[-1] = Piece(Span(last.span.start, piece.span.end), "unread")
        else:
            pieces.append(piece)
        place = piece.span.end
    return _with_disciplines(text, pieces)


def _own_words(vocabulary: Vocabulary) -> dict[str, Meaning]:
    found = {plain_letters(name): Meaning("q", name) for name in vocabulary.people}
    for name, keys in vocabulary.units.items():
        remark = Remark.SEVERAL_UNITS if len(keys) > 1 else None
        found[plain_letters(name)] = Meaning("unit", ",".join(keys), remark)
    return found


def _piece_at(text: str, place: int, own: Mapping[str, Meaning]) -> Piece:
    """The longest phrase, word or name that begins here; else a joining word; else one letter not understood."""
    matches = () if _is_within_number(text, place) else _matches(text, place, own)
    best = max(matches, key=lambda piece: piece.span.end, default=None)
    joining = _joining(text, place)
    if best and (joining is None or best.span.end >= joining.span.end):
        return best
    return joining or Piece(Span(place, place + 1), "unread")


def _is_within_number(text: str, place: int) -> bool:
    """999岁 is not 99岁."""
    return place > 0 and text[place] in _NUMERALS and text[place - 1] in _NUMERALS


def _matches(text: str, place: int, own: Mapping[str, Meaning]) -> Iterator[Piece]:
    for phrase in phrases():
        found = phrase.pattern.match(text, place)
        if found and found.end() > place and (meanings := _meanings(phrase.meanings, found)):
            yield Piece(Span(place, found.end()), "phrase", tuple(meanings))
    for table in (words(), own):
        longest = max((len(word) for word in _starting(table, text[place])), default=0)
        for end in range(min(len(text), place + longest), place, -1):
            if meaning := table.get(text[place:end]):
                yield Piece(Span(place, end), "word", (meaning,))
                break


def _meanings(read: Callable[[re.Match[str]], list[Meaning]], found: re.Match[str]) -> list[Meaning]:
    """What a phrase says; a day or number that cannot be (35月, 十百) is no phrase."""
    try:
        return read(found)
    except ValueError:
        return []


def _starting(table: Mapping[str, Meaning], letter: str) -> list[str]:
    return (
        _by_letter().get(letter, []) if table is words() else [word for word in table if word[:1] == letter]
    )


@cache
def _by_letter() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words():
        found.setdefault(word[0], []).append(word)
    return found


def _joining(text: str, place: int) -> Piece | None:
    for kind, pattern in _JOINING:
        found = pattern.match(text, place)
        if found:
            return Piece(Span(place, found.end()), kind)
    return None


def _with_disciplines(text: str, pieces: list[Piece]) -> list[Piece]:
    """“食品科学专业”: words nobody knows become a search in the words of the file where 专业 stands behind them."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        is_named = _TEXT_BEFORE.match(text[piece.span.start : piece.span.end])
        if (
            is_named
            and piece.kind == "passed"
            and before
            and before.kind == "unread"
            and _is_discipline(before.span.of(text))
        ):
            meaning = Meaning("study", before.span.of(text), Remark.BY_TEXT)
            found[-1] = Piece(Span(before.span.start, piece.span.end), "phrase", (meaning,))
        else:
            found.append(piece)
    return found


def _is_discipline(words: str) -> bool:
    return bool(re.fullmatch("[一-鿿]{2,12}", words))


def _without_doubtful(pieces: list[Piece]) -> list[Piece]:
    """A word that touches letters nobody knows is part of another word: 城水利局 says nothing of water engineering."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is None or {last.kind, piece.kind} not in ({"word", "unread"}, {"unread"}):
            found.append(piece)
            continue
        core = last.core or piece.core or (last if last.kind == "unread" else piece).span
        found[-1] = Piece(Span(last.span.start, piece.span.end), "unread", core=core)
    return found


def _unread(piece: Piece, text: str, known: Sequence[str]) -> Unread:
    """What was not understood, with the known word most like the letters that made it so."""
    said = plain_letters(piece.span.of(text))
    if said in abilities():
        return Unread(piece.span, Unknown.NEEDS_LEVEL)
    core = (
        plain_letters(piece.core.of(text)) if piece.core and piece.core.end - piece.core.start > 1 else said
    )
    if len(core) > _LONGEST_SUGGESTED:
        return Unread(piece.span)
    return Unread(piece.span, closest=_closest(core, known))


def _closest(said: str, known: Sequence[str]) -> str:
    """Of the words most like it, one that begins alike."""
    found = difflib.get_close_matches(said, [word for word in known if len(word) > 1], n=5, cutoff=_LIKENESS)
    return next((word for word in found if word[:1] == said[:1]), found[0] if found else "")
