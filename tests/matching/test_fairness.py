"""Groups of a proposal beside everybody: shares with their intervals, small groups marked, what differs named."""

import datetime as dt

import numpy as np
import pytest
from django.urls import reverse

from secondment.algorithms.shares import Share
from secondment.matching.choices import GroupedBy
from secondment.matching.fairness import GroupRow, Treatment, group_rows, share_text
from secondment.people.choices import Sex
from tests.matching.campaigns import make_matched, run_now
from tests.pages import text_of


def test_wilson_by_hand() -> None:
    """Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for n, among, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        interval = Share(n, among).interval
        assert interval == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert Share(20, 20).interval[1] == 1.0
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


def test_a_share_is_apart_only_outside_its_interval() -> None:
    low, high = Share(15, 148).interval
    assert not Share(15, 148).is_apart_from(low)
    assert not Share(15, 148).is_apart_from(high)
    assert Share(15, 148).is_apart_from(high + 1e-9)
    assert Share(15, 148).is_apart_from(low - 1e-9)
    assert not Share(0, 0).is_apart_from(0.5)
    assert not Share(1, 2).is_apart_from(None)
    assert share_text(Share(15, 148)) == "10% [6, 16] 15/148"
    assert share_text(Share(0, 0)) == "—"


def treated(n: int, n_placed: int) -> Treatment:
    return Treatment(n, np.full((n_placed, 9), np.nan), np.full(n_placed, 0.5))


def test_small_groups_are_marked_and_large_ones_say_what_differs() -> None:
    everybody = treated(100, 60)
    notes = [
        GroupRow(1, GroupedBy.SEX, 1, "女", treated(n, n_placed), everybody).note
        for n, n_placed in ((9, 0), (10, 6), (10, 1))
    ]
    assert notes == ["人数少，仅供参考", "", "与全体有差别：安排率"]


@pytest.mark.django_db
def test_the_groups_of_a_proposal(
    client, django_capture_on_commit_callbacks, django_assert_num_queries
) -> None:
    matched = make_matched()
    for nomination, sex, born in zip(
        matched.people,
        (Sex.FEMALE, Sex.MALE, Sex.FEMALE, ""),
        (dt.date(1995, 1, 1), dt.date(1985, 1, 1), None, dt.date(1970, 1, 1)),
        strict=True,
    ):
        nomination.person.sex, nomination.person.born_on = sex, born
        nomination.person.save()
    proposal = run_now(matched, django_capture_on_commit_callbacks)
    with django_assert_num_queries(3):
        rows = group_rows(proposal)
    found = {(row.by, row.label): row.own for row in rows}
    assert (found[GroupedBy.ALL, "全体"].n, found[GroupedBy.ALL, "全体"].placed.n) == (4, 3)
    women = found[GroupedBy.SEX, "女"]  # 赵甲 at 东 and 孙丙 at 西: both first wishes
    assert (women.n, women.placed.n, women.first, women.wished, women.hard) == (
        2,
        2,
        Share(2, 2),
        Share(2, 2),
        Share(0, 2),
    )
    assert women.fit == 100.0
    assert {label for by, label in found if by == GroupedBy.AGE} == {
        "35 岁及以下",
        "36—45 岁",
        "46 岁及以上",
        "未填",
    }
    assert (GroupedBy.SEX, "未填") in found
    assert found[GroupedBy.UNIT, "甲厅"].placed == Share(2, 2)
    client.force_login(matched.by)
    url = reverse("matching:fairness", args=[proposal.pk])
    text = text_of(client.get(url))
    assert "全体 4 75% [30, 95] 3/4" in text
    assert "人数少，仅供参考" in text
    assert "甲厅" not in text_of(client.get(url, {"by": "sex"})).split("分组方式")[-1]
    assert client.get(url, {"export": "xlsx"}).status_code == 200
