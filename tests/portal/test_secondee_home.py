"""What a person sees first: the term when there is one, else what is to be answered."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.authorisation.world import World, make_world
from tests.makers import ON, make_user

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState
from secondment.common.display import NOTHING
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.portal.homes.secondee import secondee_home


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def panels(world: World) -> list[str]:
    return [panel.key for panel in secondee_home(world.actors[Role.SECONDEE], ON).panels]


def test_a_nominee_first_sees_what_is_to_be_answered(world: World) -> None:
    Placement.objects.all().delete()
    assert panels(world) == ["todo", "nominations"]


def test_a_person_in_post_first_sees_the_term(world: World) -> None:
    Placement.objects.update(state=PlacementState.IN_POST)
    world.own.campaign.state = CampaignState.DISPATCHED
    world.own.campaign.save()
    assert panels(world) == ["term", "todo"]


def test_who_has_neither_is_told_what_will_stand_here(world: World) -> None:
    Placement.objects.all().delete()
    world.own.campaign.state = CampaignState.CANCELLED
    world.own.campaign.save()
    assert panels(world) == ["todo", "nominations", "term"]


def test_an_account_that_is_nobodys_own_says_who_can_change_that(world: World, signed_in) -> None:
    account = make_user(Role.SECONDEE, world.own.home_unit)
    assert [panel.key for panel in secondee_home(account, ON).panels] == ["term"]
    page = signed_in(account).get("/").content.decode()
    assert "该账号尚未与您的干部档案关联" in page
    assert "请告知组织部门" in page


def test_closed_preferences_are_read_and_not_typed(world: World, signed_in) -> None:
    world.own.campaign.state = CampaignState.DISPATCHED
    world.own.campaign.save()
    world.own.nomination.hardship_text = "家中老人需要照护"
    world.own.nomination.save()
    client: Client = signed_in(world.actors[Role.SECONDEE])
    page = client.get(reverse("campaigns:preferences", args=[world.own.nomination.pk])).content.decode()
    assert "志愿填报已经结束" in page
    assert "家中老人需要照护" in page
    assert "<textarea" not in page


def test_a_placement_without_trail_tells_the_days_it_knows(world: World, signed_in) -> None:
    Placement.objects.filter(pk=world.own.placement.pk).update(
        state=PlacementState.IN_POST, notice_on="2026-02-24", reported_on="2026-03-01"
    )
    client: Client = signed_in(world.actors[Role.ORGANISATION_DEPARTMENT])
    page = client.get(reverse("placements:placement_detail", args=[world.own.placement.pk])).content.decode()
    assert "印发了挂职通知" in page
    assert "集体决定后尚无办理事项" not in page


def test_an_unchecked_trail_shows_no_number_of_faults(world: World, signed_in) -> None:
    client: Client = signed_in(world.actors[Role.AUDIT_ADMINISTRATOR])
    page = client.get(reverse("portal:home")).content.decode()
    assert f'<div class="kpi-value">{NOTHING}</div>' in page


def test_a_host_unit_neither_sees_nor_sorts_by_the_file(world: World, signed_in) -> None:
    Placement.objects.update(state=PlacementState.IN_POST)
    client: Client = signed_in(world.actors[Role.HOST_UNIT])
    page = client.get(reverse("people:person_list") + "?sort=education").content.decode()
    assert world.own.person.name in page
    assert "最高学历" not in page
    assert "任现职务层次时间" not in page
