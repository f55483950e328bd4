"""Write early signs: one function for each act."""

from secondment.signals.services.answering import answer_sign, speak
from secondment.signals.services.deciding import close_sign, read_by_person, show_sign, use_sign
from secondment.signals.services.raising import look_tonight, write_signs
from secondment.signals.services.rehearsing import execute_rehearsal, start_rehearsal

__all__ = [
    "answer_sign",
    "close_sign",
    "execute_rehearsal",
    "look_tonight",
    "read_by_person",
    "show_sign",
    "speak",
    "start_rehearsal",
    "use_sign",
    "write_signs",
]
