"""The assessment of last year, decided and in force, for everybody who was in post: both opinions and the grades."""

import datetime as dt

from secondment.accounts.models import User
from secondment.assessments.choices import DecisionState, OpinionSource, Side
from secondment.assessments.models import Evaluation, Grade, GradeDecision, Opinion, Register
from secondment.assessments.pools import places_of
from secondment.assessments.services import open_register
from secondment.assessments.services.errors import RegisterError
from secondment.common.workdays import span_of_workdays
from secondment.people.choices import Grade as GradeCode
from secondment.people.models import AnnualGrade
from secondment.people.services.grades import set_annual_grades
from secondment.units.models import Unit

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


def load_assessment(unit: Unit, *, by: User, checked_by: User, on: dt.date, at: dt.datetime) -> None:
    """Last year of the department; nothing where nobody was in post."""
    year = on.year - 1
    decided_on = dt.date(on.year, 1, 15)
    try:
        register = open_register(unit, year=year, opinions_by=decided_on, by=by, on=on, at=at)
    except RegisterError:
        return
    rows = list(register.evaluations.order_by("pool", "person__name_key"))
    grades = _grades(register, rows)
    Opinion.objects.bulk_create(
        Opinion(
            evaluation=one,
            side=side,
            text=TEXTS[side][at_row % len(TEXTS[side])],
            grade=grades[one.pk],
            source=OpinionSource.PAPER,
            signed_on=decided_on - dt.timedelta(days=7),
            recorded_by=by,
            recorded_at=at,
        )
        for at_row, one in enumerate(rows)
        for side in Side
    )
    checked_at = dt.datetime.combine(decided_on, dt.time(4), dt.UTC)  # noon
    span = span_of_workdays(decided_on + dt.timedelta(days=1), 5)
    decision = GradeDecision.objects.create(
        register=register,
        state=DecisionState.IN_FORCE,
        meeting=f"{year}年度挂职干部考核委员会会议",
        deciders=DECIDERS,
        number=f"示组考〔{on.year}〕1号",
        decided_on=decided_on,
        recorded_by=by,
        recorded_at=checked_at,
        confirmed_by=checked_by,
        confirmed_at=checked_at,
        posted_from=span.starts_on,
        posted_until=span.last_day,
        in_force_on=span.last_day + dt.timedelta(days=1),
    )
    Grade.objects.bulk_create(
        Grade(decision=decision, evaluation=one, proposed=grades[one.pk], grade=grades[one.pk])
        for one in rows
    )
    set_annual_grades({one.person_id: grades[one.pk] for one in rows}, year=year, by=by, at=at)


def _grades(register: Register, rows: list[Evaluation]) -> dict[int, str]:
    """As the files say, and 优秀 within the places of each pool."""
    files = AnnualGrade.objects.filter(person__in=[one.person_id for one in rows], year=register.year)
    on_record = dict(files.values_list("person", "grade"))
    left = {
        pool.pk: places_of(pool, n_people=pool.evaluations.count(), n_excellent=0).n_places
        for pool in register.pools.all()
    }
    found: dict[int, str] = {}
    for one in rows:
        grade = GradeCode.NONE if one.limits else on_record.get(one.person_id, GradeCode.COMPETENT)
        if grade == GradeCode.EXCELLENT:
            if not left[one.pool_id]:
                grade = GradeCode.COMPETENT
            left[one.pool_id] = max(0, left[one.pool_id] - 1)
        found[one.pk] = str(grade)
    return found
