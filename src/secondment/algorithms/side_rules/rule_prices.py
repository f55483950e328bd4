"""Prices of side rules at size: with the rules priced, what is left is a plain assignment, solved in a second."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment import AssignmentProblem
from secondment.algorithms.assignment.core import solve_network
from secondment.algorithms.assignment.network import reduce_problem
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.model import Model
from secondment.algorithms.side_rules.pricing import Relaxation, best_per_post

N_ROUNDS = 24
# Weight of the directions before in the next one; how a step shrinks after so many rounds without success.
MEMORY = 0.5
SHRINKING = 0.5
PATIENCE = 2
# Priced values keep so many digits, which are exact in the integers of the assignment.
DIGITS = 6
PER_POST = 10


@dataclass(frozen=True, eq=False)
class Priced:
    """The relaxation under the best prices found, and the plan of every round; plans may break side rules."""

    relaxation: Relaxation
    plans: tuple[IntArray, ...]


@dataclass(frozen=True, eq=False)
class Round:
    """One set of prices (n_side_rules,): the bound it proves, what pairs are then worth, the best plan, the slope.

    `slope` (n_side_rules,) is how the bound changes with each price.
    """

    prices: FloatArray
    bound: float
    reduced: FloatArray
    chosen: IntArray
    slope: FloatArray


def price_rules(model: Model, value: FloatArray, clock: Clock) -> Priced | None:
    """Prices of the side rules that make the bound low, by subgradient steps over plain assignments.

    Parameters
    ----------
    model : rows of people, posts and side rules, without auxiliary quantities; pairs by post, then person; every
        place is to be filled.
    value : float array (n_arcs,), what each pair adds to the goal.
    clock : the rounds end early when time is over.

    Returns
    -------
    Priced, or None when the places cannot all be filled.

    Raises
    ------
    ScoreRangeError
        When the values spread too widely for the integers of the assignment.

    Notes
    -----
    Lagrangian relaxation (Held & Karp 1971), with directions averaged over rounds (Camerini, Fratta & Maffioli 1975).
    Any prices prove a bound, and the prices of people and posts of the inner assignment complete them to duals of the
    full program: a plan with pair a is worth at most bound + reduced[a]. Each round costs one plain assignment.
    """
    rounds: list[Round] = []
    for done in _rounds(_SideRows(model, value)):
        if len(done.chosen) < model.places.sum():
            return None
        rounds.append(done)
        if clock.is_over():
            break
    best = min(rounds, key=lambda done: done.bound)
    near = best_per_post(model.post, np.arange(len(value)), best.reduced, 1)
    relaxation = Relaxation(
        bound=best.bound,
        reduced=best.reduced,
        active=np.union1d(near, best.chosen),
        proven=True,
        n_rounds=len(rounds),
        extras=np.zeros(0),
    )
    return Priced(relaxation, tuple(done.chosen for done in rounds))


def _rounds(rows: "_SideRows") -> Iterator[Round]:
    """From no prices on, one assignment each; the end comes early when a plan breaks no rule and wastes no price."""
    best = done = rows.assign(np.zeros(len(rows.lower)))
    yield best
    step, n_idle, direction = rows.first_step(), 0, np.zeros(len(rows.lower))
    for _ in range(N_ROUNDS - 1):
        if not done.slope.any():
            return
        direction = turned(direction, done.slope)
        done = rows.assign(moved(done, -step * direction / np.linalg.norm(direction)))
        yield done
        n_idle = 0 if done.bound < best.bound else n_idle + 1
        best = min(best, done, key=lambda one: one.bound)
        if n_idle == PATIENCE:
            step, n_idle, done = SHRINKING * step, 0, best


def turned(direction: FloatArray, slope: FloatArray) -> FloatArray:
    """The directions before and the new slope averaged; the slope alone where they cancel out."""
    average = MEMORY * direction + (1 - MEMORY) * slope
    return average if average.any() else slope


def moved(done: Round, by: FloatArray) -> FloatArray:
    """New prices, where above 0 pays for the upper end and below 0 for the lower.

    No price passes 0 in one move, and one at 0 leaves it only towards an end that the plan of the round passes.
    """
    highest = np.where((done.prices > 0) | ((done.prices == 0) & (done.slope < 0)), np.inf, 0.0)
    lowest = np.where((done.prices < 0) | ((done.prices == 0) & (done.slope > 0)), -np.inf, 0.0)
    return np.clip(done.prices + by, lowest, highest)


class _SideRows:
    """The rows of the side rules apart from those of people and posts, and the assignment under their prices."""

    def __init__(self, model: Model, value: FloatArray) -> None:
        first = model.n_people + len(model.places)
        self.model, self.value = model, value
        self.by_arc = sparse.csr_array(model.arcs[first:].T)
        self.by_row = sparse.csr_array(model.arcs[first:])
        self.lower, self.upper = model.lower[first:], model.upper[first:]

    def first_step(self) -> float:
        """A length by which prices may well change: what one good candidate has over the next, for every rule."""
        model = self.model
        near = best_per_post(model.post, np.arange(len(self.value)), self.value, PER_POST)
        lowest = np.full(len(model.places), np.inf)
        highest = -lowest
        np.minimum.at(lowest, model.post[near], self.value[near])
        np.maximum.at(highest, model.post[near], self.value[near])
        return float(np.mean(highest - lowest) / PER_POST * np.sqrt(len(self.lower)) / 2)

    def assign(self, prices: FloatArray) -> Round:
        """The best plan when every pair pays the prices of the rows it is in."""
        model = self.model
        reduced = reduce_problem(
            AssignmentProblem.of(
                model.n_people,
                len(model.places),
                model.person,
                model.post,
                np.round(self.value - self.by_arc @ prices, DIGITS),
                capacity=model.places,
            )
        )
        network = reduced.network
        chosen, duals = solve_network(network)
        profit = (
            network.worth - duals.post[network.post] - duals.taking[network.person]
        ) / reduced.scale.unit
        n_chosen = len(chosen)
        inner = (
            duals.bound(network) - n_chosen * network.fill + n_chosen * reduced.lowest
        ) / reduced.scale.unit
        ends = np.where(prices > 0, self.upper, np.where(prices < 0, self.lower, 0.0))
        reached = np.asarray(self.by_row[:, chosen].sum(axis=1), dtype=np.float64).ravel()
        return Round(
            prices=prices,
            bound=inner + n_chosen * 10.0**-DIGITS + float(prices @ ends),
            reduced=profit,
            chosen=chosen,
            slope=self.slope(prices, reached),
        )

    def slope(self, prices: FloatArray, reached: FloatArray) -> FloatArray:
        """End less reached, of the end that is priced; of the nearer end where neither is and one is passed."""
        nearest = np.clip(reached, self.lower, self.upper)
        return np.where(prices > 0, self.upper, np.where(prices < 0, self.lower, nearest)) - reached
