"""Campaigns that wait for their owner or a host unit: the number in the top bar is that of the lines."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from tests.campaigns.builders import make_scene
from tests.makers import ON, make_campaign, make_campaign_post, make_post, make_quota, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import HostPreference
from secondment.campaigns.rules import may_rank_candidates
from secondment.campaigns.services import rank_candidates
from secondment.campaigns.services.notifying import owe_nominations
from secondment.obligations.waiting import count_waiting, waiting_for

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "until", "n"),
    [
        (CampaignState.DRAFT, ON, 1),
        (CampaignState.OPEN, ON, 0),
        (CampaignState.OPEN, ON - DAY, 1),
        (CampaignState.REVIEW, ON, 1),
        (CampaignState.DECIDED, ON, 1),
        (CampaignState.DISPATCHED, ON, 0),
        (CampaignState.CANCELLED, ON, 0),
    ],
)
def test_lines_and_their_number_agree(state: str, until: dt.date, n: int) -> None:
    owner = make_unit("组织部")
    make_campaign(owner, name="第一批", state=state, nominations_until=until)
    user = make_user(Role.ORGANISATION_DEPARTMENT, owner)
    stranger = make_user(Role.ORGANISATION_DEPARTMENT, make_unit("别处"))
    assert [one.unit for one in waiting_for(user, ON)] == ["组织部"] * n
    assert count_waiting(user, ON) == n
    assert (waiting_for(stranger, ON), count_waiting(stranger, ON)) == ([], 0)


@pytest.mark.parametrize(("days", "owed", "n"), [(4, True, 0), (3, True, 1), (0, True, 1), (3, False, 0)])
def test_units_that_have_not_nominated_are_to_be_reminded_before_the_end(
    days: int, owed: bool, n: int
) -> None:
    owner = make_unit("组织部")
    until = ON + days * DAY
    campaign = make_campaign(owner, name="第一批", state=CampaignState.OPEN, nominations_until=until)
    quota = make_quota(campaign, make_unit("某局"), n_asked=2)
    if owed:
        owe_nominations(quota)
    user = make_user(Role.ORGANISATION_DEPARTMENT, owner)
    assert [one.title for one in waiting_for(user, ON)] == ["催办推荐：第一批"] * n
    assert count_waiting(user, ON) == n


def test_lines_are_read_in_one_query_however_many(django_assert_num_queries) -> None:
    owner = make_unit("组织部")
    user = make_user(Role.ORGANISATION_DEPARTMENT, owner)
    for n in (1, 5):
        for _ in range(n):
            make_campaign(owner, state=CampaignState.REVIEW)
        count_waiting(user, ON)  # the account's roles are known now
        # obligations, how many rows each room names, and those of the one room that has some
        with django_assert_num_queries(3):
            waiting_for(user, ON)
        with django_assert_num_queries(1):
            count_waiting(user, ON)


@pytest.fixture
def asked():
    """Two posts of one host unit whose candidates were shown to it."""
    return make_scene(CampaignState.REVIEW, name="第一批", candidates_shared_on=ON)


def titles(user, on: dt.date = ON) -> list[str]:
    found = [one.title for one in waiting_for(user, on)]
    assert count_waiting(user, on) == len(found)
    return found


@pytest.mark.parametrize(
    ("state", "shared_on", "n"),
    [
        (CampaignState.OPEN, None, 0),
        (CampaignState.REVIEW, None, 0),
        (CampaignState.REVIEW, ON, 1),
        (CampaignState.CONSULTATION, ON, 0),  # the department has closed the review
        (CampaignState.CANCELLED, ON, 0),
    ],
)
def test_a_host_unit_is_asked_from_the_day_it_sees_candidates_until_the_review_closes(
    state: str, shared_on: dt.date | None, n: int
) -> None:
    scene = make_scene(state, name="第一批", candidates_shared_on=shared_on)
    assert titles(scene.host_user) == ["填报对人选的意向：第一批，2 个岗位"] * n
    assert may_rank_candidates(scene.host_user, scene.posts[0]) is bool(n)
    assert titles(scene.home_user) == []
    assert titles(make_user(Role.HOST_UNIT, make_unit("别村"))) == []


def test_an_answer_takes_a_post_off_the_list_even_if_it_names_nobody(asked) -> None:
    nomination, (first, second) = asked.nomination(), asked.posts
    (line,) = waiting_for(asked.host_user, ON)
    assert line.path == reverse("campaigns:campaign_detail", args=[asked.campaign.pk])
    assert (line.unit, line.basis) == ("示例村", "组织部门于 2026-11-23 提供人选")
    assert rank_candidates(first, [nomination], by=asked.host_user, **asked.now) == 1
    (line,) = waiting_for(asked.host_user, ON)
    assert line.title == "填报对人选的意向：第一批，1 个岗位"
    assert line.path == reverse("campaigns:candidates", args=[second.pk])
    assert rank_candidates(second, [], by=asked.host_user, **asked.now) == 0
    assert titles(asked.host_user) == []
    second.refresh_from_db()
    assert second.host_answered_on == ON


def test_an_order_kept_before_answers_had_a_day_is_an_answer(asked) -> None:
    first, second = asked.posts
    HostPreference.objects.create(campaign_post=first, nomination=asked.nomination(), rank=1)
    assert titles(asked.host_user) == ["填报对人选的意向：第一批，1 个岗位"]
    HostPreference.objects.create(campaign_post=second, nomination=asked.nomination(), rank=1)
    assert titles(asked.host_user) == []


def test_several_host_units_of_an_account_are_one_line(asked) -> None:
    make_campaign_post(asked.campaign, make_post(make_unit("东村", asked.root)))
    clerk = make_user(Role.HOST_UNIT, asked.root)
    (line,) = waiting_for(clerk, ON)
    assert (line.title, line.unit) == ("填报对人选的意向：第一批，3 个岗位", "2 个单位")


def test_a_host_unit_may_leave_the_choice_to_the_department(asked, signed_in) -> None:
    client, address = signed_in(asked.host_user), reverse("campaigns:candidates", args=[asked.posts[0].pk])
    assert "没有特别意向，由组织部门安排" in text_of(client.get(address))
    version = asked.posts[0].version
    assert "已答复：没有特别意向" in text_of(client.post(address, {"version": version}, follow=True))
    text = text_of(client.get(address))
    assert re.search(r"接收单位已于 \d{4}-\d\d-\d\d 答复：没有特别意向，由组织部门安排。", text)
    assert len(titles(asked.host_user)) == 1  # the other post
