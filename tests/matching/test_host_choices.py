"""Several hosts choose one person: who, at which rank, and what it means for any plan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.matching.host_choices import (
    HostConflicts,
    chosen_people,
    conflicts_of,
    hosts_text,
    plan_text,
    without_text,
)
from tests.matching.campaigns import host_wish, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    """东 names 赵甲, 孙丙; 西 names 孙丙 first; 南 names 赵甲 first, 李丁 second."""
    made = make_matched()
    host_wish(made, 0, 2, 2)
    host_wish(made, 2, 0, 1)
    host_wish(made, 2, 3, 2)
    return made


@pytest.fixture
def proposal(matched, django_capture_on_commit_callbacks):
    return run_now(matched, django_capture_on_commit_callbacks)


def test_a_person_named_first_by_two_hosts_disappoints_one(matched) -> None:
    assert conflicts_of(matched.campaign) == HostConflicts(3, 2, 1, 1)
    matched.campaign.nominations.filter(pk=matched.people[0].pk).update(state="withdrawn")
    assert conflicts_of(matched.campaign) == HostConflicts(2, 1, 0, 0)


def test_each_person_is_shown_with_hosts_wishes_and_place(matched, proposal) -> None:
    rows = {str(one): one for one in chosen_people(matched.campaign, proposal)}
    assert set(rows) == {"赵甲", "孙丙", "李丁"}
    first = rows["赵甲"]
    assert (first.n_hosts, first.n_first) == (2, 2)
    assert hosts_text(first) == "东村 第一书记（第 1，本人第 1 志愿）；南村 第一书记（第 1）"
    assert plan_text(first) == "东村 第一书记（选为第 1）"
    assert without_text(first) == "南村 第一书记"
    assert (rows["孙丙"].n_hosts, rows["孙丙"].n_first) == (2, 1)
    assert without_text(rows["孙丙"]) == "东村 第一书记"


def test_without_a_plan_nobody_is_placed_and_a_post_may_not_have_chosen(matched, proposal) -> None:
    (row,) = chosen_people(matched.campaign, None).filter(pk=matched.people[3].pk)
    assert (plan_text(row), without_text(row)) == ("尚无方案", "")
    proposal.pairs.all().delete()
    (row,) = chosen_people(matched.campaign, proposal).filter(pk=matched.people[3].pk)
    assert (plan_text(row), without_text(row)) == ("未安排", "南村 第一书记")
    proposal.pairs.create(
        nomination=matched.people[3], campaign_post=matched.posts[1], score=0.5, components={}
    )
    (row,) = chosen_people(matched.campaign, proposal).filter(pk=matched.people[3].pk)
    assert plan_text(row) == "西村 第一书记（未选此人）"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"赵甲", "孙丙", "李丁"}),
        ({"chosen": "several"}, {"赵甲", "孙丙"}),
        ({"chosen": "first"}, {"赵甲"}),
        ({"chosen": "one"}, {"李丁"}),
        ({"q": "西村"}, {"孙丙"}),
        ({"q": "丁"}, {"李丁"}),
        ({"q": "甲厅"}, {"赵甲", "孙丙"}),
    ],
)
def test_the_list_is_narrowed_and_counts_stay_whole(matched, client, asked, found) -> None:
    client.force_login(matched.by)
    address = reverse("matching:host_choice_list", args=[matched.campaign.pk])
    listing = client.get(address, asked).context["listing"]
    assert {str(one) for one in listing.page.object_list} == found
    if asked == {"q": "西村"}:
        assert [one.n_hosts for one in listing.page.object_list] == [2]


def test_the_page_says_what_follows_and_is_exported(matched, proposal, client) -> None:
    client.force_login(matched.by)
    address = reverse("matching:host_choice_list", args=[matched.campaign.pk])
    page = text_of(client.get(address))
    assert "至少 1 个岗位得不到第一意向的人选" in page
    assert "权重为 40" in page
    assert client.get(address, {"export": "xlsx"})["Content-Type"].endswith("sheet")
    matched.campaign.nominations.update(state="withdrawn")
    assert "没有接收单位意向" in text_of(client.get(address))


def test_the_list_asks_as_often_for_one_as_for_many(
    matched, proposal, client, django_assert_num_queries
) -> None:
    client.force_login(matched.by)
    address = reverse("matching:host_choice_list", args=[matched.campaign.pk])
    client.get(address, {"q": "丁"})
    with CaptureQueriesContext(connection) as few:
        client.get(address, {"q": "丁"})
    with django_assert_num_queries(len(few)):
        client.get(address, {"q": "村"})
