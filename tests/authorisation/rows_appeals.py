"""Reviews and appeals: the person and the department; both units learn nothing of them."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.appeals.models import Appeal
from secondment.assessments.models import Grade, GradeDecision
from tests.authorisation.matrix import Row
from tests.authorisation.rows_assessments import the_evaluation
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
READERS = OWNER | {Role.LEADER, Role.SECONDEE}
PARTIES = OWNER | {Role.SECONDEE}


def the_grade(side: Side) -> Grade:
    """In force and signed for."""
    evaluation = the_evaluation(side)
    decision = GradeDecision.objects.create(
        register=evaluation.register,
        state="in_force",
        meeting="meeting",
        deciders="Zhang",
        number="1",
        decided_on=dt.date(2026, 1, 20),
        recorded_by=make_user(),
        recorded_at=AT,
    )
    return Grade.objects.create(
        decision=decision, evaluation=evaluation, grade="incompetent", received_on=dt.date(2026, 3, 2)
    )


def appeal(side: Side, **more: object) -> dict[str, int]:
    day = dt.date(2026, 3, 10)
    made = Appeal.objects.create(
        **{
            "grade": the_grade(side),
            "kind": "appeal",
            "office": side.root,
            "text": "please check",
            "source": "own",
            "filed_on": day,
            "last_day": dt.date(2026, 4, 1),
            "filed_by": make_user(),
            "filed_at": AT,
            "due_on": dt.date(2029, 4, 9),
            **more,
        }
    )
    return {"pk": made.pk}


def decided(side: Side) -> dict[str, int]:
    return appeal(
        side,
        state="decided",
        outcome="upheld",
        outcome_reason="checked",
        number="2",
        deciders="Li",
        decided_on=dt.date(2026, 4, 1),
        decided_by=make_user(),
    )


def result(side: Side) -> dict[str, object]:
    return {"pk": the_grade(side).pk, "kind": "review"}


ROWS = {
    "appeals:appeal_list": Row(OWNER | {Role.LEADER}),
    "appeals:appeal_detail": Row(READERS, appeal),
    "appeals:letter": Row(READERS, decided),
    "appeals:appeal_extend": Row(OWNER, appeal),
    "appeals:appeal_decide": Row(OWNER, appeal),
    "appeals:appeal_withdraw": Row(PARTIES, appeal, "post"),
    "appeals:outcome_receive": Row(PARTIES, decided),
    "appeals:appeal_new": Row(PARTIES, result),
}
