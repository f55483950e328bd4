"""What was loaded of two appraisals is what their services would have left, and what was planted is there."""

import datetime as dt
from collections import Counter

import pytest

from secondment.algorithms.merkle import root
from secondment.appraisals.box.boxes import box_of
from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.draws import current_digest, draw
from secondment.appraisals.models import (
    Appraisal,
    BallotPaper,
    Candidate,
    CountedReceipt,
    RosterEntry,
    SealedBallot,
    SignedMark,
)
from secondment.appraisals.recusal import barred_names, spelt
from secondment.appraisals.services.voting import digest_of
from secondment.appraisals.turnout import turnouts_of
from secondment.assessments.models import Grade, GradeDecision, Opinion, QuantityMark, Register, StatedFact
from secondment.assessments.pools import places_of
from secondment.audit.models import AuditEvent
from secondment.demo.work.irregular import POSTS, SEVERE, Vote
from secondment.measurement.models import Measure, Run
from secondment.people.models import AnnualGrade

pytestmark = pytest.mark.django_db
YEARS = (2025, 2026)


def appraisal_of(year: int) -> Appraisal:
    return Appraisal.objects.get(year=year, state=AppraisalState.CLOSED)


def papers_of(vote: Vote, group: str, year: int = 2026) -> list[BallotPaper]:
    rows = BallotPaper.objects.filter(
        appraisal=appraisal_of(year), group=group, candidates__placement__post__code__in=POSTS[vote]
    )
    return list(rows.distinct())


@pytest.mark.parametrize("year", YEARS)
def test_counts_receipts_and_root_agree(year):
    appraisal = appraisal_of(year)
    ballots = SealedBallot.objects.filter(paper__appraisal=appraisal)
    counted = Counter(ballots.values_list("paper", flat=True))
    papers = list(appraisal.papers.all())
    assert {one.pk: one.n_counted for one in papers} == {one.pk: counted[one.pk] for one in papers}
    assert all(one.n_issued >= one.n_counted for one in papers)
    assert CountedReceipt.objects.filter(appraisal=appraisal).count() == ballots.count()
    assert appraisal.root == root([one.digest for one in ballots])
    one = ballots.first()
    assert one.digest == digest_of(one.pk, one.paper_id, one.marks)
    event = AuditEvent.objects.get(action="appraisal.close_voting", object_id=str(appraisal.pk))
    assert (event.details["counted"], event.details["root"]) == (ballots.count(), appraisal.root)


@pytest.mark.parametrize("year", YEARS)
def test_the_draw_can_be_repeated(year):
    appraisal = appraisal_of(year)
    assert appraisal.frame_digest == current_digest(appraisal)
    drawn = {one.pk: (one.drawn_order, one.standing) for one in draw(appraisal, appraisal.draw_seed)}
    kept = RosterEntry.objects.filter(paper__appraisal=appraisal)
    assert {
        pk: (place, standing) for pk, place, standing in kept.values_list("pk", "drawn_order", "standing")
    } == drawn
    voting = Counter(kept.filter(standing=Standing.DRAWN).values_list("paper", flat=True))
    assert {one.pk: one.n_issued for one in appraisal.papers.all()} == dict(voting)


def test_nobody_votes_on_relatives_or_twice():
    appraisal = appraisal_of(2026)
    barred = barred_names(list(Candidate.objects.filter(appraisal=appraisal)))
    names = {
        spelt(name)
        for name in RosterEntry.objects.filter(paper__appraisal=appraisal).values_list("name", flat=True)
    }
    assert not names & set(barred)


def test_everybody_who_was_there_is_appraised_once_a_year():
    assert [appraisal_of(year).candidates.count() for year in YEARS] == [349, 349]


def test_planted_turnouts():
    low = papers_of(Vote.LOW_TURNOUT, "masses") + papers_of(Vote.NO_LEADERS, "leaders")
    met = {one.pk for one, turnout in zip(low, turnouts_of(low).values(), strict=True) if turnout.is_met}
    assert len(low) == 2
    assert not met
    [few] = papers_of(Vote.FEW_AT_HOME, "home")
    assert few.n_counted == 4


def test_planted_ballots():
    [bloc] = papers_of(Vote.BLOC, "colleagues")
    assert bloc.n_counted >= 5
    marks = list(SealedBallot.objects.filter(paper=bloc).values_list("marks", flat=True))
    assert all(one == marks[0] for one in marks)
    [straight] = papers_of(Vote.STRAIGHT, "masses")
    levels = {
        level
        for ballot in SealedBallot.objects.filter(paper=straight)
        for lines in ballot.marks.values()
        for level in lines.values()
    }
    assert levels == {4}


def test_the_severe_member_marks_lowest():
    marks = SignedMark.objects.filter(candidate__year=2026).values_list("rater", "level")
    of_rater: dict[str, list[int]] = {}
    for rater, level in marks:
        of_rater.setdefault(rater, []).append(level)
    means = {rater: sum(levels) / len(levels) for rater, levels in of_rater.items()}
    others = [mean for rater, mean in means.items() if rater != SEVERE]
    assert len(others) == 7
    assert means[SEVERE] < min(others) - 0.3
    assert not SignedMark.objects.filter(candidate__placement__post__code__in=POSTS[Vote.ALONE]).exists()


def test_both_years_are_tallied_and_wait_to_be_measured():
    states = Counter(Run.objects.values_list("year", "model", "state"))
    assert states == {
        (year, model, state): 3
        for year in YEARS
        for model, state in (("none", "done"), ("hierarchical", "queued"))
    }
    scores = Measure.objects.filter(run__year=2026).values_list("plain_score", flat=True)
    assert len(scores) == 349
    assert all(40 <= one <= 100 for one in scores)


def test_last_years_grades_keep_to_the_places_and_follow_the_tally():
    decision = GradeDecision.objects.get(register__year=2025)
    assert decision.decided_on == dt.date(2026, 1, 15)
    unlike = 0
    for pool in decision.register.pools.all():
        grades = list(Grade.objects.filter(decision=decision, evaluation__pool=pool))
        n_excellent = sum(one.grade == "excellent" for one in grades)
        places = places_of(pool, n_people=len(grades), n_excellent=n_excellent)
        assert not places.n_over
        assert sum(one.proposed == "excellent" for one in grades) == n_excellent
        unlike += sum(one.proposed != one.grade for one in grades)
    assert unlike == Grade.objects.filter(decision=decision).exclude(reason="").count() > 0
    files = dict(AnnualGrade.objects.filter(year=2025).values_list("person", "grade"))
    for person, grade in Grade.objects.filter(decision=decision).values_list("evaluation__person", "grade"):
        assert files[person] == grade


def test_this_year_is_before_the_committee():
    register = Register.objects.get(year=2026, programme=None)
    assert not register.decisions.exists()
    n = register.evaluations.count()
    assert 2 * n * 0.9 < Opinion.objects.filter(evaluation__register=register).count() < 2 * n
    assert QuantityMark.objects.filter(evaluation__register=register).count() > n
    assert StatedFact.objects.filter(evaluation__register=register, is_adverse=True).count() == 2


def test_one_is_prepared_and_one_is_voted_on():
    draft, opened = (Appraisal.objects.get(year=2026, state=state) for state in ("draft", "open"))
    assert [one.candidates.count() for one in (draft, opened)] == [8, 8]
    assert not RosterEntry.objects.filter(paper__appraisal=draft).exists()
    assert opened.closes_on >= dt.date(2026, 12, 1)
    counts = box_of(opened).counts()
    assert set(counts) == set(opened.papers.values_list("pk", flat=True))
    assert not any(one.issued for one in counts.values())  # codes are issued by the page, and kept nowhere
