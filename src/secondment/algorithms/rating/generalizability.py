"""Generalizability study of a crossed table: where the variance of marks comes from, and what more marks buy."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.ratings import RatingError


@dataclass(frozen=True)
class VarianceComponents:
    """Components of ratees (p), criteria (i), raters (r) and their interactions, as estimated: they may be negative."""

    p: float
    i: float
    r: float
    pi: float
    pr: float
    ir: float
    pir: float

    def relative_coefficient(self, n_criteria: int, n_raters: int) -> float:
        """Generalizability coefficient of a mean over so many criteria and raters: for ranking people."""
        return self._share(self._interactions(n_criteria, n_raters))

    def absolute_coefficient(self, n_criteria: int, n_raters: int) -> float:
        """Dependability (phi) of a mean over so many criteria and raters: for standing above a limit."""
        main = max(self.i, 0) / n_criteria + max(self.r, 0) / n_raters
        both = max(self.ir, 0) / (n_criteria * n_raters)
        return self._share(self._interactions(n_criteria, n_raters) + main + both)

    def _interactions(self, n_criteria: int, n_raters: int) -> float:
        single = max(self.pi, 0) / n_criteria + max(self.pr, 0) / n_raters
        return single + max(self.pir, 0) / (n_criteria * n_raters)

    def _share(self, error: float) -> float:
        wanted = max(self.p, 0)
        return wanted / (wanted + error) if wanted + error else 0.0


def variance_components(marks: FloatArray) -> VarianceComponents:
    """Random-effects ANOVA of a complete table (ratees × criteria × raters). Source: Brennan (2001), ch. 3."""
    n_p, n_i, n_r = marks.shape
    if min(marks.shape) < 2 or not np.isfinite(marks).all():
        raise RatingError("the study needs a complete table of at least two ratees, criteria and raters")
    grand = marks.mean()
    p, i, r = (marks.mean(axis=axes) - grand for axes in ((1, 2), (0, 2), (0, 1)))
    pi = marks.mean(axis=2) - grand - p[:, None] - i
    pr = marks.mean(axis=1) - grand - p[:, None] - r
    ir = marks.mean(axis=0) - grand - i[:, None] - r
    rest = marks - grand - p[:, None, None] - i[:, None] - r
    rest = rest - pi[:, :, None] - pr[:, None, :] - ir
    ms_p, ms_i, ms_r = (
        n_i * n_r * (p @ p) / (n_p - 1),
        n_p * n_r * (i @ i) / (n_i - 1),
        n_p * n_i * (r @ r) / (n_r - 1),
    )
    ms_pi = n_r * (pi**2).sum() / ((n_p - 1) * (n_i - 1))
    ms_pr = n_i * (pr**2).sum() / ((n_p - 1) * (n_r - 1))
    ms_ir = n_p * (ir**2).sum() / ((n_i - 1) * (n_r - 1))
    ms = float((rest**2).sum() / ((n_p - 1) * (n_i - 1) * (n_r - 1)))
    return VarianceComponents(
        float((ms_p - ms_pi - ms_pr + ms) / (n_i * n_r)),
        float((ms_i - ms_pi - ms_ir + ms) / (n_p * n_r)),
        float((ms_r - ms_pr - ms_ir + ms) / (n_p * n_i)),
        float((ms_pi - ms) / n_r),
        float((ms_pr - ms) / n_i),
        float((ms_ir - ms) / n_p),
        ms,
    )
