"""Deciding with a table: what departs from it is explained, what is stale blocks, and the minutes say where places decided."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from secondment.accounts.choices import Role
from secondment.assessments.choices import DecisionState
from secondment.assessments.composite.choices import Basis
from secondment.assessments.composite.services import Stated, state_facts
from secondment.assessments.models import Comparison, Evaluation, Grade, GradeDecision, Pool, Register
from secondment.assessments.services import confirm_decision, refresh_register, return_decision
from secondment.assessments.services.errors import (
    BarredGradeError,
    NotReadyError,
    QuotaError,
    ReasonMissingError,
)
from secondment.assessments.table.errors import ComparisonError, StaleTableError
from secondment.assessments.table.holding import holding_of
from secondment.assessments.table.intervals import Scale
from secondment.assessments.table.minutes import by_places, grades_of, minutes_letter
from secondment.assessments.table.rows import notes_of
from secondment.assessments.table.services import (
    calculate_table,
    compare_two,
    grey_zone,
    latest_table,
    preferences_of,
    withdraw_comparison,
)
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.documents.official import letter_bytes
from secondment.standards.models import StandardVersion
from tests.assessments.conftest import Scene
from tests.assessments.measured import make_run
from tests.assessments.schemes import make_scheme
from tests.makers import AT, make_user
from tests.pages import text_of

CLEAR = (99.0, 80.0, 70.0, 60.0, 50.0)
CLOSE = (85.0, 85.0, 85.0, 85.0, 40.0)


def table_of(scene: Scene, fair: tuple[float, ...], basis: Basis = Basis.FAIR) -> Pool:
    """A register with both opinions, votes with these fair scores, and the table of its one pool."""
    version = make_scheme(scene.root)
    register = scene.open()
    rows = list(register.evaluations.select_related("placement").order_by("placement"))
    make_run(register, version, [(one, 80.0, score) for one, score in zip(rows, fair, strict=True)])
    pool = register.pools.get()
    calculate_table(pool, basis, by=scene.owner, at=AT)
    return pool


def rows_of(pool: Pool) -> list[Evaluation]:
    return list(pool.evaluations.select_related("register", "person").order_by("placement"))


class TestDeciding:
    def test_a_decision_keeps_what_the_table_said(self, scene: Scene) -> None:
        pool = table_of(scene, CLEAR)
        decision = scene.decide(scene.hear("excellent"), "excellent")
        grades = list(decision.grades.order_by("evaluation__placement"))
        assert [one.standing for one in grades] == ["in", "out", "out", "out", "out"]
        assert {one.table for one in grades} == {latest_table(pool)}

    def test_what_departs_from_the_table_needs_a_reason(self, scene: Scene) -> None:
        table_of(scene, CLEAR)
        rows = scene.hear("competent", "excellent")
        with pytest.raises(ReasonMissingError, match="评定表对张示例的意见是“可提名优秀”"):
            scene.decide(rows[:1])
        with pytest.raises(ReasonMissingError, match="的意见是“不提名优秀”"):
            scene.decide(rows[1:2], "excellent")
        decision = scene.decide(rows[:2], "competent", "excellent", reason="会议研究认为实绩更突出")
        assert decision.grades.filter(reason="会议研究认为实绩更突出").count() == 2

    def test_the_grey_zone_asks_for_no_reason(self, scene: Scene) -> None:
        table_of(scene, CLOSE)
        rows = scene.hear("excellent")
        decision = scene.decide(rows, "excellent")
        assert decision.grades.get(evaluation=rows[0]).standing == "committee"

    def test_a_stale_table_blocks_recording_and_checking(self, scene: Scene) -> None:
        pool = table_of(scene, CLEAR)
        rows = scene.hear("excellent")
        Evaluation.objects.filter(pk=rows[4].pk).update(person=rows[4].person)
        state_facts(pool.register, [Stated(rows[4].pk, "discipline", True, "结论")], by=scene.owner, at=AT)
        with pytest.raises(StaleTableError, match="门槛或否决事项有变化") as refused:
            scene.decide(rows[:4], "excellent")
        assert refused.value.way[1] == reverse("assessments:table_detail", args=[pool.pk])
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        decision = scene.decide(rows[:4], "excellent")
        state_facts(pool.register, [Stated(rows[4].pk, "discipline", False)], by=scene.owner, at=AT)
        with pytest.raises(StaleTableError):
            confirm_decision(decision, by=scene.second_owner, at=AT)
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        confirm_decision(decision, by=scene.second_owner, at=AT)

    def test_a_table_that_says_something_else_later_asks_again(self, scene: Scene) -> None:
        pool = table_of(scene, CLEAR)
        rows = scene.hear("excellent")
        decision = scene.decide(rows, "excellent")
        version = latest_table(pool).inputs["runs"]
        turned = [(one, 80.0, score) for one, score in zip(rows, reversed(CLEAR), strict=True)]
        make_run(pool.register, StandardVersion.objects.get(pk=int(next(iter(version)))), turned)
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        with pytest.raises(NotReadyError, match="评定表重新计算后"):
            confirm_decision(decision, by=scene.second_owner, at=AT)
        return_decision(decision, reason="重新研究", by=scene.owner, at=AT)
        again = scene.decide(rows, "excellent", reason="会议研究决定")
        confirm_decision(again, by=scene.second_owner, at=AT)

    def test_nobody_vetoed_is_excellent_with_or_without_a_table(self, scene: Scene) -> None:
        make_scheme(scene.root)
        register = scene.open()
        rows = scene.hear("excellent")
        state_facts(register, [Stated(rows[0].pk, "discipline", True, "结论")], by=scene.owner, at=AT)
        with pytest.raises(
            BarredGradeError, match="张示例有一票否决事项“违纪违法”，标准规定不得评为优秀，不能确定为“优秀”"
        ):
            scene.decide(rows[:1], "excellent")
        scene.decide(rows[:1], "competent", reason="有否决情形")

    def test_places_still_bind(self, scene: Scene) -> None:
        table_of(scene, CLOSE)
        with pytest.raises(QuotaError, match="超出 1 人"):
            scene.decide(scene.hear("excellent", "excellent"), "excellent", "excellent")

    def test_without_a_table_everything_is_as_it_was(self, scene: Scene) -> None:
        scene.open()
        decision = scene.decide(scene.hear("excellent"), "excellent")
        assert set(decision.grades.values_list("table", "standing")) == {(None, "")}


class TestComparing:
    def test_two_at_a_time_within_the_grey_zone(self, scene: Scene) -> None:
        pool = table_of(scene, CLOSE)
        rows, acting = rows_of(pool), {"by": scene.owner, "at": AT}
        assert set(grey_zone(latest_table(pool))) == {one.pk for one in rows[:4]}
        assert grey_zone(None) == []
        assert preferences_of(pool, latest_table(pool)) == []
        compare_two(pool, rows[1], rows[0], judge="张委员", **acting)
        compare_two(pool, rows[1], rows[2], judge="张委员", **acting)
        compare_two(pool, rows[0], rows[2], judge="李委员", **acting)
        order = [key for key, _strength in preferences_of(pool, latest_table(pool))]
        assert order == [rows[1].pk, rows[0].pk, rows[2].pk]
        # the later word of the same member counts
        compare_two(pool, rows[0], rows[1], judge=" 张委员 ", **acting)
        assert Comparison.objects.count() == 3
        row = Comparison.objects.get(first__in=rows[:2], second__in=rows[:2])
        assert (row.first if row.prefers_first else row.second) == rows[0]

    def test_a_judgement_is_taken_back_with_a_reason_and_the_order_is_worked_out_anew(
        self, scene: Scene
    ) -> None:
        pool = table_of(scene, CLOSE)
        rows, acting = rows_of(pool), {"by": scene.owner, "at": AT}
        first = compare_two(pool, rows[0], rows[1], judge="张委员", **acting)
        compare_two(pool, rows[2], rows[1], judge="李委员", **acting)
        with pytest.raises(NotAllowedError):
            withdraw_comparison(first, reason="误登", by=scene.host_clerk, at=AT)
        with pytest.raises(ComparisonError, match="撤回的理由"):
            withdraw_comparison(first, reason=" ", **acting)
        withdraw_comparison(first, reason=" 误登 ", **acting)
        first.refresh_from_db()
        assert (first.withdrawn_reason, first.withdrawn_by) == ("误登", scene.owner)
        event = AuditEvent.objects.get(action="assessment.withdraw_comparison")
        assert event.details == {"judge": "张委员", "reason": "误登"}
        order = [key for key, _strength in preferences_of(pool, latest_table(pool))]
        assert order == [rows[2].pk, rows[1].pk]
        with pytest.raises(ComparisonError, match="已经撤回"):
            withdraw_comparison(first, reason="误登", **acting)
        # the same member may say something else of the same two; what was taken back stays
        again = compare_two(pool, rows[1], rows[0], judge="张委员", **acting)
        assert (again.pk != first.pk, Comparison.objects.count()) == (True, 3)

    def test_what_is_no_comparison(self, scene: Scene) -> None:
        pool = table_of(scene, CLOSE)
        rows, acting = rows_of(pool), {"by": scene.owner, "at": AT}
        for better, other, judge, words in (
            (rows[0], rows[1], " ", "评议人姓名"),
            (rows[0], rows[0], "张委员", "两个不同的人"),
            (rows[0], rows[4], "张委员", "不在“由会议评议”的范围内"),
        ):
            with pytest.raises(ComparisonError, match=words):
                compare_two(pool, better, other, judge=judge, **acting)
        with pytest.raises(NotAllowedError):
            compare_two(pool, rows[0], rows[1], judge="张委员", by=scene.host_clerk, at=AT)


class TestWhatIsNotStated:
    def test_gates_that_nobody_stated_are_counted(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, CLEAR)
        address = reverse("assessments:table_detail", args=[pool.pk])
        client, first = signed_in(scene.owner), rows_of(pool)[0]
        words = "%d 人的门槛和一票否决事项还有 %d 项没有认定"

        def state(*said: Stated) -> str:
            state_facts(pool.register, said, by=scene.owner, at=AT)
            return text_of(client.get(address))

        page = client.get(address)
        assert words % (5, 10) in text_of(page)
        assert reverse("assessments:statement_grid", args=[pool.register_id]) in page.content.decode()
        assert words % (5, 9) in state(Stated(first.pk, "politics", False, "县纪委函"))
        assert words % (4, 8) in state(Stated(first.pk, "discipline", False, "县纪委函"))
        rest = [
            Stated(one.pk, code, False, "县纪委函")
            for one in rows_of(pool)[1:]
            for code in ("politics", "discipline")
        ]
        assert "没有认定" not in state(*rest)


class TestMinutes:
    def test_they_say_what_departs_and_where_places_decided(self, scene: Scene) -> None:
        table_of(scene, CLOSE)
        rows = scene.hear("competent", "excellent")
        decision = scene.decide(rows, "excellent", "competent", reason="实绩更突出")
        grades = grades_of(decision)
        assert [one.evaluation_id for one in by_places(grades)] == [rows[0].pk]
        letter = minutes_letter(decision, grades)
        text = "\n".join(letter.paragraphs)
        assert "参加决定的人员：张示例、李示例" in text
        assert "会议研究5人，决定：优秀1人，称职4人。" in text
        assert "张示例，建议称职，决定优秀，理由：实绩更突出" in text
        assert "名额决定，不是测出的差别" in text
        document = Document(io.BytesIO(letter_bytes(letter)))
        assert len(document.tables[0].rows) == 6

    def test_nothing_departs_and_figures_decide(self, scene: Scene) -> None:
        table_of(scene, CLEAR)
        decision = scene.decide(scene.hear("excellent"), "excellent")
        letter = minutes_letter(decision, grades_of(decision))
        text = "\n".join(letter.paragraphs)
        assert "决定与考核单位建议、评定表意见一致。" in text
        assert "名额决定" not in text

    def test_a_whole_grey_zone_of_excellent_is_no_cut(self, scene: Scene) -> None:
        table_of(scene, CLOSE)
        decision = scene.decide(scene.hear("excellent")[:1], "excellent")
        assert by_places(grades_of(decision)) == []


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"has_votes": False}, ["没有测评得分"]),
        (
            {
                "has_votes": True,
                "groups": {"absent": ["masses"], "withheld": ["home"], "merged": [["leaders", "colleagues"]]},
            },
            [
                "群众（服务对象）没有投票，权重按比例分给其他主体",
                "派出单位不足 5 票，不计入",
                "领导、同事票数少，合并统计",
            ],
        ),
        (
            {
                "has_votes": True,
                "plain_parts": [{"title": "任务完成", "share": None}, {"title": "民主测评", "share": 100}],
            },
            ["任务完成未取得，其余按比例提高权重"],
        ),
    ],
)
def test_what_is_missing_is_said(figures: dict[str, Any], words: list[str]) -> None:
    assert notes_of(figures) == words


def test_a_scale_holds_all_figures() -> None:
    assert Scale.around([None]) is None
    scale = Scale.around([81.2, 88.8, None])
    assert (scale.low, scale.high) == (80, 90)
    assert [scale.x(one) for one in (80, 85, 90, None)] == ["8.0", "120.0", "232.0", ""]
    assert Scale.around([85.0]).high == 90


def url(name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=args)


MEETING = {
    "meeting": "考核委员会会议",
    "deciders": "赵示例、李示例",
    "number": "示组发〔2026〕1号",
    "decided_on": "2026-01-20",
}


class TestPages:
    def test_before_it_is_computed(self, scene: Scene, signed_in: Any) -> None:
        make_scheme(scene.root)
        pool = scene.open().pools.get()
        client = signed_in(scene.owner)
        assert "还没有计算评定表" in text_of(client.get(url("table_detail", pool.pk)))
        assert "没有需要两两比较的人员" in text_of(client.get(url("table_compare", pool.pk)))
        answer = client.post(url("table_calculate", pool.pk), {"basis": "plain"}, follow=True)
        assert "本表民主测评按直接统计计入，没有校准" in text_of(answer)
        one = rows_of(pool)[0]
        assert "民主测评按直接统计计入，没有校准，也没有误差估计" in text_of(
            client.get(url("table_person", pool.pk, one.pk))
        )
        assert client.get(url("table_person", pool.pk, 0)).status_code == 404

    def test_a_pool_without_standard_says_so(self, scene: Scene, signed_in: Any) -> None:
        pool = scene.open().pools.get()
        answer = signed_in(scene.owner).post(url("table_calculate", pool.pk), {}, follow=True)
        assert "没有已签批的测评标准" in text_of(answer)

    def test_the_table_shows_intervals_tiers_and_the_line(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, CLEAR)
        page = signed_in(scene.owner).get(url("table_detail", pool.pk))
        text, source = text_of(page), page.content.decode()
        assert "第 1 档" in text
        assert "综合得分（不校准）" in text
        assert "综合得分（校准）" in text
        assert "直接统计" not in text.replace("只用直接统计", "")  # that is the score of the appraisal alone
        assert "以上 1 人为优秀名额数" in text
        assert "名额决定，不是测出的差别" not in text
        assert source.count('role="img"') >= 5
        assert "九成把握在" in source
        assert "可能排反的占" in text

    def test_a_cut_inside_the_grey_zone_is_printed_as_one(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, CLOSE)
        client = signed_in(scene.owner)
        assert "名额决定，不是测出的差别" in text_of(client.get(url("table_detail", pool.pk)))
        large = client.get(url("table_detail", pool.pk), {"large": 1, "paper": "a4", "sure": "0.95"})
        assert "table-large" in large.content.decode()
        assert "paper-a4" in large.content.decode()
        assert client.get(url("table_detail", pool.pk), {"sure": "2"}).status_code == 200

    def test_unlinked_units_read_incomparable(self, scene: Scene, signed_in: Any) -> None:
        version = make_scheme(scene.root)
        register = scene.open()
        pool = register.pools.get()
        make_run(register, version, [(one, 80.0, 85.0) for one in rows_of(pool)], subsets=[1, 1, 2, 2, 2])
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        text = text_of(signed_in(scene.owner).get(url("table_detail", pool.pk)))
        assert "不可比：各单位之间没有共同的评价人" in text

    def test_decided_in_the_meeting_through_a_stale_table(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, CLEAR)
        rows = scene.hear("excellent")
        state_facts(pool.register, [Stated(rows[4].pk, "discipline", True, "结论")], by=scene.owner, at=AT)
        client = signed_in(scene.owner)
        page = url("table_detail", pool.pk)
        grades = {f"e{one.pk}-grade": "competent" for one in rows} | {f"e{rows[0].pk}-grade": "excellent"}
        grades |= {f"e{one.pk}-reason": "" for one in rows}
        refused = client.post(f"{page}?decide=1", MEETING | grades)
        assert "门槛或否决事项有变化" in refused.content.decode()
        assert "考核委员会会议" in refused.content.decode()
        assert not GradeDecision.objects.exists()
        stale = text_of(client.get(page))
        assert "须重新计算，或确认仍然适用" in stale
        assert "先于得分，单独列出" in stale
        hold = url("table_hold", pool.pk)
        assert "又有变化" in client.post(hold, {"digest": "x", "reason": "仍适用"}).content.decode()
        assert "须重新计算" in text_of(client.post(hold, {"digest": "x", "reason": ""}))
        kept = client.post(hold, {"digest": holding_of(pool).digest, "reason": "不影响名额"}, follow=True)
        assert "确认仍然适用：不影响名额" in text_of(kept)
        done = client.post(f"{page}?decide=1", MEETING | grades, follow=True)
        assert "等次决定已登记" in text_of(done)
        decision = GradeDecision.objects.get()
        assert decision.state == DecisionState.RECORDED
        assert client.get(url("minutes_download", decision.pk)).status_code == 200
        assert "会议纪要" in text_of(done)

    def test_faults_of_the_meeting_are_shown(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, CLEAR)
        rows = scene.hear("excellent")
        grades = {f"e{one.pk}-grade": "" for one in rows} | {f"e{rows[0].pk}-reason": "无等次"}
        page = f"{url('table_detail', pool.pk)}?decide=1"
        refused = signed_in(scene.owner).post(page, MEETING | grades | {"number": ""})
        assert "暂不决定的不写理由" in refused.content.decode()
        assert not Grade.objects.exists()

    def test_what_departs_is_listed(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, CLEAR)
        rows = scene.hear("competent")
        scene.decide(rows, "competent", reason="会议研究认为不宜评优")
        text = text_of(signed_in(scene.owner).get(url("table_detail", pool.pk)))
        assert "与建议不同的决定" in text
        assert "会议研究认为不宜评优" in text

    def test_comparisons_on_the_page(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, CLOSE)
        rows, client = rows_of(pool), signed_in(scene.owner)
        page = url("table_compare", pool.pk)
        for better, other in ((rows[0], rows[1]), (rows[2], rows[1])):
            data = {"judge": "张委员", "better": better.pk, "other": other.pk}
            assert client.post(page, data).status_code == 302
        text = text_of(client.get(page))
        assert "已登记的意见" in text
        assert "张委员" in text
        row = Comparison.objects.get(first__in=rows[:2], second__in=rows[:2])
        back = url("comparison_withdraw", pool.pk, row.pk)
        assert f"张委员认为{rows[0].person.name}优于{rows[1].person.name}" in text_of(client.get(back))
        assert client.post(back, {"reason": ""}).status_code == 200
        assert not Comparison.objects.exclude(withdrawn_at=None).exists()
        gone = text_of(client.post(back, {"reason": "误登"}, follow=True))
        assert "已撤回，两两比较的结果已按其余意见重新计算" in gone
        assert "误登" in gone
        assert client.get(url("comparison_withdraw", pool.pk, 0)).status_code == 404
        same = {"judge": "张委员", "better": rows[0].pk, "other": rows[0].pk}
        assert "请选择两个不同的人" in client.post(page, same).content.decode()
        assert "两两比较的结果" in text_of(client.get(url("table_detail", pool.pk)))

    def test_one_person_with_the_working_shown(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, (94.0, 80.0, 70.0, 60.0, 50.0))
        client = signed_in(scene.owner)
        text = text_of(client.get(url("table_person", pool.pk, rows_of(pool)[0].pk)))
        assert "九成把握在" in text
        assert "民主测评" in text
        assert "未取得" in text
        assert client.get(url("table_person", 0, 0)).status_code == 404

    def test_leaders_look_and_units_do_not(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, CLEAR)
        leader = signed_in(make_user(Role.LEADER, scene.root))
        assert "会上登记等次" not in text_of(leader.get(url("table_detail", pool.pk)))
        assert leader.post(url("table_calculate", pool.pk), {"basis": "fair"}).status_code == 403
        assert signed_in(scene.host_clerk).get(url("table_detail", pool.pk)).status_code == 403

    def test_queries_do_not_grow(self, scene: Scene, signed_in: Any) -> None:
        pool = table_of(scene, CLEAR)
        client = signed_in(scene.owner)
        page = url("table_detail", pool.pk)
        client.get(page)
        with CaptureQueriesContext(connection) as few:
            client.get(page)
        for _n in range(10):
            scene.add()
        refresh_register(Register.objects.get(), by=scene.owner, at=AT)
        with CaptureQueriesContext(connection) as many:
            client.get(page)
        assert len(many) == len(few)
