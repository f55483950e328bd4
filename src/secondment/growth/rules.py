"""Who may do what with a review of abilities."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.choices import NominationState
from secondment.campaigns.models import Nomination
from secondment.campaigns.states import UNDECIDED
from secondment.people.models import Person
from secondment.people.rules import is_self, may_edit_person, sections_of
from secondment.people.sections import Section
from secondment.placements.models import Placement

GROUP_READERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)
"""Read how groups have changed; nobody is named there."""


def may_give(user: User, nomination: Nomination) -> bool:
    """Whoever keeps the nominee's file, never the nominee, while nothing is decided about the nomination."""
    is_open = nomination.state == NominationState.NOMINATED and nomination.campaign.state in UNDECIDED
    return is_open and keeps_file(user, nomination.person)


def keeps_file(user: User, person: Person) -> bool:
    """The home unit or its organisation department; nobody about themselves."""
    return may_edit_person(user, person) and not is_self(user, person)


def reads_abilities(user: User, placement: Placement) -> bool:
    """The person, and whoever reads the abilities in the file."""
    return Section.ABILITIES in sections_of(user, placement.person)
