"""Marginal maximum likelihood (MML): ratees from a normal population, adaptive Gauss–Hermite quadrature."""

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from secondment.algorithms.rating.design import (
    CRITERION,
    RATEE,
    RATER,
    Design,
    Parameters,
    category_probabilities,
    observed_counts,
)
from secondment.algorithms.rating.ratings import BoolArray, FloatArray, RatingError, sums_by

N_NODES = 21
MODE_STEPS = 6
TOLERANCE = 1e-7
LONGEST_STEP = 1.0
MOST_HALVINGS = 30
# Ratees who do not differ have a likelihood that rises for ever as the SD falls; it is held here.
SMALLEST_SD = 0.01
MOST_PARAMETERS = 1500
MOST_SCORES = 30_000_000
# Places in the parameter vector: population mean, log of its SD, then raters, criteria, free thresholds.
MEAN, LOG_SD, FIRST = 0, 1, 2


@dataclass(frozen=True)
class MarginalFit:
    """Estimates, standard errors per facet, SD of the population and the marginal log-likelihood."""

    parameters: Parameters
    errors: tuple[FloatArray, FloatArray, FloatArray]
    ratee_sd: float
    log_likelihood: float
    iterations: int
    converged: bool


@dataclass(frozen=True)
class _Posterior:
    """Nodes and weights (ratees × nodes) and the marginal log-likelihood."""

    nodes: FloatArray
    weights: FloatArray
    log_likelihood: float

    @property
    def mean(self) -> FloatArray:
        return np.asarray((self.nodes * self.weights).sum(axis=1))

    @property
    def sd(self) -> FloatArray:
        return np.asarray(np.sqrt((self.nodes**2 * self.weights).sum(axis=1) - self.mean**2))


def fit_marginal(
    design: Design,
    start: Parameters,
    held: tuple[BoolArray, BoolArray],
    *,
    hold_steps: bool = False,
    most_iterations: int = 100,
) -> MarginalFit:
    """Maximise the marginal likelihood by Newton with the exact (Louis 1982) information.

    `held` raters and criteria keep their starting value. The nodes of each ratee lie around the mode of
    its own posterior in units of its own spread, so that well-measured ratees are seen as sharply as vague
    ones. O(marks × categories × nodes) per iteration.
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
    return MarginalFit(parameters, found, sd, posterior.log_likelihood, iteration, converged)


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
        self.kappa = start.kappa
        self.steps = design.scale.free_steps
        self.n_steps = len(self.steps[0])
        self.kappa_start = start.kappa[self.steps]
        self.levels = np.arange(start.kappa.shape[1])
        self.node, weight = np.polynomial.hermite.hermgauss(N_NODES)
        self.log_weight = np.log(weight) + self.node**2
        self.counts = self._by_ratee(np.eye(len(self.levels))[design.category])
        self.total_counts = observed_counts(design)
        self.modes = np.zeros(design.sizes[RATEE])

    def parameters(self, vector: FloatArray, ratees: FloatArray) -> Parameters:
        """The vector unpacked, with the given ratee measures."""
        n_raters, n_criteria = self.design.sizes[RATER], self.design.sizes[CRITERION]
        raters = vector[FIRST : FIRST + n_raters]
        criteria = vector[FIRST + n_raters : FIRST + n_raters + n_criteria]
        kappa = self.kappa.copy()
        kappa[self.steps] = vector[FIRST + n_raters + n_criteria :]
        return Parameters((ratees, raters, criteria), kappa)

    def posterior(self, vector: FloatArray) -> _Posterior:
        """Each ratee's posterior on nodes around its mode."""
        mean, sd = vector[MEAN], np.exp(vector[LOG_SD])
        mode, spread = self._modes(vector, mean, sd)
        nodes = mode[:, None] + np.sqrt(2) * spread[:, None] * self.node
        density = np.empty_like(nodes)
        for q in range(N_NODES):
            density[:, q] = self._log_likelihood(vector, nodes[:, q])
        density -= 0.5 * ((nodes - mean) / sd) ** 2 + np.log(sd) + 0.5 * np.log(2 * np.pi)
        density += self.log_weight + np.log(np.sqrt(2) * spread)[:, None]
        marginal = logsumexp(density, axis=1)
        return _Posterior(nodes, np.exp(density - marginal[:, None]), float(marginal.sum()))

    def derivatives(self, vector: FloatArray, posterior: _Posterior) -> tuple[FloatArray, FloatArray]:
        """Gradient and exact observed information of the marginal log-likelihood."""
        size = len(vector)
        mean_score = np.zeros((self.design.sizes[RATEE], size))
        information = np.zeros((size, size))
        for q in range(N_NODES):
            weight = posterior.weights[:, q]
            p = self._probabilities(vector, posterior.nodes[:, q])
            score = self._scores(vector, p, posterior.nodes[:, q])
            weighted = weight[:, None] * score
            mean_score += weighted
            information -= weighted.T @ score
            information += self._complete_information(vector, p, posterior.nodes[:, q], weight)
        return mean_score.sum(axis=0), information + mean_score.T @ mean_score

    def _probabilities(self, vector: FloatArray, ratees: FloatArray) -> FloatArray:
        return category_probabilities(*self._logit_parts(vector, ratees))[0]

    def _logit_parts(self, vector: FloatArray, ratees: FloatArray) -> tuple[FloatArray, FloatArray]:
        at = self.parameters(vector, ratees)
        ratee, rater, criterion = self.design.columns
        eta = ratees[ratee] - at.facets[RATER][rater] - at.facets[CRITERION][criterion]
        return eta, at.kappa[self.design.group]

    def _log_likelihood(self, vector: FloatArray, ratees: FloatArray) -> FloatArray:
        eta, kappa = self._logit_parts(vector, ratees)
        _, log_norm = category_probabilities(eta, kappa)
        category = self.design.category
        each = category * eta - kappa[np.arange(len(eta)), category] - log_norm
        return sums_by(self.design.columns[RATEE], each, len(ratees))

    def _modes(self, vector: FloatArray, mean: float, sd: float) -> tuple[FloatArray, FloatArray]:
        """Posterior mode and curvature spread of each ratee, from the last ones by a few Newton steps."""
        ratee, n_ratees = self.design.columns[RATEE], self.design.sizes[RATEE]
        mode = self.modes
        for _ in range(MODE_STEPS):
            p = self._probabilities(vector, mode)
            expected = p @ self.levels
            slope = sums_by(ratee, self.design.category - expected, n_ratees)
            variance = p @ self.levels**2 - expected**2
            curvature = sums_by(ratee, variance, n_ratees) + 1 / sd**2
            mode = mode + np.clip((slope - (mode - mean) / sd**2) / curvature, -1, 1)
        self.modes = mode
        return mode, 1 / np.sqrt(curvature)

    def _by_ratee(self, per_mark: FloatArray) -> FloatArray:
        """Sums over each ratee's marks per threshold group: (ratees, groups, categories)."""
        n_ratees, n_groups = self.design.sizes[RATEE], self.design.scale.n_groups
        index = self.design.columns[RATEE] * n_groups + self.design.group
        sums = [sums_by(index, column, n_ratees * n_groups) for column in per_mark.T]
        return np.stack(sums, axis=-1).reshape(n_ratees, n_groups, -1)

    def _scores(self, vector: FloatArray, p: FloatArray, ratees: FloatArray) -> FloatArray:
        """Gradient of each ratee's complete-data log-likelihood at its node: (ratees, parameters)."""
        ratee, rater, criterion = self.design.columns
        n_ratees, n_raters, n_criteria = self.design.sizes
        residual = self.design.category - p @ self.levels
        z = (ratees - vector[MEAN]) / np.exp(vector[LOG_SD])
        of_raters = sums_by(ratee * n_raters + rater, residual, n_ratees * n_raters)
        of_criteria = sums_by(ratee * n_criteria + criterion, residual, n_ratees * n_criteria)
        group, level = self.steps
        return np.hstack(
            [
                (z / np.exp(vector[LOG_SD]))[:, None],
                (z**2 - 1)[:, None],
                -of_raters.reshape(n_ratees, n_raters),
                -of_criteria.reshape(n_ratees, n_criteria),
                (self._by_ratee(p) - self.counts)[:, group, level],
            ]
        )

    def _complete_information(
        self, vector: FloatArray, p: FloatArray, ratees: FloatArray, weight: FloatArray
    ) -> FloatArray:
        """Minus the second derivative of the complete-data log-likelihood, weighted over ratees."""
        _, n_raters, n_criteria = self.design.sizes
        ratee, rater, criterion = self.design.columns
        per_mark = weight[ratee]
        expected = p @ self.levels
        variance = per_mark * (p @ self.levels**2 - expected**2)
        result = np.zeros((len(vector), len(vector)))
        sd = np.exp(vector[LOG_SD])
        z = (ratees - vector[MEAN]) / sd
        result[MEAN, MEAN] = weight.sum() / sd**2
        result[MEAN, LOG_SD] = 2 * weight @ z / sd
        result[LOG_SD, LOG_SD] = 2 * weight @ z**2
        raters, criteria = FIRST + np.arange(n_raters), FIRST + n_raters + np.arange(n_criteria)
        steps = FIRST + n_raters + n_criteria + np.arange(self.n_steps)
        result[raters, raters] = sums_by(rater, variance, n_raters)
        result[criteria, criteria] = sums_by(criterion, variance, n_criteria)
        pair = sums_by(rater * n_criteria + criterion, variance, n_raters * n_criteria)
        result[np.ix_(raters, criteria)] = pair.reshape(n_raters, n_criteria)
        group, level = self.steps
        for number in range(self.n_steps):
            mine = self.design.group == group[number]
            # Covariance of the mark with minus the count of this category; severity counts negatively.
            with_count = np.where(mine, per_mark * p[:, level[number]] * (level[number] - expected), 0.0)
            result[raters, steps[number]] = sums_by(rater, with_count, n_raters)
            result[criteria, steps[number]] = sums_by(criterion, with_count, n_criteria)
            own = np.where(mine, per_mark * p[:, level[number]], 0.0)
            among = -own @ p
            among[level[number]] += own.sum()
            result[steps[number], steps] = np.where(group == group[number], among[level], 0.0)
        upper = np.triu(result)
        return upper + upper.T - np.diag(np.diag(upper))
