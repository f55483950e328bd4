"""What is refused at the box; every message says what to do, and that nothing is lost."""

from secondment.common.errors import DomainError


class CodeError(DomainError):
    """What was typed is no code of a ballot that can be cast."""


class MistypedError(CodeError):
    """A slip of the finger: the check character does not fit."""


class UnknownCodeError(CodeError):
    """No open box knows the code."""


class SpentCodeError(CodeError):
    """The code was spent before; for entries on paper, which must not count twice."""


class MarksError(DomainError):
    """A mark is missing, or outside the scale."""


class BoxClosedError(DomainError):
    """Voting is over."""


class BoxGoneError(DomainError):
    """The file of the box is not there."""


class BoxInUseError(DomainError):
    """A box cannot be made, wiped or closed now."""


class EntryError(DomainError):
    """A ballot on paper cannot be entered or settled like this."""
