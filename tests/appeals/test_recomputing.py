"""The result told in plain words, and computed again: the same inputs give the same numbers, corrected ones stand beside."""

import datetime as dt
import io

import docx
import pytest
from django.urls import reverse

from secondment.appeals import telling
from secondment.appeals.choices import RecomputationKind
from secondment.appeals.differences import lays_bare
from secondment.appeals.errors import RecomputationError
from secondment.appeals.explained import explain
from secondment.appeals.models import Recomputation
from secondment.appeals.services import Corrected, execute_recomputation, start_recomputation
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate, RosterEntry, SealedBallot
from secondment.assessments.models import CommitteeTable
from secondment.common.errors import NotAllowedError
from secondment.measurement.choices import Model
from secondment.measurement.gathering import gather
from secondment.measurement.inputs import digest, inputs_of
from secondment.measurement.models import Measure, Run
from secondment.measurement.services.running import execute_run
from secondment.people.models import AnnualGrade
from tests.appeals.conftest import Case
from tests.appeals.measured import CODES, appraise
from tests.makers import AT
from tests.pages import text_of

SAME, CORRECTED = RecomputationKind.SAME, RecomputationKind.CORRECTED


def again(
    case: Case, kind: RecomputationKind = SAME, *, reason: str = "复核", by=None, **more
) -> Recomputation:
    who = by or case.scene.owner
    made = start_recomputation(case.grade, kind, Corrected(**more), reason=reason, by=who, at=AT)
    return execute_recomputation(made, at=AT)


def test_the_same_inputs_give_the_same_numbers(case: Case) -> None:
    appraise(case)
    row = again(case)
    assert row.has_same_inputs
    for old, new in row.results.values():
        assert old == pytest.approx(new, abs=1e-9)
    assert AnnualGrade.objects.get(person=case.evaluation.person).grade == "incompetent"


def test_without_an_estimator_only_the_plain_score_is_computed_again(case: Case) -> None:
    appraise(case, model=Model.NONE)
    row = again(case)
    assert row.results["raw"][0] == pytest.approx(row.results["raw"][1], abs=1e-9)
    assert row.results["fair"] == [None, None]


def test_corrected_weights_move_the_scores_and_no_mark(case: Case) -> None:
    appraise(case)
    row = again(
        case,
        CORRECTED,
        group_weights={"leaders": 0, "colleagues": 0, "masses": 0, "home": 0, "organisation": 100},
    )
    assert row.inputs_digest == row.run.inputs_digest  # weights are no marks
    assert not row.has_same_inputs
    assert row.results["raw"][1] == pytest.approx(66.666667, abs=1e-6)  # levels 2, 3, 2
    assert row.results["raw"][0] > 80
    # All weight is now on those who judged lower.
    assert row.results["fair"][1] < row.results["fair"][0] - 3


def test_a_roster_that_was_wrong_goes_as_a_whole(case: Case) -> None:
    run = appraise(case)
    paper = BallotPaper.objects.get(group="masses", unit=case.scene.host)
    row = again(case, CORRECTED, excluded=[paper.pk])
    assert not row.has_same_inputs
    assert row.results["fair"][0] != row.results["fair"][1]
    assert (
        run.measures.get(candidate__placement=case.evaluation.placement).fair_score == row.results["fair"][0]
    )


def test_a_roster_of_another_appraisal_of_the_run_stays(case: Case) -> None:
    """The same group of the same unit voted on somebody else in a second appraisal; its list was right."""
    run = appraise(case)
    first = BallotPaper.objects.get(group="masses", unit=case.scene.host)
    second = Appraisal.objects.create(
        owner_unit=case.scene.root,
        name="补充测评",
        year=run.year,
        state="closed",
        held_on=first.appraisal.held_on,
        closes_on=first.appraisal.closes_on,
        created_at=AT,
    )
    other = Candidate.objects.get(placement=case.scene.placements[2])
    Candidate.objects.filter(pk=other.pk).update(is_void=True)
    other = Candidate.objects.create(
        appraisal=second, placement=other.placement, year=run.year, standard=run.standard_version
    )
    paper = BallotPaper.objects.create(
        appraisal=second, group="masses", unit=case.scene.host, n_issued=6, n_counted=6
    )
    paper.candidates.set([other])
    for at in range(6):
        RosterEntry.objects.create(paper=paper, position=at, name=f"村民{at}", standing="drawn")
        levels = dict.fromkeys(CODES, 2 + at % 3)
        SealedBallot.objects.create(
            id=500_000 + at, paper=paper, marks={str(other.pk): levels}, digest=f"{900 + at:064d}"
        )
    run.appraisals.add(second)
    row = again(case, CORRECTED, excluded=[first.pk])
    mine = Candidate.objects.get(placement=case.evaluation.placement).pk
    ballots = [
        one
        for one in gather(list(run.appraisals.all()), run.standard_version).ballots
        if (one.group, one.unit) != ("masses", f"U{case.scene.host.pk}") or mine not in one.marks
    ]
    assert sum(other.pk in one.marks for one in ballots) == 6
    kept = inputs_of(ballots, run.standard_version.level_scores, may_cut=True)
    assert row.inputs_digest == digest(kept.as_csv())


def test_what_is_left_out_brings_nobody_to_light(case: Case) -> None:
    appraise(case)
    of_unit = BallotPaper.objects.filter(unit=case.scene.host)
    leaders, colleagues = of_unit.get(group="leaders"), of_unit.get(group="colleagues")
    # three leaders count with seven colleagues, and without these they would join the masses
    for one in (leaders, colleagues):
        with pytest.raises(RecomputationError, match="不足 5 人"):
            again(case, CORRECTED, excluded=[one.pk])
    assert again(case, CORRECTED, excluded=[leaders.pk, colleagues.pk]).results["raw"][1] is not None


@pytest.mark.parametrize(
    ("one", "other", "is_bare"),
    [
        ([], [], False),
        ([], [2], True),  # 4 of 12 colleagues
        ([], [3], False),  # 5 of them more
        ([2], [2, 3], False),
        ([1], [1, 2], True),
        ([], [5], False),  # masses, 8
        ([], [1], True),  # 4 colleagues are left and join the masses
        ([3, 4], [1, 2, 3, 4], False),
    ],
)
def test_whom_a_difference_lays_bare(one: list[int], other: list[int], is_bare: bool) -> None:
    counts = {
        1: ("colleagues", 8),
        2: ("colleagues", 4),
        3: ("leaders", 5),
        4: ("home", 6),
        5: ("masses", 8),
    }
    assert lays_bare(counts, one, other) is is_bare


def test_what_cannot_be_computed_again(case: Case) -> None:
    with pytest.raises(RecomputationError, match="没有可以"):
        again(case)
    run = appraise(case)
    weights = dict(run.standard_version.group_weights)
    with pytest.raises(RecomputationError, match="理由"):
        again(case, reason=" ")
    with pytest.raises(RecomputationError, match="请更正"):
        again(case, CORRECTED, group_weights=weights)
    with pytest.raises(RecomputationError, match="现为 101"):
        again(case, CORRECTED, group_weights={**weights, "masses": weights["masses"] + 1})
    with pytest.raises(RecomputationError, match="不属于"):
        again(case, CORRECTED, excluded=[0])
    with pytest.raises(NotAllowedError):
        again(case, by=case.person)


def test_a_later_computation_changes_nothing_of_what_was_told(case: Case) -> None:
    run = appraise(case)
    later = Run.objects.get(pk=run.pk)
    later.pk, later.model = None, Model.NONE
    later.save()
    later.appraisals.set(run.appraisals.all())
    execute_run(later, at=AT + dt.timedelta(days=1), progress=lambda *_args: None)
    assert explain(case.grade).run == later
    case.grade.table = CommitteeTable.objects.create(
        pool=case.evaluation.pool,
        basis="fair",
        inputs={"runs": {f"{run.standard_version_id}": run.pk}},
        results={},
        calculated_by=case.scene.owner,
        calculated_at=AT,
    )
    assert explain(case.grade).run == run
    case.grade.table.inputs = {"runs": {f"{run.standard_version_id}": None}}
    assert explain(case.grade).run == later


def test_the_person_reads_why_the_number_is_what_it_is(signed_in, case: Case) -> None:
    page = reverse("appeals:result", args=[case.grade.pk])
    assert "没有民主测评得分" in text_of(signed_in(case.person).get(page))
    appraise(case)
    Measure.objects.update(fair_se=2.0)
    text = text_of(signed_in(case.person).get(page))
    found = explain(case.grade)
    assert found.difference < 0
    assert (
        f"校准为 {found.measure.fair_score:.1f} ± {found.measure.fair_se:.1f} 分，高 {-found.difference:.1f} 分"
        in text
    )
    assert "评您的人评得偏严，或者票少而偶然偏低" in text
    assert "共收到有效票 25 张" in text
    assert "领导、同事" in text or "同事、领导" in text  # three leaders are not shown alone
    assert "派出单位没有票，其权重由其他主体分担。" in text
    assert "参考分数段" in text
    assert signed_in(case.scene.home_clerk).get(page).status_code == 404
    notice = signed_in(case.person).get(reverse("appeals:notice", args=[case.grade.pk]))
    written = docx.Document(io.BytesIO(notice.content))
    paragraphs = "\n".join(one.text for one in written.paragraphs)
    assert "评您的人评得偏严" in paragraphs
    assert len(written.tables[0].rows) == 1 + len(telling.group_lines(found)) + 3 + 3 + 1


def test_in_other_words_where_it_is_strict_within_error_or_not_comparable(case: Case) -> None:
    appraise(case)
    found = explain(case.grade)
    measure: Measure = found.measure
    measure.plain_score, measure.fair_score, measure.fair_se = 70.0, 80.0, 2.0
    assert "高 10.0 分：评您的人评得偏严" in telling.adjusted(found)
    measure.plain_score = 90.0
    assert "低 10.0 分：评您的人评得偏宽" in telling.adjusted(found)
    measure.plain_score = 70.0
    assert "不同的参考分数段" not in telling.disagreement(found)
    measure.fair_score = 71.0
    assert "在误差之内" in telling.adjusted(found)
    measure.plain_score = 69.0
    assert "参考分数段" in telling.disagreement(found)
    measure.fair_score = measure.low = None
    assert "不可比" in telling.adjusted(found)
    assert telling.sure(found) == ""
    assert [one.score for one in telling.rule_lines(found)] == ["69.0", "不可比", "不可比"]
    measure.plain_score = None
    assert "没有得分" in telling.said(found)


def test_recomputed_on_its_page(signed_in, case: Case) -> None:
    appraise(case)
    client = signed_in(case.scene.owner)
    page = reverse("appeals:recompute", args=[case.grade.pk])
    assert "重新计算" in text_of(client.get(page))
    data = {"kind": "same", "reason": "复核"} | {
        f"weight_{key}": value for key, value in explain(case.grade).standard.group_weights.items()
    }
    assert client.post(page, data).status_code == 302
    row = Recomputation.objects.get()
    shown = reverse("appeals:recomputed", args=[row.pk])
    if not row.done_at:
        assert "正在计算" in text_of(client.get(shown))
        execute_recomputation(row, at=AT)
    assert "摘要一致" in text_of(client.get(shown))
    assert "摘要一致" in text_of(signed_in(case.person).get(shown))
