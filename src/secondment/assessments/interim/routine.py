"""The quarters of a year: which are graded, what they mean for 优秀, and the share of 好 in an office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.assessments.interim.choices import BELOW, RoutineGradeCode
from secondment.assessments.interim.models import RoutineGrade
from secondment.assessments.parameters import routine_rule
from secondment.obligations.periods import QUARTER
from secondment.placements.models import Placement

QUARTERS = (1, 2, 3, 4)
PERCENT = 100
SMALL_OFFICE = 3
"""With fewer people than this, 40 % is less than two of them: the office counts them with its other staff."""


def is_asked(placement: Placement) -> bool:
    """Whether the programme asks for routine assessments."""
    return bool(routine_rule(placement)["mode"] != "off")


def quarter_of(grade: RoutineGrade) -> int:
    """The quarter of the year that it is about."""
    return (grade.last_day.month + QUARTER - 1) // QUARTER


def of_year(grades: Iterable[RoutineGrade], year: int) -> dict[int, RoutineGrade]:
    """Quarter → its grade, of those that stand in the year."""
    return {quarter_of(one): one for one in grades if one.is_current and one.last_day.year == year}


def is_weak(placement: Placement, year: int) -> bool:
    """Whether the quarters of the year speak against 优秀: one below 较好, or too few that are 好.

    A year without any grade says nothing: nobody has said anything.
    """
    rule = routine_rule(placement)
    grades = [one.grade for one in of_year(placement.routine_grades.all(), year).values()]
    if not grades:
        return False
    n_good = grades.count(RoutineGradeCode.GOOD)
    is_few = PERCENT * n_good < rule["values"]["least_good_percent"] * len(grades)
    return is_few or any(one in BELOW for one in grades)


@dataclass(frozen=True)
class Share:
    """How many of an office's people are 好 in a quarter, and how many may be."""

    n: int
    n_good: int
    most_percent: int
    basis: str

    @property
    def is_over(self) -> bool:
        """Whether there are more than the share: a warning, never a refusal."""
        return PERCENT * self.n_good > self.most_percent * self.n

    @property
    def words(self) -> str:
        """The warning, with its basis."""
        values = {
            "good": self.n_good,
            "n": self.n,
            "most": self.most_percent,
            "basis": self.basis,
        }
        words = _("本页 %(n)d 人中好等次 %(good)d 人，超过 %(most)d%%，请核对（依据：%(basis)s）。") % values
        if self.n < SMALL_OFFICE:
            return _("%(words)s人数少的，与本单位其他人员合并计算。") % {"words": words}
        return words


def share_of(placements: Sequence[Placement], grades: dict[int, str]) -> Share | None:
    """The share among those who are graded (placement → grade); nobody is asked for where nobody is."""
    graded = [one for one in placements if grades.get(one.pk)]
    if not graded:
        return None
    rule = routine_rule(graded[0])
    n_good = sum(grades[one.pk] == RoutineGradeCode.GOOD for one in graded)
    return Share(len(graded), n_good, rule["values"]["most_good_percent"], rule["basis"])
