"""Consultation, public notification, talks and decision ask whether the plan still holds."""

import datetime as dt

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState, NominationState
from secondment.campaigns.lapses import LapsedError
from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.campaigns.services import check_eligibility
from secondment.campaigns.services.transitions import cancel_campaign
from secondment.decision import errors, services
from secondment.decision.models import Consultation, Decision
from secondment.decision.view_models import overview
from secondment.obligations.models import Obligation, ObligationState
from secondment.people.models import AnnualGrade
from secondment.placements.models import Placement
from tests.decision.conftest import make_proposal
from tests.decision.test_decision_services import (
    ASKED,
    DECIDED,
    POSTED,
    consult,
    decide,
    pairs_as_proposed,
    publish,
    talk,
)
from tests.makers import (
    AT,
    CHECKED,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_placement,
    make_post,
    make_quota,
    make_user,
)

pytestmark = pytest.mark.django_db
STEPS = {"consult": consult, "publish": publish, "decide": decide}


@pytest.fixture(params=STEPS)
def step(request, scene):
    """A step of the decision, and the campaign just before it."""
    if request.param != "consult":
        consult(scene)
    if request.param == "decide":
        publish(scene)
        talk(scene)
    return lambda: STEPS[request.param](scene)


def withdraw(nomination: Nomination) -> None:
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.WITHDRAWN)


def change(row, **fields) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)


class TestEveryStep:
    @pytest.mark.parametrize(("state", "word"), [("retired", "退休"), ("left", "调离")])
    def test_retired_or_departed_person(self, scene, step, state, word) -> None:
        change(scene.people[0].person, state=state)
        with pytest.raises(LapsedError, match=f"张示例已{word}"):
            step()

    def test_findings_out_of_date(self, scene, step) -> None:
        change(scene.people[1].person, version=2)
        with pytest.raises(LapsedError, match="李示例没有经过资格审查，或审查之后资料有变动"):
            step()

    def test_release_cap(self, scene, step) -> None:
        quota = make_quota(scene.campaign, scene.home, n_asked=3, release_cap=1)
        with pytest.raises(LapsedError, match="示例厅最多派出 1 人，现有 2 人"):
            step()
        change(quota, release_cap=2)
        assert step()

    def test_closed_units(self, scene, step) -> None:
        change(scene.hosts[1], is_active=False)
        change(scene.home, is_active=False)
        with pytest.raises(LapsedError, match=r"派出单位示例厅已停用.*接收单位乙村已停用"):
            step()

    def test_post_still_occupied(self, scene, step) -> None:
        stay = make_placement(
            make_campaign(),
            None,
            scene.posts[0].post,
            starts_on=dt.date(2025, 1, 1),
            ends_on=dt.date(2027, 1, 11),
            state="in_post",
        )
        with pytest.raises(LapsedError, match=f"甲村 第一书记（{stay.person}，2025-01-01至2027-01-10）"):
            step()
        change(scene.campaign, handover_days=9)
        scene.proposal.run.campaign.refresh_from_db()
        with pytest.raises(LapsedError):
            step()
        change(scene.campaign, handover_days=10)
        scene.proposal.run.campaign.refresh_from_db()
        assert step()

    def test_post_of_another_live_campaign(self, scene, step) -> None:
        make_campaign_post(make_campaign(name="第二批"), scene.posts[1].post)
        with pytest.raises(LapsedError, match=r"乙村 第一书记（第二批）"):
            step()

    def test_somebody_sent_elsewhere_meanwhile(self, scene, step) -> None:
        make_placement(make_campaign(), scene.people[0].person, make_post(title="副镇长"))
        with pytest.raises(LapsedError, match=r"张示例（副镇长，2027-03-01至2029-02-28）"):
            step()


class TestWithdrawn:
    def test_is_not_consulted_on_nor_posted(self, scene) -> None:
        withdraw(scene.people[0])
        with pytest.raises(LapsedError, match="张示例的推荐已撤回"):
            consult(scene)

    def test_is_not_posted(self, scene) -> None:
        consult(scene)
        withdraw(scene.people[0])
        with pytest.raises(LapsedError, match="张示例的推荐已撤回"):
            publish(scene)

    def test_is_not_talked_with(self, scene) -> None:
        consult(scene)
        withdraw(scene.people[0])
        with pytest.raises(errors.IneligibleError, match="已撤回推荐"):
            talk(scene, scene.people[0])
        assert len(talk(scene, scene.people[1])) == 1

    def test_is_not_decided_on(self, scene) -> None:
        consult(scene)
        publish(scene)
        talk(scene)
        withdraw(scene.people[0])
        with pytest.raises(errors.IneligibleError, match="张示例的推荐已撤回"):
            decide(scene)
        assert not Decision.objects.exists()


class TestPage:
    def test_obstacles_name_each_reason_apart(self, scene) -> None:
        consult(scene)
        change(scene.people[0].person, state="left")
        change(scene.hosts[1], is_active=False)
        told = [str(one) for one in overview(scene.proposal, kept=frozenset(), on=ASKED).obstacles]
        assert told[0].startswith("张示例已调离")
        assert told[1].startswith("接收单位乙村已停用")

    def test_a_fact_is_named_to_those_alone_who_may_read_it(self, scene) -> None:
        consult(scene)
        scene.people[0].findings.create(
            rule="H4", result="block", fact_code="H4.investigation", basis="示例依据"
        )
        told = {
            kept: next(
                one
                for one in overview(scene.proposal, kept=frozenset(kept), on=ASKED).obstacles
                if "不符合条件" in str(one)
            )
            for kept in ((), ("H4",))
        }
        assert "正被立案审查调查" in str(told[()])
        assert told[()].basis == "示例依据"
        assert str(told["H4",]).startswith("张示例不符合条件。")
        assert told["H4",].basis == ""

    def test_a_fact_of_a_finding_is_looked_at_by_those_alone_who_are_told_it(self, scene, signed_in) -> None:
        pages = {
            "matching": reverse("matching:proposal_detail", args=[scene.proposal.pk]),
            "decision": reverse("decision:decision_detail", args=[scene.campaign.pk]),
        }
        leader = make_user(Role.LEADER, scene.campaign.owner_unit)

        def looks(user, page: str) -> int:
            before = AuditEvent.objects.filter(action="campaign.look_findings").count()
            assert signed_in(user).get(pages[page]).status_code == 200
            return AuditEvent.objects.filter(action="campaign.look_findings").count() - before

        assert looks(scene.owner, "matching") == 0
        scene.people[0].findings.create(
            rule="H4", result="block", fact_code="H4.investigation", basis="示例依据"
        )
        change(scene.campaign, state=CampaignState.REVIEW)
        assert looks(leader, "matching") == 0
        assert looks(scene.owner, "matching") == 1
        change(scene.campaign, state=CampaignState.CONSULTATION)
        another = make_user(Role.ORGANISATION_DEPARTMENT, scene.campaign.owner_unit)
        assert looks(leader, "decision") == 0
        assert looks(another, "decision") == 1


class TestRecheck:
    def test_a_changed_person_is_checked_again_before_the_decision(self, scene) -> None:
        """What was changed meanwhile is mended without going back to matching."""
        for one in scene.people:
            change(one.person, political_status="01")
            AnnualGrade.objects.create(person=one.person, year=2025, grade="competent")
            AnnualGrade.objects.create(person=one.person, year=2024, grade="competent")
        consult(scene)
        change(scene.people[0].person, version=2)
        with pytest.raises(LapsedError):
            publish(scene)
        check_eligibility(scene.campaign, by=scene.owner, on=POSTED, at=AT)
        assert publish(scene).notification.pk
        assert Campaign.objects.get(pk=scene.campaign.pk).state == CampaignState.NOTIFICATION


class TestTwoCampaigns:
    def other(self, scene, starts_on, ends_on):
        """The same person on the way to a decision in another campaign."""
        campaign = make_campaign(
            scene.root,
            name="第二批",
            state="review",
            starts_on=starts_on,
            ends_on=ends_on,
            programme_version=scene.campaign.programme_version,
        )
        post = make_campaign_post(
            campaign, make_post(scene.hosts[0], title="副镇长", ends_on=dt.date(2032, 1, 1))
        )
        nominee = make_nomination(campaign, scene.people[0].person, **CHECKED)
        proposal = make_proposal(campaign, [(nominee, post)])
        change(campaign, state="consultation")
        return proposal, nominee, post

    @pytest.mark.parametrize(
        ("starts_on", "is_refused"),
        [
            (dt.date(2028, 12, 31), True),
            (dt.date(2029, 1, 1), False),
            (dt.date(2029, 1, 2), False),
        ],
    )
    def test_the_second_decision_on_a_person_is_refused(self, scene, starts_on, is_refused) -> None:
        proposal, nominee, post = self.other(scene, starts_on, dt.date(2031, 1, 1))
        consult(scene)
        publish(scene)
        talk(scene)
        decide(scene)
        change(
            proposal.run.campaign.programme_version,
            parameters={
                "public_notification_workdays": 0,
                "talks_before_decision": 0,
            },
        )
        proposal.refresh_from_db()
        meeting = services.Meeting("部务会第13次", "示组〔2026〕10号", DECIDED)
        pairs = [services.DecidedPair(nominee.pk, post.pk)]

        def second():
            return services.decide_campaign(proposal, meeting, pairs, by=scene.owner, on=DECIDED, at=AT)

        if is_refused:
            with pytest.raises(LapsedError, match=r"张示例（第一书记，2027-01-01至2028-12-31）"):
                second()
        assert is_refused or second().pk
        assert Placement.objects.filter(person=nominee.person).count() == (1 if is_refused else 2)


class TestEndOfConsultation:
    def open(self) -> int:
        return Obligation.objects.filter(kind="consultation.reply", state=ObligationState.OPEN).count()

    def test_publishing_ends_what_is_owed(self, scene) -> None:
        consult(scene)
        assert self.open() == 3
        publish(scene)
        assert self.open() == 0
        assert set(Obligation.objects.values_list("state", "closed_on")) == {(ObligationState.WAIVED, POSTED)}

    def test_a_decision_without_notification_ends_it_too(self, scene) -> None:
        change(scene.campaign.programme_version, parameters={"public_notification_workdays": 0})
        consult(scene)
        talk(scene)
        scene.proposal.refresh_from_db()
        assert self.open() == 3
        decide(scene)
        assert self.open() == 0

    def test_a_cancelled_campaign_asks_nobody(self, scene) -> None:
        consult(scene)
        cancel_campaign(scene.campaign, reason="停办", by=scene.owner, on=POSTED, at=AT)
        assert self.open() == 0
        assert Consultation.objects.count() == 3


class TestRemovedPost:
    def test_a_computed_post_that_was_removed_meanwhile_is_no_proposal(self, scene) -> None:
        consult(scene)
        publish(scene)
        talk(scene)
        CampaignPost.objects.filter(pk=scene.posts[1].pk).delete()
        with pytest.raises(errors.ReasonMissingError, match="李示例"):
            decide(scene, [pairs_as_proposed(scene)[0], services.DecidedPair(scene.people[1].pk, None)])
        decided = services.DecidedPair(scene.people[1].pk, None, "岗位已撤")
        decision = decide(scene, [pairs_as_proposed(scene)[0], decided])
        assert decision.items.get(nomination=scene.people[1]).proposed_post is None
