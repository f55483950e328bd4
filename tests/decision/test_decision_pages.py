"""What the pages of consultation and decision show and do."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState, NominationState
from secondment.campaigns.models import Campaign
from secondment.campaigns.parameters_json import to_json
from secondment.campaigns.presets import URGENT
from secondment.campaigns.services.transitions import WrongStateError
from secondment.common.errors import NotAllowedError
from secondment.decision import services
from secondment.decision.checks import notification_obstacles, refuse_first
from secondment.decision.choices import Party, Reply
from secondment.decision.errors import NotificationDateError, ObjectionOpenError, ReasonMissingError
from secondment.decision.forms import decided_pairs, initial_changes, ticked
from secondment.decision.models import (
    Consultation,
    Decision,
    DecisionItem,
    NotificationObjection,
    PersonReply,
    PreAppointmentTalk,
    PublicNotification,
)
from secondment.decision.queries import owed_steps, posted_of
from secondment.decision.services.afterwards import settle_all
from secondment.matching.choices import Principle
from secondment.matching.holding import live_pairs
from secondment.matching.models import Proposal, ProposalPair
from secondment.placements.models import Placement
from tests.makers import (
    AT,
    make_campaign_post,
    make_nomination,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)
from tests.pages import text_of

ASKED = dt.date(2026, 9, 14)
POSTED = dt.date(2026, 9, 28)
FAR = dt.date(2099, 1, 5)
SHUT = 'disabled aria-describedby="before"'


def url(name: str, pk: int) -> str:
    return reverse(f"decision:{name}", args=[pk])


@pytest.fixture
def asked(scene):
    services.start_consultation(scene.proposal, due_on=ASKED, by=scene.owner, on=ASKED, at=AT)
    return scene


@pytest.fixture
def posted(asked):
    services.publish_notification(
        asked.proposal, starts_on=POSTED, contact="监督处", by=asked.owner, on=POSTED, at=AT
    )
    return asked


@pytest.fixture
def ready(posted):
    talks = [services.NewTalk(one.pk, POSTED, "部长") for one in posted.people]
    services.record_talks(posted.proposal, talks, by=posted.owner, on=POSTED, at=AT)
    return posted


def decision_data(**changes) -> dict[str, str]:
    return {
        "meeting": "部务会",
        "number": "示组〔2026〕9号",
        "decided_on": "2026-10-12",
        "changes-TOTAL_FORMS": "1",
        "changes-INITIAL_FORMS": "0",
        "changes-0-nomination": "",
        "changes-0-campaign_post": "",
        "changes-0-reason": "",
    } | changes


def decide(client, pk: int, data: dict[str, str]):
    """Check, then confirm what the page sums up; a page with errors is returned as it is."""
    page = client.post(url("decision_record", pk), data)
    if page.context["summary"] is None:
        return page
    return client.post(url("decision_record", pk), data | {"confirmed": page.context["summary"].mark})


def test_whole_way_through_the_pages(scene, signed_in) -> None:
    client, pk = signed_in(scene.owner), scene.campaign.pk
    later = "2099-01-05"
    assert client.get(url("decision_detail", pk)).context["actions"] == [
        "start_consultation",
        "handle_objection",
    ]
    assert client.post(url("consultation_start", pk), {"due_on": later}).status_code == 302
    for consultation in Consultation.objects.all():
        role = Role.HOME_UNIT if consultation.party == Party.HOME else Role.HOST_UNIT
        unit_client = signed_in(make_user(role, consultation.unit))
        address = url("consultation_detail", consultation.pk)
        assert unit_client.post(address, {"agree_rest": "1"}).status_code == 302
    data = {"starts_on": later, "contact": "监督处"}
    assert client.post(url("notification_publish", pk), data).status_code == 302
    assert "仅按周末推算" in client.get(url("decision_detail", pk)).content.decode()
    PublicNotification.objects.update(starts_on=POSTED, last_day=dt.date(2026, 10, 9))
    selected = [one.pk for one in scene.people]
    data = {"held_on": "2026-09-28", "talker": "部长", "selected": selected[:2]}
    assert client.post(url("talks_record", pk), data).status_code == 302
    assert decide(client, pk, decision_data()).status_code == 302
    assert Placement.objects.count() == 2
    page = client.get(url("decision_detail", pk))
    assert page.context["actions"] == []
    assert reverse("placements:notices_issue", args=[pk]) in page.content.decode()


class TestOverview:
    def test_units_and_people_are_counted(self, asked, signed_in) -> None:
        page = signed_in(asked.owner).get(url("decision_detail", asked.campaign.pk))
        rows = [row.item for row in page.context["listing"].rows()]
        counted = [(one.unit.name, one.n_people, one.is_overdue) for one in rows]
        assert counted == [("示例厅", 2, True), ("甲村", 1, True), ("乙村", 1, True)]
        overview = page.context["overview"]
        assert (overview.n_asked, overview.n_waiting, overview.n_objected) == (3, 3, 0)

    def test_units_are_searched_filtered_and_exported_with_a_trail(self, asked, signed_in) -> None:
        Consultation.objects.filter(unit__name="甲村").update(reply=Reply.OBJECTED, text="另有任务")
        Consultation.objects.filter(unit__name="乙村").update(reply=Reply.AGREED)
        client = signed_in(asked.owner)

        def names(**query: str) -> list[str]:
            page = client.get(url("decision_detail", asked.campaign.pk), query)
            return [row.item.unit.name for row in page.context["listing"].rows()]

        assert names(unit="村") == ["甲村", "乙村"]
        assert names(party="home") == ["示例厅"]
        assert names(reply="agreed") == ["乙村"]
        assert names(reply="overdue") == ["示例厅"]
        assert names(reply="open_objection") == ["甲村"]
        page = client.get(url("decision_detail", asked.campaign.pk)).content.decode()
        assert "异议待处理" in page
        Consultation.objects.filter(unit__name="甲村").update(handling="已沟通")
        assert names(reply="open_objection") == []
        handled = client.get(url("decision_detail", asked.campaign.pk)).content.decode()
        assert "另有任务  处理：已沟通" in handled
        exported = client.get(url("decision_detail", asked.campaign.pk), {"export": "xlsx"})
        assert exported.status_code == 200
        assert AuditEvent.objects.filter(action="consultation.export").count() == 1

    def test_queries_do_not_grow_with_the_units(self, asked, signed_in, django_assert_num_queries) -> None:
        client = signed_in(asked.owner)
        address = url("decision_detail", asked.campaign.pk)
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        Consultation.objects.bulk_create(
            Consultation(proposal=asked.proposal, unit=make_unit(f"第{n}厅", asked.home), party=Party.HOME)
            for n in range(10)
        )
        with django_assert_num_queries(len(few)):
            client.get(address)

    def test_talks_of_people_outside_the_proposal_do_not_count(self, ready, signed_in) -> None:
        overview = signed_in(ready.owner).get(url("decision_detail", ready.campaign.pk)).context["overview"]
        assert (overview.n_talks, overview.n_pairs, overview.obstacles) == (2, 2, [])

    def test_without_a_proposal_the_page_says_what_to_do(self, scene, signed_in) -> None:
        Proposal.objects.update(is_chosen=False)
        client = signed_in(scene.owner)
        assert "尚未采用方案" in client.get(url("decision_detail", scene.campaign.pk)).content.decode()
        assert client.get(url("consultation_start", scene.campaign.pk)).status_code == 404

    def test_queries_do_not_grow_with_people(self, asked, signed_in) -> None:
        client = signed_in(asked.owner)
        address = url("decision_detail", asked.campaign.pk)
        self._add_people(asked, 1)
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        self._add_people(asked, 20)
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) == len(few)

    @staticmethod
    def _add_people(asked, n: int) -> None:
        for _ in range(n):
            nomination = make_nomination(asked.campaign, make_person(make_unit("", asked.root)))
            post = make_campaign_post(asked.campaign, make_post(make_unit("", asked.root)))
            ProposalPair.objects.create(
                proposal=asked.proposal, nomination=nomination, campaign_post=post, score=0.5
            )
            Consultation.objects.create(
                proposal=asked.proposal, unit=nomination.home_unit, party=Party.HOME, due_on=ASKED
            )

    def test_list_leads_to_each_campaign(self, ready, signed_in) -> None:
        page = signed_in(ready.owner).get(reverse("decision:decision_list")).content.decode()
        assert url("decision_detail", ready.campaign.pk) in page


def test_the_principle_of_the_plan_stands_with_its_reason(scene, signed_in) -> None:
    client = signed_in(scene.owner)
    pages = (
        url("decision_detail", scene.campaign.pk),
        reverse("matching:proposal_print", args=[scene.proposal.pk]),
    )
    for page in pages:
        assert "安排原则 总匹配度最高 没有另写选用理由。" in text_of(client.get(page))
    scene.proposal.principle, scene.proposal.principle_reason = Principle.STABLE_PEOPLE, "尊重双方意愿"
    scene.proposal.save()
    for page in pages:
        assert "安排原则 稳定，人选优先 选用理由：尊重双方意愿" in text_of(client.get(page))


def test_one_person_has_points_of_their_own_in_the_table_of_talks(asked, signed_in) -> None:
    client, address = signed_in(asked.owner), url("talks_record", asked.campaign.pk)
    first, second = (one.pk for one in asked.people[:2])
    sent = {"held_on": "2026-09-28", "talker": "部长", "points": "纪律", f"points-{second}": "家庭困难"}
    client.post(address, sent | {"selected": [first, second]})
    assert dict(PreAppointmentTalk.objects.values_list("nomination", "points")) == {
        first: "纪律",
        second: "家庭困难",
    }
    page = client.post(address, sent | {"selected": [first], f"points-{second}": "长" * 501})
    assert list(page.context["form"].errors) == [f"points-{second}"]
    late = client.post(address, sent | {"selected": [first], "held_on": "2099-01-01"})
    assert late.context["form"].errors == {"held_on": ["谈话日期不能晚于今天。"]}


class TestUnits:
    def test_unit_sees_its_own_people_only(self, asked, signed_in) -> None:
        host = Consultation.objects.get(unit=asked.hosts[0])
        page = signed_in(asked.host_clerk).get(url("consultation_detail", host.pk)).content.decode()
        assert "张示例" in page
        assert "李示例" not in page
        other = Consultation.objects.get(unit=asked.hosts[1])
        assert signed_in(asked.host_clerk).get(url("consultation_detail", other.pk)).status_code == 404

    def test_owner_reads_but_does_not_reply(self, asked, signed_in) -> None:
        row = Consultation.objects.get(party=Party.HOME)
        client = signed_in(asked.owner)
        assert client.get(url("consultation_detail", row.pk)).context["facts"]
        assert client.post(url("consultation_detail", row.pk), {"agree_rest": "1"}).status_code == 403

    def test_objection_is_handled_from_the_page(self, asked, signed_in) -> None:
        row = Consultation.objects.get(party=Party.HOME)
        home = signed_in(asked.home_clerk)
        assert home.post(url("consultation_detail", row.pk), {"sent": "1"}).context["form"].errors
        line = f"{row.pk}-{asked.people[0].pk}"
        objection = {f"reply-{line}": "objected", f"text-{line}": "另有任务", "agree_rest": "1"}
        home.post(url("consultation_detail", row.pk), objection)
        owner = signed_in(asked.owner)
        assert "写处理结论" in owner.get(url("consultation_detail", row.pk)).content.decode()
        assert owner.get(url("objection_handle", row.pk)).status_code == 200
        assert owner.post(url("objection_handle", row.pk), {"handling": "已沟通"}).status_code == 302
        row.refresh_from_db()
        assert (row.reply, row.handling) == (Reply.OBJECTED, "已沟通")
        assert "修改处理结论" in owner.get(url("consultation_detail", row.pk)).content.decode()


class TestNotification:
    def test_document_lists_people_and_days(self, posted, signed_in) -> None:
        response = signed_in(posted.owner).get(url("notification_download", posted.campaign.pk))
        document = Document(io.BytesIO(response.content))
        texts = [one.text for one in document.paragraphs if one.text]
        assert texts[0] == "关于第一批选派工作拟派人选的公示"
        assert "公示时间：2026年9月28日至2026年10月9日（5个工作日）。" in texts
        assert "受理方式：监督处。" in texts
        assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
            ["序号", "姓名", "性别", "出生年月", "学历", "政治面貌", "现工作单位及职务", "拟挂任单位及职务"],
            ["1", "张示例", "男", "1985.03", "大学本科", "群众", "示例厅", "甲村第一书记"],
            ["2", "李示例", "男", "1985.03", "大学本科", "群众", "示例厅", "乙村第一书记"],
        ]

    def test_without_contact_the_line_is_left_out(self, posted, signed_in) -> None:
        PublicNotification.objects.update(contact="")
        response = signed_in(posted.owner).get(url("notification_download", posted.campaign.pk))
        assert not any("受理方式" in one.text for one in Document(io.BytesIO(response.content)).paragraphs)

    def test_report_is_recorded_and_resolved_from_the_pages(self, posted, signed_in) -> None:
        client, pk = signed_in(posted.owner), posted.campaign.pk
        data = {"received_on": "2026-09-29", "text": "某情况", "nomination": posted.people[0].pk}
        assert client.get(url("objection_record", pk)).status_code == 200
        assert client.post(url("objection_record", pk), data).status_code == 302
        row = NotificationObjection.objects.get()
        assert row.nomination == posted.people[0]
        assert "写核实结论" in client.get(url("decision_detail", pk)).content.decode()
        assert client.get(url("objection_resolve", row.pk)).status_code == 200
        assert client.post(url("objection_resolve", row.pk), {"conclusion": "不属实"}).status_code == 302
        assert "结论：不属实" in client.get(url("decision_detail", pk)).content.decode()

    def test_contact_of_last_time_is_offered_again(self, posted, signed_in) -> None:
        Campaign.objects.update(state=CampaignState.CONSULTATION)
        form = signed_in(posted.owner).get(url("notification_publish", posted.campaign.pk)).context["form"]
        assert form.initial["contact"] == "监督处"

    def test_late_entry_is_told_on_the_page(self, asked, signed_in) -> None:
        Consultation.objects.update(reply=Reply.AGREED)
        client, pk = signed_in(asked.owner), asked.campaign.pk
        data = {"starts_on": "2026-09-28", "contact": "监督处"}
        page = client.post(url("notification_publish", pk), data)
        assert page.context["form"]["contact"].value() == "监督处"
        assert "请填写补录说明" in page.context["form"].errors["late_reason"][0]
        data["late_reason"] = "张贴于办公楼一层"
        assert client.post(url("notification_publish", pk), data).status_code == 302
        page = client.get(url("decision_detail", pk)).content.decode()
        assert "公示后补录：张贴于办公楼一层" in page

    def test_review_resumes_from_the_page(self, posted, signed_in) -> None:
        client, pk = signed_in(posted.owner), posted.campaign.pk
        assert client.post(url("review_resume", pk), {"sent": "1"}).context["form"].errors
        assert client.post(url("review_resume", pk), {"reason": "换方案"}).status_code == 302
        assert Campaign.objects.get(pk=pk).state == CampaignState.REVIEW


class TestTalks:
    def test_nobody_ticked_is_said(self, asked, signed_in) -> None:
        data = {"held_on": "2026-09-28", "talker": "部长"}
        response = signed_in(asked.owner).post(url("talks_record", asked.campaign.pk), data)
        assert response.context["form"].errors == {"__all__": ["请勾选参加谈话的人员。"]}
        assert PreAppointmentTalk.objects.count() == 0

    def test_talks_held_are_shown(self, ready, signed_in) -> None:
        page = signed_in(ready.owner).get(url("talks_record", ready.campaign.pk)).content.decode()
        assert "2026-09-28 部长" in page

    def test_only_people_of_the_list_are_ticked(self) -> None:
        assert ticked(["2", "9", "2", "x"], [1, 2]) == [2]


class TestDecision:
    def test_change_with_reason_from_the_page(self, ready, signed_in) -> None:
        data = decision_data(
            **{
                "changes-0-nomination": str(ready.people[0].pk),
                "changes-0-campaign_post": "",
                "changes-0-reason": "健康原因",
            }
        )
        client = signed_in(ready.owner)
        decide(client, ready.campaign.pk, data)
        assert DecisionItem.objects.get(nomination=ready.people[0]).reason == "健康原因"
        page = client.get(url("decision_detail", ready.campaign.pk)).content.decode()
        assert "健康原因" in page
        assert "不派出" in page

    def test_refusal_keeps_what_was_typed(self, ready, signed_in) -> None:
        data = decision_data(
            **{"changes-0-nomination": str(ready.people[0].pk), "changes-0-campaign_post": ""}
        )
        page = decide(signed_in(ready.owner), ready.campaign.pk, data)
        assert "理由" in page.context["form"].errors["__all__"][0]
        assert page.context["form"]["number"].value() == "示组〔2026〕9号"
        assert not Decision.objects.exists()

    def test_reason_without_a_person_is_a_slip(self, ready, signed_in) -> None:
        data = decision_data(**{"changes-0-reason": "健康原因"})
        response = decide(signed_in(ready.owner), ready.campaign.pk, data)
        assert response.context["changes"][0].errors == {"nomination": ["请选择人选。"]}
        assert not Decision.objects.exists()

    @pytest.mark.parametrize(("count", "n_rows"), [("1", 4), ("²", 3), ("x", 3)])
    def test_more_rows_keep_what_was_typed(self, ready, signed_in, count, n_rows) -> None:
        data = decision_data(add_rows="1", **{"changes-TOTAL_FORMS": count})
        response = signed_in(ready.owner).post(url("decision_record", ready.campaign.pk), data)
        assert len(response.context["changes"].forms) == n_rows
        assert response.context["form"]["meeting"].value() == "部务会"

    def test_the_numbers_are_confirmed_and_any_change_is_shown_again(self, ready, signed_in) -> None:
        client, address = signed_in(ready.owner), url("decision_record", ready.campaign.pk)
        page = client.post(address, decision_data())
        summary = page.context["summary"]
        assert (summary.n_sent, summary.n_changed, summary.n_staying) == (2, 0, 1)
        assert "确认登记：派出 2 人" in page.content.decode()
        assert not Decision.objects.exists()
        changed = decision_data(
            **{"changes-0-nomination": str(ready.people[0].pk), "changes-0-reason": "健康原因"}
        )
        again = client.post(address, changed | {"confirmed": summary.mark}).context["summary"]
        assert (again.n_sent, again.n_changed, again.n_staying) == (1, 1, 2)
        assert again.mark != summary.mark
        assert not Decision.objects.exists()
        assert client.post(address, changed | {"confirmed": again.mark}).status_code == 302
        assert Placement.objects.count() == 1

    def test_obstacles_are_shown_before_anything_is_typed(self, asked, signed_in) -> None:
        page = signed_in(asked.owner).get(url("decision_record", asked.campaign.pk)).content.decode()
        assert "请先发布公示" in page
        assert SHUT in page

    def test_what_is_about_single_people_leaves_the_button(self, posted, signed_in) -> None:
        """Who has not been talked with may be left out of the decision."""
        Consultation.objects.update(reply=Reply.AGREED)
        PublicNotification.objects.update(last_day=dt.date(2020, 1, 1))
        page = signed_in(posted.owner).get(url("decision_record", posted.campaign.pk)).content.decode()
        assert "尚无任前谈话记录" in page
        assert SHUT not in page
        detail = signed_in(posted.owner).get(url("decision_detail", posted.campaign.pk)).content.decode()
        assert SHUT not in detail


def test_people_recorded_without_a_plan_are_not_said_to_wait_for_one(scene, signed_in) -> None:
    scene.proposal.is_chosen = False
    scene.proposal.save()
    client = signed_in(scene.owner)
    page = text_of(client.get(url("decision_detail", scene.campaign.pk)))
    assert "尚未采用方案" in page
    placement = make_placement(scene.campaign)
    Campaign.objects.filter(pk=scene.campaign.pk).update(state=CampaignState.DISPATCHED)
    page = client.get(url("decision_detail", scene.campaign.pk))
    assert "尚未采用方案" not in text_of(page)
    assert "1 人的挂职是登记进来的" in text_of(page)
    assert f"{reverse('placements:placement_list')}?campaign={placement.campaign_id}" in page.content.decode()


class TestBeforePosting:
    """What would refuse the public notification stands on both pages with its cure, and the button is shut."""

    def pages(self, scene, client) -> list[str]:
        names = ("decision_detail", "notification_publish")
        return [client.get(url(name, scene.campaign.pk)).content.decode() for name in names]

    def test_a_unit_that_may_still_reply_is_reminded_from_there(self, asked, signed_in) -> None:
        Consultation.objects.update(due_on=FAR)
        client = signed_in(asked.owner)
        for page in self.pages(asked, client):
            assert "个单位尚未答复且未到期限" in page
            assert reverse("campaigns:remind", args=[asked.campaign.pk, "replies"]) in page
            assert SHUT in page
        back = url("notification_publish", asked.campaign.pk)
        told = client.post(
            reverse("campaigns:remind", args=[asked.campaign.pk, "replies"]), {"back": back}, follow=True
        )
        assert told.redirect_chain[0][0] == back

    def test_an_open_objection_leads_to_its_answer(self, asked, signed_in) -> None:
        Consultation.objects.update(reply=Reply.AGREED)
        Consultation.objects.filter(party="home").update(reply=Reply.OBJECTED)
        for page in self.pages(asked, signed_in(asked.owner)):
            assert "有异议，尚无处理结论" in page
            assert "处理异议" in page
            assert SHUT in page

    def test_what_holds_no_longer_is_named(self, asked, signed_in) -> None:
        Consultation.objects.update(reply=Reply.AGREED)
        asked.people[0].state = NominationState.WITHDRAWN
        asked.people[0].save()
        for page in self.pages(asked, signed_in(asked.owner)):
            assert "张示例" in page
            assert SHUT in page

    def test_with_nothing_in_the_way_the_button_works(self, asked, signed_in) -> None:
        Consultation.objects.update(reply=Reply.AGREED)
        for page in self.pages(asked, signed_in(asked.owner)):
            assert SHUT not in page

    def test_a_leader_reads_them_without_buttons(self, asked, signed_in) -> None:
        Consultation.objects.update(due_on=FAR)
        leader = make_user(Role.LEADER, asked.root)
        page = signed_in(leader).get(url("decision_detail", asked.campaign.pk)).content.decode()
        assert "个单位尚未答复且未到期限" in page
        assert reverse("campaigns:remind", args=[asked.campaign.pk, "replies"]) not in page

    def test_changes_by_hand_come_filled(self, ready) -> None:
        pairs = list(live_pairs(ready.proposal))
        first, second, third = (one.pk for one in ready.people)
        computed = {first: ready.posts[0].pk, third: ready.posts[1].pk}
        assert initial_changes(pairs, computed, {second: "会使用农机"}) == [
            {"nomination": str(second), "campaign_post": str(ready.posts[1].pk), "reason": "会使用农机"},
            {"nomination": str(third), "campaign_post": "", "reason": ""},
        ]

    def test_change_replaces_the_proposed_pair(self, ready) -> None:
        pairs = list(live_pairs(ready.proposal))
        change = services.DecidedPair(ready.people[0].pk, None, "x")
        assert decided_pairs(pairs, [change]) == [
            services.DecidedPair(ready.people[1].pk, ready.posts[1].pk),
            change,
        ]


class TestWithdrawingThePosting:
    """A public notification posted by mistake is taken back; nothing that was said is lost."""

    def withdraw(self, scene, on: dt.date = POSTED) -> PublicNotification:
        return services.withdraw_notification(
            scene.proposal.public_notifications.get(withdrawn_on=None),
            reason=" 名单有误 ",
            by=scene.owner,
            on=on,
            at=AT,
        )

    def test_the_campaign_is_under_consultation_again_and_what_was_said_stays(self, posted) -> None:
        notification = posted.proposal.public_notifications.get()
        row = services.record_objection(
            notification,
            text="某情况",
            received_on=POSTED,
            nomination=None,
            by=posted.owner,
            on=POSTED,
            at=AT,
        )
        answers = list(Consultation.objects.order_by("pk").values())
        kept = self.withdraw(posted)
        posted.campaign.refresh_from_db()
        assert posted.campaign.state == CampaignState.CONSULTATION
        assert (kept.withdrawn_on, kept.withdraw_reason) == (POSTED, "名单有误")
        assert list(Consultation.objects.order_by("pk").values()) == answers
        details = AuditEvent.objects.get(action="campaign.withdraw_notification").details
        assert details == {"starts_on": "2026-09-28", "last_day": "2026-10-09", "reason": "名单有误"}
        again = services.publish_notification(
            posted.proposal, starts_on=POSTED, contact="", by=posted.owner, on=POSTED, at=AT
        ).notification
        assert again.pk != notification.pk
        after = again.last_day + dt.timedelta(days=1)
        with pytest.raises(ObjectionOpenError, match="1 条反映尚无核实结论"):
            refuse_first(notification_obstacles(posted.proposal, [], decided_on=after))
        services.resolve_objection(row, conclusion="不属实", by=posted.owner, on=POSTED, at=AT)

    def test_days_count_anew(self, posted) -> None:
        self.withdraw(posted)
        day = dt.date(2026, 10, 12)
        services.publish_notification(
            posted.proposal, starts_on=day, contact="", by=posted.owner, on=day, at=AT
        )
        assert list(posted.proposal.public_notifications.values_list("starts_on", "withdrawn_on")) == [
            (POSTED, POSTED),
            (day, None),
        ]
        assert posted_of(posted.proposal).starts_on == day

    def test_a_reason_the_owner_and_a_posting_are_needed(self, posted) -> None:
        notification = posted.proposal.public_notifications.get()
        now = {"on": POSTED, "at": AT}
        with pytest.raises(ReasonMissingError):
            services.withdraw_notification(notification, reason=" ", by=posted.owner, **now)
        with pytest.raises(NotAllowedError):
            services.withdraw_notification(notification, reason="误发", by=posted.home_clerk, **now)
        self.withdraw(posted)
        with pytest.raises(WrongStateError):
            services.withdraw_notification(notification, reason="误发", by=posted.owner, **now)

    def test_back_in_matching_the_posting_is_history(self, posted) -> None:
        services.resume_review(posted.proposal, reason="调整", by=posted.owner, on=POSTED, at=AT)
        row = posted.proposal.public_notifications.get()
        assert (row.withdrawn_on, row.withdraw_reason) == (POSTED, "调整")

    def test_from_the_page(self, posted, signed_in) -> None:
        client = signed_in(posted.owner)
        detail = url("decision_detail", posted.campaign.pk)
        address = url("notification_withdraw", posted.campaign.pk)
        assert address in client.get(detail).content.decode()
        assert "重新发布后公示天数从头计算" in text_of(client.get(address))
        page = client.post(address, {"reason": "名单有误"}, follow=True)
        assert "公示已撤回" in text_of(page)
        assert "2026-09-28 至 2026-10-09 的公示已于" in text_of(page)
        assert client.get(address).status_code == 404

    def test_units_are_reminded_only_while_they_can_answer(self, posted, signed_in) -> None:
        Consultation.objects.filter(proposal=posted.proposal).update(reply=Reply.PENDING)
        PersonReply.objects.all().delete()
        client = signed_in(posted.owner)
        detail = url("decision_detail", posted.campaign.pk)
        reminding = reverse("campaigns:remind", args=[posted.campaign.pk, "replies"])
        assert reminding not in client.get(detail).content.decode()
        self.withdraw(posted)
        assert reminding in client.get(detail).content.decode()

    def test_what_is_typed_while_a_colleague_withdraws_is_kept(self, posted, signed_in) -> None:
        client = signed_in(posted.owner)
        typed = {"text": "反映工作作风问题", "received_on": f"{POSTED}", "nomination": ""}
        self.withdraw(posted)
        response = client.post(url("objection_record", posted.campaign.pk), typed)
        assert response.status_code == 200
        assert "反映工作作风问题" in text_of(response)
        assert "批次当前为“征求意见”，不能办理此项" in text_of(response)
        response = client.post(url("notification_withdraw", posted.campaign.pk), {"reason": "名单写错"})
        assert response.status_code == 200
        assert "名单写错" in response.content.decode()
        assert "批次当前为“征求意见”，不能办理此项" in text_of(response)


def test_a_posting_before_anything_was_posted_is_not_there(scene, signed_in) -> None:
    response = signed_in(scene.owner).post(url("notification_withdraw", scene.campaign.pk), {"reason": "误"})
    assert response.status_code == 404


def test_a_posting_after_an_urgent_decision_is_taken_back_and_stays_owed(scene) -> None:
    change_parameters = to_json(URGENT)
    scene.campaign.programme_version = make_programme_version(change_parameters)
    scene.campaign.save(update_fields=["programme_version"])
    scene.proposal.run.campaign = scene.campaign
    pairs = [
        services.DecidedPair(one.pk, post.pk) for one, post in zip(scene.people, scene.posts, strict=False)
    ]
    services.decide_campaign(
        scene.proposal,
        services.Meeting("会商", "1号", ASKED),
        pairs,
        afterwards=services.Afterwards("部长", "急"),
        by=scene.owner,
        on=ASKED,
        at=AT,
    )
    now = {"by": scene.owner, "on": POSTED, "at": AT}
    services.publish_notification(scene.proposal, starts_on=POSTED, contact="", **now)
    row = scene.proposal.public_notifications.get()
    services.withdraw_notification(row, reason="误发", **now)
    scene.campaign.refresh_from_db()
    assert scene.campaign.state == CampaignState.DECIDED
    with pytest.raises(NotificationDateError, match="公示已经撤回"):
        services.withdraw_notification(row, reason="误发", **now)
    settle_all(dt.date(2027, 1, 1))
    assert "notification" in owed_steps(scene.campaign)
