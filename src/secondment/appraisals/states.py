"""When an appraisal may move, and what may still be written in each state."""

from secondment.appraisals.choices import AppraisalState

DRAFT, FROZEN, OPEN = AppraisalState.DRAFT, AppraisalState.FROZEN, AppraisalState.OPEN

# action: (from states, to state)
TRANSITIONS: dict[str, tuple[frozenset[AppraisalState], AppraisalState]] = {
    "freeze": (frozenset({DRAFT}), FROZEN),
    "open_voting": (frozenset({FROZEN}), OPEN),
    "close_voting": (frozenset({OPEN}), AppraisalState.CLOSED),
    # a closed one only where no paper reached its turnout: see `services.voiding.is_without_turnout`
    "void": (frozenset({DRAFT, FROZEN, OPEN, AppraisalState.CLOSED}), AppraisalState.VOID),
}
BY_TWO = frozenset({OPEN, AppraisalState.CLOSED})
"""Voiding takes two persons: people may have voted."""
LISTS_OPEN = frozenset({DRAFT})
"""Candidates, papers and lists of raters may change."""
DATES_OPEN = frozenset({DRAFT, FROZEN})
"""Name and dates may change: a meeting that is put off need not be prepared anew."""
MARKS_OPEN = frozenset({FROZEN, OPEN})
"""The organisation group enters its marks."""
TEAM_OPEN = frozenset({DRAFT, FROZEN, OPEN})


def may_move(state: str, action: str) -> bool:
    """Whether the action begins in this state."""
    return AppraisalState(state) in TRANSITIONS[action][0]
