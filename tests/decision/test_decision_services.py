"""From the chosen proposal to placements."""

import datetime as dt

import pytest

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState, NominationState, Result
from secondment.campaigns.lapses import LapsedError
from secondment.campaigns.models import EligibilityFinding, Nomination, ProgrammeVersion
from secondment.campaigns.services.notifying import STATE_PREFERENCES, owe_preferences
from secondment.campaigns.services.transitions import WrongStateError
from secondment.common.errors import NotAllowedError
from secondment.decision import errors, services
from secondment.decision.checks import decision_obstacles, shorten
from secondment.decision.choices import Party, Reply
from secondment.decision.models import (
    Consultation,
    DecisionItem,
    NotificationObjection,
    PreAppointmentTalk,
    PublicNotification,
)
from secondment.decision.view_models import decision_facts
from secondment.matching.models import Proposal, ProposalPair
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.placements.models import Placement
from secondment.placements.services import OverlapError
from tests.decision.conftest import make_proposal, reply_alike
from tests.makers import AT, make_campaign_post, make_placement, make_post, make_user

ASKED = dt.date(2026, 9, 14)
DUE = dt.date(2026, 9, 21)
POSTED = dt.date(2026, 9, 28)
DECIDED = dt.date(2026, 10, 10)


def consult(scene, **changes):
    values = {"due_on": DUE, "by": scene.owner, "on": ASKED, "at": AT} | changes
    return services.start_consultation(scene.proposal, **values)


def answer(scene, consultation, reply=Reply.AGREED, text="", by=None):
    users = {Party.HOME: scene.home_clerk, Party.HOST: scene.host_clerk}
    by = by or users[consultation.party]
    return reply_alike(consultation, reply=reply, text=text, by=by, on=ASKED, at=AT)


def publish(scene, **changes):
    values = {"starts_on": POSTED, "contact": "示例电话", "by": scene.owner, "on": POSTED, "at": AT} | changes
    return services.publish_notification(scene.proposal, **values)


def talk(scene, *people: Nomination, held_on=POSTED, by=None):
    talks = [services.NewTalk(one.pk, held_on, "部长") for one in people or scene.people]
    return services.record_talks(scene.proposal, talks, by=by or scene.owner, on=POSTED, at=AT)


def pairs_as_proposed(scene) -> list[services.DecidedPair]:
    return [
        services.DecidedPair(person.pk, post.pk)
        for person, post in zip(scene.people, scene.posts, strict=False)
    ]


def decide(scene, pairs=None, decided_on=DECIDED, by=None, on=DECIDED):
    meeting = services.Meeting("部务会第12次", "示组〔2026〕9号", decided_on)
    return services.decide_campaign(
        scene.proposal, meeting, pairs or pairs_as_proposed(scene), by=by or scene.owner, on=on, at=AT
    )


@pytest.fixture
def asked(scene):
    consult(scene)
    return scene


@pytest.fixture
def ready(asked):
    publish(asked)
    talk(asked)
    return asked


class TestConsultation:
    def test_every_unit_concerned_is_asked_once(self, scene) -> None:
        asked = consult(scene)
        assert [(one.party, one.unit.name) for one in asked] == [
            ("home", "示例厅"),
            ("host", "甲村"),
            ("host", "乙村"),
        ]
        scene.campaign.refresh_from_db()
        assert scene.campaign.state == CampaignState.CONSULTATION
        open_rows = Obligation.objects.filter(kind="consultation.reply", state=ObligationState.OPEN)
        assert set(open_rows.values_list("unit__name", "role", "due_on")) == {
            ("示例厅", "home_unit", DUE),
            ("甲村", "host_unit", DUE),
            ("乙村", "host_unit", DUE),
        }
        assert set(Notice.objects.values_list("recipient", flat=True)) == {
            scene.home_clerk.pk,
            scene.host_clerk.pk,
        }

    def test_day_to_reply_is_not_past(self, scene) -> None:
        with pytest.raises(errors.StepError):
            consult(scene, due_on=dt.date(2026, 9, 13))

    def test_empty_proposal_asks_nobody(self, scene) -> None:
        ProposalPair.objects.all().delete()
        with pytest.raises(errors.NoProposalError):
            consult(scene)

    def test_proposal_must_be_the_chosen_one(self, scene) -> None:
        Proposal.objects.update(is_chosen=False)
        with pytest.raises(errors.NoProposalError):
            consult(scene)

    def test_only_the_owner_asks(self, scene) -> None:
        with pytest.raises(NotAllowedError):
            consult(scene, by=scene.home_clerk)

    def test_consultation_starts_once(self, asked) -> None:
        with pytest.raises(WrongStateError, match="征求意见"):
            consult(asked)

    def test_agreement_meets_the_obligation_and_may_change(self, asked) -> None:
        consultation = Consultation.objects.get(party=Party.HOME)
        answer(asked, consultation)
        row = answer(asked, consultation, Reply.OBJECTED, " 另有任务 ")
        text = "张示例：另有任务；李示例：另有任务"
        assert (row.reply, row.text, row.replied_on) == (Reply.OBJECTED, text, ASKED)
        assert Obligation.objects.get(unit=asked.home).state == ObligationState.MET
        told = Notice.objects.get(recipient=asked.owner)
        assert (told.title, told.body) == ("示例厅对拟派人选有异议", text)

    def test_objection_needs_words(self, asked) -> None:
        with pytest.raises(errors.ReasonMissingError):
            answer(asked, Consultation.objects.get(party=Party.HOME), Reply.OBJECTED, " ")

    def test_unit_answers_only_in_the_role_it_was_asked_in(self, asked) -> None:
        home = Consultation.objects.get(party=Party.HOME)
        for user in (asked.host_clerk, asked.owner, make_user(Role.HOST_UNIT, asked.home)):
            with pytest.raises(NotAllowedError):
                answer(asked, home, by=user)

    def test_reply_ends_with_the_notification(self, ready) -> None:
        with pytest.raises(NotAllowedError):
            answer(ready, Consultation.objects.get(party=Party.HOME))

    def test_handling_answers_an_objection(self, asked) -> None:
        consultation = answer(asked, Consultation.objects.get(party=Party.HOME), Reply.OBJECTED, "不行")
        with pytest.raises(errors.ReasonMissingError):
            services.handle_objection(consultation, handling="", by=asked.owner, on=POSTED, at=AT)
        row = services.handle_objection(consultation, handling="已沟通", by=asked.owner, on=POSTED, at=AT)
        assert row.handling == "已沟通"
        assert Notice.objects.filter(recipient=asked.home_clerk, body="已沟通").exists()

    def test_agreement_needs_no_handling(self, asked) -> None:
        consultation = answer(asked, Consultation.objects.get(party=Party.HOME))
        with pytest.raises(errors.StepError):
            services.handle_objection(consultation, handling="x", by=asked.owner, on=POSTED, at=AT)

    def test_nobody_owes_preferences_any_longer(self, scene) -> None:
        owe_preferences(scene.people[0])
        consult(scene)
        kind = Obligation.objects.get(kind=STATE_PREFERENCES)
        assert (kind.state, kind.closed_on) == (ObligationState.WAIVED, ASKED)

    def test_review_resumes_for_a_reason_and_waives_what_is_open(self, asked) -> None:
        answer(asked, Consultation.objects.get(party=Party.HOME))
        with pytest.raises(errors.ReasonMissingError):
            services.resume_review(asked.proposal, reason="", by=asked.owner, on=ASKED, at=AT)
        campaign = services.resume_review(asked.proposal, reason="调整", by=asked.owner, on=ASKED, at=AT)
        assert campaign.state == CampaignState.REVIEW
        assert Obligation.objects.filter(state=ObligationState.WAIVED).count() == 2
        consult(asked)
        assert set(Consultation.objects.values_list("reply", flat=True)) == {Reply.PENDING}


class TestNotification:
    def test_end_counts_working_days_over_national_day(self, asked) -> None:
        published = publish(asked)
        row = PublicNotification.objects.get()
        assert (row.starts_on, row.last_day, row.n_workdays) == (POSTED, dt.date(2026, 10, 9), 5)
        assert published.span.is_certain
        assert row.contact == "示例电话"
        asked.campaign.refresh_from_db()
        assert asked.campaign.state == CampaignState.NOTIFICATION

    def test_units_with_time_left_are_waited_for(self, asked) -> None:
        with pytest.raises(errors.ReplyMissingError, match=r"3 个单位.*示例厅、甲村、乙村"):
            publish(asked, on=DUE)

    def test_objection_without_conclusion_holds_it_up(self, asked) -> None:
        consultation = answer(asked, Consultation.objects.get(party=Party.HOME), Reply.OBJECTED, "不行")
        with pytest.raises(errors.ObjectionOpenError, match="示例厅有异议"):
            publish(asked)
        services.handle_objection(consultation, handling="已沟通", by=asked.owner, on=POSTED, at=AT)
        assert publish(asked).notification.pk

    def test_notification_does_not_begin_in_the_past(self, asked) -> None:
        with pytest.raises(errors.NotificationDateError):
            publish(asked, starts_on=dt.date(2026, 9, 27))

    def test_what_was_posted_before_is_entered_late_with_a_reason(self, asked) -> None:
        published = publish(
            asked, starts_on=dt.date(2026, 9, 14), late_reason=" 张贴于办公楼一层 ", on=DECIDED
        )
        row = published.notification
        assert (row.last_day, row.late_reason) == (dt.date(2026, 9, 18), "张贴于办公楼一层")
        event = AuditEvent.objects.get(action="campaign.publish_notification")
        assert event.details["late_reason"] == "张贴于办公楼一层"

    def test_late_entry_without_a_word_is_refused(self, asked) -> None:
        with pytest.raises(errors.NotificationDateError, match="请填写补录说明"):
            publish(asked, starts_on=dt.date(2026, 9, 27), late_reason="  ")

    def test_nothing_was_posted_before_there_was_a_plan(self, asked) -> None:
        with pytest.raises(errors.NotificationDateError, match="产生日期（2026-09-14）"):
            publish(asked, starts_on=dt.date(2026, 9, 13), late_reason="张贴于办公楼一层")

    def test_reason_is_dropped_when_nothing_is_late(self, asked) -> None:
        assert publish(asked, late_reason="张贴于办公楼一层").notification.late_reason == ""

    def test_programme_without_notification_has_none(self, asked) -> None:
        ProgrammeVersion.objects.update(parameters={"public_notification_workdays": 0})
        asked.proposal = Proposal.objects.get()
        with pytest.raises(errors.NotificationDateError, match="不要求公示"):
            publish(asked)

    def test_report_is_kept_and_resolved(self, ready) -> None:
        notification = PublicNotification.objects.get()
        now = {"by": ready.owner, "on": POSTED, "at": AT}
        with pytest.raises(errors.FutureDateError):
            services.record_objection(notification, text="x", received_on=DECIDED, nomination=None, **now)
        row = services.record_objection(
            notification, text=" 某情况 ", received_on=POSTED, nomination=ready.people[0], **now
        )
        assert row.text == "某情况"
        with pytest.raises(errors.ReasonMissingError):
            services.resolve_objection(row, conclusion=" ", **now)
        row = services.resolve_objection(row, conclusion="不属实", **now)
        assert (row.conclusion, row.resolved_on) == ("不属实", POSTED)

    def test_a_placement_keeps_the_training_purpose_of_the_nomination(self, ready) -> None:
        ready.people[0].purpose = "grassroots"
        ready.people[0].save()
        decide(ready)
        found = {one.person_id: one.purpose for one in Placement.objects.all()}
        assert found == {ready.people[0].person_id: "grassroots", ready.people[1].person_id: ""}

    def test_reports_belong_to_the_notification(self, ready) -> None:
        decide(ready)
        with pytest.raises(WrongStateError):
            services.record_objection(
                PublicNotification.objects.get(),
                text="x",
                received_on=POSTED,
                nomination=None,
                by=ready.owner,
                on=DECIDED,
                at=AT,
            )


class TestTalks:
    def test_talk_is_kept_once_for_each_person(self, asked) -> None:
        talk(asked)
        talk(asked, asked.people[0], held_on=ASKED)
        assert PreAppointmentTalk.objects.count() == 3
        assert PreAppointmentTalk.objects.get(nomination=asked.people[0]).held_on == ASKED

    def test_talk_lies_in_the_past(self, asked) -> None:
        with pytest.raises(errors.FutureDateError):
            talk(asked, held_on=DECIDED)

    def test_people_of_other_campaigns_are_refused(self, asked) -> None:
        with pytest.raises(errors.IneligibleError):
            services.record_talks(
                asked.proposal, [services.NewTalk(0, POSTED, "部长")], by=asked.owner, on=POSTED, at=AT
            )


class TestDecision:
    def test_decision_makes_placements_and_keeps_the_proposal_beside_it(self, ready) -> None:
        decision = decide(ready)
        ready.campaign.refresh_from_db()
        assert ready.campaign.state == CampaignState.DECIDED
        assert (decision.meeting, decision.number) == ("部务会第12次", "示组〔2026〕9号")
        made = Placement.objects.values_list("person__name", "host_unit__name", "decision_number")
        assert set(made) == {("张示例", "甲村", "示组〔2026〕9号"), ("李示例", "乙村", "示组〔2026〕9号")}
        assert all(
            item.campaign_post_id == item.proposed_post_id and not item.reason
            for item in DecisionItem.objects.all()
        )
        assert AuditEvent.objects.get(action="campaign.decide_campaign").details["n_sent"] == 2

    def test_different_decision_needs_a_reason(self, ready) -> None:
        swapped = [
            services.DecidedPair(ready.people[0].pk, ready.posts[1].pk),
            services.DecidedPair(ready.people[1].pk, ready.posts[0].pk, "熟悉甲村"),
        ]
        with pytest.raises(errors.ReasonMissingError, match="张示例的决定"):
            decide(ready, swapped)
        assert Placement.objects.count() == 0
        swapped[0] = services.DecidedPair(ready.people[0].pk, ready.posts[1].pk, "语言相通")
        decide(ready, swapped)
        item = DecisionItem.objects.get(nomination=ready.people[0])
        assert (item.proposed_post, item.campaign_post, item.reason) == (
            ready.posts[0],
            ready.posts[1],
            "语言相通",
        )

    def test_person_left_out_is_kept_with_the_reason(self, ready) -> None:
        ProposalPair.objects.create(
            proposal=ready.proposal, nomination=ready.people[2], campaign_post=ready.posts[0], score=0.7
        )
        pairs = [
            services.DecidedPair(ready.people[0].pk, None, "健康原因"),
            services.DecidedPair(ready.people[1].pk, ready.posts[1].pk),
            services.DecidedPair(ready.people[2].pk, ready.posts[0].pk, "递补"),
        ]
        decide(ready, pairs)
        assert set(Placement.objects.values_list("person__name", flat=True)) == {"李示例", "王示例"}
        left_out = DecisionItem.objects.get(nomination=ready.people[0])
        assert (left_out.campaign_post, left_out.proposed_post) == (None, ready.posts[0])

    def test_change_by_hand_needs_a_reason_and_what_was_computed_is_kept(self, ready) -> None:
        swapped = list(zip(ready.people, reversed(ready.posts), strict=False))
        ready.proposal.pairs.all().delete()
        for person, post in swapped:
            ProposalPair.objects.create(
                proposal=ready.proposal, nomination=person, campaign_post=post, score=0.7, is_manual=True
            )
        with pytest.raises(errors.ReasonMissingError):
            decide(ready, [services.DecidedPair(person.pk, post.pk) for person, post in swapped])
        decide(ready, [services.DecidedPair(person.pk, post.pk, "另有考虑") for person, post in swapped])
        items = DecisionItem.objects.values_list("nomination", "campaign_post", "proposed_post")
        first, second = ready.posts
        assert set(items) == {
            (ready.people[0].pk, second.pk, first.pk),
            (ready.people[1].pk, first.pk, second.pk),
        }

    def test_result_of_the_run_is_what_was_computed(self, ready) -> None:
        swapped = list(zip(ready.people, reversed(ready.posts), strict=False))
        Proposal.objects.update(is_chosen=False)
        copied = make_proposal(ready.campaign, swapped, run=ready.proposal.run)
        PreAppointmentTalk.objects.update(proposal=copied)
        PublicNotification.objects.update(proposal=copied)
        ready.proposal = copied
        decide(ready)  # as the run computed, though the copy says otherwise
        assert {item.proposed_post_id for item in DecisionItem.objects.all()} == {
            post.pk for post in ready.posts
        }

    def test_notification_must_be_over(self, ready) -> None:
        with pytest.raises(errors.NotificationMissingError, match="2026-10-09"):
            decide(ready, decided_on=dt.date(2026, 10, 9))

    def test_notification_must_exist(self, asked) -> None:
        talk(asked)
        with pytest.raises(errors.NotificationMissingError, match="5 个工作日"):
            decide(asked)

    def test_programme_without_notification_decides_after_consultation(self, asked) -> None:
        ProgrammeVersion.objects.update(parameters={"public_notification_workdays": 0})
        asked.proposal = Proposal.objects.get()
        talk(asked)
        decide(asked)
        assert Placement.objects.count() == 2

    def test_open_report_holds_the_decision_up(self, ready) -> None:
        NotificationObjection.objects.create(
            notification=PublicNotification.objects.get(), received_on=POSTED, text="x"
        )
        with pytest.raises(errors.ObjectionOpenError, match="1 条"):
            decide(ready)

    def test_talk_with_everyone_sent_where_the_programme_asks(self, ready) -> None:
        PreAppointmentTalk.objects.filter(nomination=ready.people[0]).delete()
        with pytest.raises(errors.TalkMissingError, match=r"1 人.*张示例"):
            decide(ready)
        ProgrammeVersion.objects.update(parameters={"talks_before_decision": 0})
        ready.proposal = Proposal.objects.get()
        decide(ready)

    def test_all_obstacles_are_named_at_once(self, asked) -> None:
        numbers = [one.pk for one in asked.people]
        found = decision_obstacles(asked.proposal, numbers, decided_on=DUE)
        assert [type(one).__name__ for one in found] == [
            "ReplyMissingError",
            "NotificationMissingError",
            "TalkMissingError",
        ]

    def test_decision_lies_in_the_past(self, ready) -> None:
        with pytest.raises(errors.FutureDateError):
            decide(ready, decided_on=dt.date(2026, 10, 11))

    def test_person_with_another_placement_refuses_all(self, ready) -> None:
        make_placement(
            ready.campaign,
            ready.people[0].person,
            ready.posts[0].post,
            starts_on=dt.date(2026, 6, 1),
            ends_on=dt.date(2027, 6, 1),
        )
        with pytest.raises(OverlapError, match="张示例"):
            decide(ready)
        ready.campaign.refresh_from_db()
        assert ready.campaign.state == CampaignState.NOTIFICATION

    def test_block_of_person_or_pair_is_refused_unless_exempt(self, ready) -> None:
        finding = EligibilityFinding.objects.create(
            nomination=ready.people[0],
            campaign_post=ready.posts[0],
            rule="H1",
            result=Result.BLOCK,
            fact="与村主任为夫妻",
            basis="公务员法第七十四条",
        )
        with pytest.raises(LapsedError, match="张示例（与村主任为夫妻）不符合条件") as caught:
            decide(ready)
        assert caught.value.basis == "公务员法第七十四条"
        EligibilityFinding.objects.filter(pk=finding.pk).update(campaign_post=ready.posts[1])
        EligibilityFinding.objects.create(
            nomination=ready.people[1],
            campaign_post=ready.posts[1],
            rule="H1",
            result=Result.EXEMPT,
            fact="x",
            basis="y",
        )
        decide(ready)

    @pytest.mark.parametrize("case", ["withdrawn", "twice", "foreign post", "full", "empty"])
    def test_impossible_lists_are_refused(self, ready, case) -> None:
        first, second = pairs_as_proposed(ready)
        foreign = make_campaign_post(post=make_post(ready.hosts[0]))
        lists = {
            "withdrawn": ([first], errors.IneligibleError),
            "twice": ([first, first], errors.IneligibleError),
            "foreign post": (
                [services.DecidedPair(first.nomination_id, foreign.pk, "x")],
                errors.IneligibleError,
            ),
            "full": (
                [first, services.DecidedPair(second.nomination_id, first.campaign_post_id, "x")],
                errors.PostFullError,
            ),
            "empty": ([], errors.NoProposalError),
        }
        if case == "withdrawn":
            Nomination.objects.filter(pk=first.nomination_id).update(state=NominationState.WITHDRAWN)
        pairs, error = lists[case]
        meeting = services.Meeting("会", "1号", DECIDED)
        with pytest.raises(error):
            services.decide_campaign(ready.proposal, meeting, pairs, by=ready.owner, on=DECIDED, at=AT)

    def test_only_the_owner_decides(self, ready) -> None:
        with pytest.raises(NotAllowedError):
            decide(ready, by=ready.host_clerk)

    def test_the_fingerprint_of_the_certificate_is_kept_and_shown(self, ready, monkeypatch) -> None:
        monkeypatch.setattr("secondment.decision.services.deciding.fingerprint_of", lambda _plan: "ab" * 32)
        decision = decide(ready)
        decision.refresh_from_db()
        older = decision_facts(decision)[-1]
        assert (older.value, older.url) == ("ab" * 32, "")
        assert "旧格式" in str(older.label)
        decision.proposal.run.report["certificate_format"] = 2
        fact = decision_facts(decision)[-1]
        assert (fact.value, fact.url) == (
            "ab" * 32,
            f"/matching/proposals/{ready.proposal.pk}/certificate/",
        )
        assert "旧格式" not in str(fact.label)

    def test_a_plan_without_a_certificate_leaves_no_fingerprint(self, ready) -> None:
        decision = decide(ready)
        assert decision.certificate == ""
        assert all("证明" not in str(one.label) for one in decision_facts(decision))

    def test_campaign_is_decided_once(self, ready) -> None:
        decide(ready)
        Placement.objects.all().delete()
        with pytest.raises(WrongStateError):
            decide(ready)


def test_long_lists_of_names_are_cut() -> None:
    assert shorten(["甲", "乙"]) == "甲、乙"
    assert shorten(list("甲乙丙丁戊己")) == "甲、乙、丙、丁、戊等"


def test_moving_a_campaign_on_outdates_no_eligibility_check(scene) -> None:
    before = scene.campaign.version
    consult(scene)
    scene.campaign.refresh_from_db()
    assert (scene.campaign.state, scene.campaign.version) == (CampaignState.CONSULTATION, before)
