"""The names by which an upper level's own form asks for figures: one registry, derived from the figures themselves.

`派出` is everybody who was sent, `派出_女` those of one group, `派出_性别_女` the same with the name of the division, which is needed
where two divisions use one word.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import override

from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.ranks import RANKS
from secondment.placements.statistics import DIMENSIONS, UNKNOWN, Counted, Dimension, Measure

# Names in a form are Chinese, whatever language its clerk reads.
LANGUAGE = "zh-hans"
MEASURES: Mapping[Measure, str] = {
    Measure.AT_START: "在挂_期初",
    Measure.SENT: "派出",
    Measure.ENDED: "结束",
    Measure.AT_END: "在挂_期末",
}
EXAMPLE = "派出_性别_女"  # a name written out
NOT_GIVEN = "未填"
NOT_IN_NAMES = re.compile(r"[^\w.]+")
NEAR = 0.6


@dataclass(frozen=True)
class Figure:
    """What a name asks for: a figure, in everybody or in some codes of one dimension."""

    measure: Measure
    dimension: str = ""
    codes: frozenset[str] = frozenset()

    def count(self, counted: Iterable[Counted]) -> int:
        """How many."""
        return sum(
            self.measure in one.measures and (not self.dimension or one.codes[self.dimension] in self.codes)
            for one in counted
        )


@dataclass(frozen=True)
class Names:
    """Every name; `short` are those that are shown, the others only longer ways to say the same."""

    figures: Mapping[str, Figure]
    short: Sequence[tuple[str, Figure]]

    def find(self, name: str) -> Figure | None:
        """What the name asks for; names differ neither by case nor by signs that a name cannot hold."""
        return self.figures.get(_key(name))

    def nearest(self, name: str) -> str:
        """The name that may have been meant, if it is near; else nothing."""
        found = difflib.get_close_matches(_key(name), list(self.figures), n=1, cutoff=NEAR)
        return (
            next((shown for shown, _figure in self.short if _key(shown) == found[0]), found[0])
            if found
            else ""
        )


def all_names() -> Names:
    """The registry as of now: programmes are data, so it is made when it is asked."""
    with override(LANGUAGE):
        groups = [(one, label, codes) for one in DIMENSIONS for label, codes in _groups(one)]
        uses = Counter(_key(label) for _dimension, label, _codes in groups)
        figures: dict[str, Figure] = {}
        short: list[tuple[str, Figure]] = []
        for measure, prefix in MEASURES.items():
            figures[_key(prefix)] = Figure(measure)
            short.append((prefix, Figure(measure)))
            for dimension, label, codes in groups:
                if measure not in dimension.measures:
                    continue
                figure = Figure(measure, dimension.key, codes)
                long = f"{prefix}_{_plain(str(dimension.label))}_{_plain(label)}"
                brief = f"{prefix}_{_plain(label)}"
                is_clear = uses[_key(label)] == 1
                figures[_key(long)] = figure
                if is_clear:
                    figures[_key(brief)] = figure
                short.append((brief if is_clear else long, figure))
    return Names(figures, short)


def _groups(dimension: Dimension) -> Iterator[tuple[str, frozenset[str]]]:
    """Each code by its label, those that belong together, and whoever has none."""
    label_of = dimension.labels()
    for code in _codes(dimension):
        yield str(label_of(code)), frozenset({code})
    if dimension.key == "rank":
        yield from _levels()
    yield NOT_GIVEN, frozenset({UNKNOWN})


def _codes(dimension: Dimension) -> Iterable[str]:
    if dimension.names is not None:
        return dimension.names()
    return POLITICAL_STATUS.codes if dimension.key == "political" else [str(code) for code in dimension.order]


def _levels() -> Iterator[tuple[str, frozenset[str]]]:
    """Head and deputy of a level together, as forms ask: 县处级."""
    levels: dict[str, set[str]] = {}
    for code in RANKS.codes:
        label = RANKS.chinese(code)
        if label.endswith(("正职", "副职")):
            levels.setdefault(label[:-2], set()).add(code)
    for label, codes in levels.items():
        yield label, frozenset(codes)


def _plain(text: str) -> str:
    """Without what a name in a workbook cannot hold."""
    return NOT_IN_NAMES.sub("_", text).strip("_")


def _key(name: str) -> str:
    return NOT_IN_NAMES.sub("", name).replace("_", "").casefold()
