"""When a batch of accounts may move."""

from secondment.onboarding.choices import BatchState

# action: (from states, to state)
TRANSITIONS: dict[str, tuple[frozenset[BatchState], BatchState]] = {
    "confirm_batch": (frozenset({BatchState.ASKED}), BatchState.MAKING),
    "decline_batch": (frozenset({BatchState.ASKED}), BatchState.DECLINED),
    "finish_batch": (frozenset({BatchState.MAKING}), BatchState.MADE),
    "offer_batch_again": (frozenset({BatchState.MAKING}), BatchState.ASKED),
}
