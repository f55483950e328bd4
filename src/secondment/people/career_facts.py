"""What a line of a career says in its own words: unit, rank, study; what it does not say stays blank."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Self

from secondment.files.codes.ranks import rank_said
from secondment.people.models import CareerEntry
from secondment.units.models import Unit

_STUDY = re.compile(r"(?:大学|学院|学校|党校).*(?:学习|就读|攻读|读书)")
# Work at another place while one belongs to the unit that sent one.
_AWAY = re.compile(r"挂职|挂任|借调|援藏|援疆|援青|援派|支教|驻村|跟班")
_HEAD = 2  # no unit has a shorter name


class UnitNames:
    """Units by full and short names, for the longest that a text begins with; a name of several units names none."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        units: defaultdict[str, set[int]] = defaultdict(set)
        for name, unit in names:
            if len(name) >= _HEAD:
                units[name].add(unit)
        self._unit = {name: min(found) if len(found) == 1 else None for name, found in units.items()}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for name in units:
            lengths[name[:_HEAD]].add(len(name))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    @classmethod
    def load(cls) -> Self:
        """Every unit, in use or not, by one query."""
        rows = Unit.objects.values_list("pk", "name", "short_name")
        return cls((name, pk) for pk, *names in rows for name in names)

    def unit_of(self, text: str) -> int | None:
        """The key of the unit that a line begins with."""
        for length in self._lengths.get(text[:_HEAD], ()):
            if text[:length] in self._unit:
                return self._unit[text[:length]]
        return None


def derive_career(rows: Sequence[CareerEntry], units: UnitNames) -> None:
    """Set what follows from the words and months of one person's lines; the caller saves them."""
    for row in rows:
        row.is_study = says_study(row.text)
        is_elsewhere = row.is_study or bool(_AWAY.search(row.text))
        row.unit_id = None if is_elsewhere else units.unit_of(row.text)
        row.rank = "" if is_elsewhere else rank_said(row.text)
    _count_once(rows)


@lru_cache(maxsize=4096)
def says_study(text: str) -> bool:
    """Study at a university, college, school or party school."""
    return _STUDY.search(text) is not None


def _count_once(rows: Sequence[CareerEntry]) -> None:
    """Of months at the grass roots that two lines share, the earlier line has them."""
    for row in rows:
        row.grassroots_from = None
    dated = [(row.starts_on, row) for row in rows if row.is_grassroots and row.starts_on]
    covered: dt.date | None = None
    for starts_on, row in sorted(dated, key=lambda one: (one[0], one[1].position)):
        if covered and row.ends_on and row.ends_on <= covered:
            continue
        row.grassroots_from = max(starts_on, covered) if covered else starts_on
        if row.ends_on is None:
            return
        covered = row.ends_on
