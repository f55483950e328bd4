"""Write about places: one function for each action of a user."""

from secondment.places.services.handing_over import (
    Settling,
    close_promise,
    confirm_received,
    note_promise,
    settle_items,
    take_back,
)
from secondment.places.services.writing import (
    add_contact,
    end_category,
    end_contact,
    enter_category,
    keep_file,
    read_file,
    write_texts,
)

__all__ = [
    "Settling",
    "add_contact",
    "close_promise",
    "confirm_received",
    "end_category",
    "end_contact",
    "enter_category",
    "keep_file",
    "note_promise",
    "read_file",
    "settle_items",
    "take_back",
    "write_texts",
]
