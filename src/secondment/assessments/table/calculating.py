"""Compute a table: both orders, what the figures support about the places, intervals of ranks, tiers, and what is missing.

Numerics are loaded with this module; services import it when they need it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from secondment.algorithms.rating.composite import NOT_ASSESSABLE
from secondment.algorithms.rating.rank_sets import joint_ranks
from secondment.algorithms.rating.ranking import SURE, Posterior, beats, rank
from secondment.algorithms.rating.tiers import find_tiers
from secondment.assessments.composite.choices import VOTES, Basis
from secondment.assessments.composite.composing import (
    Composed,
    compose_all,
    contributions,
)
from secondment.assessments.composite.inputs import Inputs, has_concerns, is_barred
from secondment.assessments.composite.standards import Scheme
from secondment.assessments.table.choices import Standing

DECIMALS = 6
Results = dict[str, Any]


def calculate(
    inputs: Inputs, schemes: Mapping[int, Scheme], basis: str, *, cuts: Sequence[float], votes_title: str
) -> Results:
    """What a table keeps; the same inputs give the same numbers.

    Without fair scores there are no errors, so no interval, chance or tier: everybody is left to the committee.
    """
    people: dict[str, Any] = {key: _bare(person) for key, person in inputs["people"].items()}
    _add_scores(people, compose_all(inputs, schemes, Basis.PLAIN, cuts), "plain", schemes, votes_title)
    composed = compose_all(inputs, schemes, Basis.FAIR, cuts) if basis == Basis.FAIR else []
    _add_scores(people, composed, "fair", schemes, votes_title)
    sets = [
        (keys, posterior)
        for one in composed
        for keys, posterior in zip(one.comparable, one.posteriors, strict=True)
    ]
    for number, (keys, posterior) in enumerate(sets, start=1):
        _add_ranks(people, keys, posterior, number)
    is_comparable = _is_comparable(people, sets)
    if is_comparable and inputs["places"] is not None:
        _add_chances(people, inputs, *sets[0])
    by_standard: defaultdict[int | None, list[Results]] = defaultdict(list)
    for key, one in people.items():
        by_standard[inputs["people"][key]["version"]].append(one)
    for one in by_standard.values():
        _add_order(one, "plain")
        _add_order(one, "fair")
    return {
        "people": people,
        "is_comparable": is_comparable,
        "cuts": list(cuts),
        "sets": [_packed(keys, posterior) for keys, posterior in sets],
    }


def tiers_of(kept: Mapping[str, Any], sure: float) -> tuple[dict[int, int], float]:
    """Person → tier (1 = best) within a kept set, and the share of pairs set apart that may be the wrong way round."""
    posterior = Posterior(
        np.array(kept["mean"]),
        np.array(kept["own"]),
        np.array(kept["common"]).reshape(len(kept["mean"]), -1),
    )
    found = find_tiers(posterior, sure=sure)
    tiers = (found.tier + 1).tolist()
    return dict(zip(kept["people"], tiers, strict=True)), found.discordance


def _bare(person: Inputs) -> Results:
    votes = person["votes"] or {}
    standing = "" if is_barred(person) else Standing.OUT if has_concerns(person) else Standing.COMMITTEE
    return {
        "is_eligible": standing == Standing.COMMITTEE,
        "standing": str(standing),
        "chance": None,
        "groups": {name: votes.get(name, []) for name in ("absent", "withheld", "merged")},
        "has_votes": bool(votes),
    }


def _add_scores(
    people: Results,
    composed: Sequence[Composed],
    name: str,
    schemes: Mapping[int, Scheme],
    votes_title: str,
) -> None:
    for one in composed:
        titles = {VOTES: votes_title}
        for scheme in schemes.values():
            titles |= {indicator.code: indicator.title for indicator in scheme.quantitative}
        found = one.composite
        for row, key in enumerate(one.people):
            is_assessable = found.grade[row] != NOT_ASSESSABLE and np.isfinite(found.score[row])
            person = people[str(key)]
            person[name] = _number(found.score[row]) if is_assessable else None
            person[f"{name}_parts"] = contributions(one, row, titles)
            if name == "fair" and is_assessable:
                person |= {
                    "se": _number(found.se[row]),
                    "low": _number(found.low[row]),
                    "high": _number(found.high[row]),
                    "grade_chances": [_number(chance) for chance in found.grade_probability[row]],
                }
            if is_assessable:
                person[f"{name}_flip"] = _number(found.flip[row])


def _add_ranks(people: Results, keys: Sequence[int], posterior: Posterior, number: int) -> None:
    """Rank intervals of one comparable set that hold all at once, and by how surely each lies above the next."""
    for key in keys:
        people[str(key)]["set"] = number
    if len(keys) < 2:
        return
    found = joint_ranks(posterior)
    for row, key in enumerate(keys):
        people[str(key)] |= {"rank_low": int(found.low[row]), "rank_high": int(found.high[row])}
    order = np.argsort(-posterior.mean, kind="stable")
    over = beats(posterior, order[:-1], order[1:])
    for row, following, chance in zip(order[:-1], order[1:], over, strict=True):
        people[str(keys[row])] |= {"over": _number(chance), "next": int(keys[following])}


def _is_comparable(people: Results, sets: Sequence[tuple[Sequence[int], Posterior]]) -> bool:
    """Whether everybody who may be excellent and has been voted on stands in one and the same comparable set."""
    voted = [key for key, one in people.items() if one["is_eligible"] and one["has_votes"]]
    return len({people[key].get("set") for key in voted}) == 1 and bool(sets) and "set" in people[voted[0]]


def _add_chances(people: Results, inputs: Inputs, keys: Sequence[int], posterior: Posterior) -> None:
    """The chance of a place among those who may have one; 0.9 and 0.1 are the bounds of a proposal."""
    rows = [row for row, key in enumerate(keys) if people[str(key)]["is_eligible"]]
    n_places = inputs["places"]
    if not 0 < n_places < len(rows):
        chances = np.full(len(rows), 1.0 if n_places else 0.0)
    else:
        among = Posterior(posterior.mean[rows], posterior.own_variance[rows], posterior.common[rows])
        chances = rank(among, n_places).top_probability
    for row, chance in zip(rows, chances, strict=True):
        people[str(keys[row])] |= {"chance": _number(chance), "standing": standing_of(float(chance)).value}


def standing_of(chance: float) -> Standing:
    """A proposal at the bounds and beyond; between them the committee decides."""
    if chance >= SURE:
        return Standing.IN
    return Standing.OUT if round(chance, DECIMALS) <= round(1 - SURE, DECIMALS) else Standing.COMMITTEE


def _add_order(people: Sequence[Results], name: str) -> None:
    """Places by one score among those of one standard; equal ones share a place."""
    scores = sorted((one[name] for one in people if one.get(name) is not None), reverse=True)
    first = {score: place for place, score in reversed(list(enumerate(scores, start=1)))}
    for one in people:
        one[f"{name}_rank"] = first.get(one.get(name))


def _packed(keys: Sequence[int], posterior: Posterior) -> Results:
    return {
        "people": list(keys),
        "mean": posterior.mean.round(DECIMALS).tolist(),
        "own": posterior.own_variance.round(DECIMALS).tolist(),
        "common": posterior.common.round(DECIMALS).tolist(),
    }


def _number(value: float) -> float | None:
    return round(float(value), DECIMALS) if np.isfinite(value) else None
