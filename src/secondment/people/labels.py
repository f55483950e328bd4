"""Codes of the national lists in the language of the page; files and forms take `CodeList.chinese`."""

from collections.abc import Callable

from django.utils.functional import lazy
from django.utils.translation import get_language

from secondment.files.codes.civil_grades import CIVIL_GRADES
from secondment.files.codes.code_list import CodeList, UnknownCodeError
from secondment.files.codes.degrees import DEGREES
from secondment.files.codes.education import EDUCATION
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.ranks import RANKS
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.codes.titles import TITLES

Label = Callable[[str], str]


def _reader(codes: CodeList) -> Label:
    return lambda code: codes.label_in(get_language(), code)


rank_label = _reader(RANKS)
education_label = _reader(EDUCATION)
ethnicity_label = _reader(ETHNIC_GROUPS)
political_label = _reader(POLITICAL_STATUS)
specialty_label = _reader(SPECIALTIES)
degree_label = _reader(DEGREES)
title_label = _reader(TITLES)
grade_label_of = _reader(CIVIL_GRADES)  # of its code


def grade_label(words: str) -> str:
    """The civil grade (职级), which is kept in its Chinese words."""
    try:
        return CIVIL_GRADES.label_in(get_language(), CIVIL_GRADES.code_of(words))
    except UnknownCodeError:
        return words


def choices_of(codes: CodeList, label: Label) -> list[tuple[str, str]]:
    """A code list for a select, read when the page is drawn."""
    words = lazy(label, str)
    return [(entry.code, words(entry.code)) for entry in codes.entries]


LEADING_RANKS = [(code, words) for code, words in choices_of(RANKS, rank_label) if code < "400"]
