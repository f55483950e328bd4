"""Who learns what about a result: before it is published nobody, after it each their own, nobody another's marks."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.algorithms.fit import COMPONENTS
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState, NominationState, Outcome
from secondment.campaigns.models import Campaign, EligibilityFinding, Nomination, Quota
from secondment.decision import services
from secondment.decision.deciding_items import DecidingItems
from secondment.decision.errors import (
    EarlyDateError,
    FutureDateError,
    NotificationMissingError,
    ReasonMissingError,
    StepError,
)
from secondment.decision.models import Consultation, Decision, PreAppointmentTalk, PublicNotification
from secondment.decision.own_facts import own_facts, wish_lines
from secondment.decision.services import DecidedPair, Meeting
from secondment.matching.choices import Principle
from secondment.matching.models import Proposal
from secondment.matching.services.options import propose_plan
from secondment.notices.models import Notice
from secondment.people.models import AbilityValue, FamilyMember, Specialty
from secondment.people.sections import EVERYTHING, Section
from secondment.placements import services as placing
from secondment.placements.models import AppointmentNotice, Placement
from tests.makers import make_unit, make_user
from tests.matching.campaigns import block, make_matched, run_now, wish
from tests.pages import text_of

ON = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
MARK = "秘密标记"


def url(name: str, pk: int, **query: int) -> str:
    return reverse(f"decision:{name}", args=[pk], query=query or None)


class Scene:
    """赵甲 and 钱乙 of 甲厅 and 乙厅 … of whom the run places three; 李丁 is left over."""

    def __init__(self, matched, proposal: Proposal) -> None:
        self.matched, self.proposal = matched, proposal
        self.campaign, self.owner = matched.campaign, matched.by
        self.people, self.posts = matched.people, matched.posts
        self.clerks = [make_user(Role.HOME_UNIT, unit) for unit in matched.homes]
        self.left_over = next(
            one for one in self.people if not proposal.pairs.filter(nomination=one).exists()
        )
        self.nominee = make_user(Role.SECONDEE, self.left_over.home_unit)
        self.left_over.person.account = self.nominee
        self.left_over.person.save()

    def decide(self) -> Decision:
        pairs = [
            DecidedPair(one.nomination_id, one.campaign_post_id, "按采用的方案")
            for one in self.proposal.pairs.all()
        ]
        self.campaign.refresh_from_db()
        return services.decide_campaign(
            self.proposal, Meeting("部务会", "示组〔2026〕9号", ON), pairs, by=self.owner, on=ON, at=AT
        )


@pytest.fixture
def scene(db, django_capture_on_commit_callbacks) -> Scene:
    matched = make_matched(name="第一批")
    proposal = run_now(matched, django_capture_on_commit_callbacks)
    Proposal.objects.filter(pk=proposal.pk).update(is_chosen=True, created_at=AT - dt.timedelta(days=30))
    proposal.refresh_from_db()
    matched.campaign.programme_version.parameters |= {"public_notification_workdays": 0, "needed_talks": 0}
    matched.campaign.programme_version.save()
    matched.campaign.state = CampaignState.CONSULTATION
    matched.campaign.save()
    scene = Scene(matched, Proposal.objects.select_related("run__campaign__owner_unit").get(pk=proposal.pk))
    for one in scene.proposal.pairs.all():
        PreAppointmentTalk.objects.create(
            proposal=proposal, nomination=one.nomination, held_on=ON, talker="部长"
        )
    return scene


@pytest.fixture
def decided(scene) -> Scene:
    scene.decision = scene.decide()
    return scene


@pytest.fixture
def published(decided) -> Scene:
    services.publish_results(decided.decision, by=decided.owner, on=ON, at=AT)
    decided.left_over.refresh_from_db()
    return decided


class TestWhoReads:
    def test_nobody_but_those_who_decide_reads_it_before(self, decided, signed_in) -> None:
        address = url("result_detail", decided.left_over.pk)
        clerk = next(one for one in decided.clerks if covers(one, decided.left_over))
        for user in (decided.nominee, clerk, make_user(Role.HOST_UNIT, decided.matched.root)):
            assert signed_in(user).get(address).status_code == 404
        page = text_of(signed_in(decided.owner).get(address))
        assert "未入选（未公布）" in page

    def test_own_people_read_it_after(self, published, signed_in) -> None:
        address = url("result_detail", published.left_over.pk)
        for user in (
            published.nominee,
            *[one for one in published.clerks if covers(one, published.left_over)],
        ):
            page = text_of(signed_in(user).get(address))
            assert "未入选" in page
            assert "经集体研究决定（示组〔2026〕9号，2026-11-23），本批次未安排岗位" in page
            assert "组织部门掌握" not in page
            assert "部务会" not in page

    def test_strangers_never_read_it(self, published, signed_in) -> None:
        address = url("result_detail", published.left_over.pk)
        other = next(one for one in published.clerks if not covers(one, published.left_over))
        fellow = make_user(Role.SECONDEE, published.left_over.home_unit)
        for user in (other, fellow, make_user(Role.ORGANISATION_DEPARTMENT, make_unit("外省"))):
            assert signed_in(user).get(address).status_code == 404

    def test_a_withdrawn_nomination_has_no_result(self, published, signed_in) -> None:
        Nomination.objects.filter(pk=published.left_over.pk).update(state=NominationState.WITHDRAWN)
        assert signed_in(published.owner).get(url("result_detail", published.left_over.pk)).status_code == 404

    def test_without_a_decision_there_is_no_page(self, scene, signed_in) -> None:
        for name in ("result_list", "results_publish", "decision_correct"):
            assert signed_in(scene.owner).post(url(name, scene.campaign.pk)).status_code == 404
        scene.campaign.state = CampaignState.DISPATCHED
        scene.campaign.save()
        assert signed_in(scene.owner).get(url("result_detail", scene.left_over.pk)).status_code == 404


def covers(user, nomination: Nomination) -> bool:
    return user.assignments.filter(unit=nomination.home_unit).exists()


class TestNobodyLearnsOfAnother:
    """Marks of another person, put into every field that a page might read, appear in nobody's result."""

    @pytest.fixture
    def marked(self, published):
        holder = published.proposal.pairs.get(campaign_post=published.posts[0]).nomination
        person = holder.person
        AbilityValue.objects.create(
            person=person, ability="development", value=97, source="assessment", as_of=ON
        )
        FamilyMember.objects.create(
            position=1, person=person, title="妻子", name=f"{MARK}妻", work_text=f"{MARK}单位"
        )
        person.constraints_text = person.rewards_text = person.annual_text = MARK
        person.save()
        holder.reason = holder.hardship_text = holder.integrity_opinion = MARK
        holder.save()
        block(published.matched, published.people.index(holder), 1)
        EligibilityFinding.objects.update(fact=MARK)
        published.decision.items.update(reason=MARK)
        return published

    @pytest.mark.parametrize("reader", ["nominee", "clerk"])
    def test_of_the_chosen_only_the_public_notice(self, marked, signed_in, reader: str) -> None:
        clerk = next(one for one in marked.clerks if covers(one, marked.left_over))
        user = {"nominee": marked.nominee, "clerk": clerk}[reader]
        address = url("result_detail", marked.left_over.pk, post=marked.posts[0].pk)
        page = text_of(signed_in(user).get(address))
        holder = marked.proposal.pairs.get(campaign_post=marked.posts[0]).nomination
        assert f"入选人选：{holder.person.name}" in page.replace(" ", "")
        assert "男，1985.03，大学本科，群众，" in page
        for secret in (MARK, "97", "0.6", "100.0", "分项比较", "第 2 志愿"):
            assert secret not in page

    def test_wishes_and_marks_are_no_deciding_items(self, published, signed_in) -> None:
        """The run decided by wishes alone: their names would tell what the other wished."""
        address = url("result_detail", published.left_over.pk, post=published.posts[0].pk)
        page = text_of(signed_in(published.nominee).get(address))
        assert "由全批次统筹安排决定，不只看本岗位的比较。" in page
        assert "比较后起作用的项目" not in page

    def test_family_findings_are_kept_from_the_person(self, published, signed_in) -> None:
        block(published.matched, published.people.index(published.left_over), 0, rule="H1")
        EligibilityFinding.objects.update(fact=MARK)
        address = url("result_detail", published.left_over.pk, post=published.posts[0].pk)
        page = text_of(signed_in(published.nominee).get(address))
        assert "资格审查未通过：请与组织部门联系" in page
        assert "有的资格审查事项不在此显示" in page
        assert MARK not in page
        assert MARK in text_of(signed_in(published.owner).get(address))

    def test_the_organisation_department_sees_all_of_it(self, marked, signed_in) -> None:
        page = text_of(
            signed_in(marked.owner).get(url("result_detail", marked.left_over.pk, post=marked.posts[0].pk))
        )
        for text in ("分项比较（仅组织部门）", "打印谈话提纲", "部务会", "方案中未安排的原因"):
            assert text in page

    def test_a_leader_reads_what_others_read(self, published, signed_in) -> None:
        leader = make_user(Role.LEADER, published.matched.root)
        page = text_of(signed_in(leader).get(url("result_detail", published.left_over.pk)))
        assert "组织部门掌握" not in page


class TestWhatItSays:
    def test_open_posts_rules_and_what_can_be_changed(self, published, signed_in) -> None:
        Quota.objects.create(
            campaign=published.campaign, home_unit=published.left_over.home_unit, n_asked=2, release_cap=2
        )
        page = text_of(signed_in(published.nominee).get(url("result_detail", published.left_over.pk)))
        for text in (
            "公务员法第七十二条",
            "先按岗位优先级尽量配齐",
            "本批次最多派出 2 人，决定派出",
            "计算结果只供参考，人选由集体研究决定（示组〔2026〕9号）",
            "本次没有填报志愿",
            "个人资料缺少",
            "全部 3 个岗位，其中 3 个对本人开放",
        ):
            assert text in page

    def test_a_blocked_person_has_no_open_post(self, published, signed_in) -> None:
        block(published.matched, published.people.index(published.left_over), rule="H10")
        page = text_of(signed_in(published.owner).get(url("result_detail", published.left_over.pk)))
        assert "没有可以安排的岗位" in page
        assert "其中 0 个对本人开放" in page

    def test_who_was_chosen_is_told_where(self, published, signed_in) -> None:
        chosen = published.proposal.pairs.get(campaign_post=published.posts[1])
        page = text_of(signed_in(published.owner).get(url("result_detail", chosen.nomination_id)))
        assert "选派到西村第一书记。" in page
        assert "本人入选" in page
        assert "今后可以做的" not in page

    def test_someone_called_off_is_told_so(self, published, signed_in) -> None:
        placement = Placement.objects.get(post=published.posts[1].post)
        placing.cancel_placement(placement, reason="另有任用", by=published.owner, on=ON, at=AT)
        nomination = published.proposal.pairs.get(campaign_post=published.posts[1]).nomination
        assert nomination.outcome == Outcome.CALLED_OFF
        page = text_of(signed_in(published.owner).get(url("result_detail", nomination.pk)))
        assert "派出，后因故取消。" in page

    def test_queries_do_not_grow_with_the_posts(self, published, signed_in) -> None:
        client = signed_in(published.nominee)
        address = url("result_detail", published.left_over.pk)
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for number in range(1, 3):
            wish(published.matched, published.people.index(published.left_over), number, number + 10)
        with CaptureQueriesContext(connection) as more:
            client.get(address)
        assert len(more) <= len(few) + 1

    def test_the_item_that_decided_is_named(self, published) -> None:
        run = published.proposal.run
        run.weights = run.weights | {"experience": 10, "rank": 0}
        items = DecidingItems(run)
        holder = published.proposal.pairs.get(campaign_post=published.posts[0]).nomination_id
        rows = [items._row(one, published.posts[0].pk) for one in (holder, published.left_over.pk)]
        column = COMPONENTS.index("experience")
        components = items.snapshot.admissible.components
        components[rows[0], column], components[rows[1], column] = 0.55, 0.5
        assert items.between(holder, published.left_over.pk, published.posts[0].pk) == ["经历相关"]
        components[rows[0]], components[rows[1]] = 0.4, 1  # the other fits better: not this item decided
        components[rows[0], column], components[rows[1], column] = 0.55, 0.5
        assert items.between(holder, published.left_over.pk, published.posts[0].pk) == []
        components[rows[1]] = components[rows[0]]  # both fit alike
        assert items.between(holder, published.left_over.pk, published.posts[0].pk) == []
        components[rows[1]] = 0
        components[rows[1], column] = 0.5
        components[rows[0], column] = 0.549
        assert items.between(holder, published.left_over.pk, published.posts[0].pk) == []
        assert items.between(holder, 0, published.posts[0].pk) == []
        assert items.between(holder, published.left_over.pk, 0) == []
        assert items.components(0, published.posts[0].pk) is None


class TestOwnFacts:
    def lines(self, scene, sections=EVERYTHING, **asked) -> dict[str, tuple[str, str, str]]:
        post = scene.posts[0].post
        for name, value in asked.items():
            setattr(post, name, value)
        facts = own_facts(scene.left_over.person, sections)
        found = wish_lines(facts, post, scene.campaign)
        return {one.label: (one.wanted, one.has, one.verdict) for one in found}

    def test_only_what_the_post_asks_for_is_compared(self, scene) -> None:
        nothing = {
            "education_code": "",
            "rank": "",
            "specialties": [],
            "abilities": [],
            "requires_party_member": False,
        }
        assert self.lines(scene, **nothing) == {}

    @pytest.mark.parametrize(("limit", "verdict"), [(40, "不符合"), (41, "符合")])
    def test_age_on_the_first_day(self, scene, limit: int, verdict: str) -> None:
        scene.left_over.person.born_on = dt.date(1985, 3, 12)
        scene.campaign.starts_on = dt.date(2026, 12, 1)
        assert self.lines(scene, oldest_age=limit)["年龄"] == (f"不超过 {limit} 周岁", "41 周岁", verdict)
        scene.left_over.person.born_on = None
        assert self.lines(scene, oldest_age=limit)["年龄"][1:] == ("未填", "无法比较")

    @pytest.mark.parametrize(("least", "verdict"), [(2, "符合"), (3, "不符合")])
    def test_grass_roots_years(self, scene, least: int, verdict: str) -> None:
        scene.left_over.person.grassroots_years = 2
        scene.left_over.person.save()
        scene.left_over.person.refresh_from_db()
        assert self.lines(scene, grassroots_years=least)["基层工作年限"][2] == verdict

    @pytest.mark.parametrize(
        ("has", "verdict"), [("14", "符合"), ("20", "符合"), ("30", "不符合"), ("", "无法比较")]
    )
    def test_education(self, scene, has: str, verdict: str) -> None:
        scene.left_over.person.education_code = has
        assert self.lines(scene, education_code="20")["最低学历"][2] == verdict

    @pytest.mark.parametrize(
        ("has", "verdict"), [("411", "符合"), ("412", "符合"), ("420", "不符合"), ("", "不符合")]
    )
    def test_title(self, scene, has: str, verdict: str) -> None:
        scene.left_over.person.title_level = has
        assert self.lines(scene, title_level="412")["最低职称级别"][2] == verdict

    def test_party_rank_specialty_and_abilities(self, scene) -> None:
        person = scene.left_over.person
        person.political_status, person.rank = "02", "141"
        Specialty.objects.create(person=person, tag="agriculture")
        for day, value in ((ON, 80), (ON - dt.timedelta(days=1), 60)):
            AbilityValue.objects.create(
                person=person, ability="development", value=value, source="assessment", as_of=day
            )
        asked = {
            "requires_party_member": True,
            "rank": "141",
            "specialties": ["agriculture"],
            "abilities": ["development"],
            "experience": "有乡镇经历",
        }
        found = self.lines(scene, **asked)
        assert [found[one][2] for one in ("政治面貌", "职务层次", "专业方向", "需要的能力", "工作经历")] == [
            *("不符合", "符合", "符合", "供研判", "供研判")
        ]
        assert found["需要的能力"][1].endswith("80")
        hidden = self.lines(scene, EVERYTHING - {Section.ABILITIES}, **asked)
        assert "需要的能力" not in hidden
        person.rank = ""
        Specialty.objects.all().delete()
        AbilityValue.objects.all().delete()
        found = self.lines(scene, **asked)
        assert [found[one][2] for one in ("职务层次", "专业方向")] == ["无法比较", "无法比较"]
        assert found["需要的能力"][1] == "未评价"


def told() -> list[int]:
    """The accounts that were told the result, as often as they were."""
    return [one.recipient_id for one in Notice.objects.all() if one.title == "“第一批”结果已公布"]


class TestPublishing:
    def test_everybody_is_told_once_and_words_follow(self, published) -> None:
        words = dict(Nomination.objects.values_list("person__name", "outcome"))
        assert sorted(words.values()) == ["chosen", "chosen", "chosen", "not_chosen"]
        assert sorted(told()) == sorted(
            {
                published.nominee.pk,
                *(one.pk for one in published.clerks),
            }
        )
        assert AuditEvent.objects.filter(action="campaign.publish_results").count() == 1
        with pytest.raises(StepError, match="2026-11-23"):
            services.publish_results(published.decision, by=published.owner, on=ON, at=AT)

    def test_dispatch_publishes_what_was_not(self, decided, signed_in) -> None:
        issue = placing.Issue("示组挂", decided.campaign.starts_on)
        placing.issue_notices(decided.campaign, issue, by=decided.owner, on=ON, at=AT)
        words = sorted(Nomination.objects.values_list("outcome", flat=True))
        assert words == ["not_chosen", "sent", "sent", "sent"]
        assert told().count(decided.nominee.pk) == 1
        page = text_of(signed_in(decided.nominee).get(reverse("campaigns:my_nominations")))
        assert "未入选" in page
        assert "查看结果和原因" in page
        listed = text_of(
            signed_in(decided.owner).get(reverse("campaigns:nomination_list", args=[decided.campaign.pk]))
        )
        assert "已派出" in listed
        assert listed.count("待审查") <= 1  # the filter's choice alone

    def test_dispatch_after_publishing_tells_nobody_twice(self, published) -> None:
        issue = placing.Issue("示组挂", published.campaign.starts_on)
        placing.issue_notices(published.campaign, issue, by=published.owner, on=ON, at=AT)
        assert told().count(published.nominee.pk) == 1

    def test_from_the_page(self, decided, signed_in) -> None:
        client = signed_in(decided.owner)
        page = client.get(url("result_list", decided.campaign.pk))
        assert "入选 3 人，未入选 1 人。" in text_of(page)
        assert "尚未公布" in text_of(page)
        client.post(url("results_publish", decided.campaign.pk))
        assert "公布。" in text_of(client.get(url("result_list", decided.campaign.pk)))
        shown = client.get(url("result_list", decided.campaign.pk), {"chosen": "no"})
        assert [row.item.pk for row in shown.context["listing"].rows()] == [decided.left_over.pk]
        clerk = signed_in(decided.clerks[0])
        detail = reverse("campaigns:nomination_detail", args=[decided.people[0].pk])
        assert url("result_detail", decided.people[0].pk) in clerk.get(detail).content.decode()


class TestCorrecting:
    def correct(self, scene, on=ON, reason="文号笔误", **changes) -> Decision:
        values = {"name": "部务会", "number": "示组〔2026〕9号", "decided_on": ON} | changes
        return services.correct_decision(
            scene.decision, Meeting(**values), reason=reason, by=scene.owner, on=on, at=AT
        )

    def test_what_stood_before_stays_on_record(self, decided, signed_in) -> None:
        self.correct(decided, number="示组〔2026〕10号")
        row = Decision.objects.get()
        assert row.number == "示组〔2026〕10号"
        assert row.corrections == [
            {
                "on": "2026-11-23",
                "by": "示例用户",
                "reason": "文号笔误",
                "was": {"number": "示组〔2026〕9号"},
            }
        ]
        assert set(Placement.objects.values_list("decision_number", flat=True)) == {"示组〔2026〕10号"}
        page = text_of(signed_in(decided.owner).get(url("decision_detail", decided.campaign.pk)))
        assert "更正前为：示组〔2026〕9号。理由：文号笔误" in page

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"reason": " ", "number": "x"}, ReasonMissingError),
            ({}, StepError),
            ({"decided_on": ON + dt.timedelta(days=1)}, FutureDateError),
            ({"decided_on": dt.date(2026, 1, 1)}, EarlyDateError),
        ],
    )
    def test_what_cannot_be_is_refused(self, decided, changes, error) -> None:
        with pytest.raises(error):
            self.correct(decided, **changes)

    def test_not_within_the_public_notification(self, decided) -> None:
        posted = PublicNotification.objects.create(
            proposal=decided.proposal, starts_on=ON, last_day=ON - dt.timedelta(days=2), n_workdays=5
        )
        self.correct(decided, decided_on=ON - dt.timedelta(days=1))
        posted.last_day = ON
        posted.save()
        with pytest.raises(NotificationMissingError):
            self.correct(decided, decided_on=ON)
        Decision.objects.update(leaders="部长")
        self.correct(decided, decided_on=ON)

    def test_not_after_a_notice(self, decided) -> None:
        Placement.objects.filter(post=decided.posts[0].post).update(notice_on=ON)
        self.correct(decided, number="甲", on=ON + dt.timedelta(days=1))
        with pytest.raises(EarlyDateError, match="通知"):
            self.correct(
                decided, decided_on=ON + dt.timedelta(days=1), on=ON + dt.timedelta(days=1), number="甲"
            )

    def test_from_the_page(self, decided, signed_in) -> None:
        client, address = signed_in(decided.owner), url("decision_correct", decided.campaign.pk)
        assert client.get(address).context["form"].initial["number"] == "示组〔2026〕9号"
        data = {"meeting": "部务会", "number": "示组〔2026〕9号", "decided_on": f"{ON}", "reason": "x"}
        assert "无需更正" in text_of(client.post(address, data))
        assert client.post(address, data | {"number": "新号"}).status_code == 302
        assert Consultation.objects.count() == 0


class TestTrueReasons:
    """What the page of somebody left over names as the reason was one."""

    @pytest.fixture
    def told(self, django_capture_on_commit_callbacks, signed_in):
        """Run, adopt, decide and publish; the page of the one left over."""

        def tell(weights=None, principle=None, cap=None, also=None) -> tuple[Scene, str]:
            matched = make_matched(name="第一批")
            for home in matched.homes if cap else ():
                values = {"n_asked": 2, "release_cap": cap}
                Quota.objects.update_or_create(campaign=matched.campaign, home_unit=home, defaults=values)
            proposal = run_now(matched, django_capture_on_commit_callbacks, weights)
            if also:
                run_now(matched, django_capture_on_commit_callbacks, also)
            if principle:
                proposal = propose_plan(proposal.run, principle, reason="尊重志愿。", by=matched.by, at=AT)
            scene = adopted(matched, proposal)
            services.publish_results(scene.decide(), by=scene.owner, on=ON, at=AT)
            return scene, page_of(scene, signed_in)

        return tell

    def test_the_weights_are_those_of_the_plan_adopted(self, told) -> None:
        _scene, page = told(
            {"person_preference": 60, "host_preference": 40}, also={"person_preference": 1, "distance": 99}
        )
        assert "本人志愿 60" in page
        assert "本人志愿 1、" not in page

    def test_items_in_which_all_are_alike_are_not_named(self, published) -> None:
        items = DecidingItems(published.proposal.run)
        items.weights = dict.fromkeys(COMPONENTS, 10) | {"rank": 0, "growth": 20}
        components = items.snapshot.admissible.components
        components[:] = 0.5
        assert items.telling() == []
        components[0, [COMPONENTS.index(name) for name in ("growth", "rank", "distance")]] = 0.6
        components[0, COMPONENTS.index("experience")] = float("nan")
        assert items.telling() == ["growth", "experience", "distance"]

    def test_without_any_such_item_none_is_spoken_of(self, published, signed_in, monkeypatch) -> None:
        monkeypatch.setattr(DecidingItems, "telling", lambda _items: [])
        page = page_of(published, signed_in)
        assert "再使全批次总匹配度最高。" in page
        assert "主要分项" not in page

    def test_the_cap_of_the_home_unit_is_the_reason(self, told) -> None:
        scene, page = told(cap=1)
        unit = scene.left_over.home_unit.name
        assert f"本批次未安排岗位：{unit}最多派出 1 人，已决定派出 1 人。" in page
        assert "均由其他人选担任" not in page

    def test_a_cap_not_reached_is_no_reason(self, told) -> None:
        assert "个岗位均由其他人选担任。" in told(cap=3)[1]

    def test_another_principle_is_named_with_its_reason(self, told) -> None:
        page = told(principle=Principle.STABLE_POSTS)[1]
        assert "采用的方案按“稳定，岗位优先”的原则安排，理由：尊重志愿。" in page
        assert "总匹配度最高" not in page

    def test_who_was_called_off_is_nobodys_rival(self, published, signed_in) -> None:
        placement = Placement.objects.filter(campaign=published.campaign).first()
        name = f"入选人选：{placement.person.name}"
        address = url("result_detail", published.left_over.pk, post=campaign_post_of(placement))
        client = signed_in(published.nominee)
        assert name in text_of(client.get(address)).replace(" ", "")
        assert "个岗位均由其他人选担任。" in text_of(client.get(address))
        placing.cancel_placement(placement, reason="另有任用", by=published.owner, on=ON, at=AT)
        page = text_of(client.get(address))
        assert name not in page.replace(" ", "")
        assert "本批次未安排岗位：由组织综合考虑全批次安排研究决定。" in page


class TestNoticeWithdrawn:
    def test_the_result_is_not_published_twice(self, decided, signed_in) -> None:
        how = placing.Issue("示组挂", decided.campaign.starts_on)
        decided.campaign.refresh_from_db()
        placing.issue_notices(decided.campaign, how, by=decided.owner, on=ON, at=AT)
        notice = AppointmentNotice.objects.order_by("pk").first()
        person = notice.placements.get().person
        placing.withdraw_notice(notice, reason="姓名有误", by=decided.owner, on=ON, at=AT)
        before = outcomes(decided)
        assert before.pop(person.pk) == Outcome.CHOSEN
        assert sorted(before.values()) == sorted([Outcome.NOT_CHOSEN, *[Outcome.SENT] * (len(before) - 1)])
        page = signed_in(decided.owner).get(url("result_list", decided.campaign.pk))
        assert not page.context["may_publish"]
        n_told = Notice.objects.count()
        with pytest.raises(StepError, match="不再重复公布"):
            services.publish_results(decided.decision, by=decided.owner, on=ON, at=AT)
        assert Notice.objects.count() == n_told
        decided.campaign.refresh_from_db()
        placing.issue_notices(decided.campaign, how, by=decided.owner, on=ON, at=AT)
        assert outcomes(decided)[person.pk] == Outcome.SENT


def outcomes(scene: Scene) -> dict[int, str]:
    return dict(Nomination.objects.filter(campaign=scene.campaign).values_list("person", "outcome"))


def campaign_post_of(placement: Placement) -> int:
    return placement.post.campaign_posts.get(campaign=placement.campaign).pk


def page_of(scene: Scene, signed_in) -> str:
    return text_of(signed_in(scene.nominee).get(url("result_detail", scene.left_over.pk)))


def adopted(matched, proposal: Proposal) -> Scene:
    """The proposal as the one adopted, with everything done before a decision."""
    Proposal.objects.filter(pk=proposal.pk).update(is_chosen=True, created_at=AT - dt.timedelta(days=30))
    version = Campaign.objects.get(pk=matched.campaign.pk).programme_version
    version.parameters |= {"public_notification_workdays": 0, "needed_talks": 0}
    version.save()
    Campaign.objects.filter(pk=matched.campaign.pk).update(state=CampaignState.CONSULTATION)
    matched.campaign.refresh_from_db()
    scene = Scene(matched, Proposal.objects.select_related("run__campaign__owner_unit").get(pk=proposal.pk))
    for one in scene.proposal.pairs.all():
        PreAppointmentTalk.objects.create(
            proposal=proposal, nomination=one.nomination, held_on=ON, talker="部长"
        )
    return scene
