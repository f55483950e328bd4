"""Grades in words: 称职 of civil servants, 合格 of others, in the language of the page."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from secondment.common.components import Status
from secondment.files.codes.grades import label_in
from secondment.people.choices import Grade

GRADE_STATUS: dict[str, Status] = {
    Grade.EXCELLENT: "good",
    Grade.BASICALLY_COMPETENT: "warn",
    Grade.INCOMPETENT: "bad",
}


def grade_label(code: str | None, category: str) -> str:
    """The grade for this staff category; nothing where there is none."""
    return label_in(get_language(), code, category) if code else ""


def decided_label(code: str | None, category: str) -> str:
    """The same of a decision, in which none means that the grade was withdrawn."""
    return grade_label(code, category) or _("撤销等次")


def grade_choices(category: str, first: str = "—") -> list[tuple[str, str]]:
    """Every grade to choose from, with nothing first."""
    return [("", first), *((one.value, grade_label(one.value, category)) for one in Grade)]
