"""A result with all it rests on, and its next version: values and statements corrected by a decision, the earlier one readable."""

import io
from decimal import Decimal
from typing import Any

import docx
import pytest
from django.urls import reverse

from secondment.appeals import comparing, telling_parts
from secondment.appeals.choices import Outcome, RecomputationKind
from secondment.appeals.composites import unpacked, working_of
from secondment.appeals.errors import RecomputationError
from secondment.appeals.explained import explain
from secondment.appeals.models import Appeal, Recomputation
from secondment.appeals.services import Corrected, execute_recomputation, start_recomputation, to_issue
from secondment.assessments.composite.correcting import correct_quantity
from secondment.assessments.composite.errors import StatementError
from secondment.assessments.composite.restating import correct_statement
from secondment.assessments.models import Grade, QuantityCorrection, QuantityMark, StatedFact
from secondment.assessments.services import confirm_decision, enforce_decision
from secondment.audit.models import AuditEvent
from secondment.measurement.models import Measure
from secondment.notices.models import Notice
from tests.appeals.conftest import Case
from tests.appeals.measured import appraise, make_standard
from tests.appeals.test_deciding import DECIDED, FILED
from tests.appeals.verdicts import decide
from tests.makers import AT
from tests.pages import text_of

NINETY = {"tasks": (Decimal(90), "audited", "审计报告")}
PASSED = {"clean": (False, "复查结论")}


@pytest.fixture
def counted(case: Case) -> Case:
    """80 % of the tasks by papers, the gate not passed, and everybody voted on."""
    appraise(case, is_counted=True)
    keep(case)
    return case


def keep(case: Case) -> None:
    by: dict[str, Any] = {"evaluation": case.evaluation}
    counted_by = {"recorded_by": case.scene.owner, "recorded_at": AT}
    QuantityMark.objects.create(
        indicator="tasks", value=80, backing="documented", evidence="任务书", **by, **counted_by
    )
    stated_by = {"stated_by": case.scene.owner, "stated_at": AT}
    StatedFact.objects.create(indicator="clean", is_adverse=True, basis="通报", **by, **stated_by)


def again(case: Case, kind: str = "corrected", **more: Any) -> Recomputation:
    corrected = Corrected(**{"values": NINETY, **more})
    made = start_recomputation(
        case.grade, RecomputationKind(kind), corrected, reason="审计更正", by=case.scene.owner, at=AT
    )
    return execute_recomputation(made, at=AT)


def in_words(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_composite_of_votes_and_a_value(counted: Case) -> None:
    found, working = explain(counted.grade).measure, working_of(counted.grade)
    assert working.score == pytest.approx(0.7 * found.fair_score + 0.3 * 75, abs=1e-6)
    assert working.plain == pytest.approx(0.7 * found.plain_score + 0.3 * 75, abs=1e-6)
    error = ((0.7 * found.fair_se) ** 2 + (0.3 * 5) ** 2) ** 0.5
    assert working.figures["se"] == pytest.approx(error, abs=1e-6)
    votes, tasks = telling_parts.part_lines(working)
    assert (votes.title, votes.weight) == ("民主测评", "70.0%")
    assert (tasks.value, tasks.backing, tasks.score, tasks.error, tasks.weight, tasks.adds) == (
        "80%",
        "有书面材料：任务书",
        "75.0",
        "± 5.0",
        "30.0%",
        "22.5",
    )
    assert "60%得 60 分" in tasks.rule
    [gate] = telling_parts.gate_lines(working)
    assert (gate.title, gate.answer, gate.basis, gate.is_adverse) == ("廉洁自律", "未通过", "通报", True)


def test_the_person_reads_and_gets_everything(signed_in, counted: Case) -> None:
    client, working = signed_in(counted.person), working_of(counted.grade)
    text = text_of(client.get(reverse("appeals:result", args=[counted.grade.pk])))
    notice = in_words(client.get(reverse("appeals:notice", args=[counted.grade.pk])).content)
    for words in (
        f"综合得分由民主测评 70.0%、任务完成率 30.0%合成，得 {working.score:.1f} 分。",
        f"民主测评不作校准的，综合得分为 {working.plain:.1f} 分。",
        "门槛和否决事项与得分分开：认定有不利情形的是廉洁自律，见下表。",
        "有书面材料：任务书",
        "未通过",
        "分数只供参考，等次由会议研究决定",
    ):
        assert words in text
        assert words in notice
    assert "± 5.0" in notice


def test_what_is_missing_is_no_zero(signed_in, case: Case) -> None:
    appraise(case, is_counted=True)
    working = working_of(case.grade)
    found = explain(case.grade).measure
    assert working.score == pytest.approx(found.fair_score, abs=1e-6)
    told = telling_parts.sentences(working)
    assert "任务完成率没有取得，不按 0 分计，其余部分的权重按比例提高。" in told
    assert "门槛和否决事项与得分分开：没有认定不利情形，其中 1 项没有作出认定。" in told
    assert telling_parts.part_lines(working)[1].value == "未取得"
    assert telling_parts.gate_lines(working)[0].answer == "未认定"


def test_a_value_without_votes_is_too_little(signed_in, case: Case) -> None:
    version = make_standard(case, is_counted=True)
    version.signed_by, version.signed_at = case.third, AT
    version.save()
    keep(case)
    working = working_of(case.grade)
    assert (working.score, working.basis) == (None, "plain")
    assert "已取得的部分不足标准权重的六成，不计算综合得分。" in telling_parts.sentences(working)
    row = again(case)
    assert (row.run, row.inputs_digest, row.votes, row.results) == (None, "", {}, {})
    assert "综合得分" in text_of(signed_in(case.person).get(reverse("appeals:recomputed", args=[row.pk])))


def test_a_plain_tally_knows_no_error(counted: Case) -> None:
    Measure.objects.update(fair_score=None, fair_se=None, low=None, high=None)
    working = working_of(counted.grade)
    assert working.basis == "plain"
    assert "民主测评按直接统计计入，没有校准，也没有误差估计。" in telling_parts.sentences(working)
    assert [one.error for one in telling_parts.part_lines(working)] == ["", ""]


def test_the_same_inputs_give_the_same_composite(counted: Case) -> None:
    row = again(counted, "same")
    before, after = unpacked(row.before), unpacked(row.after)
    assert after.score == pytest.approx(before.score, abs=1e-9)
    assert row.has_same_inputs
    assert not to_issue(counted.grade).exists()
    assert not comparing.disagree(comparing.lines(row)[3:4])


def test_a_value_and_a_gate_are_corrected_beside_the_old(signed_in, counted: Case) -> None:
    same, row = again(counted, "same"), again(counted, facts=PASSED)
    before, after = unpacked(row.before), unpacked(row.after)
    assert after.score - before.score == pytest.approx(
        0.3 * 7.5, abs=1e-6
    )  # 90 % of the tasks is 82.5 points
    assert (before.is_adverse, after.is_adverse, after.inputs["adverse"]) == (True, False, {})
    assert not row.has_same_inputs
    assert row.digest != same.digest
    assert row.inputs_digest == same.inputs_digest
    told = {one.title: (one.old, one.new) for one in comparing.lines(row)}
    assert told["任务完成率"] == (
        "80%，有书面材料：任务书，得 75.0 分",
        "90%，经审计或现场核实：审计报告，得 82.5 分",
    )
    assert told["廉洁自律"] == ("未通过，通报", "通过，复查结论")
    assert QuantityMark.objects.get().value == 80
    page = text_of(signed_in(counted.person).get(reverse("appeals:recomputed", args=[row.pk])))
    assert "90%，经审计或现场核实：审计报告" in page
    assert "不改变已公布的等次" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"values": {"tasks": (Decimal(80), "documented", " 任务书 ")}}, "请更正主体权重、指标值或认定"),
        ({"values": {}, "facts": {"clean": (True, "通报")}}, "请更正主体权重、指标值或认定"),
        ({"values": {"tasks": (Decimal(90), "audited", " ")}}, "任务完成率：没有填写依据"),
        ({"values": {"other": (Decimal(90), "audited", "x")}}, "只能更正已登记的指标值"),
        ({"facts": {"clean": (True, " ")}}, "廉洁自律：认定不利情形没有写依据"),
        ({"facts": {"other": (True, "x")}}, "没有这项指标"),
    ],
)
def test_corrections_that_are_none(counted: Case, more: dict, words: str) -> None:
    with pytest.raises(RecomputationError, match=words):
        again(counted, **more)


def corrected(case: Case, row: Recomputation, **more: Any) -> Appeal:
    values = {"outcome": Outcome.CORRECTED, "grade": "competent", "version": row, **more}
    return decide(case, case.file(FILED), on=DECIDED, **values)


def test_a_decision_makes_it_the_next_version(signed_in, counted: Case) -> None:
    first = working_of(counted.grade).score
    row = again(counted, facts=PASSED)
    appeal = corrected(counted, row)
    row.refresh_from_db()
    assert (row.number, row.appeal) == (2, appeal)
    assert QuantityMark.objects.get().value == 90
    [kept] = QuantityCorrection.objects.all()
    assert (kept.before, kept.value, kept.reason) == (80, 90, "示组复〔2026〕1号：审计更正")
    assert StatedFact.objects.get().is_adverse is False
    trail = AuditEvent.objects.filter(action__in=("appeal.issue_version", "assessment.correct_statement"))
    assert trail.count() == 2
    confirm_decision(appeal.correction, by=counted.scene.owner, at=AT)
    enforce_decision(appeal.correction, by=counted.third, on=DECIDED, at=AT)
    later = Grade.objects.get(decision=appeal.correction)
    assert working_of(counted.grade).score == first  # as it was
    assert working_of(later).score == pytest.approx(first + 0.3 * 7.5, abs=1e-6)
    assert explain(later).version == row
    assert explain(later).measure.plain_score == row.votes["plain_score"]
    client = signed_in(counted.person)
    text = text_of(client.get(reverse("appeals:result", args=[later.pk])))
    assert f"第 2 版，摘要 {row.digest[:16]}" in text
    assert "90%" in text
    assert "80%" in text_of(client.get(reverse("appeals:result", args=[counted.grade.pk])))
    assert "第 2 版得分" in text_of(client.get(reverse("appeals:recomputed", args=[row.pk])))
    written = in_words(client.get(reverse("appeals:notice", args=[later.pk])).content)
    assert f"得分已据示组复〔2026〕1号更正，本告知书所列为第2版（摘要{row.digest[:16]}）" in written
    letter = in_words(client.get(reverse("appeals:letter", args=[appeal.pk])).content)
    assert "更正后的得分为第2版" in letter
    assert "90%，经审计或现场核实：审计报告，得 82.5 分" in letter
    assert Notice.objects.filter(recipient=counted.person, path__endswith=f"/appeals/{appeal.pk}/").exists()


def test_figures_may_be_corrected_while_the_grade_stands(counted: Case) -> None:
    first = working_of(counted.grade).score
    row = again(counted)
    appeal = corrected(counted, row, outcome=Outcome.UPHELD, grade="")
    row.refresh_from_db()
    assert (row.number, appeal.correction) == (2, None)
    assert working_of(counted.grade).score == first
    assert QuantityMark.objects.get().value == 90


def test_what_a_decision_cannot_rest_on(counted: Case) -> None:
    same = again(counted, "same")
    with pytest.raises(RecomputationError, match="不能作为这一决定的依据") as refused:
        corrected(counted, same)
    assert refused.value.field == "version"
    row = again(counted)
    Recomputation.objects.filter(pk=row.pk).update(done_at=None)
    with pytest.raises(RecomputationError, match="不能作为这一决定的依据"):
        decide(counted, Appeal.objects.get(), on=DECIDED, version=row)
    assert QuantityMark.objects.get().value == 80


def test_records_that_changed_meanwhile_are_computed_again(counted: Case) -> None:
    row = again(counted)
    correct_quantity(QuantityMark.objects.get(), Decimal(70), "另案", by=counted.scene.owner, at=AT)
    with pytest.raises(RecomputationError, match="又有变化"):
        corrected(counted, row)
    assert Appeal.objects.get().state == "open"


def test_the_form_asks_for_values_and_statements_as_they_are(signed_in, counted: Case) -> None:
    client, page = signed_in(counted.scene.owner), reverse("appeals:recompute", args=[counted.grade.pk])
    text = text_of(client.get(page))
    assert "任务完成率实际值（%）" in text
    assert "廉洁自律" in text
    weights = {f"weight_{key}": value for key, value in explain(counted.grade).standard.group_weights.items()}
    data = {
        "kind": "corrected",
        "reason": "审计更正",
        **weights,
        "value_tasks": "90",
        "backing_tasks": "audited",
        "evidence_tasks": "审计报告",
        "fact_clean": "yes",
        "basis_clean": "通报",
    }
    assert client.post(page, {**data, "backing_tasks": ""}).status_code == 200
    assert client.post(page, data).status_code == 302
    row = Recomputation.objects.get()
    assert (row.values, row.facts) == ({"tasks": ["90", "audited", "审计报告"]}, {})
    if not row.done_at:
        execute_recomputation(row, at=AT)
    appeal = counted.file(FILED)
    deciding = reverse("appeals:appeal_decide", args=[appeal.pk])
    assert "审计更正" in text_of(signed_in(counted.third).get(deciding))
    answer = signed_in(counted.third).post(
        deciding,
        {
            "outcome": "upheld",
            "reason": "得分更正，等次维持。",
            "deciders": "陈示例",
            "number": "示组复〔2026〕1号",
            "decided_on": "2026-04-01",
            "version": f"{row.pk}",
        },
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.number == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"code": "duty"}, "没有这项门槛"),
        ({"reason": " "}, "更正的理由"),
        ({"is_adverse": True, "basis": ""}, "没有写依据"),
    ],
)
def test_statements_that_are_not_corrected(counted: Case, more: dict, words: str) -> None:
    values = {"code": "clean", "is_adverse": False, "basis": "x", "reason": "复核", **more}
    with pytest.raises(StatementError, match=words):
        correct_statement(counted.evaluation, **values, by=counted.third, at=AT)


def test_a_statement_of_a_grade_on_its_way_is_not_corrected_here(counted: Case) -> None:
    corrected(counted, again(counted))
    with pytest.raises(StatementError, match="没有生效"):
        correct_statement(
            counted.evaluation, "clean", is_adverse=False, basis="x", reason="y", by=counted.third, at=AT
        )


def test_a_statement_that_was_missing_is_given(case: Case) -> None:
    appraise(case, is_counted=True)
    made = correct_statement(
        case.evaluation, "clean", is_adverse=True, basis="通报", reason="漏登", by=case.third, at=AT
    )
    assert (made.version, made.is_adverse) == (1, True)
