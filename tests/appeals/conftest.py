"""The year of `tests.assessments`, with 不称职 in force for the first person and signed for."""

import datetime as dt
from dataclasses import dataclass

import pytest

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.appeals.choices import AppealKind
from secondment.appeals.models import Appeal
from secondment.appeals.services import file_appeal
from secondment.assessments.models import Evaluation, Grade
from secondment.assessments.services import confirm_decision, enforce_decision, receive_result
from tests.assessments.conftest import Scene, scene
from tests.makers import AT, make_user

__all__ = ["scene"]
RECEIVED = dt.date(2026, 3, 2)  # a Monday


@dataclass
class Case:
    """One result, its person, and the accounts of the department."""

    scene: Scene
    grade: Grade
    person: User
    third: User

    @property
    def evaluation(self) -> Evaluation:
        return self.grade.evaluation

    def file(self, day: dt.date, kind: AppealKind = AppealKind.REVIEW, **more) -> Appeal:
        values = {
            "text": "计分有误，请复核。",
            "filed_on": day,
            "by": self.person,
            "on": day,
            "at": AT,
            **more,
        }
        return file_appeal(self.grade, kind, **values)


@pytest.fixture
def case(scene: Scene) -> Case:
    scene.open()
    rows = scene.hear("incompetent")
    decision = scene.decide(rows, "incompetent")
    confirm_decision(decision, by=scene.second_owner, at=AT)
    enforce_decision(decision, by=scene.owner, on=dt.date(2026, 2, 27), at=AT)
    grade = Grade.objects.get(evaluation=rows[0])
    receive_result(grade, by=scene.secondee, on=RECEIVED, at=AT)
    grade.refresh_from_db()
    return Case(scene, grade, scene.secondee, make_user(Role.ORGANISATION_DEPARTMENT, scene.root))
