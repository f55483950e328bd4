"""A fitted model with the names of its ratees: what every derived result of `secondment rate` starts from."""

from collections.abc import Callable
from dataclasses import dataclass

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.facets import FacetsFit, FacetTable
from secondment.algorithms.rating.fair_error import facets_fair_errors
from secondment.algorithms.rating.hierarchical import HierarchicalFit
from secondment.algorithms.rating.hierarchical_report import HierarchicalReport
from secondment.algorithms.rating.planning import posterior_of
from secondment.algorithms.rating.ranking import Posterior
from secondment.cli.contract import NoSolutionError
from secondment.cli.rate.reading import NamedRatings


@dataclass(frozen=True)
class FittedFacets:
    """The facets model of some named ratings."""

    named: NamedRatings
    fit: FacetsFit

    @property
    def ratees(self) -> FacetTable:
        """The ratees' measures."""
        return self.fit.tables[0]

    def posterior(self) -> Posterior:
        """The merits as a distribution to rank by."""
        return Posterior.independent(self.ratees.measure, self.ratees.se)

    def fair_errors(self) -> FloatArray:
        """Standard errors of the ratees' fair marks."""
        return facets_fair_errors(self.fit)

    def check_comparable(self) -> None:
        """Refuse to rank people whom nothing makes comparable."""
        if self.fit.n_subsets > 1 and not self.fit.assumption:
            raise NoSolutionError(
                f"the measures fall into {self.fit.n_subsets} subsets without common raters, so not all ratees can be "
                "compared; add common raters, or choose an assumption with --link"
            )


@dataclass(frozen=True)
class FittedHierarchical:
    """The hierarchical model of some named ratings; it always states its assumption."""

    named: NamedRatings
    fit: HierarchicalFit
    report: HierarchicalReport

    @property
    def ratees(self) -> FacetTable:
        """The ratees' measures."""
        return self.report.ratee

    def posterior(self) -> Posterior:
        """The merits as a distribution to rank by."""
        return posterior_of(self.fit)

    def fair_errors(self) -> FloatArray:
        """Standard errors of the ratees' fair marks."""
        return self.report.fair_se

    def check_comparable(self) -> None:
        """Ratees of unlinked units are compared on the assumption stated in the result."""


Fitted = FittedFacets | FittedHierarchical
# What a derived option adds to the result, computed once the model is fitted.
Section = Callable[[Fitted], object]
