"""Lot numbers: drawn once from what is public, kept through corrections, and filled in for rows from before."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from tests.campaigns.builders import AT, make_scene
from tests.makers import make_campaign_post, make_nomination, make_post

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.lots import Lots
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.services import nominate
from secondment.campaigns.services.offers import add_posts, remove_posts

pytestmark = pytest.mark.django_db
draw_lots = import_module("secondment.campaigns.migrations.0012_lots_of_rows_before").draw_lots


def test_a_number_depends_on_public_facts_alone() -> None:
    one = make_nomination()
    number = Lots(one.campaign).of_person(one.home_unit, one.person)
    assert len(number) == 8
    assert number.isdigit()
    assert number == Lots(one.campaign).of_person(one.home_unit, one.person)
    one.person.name = "改名后"
    assert number != Lots(one.campaign).of_person(one.home_unit, one.person)
    post = make_campaign_post(one.campaign)
    assert Lots(one.campaign).of_post(post.post) != number


def test_rows_from_before_get_the_number_they_would_have_got() -> None:
    one = make_nomination()
    post = make_campaign_post(one.campaign)
    kept = make_nomination(one.campaign)
    Nomination.objects.filter(pk=kept.pk).update(lot="00000007")
    lots = Lots(one.campaign)
    expected = lots.of_person(one.home_unit, one.person), lots.of_post(post.post)
    draw_lots(apps, None)
    assert Nomination.objects.get(pk=one.pk).lot == expected[0]
    assert CampaignPost.objects.get(pk=post.pk).lot == expected[1]
    assert Nomination.objects.get(pk=kept.pk).lot == "00000007"


def test_nobody_has_the_number_of_another() -> None:
    """Two posts of a unit under one title and without a code are public under the same words."""
    scene = make_scene(CampaignState.DRAFT, n_posts=0)
    alike = [make_post(scene.host, title="书记助理", code="") for _ in range(3)]
    alone = Lots(scene.campaign).of_post(alike[0])
    add_posts(scene.campaign, alike[:2], priority=2, by=scene.owner, at=AT)
    add_posts(scene.campaign, alike[2:], priority=2, by=scene.owner, at=AT)
    numbers = list(scene.campaign.campaign_posts.order_by("pk").values_list("lot", flat=True))
    assert numbers[0] == alone
    assert len({*numbers}) == 3


def test_people_of_one_name_and_birthday_are_told_apart() -> None:
    scene = make_scene()
    twins = [scene.person(name="王伟", born_on=dt.date(1988, 5, 1)) for _ in range(2)]
    made = nominate(scene.campaign, twins, reason="熟悉农村工作", by=scene.home_user, **scene.now)
    assert len({one.lot for one in made}) == 2


def test_a_number_that_was_given_up_is_drawn_again_by_the_next() -> None:
    scene = make_scene(CampaignState.DRAFT, n_posts=0)
    first, second = (make_post(scene.host, title="书记助理", code="") for _ in range(2))
    add_posts(scene.campaign, [first], priority=2, by=scene.owner, at=AT)
    given = scene.campaign.campaign_posts.get()
    remove_posts(scene.campaign, [given], by=scene.owner, at=AT)
    add_posts(scene.campaign, [second], priority=2, by=scene.owner, at=AT)
    assert scene.campaign.campaign_posts.get().lot == given.lot
