"""Tables of talks, of training and meetings, and of complaints and suggestions."""

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
    "LETTER_LENGTH",
    "NAME_LENGTH",
    "POINTS_LENGTH",
    "TEXT_LENGTH",
    "FollowUp",
    "HeldSuggestion",
    "Suggestion",
    "Talk",
    "TalkPerson",
]
