"""When a demand may move: the one table that draws buttons and checks moves."""

from secondment.posts.choices import PostState

# action: (from states, to state)
TRANSITIONS: dict[str, tuple[frozenset[PostState], PostState]] = {
    "submit_post": (frozenset({PostState.DRAFT, PostState.RETURNED}), PostState.SUBMITTED),
    "return_post": (frozenset({PostState.SUBMITTED}), PostState.RETURNED),
    "approve_post": (frozenset({PostState.SUBMITTED}), PostState.APPROVED),
    "withdraw_post": (
        frozenset({PostState.DRAFT, PostState.SUBMITTED, PostState.RETURNED, PostState.APPROVED}),
        PostState.WITHDRAWN,
    ),
}
EDITABLE = frozenset({PostState.DRAFT, PostState.RETURNED})
