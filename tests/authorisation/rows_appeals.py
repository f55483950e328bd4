"""Reviews and appeals: the person and the department; both units learn nothing of them."""

import datetime as dt
import zlib

from secondment.accounts.choices import Role
from secondment.appeals.models import Appeal, Proof, Recomputation
from secondment.assessments.models import Grade, GradeDecision
from secondment.measurement.models import Run
from secondment.standards.models import Standard, StandardVersion
from tests.authorisation.matrix import Row
from tests.authorisation.rows_assessments import the_evaluation
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
READERS = OWNER | {Role.LEADER, Role.SECONDEE}
PROVERS = OWNER | {Role.INSPECTOR}
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


def the_result(side: Side) -> dict[str, int]:
    return {"pk": the_grade(side).pk}


def a_run(side: Side) -> Run:
    standard, _made = Standard.objects.get_or_create(
        owner_unit=side.root, name=f"standard {side.root.pk}", category="specialist"
    )
    version, _made = StandardVersion.objects.get_or_create(
        standard=standard, number=1, state="signed", defaults={"drafted_at": AT}
    )
    return Run.objects.create(
        owner_unit=side.root,
        year=2025,
        standard_version=version,
        state="done",
        inputs=zlib.compress(b""),
        requested_by=make_user(),
        requested_at=AT,
    )


def recomputation(side: Side) -> dict[str, int]:
    row = Recomputation.objects.create(
        grade=the_grade(side),
        run=a_run(side),
        kind="same",
        reason="please check",
        results={"raw": [80.0, 80.0], "half": [None, None], "fair": [None, None]},
        requested_by=make_user(),
        requested_at=AT,
    )
    return {"pk": row.pk}


def proof(side: Side, **more: object) -> dict[str, int]:
    values = {"purpose": "appeal", "recipient": "inspector", "asked_by": make_user(), "asked_at": AT, **more}
    return {"pk": Proof.objects.create(run=a_run(side), **values).pk}


def opened(side: Side) -> dict[str, int]:
    return proof(side, state="open", opened_by=make_user(), opened_at=AT)


ROWS = {
    "appeals:appeal_list": Row(OWNER | {Role.LEADER}),
    "appeals:appeal_detail": Row(READERS, appeal),
    "appeals:letter": Row(READERS, decided),
    "appeals:appeal_extend": Row(OWNER, appeal),
    "appeals:appeal_decide": Row(OWNER, appeal),
    "appeals:appeal_withdraw": Row(PARTIES, appeal, "post"),
    "appeals:outcome_receive": Row(PARTIES, decided),
    "appeals:appeal_new": Row(PARTIES, result),
    "appeals:result": Row(READERS, the_result),
    "appeals:notice": Row(READERS, the_result),
    "appeals:form": Row(OWNER, lambda side: the_result(side) | {"code": "F12"}),
    "appeals:recompute": Row(frozenset(), the_result, denied=frozenset({400, 403, 404, 409, 422})),
    "appeals:recomputed": Row(READERS, recomputation),
    "appeals:proof_list": Row(PROVERS),
    "appeals:proof_new": Row(PROVERS),
    "appeals:proof_detail": Row(PROVERS, proof),
    "appeals:proof_open": Row(PROVERS, proof, "post"),
    "appeals:proof_file": Row(frozenset(), opened),  # either of the two who opened it, see `tests/appeals`
}
