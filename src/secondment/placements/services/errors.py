"""Rules that refuse an action on a placement."""

from django.utils.translation import gettext as _

from secondment.common.errors import DomainError
from secondment.placements.models import Placement


class WrongStateError(DomainError):
    """The placement is not in a state in which this action is possible."""


class OverlapError(DomainError):
    """A person would hold two placements on the same day (rule H5)."""


class BorrowedError(DomainError):
    """A person would be sent elsewhere within the months that their programme keeps them."""


class MentorMissingError(DomainError):
    """The programme asks for a mentor and none is named."""


class AlreadyActiveError(DomainError):
    """A person is still in another placement that has begun."""


class NothingToIssueError(DomainError):
    """No placement is left for which a notice could be issued."""


class SeriesError(DomainError):
    """A number series that already carries year or number."""


class AlreadyIssuingError(DomainError):
    """The notices of the campaign are being issued at this moment."""


class StoppedError(DomainError):
    """Issuing stopped after some notices; those stay issued."""


class TermError(DomainError):
    """A term that does not run forwards."""


class ReportDateError(DomainError):
    """The day to report for duty does not fit the notice or the term."""


class FutureDateError(DomainError):
    """A report for duty cannot lie in the future."""


class ReasonMissingError(DomainError):
    """An action that needs a reason was asked for without one."""


class GroupError(DomainError):
    """A group cannot be made or changed so."""


class FormalityError(DomainError):
    """Days of membership or appointment that cannot be so."""


class NotYetOverError(DomainError):
    """A term whose last day has not come cannot be closed as having run out."""


class UpperFormError(DomainError):
    """The upper level's form cannot be filled as it is."""


class ReceiptRefusedError(DomainError):
    """One of several receipts was refused; it names whose."""

    def __init__(self, placement: Placement, error: DomainError) -> None:
        text = _("%(name)s：%(text)s") % {"name": placement.person.name, "text": error}
        super().__init__(text, basis=error.basis)
        self.placement_id = placement.pk


class NoticeOutError(DomainError):
    """Somebody's notice is out, or is being written, so that the decision can no longer be taken back as a whole."""


class ArrivedError(DomainError):
    """Somebody named in a notice has reported for duty, so that it cannot be withdrawn."""
