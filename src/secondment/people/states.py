"""When a roster import may move."""

from secondment.people.choices import ImportState

# action: (from states, to state)
TRANSITIONS: dict[str, tuple[frozenset[ImportState], ImportState]] = {
    # Open questions about the file are asked: which sheet, what unknown columns mean; later answers start the check again.
    "ask": (frozenset({ImportState.CHECKING}), ImportState.ASKING),
    "answer": (frozenset({ImportState.ASKING, ImportState.CHECKED}), ImportState.CHECKING),
    "finish_check": (frozenset({ImportState.CHECKING}), ImportState.CHECKED),
    "confirm": (frozenset({ImportState.CHECKED}), ImportState.IMPORTING),
    "finish_import": (frozenset({ImportState.IMPORTING}), ImportState.IMPORTED),
    "offer_again": (frozenset({ImportState.IMPORTING}), ImportState.CHECKED),
    "withdraw": (
        frozenset({ImportState.CHECKING, ImportState.ASKING, ImportState.CHECKED, ImportState.IMPORTING}),
        ImportState.FAILED,
    ),
}
