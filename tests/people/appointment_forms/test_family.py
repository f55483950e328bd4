"""Titles of relatives and the class of kinship they mean."""

import pytest

from secondment.files.codes.kinship import Kinship
from secondment.people.files.appointment_forms.family import _TITLES, UnknownKinshipError, kinship_of

KNOWN = {
    Kinship.SPOUSE: "丈夫 妻子 配偶",
    Kinship.LINEAL: "父亲 母亲 儿子 女儿 长子 次女 祖父 外祖母 孙子 外孙女",
    Kinship.COLLATERAL: "哥哥 弟弟 姐姐 妹妹 伯父 叔父 舅舅 姑姑 姨母 堂兄 表妹 侄子 侄女 外甥 外甥女",
    Kinship.NEAR_IN_LAW: "岳父 岳母 公公 婆婆 儿媳 女婿 亲家 姐夫 弟媳 姑父 舅母 侄媳 妻弟 连襟 妻子的哥哥 丈夫的父亲 配偶之姐夫",
    Kinship.ADOPTIVE_OR_STEP: "养父 继母 养女",
}


@pytest.mark.parametrize(("kinship", "titles"), KNOWN.items())
def test_common_titles(kinship: Kinship, titles: str) -> None:
    assert {title: kinship_of(f" {title[0]}　{title[1:]}") for title in titles.split()} == dict.fromkeys(
        titles.split(), kinship
    )


def test_no_title_stands_in_two_classes() -> None:
    titles = [title for words in _TITLES.values() for title in words.split()]
    assert sorted(titles) == sorted(set(titles))


@pytest.mark.parametrize("title", ["", "同学", "前妻", "亲戚", "父亲的朋友"])
def test_unknown_titles_are_not_guessed(title: str) -> None:
    with pytest.raises(UnknownKinshipError, match="无法判断亲属关系"):
        kinship_of(title)


def test_titles_with_two_meanings_ask_which() -> None:
    with pytest.raises(UnknownKinshipError) as caught:
        kinship_of("小姨")
    assert caught.value.fault.found == "称谓“小姨”有不同含义"
    assert caught.value.fault.remedy == "请写明是姨母、妻子的妹妹"
