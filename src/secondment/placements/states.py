"""When a placement may move; later stages of the life cycle add their rows here."""

from secondment.placements.choices import PlacementState

# action: (from states, to state)
TRANSITIONS: dict[str, tuple[frozenset[PlacementState], PlacementState]] = {
    "issue_notice": (frozenset({PlacementState.DECIDED}), PlacementState.APPOINTED),
    "withdraw_notice": (frozenset({PlacementState.APPOINTED}), PlacementState.DECIDED),
    "start_placement": (frozenset({PlacementState.APPOINTED}), PlacementState.IN_POST),
    "cancel_placement": (
        frozenset({PlacementState.DECIDED, PlacementState.APPOINTED}),
        PlacementState.CANCELLED,
    ),
    "end_placement": (frozenset({PlacementState.IN_POST}), PlacementState.ENDED),
    "reopen_placement": (frozenset({PlacementState.ENDED}), PlacementState.IN_POST),
}
