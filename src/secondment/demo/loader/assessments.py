"""The assessments of two years: last year's decided and in force, this year's before the committee."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.assessments.choices import DecisionState, OpinionSource, Side
from secondment.assessments.composite.models import QuantityMark
from secondment.assessments.composite.proposals import proposals_for
from secondment.assessments.composite.services import Stated, state_facts
from secondment.assessments.composite.standards import schemes_of
from secondment.assessments.models import Evaluation, Grade, GradeDecision, Opinion, Register
from secondment.assessments.pools import places_of
from secondment.assessments.services import open_register
from secondment.assessments.services.errors import RegisterError
from secondment.audit.services import Entry, record_all
from secondment.common.workdays import span_of_workdays
from secondment.demo.assessment_years import Cycle
from secondment.demo.loader.appraisals import Department
from secondment.demo.loader.scene import Accounts, at_hour
from secondment.demo.work.planted import OF_POST, Case
from secondment.measurement.models import Measure
from secondment.people.choices import Grade as GradeCode
from secondment.people.models import AnnualGrade
from secondment.people.services.grades import set_annual_grades

TEXTS = {
    Side.HOST: (
        "驻地时间足，熟悉情况快，分管工作推进有力；与群众联系还可更深入。",
        "牵头的项目按期完成，服务群众主动；统筹多项任务的能力需继续锻炼。",
        "工作踏实，遵守纪律，较好完成任务书；调查研究成果转化不够。",
    ),
    Side.HOME: (
        "挂职期间服从管理，保持联系，思想和工作表现良好。",
        "能够安心基层，工作成效得到接收单位认可。",
    ),
}
DECIDERS = "周文清、顾晓岚、康建勋"
UNLIKE = "得分与名额线上一位相差不到一分，委员会两两比较，任务更重、见效更实，议定为优秀"
GIVES_WAY = "得分与名额线下一位相差不到一分，委员会两两比较后议定为称职，列入后备培养"
ABSENT_CODE, ABSENT_BASIS = "absent", "请假台账：年度内两次超假近两周，县委组织部核实无正当理由"
TO_ANSWER = dt.timedelta(days=20)


@dataclass(frozen=True)
class Decided:
    """What was proposed for somebody, and what the committee decided; a reason where they differ."""

    proposed: str
    grade: str
    reason: str = ""


def load_assessments(
    department: Department, both: tuple[Cycle, Cycle], accounts: Accounts, *, on: dt.date, at: dt.datetime
) -> None:
    """The year before, decided; this one with both opinions, except where an account of the demo has its own to give."""
    before, now = both
    register = _opened(department, before, opinions_by=before.decided_on, on=on, at=at)
    if register is not None:
        rows = _rows(register)
        decided = _decided(register, rows)
        proposed = {key: one.proposed for key, one in decided.items()}
        _say(rows, proposed, before.decided_on - dt.timedelta(days=7), department.by, at)
        _count(rows, department.by, at=at_hour(before.decided_on - dt.timedelta(days=5), 16))
        _decide(department, before, register, decided, rows=rows, at=at)
    asked_at = at_hour(now.closes_on + dt.timedelta(days=2), 9)
    register = _opened(department, now, opinions_by=now.closes_on + TO_ANSWER, on=on, at=asked_at)
    if register is not None:
        rows = _rows(register)
        heard = [one for one in rows if not _is_of(one, accounts)]
        said_on = now.closes_on + dt.timedelta(days=9)
        _say(heard, _on_record(before.year, rows), said_on, department.by, at_hour(said_on, 15))
        _count(rows, department.by, at=at_hour(said_on, 16))
        _state_absence(register, rows, department.by, at=at_hour(said_on, 16))


def _opened(
    department: Department, cycle: Cycle, *, opinions_by: dt.date, on: dt.date, at: dt.datetime
) -> Register | None:
    """Nothing where nobody was in post."""
    try:
        return open_register(
            department.unit, year=cycle.year, opinions_by=opinions_by, by=department.by, on=on, at=at
        )
    except RegisterError:
        return None


def _rows(register: Register) -> list[Evaluation]:
    rows = register.evaluations.select_related(
        "placement__post", "placement__host_unit", "placement__home_unit"
    )
    return list(rows.order_by("pool", "person__name_key"))


def _is_of(row: Evaluation, accounts: Accounts) -> bool:
    """Whether the opinion is for an account of the demo to give."""
    sides = (("host", row.placement.host_unit), ("home", row.placement.home_unit))
    return any(
        unit.path.startswith(account.unit.path)
        for name, unit in sides
        for account in [accounts[name]]
        if account.unit
    )


def _say(
    rows: Iterable[Evaluation], grades: Mapping[int, str], signed_on: dt.date, by: User, at: dt.datetime
) -> None:
    Opinion.objects.bulk_create(
        Opinion(
            evaluation=one,
            side=side,
            text=TEXTS[side][at_row % len(TEXTS[side])],
            grade=grades[one.pk],
            source=OpinionSource.PAPER,
            signed_on=signed_on,
            recorded_by=by,
            recorded_at=at,
        )
        for at_row, one in enumerate(rows)
        for side in Side
    )


def _on_record(year: int, rows: Sequence[Evaluation]) -> dict[int, str]:
    """What units propose: as in the year before, and no grade where the rules allow none."""
    files = AnnualGrade.objects.filter(person__in=[one.person_id for one in rows], year=year)
    on_record = dict(files.values_list("person", "grade"))
    return {
        one.pk: str(GradeCode.NONE if one.limits else on_record.get(one.person_id, GradeCode.COMPETENT))
        for one in rows
    }


def _decided(register: Register, rows: Sequence[Evaluation]) -> dict[int, Decided]:
    """优秀 within the places of each pool, for those whom the tally puts first; who was not voted on, as files say."""
    files = _on_record(register.year, rows)
    score = _scores(register)
    found: dict[int, Decided] = {}
    for pool in register.pools.all():
        mine = [one for one in rows if one.pool_id == pool.pk]
        n_places = places_of(pool, n_people=len(mine), n_excellent=0).n_places
        ranked = sorted(
            (one for one in mine if not one.limits),
            key=lambda one: (
                -score.get(one.placement_id, 0.0),
                files[one.pk] != GradeCode.EXCELLENT,
                one.person_id,
            ),
        )
        measured = [one for one in ranked if one.placement_id in score]
        first = measured or [one for one in ranked if files[one.pk] == GradeCode.EXCELLENT]
        excellent = {one.pk for one in first[:n_places]}
        for one in mine:
            found[one.pk] = _one_decided(one, excellent, files)
        if len(measured) > n_places + 1 > 5:
            _swap(found, above=measured[n_places - 1], below=measured[n_places])
    return found


def _one_decided(one: Evaluation, excellent: set[int], files: Mapping[int, str]) -> Decided:
    if one.limits:
        return Decided(str(GradeCode.NONE), str(GradeCode.NONE))
    if one.pk in excellent:
        return Decided(str(GradeCode.EXCELLENT), str(GradeCode.EXCELLENT))
    grade = files[one.pk]
    grade = str(GradeCode.COMPETENT) if grade == GradeCode.EXCELLENT else grade
    return Decided(grade, grade)


def _swap(found: dict[int, Decided], *, above: Evaluation, below: Evaluation) -> None:
    """The committee decided unlike the proposal about two who are less than a point apart."""
    excellent, competent = str(GradeCode.EXCELLENT), str(GradeCode.COMPETENT)
    found[above.pk] = Decided(excellent, competent, GIVES_WAY)
    found[below.pk] = Decided(competent, excellent, UNLIKE)


def _scores(register: Register) -> dict[int, float]:
    """Placement → the score of the plain tally, which was all there was on the day of the decision."""
    rows = Measure.objects.filter(run__owner_unit=register.owner_unit_id, run__year=register.year)
    known = rows.values_list("candidate__placement", "plain_score")
    return {placement: score for placement, score in known if score is not None}


def _decide(
    department: Department,
    cycle: Cycle,
    register: Register,
    decided: Mapping[int, Decided],
    *,
    rows: Sequence[Evaluation],
    at: dt.datetime,
) -> None:
    checked_at = dt.datetime.combine(cycle.decided_on, dt.time(4), dt.UTC)  # noon
    span = span_of_workdays(cycle.decided_on + dt.timedelta(days=1), 5)
    decision = GradeDecision.objects.create(
        register=register,
        state=DecisionState.IN_FORCE,
        meeting=f"{cycle.year}年度挂职干部考核委员会会议",
        deciders=DECIDERS,
        number=f"示组考〔{cycle.decided_on.year}〕1号",
        decided_on=cycle.decided_on,
        recorded_by=department.by,
        recorded_at=checked_at,
        confirmed_by=department.checked_by,
        confirmed_at=checked_at,
        posted_from=span.starts_on,
        posted_until=span.last_day,
        in_force_on=span.last_day + dt.timedelta(days=1),
    )
    Grade.objects.bulk_create(
        Grade(
            decision=decision,
            evaluation_id=key,
            proposed=one.proposed,
            grade=one.grade,
            reason=one.reason,
        )
        for key, one in decided.items()
    )
    grades = {one.person_id: decided[one.pk].grade for one in rows}
    set_annual_grades(grades, year=cycle.year, by=department.by, at=at)


def _count(rows: Sequence[Evaluation], by: User, *, at: dt.datetime) -> None:
    """What task books and the ledger of leave say, taken over by the department."""
    schemes = schemes_of(rows)
    marks, trail = [], []
    of_key = {one.pk: one for one in rows}
    for (key, code), one in proposals_for(rows, schemes).items():
        marks.append(
            QuantityMark(
                evaluation_id=key,
                indicator=code,
                value=one.value,
                backing=one.backing,
                evidence=one.reason[:300],
                recorded_by=by,
                recorded_at=at,
            )
        )
        title = next(each.title for each in schemes[key].quantitative if each.code == code)
        details = {"indicator": title, "to": f"{one.value.normalize():f}", "backing": str(one.backing)}
        trail.append(Entry("assessment.record_quantity", of_key[key], by, at, details))
    QuantityMark.objects.bulk_create(marks, batch_size=500)
    record_all(trail)


def _state_absence(register: Register, rows: Sequence[Evaluation], by: User, *, at: dt.datetime) -> None:
    """What the department states about two who were away."""
    schemes = schemes_of(rows)
    absent = [
        one for one in rows if OF_POST.get(one.placement.post.code) == Case.ABSENT and one.pk in schemes
    ]
    state_facts(register, [Stated(one.pk, ABSENT_CODE, True, ABSENT_BASIS) for one in absent], by=by, at=at)
