"""From the opened year to the grade in the file: the whole course, step by step."""

import datetime as dt

import pytest

from secondment.assessments.choices import DecisionKind, DecisionState, PoolKind, QuotaBasis, Side
from secondment.assessments.models import Evaluation, Grade, GradeDecision, Register
from secondment.assessments.queries import own_results, quota_list, with_stage
from secondment.assessments.services import (
    Choice,
    Said,
    change_pools,
    confirm_decision,
    enforce_decision,
    give_opinion,
    post_decision,
    receive_result,
    record_decision,
    return_decision,
    set_basis,
)
from secondment.assessments.services.errors import (
    DecisionStateError,
    FourEyesError,
    NotReadyError,
    OpinionError,
    PostingError,
    QuotaError,
    ReasonMissingError,
)
from secondment.common.errors import NotAllowedError
from secondment.notices.models import Notice
from secondment.people.models import AnnualGrade
from tests.assessments.conftest import MEETING, YEAR, Scene
from tests.makers import AT, ON


def stage(evaluation: Evaluation) -> str:
    return with_stage(Evaluation.objects.filter(pk=evaluation.pk)).get().stage


def test_from_opening_to_the_grade_in_the_file(scene: Scene) -> None:
    scene.open()
    rows = scene.hear("excellent")
    assert {stage(one) for one in rows} == {"ready"}
    decision = scene.decide(rows, "excellent")
    assert {stage(one) for one in rows} == {"recorded"}
    with pytest.raises(FourEyesError):
        confirm_decision(decision, by=scene.owner, at=AT)
    confirm_decision(decision, by=scene.second_owner, at=AT)
    with pytest.raises(PostingError, match="须先公示 5 个工作日"):
        enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    span = post_decision(decision, starts_on=dt.date(2026, 11, 23), by=scene.owner, on=ON, at=AT)
    assert (span.last_day, span.n_workdays, span.is_certain) == (dt.date(2026, 11, 27), 5, True)
    with pytest.raises(PostingError, match="公示至 2026-11-27 结束"):
        enforce_decision(decision, by=scene.owner, on=dt.date(2026, 11, 27), at=AT)
    assert not own_results(scene.secondee).exists()
    assert not AnnualGrade.objects.exists()
    enforce_decision(decision, by=scene.owner, on=dt.date(2026, 11, 28), at=AT)
    assert {stage(one) for one in rows} == {"in_force"}
    grades = dict(AnnualGrade.objects.filter(year=YEAR).values_list("person", "grade"))
    assert grades == {one.person_id: "excellent" if one == rows[0] else "competent" for one in rows}
    [own] = own_results(scene.secondee)
    assert own.grade == "excellent"
    assert Notice.objects.filter(recipient=scene.secondee).count() == 1


def test_a_decision_without_excellent_needs_no_posting(scene: Scene) -> None:
    scene.open()
    decision = scene.decide(scene.hear())
    confirm_decision(decision, by=scene.second_owner, at=AT)
    with pytest.raises(PostingError, match="可以直接公布"):
        post_decision(decision, starts_on=ON, by=scene.owner, on=ON, at=AT)
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    assert GradeDecision.objects.get().state == DecisionState.IN_FORCE


@pytest.mark.parametrize(("n_excellent", "is_refused"), [(0, False), (1, False), (2, True)])
def test_places_are_rounded_down_and_bind(scene: Scene, n_excellent: int, *, is_refused: bool) -> None:
    """Twenty percent of five is one place."""
    scene.open()
    grades = ["excellent"] * n_excellent
    rows = scene.hear(*grades)
    if not is_refused:
        assert scene.decide(rows, *grades).grades.filter(grade="excellent").count() == n_excellent
        return
    with pytest.raises(QuotaError) as refusal:
        scene.decide(rows, *grades)
    assert "参加考核 5 人，优秀名额 1 个，超出 1 人" in str(refusal.value)
    assert not GradeDecision.objects.exists()


@pytest.mark.parametrize(("n_people", "n_places"), [(4, 0), (5, 1), (6, 1), (9, 1), (10, 2)])
def test_places_by_number_of_people(scene: Scene, n_people: int, n_places: int) -> None:
    for _n in range(n_people - 5):
        scene.add()
    register = scene.open()
    if n_people == 4:
        register.evaluations.first().delete()
    [places] = quota_list(register)
    assert (places.n_people, places.n_places) == (n_people, n_places)


def test_an_approved_share_gives_more_places_and_needs_a_document(scene: Scene) -> None:
    for _n in range(3):
        scene.add()
    register = scene.open()
    rows = scene.hear("excellent", "excellent")  # 8 people: 1 place at 20 %, 2 at 25 %
    with pytest.raises(QuotaError):
        scene.decide(rows, "excellent", "excellent")
    pool = register.pools.get()
    with pytest.raises(ReasonMissingError):
        set_basis(pool, QuotaBasis.APPROVED, " ", by=scene.owner, at=AT)
    set_basis(pool, QuotaBasis.APPROVED, "示人社〔2026〕2号", by=scene.owner, at=AT)
    assert scene.decide(rows, "excellent", "excellent").grades.count() == 8


def test_who_is_counted_elsewhere_takes_no_place(scene: Scene) -> None:
    scene.open()
    rows = scene.hear("excellent", "excellent")
    assert change_pools(rows[:1], PoolKind.ELSEWHERE, by=scene.owner, at=AT) == 1
    assert change_pools(rows[:1], PoolKind.ELSEWHERE, by=scene.owner, at=AT) == 0
    # four are left: no place at all
    with pytest.raises(QuotaError, match="参加考核 4 人，优秀名额 0 个"):
        scene.decide(rows, "excellent", "excellent")
    assert scene.decide(rows, "excellent", reason="建议人数超出名额").grades.count() == 5


def test_another_grade_than_proposed_needs_a_reason(scene: Scene) -> None:
    scene.open()
    rows = scene.hear()
    with pytest.raises(ReasonMissingError):
        scene.decide(rows, "basically_competent")
    decision = scene.decide(rows, "basically_competent", reason="任务未完成")
    grade = decision.grades.get(evaluation=rows[0])
    assert (grade.proposed, grade.grade, grade.reason) == ("competent", "basically_competent", "任务未完成")


def test_both_opinions_must_be_in(scene: Scene) -> None:
    scene.open()
    row = scene.evaluation()
    give_opinion(row, Side.HOST, Said("好。", "competent"), by=scene.host_clerk, at=AT)
    with pytest.raises(NotReadyError, match="张示例的意见未齐"):
        scene.decide([row])
    give_opinion(row, Side.HOME, Said("好。", "competent"), by=scene.home_clerk, at=AT)
    assert scene.decide([row]).grades.count() == 1


def test_a_returned_decision_opens_the_opinions_again(scene: Scene) -> None:
    scene.open()
    rows = scene.hear()
    decision = scene.decide(rows)
    with pytest.raises(OpinionError, match="等次已登记决定"):
        give_opinion(rows[0], Side.HOST, Said("改。", "competent"), by=scene.host_clerk, at=AT)
    with pytest.raises(NotReadyError):
        scene.decide(rows)
    with pytest.raises(ReasonMissingError):
        return_decision(decision, reason=" ", by=scene.owner, at=AT)
    return_decision(decision, reason="有误", by=scene.owner, at=AT)
    with pytest.raises(DecisionStateError):
        confirm_decision(decision, by=scene.second_owner, at=AT)
    give_opinion(rows[0], Side.HOST, Said("改。", "competent"), by=scene.host_clerk, at=AT)
    assert scene.decide(rows).state == DecisionState.RECORDED


def in_force(scene: Scene, *grades: str) -> list[Evaluation]:
    scene.open()
    rows = scene.hear(*grades)
    decision = scene.decide(rows, *grades)
    confirm_decision(decision, by=scene.second_owner, at=AT)
    if "excellent" in grades:
        post_decision(decision, starts_on=ON, by=scene.owner, on=ON, at=AT)
    enforce_decision(decision, by=scene.owner, on=dt.date(2026, 12, 1), at=AT)
    return rows


def correct(scene: Scene, row: Evaluation, grade: str, reason: str = "复核后更正") -> GradeDecision:
    kind = DecisionKind.CORRECT if grade else DecisionKind.WITHDRAW
    register = Register.objects.get()
    choices = [Choice(row.pk, grade, reason)]
    return record_decision(register, MEETING, choices, kind=kind, by=scene.owner, on=ON, at=AT)


def test_a_correction_is_a_decision_of_its_own_and_history_stays(scene: Scene) -> None:
    rows = in_force(scene)
    with pytest.raises(ReasonMissingError):
        correct(scene, rows[0], "incompetent", " ")
    decision = correct(scene, rows[0], "incompetent")
    assert AnnualGrade.objects.get(person=rows[0].person, year=YEAR).grade == "competent"
    confirm_decision(decision, by=scene.second_owner, at=AT)
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    assert AnnualGrade.objects.get(person=rows[0].person, year=YEAR).grade == "incompetent"
    assert [one.grade for one in Grade.objects.filter(evaluation=rows[0])] == ["incompetent", "competent"]
    [own] = own_results(scene.secondee)
    assert own.grade == "incompetent"


def test_a_correction_to_excellent_is_posted_and_counts(scene: Scene) -> None:
    rows = in_force(scene, "excellent")
    with pytest.raises(QuotaError):
        correct(scene, rows[1], "excellent")
    decision = correct(scene, rows[0], "competent")
    confirm_decision(decision, by=scene.second_owner, at=AT)
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    decision = correct(scene, rows[1], "excellent")
    confirm_decision(decision, by=scene.second_owner, at=AT)
    with pytest.raises(PostingError):
        enforce_decision(decision, by=scene.owner, on=ON, at=AT)


def test_a_withdrawn_grade_leaves_the_file_and_is_decided_again(scene: Scene) -> None:
    rows = in_force(scene)
    decision = correct(scene, rows[0], "")
    confirm_decision(decision, by=scene.second_owner, at=AT)
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    assert not AnnualGrade.objects.filter(person=rows[0].person).exists()
    assert stage(rows[0]) == "ready"
    assert scene.decide(rows[:1]).grades.count() == 1


def test_only_what_is_in_force_is_corrected(scene: Scene) -> None:
    scene.open()
    rows = scene.hear()
    with pytest.raises(NotReadyError, match="尚未生效"):
        correct(scene, rows[0], "incompetent")


def test_a_result_is_received_once_by_the_person_or_on_paper(scene: Scene) -> None:
    rows = in_force(scene)
    grade = Grade.objects.get(evaluation=rows[0])
    with pytest.raises(NotAllowedError):
        receive_result(grade, by=scene.home_clerk, on=ON, at=AT)
    receive_result(grade, by=scene.secondee, on=ON, at=AT)
    receive_result(grade, by=scene.owner, on=dt.date(2026, 12, 9), at=AT)
    grade.refresh_from_db()
    assert grade.received_on == ON


def test_a_posting_of_the_past_needs_a_word_and_a_decision_before_it(scene: Scene) -> None:
    scene.open()
    decision = scene.decide(scene.hear("excellent"), "excellent")
    confirm_decision(decision, by=scene.second_owner, at=AT)
    past = {"by": scene.owner, "on": ON, "at": AT}
    with pytest.raises(PostingError, match="补录说明"):
        post_decision(decision, starts_on=dt.date(2026, 1, 21), **past)
    with pytest.raises(PostingError, match="不能早于决定日期（2026-01-20）"):
        post_decision(decision, starts_on=dt.date(2026, 1, 19), late_reason="张贴", **past)
    post_decision(decision, starts_on=dt.date(2026, 1, 20), late_reason="村务公开栏张贴", **past)
    decision.refresh_from_db()
    assert (decision.posted_until, decision.late_reason) == (dt.date(2026, 1, 26), "村务公开栏张贴")
