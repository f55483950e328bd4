"""When a roster import may move."""

from secondment.people.choices import ImportState

# action: (from states, to state)
TRANSITIONS: dict[str, tuple[frozenset[ImportState], ImportState]] = {
    "finish_check": (frozenset({ImportState.CHECKING}), ImportState.CHECKED),
    "confirm": (frozenset({ImportState.CHECKED}), ImportState.IMPORTING),
    "finish_import": (frozenset({ImportState.IMPORTING}), ImportState.IMPORTED),
    "offer_again": (frozenset({ImportState.IMPORTING}), ImportState.CHECKED),
    "withdraw": (
        frozenset({ImportState.CHECKING, ImportState.CHECKED, ImportState.IMPORTING}),
        ImportState.FAILED,
    ),
}
