"""English pages name every code in English; files and forms keep the Chinese names."""

import pytest
from django.utils import translation

from secondment.files.codes import education, english, ethnic_groups, political_status, ranks, specialties
from secondment.files.codes.degrees import DegreeLevel
from secondment.files.codes.titles import TitleLevel
from secondment.people import labels, page_labels


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (education.EDUCATION, english.EDUCATION),
        (ethnic_groups.ETHNIC_GROUPS, english.ETHNIC_GROUPS),
        (political_status.POLITICAL_STATUS, english.POLITICAL_STATUS),
        (ranks.RANKS, english.RANKS),
        (specialties.SPECIALTIES, english.SPECIALTIES),
    ],
    ids=lambda one: getattr(one, "standard", ""),
)
def test_every_code_has_its_own_english_name(codes, words) -> None:
    assert set(words) == {entry.code for entry in codes.entries}
    assert len(set(words.values())) == len(words)
    assert all(word.isascii() for word in words.values())


def test_levels_have_english_names() -> None:
    assert set(english.DEGREES) == {level.value for level in DegreeLevel}
    assert set(english.TITLES) == {level.value for level in TitleLevel}


def test_names_stand_beside_the_right_codes() -> None:
    """Samples from the ends and the middle of each list."""
    pairs = {
        "01": ("汉族", "Han"),
        "23": ("高山族", "Gaoshan"),
        "42": ("怒族", "Nu"),
        "56": ("基诺族", "Jino"),
    }
    for code, (chinese, name) in pairs.items():
        assert (labels.ethnicity_label(code), english.ETHNIC_GROUPS[code]) == (chinese, name)
    assert (labels.rank_label("132"), english.RANKS["132"]) == ("县处级副职", "Deputy, county level")
    assert (labels.rank_label("260"), english.RANKS["260"]) == ("十级职员", "Staff grade 10")
    assert (labels.education_label("16"), english.EDUCATION["16"]) == (
        "硕士研究生肄业", "Master's study, not completed",
    )  # fmt: skip
    assert (labels.political_label("10"), english.POLITICAL_STATUS["10"]) == (
        "九三学社社员", "Member of the Jiusan Society",
    )  # fmt: skip


def test_the_page_decides_and_unknown_codes_stay() -> None:
    choices = dict(page_labels.LEADING_RANKS)
    assert (page_labels.ethnicity_label("02"), str(choices["131"])) == ("蒙古族", "县处级正职")
    with translation.override("en"):
        assert (page_labels.ethnicity_label("02"), str(choices["131"])) == ("Mongol", "Head, county level")
        assert (page_labels.rank_label("777"), page_labels.rank_label("")) == ("777", "")
        assert labels.ethnicity_label("02") == "蒙古族"
