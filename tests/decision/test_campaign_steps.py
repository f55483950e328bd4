"""The bar of a campaign and what blocks its steps, in every state, for everyone who may read it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, CampaignPost, Nomination, ProgrammeVersion
from secondment.campaigns.services.notifying import owe_nominations, owe_preferences
from secondment.campaigns.services.reminding import NobodyOwesError, remind_all
from secondment.campaigns.steps import StepKey, bar_of, blockers_of
from secondment.decision import services
from secondment.decision.choices import AfterStep, Reply
from secondment.decision.models import Consultation, PreAppointmentTalk, PublicNotification
from secondment.decision.services.consultation import REPLIES
from secondment.matching.models import Proposal
from secondment.notices.models import Notice
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from tests.makers import AT, make_placement, make_quota, make_user
from tests.pages import text_of

ON = dt.date(2026, 9, 20)
DUE = dt.date(2026, 9, 25)
DAY = dt.timedelta(days=1)


def marks(user, campaign: Campaign, here: str = "") -> str:
    """The bar as one letter a step: d(one), c(urrent), a(head)."""
    return "".join(step.state[0] for step in bar_of(user, campaign, ON, here))


def blocked(user, campaign: Campaign, on: dt.date = ON) -> list[StepKey]:
    return [one.step for one in blockers_of(user, campaign, on)]


def in_state(scene, state: CampaignState) -> Campaign:
    Campaign.objects.filter(pk=scene.campaign.pk).update(state=state)
    return Campaign.objects.get(pk=scene.campaign.pk)


@pytest.fixture
def asked(scene):
    services.start_consultation(scene.proposal, due_on=DUE, by=scene.owner, on=ON, at=AT)
    return scene


class TestBar:
    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            (CampaignState.DRAFT, "dcaaaaaaaa"),  # posts are there, quotas are not
            (CampaignState.OPEN, "dcaaaaaaaa"),
            (CampaignState.REVIEW, "dddddcaaaa"),
            (CampaignState.CONSULTATION, "ddddddcaaa"),  # nobody was asked: nothing to wait for
            (CampaignState.NOTIFICATION, "ddddddcaaa"),
            (CampaignState.DECIDED, "ddddddddca"),
            (CampaignState.DISPATCHED, "dddddddddd"),
            (CampaignState.CANCELLED, ""),
        ],
    )
    def test_steps_of_each_state(self, scene, state, expected) -> None:
        assert marks(scene.owner, in_state(scene, state)) == expected

    def test_a_programme_without_posting_has_no_such_step(self, scene) -> None:
        ProgrammeVersion.objects.update(parameters={"public_notification_workdays": 0})
        campaign = in_state(scene, CampaignState.REVIEW)
        labels = [str(step.label) for step in bar_of(scene.owner, campaign, ON)]
        assert labels == ["岗位", "名额", "推荐", "审查", "匹配", "意见", "决定", "通知", "到岗"]

    def test_matching_is_open_until_a_proposal_is_chosen(self, scene) -> None:
        Proposal.objects.update(is_chosen=False)
        assert marks(scene.owner, scene.campaign) == "ddddcaaaaa"

    def test_other_parties_learn_the_state_alone(self, scene) -> None:
        make_quota(scene.campaign, scene.home, n_asked=2)
        steps = bar_of(scene.home_clerk, scene.campaign, ON)
        assert "".join(step.state[0] for step in steps) == "dddcaaaaaa"
        assert {step.url for step in steps} == {""}
        assert blockers_of(scene.home_clerk, scene.campaign, ON) == []

    def test_pages_that_are_not_reached_have_no_link(self, scene) -> None:
        urls = [step.url for step in bar_of(scene.owner, in_state(scene, CampaignState.OPEN), ON)]
        assert [bool(url) for url in urls] == [True] * 4 + [False] * 6
        urls = [step.url for step in bar_of(scene.owner, in_state(scene, CampaignState.DECIDED), ON)]
        assert all(urls)
        assert urls[8] == reverse("placements:notices_issue", args=[scene.campaign.pk])

    def test_leaders_are_led_to_what_they_may_read(self, scene) -> None:
        leader = make_user(Role.LEADER, scene.root)
        campaign = in_state(scene, CampaignState.DISPATCHED)
        urls = [step.url for step in bar_of(leader, campaign, ON)]
        assert urls[8] == urls[9] == f"{reverse('placements:placement_list')}?campaign={campaign.pk}"

    def test_the_page_that_is_read_is_marked(self, scene, signed_in) -> None:
        here = [step.label for step in bar_of(scene.owner, scene.campaign, ON, "matching") if step.is_here]
        assert here == ["匹配"]
        page = signed_in(scene.owner).get(reverse("matching:campaign_detail", args=[scene.campaign.pk]))
        assert 'aria-current="page">匹配</a>' in page.content.decode()

    def test_every_page_of_a_campaign_shows_it(self, scene, signed_in) -> None:
        client, pk = signed_in(scene.owner), scene.campaign.pk
        names = ("campaigns:campaign_detail", "campaigns:offer_list", "campaigns:quota_list")
        names += ("campaigns:nomination_list", "campaigns:finding_list", "matching:campaign_detail")
        for name in (*names, "decision:decision_detail", "decision:consultation_start"):
            assert "campaign-bar" in client.get(reverse(name, args=[pk])).content.decode(), name


class TestBlockers:
    def test_all_that_a_draft_lacks_stands_at_once(self, scene) -> None:
        CampaignPost.objects.all().delete()
        campaign = in_state(scene, CampaignState.DRAFT)
        late = campaign.nominations_until + DAY
        assert blocked(scene.owner, campaign, late) == [
            StepKey.POSTS,
            StepKey.QUOTAS,
            StepKey.NOMINATIONS,
        ]
        assert blocked(scene.owner, campaign, campaign.nominations_until) == [StepKey.POSTS, StepKey.QUOTAS]
        found = blockers_of(scene.owner, campaign, late)
        assert [one.url for one in found] == [
            reverse("campaigns:offer_add", args=[campaign.pk]),
            reverse("campaigns:quota_edit", args=[campaign.pk]),
            reverse("campaigns:campaign_edit", args=[campaign.pk]),
        ]
        assert "再开始征集" in str(found[2].text)

    def test_a_prepared_draft_lacks_nothing(self, scene) -> None:
        make_quota(scene.campaign, scene.home, n_asked=1)
        assert blocked(scene.owner, in_state(scene, CampaignState.DRAFT)) == []

    def test_leaders_read_what_is_missing_and_are_led_nowhere(self, scene) -> None:
        campaign = in_state(scene, CampaignState.DRAFT)
        found = blockers_of(make_user(Role.LEADER, scene.root), campaign, ON)
        assert [(one.step, one.label, one.url) for one in found] == [(StepKey.QUOTAS, "", "")]

    def test_open_campaigns_name_units_and_people_who_have_not_answered(self, scene) -> None:
        make_quota(scene.campaign, scene.home, n_asked=5)
        campaign = in_state(scene, CampaignState.OPEN)
        units, people = blockers_of(scene.owner, campaign, ON)
        assert str(units.text) == "1 个单位尚缺推荐人选 2 名：示例厅。"
        assert str(people.text) == "3 名人选尚未填报志愿。"
        assert (units.is_act, people.is_act) == (True, True)
        Nomination.objects.update(answered_on=ON)
        campaign.quotas.update(n_asked=3)
        assert blocked(scene.owner, campaign) == []
        over = blockers_of(scene.owner, campaign, campaign.nominations_until + DAY)
        assert "请结束推荐" in str(over[0].text)

    def test_outdated_checks_come_before_matching(self, scene) -> None:
        Proposal.objects.update(is_chosen=False)
        Nomination.objects.update(checked_person_version=0)
        assert blocked(scene.owner, scene.campaign) == [StepKey.CHECK, StepKey.MATCHING]
        assert marks(scene.owner, scene.campaign)[3] == "c"

    def test_a_chosen_plan_waits_for_the_units(self, scene) -> None:
        assert blocked(scene.owner, scene.campaign) == [StepKey.OPINIONS]

    def test_consultation_waits_for_replies_posting_and_talks(self, asked) -> None:
        campaign = Campaign.objects.get(pk=asked.campaign.pk)
        found = blockers_of(asked.owner, campaign, ON)
        assert [one.step for one in found] == [StepKey.OPINIONS, StepKey.PUBLIC, StepKey.DECISION]
        assert [str(one.label) for one in found] == ["催办", "发布公示", "登记谈话"]
        assert marks(asked.owner, campaign) == "dddddcaaaa"
        Consultation.objects.update(reply=Reply.OBJECTED, text="另有任务")
        objected = blockers_of(asked.owner, campaign, ON)[0]
        assert objected.url.endswith("?reply=open_objection#consultations")

    def test_posting_waits_for_its_last_day(self, asked) -> None:
        Consultation.objects.update(reply=Reply.AGREED)
        services.publish_notification(
            asked.proposal, starts_on=ON, contact="监督处", by=asked.owner, on=ON, at=AT
        )
        for one in asked.people[:2]:
            PreAppointmentTalk.objects.create(
                proposal=asked.proposal, nomination=one, held_on=ON, talker="部长"
            )
        campaign = Campaign.objects.get(pk=asked.campaign.pk)
        last = PublicNotification.objects.get().last_day
        assert blocked(asked.owner, campaign, last) == [StepKey.PUBLIC]
        assert blocked(asked.owner, campaign, last + DAY) == []
        states = [step.state for step in bar_of(asked.owner, campaign, last + DAY)]
        assert states[6:8] == ["done", "current"]

    def test_a_consultation_without_a_plan_asks_nobody(self, scene) -> None:
        Proposal.objects.update(is_chosen=False)
        assert blocked(scene.owner, in_state(scene, CampaignState.CONSULTATION)) == []

    def test_notices_then_arrivals(self, scene) -> None:
        campaign = in_state(scene, CampaignState.DECIDED)
        make_placement(campaign)
        assert blocked(scene.owner, campaign) == [StepKey.NOTICES]
        Placement.objects.update(state=PlacementState.APPOINTED)
        campaign = in_state(scene, CampaignState.DISPATCHED)
        assert blocked(scene.owner, campaign) == [StepKey.ARRIVAL]
        assert marks(scene.owner, campaign) == "dddddddddc"
        Placement.objects.update(state=PlacementState.IN_POST)
        assert blocked(scene.owner, campaign) == []

    def test_what_an_urgent_decision_left_out_reopens_its_steps(self, scene) -> None:
        ProgrammeVersion.objects.update(
            parameters={"public_notification_workdays": 5, "steps_after_days": 30, "minutes_days": 30}
        )
        campaign = in_state(scene, CampaignState.REVIEW)
        meeting = services.Meeting("紧急会商", "急1号", ON)
        pairs = [
            services.DecidedPair(person.pk, post.pk)
            for person, post in zip(scene.people, scene.posts, strict=False)
        ]
        services.decide_campaign(
            Proposal.objects.get(pk=scene.proposal.pk),
            meeting,
            pairs,
            afterwards=services.Afterwards("王部长", "来不及"),
            by=scene.owner,
            on=ON,
            at=AT,
        )
        campaign = Campaign.objects.get(pk=campaign.pk)
        assert marks(scene.owner, campaign) == "dddddcaaaa"
        found = blockers_of(scene.owner, campaign, ON)
        assert [one.step for one in found] == [
            *(StepKey.OPINIONS, StepKey.PUBLIC, StepKey.DECISION, StepKey.DECISION),
            StepKey.NOTICES,
        ]
        assert str(AfterStep.MINUTES.label) in str(found[3].text)

    def test_cancelled_campaigns_are_blocked_by_nothing(self, scene) -> None:
        assert blocked(scene.owner, in_state(scene, CampaignState.CANCELLED)) == []


class TestReminding:
    def test_units_are_reminded_once_a_day_and_the_page_says_when(self, asked) -> None:
        campaign = asked.campaign
        Notice.objects.all().delete()
        found = remind_all(campaign, REPLIES, by=asked.owner, on=ON, at=AT)
        assert (found.n_sent, found.n_earlier, found.unreached) == (2, 0, ("乙村",))
        assert sorted(Notice.objects.values_list("recipient__name", flat=True)) == ["示例用户", "示例用户"]
        assert str(Notice.objects.first().title) == "催办：答复“第一批”拟派人选的征求意见"
        again = remind_all(campaign, REPLIES, by=asked.owner, on=ON, at=AT)
        assert (again.n_sent, again.n_earlier) == (0, 2)
        assert remind_all(campaign, REPLIES, by=asked.owner, on=ON + DAY, at=AT).n_sent == 2
        text = str(blockers_of(asked.owner, Campaign.objects.get(pk=campaign.pk), ON)[0].text)
        assert text.endswith(f"最近一次催办：{ON + DAY}。")

    def test_once_a_day_of_the_clock_on_the_wall(self, asked, signed_in, monkeypatch) -> None:
        """Two clicks at 23:59, two at midnight: one message for each day, however the clock of the server is set."""
        Consultation.objects.update(due_on=dt.date(2099, 1, 1))
        client, address = (
            signed_in(asked.owner),
            reverse("campaigns:remind", args=[asked.campaign.pk, REPLIES]),
        )
        told = Notice.objects.filter(recipient=asked.home_clerk)
        before, found = told.count(), []
        for minute in ((15, 59), (15, 59), (16, 0), (16, 0)):  # UTC; 23:59 and 00:00 in Beijing
            at = dt.datetime(2026, 9, 20, *minute, tzinfo=dt.UTC)
            monkeypatch.setattr(timezone, "now", lambda at=at: at)
            client.post(address)
            found.append(told.count() - before)
        assert found == [1, 1, 2, 2]

    def test_a_click_overtaken_at_midnight_sends_no_second_message(self, asked) -> None:
        """The page of the old day comes to its turn after that of the new one."""
        assert remind_all(asked.campaign, REPLIES, by=asked.owner, on=ON + DAY, at=AT).n_sent == 2
        late = remind_all(asked.campaign, REPLIES, by=asked.owner, on=ON, at=AT)
        assert (late.n_sent, late.n_earlier) == (0, 2)

    def test_home_units_and_nominees_of_an_open_campaign(self, scene) -> None:
        campaign = in_state(scene, CampaignState.OPEN)
        owe_nominations(make_quota(campaign, scene.home, n_asked=5))
        owe_preferences(scene.people[0])
        for what in ("nominations", "preferences"):
            assert remind_all(campaign, what, by=scene.owner, on=ON, at=AT).n_sent == 1, what

    def test_a_nominee_with_an_account_is_written_to_alone(self, scene) -> None:
        campaign = in_state(scene, CampaignState.OPEN)
        nomination = Nomination.objects.get(pk=scene.people[0].pk)
        nomination.person.account = make_user(Role.SECONDEE, scene.home, name="张示例")
        nomination.person.save()
        owe_preferences(nomination)
        remind_all(campaign, "preferences", by=scene.owner, on=ON, at=AT)
        assert list(Notice.objects.values_list("recipient", flat=True)) == [nomination.person.account_id]

    def test_nobody_is_left_to_remind(self, scene) -> None:
        with pytest.raises(NobodyOwesError):
            remind_all(scene.campaign, REPLIES, by=scene.owner, on=ON, at=AT)

    def test_button_of_the_page(self, asked, signed_in) -> None:
        client, address = (
            signed_in(asked.owner),
            reverse("campaigns:campaign_detail", args=[asked.campaign.pk]),
        )
        Consultation.objects.update(due_on=dt.date(2099, 1, 1))
        remind = reverse("campaigns:remind", args=[asked.campaign.pk, REPLIES])
        assert remind in client.get(address).content.decode()
        page = text_of(client.post(remind, follow=True))
        assert "已催办 2 个单位或个人。" in page
        assert "乙村尚无可用账号" in page
        assert "2 个今天已经催办过，每天最多一次。" in text_of(client.post(remind, follow=True))
        assert client.post(reverse("campaigns:remind", args=[asked.campaign.pk, "x"])).status_code == 404

    @pytest.mark.parametrize("elsewhere", ["", "https://example.org/", "//example.org/"])
    def test_comes_back_to_the_page_it_was_pressed_on_and_nowhere_else(
        self, asked, signed_in, elsewhere
    ) -> None:
        client = signed_in(asked.owner)
        remind = reverse("campaigns:remind", args=[asked.campaign.pk, REPLIES])
        page = reverse("decision:decision_detail", args=[asked.campaign.pk])
        back = f"{page}#consultations"
        assert f'name="back" value="{back}"' in client.get(page).content.decode()
        assert client.post(remind, {"back": back}).url == back
        own = reverse("campaigns:campaign_detail", args=[asked.campaign.pk])
        assert client.post(remind, {"back": elsewhere}).url == own

    def test_others_may_not(self, asked, signed_in) -> None:
        remind = reverse("campaigns:remind", args=[asked.campaign.pk, REPLIES])
        assert signed_in(asked.home_clerk).post(remind).status_code == 404
        assert signed_in(make_user(Role.LEADER, asked.root)).post(remind).status_code == 403
