"""Identity numbers and credit codes: check digits, what people type, what readers see."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondment.files.identity import (
    CREDIT_ALPHABET,
    IdentityNumberError,
    credit_check_character,
    mask_identity_number,
    parse_credit_code,
    parse_identity_number,
    person_check_digit,
)

days = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


def number_of(day: dt.date, serial: int) -> str:
    first_17 = f"990000{day:%Y%m%d}{serial:03d}"
    return first_17 + person_check_digit(first_17)


def test_known_number_gives_its_parts() -> None:
    identity = parse_identity_number("990000198503120019")
    assert (identity.region, identity.born_on, identity.sex) == ("990000", dt.date(1985, 3, 12), "1")
    assert identity.masked == "990000********0019"


@pytest.mark.parametrize(
    "typed",
    [
        "'99000019780228000x",
        "９９００００１９７８０２２８０００Ｘ",
        " 990000 19780228 000x\u200b\ufeff",
        "‘99000019780228000X",
    ],
)
def test_typed_forms_mean_one_number(typed: str) -> None:
    assert parse_identity_number(typed).text == "99000019780228000X"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("99000019780230001X", "出生日期19780230不存在"),
        ("990000199013010011", "出生日期19901301不存在"),
        ("990000189912310011", "出生日期18991231不存在"),
        ("990000198503120018", "校验位不符"),
        ("990000850312001", "15位旧身份证号"),
        ("99000019850312001", "应为18位"),
        ("99000019850312001A", "应为18位"),
        ("", "实有0位"),
        ("٩٩٠٠٠٠١٩٨٥٠٣١٢٠٠١٩", "应为18位"),
    ],
)
def test_wrong_numbers_are_named(typed: str, found: str) -> None:
    with pytest.raises(IdentityNumberError) as caught:
        parse_identity_number(typed)
    said = caught.value.fault.said("zh")
    assert found in said.found
    assert said.remedy.startswith("请")


@given(days, st.integers(0, 999))
def test_every_sound_number_is_read_back(day: dt.date, serial: int) -> None:
    identity = parse_identity_number(number_of(day, serial))
    assert identity.born_on == day
    assert identity.sex == ("1" if serial % 2 else "2")


@given(days, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_caught(day: dt.date, serial: int, place: int, step: int) -> None:
    number = number_of(day, serial)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(IdentityNumberError):
        parse_identity_number(wrong)


def test_short_texts_are_masked_whole() -> None:
    assert mask_identity_number("123456") == "******"
    assert mask_identity_number("990000850312001") == "990000*****2001"


@given(st.text(CREDIT_ALPHABET, min_size=9, max_size=9))
def test_credit_codes_are_read_back_and_wrong_checks_caught(organisation: str) -> None:
    first_17 = "11990000" + organisation
    code = parse_credit_code((first_17 + credit_check_character(first_17)).lower())
    assert (code.region, code.organisation) == ("990000", organisation)
    others = [sign for sign in CREDIT_ALPHABET if sign != code.text[17]]
    for sign in others:
        with pytest.raises(IdentityNumberError, match="the check character is wrong"):
            parse_credit_code(first_17 + sign)


@pytest.mark.parametrize("typed", ["1199000012345678", "11I900001234567890", "11AB00001234567890"])
def test_malformed_credit_codes_are_named(typed: str) -> None:
    with pytest.raises(IdentityNumberError, match="has 18 digits or capitals"):
        parse_credit_code(typed)


def test_published_credit_code_example() -> None:
    # The example of GB 32100-2015 itself.
    assert parse_credit_code("91350100M000100Y43").organisation == "M000100Y4"


def test_a_number_that_a_spreadsheet_has_rounded_is_named_as_such() -> None:
    with pytest.raises(IdentityNumberError) as caught:
        parse_identity_number("990000198506121000")
    assert caught.value.fault.said("zh").found == "身份证号末三位为000且校验位不符，可能被表格软件存成了数字"
    with pytest.raises(
        IdentityNumberError, match="the check digit is wrong; compare digit by digit with the identity card"
    ):
        parse_identity_number("990000198506121112")
