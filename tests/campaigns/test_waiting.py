"""Campaigns that wait for their owner: the number in the top bar is that of the lines."""

import datetime as dt

import pytest
from tests.makers import ON, make_campaign, make_quota, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState
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
        with django_assert_num_queries(6):  # obligations, and what the rooms of the department name, one each
            waiting_for(user, ON)
        with django_assert_num_queries(6):
            count_waiting(user, ON)
