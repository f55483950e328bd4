"""Rules that refuse acts of democratic appraisals."""

from secondment.common.errors import DomainError


class AppraisalError(DomainError):
    """An appraisal that cannot be prepared, or not be led on, so."""


class CandidateError(DomainError):
    """Somebody who cannot be appraised in this appraisal."""


class PaperError(DomainError):
    """A kind of ballot paper that cannot be so."""


class RosterError(DomainError):
    """A list of raters that cannot be so."""


class MarkError(DomainError):
    """A signed mark that cannot be so."""
