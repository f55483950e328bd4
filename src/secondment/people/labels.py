"""Codes of the national lists as people read them; an empty code reads as nothing."""

from collections.abc import Callable

from secondment.files.codes import education, ethnic_groups, political_status, ranks, specialties
from secondment.files.codes.code_list import CodeList, UnknownCodeError
from secondment.files.codes.degrees import DegreeLevel
from secondment.files.codes.titles import TitleLevel


def _reader(codes: CodeList) -> Callable[[str], str]:
    def label(code: str) -> str:
        try:
            return codes.label_of(code) if code else ""
        except UnknownCodeError:
            return code

    return label


rank_label = _reader(ranks.RANKS)
education_label = _reader(education.EDUCATION)
ethnicity_label = _reader(ethnic_groups.ETHNIC_GROUPS)
political_label = _reader(political_status.POLITICAL_STATUS)
specialty_label = _reader(specialties.SPECIALTIES)


def degree_label(level: str) -> str:
    """The word of a degree level."""
    return DegreeLevel(level).label if level in set(DegreeLevel) else level


def title_label(level: str) -> str:
    """The word of a level of professional titles."""
    return TitleLevel(level).label if level in set(TitleLevel) else level


LABELS: dict[str, Callable[[str], str]] = {
    "rank": rank_label,
    "education_code": education_label,
    "ethnicity": ethnicity_label,
    "political_status": political_label,
    "degree_level": degree_label,
    "title_level": title_label,
}
