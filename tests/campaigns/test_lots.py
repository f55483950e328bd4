"""Lot numbers: drawn once from what is public, kept through corrections, and filled in for rows from before."""

from importlib import import_module

import pytest
from django.apps import apps
from tests.makers import make_campaign_post, make_nomination

from secondment.campaigns.lots import lot_of_person, lot_of_post
from secondment.campaigns.models import CampaignPost, Nomination

pytestmark = pytest.mark.django_db
draw_lots = import_module("secondment.campaigns.migrations.0012_lots_of_rows_before").draw_lots


def test_a_number_depends_on_public_facts_alone() -> None:
    one = make_nomination()
    number = lot_of_person(one.campaign, one.home_unit, one.person)
    assert len(number) == 8
    assert number.isdigit()
    assert number == lot_of_person(one.campaign, one.home_unit, one.person)
    one.person.name = "改名后"
    assert number != lot_of_person(one.campaign, one.home_unit, one.person)
    post = make_campaign_post(one.campaign)
    assert lot_of_post(one.campaign, post.post) != number


def test_rows_from_before_get_the_number_they_would_have_got() -> None:
    one = make_nomination()
    post = make_campaign_post(one.campaign)
    kept = make_nomination(one.campaign)
    Nomination.objects.filter(pk=kept.pk).update(lot="00000007")
    draw_lots(apps, None)
    assert Nomination.objects.get(pk=one.pk).lot == lot_of_person(one.campaign, one.home_unit, one.person)
    assert CampaignPost.objects.get(pk=post.pk).lot == lot_of_post(one.campaign, post.post)
    assert Nomination.objects.get(pk=kept.pk).lot == "00000007"
