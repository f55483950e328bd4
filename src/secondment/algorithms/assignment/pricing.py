"""Exact assignment over more pairs than fit in memory: few pairs, solve, price the rest, repeat."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IntArray
from secondment.algorithms.assignment.equals import take_one
from secondment.algorithms.assignment.flow import solve_flow
from secondment.algorithms.assignment.network import Network, Reduced, fill_worth
from secondment.algorithms.assignment.order import TieOrder
from secondment.algorithms.assignment.prices import Prices, prices_of
from secondment.algorithms.assignment.problem import AssignmentProblem
from secondment.algorithms.assignment.scaling import Scale, scale_of_chunks
from secondment.algorithms.assignment.solve import AssignmentSolution, solution_of


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some admissible pairs with their scores; arrays of shape (n_pairs,), any order, no pair twice."""

    person: IntArray
    post: IntArray
    score: FloatArray

    def take(self, rows: IntArray | BoolArray) -> "Chunk":
        """The chosen rows."""
        return Chunk(self.person[rows], self.post[rows], self.score[rows])

    def joined(self, other: "Chunk") -> "Chunk":
        """Both, one after the other."""
        return Chunk(
            np.concatenate([self.person, other.person]),
            np.concatenate([self.post, other.post]),
            np.concatenate([self.score, other.score]),
        )

    def keys(self, n_people: int) -> IntArray:
        """One number per pair, ascending by post, then person."""
        return np.asarray(self.post * n_people + self.person)


_NOTHING = Chunk(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))

# Called once per round; yields every admissible pair exactly once, in chunks of any size.
ChunkSource = Callable[[], Iterable[Chunk]]


@dataclass(frozen=True)
class Round:
    """One solve: pairs in the model, posts filled, pairs outside that still paid under its prices."""

    n_pairs: int
    n_filled: int
    n_violators: int


@dataclass(frozen=True, eq=False)
class PricedSolution:
    """The optimum over all pairs of the source, its core problem and the proof.

    The last round has no violator: under `solution.prices` no pair of the source would improve the plan.
    `solution.rows` are rows of `core`.
    """

    solution: AssignmentSolution
    core: AssignmentProblem
    rounds: tuple[Round, ...]
    n_pairs_priced: int


def solve_by_pricing(
    rules: AssignmentProblem, source: ChunkSource, *, per_post: int = 10, order: TieOrder | None = None
) -> PricedSolution:
    """The optimum over all pairs of `source` under the caps, priorities and capacities of `rules`.

    The best `per_post` pairs of every post are solved; then every pair outside whose worth exceeds its
    prices is a violator, the worst `per_post` of each post join, and so on until there is none. At last
    the pairs that only just do not pay join, among which `order` takes one of the equally good plans: the same as
    `solve_assignment` over all pairs. Memory is bounded by one chunk and the core; the source is read once per round
    and once before and after.

    Parameters
    ----------
    rules : AssignmentProblem
        Its own arcs (if any), locks and prohibitions are not used: leave such pairs out of the source.

    Raises
    ------
    ScoreRangeError
        When scores spread too widely for exact arithmetic.
    ProblemShapeError
        When the numbers of `order` do not fit the problem.
    """
    started = time.perf_counter()
    order = order or TieOrder()
    order.check(rules.n_people, rules.n_posts)
    survey = _Survey(per_post)
    scale = scale_of_chunks(chunk.score for chunk in survey.watched(source()))
    frame = _frame(rules, survey, scale)
    core, rounds = survey.best, []
    while True:
        core = core.take(np.lexsort((core.person, core.post)))
        network = frame.with_arcs(core.post, core.person, scale.integers(core.score) - survey.lowest(scale))
        chosen = solve_flow(network)
        prices = prices_of(network, chosen)
        violators, n_violators = _violators(network, prices, source(), scale, survey.lowest(scale), per_post)
        rounds.append(Round(len(core.post), len(chosen), n_violators))
        if not n_violators:
            break
        core = core.joined(violators)
    kept = core.keys(rules.n_people)[chosen]
    tight = _tight(network, prices, source(), scale, survey.lowest(scale), core.keys(rules.n_people))
    core = core.joined(tight)
    core = core.take(np.argsort(core.keys(rules.n_people)))
    network = frame.with_arcs(core.post, core.person, scale.integers(core.score) - survey.lowest(scale))
    chosen, ties = take_one(network, np.searchsorted(core.keys(rules.n_people), kept), prices, order)
    problem = _problem(rules, core)
    none = np.zeros(0, dtype=np.int64)
    reduced = Reduced(network, np.arange(len(core.post)), none, scale, survey.lowest(scale))
    seconds = time.perf_counter() - started
    return PricedSolution(
        solution_of(problem, reduced, chosen, prices, ties, seconds=seconds),
        problem,
        tuple(rounds),
        survey.n_pairs,
    )


@dataclass
class _Survey:
    """What the first pass over the source learns."""

    per_post: int
    n_pairs: int = 0
    low: float = 0.0
    high: float = 0.0
    best: Chunk = _NOTHING

    def watched(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks, remembered on their way through."""
        for chunk in chunks:
            if len(chunk.score):
                low, high = float(chunk.score.min()), float(chunk.score.max())
                self.low = min(self.low, low) if self.n_pairs else low
                self.high = max(self.high, high) if self.n_pairs else high
                self.n_pairs += len(chunk.score)
                best = self.best.joined(chunk)
                self.best = _keep(best, self.per_post, best.score)
            yield chunk

    def lowest(self, scale: Scale) -> int:
        """Lowest score in steps."""
        return int(scale.integers(np.array([self.low]))[0])

    def spread(self, scale: Scale) -> int:
        """Steps between the lowest and the highest score."""
        return int(scale.integers(np.array([self.high]))[0]) - self.lowest(scale)


def _keep(chunk: Chunk, per_post: int, gain: IntArray | FloatArray) -> Chunk:
    """The pairs of each post with the highest `gain`; ties by person."""
    order = np.lexsort((chunk.person, -gain, chunk.post))
    post = chunk.post[order]
    rank = np.arange(len(post)) - np.searchsorted(post, post)
    return chunk.take(order[rank < per_post])


def _violators(
    network: Network, prices: Prices, chunks: Iterable[Chunk], scale: Scale, lowest: int, per_post: int
) -> tuple[Chunk, int]:
    """The pairs that pay most beyond their prices, and how many there are in all."""
    found, n_found, bonus = _NOTHING, 0, network.bonus
    for chunk in chunks:
        gain = _gain(chunk, bonus, prices, scale, lowest)
        n_found += int((gain > 0).sum())
        found = found.joined(chunk.take(gain > 0))
        found = _keep(found, per_post, _gain(found, bonus, prices, scale, lowest))
    return found, n_found


def _tight(
    network: Network,
    prices: Prices,
    chunks: Iterable[Chunk],
    scale: Scale,
    lowest: int,
    known: IntArray,
) -> Chunk:
    """The pairs beside the `known` ones that are worth exactly their prices: equally good plans may have them."""
    found = [_NOTHING]
    for chunk in chunks:
        part = chunk.take(_gain(chunk, network.bonus, prices, scale, lowest) == 0)
        found.append(part.take(~np.isin(part.keys(network.n_people), known)))
    return Chunk(
        *(np.concatenate([getattr(one, name) for one in found]) for name in ("person", "post", "score"))
    )


def _gain(chunk: Chunk, bonus: IntArray, prices: Prices, scale: Scale, lowest: int) -> IntArray:
    worth = scale.integers(chunk.score) - lowest + bonus[chunk.post]
    return np.asarray(worth - prices.post[chunk.post] - prices.taking[chunk.person])


def _frame(rules: AssignmentProblem, survey: _Survey, scale: Scale) -> Network:
    """The network of `rules` without arcs, its fill worth made for the scores of the full source."""
    level = rules.level
    n_levels = int(level.max(initial=-1)) + 1
    n_most = min(int(rules.capacity.sum()), rules.n_people)
    none = np.zeros(0, dtype=np.int64)
    return Network(
        rules.n_people,
        rules.n_posts,
        none,
        none,
        none,
        rules.capacity,
        level,
        rules.group,
        rules.cap,
        fill_worth(n_most, survey.spread(scale), n_levels),
        np.arange(n_levels, 0, -1),
    )


def _problem(rules: AssignmentProblem, core: Chunk) -> AssignmentProblem:
    return AssignmentProblem.of(
        rules.n_people,
        rules.n_posts,
        core.person,
        core.post,
        core.score,
        group=rules.group,
        cap=rules.cap,
        priority=rules.priority,
        capacity=rules.capacity,
    )
