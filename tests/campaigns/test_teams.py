"""Teams of posts: numbered, formed and left until consultation, one person a post."""

import pytest
from django.urls import reverse
from tests.campaigns.builders import AT, make_scene
from tests.makers import make_campaign_post, make_post

from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import CampaignPost
from secondment.campaigns.services.offers import TeamError, form_team, leave_teams
from secondment.common.errors import NotAllowedError

pytestmark = pytest.mark.django_db


def posts_of(scene, n: int) -> list[CampaignPost]:
    return [make_campaign_post(scene.campaign, make_post(scene.host)) for _ in range(n)]


def test_teams_are_numbered_and_a_left_number_is_used_again() -> None:
    scene = make_scene(CampaignState.REVIEW)
    posts = posts_of(scene, 4)
    assert form_team(scene.campaign, posts[:2], by=scene.owner, at=AT) == "第1组"
    assert form_team(scene.campaign, posts[2:], by=scene.owner, at=AT) == "第2组"
    assert leave_teams(scene.campaign, posts[:2], by=scene.owner, at=AT) == 2
    assert leave_teams(scene.campaign, posts[:2], by=scene.owner, at=AT) == 0
    assert form_team(scene.campaign, posts, by=scene.owner, at=AT) == "第1组"
    assert set(CampaignPost.objects.filter(pk__in=[one.pk for one in posts]).values_list("team")) == {
        ("第1组",)
    }
    assert AuditEvent.objects.filter(action="campaign.form_team").count() == 5


def test_one_post_or_a_post_for_two_people_is_no_team() -> None:
    scene = make_scene()
    posts = posts_of(scene, 2)
    with pytest.raises(TeamError, match="两个岗位"):
        form_team(scene.campaign, posts[:1], by=scene.owner, at=AT)
    posts[0].post.headcount = 2
    posts[0].post.save()
    with pytest.raises(TeamError, match="每岗 1 人"):
        form_team(scene.campaign, posts, by=scene.owner, at=AT)


def test_after_the_review_teams_stay() -> None:
    scene = make_scene(CampaignState.CONSULTATION)
    with pytest.raises(NotAllowedError):
        form_team(scene.campaign, posts_of(scene, 2), by=scene.owner, at=AT)


def test_the_list_shows_teams_only_where_there_are_some(client) -> None:
    scene = make_scene(CampaignState.REVIEW)
    posts = posts_of(scene, 2)
    client.force_login(scene.owner)
    listed = reverse("campaigns:offer_list", args=[scene.campaign.pk])
    before = client.get(listed).content.decode()
    assert "编为一组" in before
    assert "设为优先" not in before  # offers are fixed under review
    selected = {"selected": [one.pk for one in posts]}
    formed = client.post(reverse("campaigns:team_form", args=[scene.campaign.pk]), selected, follow=True)
    assert "2 个岗位已编为“第1组”" in formed.content.decode()
    assert formed.content.decode().count("第1组") == 3  # the message and two rows
    left = client.post(reverse("campaigns:team_leave", args=[scene.campaign.pk]), selected, follow=True)
    assert "已将 2 个岗位移出编组" in left.content.decode()
    assert "第1组" not in left.content.decode()
