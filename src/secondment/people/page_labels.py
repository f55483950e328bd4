"""Codes of the national lists in the language of the page; files and forms take the Chinese words of `labels`."""

from collections.abc import Callable, Mapping

from django.utils.functional import lazy
from django.utils.translation import get_language

from secondment.files.codes import english
from secondment.files.codes.civil_grades import CIVIL_GRADES
from secondment.files.codes.code_list import CodeList, UnknownCodeError
from secondment.files.codes.ranks import RANKS
from secondment.people import labels

Label = Callable[[str], str]


def _by_language(chinese: Label, words: Mapping[str, str]) -> Label:
    def label(code: str) -> str:
        return words.get(code, "") or chinese(code) if get_language() == "en" else chinese(code)

    return label


rank_label = _by_language(labels.rank_label, english.RANKS)
education_label = _by_language(labels.education_label, english.EDUCATION)
ethnicity_label = _by_language(labels.ethnicity_label, english.ETHNIC_GROUPS)
political_label = _by_language(labels.political_label, english.POLITICAL_STATUS)
specialty_label = _by_language(labels.specialty_label, english.SPECIALTIES)
degree_label = _by_language(labels.degree_label, english.DEGREES)
title_label = _by_language(labels.title_label, english.TITLES)


def grade_label(words: str) -> str:
    """The civil grade (职级), which is kept in its Chinese words."""
    if get_language() != "en" or not words:
        return words
    try:
        return english.CIVIL_GRADES[CIVIL_GRADES.code_of(words)]
    except UnknownCodeError:
        return words


def choices_of(codes: CodeList, label: Label) -> list[tuple[str, str]]:
    """A code list for a select, read when the page is drawn."""
    words = lazy(label, str)
    return [(entry.code, words(entry.code)) for entry in codes.entries]


LEADING_RANKS = [(code, words) for code, words in choices_of(RANKS, rank_label) if code < "400"]
