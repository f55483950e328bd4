"""Writes: one function per action."""

from secondment.assessments.interim.services.midterm import MidtermSaid, give_midterm
from secondment.assessments.interim.services.routine import RoutineLine, give_routine_grades
from secondment.assessments.interim.services.special import (
    close_special,
    find_special,
    order_special,
    reopen_special,
)

__all__ = [
    "MidtermSaid",
    "RoutineLine",
    "close_special",
    "find_special",
    "give_midterm",
    "give_routine_grades",
    "order_special",
    "reopen_special",
]
