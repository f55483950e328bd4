"""应急选派: what may follow the decision and what may not; each is owed by a day until it is done."""

import datetime as dt

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState, Result
from secondment.campaigns.lapses import LapsedError
from secondment.campaigns.models import EligibilityFinding
from secondment.campaigns.parameters import NEVER_LEFT_OUT
from secondment.campaigns.parameters_json import ParametersError, from_json, to_json
from secondment.campaigns.presets import GRADUATES, PRESETS, URGENT
from secondment.campaigns.services.transitions import WrongStateError
from secondment.common.errors import NotAllowedError
from secondment.decision import errors, services
from secondment.decision.choices import Reply
from secondment.decision.models import Consultation, Decision, NotificationObjection
from secondment.decision.queries import owed_steps
from secondment.decision.services.afterwards import settle_all
from secondment.jobs.daily import DAILY
from secondment.obligations.models import Obligation
from secondment.obligations.waiting import waiting_for
from secondment.placements.models import Placement
from tests.decision.conftest import Scene, reply_alike
from tests.makers import AT, make_programme_version, make_user

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 14)
AT_ONCE = services.Afterwards("王示例部长、李示例副部长", "地震灾区急需，来不及征求意见")


@pytest.fixture
def urgent(scene: Scene) -> Scene:
    """A chosen plan under review, of a programme in which steps may follow."""
    version = make_programme_version(to_json(URGENT))
    scene.campaign.programme_version = version
    scene.campaign.save(update_fields=["programme_version"])
    scene.proposal.run.campaign = scene.campaign
    return scene


def decide(scene: Scene, afterwards: services.Afterwards | None = AT_ONCE, by=None) -> Decision:
    pairs = [
        services.DecidedPair(person.pk, post.pk)
        for person, post in zip(scene.people, scene.posts, strict=False)
    ]
    meeting = services.Meeting("紧急会商", "示组急〔2026〕1号", DAY)
    return services.decide_campaign(
        scene.proposal, meeting, pairs, afterwards=afterwards, by=by or scene.owner, on=DAY, at=AT
    )


def owed(scene: Scene) -> dict[str, tuple[dt.date, str]]:
    rows = Obligation.objects.filter(kind__startswith="decision.afterwards.")
    return {one.kind.rpartition(".")[2]: (one.due_on, one.state) for one in rows}


def now(scene: Scene, on: dt.date = DAY) -> dict[str, object]:
    return {"by": scene.owner, "on": on, "at": AT}


class TestWhatMayFollow:
    def test_everything_left_out_is_owed_by_a_day(self, urgent) -> None:
        decision = decide(urgent)
        urgent.campaign.refresh_from_db()
        assert urgent.campaign.state == CampaignState.DECIDED
        assert Placement.objects.count() == 2
        later = dt.date(2026, 9, 29)
        assert owed(urgent) == {
            "consultation": (later, "open"),
            "talks": (later, "open"),
            "notification": (later, "open"),
            "minutes": (dt.date(2026, 9, 17), "open"),
        }
        assert (decision.leaders, decision.afterwards_reason) == (AT_ONCE.leaders, AT_ONCE.reason)
        details = AuditEvent.objects.get(action="campaign.decide_urgently").details
        assert details["left_out"] == ["consultation", "talks", "notification"]
        titles = [one.title for one in waiting_for(urgent.owner, DAY)]
        assert sum("派出后补办" in one for one in titles) == 4

    def test_what_was_done_before_is_not_owed(self, urgent) -> None:
        services.start_consultation(urgent.proposal, due_on=DAY, **now(urgent))
        for one in Consultation.objects.all():
            clerk = make_user(Role.HOME_UNIT if one.party == "home" else Role.HOST_UNIT, one.unit)
            reply_alike(one, reply=Reply.AGREED, text="", by=clerk, on=DAY, at=AT)
        talks = [services.NewTalk(one.pk, DAY, "王部长") for one in urgent.people[:2]]
        services.record_talks(urgent.proposal, talks, **now(urgent))
        decide(urgent)
        assert set(owed(urgent)) == {"notification", "minutes"}

    def test_consent_to_other_posts_is_no_consent(self, urgent) -> None:
        """Everybody agreed, the plan went back, two changed posts: the decision straight from review asks after."""
        services.start_consultation(urgent.proposal, due_on=DAY, **now(urgent))
        for one in Consultation.objects.all():
            clerk = make_user(Role.HOME_UNIT if one.party == "home" else Role.HOST_UNIT, one.unit)
            reply_alike(one, reply=Reply.AGREED, text="", by=clerk, on=DAY, at=AT)
        services.resume_review(urgent.proposal, reason="调整", **now(urgent))
        for person, post in zip(urgent.people, reversed(urgent.posts), strict=False):
            urgent.proposal.pairs.filter(nomination=person).update(campaign_post=post)
        pairs = [
            services.DecidedPair(person.pk, post.pk, "灾情变化")
            for person, post in zip(urgent.people, reversed(urgent.posts), strict=False)
        ]
        meeting = services.Meeting("紧急会商", "示组急〔2026〕1号", DAY)
        services.decide_campaign(urgent.proposal, meeting, pairs, afterwards=AT_ONCE, **now(urgent))
        assert "consultation" in owed(urgent)
        settle_all(DAY + dt.timedelta(days=1))
        assert owed(urgent)["consultation"][1] == "open"
        services.start_consultation(urgent.proposal, due_on=DAY, **now(urgent))
        settle_all(DAY)
        assert owed(urgent)["consultation"][1] == "open"
        settle_all(DAY + dt.timedelta(days=1))
        assert owed(urgent)["consultation"][1] == "met"

    def test_an_objection_of_the_round_before_is_answered_in_review(self, urgent) -> None:
        services.start_consultation(urgent.proposal, due_on=DAY, **now(urgent))
        row = Consultation.objects.get(party="home")
        reply_alike(row, reply=Reply.OBJECTED, text="另有任务", by=urgent.home_clerk, on=DAY, at=AT)
        services.resume_review(urgent.proposal, reason="调整", **now(urgent))
        with pytest.raises(errors.ObjectionOpenError, match="示例厅有异议"):
            decide(urgent)
        services.handle_objection(row, handling="已沟通", **now(urgent))
        decide(urgent)
        assert "consultation" in owed(urgent)  # the villages were not heard

    @pytest.mark.parametrize(
        "preset", [one for one in PRESETS if one.code != "urgent"], ids=lambda one: one.code
    )
    def test_no_other_programme_lets_anything_follow(self, urgent, preset) -> None:
        urgent.campaign.programme_version.parameters = to_json(preset.parameters)
        urgent.campaign.programme_version.save()
        urgent.proposal.run.campaign.programme_version.refresh_from_db()
        with pytest.raises(errors.NotUrgentError, match="本项目不得事后补办"):
            decide(urgent)
        with pytest.raises(WrongStateError):
            decide(urgent, None)
        assert not Placement.objects.exists()

    @pytest.mark.parametrize(
        "afterwards", [services.Afterwards(" ", "急"), services.Afterwards("王部长", " ")]
    )
    def test_leaders_and_reason_are_named(self, urgent, afterwards) -> None:
        with pytest.raises(errors.ReasonMissingError, match="作出决定的领导和事后补办的理由"):
            decide(urgent, afterwards)

    def test_without_a_reason_the_usual_order_holds(self, urgent) -> None:
        with pytest.raises(WrongStateError):
            decide(urgent, None)


class TestWhatMayNot:
    @pytest.mark.parametrize("rule", ["H1", "H4", "H5", "H10"])
    def test_who_may_not_be_sent_is_not_sent(self, urgent, rule: str) -> None:
        EligibilityFinding.objects.create(
            nomination=urgent.people[0], rule=rule, result=Result.BLOCK, fact="示例事实", basis="示例依据"
        )
        with pytest.raises(LapsedError):
            decide(urgent)
        assert not Placement.objects.exists()

    def test_people_who_were_not_checked_are_not_sent(self, urgent) -> None:
        urgent.people[0].checked_at = None
        urgent.people[0].save()
        with pytest.raises(LapsedError):
            decide(urgent)

    def test_an_objection_that_was_raised_is_cleared_up_before(self, urgent) -> None:
        services.start_consultation(urgent.proposal, due_on=DAY, **now(urgent))
        one = Consultation.objects.filter(party="home").first()
        reply_alike(one, reply=Reply.OBJECTED, text="不宜", by=urgent.home_clerk, on=DAY, at=AT)
        with pytest.raises(errors.ObjectionOpenError):
            decide(urgent)
        services.handle_objection(one, handling="已沟通", **now(urgent))
        decide(urgent)

    def test_only_the_owner_decides(self, urgent) -> None:
        with pytest.raises(NotAllowedError):
            decide(urgent, by=urgent.home_clerk)

    @pytest.mark.parametrize(
        ("minutes_on", "late", "is_refused"),
        [
            (DAY, "", False),
            (dt.date(2026, 9, 17), "", False),
            (dt.date(2026, 9, 18), "", True),
            (dt.date(2026, 9, 18), "道路中断", False),
        ],
        ids=["same day", "day 3", "day 4", "day 4 with a word"],
    )
    def test_minutes_within_three_days(self, urgent, minutes_on, late: str, is_refused: bool) -> None:
        decision = decide(urgent)
        typed = {"number": "纪要1号", "minutes_on": minutes_on, "late_reason": late}
        if is_refused:
            with pytest.raises(errors.MinutesLateError, match="2026-09-17"):
                services.record_minutes(decision, **typed, **now(urgent, dt.date(2026, 9, 20)))
            assert owed(urgent)["minutes"][1] == "open"
            return
        row = services.record_minutes(decision, **typed, **now(urgent, dt.date(2026, 9, 20)))
        assert (row.minutes_on, row.minutes_late_reason) == (minutes_on, late)
        assert owed(urgent)["minutes"][1] == "met"
        with pytest.raises(errors.StepError):
            services.record_minutes(decision, **typed, **now(urgent, dt.date(2026, 9, 20)))

    @pytest.mark.parametrize(
        ("minutes_on", "error"),
        [
            (DAY - dt.timedelta(days=1), errors.EarlyDateError),
            (DAY + dt.timedelta(days=1), errors.FutureDateError),
        ],
    )
    def test_minutes_are_of_a_possible_day(self, urgent, minutes_on, error) -> None:
        with pytest.raises(error):
            services.record_minutes(decide(urgent), number="1", minutes_on=minutes_on, **now(urgent))

    def test_nothing_lets_the_minutes_go(self, urgent) -> None:
        decide(urgent)
        settle_all(dt.date(2027, 9, 14))
        assert owed(urgent)["minutes"][1] == "open"


class TestAfterwards:
    def ask(self, scene: Scene) -> list[Consultation]:
        return services.start_consultation(scene.proposal, due_on=dt.date(2026, 9, 20), **now(scene))

    def test_consultation_ends_with_the_last_reply(self, urgent) -> None:
        decide(urgent)
        asked = self.ask(urgent)
        for one in asked:
            assert owed(urgent)["consultation"][1] == "open"
            clerk = make_user(Role.HOME_UNIT if one.party == "home" else Role.HOST_UNIT, one.unit)
            reply_alike(one, reply=Reply.AGREED, text="", by=clerk, on=DAY, at=AT)
        assert owed(urgent)["consultation"][1] == "met"
        urgent.campaign.refresh_from_db()
        assert urgent.campaign.state == CampaignState.DECIDED
        with pytest.raises(NotAllowedError):
            reply_alike(asked[0], reply=Reply.AGREED, text="", by=urgent.home_clerk, on=DAY, at=AT)
        with pytest.raises(WrongStateError):
            self.ask(urgent)

    @pytest.mark.parametrize(("day", "state"), [(20, "open"), (21, "met")])
    def test_silence_until_the_deadline_is_consent(self, urgent, day: int, state: str) -> None:
        decide(urgent)
        settle_all(dt.date(2026, 9, day))
        assert owed(urgent)["consultation"][1] == "open"
        self.ask(urgent)
        settle_all(dt.date(2026, 9, day))
        assert owed(urgent)["consultation"][1] == state

    def test_the_work_of_the_day_closes_it(self, urgent) -> None:
        decide(urgent)
        self.ask(urgent)
        DAILY["decision.settle_afterwards"](on=dt.date(2026, 9, 21), at=AT)
        assert owed(urgent)["consultation"][1] == "met"

    def test_an_objection_keeps_it_open_until_it_is_answered(self, urgent) -> None:
        decide(urgent)
        first, *others = self.ask(urgent)
        reply_alike(first, reply=Reply.OBJECTED, text="不宜", by=urgent.home_clerk, on=DAY, at=AT)
        settle_all(dt.date(2026, 9, 21))
        assert owed(urgent)["consultation"][1] == "open"
        services.handle_objection(first, handling="已沟通", **now(urgent, dt.date(2026, 9, 21)))
        assert (owed(urgent)["consultation"][1], len(others)) == ("met", 2)

    def test_talks_end_with_the_last_person(self, urgent) -> None:
        decide(urgent)
        for at, state in ((0, "open"), (1, "met")):
            talk = services.NewTalk(urgent.people[at].pk, DAY, "王部长")
            services.record_talks(urgent.proposal, [talk], **now(urgent))
            assert owed(urgent)["talks"][1] == state
        with pytest.raises(WrongStateError):
            services.record_talks(urgent.proposal, [talk], **now(urgent))

    def test_a_public_notification_ends_with_its_last_day_and_without_open_reports(self, urgent) -> None:
        decide(urgent)
        published = services.publish_notification(
            urgent.proposal, starts_on=DAY, contact="电话", **now(urgent)
        )
        last = published.notification.last_day
        settle_all(last)
        assert owed(urgent)["notification"][1] == "open"
        row = services.record_objection(
            published.notification, text="某情况", received_on=DAY, nomination=None, **now(urgent)
        )
        after = last + dt.timedelta(days=1)
        settle_all(after)
        assert owed(urgent)["notification"][1] == "open"
        services.resolve_objection(row, conclusion="不属实", **now(urgent, after))
        assert owed(urgent)["notification"][1] == "met"
        assert NotificationObjection.objects.get().conclusion == "不属实"

    def test_nothing_is_owed_of_a_usual_decision(self, urgent) -> None:
        assert owed_steps(urgent.campaign) == set()
        settle_all(DAY)
        assert not Obligation.objects.filter(kind__startswith="decision.afterwards.").exists()


class TestPages:
    def test_from_the_plan_to_the_decision_and_what_follows(self, client, urgent) -> None:
        client.force_login(urgent.owner)
        detail = reverse("decision:decision_detail", args=[urgent.campaign.pk])
        record = reverse("decision:decision_record", args=[urgent.campaign.pk])
        assert "登记应急决定" in client.get(detail).content.decode()
        empty = {
            "changes-TOTAL_FORMS": "0",
            "changes-INITIAL_FORMS": "0",
            "meeting": "紧急会商",
            "number": "急1号",
        }
        response = client.post(record, empty | {"decided_on": "2026-11-23"})
        assert set(response.context["form"].errors) == {"leaders", "afterwards_reason"}
        typed = {"decided_on": "2026-11-23", "leaders": "王部长", "afterwards_reason": "来不及"}
        summary = client.post(record, empty | typed).context["summary"]
        client.post(record, empty | typed | {"confirmed": summary.mark})
        page = client.get(detail).content.decode()
        for text in ("派出后补办", "征求意见", "王部长", "来不及", "登记会议纪要"):
            assert text in page, text
        campaign = client.get(
            reverse("campaigns:campaign_detail", args=[urgent.campaign.pk])
        ).content.decode()
        placement = Placement.objects.first()
        assert placement is not None
        own = client.get(reverse("placements:placement_detail", args=[placement.pk])).content.decode()
        for text in (campaign, own):
            assert "派出后补办：会议纪要" in text
        minutes = reverse("decision:minutes_record", args=[urgent.campaign.pk])
        response = client.post(minutes, {"number": "纪要1号", "minutes_on": "2026-11-23"})
        assert response.status_code == 302
        page = client.get(detail).content.decode()
        assert "纪要1号" in page
        assert "已办" in page
        assert client.get(minutes).status_code == 200

    def test_a_usual_programme_has_no_such_fields(self, client, scene) -> None:
        scene.campaign.state = CampaignState.CONSULTATION
        scene.campaign.save(update_fields=["state"])
        client.force_login(scene.owner)
        record = reverse("decision:decision_record", args=[scene.campaign.pk])
        page = client.get(record)
        assert set(page.context["form"].fields) == {"meeting", "number", "decided_on"}
        detail = client.get(reverse("decision:decision_detail", args=[scene.campaign.pk])).content.decode()
        assert "登记应急决定" not in detail
        assert "派出后补办" not in detail

    def test_no_minutes_without_a_decision(self, client, urgent) -> None:
        client.force_login(urgent.owner)
        assert client.get(reverse("decision:minutes_record", args=[urgent.campaign.pk])).status_code == 404


class TestParameters:
    def test_the_presets_as_named(self) -> None:
        assert (URGENT.steps_after_days, URGENT.minutes_days) == (15, 3)
        assert all(URGENT.rules[code].mode != "off" for code in NEVER_LEFT_OUT)
        assert (GRADUATES.term_months, GRADUATES.mentors, GRADUATES.no_borrow_months) == (24, 1, 24)
        assert GRADUATES.rules["H10"].mode == "off"
        others = [one.parameters for one in PRESETS if one.code not in {"urgent", "graduates"}]
        assert {
            (one.steps_after_days, one.minutes_days, one.mentors, one.no_borrow_months) for one in others
        } == {(0, 0, 0, 0)}

    @pytest.mark.parametrize("code", NEVER_LEFT_OUT)
    def test_eligibility_is_never_switched_off_where_steps_may_follow(self, code: str) -> None:
        data = to_json(URGENT)
        data["rules"][code]["mode"] = "off"
        with pytest.raises(ParametersError) as caught:
            from_json(data)
        assert [one.field for one in caught.value.problems] == [f"rules.{code}.mode"]
        data["steps_after_days"] = 0
        assert from_json(data).rules[code].mode == "off"

    @pytest.mark.parametrize(
        ("days", "fields"), [(0, ["minutes_days"]), (1, []), (3, []), (4, ["minutes_days"])]
    )
    def test_minutes_within_one_to_three_days(self, days: int, fields: list[str]) -> None:
        data = to_json(URGENT) | {"minutes_days": days}
        found: list[str] = []
        try:
            from_json(data)
        except ParametersError as error:
            found = [one.field for one in error.problems]
        assert sorted(set(found)) == fields
