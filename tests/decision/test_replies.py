"""Units answer about each person, for all their people at once; the organisation department reads and filters it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.decision import errors, services
from secondment.decision.choices import Party, Reply
from secondment.decision.heard import open_objections, people_asked_about, unheard
from secondment.decision.models import Consultation, PersonReply
from secondment.decision.services.consultation import REPLY_KIND
from secondment.matching.models import ProposalPair
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.services import Owed, owe
from secondment.obligations.waiting import count_waiting, waiting_for
from tests.decision.conftest import reply_alike
from tests.makers import (
    AT,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_post,
    make_unit,
    make_user,
)
from tests.pages import text_of

ON = dt.date(2026, 9, 20)
DUE = dt.date(2099, 1, 5)


@pytest.fixture
def asked(scene):
    services.start_consultation(scene.proposal, due_on=DUE, by=scene.owner, on=ON, at=AT)
    scene.town_clerk = make_user(Role.HOST_UNIT, scene.root)
    return scene


def address(scene) -> str:
    return reverse("decision:replies", args=[scene.campaign.pk])


def lines(scene, party: Party, *answers: tuple[str, str]) -> dict[str, str]:
    """What the table sends, the units of this side in their order."""
    sent = {}
    rows = Consultation.objects.filter(party=party).order_by("unit__path")
    people = [(row, pair) for row in rows for pair in scene.proposal.pairs.order_by("pk") if of(row, pair)]
    for (row, pair), (reply, text) in zip(people, answers, strict=False):
        sent[f"reply-{row.pk}-{pair.nomination_id}"] = reply
        sent[f"text-{row.pk}-{pair.nomination_id}"] = text
    return sent


def of(row: Consultation, pair: ProposalPair) -> bool:
    unit = pair.nomination.home_unit_id if row.party == Party.HOME else pair.campaign_post.post.host_unit_id
    return unit == row.unit_id


class TestTable:
    def test_all_villages_are_agreed_to_by_one_button(self, asked, signed_in) -> None:
        client = signed_in(asked.town_clerk)
        page = text_of(client.get(address(asked)))
        assert "甲村" in page
        assert "乙村" in page
        answer = client.post(address(asked), {"agree_rest": "1"}, follow=True)
        assert "2 个单位的答复已送组织部门。" in text_of(answer)
        hosts = Consultation.objects.filter(party=Party.HOST)
        assert {(one.reply, one.replied_by) for one in hosts} == {(Reply.AGREED, asked.town_clerk)}
        assert PersonReply.objects.filter(reply=Reply.AGREED).count() == 2
        assert AuditEvent.objects.filter(action="person_reply.give").count() == 2
        assert not Obligation.objects.filter(role=Role.HOST_UNIT, state=ObligationState.OPEN).exists()
        assert Obligation.objects.filter(role=Role.HOME_UNIT, state=ObligationState.OPEN).count() == 1

    def test_an_objection_names_the_person_and_the_rest_agree(self, asked, signed_in) -> None:
        sent = lines(asked, Party.HOST, ("objected", "缺少经历")) | {"agree_rest": "1"}
        signed_in(asked.town_clerk).post(address(asked), sent)
        rows = Consultation.objects.filter(party=Party.HOST).order_by("unit__path")
        assert [(one.reply, one.text) for one in rows] == [
            (Reply.OBJECTED, "张示例：缺少经历"),
            (Reply.AGREED, ""),
        ]

    def test_units_left_blank_are_answered_later(self, asked, signed_in) -> None:
        client = signed_in(asked.town_clerk)
        client.post(address(asked), lines(asked, Party.HOST, ("agreed", "")))
        assert list(
            Consultation.objects.filter(party=Party.HOST)
            .order_by("unit__path")
            .values_list("reply", flat=True)
        ) == [Reply.AGREED, Reply.PENDING]
        page = client.post(address(asked), lines(asked, Party.HOST, ("", ""), ("", "")))
        assert "请至少答复一个单位的人选" in text_of(page)

    @pytest.mark.parametrize(
        ("answers", "field", "text"),
        [
            ([("objected", ""), ("agreed", "")], "text", "有异议的，请写明理由。"),
            ([("agreed", ""), ("", "")], "reply", "请选择“同意”或“有异议”。"),
            ([("", "缺少经历"), ("agreed", "")], "reply", "请选择“同意”或“有异议”。"),
        ],
    )
    def test_faults_stand_at_their_field(self, asked, signed_in, answers, field, text) -> None:
        page = signed_in(asked.home_clerk).post(address(asked), lines(asked, Party.HOME, *answers))
        ((name, found),) = page.context["form"].errors.items()
        assert name.startswith(field)
        assert found == [text]
        assert not PersonReply.objects.exists()

    def test_a_reason_without_a_choice_is_no_consent(self, asked, signed_in) -> None:
        sent = lines(asked, Party.HOME, ("", "缺少经历")) | {"agree_rest": "1"}
        page = signed_in(asked.home_clerk).post(address(asked), sent)
        assert [name.split("-")[0] for name in page.context["form"].errors] == ["reply"]

    def test_what_was_said_stands_in_the_table_and_may_change(self, asked, signed_in) -> None:
        client = signed_in(asked.home_clerk)
        client.post(address(asked), lines(asked, Party.HOME, ("objected", "另有任务"), ("agreed", "")))
        form = client.get(address(asked)).context["form"]
        said = [(reply.initial, text.initial) for _one, reply, text in form.lines()]
        assert said == [("objected", "另有任务"), ("agreed", "")]
        client.post(address(asked), lines(asked, Party.HOME, ("agreed", "作废"), ("agreed", "")))
        current = PersonReply.objects.filter(is_current=True)
        assert set(current.values_list("reply", "text")) == {("agreed", "")}
        assert (
            AuditEvent.objects.filter(action="person_reply.give").count() == 3
        )  # the second had said so before

    def test_the_table_closes_with_the_consultation(self, asked, signed_in) -> None:
        Consultation.objects.update(reply=Reply.AGREED)
        services.publish_notification(
            asked.proposal, starts_on=ON, contact="监督处", by=asked.owner, on=ON, at=AT
        )
        client = signed_in(asked.home_clerk)
        page = client.get(address(asked))
        assert not page.context["is_open"]
        assert client.post(address(asked), {"agree_rest": "1"}).status_code == 403

    def test_organisation_department_is_led_to_the_list_of_people(self, asked, signed_in) -> None:
        page = signed_in(asked.owner).get(address(asked))
        assert [row.item.nomination.person.name for row in page.context["listing"].rows()] == [
            "张示例",
            "李示例",
        ]
        assert signed_in(make_user(Role.HOME_UNIT, make_unit())).get(address(asked)).status_code == 404
        stranger = make_user(Role.HOME_UNIT, make_unit("无关", asked.root))
        assert signed_in(stranger).get(address(asked)).status_code == 404

    def test_a_refusal_of_the_service_stays_on_the_form(self, asked, signed_in, monkeypatch) -> None:
        def refuse(*_args, **_now) -> None:
            raise errors.StepError("人选已有变化")

        monkeypatch.setattr(services, "reply_to_consultations", refuse)
        page = signed_in(asked.home_clerk).post(address(asked), {"agree_rest": "1"})
        assert page.context["form"].non_field_errors() == ["人选已有变化"]

    def test_queries_do_not_grow_with_villages(self, asked, signed_in) -> None:
        client = signed_in(asked.town_clerk)
        client.get(address(asked))
        with CaptureQueriesContext(connection) as few:
            client.get(address(asked))
        for _ in range(10):
            host = make_unit("", asked.root)
            post = make_campaign_post(asked.campaign, make_post(host))
            person = make_nomination(asked.campaign, make_person(make_unit()))
            ProposalPair.objects.create(
                proposal=asked.proposal, nomination=person, campaign_post=post, score=0.5
            )
            Consultation.objects.create(proposal=asked.proposal, unit=host, party=Party.HOST, due_on=DUE)
        with CaptureQueriesContext(connection) as many:
            page = client.get(address(asked))
        assert len(page.context["form"].asked) == 12
        assert len(many) == len(few)


class TestDesk:
    """An office above several villages answers on one page: its to-do list names it once, with their number."""

    def test_one_line_for_an_office_and_campaign(self, asked) -> None:
        (line,) = waiting_for(asked.town_clerk, ON)
        assert (line.unit, line.path, line.due_on) == ("2 个单位", address(asked), DUE)
        assert count_waiting(asked.town_clerk, ON) == 1
        row = Consultation.objects.get(unit=asked.hosts[0])
        reply_alike(row, reply=Reply.AGREED, by=asked.town_clerk, on=ON, at=AT)
        (line,) = waiting_for(asked.town_clerk, ON)
        assert (line.unit, line.creditor) == ("乙村", asked.root.name)

    def test_two_campaigns_are_two_lines(self, asked) -> None:
        other = make_campaign(asked.root, name="第二批")
        path = reverse("decision:replies", args=[other.pk])
        for host in asked.hosts:
            owe(host, Owed(REPLY_KIND, "答复", host, Role.HOST_UNIT, asked.root.name, DUE, path))
        assert [one.unit for one in waiting_for(asked.town_clerk, ON)] == ["2 个单位", "2 个单位"]
        assert count_waiting(asked.town_clerk, ON) == 2


class TestService:
    def test_a_list_that_has_changed_is_not_answered(self, asked) -> None:
        row = Consultation.objects.get(party=Party.HOME)
        one = services.PersonOpinion(asked.people[0].pk, Reply.AGREED)
        with pytest.raises(errors.StepError, match="示例厅的人选已有变化"):
            services.reply_to_consultations(
                [services.UnitReply(row, [one])], by=asked.home_clerk, on=ON, at=AT
            )

    def test_all_or_none(self, asked) -> None:
        replies = [
            services.UnitReply(
                row,
                [services.PersonOpinion(pair.nomination_id, reply)],
            )
            for row, pair, reply in zip(
                Consultation.objects.filter(party=Party.HOST).order_by("unit__path"),
                asked.proposal.pairs.order_by("pk"),
                (Reply.AGREED, Reply.OBJECTED),
                strict=True,
            )
        ]
        with pytest.raises(errors.ReasonMissingError, match="对李示例有异议"):
            services.reply_to_consultations(replies, by=asked.town_clerk, on=ON, at=AT)
        assert not PersonReply.objects.exists()
        assert set(Consultation.objects.values_list("reply", flat=True)) == {Reply.PENDING}

    def test_what_was_said_about_people_no_longer_asked_about_is_history(self, asked) -> None:
        row = Consultation.objects.get(party=Party.HOME)
        reply_alike(row, reply=Reply.AGREED, by=asked.home_clerk, on=ON, at=AT)
        asked.proposal.pairs.filter(nomination=asked.people[1]).delete()
        reply_alike(row, reply=Reply.AGREED, by=asked.home_clerk, on=ON, at=AT)
        rows = row.people.order_by("pk").values_list("nomination__person__name", "is_current")
        assert list(rows) == [("张示例", True), ("李示例", False)]

    def test_an_answer_keeps_its_post_round_and_day_and_the_one_before_it(self, asked, signed_in) -> None:
        row = Consultation.objects.get(party=Party.HOME)
        reply_alike(row, reply=Reply.OBJECTED, text="另有任务", by=asked.home_clerk, on=ON, at=AT)
        later = ON + dt.timedelta(days=1)
        reply_alike(row, reply=Reply.AGREED, by=asked.home_clerk, on=later, at=AT)
        kept = row.people.filter(nomination=asked.people[0]).order_by("pk")
        fields = "reply", "text", "campaign_post", "round", "given_on", "is_current"
        assert list(kept.values_list(*fields)) == [
            ("objected", "另有任务", asked.posts[0].pk, 1, ON, False),
            ("agreed", "", asked.posts[0].pk, 1, later, True),
        ]
        page = signed_in(asked.owner).get(reverse("decision:consultation_detail", args=[row.pk]))
        assert [one.text for one in page.context["history"]] == ["另有任务", "另有任务"]


class TestPeople:
    def names(self, client, scene, **query: str) -> list[str]:
        page = client.get(reverse("decision:people", args=[scene.campaign.pk]), query)
        return [row.item.nomination.person.name for row in page.context["listing"].rows()]

    def test_both_sides_of_everyone_with_filters(self, asked, signed_in) -> None:
        client = signed_in(asked.owner)
        home = Consultation.objects.get(party=Party.HOME)
        reply_alike(home, reply=Reply.AGREED, by=asked.home_clerk, on=ON, at=AT)
        first = Consultation.objects.get(unit=asked.hosts[0])
        reply_alike(first, reply=Reply.OBJECTED, text="缺少经历", by=asked.host_clerk, on=ON, at=AT)
        assert self.names(client, asked) == ["张示例", "李示例"]
        assert self.names(client, asked, reply="objected") == ["张示例"]
        assert self.names(client, asked, reply="pending") == ["李示例"]
        assert self.names(client, asked, reply="agreed") == []
        assert self.names(client, asked, unit="乙村") == ["李示例"]
        assert self.names(client, asked, unit="示例厅", name="李") == ["李示例"]
        # a unit that answered for all its people before each was asked about
        Consultation.objects.filter(unit=asked.hosts[1]).update(reply=Reply.AGREED)
        assert self.names(client, asked, reply="agreed") == ["李示例"]
        page = text_of(client.get(reverse("decision:people", args=[asked.campaign.pk])))
        assert "缺少经历" in page

    def test_without_a_plan_there_is_no_list(self, asked, signed_in) -> None:
        asked.proposal.is_chosen = False
        asked.proposal.save()
        page = signed_in(asked.owner).get(reverse("decision:people", args=[asked.campaign.pk]))
        assert page.status_code == 404


class TestAskedAgain:
    @pytest.fixture
    def again(self, asked):
        """Everybody agreed, the plan was reviewed again, the two changed posts, everybody is asked anew."""
        for row in Consultation.objects.all():
            clerk = asked.home_clerk if row.party == Party.HOME else asked.town_clerk
            reply_alike(row, reply=Reply.AGREED, by=clerk, on=ON, at=AT)
        services.resume_review(asked.proposal, reason="调整", by=asked.owner, on=ON, at=AT)
        first, second = asked.proposal.pairs.order_by("pk")
        posts = first.campaign_post, second.campaign_post
        for pair, post in ((first, posts[1]), (second, posts[0])):
            ProposalPair.objects.filter(pk=pair.pk).update(campaign_post=post)
        services.start_consultation(asked.proposal, due_on=DUE, by=asked.owner, on=ON, at=AT)
        return asked

    def test_nobody_has_consented_to_the_new_posts(self, again, signed_in) -> None:
        said = people_asked_about(again.proposal).values_list("home_reply", "host_reply")
        assert set(said) == {(Reply.PENDING, Reply.PENDING)}
        page = signed_in(again.home_clerk).get(address(again))
        assert {reply.initial for _one, reply, _text in page.context["form"].lines()} == {None}
        assert "原对“甲村 第一书记”岗位的答复：同意" in text_of(page)

    def test_a_new_answer_counts_and_leaves_its_own_trace(self, again, signed_in) -> None:
        before = AuditEvent.objects.filter(action="person_reply.give").count()
        row = Consultation.objects.get(party=Party.HOME)
        reply_alike(row, reply=Reply.AGREED, by=again.home_clerk, on=ON, at=AT)
        assert AuditEvent.objects.filter(action="person_reply.give").count() == before + 2
        assert set(people_asked_about(again.proposal).values_list("home_reply", "host_reply")) == {
            (Reply.AGREED, Reply.PENDING)
        }
        assert row.people.filter(is_current=True).first().round == 2
        assert "的答复：同意" not in text_of(signed_in(again.home_clerk).get(address(again)))


class TestBackInReview:
    """The plan went back to matching after everybody had agreed."""

    @pytest.fixture
    def back(self, asked):
        for row in Consultation.objects.all():
            clerk = asked.home_clerk if row.party == Party.HOME else asked.town_clerk
            reply_alike(row, reply=Reply.AGREED, by=clerk, on=ON, at=AT)
        services.resume_review(asked.proposal, reason="调整", by=asked.owner, on=ON, at=AT)
        return asked

    def move(self, scene) -> None:
        """Only the second person gets the post of a third village."""
        village = make_unit("丙村", scene.root)
        scene.third = make_campaign_post(scene.campaign, make_post(village, title="第一书记"))
        scene.proposal.pairs.filter(nomination=scene.people[1]).update(campaign_post=scene.third)

    def test_the_same_person_in_the_same_post_was_answered_about(self, back) -> None:
        assert unheard(back.proposal, on=ON) == ([], [])

    def test_another_post_was_not(self, back, signed_in) -> None:
        self.move(back)
        waiting, unasked = unheard(back.proposal, on=ON)
        assert (waiting, {unit.name for unit in unasked}) == ([], {"示例厅", "丙村"})
        fields = "home_reply", "home_before", "home_before_post", "host_reply"
        said = people_asked_about(back.proposal).order_by("nomination__person__name_key").values_list(*fields)
        assert list(said) == [
            ("agreed", "", "", "agreed"),
            ("pending", "agreed", "乙村 第一书记", ""),
        ]
        client = signed_in(back.owner)
        page = text_of(client.get(reverse("decision:people", args=[back.campaign.pk])))
        assert "原对“乙村 第一书记”岗位的答复：同意" in page
        home = Consultation.objects.get(party=Party.HOME)
        page = text_of(client.get(reverse("decision:consultation_detail", args=[home.pk])))
        assert page.count("原对“乙村 第一书记”岗位的答复：同意") == 1
        page = text_of(client.get(reverse("decision:decision_detail", args=[back.campaign.pk])))
        assert "已退回（原答复：同意）" in page
        assert "尚未就现方案的岗位征求 2 个单位的意见" in page
        page = text_of(signed_in(back.home_clerk).get(address(back)))
        assert "已退回匹配，不再计入" in page

    def test_silence_of_a_round_that_is_over_says_nothing(self, asked) -> None:
        services.resume_review(asked.proposal, reason="调整", by=asked.owner, on=ON, at=AT)
        Consultation.objects.update(due_on=ON - dt.timedelta(days=1))
        waiting, unasked = unheard(asked.proposal, on=ON)
        assert (waiting, len(unasked)) == ([], 3)

    def test_an_objection_is_open_only_about_its_post(self, asked) -> None:
        row = Consultation.objects.get(unit=asked.hosts[1])
        reply_alike(row, reply=Reply.OBJECTED, text="缺少经历", by=asked.town_clerk, on=ON, at=AT)
        services.resume_review(asked.proposal, reason="调整", by=asked.owner, on=ON, at=AT)
        assert list(open_objections(asked.proposal)) == [row]
        other = make_campaign_post(asked.campaign, make_post(asked.hosts[1], title="副主任"))
        asked.proposal.pairs.filter(nomination=asked.people[1]).update(campaign_post=other)
        assert list(open_objections(asked.proposal)) == []


class TestWaiting:
    @pytest.mark.parametrize(("days", "n_waiting"), [(-1, 3), (0, 3), (1, 0)])
    def test_until_the_last_day(self, asked, days, n_waiting) -> None:
        waiting, unasked = unheard(asked.proposal, on=DUE + dt.timedelta(days=days))
        assert (len(waiting), unasked) == (n_waiting, [])

    def test_a_reply_for_all_at_once_from_before_counts(self, asked) -> None:
        Consultation.objects.update(reply=Reply.AGREED)
        assert unheard(asked.proposal, on=ON) == ([], [])


class TestSentAgain:
    def send(self, asked, *answers: tuple[str, str]) -> Consultation:
        row = Consultation.objects.get(party=Party.HOME)
        opinions = [
            services.PersonOpinion(one.pk, Reply(reply), text)
            for one, (reply, text) in zip(asked.people, answers, strict=False)
        ]
        services.reply_to_consultations(
            [services.UnitReply(row, opinions)], by=asked.home_clerk, on=ON, at=AT
        )
        return Consultation.objects.get(pk=row.pk)

    def handled(self, asked) -> int:
        make_user(Role.ORGANISATION_DEPARTMENT, asked.root)
        row = self.send(asked, ("objected", "另有任务"), ("agreed", ""))
        services.handle_objection(row, handling="已沟通", by=asked.owner, on=ON, at=AT)
        return self.n_told()

    def n_told(self) -> int:
        titles = Notice.objects.values_list("title", flat=True)
        return list(titles).count("示例厅对拟派人选有异议")

    def test_the_same_table_changes_nothing(self, asked) -> None:
        n_told, n_events = self.handled(asked), AuditEvent.objects.count()
        row = self.send(asked, ("objected", " 另有任务 "), ("agreed", "没有异议的理由不留"))
        assert (row.reply, row.handling) == (Reply.OBJECTED, "已沟通")
        assert (self.n_told(), AuditEvent.objects.count()) == (n_told, n_events)

    def test_a_new_objection_is_open(self, asked) -> None:
        n_told = self.handled(asked)
        row = self.send(asked, ("objected", "另有任务"), ("objected", "家中困难"))
        assert (row.handling, row.text) == ("", "张示例：另有任务；李示例：家中困难")
        assert self.n_told() > n_told

    def test_an_objection_taken_back_leaves_the_handling_of_the_other(self, asked) -> None:
        row = self.send(asked, ("objected", "另有任务"), ("objected", "家中困难"))
        services.handle_objection(row, handling="已沟通", by=asked.owner, on=ON, at=AT)
        n_told = self.n_told()
        row = self.send(asked, ("objected", "另有任务"), ("agreed", ""))
        assert (row.reply, row.handling, self.n_told()) == (Reply.OBJECTED, "已沟通", n_told)
        row = self.send(asked, ("agreed", ""), ("agreed", ""))
        assert (row.reply, row.handling, self.n_told()) == (Reply.AGREED, "", n_told)
