"""Each person rule at its edges."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from tests.campaigns.eligibility_rules.builders import TERM, only, person, post

from secondment.algorithms.eligibility import (
    Mode,
    Period,
    Result,
    check_eligibility,
)
from secondment.algorithms.eligibility.levels import education_level, rank_group, title_level

PASS, WARN, BLOCK = Result.PASS, Result.WARN, Result.BLOCK
DAY = dt.date


def result_of(
    rule: str, facts: dict[str, Any], mode: Mode = Mode.BLOCK, **figures: Any
) -> tuple[str, Result]:
    settings = only(rule, mode, **figures)
    (finding,) = check_eligibility([person(**facts)], [post(is_village=True)], TERM, settings)
    assert (finding.rule, finding.person, finding.post) == (rule, 0, None)
    return finding.fact, finding.result


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        ("H4", {}, ("H4.none", PASS)),
        ("H4", {"is_under_investigation": True}, ("H4.investigation", BLOCK)),
        (
            "H4",
            {"penalties": (Period("warning", DAY(2026, 6, 1), DAY(2026, 11, 24)),)},
            ("H4.penalty", BLOCK),
        ),
        ("H4", {"penalties": (Period("warning", DAY(2026, 5, 1), DAY(2026, 11, 23)),)}, ("H4.none", PASS)),
        ("H5", {}, ("H5.free", PASS)),
        ("H5", {"terms": (Period("placement", DAY(2026, 1, 1), DAY(2027, 3, 2)),)}, ("H5.overlap", BLOCK)),
        ("H5", {"terms": (Period("placement", DAY(2026, 1, 1), DAY(2027, 3, 1)),)}, ("H5.free", PASS)),
        ("H5", {"terms": (Period("placement", DAY(2029, 3, 1), DAY(2030, 3, 1)),)}, ("H5.free", PASS)),
        ("H8", {}, ("H8.none", PASS)),
        ("H8", {"spouse_is_nominated": True}, ("H8.nominated", BLOCK)),
        ("H8", {"spouse_is_in_village": True}, ("H8.in_village", BLOCK)),
        ("H9a", {"born_on": DAY(1981, 3, 2)}, ("H9a.age", PASS)),
        ("H9a", {"born_on": DAY(1981, 3, 1)}, ("H9a.age", BLOCK)),
        ("H9a", {"rank": "122", "born_on": DAY(1976, 3, 2)}, ("H9a.age", PASS)),
        ("H9a", {"rank": "", "born_on": DAY(1986, 3, 1)}, ("H9a.age", BLOCK)),
        ("H9b", {}, ("H9b.education", PASS)),
        ("H9b", {"education": "31"}, ("H9b.education", BLOCK)),
        ("H9b", {"education": ""}, ("H9b.unknown", WARN)),
        ("H9b", {"education": "90"}, ("H9b.unknown", WARN)),
        ("H10", {}, ("H10.good", PASS)),
        (
            "H10",
            {"grades": ((2023, "incompetent"), (2025, "competent"), (2024, "competent"))},
            ("H10.good", PASS),
        ),
        ("H10", {"grades": ((2025, "competent"), (2024, "basically_competent"))}, ("H10.grade", BLOCK)),
        ("H10", {"grades": ((2025, "none"), (2024, "competent"))}, ("H10.grade", WARN)),
        ("H10", {"grades": ((2025, "competent"),)}, ("H10.missing", WARN)),
        ("H10", {"grades": ()}, ("H10.missing", WARN)),
        ("H10", {"grades": ((2023, "competent"), (2022, "competent"))}, ("H10.outdated", WARN)),
        ("H11a", {}, ("H11a.member", PASS)),
        ("H11a", {"is_party_member": False}, ("H11a.not_member", BLOCK)),
        ("H11b", {"started_work_on": DAY(2025, 3, 1)}, ("H11b.years", PASS)),
        ("H11b", {"started_work_on": DAY(2025, 3, 2)}, ("H11b.years", BLOCK)),
        ("H11b", {"started_work_on": None}, ("H11b.unknown", WARN)),
        ("H11c", {}, ("H11c.allowed", PASS)),
        ("H11c", {"occupation": "school_teacher"}, ("H11c.left_out", BLOCK)),
        ("H12", {"retires_on": DAY(2029, 3, 1)}, ("H12.retires", PASS)),
        ("H12", {"retires_on": DAY(2029, 2, 1)}, ("H12.retires", BLOCK)),
        ("H12", {"retires_on": None}, ("H12.unknown", WARN)),
    ],
)
def test_person_rule(rule: str, facts: dict[str, Any], expected: tuple[str, Result]) -> None:
    assert result_of(rule, facts) == expected


def test_warning_mode_never_blocks() -> None:
    assert result_of("H4", {"is_under_investigation": True}, Mode.WARN) == ("H4.investigation", WARN)


def test_no_grades_asked_passes() -> None:
    assert result_of("H10", {"grades": ()}, n_grades=0) == ("H10.good", PASS)


def test_unknown_least_education_asks_nothing() -> None:
    assert result_of("H9b", {"education": "31"}, least_education="") == ("H9b.education", PASS)


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (DAY(2029, 3, 1), ("H6.fits", PASS, 24)),
        (DAY(2029, 3, 2), ("H6.too_long", WARN, 25)),
        (DAY(2030, 3, 1), ("H6.too_long", WARN, 36)),
        (DAY(2030, 3, 2), ("H6.beyond_limit", BLOCK, 37)),
        (DAY(2027, 8, 31), ("H6.too_short", WARN, 5)),
        (DAY(2027, 9, 1), ("H6.fits", PASS, 6)),
    ],
)
def test_term_is_measured_in_months(ends_on: dt.date, expected: tuple[str, Result, int]) -> None:
    term = dataclasses.replace(TERM, ends_on=ends_on)
    (finding,) = check_eligibility([person()], [], term, only("H6", Mode.WARN))
    assert (finding.fact, finding.result, finding.values["months"]) == expected


def test_spouses_matter_only_where_villages_are_offered() -> None:
    (finding,) = check_eligibility([person(spouse_is_nominated=True)], [post()], TERM, only("H8"))
    assert finding.result is PASS


def test_penalty_that_ends_last_is_named() -> None:
    penalties = (
        Period("removal", DAY(2026, 1, 1), DAY(2028, 1, 1)),
        Period("warning", DAY(2026, 10, 1), DAY(2027, 4, 1)),
    )
    (finding,) = check_eligibility([person(penalties=penalties)], [], TERM, only("H4"))
    assert finding.values == {"kind": "removal", "until": DAY(2027, 12, 31)}


@pytest.mark.parametrize(
    ("rank", "group"),
    [
        ("101", "bureau"),
        ("122", "bureau"),
        ("222", "bureau"),
        ("131", "county"),
        ("232", "county"),
        ("141", "township"),
        ("", "township"),
        ("411", "township"),
    ],
)
def test_rank_groups(rank: str, group: str) -> None:
    assert rank_group(rank) == group


def test_levels_order_education_and_titles() -> None:
    codes = ["11", "14", "21", "31", "41", "61"]
    assert [education_level(code) for code in codes] == [0, 1, 2, 3, 4, 6]
    assert [title_level(code) for code in ("411", "412", "420", "430", "", "132")] == [1, 2, 3, 4, None, None]
