"""A campaign begun as another one was: what comes along, what does not, and what is said about it."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from tests.campaigns.builders import AT, Scene, make_scene
from tests.makers import make_post, make_quota, make_unit
from tests.pages import text_of

from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.services.campaigns import SameNameError, change_campaign
from secondment.campaigns.services.copying import copy_campaign, draft_of
from secondment.common.errors import NotAllowedError
from secondment.matching.models import SideRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    made = make_scene(state=CampaignState.DISPATCHED, name="2027年第一批")
    made.campaign.weights, made.campaign.ends_on = {"specialty": 30}, dt.date(2028, 3, 1)
    made.campaign.save()
    for one in made.posts:
        one.post.ends_on = made.campaign.ends_on
        one.post.save()
    return made


def copy(scene: Scene, **who):
    return copy_campaign(
        scene.campaign,
        draft_of(scene.campaign),
        programme_version=scene.campaign.programme_version,
        by=who.get("by", scene.owner),
        at=AT,
    )


def renewed(scene: Scene, index: int, **fields):
    """The demand of the same unit and title for the term a year later."""
    old = scene.posts[index].post
    return make_post(
        old.host_unit,
        title=old.title,
        starts_on=dt.date(2028, 3, 1),
        ends_on=dt.date(2029, 3, 1),
        **fields,
    )


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (dt.date(2027, 3, 1), dt.date(2028, 3, 1)),
        (dt.date(2028, 2, 29), dt.date(2029, 2, 28)),
        (dt.date(2027, 2, 28), dt.date(2028, 2, 28)),
    ],
)
def test_days_are_those_of_the_next_year(scene: Scene, day: dt.date, later: dt.date) -> None:
    scene.campaign.nominations_from = day
    assert draft_of(scene.campaign).nominations_from == later


def test_what_the_source_says_comes_along(scene: Scene) -> None:
    draft = draft_of(scene.campaign)
    assert draft.name == "2028年第一批"
    assert (draft.starts_on, draft.ends_on) == (dt.date(2028, 3, 1), dt.date(2029, 3, 1))
    assert draft.plan_number == ""
    renewed(scene, 0)
    renewed(scene, 1)
    scene.posts[0].priority, scene.posts[0].team = 1, "第1组"
    scene.posts[0].save()
    scene.quota.release_cap = 2
    scene.quota.save()
    found = copy(scene)
    made = found.campaign
    assert (made.state, made.weights, made.owner_unit) == ("draft", {"specialty": 30}, scene.root)
    assert (found.n_posts, found.n_quotas, found.not_copied) == (2, 1, ())
    rows = made.campaign_posts.order_by("pk").values_list("priority", "team")
    assert list(rows) == [(1, "第1组"), (2, "")]
    assert list(made.quotas.values_list("home_unit", "n_asked", "release_cap")) == [(scene.home.pk, 3, 2)]
    assert made.nominations.count() == 0
    old = {one.lot for one in scene.posts}
    new = set(made.campaign_posts.values_list("lot", flat=True))
    assert len(new) == 2
    assert "" not in new
    assert not new & old  # another campaign, another draw
    assert AuditEvent.objects.get(action="campaign.copy").details == {
        "posts": 2,
        "units": 1,
        "not_copied": 0,
    }


def test_posts_without_a_new_demand_and_closed_units_are_named(scene: Scene) -> None:
    renewed(scene, 0)
    closed = make_unit("撤并局", scene.root, is_active=False)
    make_quota(scene.campaign, closed, n_asked=1)
    found = copy(scene)
    assert (found.n_posts, found.n_quotas) == (1, 1)
    assert [(one.what, one.why) for one in found.not_copied] == [
        ("撤并局的名额", "单位已停用"),
        (str(scene.posts[1].post), "没有该单位同一职务、期限相符且已审核的新需求"),
    ]


@pytest.mark.parametrize(
    ("ends_on", "later"),
    [
        (dt.date(2028, 2, 29), dt.date(2029, 3, 1)),  # the last day is the 28th
        (dt.date(2028, 3, 1), dt.date(2029, 3, 1)),
        (dt.date(2027, 3, 1), dt.date(2028, 3, 1)),
        (dt.date(2027, 2, 28), dt.date(2028, 2, 28)),
    ],
)
def test_the_last_day_of_a_term_stays_that_day(scene: Scene, ends_on: dt.date, later: dt.date) -> None:
    scene.campaign.ends_on = ends_on
    assert draft_of(scene.campaign).ends_on == later


def test_side_rules_that_name_nobody_come_along(scene: Scene) -> None:
    for kind, values in (
        ("region_share", {"attribute": "women", "least": 20}),
        ("couple_together", {"people": [1]}),
    ):
        SideRule.objects.create(
            campaign=scene.campaign, kind=kind, values=values, created_by=scene.owner, created_at=AT
        )
    found = copy(scene)
    assert list(found.campaign.side_rules.values_list("values", flat=True)) == [
        {"attribute": "women", "least": 20}
    ]
    assert found.not_copied[-1].why == "涉及具体人选或岗位，请在匹配页重新设定"


def test_only_the_owner_copies(scene: Scene) -> None:
    with pytest.raises(NotAllowedError):
        copy(scene, by=scene.leader)
    assert Campaign.objects.count() == 1


class TestOnce:
    def test_the_second_copy_is_led_to_the_first(self, scene: Scene, signed_in) -> None:
        made = copy(scene).campaign
        with pytest.raises(SameNameError, match="已有同名批次“2028年第一批”，没有重复建立") as refused:
            copy(scene)
        assert refused.value.way[1] == reverse("campaigns:campaign_detail", args=[made.pk])
        assert Campaign.objects.count() == 2
        client = signed_in(scene.owner)
        address = reverse("campaigns:campaign_copy", args=[scene.campaign.pk])
        initial = client.get(address).context["form"].initial
        sent = {name: value for name, value in initial.items() if value != ""}
        page = client.post(address, sent)
        assert "已有同名批次" in page.context["form"].errors["name"][0]
        assert reverse("campaigns:campaign_detail", args=[made.pk]) in page.content.decode()

    def test_another_unit_a_cancelled_one_and_the_own_name_are_no_obstacle(self, scene: Scene) -> None:
        made = copy(scene).campaign
        Campaign.objects.filter(pk=made.pk).update(owner_unit=scene.home)
        again = copy(scene).campaign
        Campaign.objects.filter(pk=again.pk).update(state=CampaignState.CANCELLED)
        last = copy(scene).campaign
        draft = replace(draft_of(scene.campaign), purpose_text="另有说明")
        change_campaign(last, draft, version=last.version, by=scene.owner, at=AT)
        draft = replace(draft, name=scene.campaign.name)
        with pytest.raises(SameNameError):
            change_campaign(last, draft, version=last.version + 1, by=scene.owner, at=AT)


class TestPage:
    def address(self, scene: Scene) -> str:
        return reverse("campaigns:campaign_copy", args=[scene.campaign.pk])

    def test_the_form_is_filled_and_its_result_is_told(self, scene: Scene, signed_in) -> None:
        client = signed_in(scene.owner)
        page = client.get(self.address(scene))
        assert "照“2027年第一批”新建" in text_of(page)
        initial = page.context["form"].initial
        assert (initial["starts_on"], initial["last_day"]) == (dt.date(2028, 3, 1), dt.date(2029, 2, 28))
        sent = {name: value for name, value in initial.items() if value != ""}
        told = text_of(client.post(self.address(scene), sent, follow=True))
        assert "已复制：岗位 0 个、名额 1 个单位" in told
        assert "2 项未复制" in told
        assert "原因：没有该单位同一职务、期限相符且已审核的新需求。" in told

    def test_faults_stand_at_their_field(self, scene: Scene, signed_in) -> None:
        client = signed_in(scene.owner)
        initial = client.get(self.address(scene)).context["form"].initial
        sent = {name: value for name, value in initial.items() if value != ""} | {"last_day": "2040-01-01"}
        form = client.post(self.address(scene), sent).context["form"]
        assert list(form.errors) == ["last_day"]

    def test_others_do_not_reach_it(self, scene: Scene, signed_in) -> None:
        assert signed_in(scene.leader).get(self.address(scene)).status_code == 403
        assert signed_in(scene.stranger).get(self.address(scene)).status_code == 404
