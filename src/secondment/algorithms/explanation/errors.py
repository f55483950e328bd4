"""Why a question about a plan has no answer."""

from secondment.algorithms.assignment.errors import AssignmentError


class ImpossibleChangeError(AssignmentError):
    """No plan keeps all rules and makes the change asked for."""
