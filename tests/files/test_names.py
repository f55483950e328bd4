"""One spelling of a name, and what cannot be a name."""

import pytest

from secondment.files.names import PrivateSignError, checked_name, clean_name, same_name


@pytest.mark.parametrize("dot", "·•・‧∙⋅･．●")
def test_every_middle_dot_is_the_same_one(dot: str) -> None:
    assert clean_name(f"阿依{dot}古丽") == clean_name(f"阿依 {dot} 古丽") == "阿依·古丽"
    assert same_name(f"阿依{dot}古丽", "阿依·古丽")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("示 例　丁", "示例丁"),
        ("\u200b示例甲\ufeff", "示例甲"),
        (" Ann  Example ", "Ann Example"),
        ("Ａｎｎ　Ｅｘａｍｐｌｅ", "Ann Example"),
        ("甲·Example B", "甲·ExampleB"),
        ("示例（乙）１", "示例（乙）1"),
        ("", ""),
    ],
)
def test_names_lose_the_spaces_of_the_layout_and_wide_letters(text: str, name: str) -> None:
    assert clean_name(text) == checked_name(text) == name


@pytest.mark.parametrize(("variant", "usual"), [("喆", "哲"), ("昇", "升"), ("張", "张"), ("\uf9d0", "類")])
def test_variants_of_a_character_are_the_name(variant: str, usual: str) -> None:
    assert clean_name(variant) == variant
    assert not same_name(f"示{variant}", f"示{usual}")


def test_case_of_latin_letters_makes_no_other_name() -> None:
    assert same_name("Ann Example", "ANN EXAMPLE")
    assert not same_name("Ann Example", "AnnExample")


@pytest.mark.parametrize(
    ("name", "position", "code"),
    [("\ue001示", 1, "U+E001"), ("示 \ue863", 2, "U+E863"), ("示例\U000f0001", 3, "U+F0001")],
)
def test_a_private_character_is_refused_with_its_place(name: str, position: int, code: str) -> None:
    with pytest.raises(PrivateSignError) as refused:
        checked_name(name)
    assert refused.value.position == position
    assert refused.value.fault.said("zh").found == f"第{position}个字是自造字（{code}），其他电脑显示不出"
