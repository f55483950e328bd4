"""Why an assignment problem or question cannot be answered."""


class AssignmentError(ValueError):
    """Base of every error of this package."""


class ProblemShapeError(AssignmentError):
    """Arrays do not fit each other or hold the wrong kind of number."""


class IndexRangeError(AssignmentError):
    """An index points outside its list."""


class ScoreError(AssignmentError):
    """A score is not a finite number."""


class ScoreRangeError(AssignmentError):
    """Scores spread so widely that exact integer arithmetic would overflow."""


class DuplicatePairError(AssignmentError):
    """The same person and post are paired twice."""


class LockError(AssignmentError):
    """Locked pairs contradict each other or the rules."""


class NotOptimalError(AssignmentError):
    """A set of pairs was said to be optimal, and no prices prove it."""
