"""One person nominated in two campaigns: both are warned, neither is stopped before the decision."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.campaigns.builders import ON, make_scene
from tests.makers import CHECKED, make_campaign, make_nomination, make_user

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.lists import check_result
from secondment.campaigns.models import Nomination
from secondment.campaigns.queries import nominations_with_figures, nominee_counts, other_nominations

pytestmark = pytest.mark.django_db
START, END = dt.date(2027, 3, 1), dt.date(2029, 3, 1)


def words(nomination) -> str:
    return check_result(nominations_with_figures(Nomination.objects.filter(pk=nomination.pk)).get())[0]


def n_elsewhere(row) -> int:
    return nominee_counts(row.campaign)["n_elsewhere"]


def twice(scene, **campaign):
    first = scene.nomination(**CHECKED)
    other = make_campaign(name="第二批", **campaign)
    return first, make_nomination(other, first.person, **CHECKED)


class TestWarning:
    def test_both_campaigns_see_it(self, signed_in) -> None:
        scene = make_scene(CampaignState.REVIEW)
        first, second = twice(scene)
        assert (words(first), words(second)) == ("另有推荐", "另有推荐")
        assert (n_elsewhere(scene), n_elsewhere(second)) == (1, 1)
        owner = make_user(Role.ORGANISATION_DEPARTMENT, second.campaign.owner_unit)
        for nomination, user, name in ((first, scene.owner, "第二批"), (second, owner, scene.campaign.name)):
            client = signed_in(user)
            page = client.get(reverse("campaigns:nomination_detail", args=[nomination.pk])).content.decode()
            assert f"同时被推荐参加“{name}”（2027-03-01至2029-02-28" in page
            page = client.get(reverse("campaigns:campaign_detail", args=[nomination.campaign_id]))
            assert "1 名人选同时被推荐到期限重叠的其他批次" in page.content.decode()
            rows = client.get(
                reverse("campaigns:nomination_list", args=[nomination.campaign_id]), {"result": "elsewhere"}
            )
            assert [row.item.pk for row in rows.context["listing"].rows()] == [nomination.pk]

    @pytest.mark.parametrize(
        ("term", "is_warned"),
        [
            ((dt.date(2025, 3, 1), START), False),
            ((dt.date(2025, 3, 1), START + dt.timedelta(days=1)), True),
            ((END - dt.timedelta(days=1), dt.date(2031, 3, 1)), True),
            ((END, dt.date(2031, 3, 1)), False),
        ],
    )
    def test_only_terms_that_overlap(self, term, is_warned) -> None:
        scene = make_scene(CampaignState.REVIEW)
        first, second = twice(scene, starts_on=term[0], ends_on=term[1])
        assert (words(first), words(second)) == (("另有推荐",) * 2 if is_warned else ("符合",) * 2)
        assert n_elsewhere(scene) == is_warned
        assert other_nominations(scene.campaign, [first.person_id]).exists() is is_warned

    @pytest.mark.parametrize("state", ["decided", "dispatched", "cancelled"])
    def test_a_campaign_that_is_decided_or_called_off_warns_nobody(self, state) -> None:
        scene = make_scene(CampaignState.REVIEW)
        first, second = twice(scene, state=state)
        assert (words(first), words(second)) == ("符合", "符合")

    def test_a_withdrawn_nomination_warns_nobody(self, signed_in) -> None:
        scene = make_scene(CampaignState.REVIEW)
        first, second = twice(scene)
        Nomination.objects.filter(pk=second.pk).update(state="withdrawn")
        assert (words(first), words(Nomination.objects.get(pk=second.pk))) == ("符合", "已撤回")
        owner = make_user(Role.ORGANISATION_DEPARTMENT, second.campaign.owner_unit)
        page = signed_in(owner).get(reverse("campaigns:nomination_detail", args=[second.pk]))
        assert "同时被推荐参加" not in page.content.decode()

    def test_it_is_said_before_the_nomination(self, signed_in) -> None:
        day = dt.timedelta(days=1)
        scene = make_scene(nominations_from=ON - day, nominations_until=ON + day)
        person = scene.person()
        make_nomination(make_campaign(name="第二批"), person)
        address = reverse("campaigns:nominate_preview", args=[scene.campaign.pk])
        page = signed_in(scene.home_user).post(address, {"selected": person.pk}).content.decode()
        assert f"{person.name}同时被推荐参加“第二批”" in page


class TestResultAfterTheDecision:
    @pytest.mark.parametrize("state", ["decided", "dispatched"])
    def test_decided_nominations_do_not_wait_for_a_check(self, state) -> None:
        scene = make_scene(state)
        checked, unchecked = scene.nomination(**CHECKED), scene.nomination()
        checked.person.version = 7
        checked.person.save()
        assert (words(checked), words(unchecked)) == ("符合", "未在系统审查")

    def test_before_the_decision_they_do(self) -> None:
        scene = make_scene(CampaignState.NOTIFICATION)
        assert words(scene.nomination()) == "待审查"

    def test_filters_agree_with_the_words(self, signed_in) -> None:
        scene = make_scene("dispatched")
        checked, _unchecked = scene.nomination(**CHECKED), scene.nomination()
        address = reverse("campaigns:nomination_list", args=[scene.campaign.pk])
        found = {
            result: [
                row.item.pk
                for row in signed_in(scene.owner).get(address, {"result": result}).context["listing"].rows()
            ]
            for result in ("stale", "passed")
        }
        assert found == {"stale": [], "passed": [checked.pk]}
