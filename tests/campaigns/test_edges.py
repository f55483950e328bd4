"""Days, ranks and places at their edges, and both sides of what is taken instead of a missing fact."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from tests.campaigns.builders import AT, Scene, make_scene
from tests.makers import (
    ON,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_post,
    make_programme_version,
    make_region,
    make_unit,
)

from secondment.algorithms.eligibility import PostFacts
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.forms.quotas import QuotaForm
from secondment.campaigns.models import Campaign
from secondment.campaigns.services import nominate, open_campaign
from secondment.campaigns.services.nominations import NominationsClosedError
from secondment.campaigns.services.transitions import WindowOverError
from secondment.campaigns.snapshot import take_snapshot
from secondment.matching.weights import weights_of
from secondment.people.models import FamilyFirm, FamilyMember, Person
from secondment.units.models import Unit

FIRST, LAST, DAY = dt.date(2026, 11, 1), dt.date(2026, 12, 31), dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene(nominations_from=FIRST, nominations_until=LAST)


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        (FIRST - DAY, False),
        (FIRST, True),
        (FIRST + DAY, True),
        (LAST - DAY, True),
        (LAST, True),
        (LAST + DAY, False),
    ],
)
def test_nominations_are_taken_from_the_first_to_the_last_day(
    scene: Scene, on: dt.date, is_open: bool
) -> None:
    def try_it() -> None:
        nominate(scene.campaign, [scene.person()], reason="推荐", by=scene.home_user, on=on, at=AT)

    if is_open:
        try_it()
    else:
        with pytest.raises(NominationsClosedError):
            try_it()
    assert scene.campaign.nominations.count() == int(is_open)


@pytest.mark.parametrize(("on", "is_over"), [(LAST - DAY, False), (LAST, False), (LAST + DAY, True)])
def test_a_campaign_opens_until_the_last_day_of_nominations(on: dt.date, is_over: bool) -> None:
    scene = make_scene(state=CampaignState.DRAFT, nominations_from=FIRST, nominations_until=LAST)
    if is_over:
        with pytest.raises(WindowOverError):
            open_campaign(scene.campaign, by=scene.owner, on=on, at=AT)
    else:
        open_campaign(scene.campaign, by=scene.owner, on=on, at=AT)
    scene.campaign.refresh_from_db()
    assert scene.campaign.state == (CampaignState.DRAFT if is_over else CampaignState.OPEN)


def facts_of(campaign: Campaign) -> list[PostFacts]:
    return take_snapshot(campaign, Person.objects.none(), on=ON).posts


@pytest.mark.parametrize(
    ("rank", "is_principal", "is_leading"),
    [
        ("101", False, True),
        ("112", False, True),
        ("122", False, True),
        ("131", False, True),
        ("132", False, True),
        ("141", False, True),
        ("142", False, True),
        ("150", False, False),
        ("160", False, False),
        ("241", False, False),
        ("", False, False),
        ("150", True, True),
        ("", True, True),
    ],
)
def test_leading_posts_reach_down_to_the_township(rank: str, is_principal: bool, is_leading: bool) -> None:
    campaign = make_campaign()
    make_campaign_post(campaign, make_post(rank=rank, is_principal=is_principal))
    (post,) = facts_of(campaign)
    assert post.is_leading == is_leading


def test_a_post_stands_in_its_own_region_else_in_that_of_its_unit() -> None:
    city = make_region("1101", "市辖区")
    county, other = make_region("110111", "房山区", city), make_region("110112", "通州区", city)
    unit, nowhere, campaign = make_unit(region=county), make_unit(), make_campaign()
    for post in (make_post(unit, region=other), make_post(unit), make_post(nowhere)):
        make_campaign_post(campaign, post)
    assert [post.region for post in facts_of(campaign)] == ["110112", "110111", ""]


def test_a_relative_works_where_it_is_said_else_where_the_linked_person_does() -> None:
    campaign, said, linked = make_campaign(), make_unit(), make_unit()
    person, relative = make_person(), make_person(linked)
    rows = ((said, relative), (said, None), (None, relative), (None, None))
    for number, (unit, known) in enumerate(rows):
        FamilyMember.objects.create(
            person=person,
            position=number,
            title=f"亲属{number}",
            name="某某",
            kinship="lineal",
            unit=unit,
            relative=known,
        )
    make_nomination(campaign, person)
    people = Person.objects.filter(pk=person.pk)
    (facts,) = take_snapshot(campaign, people, on=ON).people
    assert sorted(kin.unit for kin in facts.kin) == sorted([said.pk, said.pk, linked.pk])


def test_a_campaign_weighs_as_it_says_else_as_its_programme_else_as_usual() -> None:
    version = make_programme_version({"weights": {"growth": 7}})
    own = make_campaign(weights={"rank": 3}, programme_version=version)
    assert (weights_of(own)["rank"], weights_of(own)["growth"]) == (3, 0)
    programmes = make_campaign(weights={}, programme_version=version)
    assert (weights_of(programmes)["rank"], weights_of(programmes)["growth"]) == (0, 7)
    usual = make_campaign(weights={})
    assert (weights_of(usual)["specialty"], weights_of(usual)["growth"]) == (25, 15)


def test_places_of_people_and_firms_may_be_unknown() -> None:
    county, other = make_region("110111", "房山区"), make_region("130102", "长安区")
    known, unknown = make_person(growth_region=county, native_region=other), make_person()
    for person, region in ((known, county), (unknown, None)):
        FamilyFirm.objects.create(
            person=person, runner="配偶", name="示例公司", industry="health", region=region
        )
    people = Person.objects.filter(pk__in=[known.pk, unknown.pk])
    found = take_snapshot(make_campaign(), people, on=ON).people
    assert [(one.growth_region, one.native_region, one.firms[0].region) for one in found] == [
        ("110111", "130102", "110111"),
        ("", "", ""),
    ]


@pytest.mark.parametrize(("typed", "n_asked"), [("", 0), ("0", 0), ("3", 3)])
def test_a_unit_without_a_number_is_given_no_places(scene: Scene, typed: str, n_asked: int) -> None:
    added = make_unit("新局", scene.root)
    data = {f"asked-{scene.home.pk}": "1", "units": [added.pk], "n_asked": typed}
    units = Unit.objects.filter(pk__in=[added.pk, scene.home.pk])
    form = QuotaForm(data, quotas=[scene.quota], units=units)
    assert form.is_valid(), form.errors
    assert [line.n_asked for line in form.lines() if line.home_unit == added] == [n_asked]


def test_an_order_of_candidates_is_kept_for_the_version_that_was_seen(signed_in: Any) -> None:
    scene = make_scene(state=CampaignState.REVIEW, candidates_shared_on=ON)
    liked, post = scene.nomination(checked_at=AT), scene.posts[0]
    client, address = signed_in(scene.host_user), reverse("campaigns:candidates", args=[post.pk])
    outdated = client.post(address, {"ranked": [liked.pk], "version": post.version + 1})
    assert (outdated.status_code, post.host_preferences.count()) == (409, 0)
    assert client.post(address, {"ranked": [liked.pk], "version": post.version}).status_code == 302
    assert client.post(address, {"ranked": [liked.pk]}).status_code == 302
    assert post.host_preferences.get().nomination == liked


@pytest.mark.parametrize(
    ("answered_on", "shown", "other"), [(ON, "2026-11-23", "未答复"), (None, "未答复", "2026-11-23")]
)
def test_a_page_says_when_the_person_answered(
    scene: Scene, signed_in: Any, answered_on: dt.date | None, shown: str, other: str
) -> None:
    nomination = scene.nomination(answered_on=answered_on)
    address = reverse("campaigns:nomination_detail", args=[nomination.pk])
    text = signed_in(scene.owner).get(address).content.decode()
    line = text.partition("本人答复")[2].partition("</dd>")[0]
    assert shown in line
    assert other not in line
