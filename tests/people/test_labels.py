"""English pages name every code in English; files and forms keep the Chinese names."""

import pytest
from django.utils import translation

from secondment.files.codes import (
    degrees,
    education,
    ethnic_groups,
    political_status,
    ranks,
    specialties,
    titles,
)
from secondment.people import labels


@pytest.mark.parametrize(
    "codes",
    [
        degrees.DEGREES,
        education.EDUCATION,
        ethnic_groups.ETHNIC_GROUPS,
        political_status.POLITICAL_STATUS,
        ranks.RANKS,
        specialties.SPECIALTIES,
        titles.TITLES,
    ],
    ids=lambda one: one.standard,
)
def test_every_code_has_its_own_english_name(codes) -> None:
    names = [entry.english for entry in codes.entries]
    assert len(set(names)) == len(names)
    assert all(name and name.isascii() for name in names)


def test_levels_are_the_codes_of_their_lists() -> None:
    assert {level.value for level in degrees.DegreeLevel} == set(degrees.DEGREES.codes)
    assert {level.value for level in titles.TitleLevel} == set(titles.TITLES.codes)


def test_names_stand_beside_the_right_codes() -> None:
    """Samples from the ends and the middle of each list."""
    pairs = {
        "01": ("汉族", "Han"),
        "23": ("高山族", "Gaoshan"),
        "42": ("怒族", "Nu"),
        "56": ("基诺族", "Jino"),
    }
    for code, (chinese, name) in pairs.items():
        assert (
            ethnic_groups.ETHNIC_GROUPS.chinese(code),
            ethnic_groups.ETHNIC_GROUPS.label_in("en", code),
        ) == (
            chinese,
            name,
        )
    assert (ranks.RANKS.chinese("132"), ranks.RANKS.english["132"]) == (
        "县处级副职",
        "Deputy, county level",
    )
    assert (ranks.RANKS.chinese("260"), ranks.RANKS.english["260"]) == ("十级职员", "Staff grade 10")
    assert (education.EDUCATION.chinese("16"), education.EDUCATION.english["16"]) == (
        "硕士研究生肄业", "Master's study, not completed",
    )  # fmt: skip
    assert (political_status.POLITICAL_STATUS.chinese("10"), political_status.POLITICAL_STATUS.english["10"]) == (
        "九三学社社员", "Member of the Jiusan Society",
    )  # fmt: skip


def test_the_page_decides_and_unknown_codes_stay() -> None:
    choices = dict(labels.LEADING_RANKS)
    assert (labels.ethnicity_label("02"), str(choices["131"])) == ("蒙古族", "县处级正职")
    with translation.override("en"):
        assert (labels.ethnicity_label("02"), str(choices["131"])) == ("Mongol", "Head, county level")
        assert (labels.rank_label("777"), labels.rank_label("")) == ("777", "")
        assert ethnic_groups.ETHNIC_GROUPS.chinese("02") == "蒙古族"
