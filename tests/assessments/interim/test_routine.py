"""A line a quarter: who owes it, when it can be given, what it means for 优秀; nothing where the programme has it off."""

import datetime as dt

import pytest
from tests.assessments.interim.scene import AT, ON, SEPTEMBER, grade, make_scene, other_programme, parameters
from tests.daily_work.scene import Scene
from tests.makers import make_programme_version, make_user

from secondment.accounts.choices import Role
from secondment.assessments.choices import DecisionState, Side
from secondment.assessments.concerns import barring_concerns, concerns_of
from secondment.assessments.facts import facts_of
from secondment.assessments.interim.duties import ROUTINE, ROUTINE_RHYTHM
from secondment.assessments.interim.errors import RoutineError
from secondment.assessments.interim.models import RoutineGrade
from secondment.assessments.interim.routine import is_weak, of_year, share_of
from secondment.assessments.interim.services import RoutineLine, give_routine_grades
from secondment.assessments.models import Evaluation, Grade, GradeDecision, Pool, Register
from secondment.assessments.queries import with_facts
from secondment.assessments.sheets import year_sheet
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.obligations.models import Obligation
from secondment.obligations.periods import Period
from secondment.obligations.services import bring_up_to_date
from secondment.placements.models import Placement

QUARTER = Period(dt.date(2026, 7, 1), SEPTEMBER)


def asked(on: dt.date = ON) -> list[Obligation]:
    bring_up_to_date(on=on, duties=[ROUTINE], since=dt.date(2026, 7, 1))
    return list(Obligation.objects.filter(kind=ROUTINE.kind, period_ends_on=SEPTEMBER).order_by("subject_id"))


def test_the_host_owes_a_line_for_each_by_the_day_of_the_report(scene: Scene) -> None:
    rows = asked()
    assert len(rows) == 2
    assert {(one.unit.name, one.due_on, str(one.title)) for one in rows} == {
        (scene.people[0].host_unit.name, dt.date(2026, 10, 10), "2026年第3季度平时考核"),
        (scene.people[1].host_unit.name, dt.date(2026, 10, 10), "2026年第3季度平时考核"),
    }
    assert grade(scene, "good", "fairly_good") == 2
    assert {one.state for one in asked()} == {"met"}


def test_nothing_is_owed_where_the_programme_has_it_off(scene: Scene) -> None:
    off = other_programme(scene, routine="off")
    assert str(off.pk) not in {one.subject_id for one in asked()}
    scene.people.insert(0, off)
    with pytest.raises(RoutineError, match="未启用平时考核"):
        grade(scene, "good")


def test_what_was_graded_before_anybody_asked_is_not_asked_again(scene: Scene) -> None:
    grade(scene, "good", "good")
    assert {one.state for one in asked()} == {"met"}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_owed"),
    [
        (dt.date(2026, 8, 16), dt.date(2028, 1, 5), True),  # 46 of 92 days
        (dt.date(2026, 8, 17), dt.date(2028, 1, 5), False),  # 45
        (dt.date(2026, 1, 5), dt.date(2026, 8, 16), True),  # 46
        (dt.date(2026, 1, 5), dt.date(2026, 8, 15), False),
    ],
)
def test_who_served_less_than_half_of_a_quarter_is_not_graded(
    starts_on: dt.date, ends_on: dt.date, is_owed: bool
) -> None:
    assert ROUTINE_RHYTHM.holds(QUARTER, Period(starts_on, ends_on)) is is_owed


def test_a_newcomer_is_refused_with_the_reason(scene: Scene) -> None:
    Placement.objects.filter(pk=scene.people[0].pk).update(starts_on=dt.date(2026, 8, 17))
    with pytest.raises(RoutineError, match="在挂不足一半"):
        grade(scene, "good")
    assert len(asked()) == 1


@pytest.mark.parametrize(
    ("on", "is_ready"),
    [
        (dt.date(2026, 9, 23), False),
        (dt.date(2026, 9, 24), True),
        (dt.date(2026, 9, 30), True),
        (SEPTEMBER, True),
    ],
)
def test_a_quarter_is_graded_in_its_last_week_or_later(scene: Scene, on: dt.date, is_ready: bool) -> None:
    if is_ready:
        assert grade(scene, "good", on=on) == 1
    else:
        with pytest.raises(RoutineError, match="本季度还没有结束"):
            grade(scene, "good", on=on)


def test_a_term_that_ends_within_the_quarter_is_graded_on_its_last_day(scene: Scene) -> None:
    Placement.objects.filter(pk=scene.people[0].pk).update(ends_on=dt.date(2026, 9, 1))
    with pytest.raises(RoutineError, match="本季度还没有结束"):
        grade(scene, "good", on=dt.date(2026, 8, 30))
    assert grade(scene, "good", on=dt.date(2026, 8, 31)) == 1


def test_only_quarters_are_graded(scene: Scene) -> None:
    with pytest.raises(RoutineError, match="按季度评定"):
        grade(scene, "good", ends_on=dt.date(2026, 9, 1))
    with pytest.raises(RoutineError, match="请至少评定一人"):
        grade(scene)


@pytest.mark.parametrize(
    ("code", "words", "told"),
    [
        ("", "", "没有选择等次"),
        ("excellent", "", "没有选择等次"),
        ("fair", " ", "没有写原因"),
        ("poor", "", "没有写原因"),
        ("good", "长" * 41, "简要说明有41个字"),
    ],
)
def test_what_is_wrong_with_a_line_is_named_and_nothing_is_written(
    scene: Scene, code: str, words: str, told: str
) -> None:
    with pytest.raises(RoutineError, match=told) as refusal:
        grade(scene, "good", code, words=words)
    assert scene.people[1].person.name in str(refusal.value)
    assert not RoutineGrade.objects.exists()


def test_forty_characters_and_a_reason_are_fine(scene: Scene) -> None:
    assert grade(scene, "fair", words="长" * 40) == 1


def test_the_same_again_changes_nothing_and_a_correction_replaces(scene: Scene) -> None:
    grade(scene, "good")
    assert grade(scene, "good") == 0
    assert grade(scene, "fairly_good") == 1
    first, second = RoutineGrade.objects.order_by("pk")
    assert (first.is_current, second.is_current, second.replaces) == (False, True, first)
    actions = AuditEvent.objects.filter(action__startswith="assessment.").order_by("pk")
    assert [(one.action, one.details) for one in actions] == [
        ("assessment.give_routine", {"until": "2026-09-30", "to": "good"}),
        ("assessment.correct_routine", {"until": "2026-09-30", "to": "fairly_good"}),
    ]


def test_a_page_that_is_out_of_date_is_refused(scene: Scene) -> None:
    seen = RoutineLine(scene.people[0], "good", seen=0)
    grade(scene, "fairly_good")
    with pytest.raises(StaleObjectError, match="已由他人评定"):
        give_routine_grades([seen], SEPTEMBER, by=scene.host_clerk(), on=ON, at=AT)
    now = RoutineGrade.objects.get().pk
    again = RoutineLine(scene.people[0], "good", seen=now)
    assert give_routine_grades([again], SEPTEMBER, by=scene.host_clerk(), on=ON, at=AT) == 1


def test_who_grades(scene: Scene) -> None:
    assert grade(scene, "good", by=scene.owner) == 1
    assert RoutineGrade.objects.get().source == "on_behalf"
    assert grade(scene, "fairly_good") == 1
    assert RoutineGrade.objects.get(is_current=True).source == "web"
    assert grade(scene, "good", is_of_workbook=True) == 1
    assert RoutineGrade.objects.get(is_current=True).source == "workbook"
    for user in (scene.host_clerk(1), scene.home_clerk(), make_user(Role.LEADER, scene.root)):
        with pytest.raises(NotAllowedError):
            grade(scene, "good", by=user)


def test_nobody_grades_themselves(scene: Scene) -> None:
    clerk = scene.host_clerk()
    scene.people[0].person.account = clerk
    scene.people[0].person.save()
    with pytest.raises(NotAllowedError):
        grade(scene, "good", by=clerk)


def give(placement: Placement, number: int, code: str) -> None:
    """A grade of a quarter of 2026, without any check."""
    starts_on = dt.date(2026, 3 * number - 2, 1)
    ends_on = dt.date(2026, 3 * number + 1, 1) if number < 4 else dt.date(2027, 1, 1)
    RoutineGrade.objects.create(
        placement=placement,
        starts_on=starts_on,
        ends_on=ends_on,
        grade=code,
        given_by=make_user(),
        given_at=AT,
    )


@pytest.mark.parametrize(
    ("grades", "is_barred"),
    [
        ((), False),
        (("good", "good", "fairly_good", "fairly_good"), False),
        (("good", "fairly_good", "fairly_good", "fairly_good"), True),
        (("good", "good", "good", "fair"), True),
        (("good", "good", "good", "poor"), True),
        (("good", "fairly_good"), False),
        (("fairly_good",), True),
    ],
)
def test_excellent_only_from_quarters_that_are_mostly_good(
    scene: Scene, grades: tuple[str, ...], is_barred: bool
) -> None:
    for number, code in enumerate(grades, start=1):
        give(scene.people[0], number, code)
    assert is_weak(scene.people[0], 2026) is is_barred
    placement = with_facts(Placement.objects.filter(pk=scene.people[0].pk)).get()
    assert ("routine" in facts_of(placement, 2026, leave_workdays=None).limits) is is_barred
    assert is_weak(scene.people[0], 2025) is False


@pytest.mark.parametrize("mode", ["warn", "off"])
def test_a_programme_that_only_asks_says_so_and_bars_nothing(db: None, mode: str) -> None:
    scene = make_scene(1, routine=mode)
    give(scene.people[0], 1, "poor")
    [one] = concerns_of(scene.people[0], 2026)
    assert (one.code, one.effect, one.is_barring) == ("routine", "not_excellent", False)
    assert one.words == "建议不评优秀：平时考核好等次不够，或有一般、较差等次（规则 H24）"
    assert barring_concerns(scene.people[0], 2026) == []


def test_the_share_that_has_to_be_good_is_the_programmes(db: None) -> None:
    scene = make_scene(1, least_good_percent=51)
    for number, code in enumerate(("good", "fairly_good"), start=1):
        give(scene.people[0], number, code)
    assert is_weak(scene.people[0], 2026) is True


@pytest.mark.parametrize(("n_good", "is_over"), [(3, False), (4, False), (5, True)])
def test_two_in_five_may_be_good(db: None, n_good: int, is_over: bool) -> None:
    scene = make_scene(10)
    codes = {one.pk: "good" if at < n_good else "fairly_good" for at, one in enumerate(scene.people)}
    share = share_of(scene.people, codes)
    assert share is not None
    assert share.is_over is is_over
    assert "40%" in share.words
    assert "《公务员平时考核办法（试行）》" in share.words
    assert "合并计算" not in share.words


def test_a_small_office_is_told_how_it_counts(scene: Scene) -> None:
    share = share_of(scene.people, {scene.people[0].pk: "good"})
    assert share is not None
    assert share.is_over
    assert share.words.endswith("人数少的，与本单位其他人员合并计算。")
    assert share_of(scene.people, {}) is None


def decided(scene: Scene, state: DecisionState = DecisionState.RECORDED) -> Evaluation:
    register = Register.objects.create(
        owner_unit=scene.root, year=2026, opinions_by=ON, opened_by=scene.owner, opened_at=AT
    )
    placement = scene.people[0]
    pool = Pool.objects.create(register=register, programme_version=placement.programme_version, kind="civil")
    evaluation = Evaluation.objects.create(
        register=register,
        year=2026,
        person=placement.person,
        placement=placement,
        pool=pool,
        year_workdays=250,
        host_workdays=250,
        assessing_side=Side.HOST,
    )
    decision = GradeDecision.objects.create(
        register=register,
        state=state,
        meeting="部务会",
        deciders="甲、乙",
        number="1号",
        decided_on=ON,
        recorded_by=scene.owner,
        recorded_at=AT,
    )
    Grade.objects.create(decision=decision, evaluation=evaluation, grade="competent")
    return evaluation


def test_a_year_that_is_decided_on_is_closed(scene: Scene) -> None:
    decided(scene)
    with pytest.raises(RoutineError, match="当年等次已登记决定"):
        grade(scene, "good")


def test_a_decision_that_was_returned_closes_nothing(scene: Scene) -> None:
    decided(scene, DecisionState.RETURNED)
    assert grade(scene, "good") == 1


def test_a_grade_marks_the_evaluation_whose_limits_it_changes(scene: Scene) -> None:
    evaluation = decided(scene, DecisionState.RETURNED)
    grade(scene, "fairly_good")
    evaluation.refresh_from_db()
    assert "limits" in evaluation.changes


def test_the_form_of_the_year_shows_four_quarters(scene: Scene) -> None:
    evaluation = decided(scene)
    assert year_sheet(evaluation, frozenset()).quarters == ""
    give(scene.people[0], 1, "good")
    give(scene.people[0], 3, "fairly_good")
    evaluation = Evaluation.objects.get(pk=evaluation.pk)
    assert (
        year_sheet(evaluation, frozenset()).quarters == "第1季度：好　第2季度：—　第3季度：较好　第4季度：—"
    )


def test_quarters_of_other_years_and_corrected_ones_do_not_count(scene: Scene) -> None:
    give(scene.people[0], 1, "good")
    give(scene.people[0], 4, "fair")
    RoutineGrade.objects.filter(grade="fair").update(is_current=False)
    rows = list(RoutineGrade.objects.all())
    assert list(of_year(rows, 2026)) == [1]
    assert of_year(rows, 2027) == {}


def test_an_older_version_of_a_programme_asks_for_nothing(scene: Scene) -> None:
    old = make_programme_version({})
    Placement.objects.filter(pk=scene.people[0].pk).update(programme_version=old)
    assert len(asked()) == 1
    assert parameters()["rules"]["H24"]["mode"] == "block"
