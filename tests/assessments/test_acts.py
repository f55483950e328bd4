"""Every act of the pages: what it asks, what it says, and what it refuses with the typed text kept."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.assessments.choices import DecisionKind, DecisionState, PoolKind, QuotaBasis, Side
from secondment.assessments.models import Evaluation, Grade, GradeDecision, Opinion, Register
from secondment.assessments.pools import bases_of, places_of
from secondment.assessments.rules import actions_for
from secondment.assessments.services import (
    Choice,
    Meeting,
    Said,
    confirm_decision,
    enforce_decision,
    give_opinion,
    post_decision,
    receive_result,
    record_decision,
)
from secondment.assessments.services.errors import (
    BarredGradeError,
    DecisionStateError,
    ReasonMissingError,
)
from secondment.assessments.view_models import fact_lines
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.people.models import AnnualGrade, Person
from tests.assessments.conftest import MEETING, Scene
from tests.makers import AT, ON, make_programme_version, make_unit, make_user
from tests.pages import text_of


def url(name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=args)


def in_force(scene: Scene) -> list[Evaluation]:
    scene.open()
    rows = scene.hear()
    decision = scene.decide(rows)
    confirm_decision(decision, by=scene.second_owner, at=AT)
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    return rows


class TestRegister:
    def test_a_year_that_cannot_be_opened_says_why_and_shows_the_way(
        self, scene: Scene, signed_in: Any
    ) -> None:
        register = scene.open()
        asked = {"unit": scene.root.pk, "year": 2025, "opinions_by": "2026-01-10"}
        text = signed_in(scene.owner).post(url("register_open"), asked).content.decode()
        assert "已经开展" in text
        assert url("register_detail", register.pk) in text

    def test_the_names_are_brought_up_to_date(self, scene: Scene, signed_in: Any) -> None:
        register = scene.open()
        scene.add()
        answer = signed_in(scene.owner).post(url("register_refresh", register.pk), follow=True)
        assert "新列入 1 人，更新 0 人的事实" in text_of(answer)

    def test_a_year_opened_by_mistake_is_taken_back(self, scene: Scene, signed_in: Any) -> None:
        register = scene.open()
        client = signed_in(scene.owner)
        assert (
            url("register_withdraw", register.pk)
            in client.get(url("register_detail", register.pk)).content.decode()
        )
        scene.hear()
        page = client.get(url("register_detail", register.pk)).content.decode()
        assert url("register_withdraw", register.pk) not in page
        assert "不能撤销" in text_of(client.post(url("register_withdraw", register.pk), {"reason": "误开"}))
        Opinion.objects.all().delete()
        answer = client.post(url("register_withdraw", register.pk), {"reason": "误开"}, follow=True)
        assert "尚未开展年度考核" in text_of(answer)
        assert not Register.objects.exists()

    def test_the_list_of_years_offers_what_the_reader_may_do(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        assert "开展年度考核" in text_of(signed_in(scene.owner).get(url("register_list")))
        text = text_of(signed_in(scene.host_clerk).get(url("register_list")))
        assert "导入考核意见汇总表" in text
        assert "共 1 条" in text
        assert "尚未开展年度考核" in text_of(signed_in(scene.secondee).get(url("register_list")))

    def test_the_register_leaves_as_excel_with_a_line_in_the_trail(
        self, scene: Scene, signed_in: Any
    ) -> None:
        register = scene.open()
        answer = signed_in(scene.owner).get(url("register_detail", register.pk) + "?export=xlsx")
        assert answer.headers["Content-Type"].endswith("sheet")
        assert AuditEvent.objects.get(action="assessment.export").details == {"rows": 5}


class TestPools:
    def test_the_page_says_who_is_over_by_how_many(self, scene: Scene, signed_in: Any) -> None:
        register = scene.open()
        scene.hear("excellent", "excellent", "excellent")
        text = text_of(signed_in(scene.owner).get(url("pool_list", register.pk)))
        assert "5 20% · 一般比例 更改 1 3 超出 2 人" in text

    def test_who_is_counted_without_a_known_category_is_named(self, scene: Scene, signed_in: Any) -> None:
        register = scene.open()
        client, people = signed_in(scene.owner), Person.objects.filter(evaluations__register=register)
        people.update(rank="", grade_rank="一级科员")
        assert "人员类别不详" not in text_of(client.get(url("pool_list", register.pk)))
        one = people.order_by("pk").first()
        Person.objects.filter(pk=one.pk).update(grade_rank="")
        text = text_of(client.get(url("pool_list", register.pk)))
        assert "1 人没有登记职务层次和职级，人员类别不详" in text
        assert f"：{one.name}。请向派出单位核实" in text

    def test_a_share_is_set_and_its_document_asked_for(self, scene: Scene, signed_in: Any) -> None:
        pool = scene.open().pools.get()
        client = signed_in(scene.owner)
        answer = client.post(url("pool_basis", pool.pk), {"basis": "approved", "document": ""})
        assert "文号" in text_of(answer)
        answer = client.post(
            url("pool_basis", pool.pk), {"basis": "approved", "document": "示人社〔2026〕2号"}, follow=True
        )
        assert "25% · 经主管部门批准的比例 （示人社〔2026〕2号）" in text_of(answer)

    @pytest.mark.parametrize(
        ("kind", "basis", "percent"),
        [
            (PoolKind.CIVIL, QuotaBasis.ORDINARY, 20),
            (PoolKind.CIVIL, QuotaBasis.APPROVED, 25),
            (PoolKind.LEADER, QuotaBasis.ORDINARY, 25),
            (PoolKind.LEADER, QuotaBasis.GOOD_TEAM, 30),
            (PoolKind.LEADER, QuotaBasis.FAIR_TEAM, 20),
            (PoolKind.LEADER, QuotaBasis.POOR_TEAM, 15),
            (PoolKind.SPECIALIST, QuotaBasis.APPROVED, 25),
        ],
    )
    def test_the_shares_of_the_rule(
        self, scene: Scene, kind: PoolKind, basis: QuotaBasis, percent: int
    ) -> None:
        pool = scene.open().pools.get()
        pool.kind, pool.basis = kind, basis
        assert basis in bases_of(kind)
        assert places_of(pool, n_people=10, n_excellent=0).percent == percent

    def test_a_pool_counted_elsewhere_has_no_places_to_exceed(self, scene: Scene) -> None:
        pool = scene.open().pools.get()
        pool.kind = PoolKind.ELSEWHERE
        places = places_of(pool, n_people=4, n_excellent=4)
        assert (places.n_over, places.is_bound, bases_of(pool.kind)) == (0, False, (QuotaBasis.ORDINARY,))

    @pytest.mark.parametrize("mode", ["warn", "off"])
    def test_a_programme_may_only_be_told_of_too_many(self, scene: Scene, mode: str) -> None:
        pool = scene.open().pools.get()
        values = {"civil_percent": 20}
        setting = {"mode": mode, "basis": "本单位规定", "is_confirmed": True, "values": values}
        pool.programme_version = make_programme_version({"rules": {"H17": setting}})
        places = places_of(pool, n_people=4, n_excellent=2)
        assert (places.n_over, places.is_bound) == (2, False)

    def test_chosen_people_are_counted_elsewhere(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        key = scene.evaluation().pk
        client = signed_in(scene.owner)
        assert "占派出单位名额" in text_of(client.post(url("pools_change"), {"selected": [key]}))
        sent = {"selected": [key], "sent": "1", "kind": "elsewhere"}
        assert "已调整 1 人的名额分组" in text_of(client.post(url("pools_change"), sent, follow=True))


class TestOpinion:
    def test_one_opinion_is_given_and_changed(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        client, key = signed_in(scene.host_clerk), scene.evaluation().pk
        page = client.get(url("opinion_give", key, "host"))
        assert "病事假工作日" in text_of(page)
        said = {"text": "好。", "grade": "competent", "leave_workdays": "0", "version": "1"}
        assert "意见已保存" in text_of(client.post(url("opinion_give", key, "host"), said, follow=True))
        page = client.get(url("opinion_give", key, "host"))
        assert page.context["form"]["text"].value() == "好。"

    def test_an_unknown_side_is_not_found(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        client = signed_in(scene.host_clerk)
        assert client.get(url("opinion_give", scene.evaluation().pk, "nobody")).status_code == 404

    def test_the_department_chooses_the_side_and_names_the_day(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        client, key = signed_in(scene.owner), scene.evaluation().pk
        page = text_of(client.post(url("opinions_give"), {"selected": [key]}))
        assert "接收单位意见" in page
        assert "改为登记派出单位意见" in page
        sent = {"selected": [key], "sent": "1", "side": "home", "text": "好。", "grade": "competent"}
        assert client.post(url("opinions_give"), sent).context["form"].errors.keys() == {"signed_on"}
        answer = client.post(url("opinions_give"), sent | {"signed_on": "2026-01-05"}, follow=True)
        assert "已保存 1 人的意见" in text_of(answer)
        assert Opinion.objects.get().side == "home"

    def test_an_opinion_for_many_names_what_it_overwrites(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        first, second = scene.evaluation(0), scene.evaluation(1)
        give_opinion(first, Side.HOST, Said("牵头修路。", "competent"), by=scene.host_clerk, at=AT)
        client = signed_in(scene.host_clerk)
        keys = [first.pk, second.pk]
        page = client.post(url("opinions_give"), {"selected": keys})
        words = "1 人已有接收单位意见，保存后改为本次填写的内容：张示例（称职：牵头修路。）"
        assert words in text_of(page)
        assert "已有接收单位意见" not in text_of(client.post(url("opinions_give"), {"selected": [second.pk]}))
        shown = {f"version_{one.pk}": one.version for one in page.context["evaluations"]}
        sent = {"selected": keys, "sent": "1", "text": "工作扎实。", "grade": "competent", **shown}
        give_opinion(second, Side.HOST, Said("刚刚填报。", "competent"), by=scene.host_clerk, at=AT)
        assert client.post(url("opinions_give"), sent).status_code == 409
        assert set(Opinion.objects.values_list("text", flat=True)) == {"牵头修路。", "刚刚填报。"}
        second.refresh_from_db()
        client.post(url("opinions_give"), sent | {f"version_{second.pk}": second.version})
        assert set(Opinion.objects.values_list("text", flat=True)) == {"工作扎实。"}

    def test_nobody_writes_for_people_of_others(self, scene: Scene, signed_in: Any) -> None:
        placement = scene.add(host=make_unit("另一村", scene.root))
        scene.open()
        mine, other = scene.evaluation(), Evaluation.objects.get(placement=placement)
        client = signed_in(scene.host_clerk)
        assert client.post(url("opinions_give"), {"selected": [mine.pk, other.pk]}).status_code == 404
        sent = {"selected": [mine.pk], "sent": "1", "side": "home", "text": "好。", "grade": "competent"}
        assert client.post(url("opinions_give"), sent).status_code == 403
        assert not Opinion.objects.exists()


class TestDecision:
    def test_a_decision_is_returned_for_a_reason(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        decision = scene.decide(scene.hear())
        client = signed_in(scene.owner)
        answer = client.post(url("decision_return", decision.pk), {"reason": "文号有误"}, follow=True)
        assert "退回理由 文号有误" in text_of(answer)

    def test_excellent_is_posted_and_then_brought_into_force(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        decision = scene.decide(scene.hear("excellent"), "excellent")
        confirm_decision(decision, by=scene.second_owner, at=AT)
        client = signed_in(scene.owner)
        text = text_of(client.get(url("decision_detail", decision.pk)))
        assert "登记公示" in text
        assert "公布等次" not in text
        assert "不少于 5 个工作日" in text_of(client.get(url("decision_post", decision.pk)))
        early = client.post(url("decision_post", decision.pk), {"starts_on": "2026-01-19"})
        assert "不能早于决定日期" in text_of(early)
        posted = {"starts_on": "2026-01-21", "late_reason": "公开栏张贴"}
        answer = client.post(url("decision_post", decision.pk), posted, follow=True)
        assert "公示时间为 2026-01-21 至 2026-01-27" in text_of(answer)
        assert "公布等次" in text_of(answer)
        client.post(url("decision_enforce", decision.pk))
        assert GradeDecision.objects.get().state == DecisionState.IN_FORCE

    def test_days_of_a_year_without_calendar_are_named_uncertain(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        decision = scene.decide(scene.hear("excellent"), "excellent")
        confirm_decision(decision, by=scene.second_owner, at=AT)
        span = post_decision(decision, starts_on=dt.date(2026, 12, 29), by=scene.owner, on=ON, at=AT)
        assert not span.is_certain
        text = text_of(signed_in(scene.owner).get(url("decision_detail", decision.pk)))
        assert "放假安排尚未公布" in text

    def test_nobody_waits_and_the_page_says_so(self, scene: Scene, signed_in: Any) -> None:
        register = scene.open()
        page = signed_in(scene.owner).get(url("decision_record", register.pk))
        assert "没有待决定等次的人员" in text_of(page)

    @pytest.mark.parametrize(
        ("day", "words"), [(dt.date(2026, 11, 24), "不能晚于今天"), (dt.date(2024, 12, 31), "早于考核年度")]
    )
    def test_the_day_of_a_decision(self, scene: Scene, day: dt.date, words: str) -> None:
        register = scene.open()
        rows = scene.hear()
        meeting = Meeting("部务会", "张示例", "1号", day)
        with pytest.raises(DecisionStateError, match=words):
            record_decision(
                register, meeting, [Choice(rows[0].pk, "competent")], by=scene.owner, on=ON, at=AT
            )

    def test_a_decision_names_somebody_once_with_a_grade(self, scene: Scene) -> None:
        register = scene.open()
        rows = scene.hear()
        acting = {"by": scene.owner, "on": ON, "at": AT}
        one = Choice(rows[0].pk, "competent")
        for choices in ([], [one, one], [Choice(0, "competent")]):
            with pytest.raises(DecisionStateError, match="没有人员"):
                record_decision(register, MEETING, choices, **acting)
        with pytest.raises(DecisionStateError, match="选择等次"):
            record_decision(register, MEETING, [Choice(rows[0].pk, "")], **acting)

    def test_a_rule_that_only_warns_asks_for_a_reason(self, scene: Scene) -> None:
        values = {"leave_share": 50}
        setting = {"mode": "warn", "basis": "本单位规定", "is_confirmed": True, "values": values}
        for one in scene.placements:
            one.programme_version = make_programme_version({"rules": {"H16": setting}})
            one.save()
        scene.people[0].is_under_investigation = True
        scene.people[0].save()
        register = scene.open()
        row = scene.evaluation()
        acting = {"by": scene.owner, "on": ON, "at": AT}
        with pytest.raises(ReasonMissingError):
            record_decision(register, MEETING, [Choice(row.pk, "competent")], **acting)
        choice = Choice(row.pk, "competent", "已查清")
        assert record_decision(register, MEETING, [choice], **acting).grades.count() == 1

    def test_a_barred_grade_names_its_article(self, scene: Scene) -> None:
        scene.people[0].is_under_investigation = True
        scene.people[0].save()
        scene.open()
        with pytest.raises(BarredGradeError) as refusal:
            scene.decide([scene.evaluation()], "competent", reason="已查清")
        assert str(refusal.value.basis) == "《公务员考核规定》第二十八条"


class TestReaders:
    def test_a_leader_reads_decisions_and_acts_on_none(self, scene: Scene, signed_in: Any) -> None:
        register = scene.open()
        decision = scene.decide(scene.hear())
        leader = make_user(Role.LEADER, scene.root)
        assert actions_for(leader, decision) == frozenset()
        text = text_of(signed_in(leader).get(url("decision_detail", decision.pk)))
        assert "退回决定" not in text
        assert "待复核" in text_of(signed_in(leader).get(url("register_detail", register.pk)))

    def test_days_of_a_year_whose_holidays_are_unknown_say_so(self, scene: Scene) -> None:
        scene.open()
        row = scene.evaluation()
        assert "按周末推算" not in str([one.value for one in fact_lines(row)])
        row.year = 2003
        assert "按周末推算" in str([one.value for one in fact_lines(row)])

    def test_names_of_rows_in_the_trail(self, scene: Scene) -> None:
        scene.open()
        decision = scene.decide(scene.hear())
        names = [str(one) for one in (decision.grades.first(), scene.evaluation().opinions.first())]
        assert names[1] == "2025 张示例 派出单位"
        assert names[0].endswith("称职（合格）")


class TestAfterwards:
    def test_a_grade_is_corrected_and_withdrawn(self, scene: Scene, signed_in: Any) -> None:
        rows = in_force(scene)
        client = signed_in(scene.owner)
        meeting = {
            "meeting": "部务会",
            "deciders": "赵示例",
            "number": "2号",
            "decided_on": "2026-02-01",
            "reason": "复核",
        }
        for grade, kind in (("incompetent", DecisionKind.CORRECT), ("", DecisionKind.WITHDRAW)):
            answer = client.post(url("grade_correct", rows[0].pk), meeting | {"grade": grade}, follow=True)
            assert "须由另一账号复核后生效" in text_of(answer)
            decision = GradeDecision.objects.order_by("-pk").first()
            assert decision.kind == kind
            confirm_decision(decision, by=scene.second_owner, at=AT)
            enforce_decision(decision, by=scene.owner, on=ON, at=AT)
        text = text_of(client.get(url("evaluation_detail", rows[0].pk)))
        assert text.index("撤销等次 称职") < text.index("不称职 称职") < text.rindex("称职 称职")
        assert not AnnualGrade.objects.filter(person=rows[0].person).exists()

    def test_changed_facts_are_settled_in_writing(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        Evaluation.objects.filter(pk=scene.evaluation().pk).update(changes=["limits"])
        client, row = signed_in(scene.owner), scene.evaluation()
        assert "需重新核对：等次限制有变化" in text_of(client.get(url("evaluation_detail", row.pk)))
        sent = {"reason": "不影响等次", "version": row.version}
        answer = client.post(url("changes_settle", row.pk), sent, follow=True)
        assert "已按最新事实核对" in text_of(answer)
        assert scene.evaluation().changes == []

    def test_somebody_is_taken_out(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        client, key = signed_in(scene.owner), scene.evaluation().pk
        assert "已移出名册" in text_of(
            client.post(url("evaluation_remove", key), {"reason": "退休"}, follow=True)
        )
        assert Evaluation.objects.count() == 4

    def test_signed_papers_are_noted_for_many_once_in_force(self, scene: Scene, signed_in: Any) -> None:
        scene.open()
        client, keys = signed_in(scene.owner), [scene.evaluation(at).pk for at in range(2)]
        refused = client.post(url("results_receive"), {"selected": keys})
        assert (refused.status_code, "尚未生效" in refused.content.decode()) == (409, True)
        decision = scene.decide(scene.hear())
        confirm_decision(decision, by=scene.second_owner, at=AT)
        with pytest.raises(DecisionStateError, match="尚未生效"):
            receive_result(decision.grades.first(), by=scene.owner, on=ON, at=AT)
        enforce_decision(decision, by=scene.owner, on=ON, at=AT)
        answer = client.post(url("results_receive"), {"selected": keys}, follow=True)
        assert "已登记 2 人签收" in text_of(answer)
        assert Grade.objects.exclude(received_on=None).count() == 2


def test_nobody_of_the_department_decides_about_themselves(scene: Scene) -> None:
    scene.open()
    rows = scene.hear()
    meeting = Meeting("会议", "张三", "1 号", ON)
    own, other = Choice(rows[0].pk, "competent"), Choice(rows[1].pk, "competent")
    RoleAssignment.objects.create(user=scene.secondee, role=Role.ORGANISATION_DEPARTMENT, unit=scene.root)
    asked = {"by": scene.secondee, "on": ON, "at": AT}
    with pytest.raises(NotAllowedError, match="涉及本人"):
        record_decision(rows[0].register, meeting, [own, other], **asked)
    assert record_decision(rows[0].register, meeting, [other], **asked).state == DecisionState.RECORDED
    decision = record_decision(rows[0].register, meeting, [own], by=scene.owner, on=ON, at=AT)
    with pytest.raises(NotAllowedError, match="涉及本人"):
        confirm_decision(decision, by=scene.secondee, at=AT)
    assert confirm_decision(decision, by=scene.second_owner, at=AT).state == DecisionState.CONFIRMED
