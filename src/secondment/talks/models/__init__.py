"""Tables of talks, of training and meetings, and of complaints and suggestions."""

from secondment.talks.models.gathering import (
    AGENDA_LENGTH,
    PLACE_LENGTH,
    REASON_LENGTH,
    SHORT_LENGTH,
    TITLE_LENGTH,
    Gathering,
    Invitation,
    Material,
)
from secondment.talks.models.suggesting import LETTER_LENGTH, HeldSuggestion, Suggestion
from secondment.talks.models.talking import (
    NAME_LENGTH,
    POINTS_LENGTH,
    TEXT_LENGTH,
    FollowUp,
    Talk,
    TalkPerson,
)

__all__ = [
    "AGENDA_LENGTH",
    "LETTER_LENGTH",
    "NAME_LENGTH",
    "PLACE_LENGTH",
    "POINTS_LENGTH",
    "REASON_LENGTH",
    "SHORT_LENGTH",
    "TEXT_LENGTH",
    "TITLE_LENGTH",
    "FollowUp",
    "Gathering",
    "HeldSuggestion",
    "Invitation",
    "Material",
    "Suggestion",
    "Talk",
    "TalkPerson",
]
