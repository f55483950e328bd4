"""When a decision on grades may move."""

from secondment.assessments.choices import DecisionState

# action: (from states, to state)
TRANSITIONS: dict[str, tuple[frozenset[DecisionState], DecisionState]] = {
    "confirm_decision": (frozenset({DecisionState.RECORDED}), DecisionState.CONFIRMED),
    "post_decision": (frozenset({DecisionState.CONFIRMED}), DecisionState.POSTED),
    "enforce_decision": (
        frozenset({DecisionState.CONFIRMED, DecisionState.POSTED}),
        DecisionState.IN_FORCE,
    ),
    "return_decision": (
        frozenset({DecisionState.RECORDED, DecisionState.CONFIRMED, DecisionState.POSTED}),
        DecisionState.RETURNED,
    ),
}
