"""Passwords do not contain what everybody knows of their holder."""

import pytest
from django.core.exceptions import ValidationError
from tests.makers import make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.passwords import MOST_READINGS, KnownNamesValidator, _readings


@pytest.fixture
def holder(db: None) -> User:
    unit = make_unit("示例市财政局", short_name="市财局")
    account = make_user(Role.HOME_UNIT, make_unit("示例信访局"), username="zhang.js", name="单建设")
    account.unit = unit
    return account


def refusals(password: str, account: User | None) -> list[str]:
    """Why the password is refused; nothing when it is taken."""
    try:
        KnownNamesValidator().validate(password, account)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("2026-zhang.js-x", "含有账号"),
        ("2026ZHANGJS2026", "含有账号"),
        ("ｚｈａｎｇｊｓ2026", "含有账号"),
        ("我是单建设呀2026呀呀", "姓名"),
        ("shanjianshe2026", "姓名"),
        ("Dan-Jian-She-2026", "姓名"),
        ("jianshe_shan!2026", "姓名"),
        ("示例市财政局2026abcd", "单位名称"),
        ("示例信访局2026abcdef", "单位名称"),
        ("市财局-2026-abcdefg", "单位名称"),
    ],
)
def test_what_everybody_knows_is_refused(holder: User, password: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        KnownNamesValidator().validate(password, holder)


@pytest.mark.parametrize("password", ["jianshejiangshan", "a-good-password-2026", "财政局的灯还亮着2026"])
def test_anything_else_is_accepted(holder: User, password: str) -> None:
    assert refusals(password, holder) == []


def test_short_readings_forbid_nothing(db: None) -> None:
    account = make_user(username="somebody", name="于娥")
    assert refusals("every-yue-is-fine", account) == []
    assert refusals("every-yue-is-fine", None) == []
    assert "单位名称" in KnownNamesValidator().get_help_text()


def test_a_name_with_many_readings_ends(db: None) -> None:
    account = make_user(username="many", name="参差和调散更差参和调")
    assert len(_readings(account.name)) == 2 * MOST_READINGS
    assert refusals("a-good-password-2026", account) == []
    assert refusals(f"{_readings(account.name)[0]}-2026", account) == [
        "密码含有姓名或姓名的拼音，安全性不足，请更换。"
    ]


def test_the_own_password_page_says_why(holder: User, signed_in) -> None:
    holder.set_password("the-old-password")
    holder.save()
    form = (
        signed_in(holder)
        .post(
            "/accounts/password/",
            {
                "old_password": "the-old-password",
                "new_password1": "shanjianshe2026",
                "new_password2": "shanjianshe2026",
            },
        )
        .context["form"]
    )
    assert form.errors["new_password2"] == ["密码含有姓名或姓名的拼音，安全性不足，请更换。"]
