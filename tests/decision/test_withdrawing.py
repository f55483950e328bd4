"""A decision is taken back before any notice is out: once, with meeting and reason, and nothing of it is lost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState, Outcome
from secondment.campaigns.models import Campaign, Nomination
from secondment.campaigns.parameters_json import to_json
from secondment.campaigns.presets import URGENT
from secondment.campaigns.services.transitions import WrongStateError
from secondment.common.errors import NotAllowedError
from secondment.decision import services
from secondment.decision.errors import (
    DecisionWithdrawnError,
    EarlyDateError,
    FutureDateError,
    NotificationMissingError,
    ReasonMissingError,
)
from secondment.decision.models import Consultation, Decision, DecisionItem, PreAppointmentTalk
from secondment.decision.queries import decision_of, owed_steps
from secondment.decision.result_queries import chosen_for
from secondment.decision.services.afterwards import settle_all
from secondment.decision.withdrawal import withdrawal_summary
from secondment.jobs.services import start_job
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation
from secondment.people.choices import PersonState
from secondment.placements import services as placing
from secondment.placements.choices import NoticeState, Origin, PlacementState
from secondment.placements.dependents import decide_about_placements
from secondment.placements.models import AppointmentNotice, Placement
from secondment.placements.services.batches import ISSUE_JOB
from secondment.placements.services.errors import NoticeOutError
from tests.decision.conftest import Scene
from tests.makers import AT, make_placement, make_programme_version, make_unit, make_user
from tests.pages import text_of

ASKED = dt.date(2026, 9, 14)
POSTED = dt.date(2026, 9, 28)
DECIDED = dt.date(2026, 10, 12)
TODAY = dt.date(2026, 10, 14)
NUMBER = "示组〔2026〕9号"
REASON = "名单漏报一人"


def decide(scene: Scene, on: dt.date = DECIDED, number: str = NUMBER) -> Decision:
    pairs = [
        services.DecidedPair(one.pk, post.pk) for one, post in zip(scene.people, scene.posts, strict=False)
    ]
    meeting = services.Meeting("部务会", number, on)
    return services.decide_campaign(scene.proposal, meeting, pairs, by=scene.owner, on=on, at=AT)


def post_notification(scene: Scene, on: dt.date = POSTED) -> None:
    services.publish_notification(scene.proposal, starts_on=on, contact="", by=scene.owner, on=on, at=AT)


def withdraw(scene: Scene, decision: Decision | None = None, *, by=None, on=TODAY, **changes) -> Decision:
    answer = {"meeting": " 部务会第13次会议 ", "withdrawn_on": TODAY, "reason": f" {REASON} "} | changes
    return services.withdraw_decision(
        decision or scene.decision, services.Withdrawal(**answer), by=by or scene.owner, on=on, at=AT
    )


def issue(scene: Scene, placement: Placement) -> AppointmentNotice:
    how = placing.Issue("示组挂", scene.campaign.starts_on)
    placing.issue_notices(scene.campaign, how, only=[placement.pk], by=scene.owner, on=TODAY, at=AT)
    return placement.notices.get(state=NoticeState.IN_FORCE)


def address(name: str, pk: int) -> str:
    return reverse(f"decision:{name}", args=[pk])


@pytest.fixture
def decided(scene: Scene) -> Scene:
    now = {"by": scene.owner, "on": ASKED, "at": AT}
    services.start_consultation(scene.proposal, due_on=ASKED, **now)
    post_notification(scene)
    talks = [services.NewTalk(one.pk, POSTED, "部长") for one in scene.people]
    services.record_talks(scene.proposal, talks, by=scene.owner, on=POSTED, at=AT)
    scene.decision = decide(scene)
    return scene


@pytest.fixture
def published(decided: Scene) -> Scene:
    person = decided.people[0].person
    decided.nominee = person.account = make_user(Role.SECONDEE, decided.home)
    person.save()
    services.publish_results(decided.decision, by=decided.owner, on=DECIDED, at=AT)
    Notice.objects.all().delete()
    return decided


class TestWhatItDoes:
    def test_placements_are_closed_and_everything_said_before_stays(self, decided) -> None:
        answers = list(Consultation.objects.order_by("pk").values())
        talks = list(PreAppointmentTalk.objects.order_by("pk").values())
        items = list(DecisionItem.objects.order_by("pk").values())
        row = withdraw(decided)
        decided.campaign.refresh_from_db()
        assert decided.campaign.state == CampaignState.CONSULTATION
        assert (row.withdraw_meeting, row.withdrawn_on, row.withdraw_reason, row.withdrawn_by) == (
            "部务会第13次会议",
            TODAY,
            REASON,
            decided.owner,
        )
        found = Placement.objects.values_list("state", "decision_withdrawn", "cancel_reason", "version")
        assert list(found) == [("cancelled", True, f"集体决定（{NUMBER}）已撤回，重新研究", 2)] * 2
        assert list(Consultation.objects.order_by("pk").values()) == answers
        assert list(PreAppointmentTalk.objects.order_by("pk").values()) == talks
        assert list(DecisionItem.objects.order_by("pk").values()) == items
        posted = decided.proposal.public_notifications.get()
        assert (posted.withdrawn_on, posted.withdraw_reason) == (TODAY, f"随集体决定撤回：{REASON}")
        assert decision_of(decided.campaign) is None
        assert AuditEvent.objects.get(action="campaign.withdraw_decision").details == {
            "number": NUMBER,
            "version": 1,
            "meeting": "部务会第13次会议",
            "withdrawn_on": "2026-10-14",
            "reason": REASON,
        }
        details = AuditEvent.objects.get(action="campaign.cancel_placements").details
        assert details == {"n": 2, "decision_number": NUMBER}
        assert not AuditEvent.objects.filter(action="campaign.resume_review").exists()

    def test_nobody_who_was_told_nothing_is_told(self, decided) -> None:
        Notice.objects.all().delete()
        withdraw(decided)
        assert not Notice.objects.exists()
        assert set(Nomination.objects.values_list("outcome", flat=True)) == {""}

    def test_whoever_was_told_is_told_once_and_without_the_reason(self, published) -> None:
        withdraw(published)
        assert sorted(Notice.objects.values_list("recipient", flat=True)) == sorted(
            [published.home_clerk.pk, published.nominee.pk]
        )
        for one in Notice.objects.all():
            assert one.title == "“第一批”的集体决定已撤回，正在重新研究"
            assert REASON not in f"{one.title}{one.body}"
        assert set(Nomination.objects.values_list("outcome", flat=True)) == {Outcome.WITHDRAWN}

    def test_a_person_who_left_needs_no_decision_any_more(self, decided) -> None:
        person = decided.people[0].person
        person.state = PersonState.RETIRED
        person.save()
        decide_about_placements(person, DECIDED)
        assert Obligation.objects.filter(kind="placement.person_left", state="open").count() == 1
        withdraw(decided)
        row = Obligation.objects.get(kind="placement.person_left")
        assert (row.state, row.closed_on) == ("waived", TODAY)

    def test_more_people_ask_no_more_queries(self, decided) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as asked:
                withdraw(decided, decision_of(decided.campaign))
            return len(asked)

        many = count()
        post_notification(decided, dt.date(2026, 10, 14))
        later = dt.date(2026, 10, 30)
        one = [services.DecidedPair(decided.people[0].pk, decided.posts[0].pk)]
        one.append(services.DecidedPair(decided.people[1].pk, None, "另有安排"))
        meeting = services.Meeting("部务会", "2号", later)
        services.decide_campaign(decided.proposal, meeting, one, by=decided.owner, on=later, at=AT)
        with CaptureQueriesContext(connection) as few:
            withdraw(decided, decision_of(decided.campaign), on=later, withdrawn_on=later)
        assert many == len(few)


class TestWhoAndWhen:
    @pytest.mark.parametrize("changes", [{"meeting": " "}, {"reason": " "}])
    def test_meeting_and_reason_are_written(self, decided, changes) -> None:
        with pytest.raises(ReasonMissingError):
            withdraw(decided, **changes)

    def test_the_day_lies_between_the_decision_and_today(self, decided) -> None:
        with pytest.raises(EarlyDateError, match="2026-10-12"):
            withdraw(decided, withdrawn_on=dt.date(2026, 10, 11))
        with pytest.raises(FutureDateError):
            withdraw(decided, withdrawn_on=dt.date(2026, 10, 15))
        assert withdraw(decided, withdrawn_on=DECIDED).withdrawn_on == DECIDED

    def test_only_the_department_that_decided(self, decided) -> None:
        other = make_user(Role.ORGANISATION_DEPARTMENT, make_unit("外省"))
        leader = make_user(Role.LEADER, decided.root)
        for user in (other, leader, decided.home_clerk, decided.host_clerk):
            with pytest.raises(NotAllowedError):
                withdraw(decided, by=user)

    def test_it_is_done_once_and_closes_every_other_act(self, decided) -> None:
        withdraw(decided)
        now = {"by": decided.owner, "on": TODAY, "at": AT}
        with pytest.raises(DecisionWithdrawnError, match="2026-10-14"):
            withdraw(decided)
        meeting = services.Meeting("部务会", "改", DECIDED)
        with pytest.raises(DecisionWithdrawnError):
            services.correct_decision(decided.decision, meeting, reason="笔误", **now)
        with pytest.raises(DecisionWithdrawnError):
            services.record_minutes(decided.decision, number="1", minutes_on=DECIDED, **now)
        with pytest.raises(WrongStateError):
            services.publish_results(decided.decision, **now)
        assert AuditEvent.objects.filter(action="campaign.withdraw_decision").count() == 1


class TestNotices:
    def test_one_notice_refuses_and_shows_the_way(self, decided) -> None:
        issue(decided, Placement.objects.order_by("pk")[0])
        with pytest.raises(NoticeOutError, match="已有 1 人印发挂职通知（张示例）") as refused:
            withdraw(decided)
        assert refused.value.way == (
            "更正或作废通知",
            f"{reverse('placements:notice_list')}?campaign={decided.campaign.pk}",
        )
        assert Placement.objects.filter(state=PlacementState.CANCELLED).count() == 0

    def test_all_notices_out_refuse_as_well(self, decided) -> None:
        for one in Placement.objects.order_by("pk"):
            issue(decided, one)
        decided.campaign.refresh_from_db()
        assert decided.campaign.state == CampaignState.DISPATCHED
        with pytest.raises(NoticeOutError, match="已有 2 人"):
            withdraw(decided)

    def test_once_the_notice_is_void_the_decision_can_go_and_whoever_had_it_is_told(self, decided) -> None:
        placement = Placement.objects.order_by("pk")[0]
        notice = issue(decided, placement)
        now = {"by": decided.owner, "on": TODAY, "at": AT}
        placing.withdraw_notice(notice, reason="重新研究", **now)
        Notice.objects.all().delete()
        withdraw(decided)
        assert set(Notice.objects.values_list("recipient", flat=True)) == {
            decided.home_clerk.pk,
            decided.host_clerk.pk,
        }
        assert {str(one.title) for one in Notice.objects.all()} == {
            "张示例同志到甲村的挂职随集体决定撤回，另行研究"
        }
        notice.refresh_from_db()
        assert notice.state == NoticeState.WITHDRAWN

    def test_cancelled_after_dispatch_there_is_nothing_to_take_back(self, decided) -> None:
        now = {"by": decided.owner, "on": TODAY, "at": AT}
        for one in Placement.objects.order_by("pk"):
            issue(decided, one)
        for one in Placement.objects.order_by("pk"):
            placing.cancel_placement(one, reason="另有任用", **now)
        with pytest.raises(WrongStateError):
            withdraw(decided)

    def test_while_notices_are_being_written_it_waits(self, decided) -> None:
        start_job(ISSUE_JOB, {"campaign": decided.campaign.pk}, by=decided.owner, at=AT, once="1")
        with pytest.raises(NoticeOutError, match="正在印发") as refused:
            withdraw(decided)
        assert refused.value.way[1] == reverse("placements:notices_issue", args=[decided.campaign.pk])

    def test_what_was_recorded_from_a_list_stays(self, decided) -> None:
        kept = make_placement(campaign=decided.campaign, state=PlacementState.IN_POST, origin=Origin.RECORDED)
        withdraw(decided)
        kept.refresh_from_db()
        assert (kept.state, kept.decision_withdrawn) == (PlacementState.IN_POST, False)


class TestDecidedAnew:
    def test_every_check_is_asked_again(self, decided) -> None:
        withdraw(decided)
        with pytest.raises(NotificationMissingError, match="请先发布公示"):
            decide(decided, TODAY)
        post_notification(decided, TODAY)
        with pytest.raises(NotificationMissingError, match="2026-10-20"):
            decide(decided, dt.date(2026, 10, 20))

    def test_the_next_one_has_a_version_and_placements_of_its_own(self, decided) -> None:
        withdraw(decided)
        post_notification(decided, TODAY)
        day = dt.date(2026, 10, 21)
        second = decide(decided, day, NUMBER)
        assert (decided.decision.version, second.version) == (1, 2)
        assert sorted(Placement.objects.values_list("state", "decision_withdrawn")) == [
            *[("cancelled", True)] * 2,
            *[("decided", False)] * 2,
        ]
        services.publish_results(second, by=decided.owner, on=day, at=AT)
        words = dict(Nomination.objects.values_list("person__name", "outcome"))
        assert words == {"张示例": "chosen", "李示例": "chosen", "王示例": "not_chosen"}
        meeting = services.Meeting("部务会", "示组〔2026〕10号", day)
        now = {"by": decided.owner, "on": day, "at": AT}
        services.correct_decision(second, meeting, reason="文号", **now)
        numbers = sorted(Placement.objects.values_list("decision_number", "state"))
        assert numbers == [
            *[("示组〔2026〕10号", "decided")] * 2,
            *[(NUMBER, "cancelled")] * 2,
        ]
        chosen = chosen_for([one.pk for one in decided.posts])
        assert {key: [one.nomination.person.name for one in rows] for key, rows in chosen.items()} == {
            decided.posts[0].pk: ["张示例"],
            decided.posts[1].pk: ["李示例"],
        }

    def test_who_was_in_the_first_alone_was_not_called_off(self, published) -> None:
        """Cancelled singly or with the decision: what became of the person is what the next decision says."""
        one = Placement.objects.order_by("pk")[1]
        placing.cancel_placement(one, reason="另有任用", by=published.owner, on=TODAY, at=AT)
        withdraw(published)
        post_notification(published, TODAY)
        day = dt.date(2026, 10, 21)
        pairs = [
            services.DecidedPair(published.people[0].pk, published.posts[0].pk),
            services.DecidedPair(published.people[1].pk, None, "另有任用"),
        ]
        meeting = services.Meeting("部务会", NUMBER, day)
        services.decide_campaign(published.proposal, meeting, pairs, by=published.owner, on=day, at=AT)
        how = placing.Issue("示组挂", published.campaign.starts_on)
        placing.issue_notices(published.campaign, how, by=published.owner, on=day, at=AT)
        words = dict(Nomination.objects.values_list("person__name", "outcome"))
        assert words == {"张示例": "sent", "李示例": "not_chosen", "王示例": "not_chosen"}
        told = [one.title for one in Notice.objects.filter(recipient=published.nominee)]
        assert told.count("“第一批”结果已公布") == 1

    def test_it_is_not_of_a_day_on_which_the_first_still_stood(self, decided) -> None:
        withdraw(decided)
        Campaign.objects.filter(pk=decided.campaign.pk).update(state=CampaignState.CONSULTATION)
        with pytest.raises(EarlyDateError, match="上次决定的撤回日期（2026-10-14）"):
            decide(decided, dt.date(2026, 10, 13))
        post_notification(decided, TODAY)
        second = decide(decided, dt.date(2026, 10, 21))
        meeting = services.Meeting("部务会", NUMBER, dt.date(2026, 10, 13))
        with pytest.raises(EarlyDateError, match="上次决定的撤回日期"):
            services.correct_decision(
                second, meeting, reason="日期", by=decided.owner, on=dt.date(2026, 10, 21), at=AT
            )


class TestUrgent:
    @pytest.fixture
    def urgent(self, scene: Scene) -> Scene:
        scene.campaign.programme_version = make_programme_version(to_json(URGENT))
        scene.campaign.save(update_fields=["programme_version"])
        scene.proposal.run.campaign = scene.campaign
        scene.decision = self.decide(scene, DECIDED)
        return scene

    def decide(self, scene: Scene, on: dt.date) -> Decision:
        pairs = [
            services.DecidedPair(one.pk, post.pk)
            for one, post in zip(scene.people, scene.posts, strict=False)
        ]
        return services.decide_campaign(
            scene.proposal,
            services.Meeting("会商", "急1号", on),
            pairs,
            afterwards=services.Afterwards("部长", "急"),
            by=scene.owner,
            on=on,
            at=AT,
        )

    def test_what_was_to_follow_falls_away_and_matching_begins_again(self, urgent) -> None:
        assert withdrawal_summary(urgent.decision).steps == ("征求意见", "任前谈话", "公示", "会议纪要")
        withdraw(urgent)
        urgent.campaign.refresh_from_db()
        assert urgent.campaign.state == CampaignState.REVIEW
        rows = Obligation.objects.filter(kind__startswith="decision.afterwards.")
        assert set(rows.values_list("state", "closed_on")) == {("waived", TODAY)}
        assert rows.count() == 4
        assert owed_steps(urgent.campaign) == set()
        details = AuditEvent.objects.get(action="campaign.resume_review").details
        assert details == {"reason": REASON}
        settle_all(TODAY)

    def test_the_next_one_owes_its_own_steps(self, urgent, signed_in) -> None:
        withdraw(urgent)
        self.decide(urgent, TODAY)
        rows = Obligation.objects.filter(kind="decision.afterwards.minutes")
        assert sorted(rows.values_list("state", "due_on")) == [
            ("open", dt.date(2026, 10, 17)),
            ("waived", dt.date(2026, 10, 15)),
        ]
        page = signed_in(urgent.owner).get(address("decision_detail", urgent.campaign.pk))
        assert len(page.context["later_steps"]) == 4
        settle_all(TODAY)

    def test_units_asked_afterwards_are_not_asked_again(self, urgent) -> None:
        services.start_consultation(urgent.proposal, due_on=TODAY, by=urgent.owner, on=DECIDED, at=AT)
        withdraw(urgent)
        urgent.campaign.refresh_from_db()
        assert urgent.campaign.state == CampaignState.CONSULTATION


class TestPages:
    @pytest.fixture
    def data(self) -> dict[str, str]:
        return {"meeting": "部务会", "withdrawn_on": "2026-10-14", "reason": REASON}

    def test_the_page_says_what_it_does_before(self, published, signed_in) -> None:
        page = text_of(signed_in(published.owner).get(address("decision_withdraw", published.decision.pk)))
        for text in (
            "2 人的挂职随决定取消",
            "3 名人选及其 1 个派出单位收到消息",
            "2026-09-28 至 2026-10-09 的公示随之撤回",
            "批次退回征求意见",
            "第 1 次决定（示组〔2026〕9号）",
            "确认撤回：2 人不再派出",
        ):
            assert text in page
        assert "补办事项不再需要" not in page

    def test_unpublished_urgent_and_unasked(self, scene, signed_in) -> None:
        urgent = TestUrgent.urgent.__wrapped__(TestUrgent(), scene)
        page = text_of(signed_in(urgent.owner).get(address("decision_withdraw", urgent.decision.pk)))
        for text in (
            "补办事项不再需要：征求意见、任前谈话、公示、会议纪要",
            "结果尚未公布",
            "批次退回匹配",
        ):
            assert text in page
        assert "的公示随之撤回" not in page

    def test_from_the_page_once_whatever_is_pressed(self, decided, signed_in, data) -> None:
        first, second = signed_in(decided.owner), signed_in(decided.owner)
        detail = address("decision_detail", decided.campaign.pk)
        withdrawal = address("decision_withdraw", decided.decision.pk)
        assert withdrawal in first.get(detail).content.decode()
        assert withdrawal in first.get(address("decision_version", decided.decision.pk)).content.decode()
        assert first.post(withdrawal, data | {"reason": ""}).status_code == 200
        page = text_of(first.post(withdrawal, data, follow=True))
        assert "集体决定已撤回" in page
        assert "第 1 次决定（示组〔2026〕9号，2026-10-12）" in page
        assert f"2026-10-14 经部务会撤回，{decided.owner.name} 登记。理由：{REASON}" in page
        for client in (first, second):
            again = client.post(withdrawal, data, follow=True)
            assert "该决定已于2026-10-14撤回" in text_of(again)
            assert "有效" not in text_of(again)
        assert AuditEvent.objects.filter(action="campaign.withdraw_decision").count() == 1
        assert Decision.objects.count() == 1

    def test_a_day_that_cannot_be_is_told_at_its_field(self, decided, signed_in, data) -> None:
        page = signed_in(decided.owner).post(
            address("decision_withdraw", decided.decision.pk), data | {"withdrawn_on": "2026-10-11"}
        )
        assert "早于决定日期" in str(page.context["form"].errors["withdrawn_on"])

    def test_with_a_notice_out_the_page_leads_on(self, decided, signed_in, data) -> None:
        issue(decided, Placement.objects.order_by("pk")[0])
        client, withdrawal = signed_in(decided.owner), address("decision_withdraw", decided.decision.pk)
        for page in (client.get(withdrawal), client.post(withdrawal, data)):
            assert "已有 1 人印发挂职通知" in text_of(page)
            assert (
                f"{reverse('placements:notice_list')}?campaign={decided.campaign.pk}" in page.content.decode()
            )
            assert "确认撤回" not in text_of(page)

    def test_the_earlier_version_is_read_printed_and_taken_away(self, decided, signed_in) -> None:
        withdraw(decided)
        version = address("decision_version", decided.decision.pk)
        leader = make_user(Role.LEADER, decided.root)
        for user in (decided.owner, leader):
            page = signed_in(user).get(version)
            for text in ("第 1 次决定", "已撤回", "张示例", "甲村第一书记", REASON, "部务会第13次会议"):
                assert text in text_of(page)
            assert "data-prints" in page.content.decode()
            assert "撤回决定" not in text_of(page)
        shown = signed_in(decided.owner).get(version, {"name": "张"})
        assert [row.item.nomination.person.name for row in shown.context["listing"].rows()] == ["张示例"]
        signed_in(decided.owner).get(version, {"export": "xlsx"})
        assert AuditEvent.objects.filter(action="campaign.export_decision").count() == 1
        for user in (decided.home_clerk, decided.host_clerk):
            assert signed_in(user).get(version).status_code == 404
            assert signed_in(user).get(address("decision_withdraw", decided.decision.pk)).status_code == 404
        assert signed_in(leader).get(address("decision_withdraw", decided.decision.pk)).status_code == 403

    def test_a_person_who_is_not_sent_is_in_the_version(self, decided, signed_in) -> None:
        decided.decision.items.filter(nomination=decided.people[0]).update(campaign_post=None, reason="另议")
        page = text_of(signed_in(decided.owner).get(address("decision_version", decided.decision.pk)))
        assert "不派出" in page
        assert "有效" in page

    def test_queries_do_not_grow_with_the_people(self, decided, signed_in) -> None:
        client = signed_in(decided.owner)
        for name in ("decision_version", "decision_withdraw"):
            page = address(name, decided.decision.pk)
            client.get(page)
            with CaptureQueriesContext(connection) as many:
                client.get(page)
            kept = decided.decision.items.order_by("-pk")[0]
            Placement.objects.filter(person=kept.nomination.person_id).update(state="cancelled")
            kept.delete()
            with CaptureQueriesContext(connection) as few:
                client.get(page)
            assert len(many) == len(few)
            decided.decision.items.create(nomination=kept.nomination, campaign_post=kept.campaign_post)


class TestResults:
    def test_nobody_is_shown_as_chosen_any_more(self, published, signed_in) -> None:
        withdraw(published)
        result = address("result_detail", published.people[0].pk)
        for user in (published.nominee, published.home_clerk, published.owner):
            page = text_of(signed_in(user).get(result))
            assert "本批次的集体决定已于 2026-10-14 撤回，正在重新研究。" in page
            for secret in ("入选人选", "选派到", "甲村", REASON, NUMBER):
                assert secret not in page
        mine = text_of(signed_in(published.nominee).get(reverse("campaigns:my_nominations")))
        assert "决定已撤回" in mine
        assert "查看说明" in mine
        assert "查看结果和原因" not in mine
        nominations = reverse("campaigns:nomination_list", args=[published.campaign.pk])
        listed = text_of(signed_in(published.owner).get(nominations, {"result": "withdrawn"}))
        assert "决定已撤回" in listed
        assert "张示例" in listed

    def test_the_next_result_is_read_once_it_is_published(self, published, signed_in) -> None:
        withdraw(published)
        post_notification(published, TODAY)
        day = dt.date(2026, 10, 21)
        second = decide(published, day, "示组〔2026〕12号")
        results = address("result_list", published.campaign.pk)
        page = signed_in(published.owner).get(results)
        assert page.context["may_publish"]
        assert "入选（未公布）" in text_of(page)
        nominee = signed_in(published.nominee)
        assert "正在重新研究" in text_of(nominee.get(address("result_detail", published.people[0].pk)))
        services.publish_results(second, by=published.owner, on=day, at=AT)
        mine = text_of(nominee.get(reverse("campaigns:my_nominations")))
        assert "查看结果和原因" in mine

    def test_the_list_of_campaigns_names_the_number_in_force(self, decided, signed_in) -> None:
        client = signed_in(decided.owner)
        assert NUMBER in text_of(client.get(reverse("decision:decision_list")))
        withdraw(decided)
        assert NUMBER not in text_of(client.get(reverse("decision:decision_list")))
