"""Write about places: one function for each action of a user."""

from secondment.places.services.handing_over import Settling, close_promise, note_promise, settle_items
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
    "end_category",
    "end_contact",
    "enter_category",
    "keep_file",
    "note_promise",
    "read_file",
    "settle_items",
    "write_texts",
]
