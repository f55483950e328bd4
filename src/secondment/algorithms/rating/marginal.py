"""Marginal maximum likelihood (MML): ratees from a normal population, integrated over a fine common grid."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.special import logsumexp

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.design import CRITERION, RATEE, RATER, Design, Parameters, observed_counts
from secondment.algorithms.rating.grid import Tables, fine_nodes, log_density, tabulate
from secondment.algorithms.rating.mean_squares import Residuals, expected_residuals
from secondment.algorithms.rating.patterns import Patterns, find_patterns
from secondment.algorithms.rating.ratings import RatingError, sums_by

TOLERANCE = 1e-7
LONGEST_STEP = 1.0
MOST_HALVINGS = 30
# Ratees who do not differ have a likelihood that rises for ever as the SD falls; it is held here.
SMALLEST_SD = 0.01
MOST_PARAMETERS = 1500
MOST_SCORES = 30_000_000
# Share of a pattern's largest weight below which a node is ignored for it.
SMALLEST_WEIGHT = 1e-14
# Places in the parameter vector: population mean, log of its SD, then raters, criteria, free thresholds.
MEAN, LOG_SD, FIRST = 0, 1, 2


@dataclass(frozen=True)
class MarginalFit:
    """Estimates, standard errors per facet, SD of the population, the marginal log-likelihood and residuals."""

    parameters: Parameters
    errors: tuple[FloatArray, FloatArray, FloatArray]
    ratee_sd: float
    log_likelihood: float
    iterations: int
    converged: bool
    residuals: Residuals


@dataclass(frozen=True)
class _Posterior:
    """The model's tables, weights (classes × nodes), the class of each ratee, the marginal log-likelihood."""

    tables: Tables
    weights: FloatArray
    class_of_ratee: IndexArray
    log_likelihood: float

    @property
    def mean(self) -> FloatArray:
        """Posterior mean of each ratee."""
        return np.asarray((self.weights @ self.tables.nodes)[self.class_of_ratee])

    @property
    def sd(self) -> FloatArray:
        """Posterior SD of each ratee."""
        mean = self.weights @ self.tables.nodes
        distance = (self.tables.nodes - mean[:, None]) ** 2
        return np.asarray(np.sqrt((distance * self.weights).sum(axis=1))[self.class_of_ratee])


def fit_marginal(
    design: Design,
    start: Parameters,
    held: tuple[BoolArray, BoolArray],
    *,
    hold_steps: bool = False,
    most_iterations: int = 100,
) -> MarginalFit:
    """Maximise the marginal likelihood by Newton with the exact (Louis 1982) information.

    `held` raters and criteria keep their starting value. All ratees share one even grid, fine enough for the
    sharpest posterior; ratees marked on the same items with the same total are reckoned once. Per iteration
    O(pairs of rater and criterion × categories × nodes) and O(patterns × their items × nodes).
    """
    model = _Marginal(design, start)
    free = np.concatenate([[True, True], ~held[0], ~held[1], np.full(model.n_steps, not hold_steps)])
    _check_size(design, len(free))
    vector = np.concatenate([[0.0, 0.0], start.facets[RATER], start.facets[CRITERION], model.kappa_start])
    posterior = model.posterior(vector)
    iteration, converged = 0, False
    while not converged and iteration < most_iterations:
        iteration += 1
        score, information = model.derivatives(vector, posterior)
        step = np.zeros(len(vector))
        step[free] = _ascent(score[free], information[np.ix_(free, free)])
        vector, posterior, moved = _move(model, vector, posterior, step)
        converged = moved < TOLERANCE
        if free[LOG_SD] and vector[LOG_SD] < np.log(SMALLEST_SD):
            vector[LOG_SD], free[LOG_SD], converged = np.log(SMALLEST_SD), False, False
            posterior = model.posterior(vector)
    _, information = model.derivatives(vector, posterior)
    errors = _errors(design, information, free, held)
    parameters = model.parameters(vector, posterior.mean)
    found = (posterior.sd, *errors)
    sd = float(np.exp(vector[LOG_SD]))
    left = expected_residuals(design, model.patterns, posterior.tables, posterior.weights)
    return MarginalFit(parameters, found, sd, posterior.log_likelihood, iteration, converged, left)


def _check_size(design: Design, n_parameters: int) -> None:
    if n_parameters > MOST_PARAMETERS or n_parameters * design.sizes[RATEE] > MOST_SCORES:
        raise RatingError(
            f"marginal estimation of {n_parameters} parameters over {design.sizes[RATEE]} ratees is too large; "
            "use the method jmle"
        )


def _ascent(score: FloatArray, information: FloatArray) -> FloatArray:
    """Newton's direction with curvatures of the wrong sign turned around, so that it always climbs."""
    curvature, directions = np.linalg.eigh(information)
    size = np.maximum(np.abs(curvature), 1e-8 * np.abs(curvature).max())
    return np.asarray(directions @ ((directions.T @ score) / size))


def _move(
    model: "_Marginal", vector: FloatArray, posterior: _Posterior, step: FloatArray
) -> tuple[FloatArray, _Posterior, float]:
    size = float(np.abs(step).max())
    share = min(1.0, LONGEST_STEP / max(size, TOLERANCE))
    slack = 1e-9 * (1 + abs(posterior.log_likelihood))
    for _ in range(MOST_HALVINGS):
        there = vector + share * step
        found = model.posterior(there)
        if found.log_likelihood >= posterior.log_likelihood - slack:
            return there, found, share * size
        share /= 2
    return vector, posterior, 0.0


def _errors(
    design: Design, information: FloatArray, free: BoolArray, held: tuple[BoolArray, BoolArray]
) -> tuple[FloatArray, FloatArray]:
    """Standard errors of raters and criteria, each facet centred as it is reported."""
    covariance = np.zeros_like(information)
    covariance[np.ix_(free, free)] = np.linalg.pinv(information[np.ix_(free, free)], hermitian=True)
    first = FIRST
    errors = []
    for size, kept in zip(design.sizes[RATER:], held, strict=True):
        block = covariance[first : first + size, first : first + size]
        # One held element only fixes the origin; the report moves the origin to the mean.
        centre = np.eye(size) - (1 / size if kept.sum() == 1 else 0.0)
        errors.append(np.sqrt(np.maximum(np.diag(centre @ block @ centre.T), 0.0)))
        first += size
    return errors[0], errors[1]


class _Marginal:
    """The marginal likelihood of one design as a function of one parameter vector."""

    def __init__(self, design: Design, start: Parameters) -> None:
        self.design = design
        self.patterns = find_patterns(design)
        self.kappa = start.kappa
        self.steps = design.scale.free_steps
        self.n_steps = len(self.steps[0])
        self.kappa_start = start.kappa[self.steps]
        self.counts = observed_counts(design)
        self.totals = [
            sums_by(design.columns[facet], design.category, design.sizes[facet])
            for facet in (RATER, CRITERION)
        ]
        self.parts = [
            _Part.of(self.patterns, number, design) for number in range(self.patterns.times.shape[0])
        ]

    def parameters(self, vector: FloatArray, ratees: FloatArray) -> Parameters:
        """The vector unpacked, with the given ratee measures."""
        n_raters, n_criteria = self.design.sizes[RATER], self.design.sizes[CRITERION]
        raters = vector[FIRST : FIRST + n_raters]
        criteria = vector[FIRST + n_raters : FIRST + n_raters + n_criteria]
        kappa = self.kappa.copy()
        kappa[self.steps] = vector[FIRST + n_raters + n_criteria :]
        return Parameters((ratees, raters, criteria), kappa)

    def posterior(self, vector: FloatArray) -> _Posterior:
        """The posterior of each class of ratees on nodes common to all."""
        at, scale = self.parameters(vector, np.zeros(0)), self.design.scale
        population = vector[MEAN], float(np.exp(vector[LOG_SD]))
        nodes = fine_nodes(self.patterns, at, scale, *population)
        tables = tabulate(self.patterns, at, scale, nodes)
        density = log_density(self.patterns, tables, *population) + np.log(nodes[1] - nodes[0])
        marginal = logsumexp(density, axis=1)
        given = self.counts > 0
        fixed = -(self.totals[0] @ at.facets[RATER] + self.totals[1] @ at.facets[CRITERION])
        fixed -= float(np.sum(self.counts[given] * at.kappa[given]))
        return _Posterior(
            tables,
            np.exp(density - marginal[:, None]),
            self.patterns.class_of_ratee,
            float(self.patterns.class_size @ marginal + fixed),
        )

    def derivatives(self, vector: FloatArray, posterior: _Posterior) -> tuple[FloatArray, FloatArray]:
        """Gradient and exact observed information of the marginal log-likelihood.

        The observed part of a ratee's score is the same at every node, so that its spread over the posterior,
        the missing information, is that of the expected part, which ratees of one pattern share.
        """
        weight = self.patterns.class_size[:, None] * posterior.weights
        of_pattern = _row_sums(self.patterns.class_pattern, weight, len(self.parts))
        information = self._complete_information(vector, posterior.tables, of_pattern)
        score = np.zeros(len(vector))
        population = self._population_scores(vector, posterior.tables.nodes)
        expected = posterior.tables.expected
        order = np.argsort(self.patterns.class_pattern, kind="stable")
        bounds = np.searchsorted(self.patterns.class_pattern[order], np.arange(len(self.parts) + 1))
        for number, part in enumerate(self.parts):
            mine = order[bounds[number] : bounds[number + 1]]
            seen = _window(of_pattern[number])
            scores = np.hstack(
                [population[seen], part.scores(posterior.tables.p, expected, seen, self.steps)]
            )
            means = posterior.weights[mine, seen] @ scores
            size = self.patterns.class_size[mine][:, None]
            score[part.places] += (size * means).sum(axis=0)
            missing = scores.T @ (of_pattern[number, seen, None] * scores) - means.T @ (size * means)
            information[np.ix_(part.places, part.places)] -= missing
        observed = np.concatenate([[0.0, 0.0], *self.totals, self.counts[self.steps]])
        return score - observed, information

    def _population_scores(self, vector: FloatArray, nodes: FloatArray) -> FloatArray:
        """Slopes of the population's log density with respect to its mean and log SD, per node."""
        sd = np.exp(vector[LOG_SD])
        z = (nodes - vector[MEAN]) / sd
        return np.stack([z / sd, z**2 - 1], axis=1)

    def _complete_information(self, vector: FloatArray, tables: Tables, of_pattern: FloatArray) -> FloatArray:
        """Minus the second derivative of the complete-data log-likelihood, weighted over ratees."""
        _, n_raters, n_criteria = self.design.sizes
        patterns, n_levels = self.patterns, len(tables.p)
        result = np.zeros((len(vector), len(vector)))
        weight = of_pattern.sum(axis=0)
        sd = np.exp(vector[LOG_SD])
        z = (tables.nodes - vector[MEAN]) / sd
        result[MEAN, MEAN] = weight.sum() / sd**2
        result[MEAN, LOG_SD] = 2 * weight @ z / sd
        result[LOG_SD, LOG_SD] = 2 * weight @ z**2
        weighted = tables.p * (patterns.times.T @ of_pattern)
        # Sums over nodes: of P_k P_l per item, and of P_k; variances and covariances follow from them.
        both = np.einsum("kin,lin->ikl", weighted, tables.p, optimize=True)
        single = weighted.sum(axis=2).T
        levels = np.arange(n_levels)
        covariance = single[:, :, None] * np.eye(n_levels) - both
        with_mark = covariance @ levels
        variance = with_mark @ levels
        raters, criteria = FIRST + np.arange(n_raters), FIRST + n_raters + np.arange(n_criteria)
        steps = FIRST + n_raters + n_criteria + np.arange(self.n_steps)
        result[raters, raters] = sums_by(patterns.item_rater, variance, n_raters)
        result[criteria, criteria] = sums_by(patterns.item_criterion, variance, n_criteria)
        result[FIRST + patterns.item_rater, FIRST + n_raters + patterns.item_criterion] = variance
        group, level = self.steps
        item_group = self.design.scale.group[patterns.item_criterion]
        for number in range(self.n_steps):
            # The count of a category bears the opposite sign of the severities' statistics.
            mine = np.where(item_group == group[number], with_mark[:, level[number]], 0.0)
            result[raters, steps[number]] = sums_by(patterns.item_rater, mine, n_raters)
            result[criteria, steps[number]] = sums_by(patterns.item_criterion, mine, n_criteria)
            among = covariance[item_group == group[number], level[number]].sum(axis=0)
            result[steps[number], steps] = np.where(group == group[number], among[level], 0.0)
        upper = np.triu(result)
        return upper + upper.T - np.diag(np.diag(upper))


@dataclass(frozen=True)
class _Part:
    """One pattern: its items, which parameters they touch (`places`), and how they add up to their statistics.

    Items are sorted by rater; `by_criterion` sorts them by criterion. `starts` is where each rater, and then each
    criterion, begins.
    """

    items: IndexArray
    times: FloatArray
    group: IndexArray
    places: IndexArray
    by_criterion: IndexArray
    starts: tuple[IndexArray, IndexArray]

    @classmethod
    def of(cls, patterns: Patterns, number: int, design: Design) -> "_Part":
        items = patterns.items_of(number)
        _, n_raters, n_criteria = design.sizes
        rater, criterion = patterns.item_rater[items], patterns.item_criterion[items]
        by_criterion = np.argsort(criterion, kind="stable")
        raters, first = np.unique(rater, return_index=True)
        criteria, begin = np.unique(criterion[by_criterion], return_index=True)
        steps = n_raters + n_criteria + np.arange(len(design.scale.free_steps[0]))
        places = np.concatenate([[MEAN, LOG_SD], FIRST + raters, FIRST + n_raters + criteria, FIRST + steps])
        group = design.scale.group[criterion]
        return cls(items, patterns.times_of(number), group, places, by_criterion, (first, begin))

    def scores(
        self, p: FloatArray, expected: FloatArray, seen: slice, steps: tuple[IndexArray, IndexArray]
    ) -> FloatArray:
        """Expected statistics at the nodes seen: per touched rater and criterion, then per free threshold."""
        given = self.times[:, None] * expected[self.items, seen]
        of_raters = np.add.reduceat(given, self.starts[0], axis=0)
        of_criteria = np.add.reduceat(given[self.by_criterion], self.starts[1], axis=0)
        of_steps = [
            (self.times * (self.group == group)) @ p[level, self.items, seen]
            for group, level in zip(*steps, strict=True)
        ]
        return np.column_stack([of_raters.T, of_criteria.T, *of_steps])


def _row_sums(index: IndexArray, rows: FloatArray, size: int) -> FloatArray:
    """Sums of rows per index value."""
    chooser = sparse.csr_array(
        (np.ones(len(index)), (index, np.arange(len(index)))), shape=(size, len(index))
    )
    return np.asarray(chooser @ rows)


def _window(weight: FloatArray) -> slice:
    """The nodes between the first and the last that count for anything."""
    counting = np.flatnonzero(weight > SMALLEST_WEIGHT * weight.max())
    return slice(int(counting[0]), int(counting[-1]) + 1)
