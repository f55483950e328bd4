"""A unit with people, posts, nominees or placements is closed only after these were named."""

import datetime as dt

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.common.dependents import DependentsError, dependents_of
from secondment.directory.services import close_unit
from secondment.units.models import Unit
from tests.makers import (
    AT,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_placement,
    make_post,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def unit():
    return make_unit("甲村", make_unit("示例市"))


@pytest.fixture
def keeper(unit):
    return make_user(Role.ORGANISATION_DEPARTMENT, unit.parent)


def texts(unit: Unit) -> list[str]:
    return [one.text for one in dependents_of(unit, TODAY)]


def test_everything_that_hangs_on_a_unit_is_counted(unit) -> None:
    person = make_person(unit)
    make_person(unit, state="left")
    post = make_post(unit)
    campaign = make_campaign(name="第一批")
    make_nomination(campaign, person)
    make_campaign_post(campaign, post)
    make_placement(make_campaign(), person, make_post(), state="in_post")
    make_placement(make_campaign(), None, post, state="decided")
    assert sorted(texts(unit)) == sorted(
        [
            "在职干部 1 人",
            "期限未满的岗位需求 1 个",
            "“第一批”中推荐的 1 人",
            "“第一批”中的 1 个岗位",
            "派出在外的挂职干部 1 人",
            "接收的挂职干部 1 人",
        ]
    )


@pytest.mark.parametrize(
    ("ends_on", "hangs"),
    [(TODAY, False), (TODAY + dt.timedelta(days=1), True), (TODAY - dt.timedelta(days=1), False)],
)
def test_a_demand_hangs_until_its_last_day(unit, ends_on, hangs) -> None:
    make_post(unit, starts_on=dt.date(2020, 1, 1), ends_on=ends_on)
    assert bool(texts(unit)) is hangs


def test_what_is_over_does_not_hang(unit) -> None:
    make_post(unit, state="withdrawn")
    make_placement(make_campaign(), make_person(unit, state="retired"), make_post(), state="ended")
    assert texts(unit) == []


def test_closing_asks_and_takes_a_yes(unit, keeper) -> None:
    make_person(unit)
    with pytest.raises(DependentsError, match="甲村尚有未办结事项：在职干部 1 人"):
        close_unit(unit, reason="撤并", by=keeper, at=AT)
    assert Unit.objects.get(pk=unit.pk).is_active
    assert not close_unit(unit, reason="撤并", by=keeper, at=AT, is_confirmed=True).is_active


def test_the_page_lists_it_and_asks(unit, keeper, signed_in) -> None:
    client, address = signed_in(keeper), reverse("directory:unit_close", args=[unit.pk])
    make_person(unit)
    page = client.post(address, {"reason": "撤并"}).content.decode()
    assert "在职干部 1 人" in page
    assert 'value="撤并"' in page
    assert Unit.objects.get(pk=unit.pk).is_active
    assert client.post(address, {"reason": "撤并", "is_confirmed": "1"}).status_code == 302
    assert not Unit.objects.get(pk=unit.pk).is_active
