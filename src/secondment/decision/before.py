"""What stands before the public notification and the decision, shown before anyone presses; each with its cure."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from secondment.campaigns.lapses import refusals_by_kind
from secondment.campaigns.models import Campaign
from secondment.campaigns.own_steps import reminder
from secondment.campaigns.steps import Blocker, StepKey
from secondment.common.errors import DomainError
from secondment.decision.checks import consultation_obstacles, notification_obstacles, talk_obstacles
from secondment.decision.errors import ObjectionOpenError, ReplyMissingError, UnpostedError
from secondment.decision.services.consultation import REPLIES
from secondment.matching.holding import lapses_of_proposal
from secondment.matching.models import Proposal


@dataclass(frozen=True)
class Before:
    """What the services would refuse with, by the step at which it is cured."""

    campaign: Campaign
    lapsed: Sequence[DomainError] = ()
    asked: Sequence[DomainError] = ()
    posted: Sequence[DomainError] = ()
    talked: Sequence[DomainError] = ()
    may_follow: bool = False
    is_led: bool = True

    @property
    def obstacles(self) -> list[DomainError]:
        """What holds no longer, then what is still to be done."""
        return [*self.lapsed, *self.asked, *self.posted, *self.talked]

    @property
    def keeps_from_posting(self) -> list[Blocker]:
        """Everything that refuses the public notification."""
        return [*self._at(StepKey.CHECK, self.lapsed), *self._at(StepKey.OPINIONS, self.asked)]

    @property
    def keeps_from_deciding(self) -> list[Blocker]:
        """What refuses every decision; what is about single people may be cured by not sending them."""
        steps = ((StepKey.OPINIONS, self.asked), (StepKey.PUBLIC, self.posted))
        return [
            blocker for step, errors in steps for blocker in self._at(step, filter(self._is_binding, errors))
        ]

    @property
    def blockers(self) -> list[Blocker]:
        """All of it, with what cures each."""
        talks = self._at(StepKey.DECISION, self.talked)
        return [*self.keeps_from_posting, *self._at(StepKey.PUBLIC, self.posted), *talks]

    def _is_binding(self, error: DomainError) -> bool:
        if self.may_follow:
            return isinstance(error, ObjectionOpenError)
        return not isinstance(error, UnpostedError)

    def _at(self, step: StepKey, errors: Iterator[DomainError] | Sequence[DomainError]) -> Iterator[Blocker]:
        for error in errors:
            blocker = replace(as_blocker(self.campaign, error), step=step)
            yield blocker if self.is_led else replace(blocker, label="", url="")


def before(
    proposal: Proposal,
    people: Sequence[int],
    *,
    kept: frozenset[str],
    on: dt.date,
    may_follow: bool = False,
    is_led: bool = True,
) -> Before:
    """Ask every rule once; rules that are `kept` from the reader are not named.

    `may_follow`: steps may be done after the decision. `is_led`: the reader is led to the cures.
    """
    return Before(
        proposal.run.campaign,
        refusals_by_kind(lapses_of_proposal(proposal), kept),
        list(consultation_obstacles(proposal, on=on)),
        list(notification_obstacles(proposal, people, decided_on=on)),
        list(talk_obstacles(proposal, people)),
        may_follow=may_follow,
        is_led=is_led,
    )


def as_blocker(campaign: Campaign, error: DomainError) -> Blocker:
    """Who has not replied can be reminded; everything else is cured on a page."""
    is_silence = isinstance(error, ReplyMissingError)
    return reminder(campaign, REPLIES, str(error)) if is_silence else Blocker.of(error)
