"""Codes of the national lists as people read them, in Chinese; an empty or unknown code stays as it is."""

from collections.abc import Callable
from functools import partial

from secondment.files.codes.code_list import CodeList
from secondment.files.codes.degrees import DEGREES
from secondment.files.codes.education import EDUCATION
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.ranks import RANKS
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.codes.titles import TITLES


def _reader(codes: CodeList) -> Callable[[str], str]:
    return partial(codes.label_in, None)


rank_label = _reader(RANKS)
education_label = _reader(EDUCATION)
ethnicity_label = _reader(ETHNIC_GROUPS)
political_label = _reader(POLITICAL_STATUS)
specialty_label = _reader(SPECIALTIES)
degree_label = _reader(DEGREES)
title_label = _reader(TITLES)
LABELS: dict[str, Callable[[str], str]] = {
    "rank": rank_label,
    "education_code": education_label,
    "ethnicity": ethnicity_label,
    "political_status": political_label,
    "degree_level": degree_label,
    "title_level": title_label,
}
