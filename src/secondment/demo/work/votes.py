"""How raters would have voted: the levels of every ballot, drawn from known merit, severity and kindness."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.demo.work.irregular import Vote
from secondment.demo.work.merit import STEPS, Merit, difficulties

Level = int | None
Marks = dict[str, dict[str, Level]]
RATER_SPREAD, IMPRESSION_SPREAD = 0.6, 0.5
TOWNSHIP_SPREAD, VILLAGE_SPREAD = 0.6, 0.4
FLATTERY, SEVERITY = 1.6, 1.6
TWO_VIEWS = {"leaders": 2.0, "masses": -2.0}
UNKNOWN = {"leaders": 0.02, "colleagues": 0.01, "masses": 0.06, "home": 0.15}
"""Share of 不了解."""
HALF = 0.5


@dataclass(frozen=True)
class Item:
    """A line of a ballot."""

    code: str
    ability: str
    for_masses: bool


@dataclass(frozen=True)
class Judged:
    """Somebody who is voted on, with the truth about them; `places` are township and village, kindness of a host is theirs."""

    key: str
    merit: Merit
    items: Sequence[Item]
    places: Sequence[str]
    vote: Vote | None


@dataclass(frozen=True)
class Bundle:
    """The ballots of one paper: how many raters handed one in, on whom."""

    group: str
    judged: Sequence[Judged]
    n: int
    severity: float | None = None  # of a rater who is known by name


def kindness_of(place: str, spread: float) -> float:
    """How much kinder than others the people of a place are, whoever works there."""
    return random.Random(f"{place} kindness").gauss(0, spread)  # noqa: S311 -- invented data, no secret


def severity_of(name: str) -> float:
    """How severe a rater is who is known by name."""
    return random.Random(f"{name} severity").gauss(0, RATER_SPREAD)  # noqa: S311


def filled(bundles: Sequence[Bundle], seed: int) -> list[list[Marks]]:
    """The ballots of each bundle; same bundles and seed give the same levels."""
    chance = np.random.default_rng(seed)
    sheets, eta, unknown = [], [], []
    for bundle in bundles:
        severe = _severities(bundle, chance)
        for rater in range(bundle.n):
            sheet: Marks = {}
            sheets.append(sheet)
            for one in bundle.judged:
                lines = _lines(one, bundle.group)
                sheet[one.key] = dict.fromkeys(code for code, _level in lines)
                felt = _kindness(one, bundle.group) - severe[rater] + chance.normal(0, IMPRESSION_SPREAD)
                eta += [level + felt for _code, level in lines]
                unknown += [_unknown_share(one, bundle)] * len(lines)
    _write(sheets, _levels(np.array(eta), np.array(unknown), chance))
    return _bundled(bundles, sheets)


def _severities(bundle: Bundle, chance: np.random.Generator) -> Sequence[float]:
    if bundle.severity is not None:
        return [bundle.severity] * bundle.n
    return list(chance.normal(0, RATER_SPREAD, bundle.n))


def _lines(one: Judged, group: str) -> list[tuple[str, float]]:
    """Codes of what this group judges, with how good the person is at it."""
    hard = difficulties(len(one.items))
    return [
        (item.code, one.merit.of(item.ability) - hard[at])
        for at, item in enumerate(one.items)
        if item.for_masses or group != "masses"
    ]


def _kindness(one: Judged, group: str) -> float:
    """Of the host; home units and the organisation group are not of the place."""
    if group not in {"leaders", "colleagues", "masses"}:
        return 0.0
    township, village = one.places
    kind = kindness_of(township, TOWNSHIP_SPREAD)
    if group != "leaders":
        kind += kindness_of(village, VILLAGE_SPREAD)
    if one.vote == Vote.FLATTERED:
        kind += FLATTERY
    if one.vote == Vote.TWO_VIEWS:
        kind += TWO_VIEWS.get(group, 0.0)
    return kind


def _unknown_share(one: Judged, bundle: Bundle) -> float:
    if one.vote == Vote.ALONE and bundle.group == "home":
        return 1.0  # or the raters of the home unit would link them with the others
    if one.vote in (Vote.LITTLE_KNOWN, Vote.SELDOM_THERE) and bundle.severity is None:
        return HALF
    return UNKNOWN.get(bundle.group, 0.0)


def _levels(eta: np.ndarray, unknown: np.ndarray, chance: np.random.Generator) -> list[int]:
    """A level of four for each line, 0 for 不了解."""
    steps = np.concatenate([[0.0], np.cumsum(STEPS)])
    logits = eta[:, None] * np.arange(len(steps)) - steps
    level = 1 + np.argmax(logits + chance.gumbel(size=logits.shape), axis=1)
    found: list[int] = np.where(chance.random(len(eta)) < unknown, 0, level).tolist()
    return found


def _write(sheets: Sequence[Marks], levels: Sequence[int]) -> None:
    given = iter(levels)
    for sheet in sheets:
        for lines in sheet.values():
            for code in lines:
                lines[code] = next(given) or None


def _bundled(bundles: Sequence[Bundle], sheets: Sequence[Marks]) -> list[list[Marks]]:
    left = iter(sheets)
    made = []
    for bundle in bundles:
        mine = [next(left) for _rater in range(bundle.n)]
        made.append([_irregular(bundle, sheet, mine[0]) for sheet in mine])
    return made


def _irregular(bundle: Bundle, sheet: Marks, first: Marks) -> Marks:
    """A copy of the first ballot, or one level throughout, where that is planted."""
    votes = {one.vote for one in bundle.judged}
    if bundle.group == "colleagues" and Vote.BLOC in votes:
        return {key: dict(lines) for key, lines in first.items()}
    if bundle.group == "masses" and Vote.STRAIGHT in votes:
        return {key: dict.fromkeys(lines, 4) for key, lines in sheet.items()}
    return sheet
