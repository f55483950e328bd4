"""Why matching refuses: one named error per rule."""

from typing import TYPE_CHECKING

from secondment.common.errors import DomainError

if TYPE_CHECKING:
    from secondment.matching.obstacles import Verdict


class NotInReviewError(DomainError):
    """Runs and changes by hand belong to the review of a campaign."""


class WeightsError(DomainError):
    """The weights cannot be used."""


class NothingToMatchError(DomainError):
    """There are no posts, no people, or no admissible pairs."""


class LocksContradictError(DomainError):
    """Locked pairs break a rule, a cap or the number of places."""


class SideRulesContradictError(DomainError):
    """No plan keeps all side rules, locks and caps together; `verdict` says which cannot hold together."""

    def __init__(self, message: str, *, verdict: "Verdict") -> None:
        super().__init__(message)
        self.verdict = verdict


class NoPlanInTimeError(DomainError):
    """The time limit ended before a plan was found that keeps all side rules."""


class NoPlanYetError(DomainError):
    """A run has no plan with which it could be stopped."""


class RunEndedError(DomainError):
    """A run is over and cannot be stopped."""


class SideRuleError(DomainError):
    """A side rule cannot be used as it is."""


class PrincipleError(DomainError):
    """A plan cannot be chosen without a reason, or before its run is done."""


class NotAdmissibleError(DomainError):
    """A rule or a person keeps this pair out."""


class PostFullError(DomainError):
    """Every place of the post is taken."""


class CapReachedError(DomainError):
    """The home unit has reached its release cap."""


class LockedPairError(DomainError):
    """The pair is locked; clear the lock first."""


class NotInPlanError(DomainError):
    """The person or pair is not in this proposal, or is there already."""


class ReasonMissingError(DomainError):
    """A decision by hand needs a reason that others can read."""


class NotUndoableError(DomainError):
    """A later change concerns the same people or posts, or it is undone already."""


class ExactAlreadyError(DomainError):
    """What the page says of the plan is exact already."""


class PlanChangedError(DomainError):
    """The plan is no longer the one that was asked about."""
