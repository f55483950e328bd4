"""When a review or an appeal may move."""

from secondment.appeals.choices import AppealState

# action: (from states, to state)
TRANSITIONS: dict[str, tuple[frozenset[AppealState], AppealState]] = {
    "extend_appeal": (frozenset({AppealState.OPEN}), AppealState.OPEN),
    "decide_appeal": (frozenset({AppealState.OPEN}), AppealState.DECIDED),
    "withdraw_appeal": (frozenset({AppealState.OPEN}), AppealState.WITHDRAWN),
    "receive_outcome": (frozenset({AppealState.DECIDED}), AppealState.DECIDED),
}
