"""Nobody decides about themselves or their family: by the names of those who decided, and by the account that writes it down."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secondment.accounts.choices import Role
from secondment.assessments.composite.services import record_quantities
from secondment.assessments.models import Grade, GradeDecision
from secondment.assessments.rules import own_or_related
from secondment.assessments.services import Choice, Meeting, confirm_decision, record_decision
from secondment.assessments.services.errors import RecusalError
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.people.choices import Kinship
from secondment.people.models import FamilyMember, Person
from tests.assessments.composite.test_quantities import counted
from tests.assessments.conftest import MEETING, Scene
from tests.assessments.schemes import make_scheme
from tests.makers import AT, ON, make_person, make_user


def kin(person: Person, name: str, kinship: Kinship = Kinship.SPOUSE, **fields: Any) -> FamilyMember:
    return FamilyMember.objects.create(
        person=person, name=name, kinship=kinship, title="家属", position=1, **fields
    )


def decided(scene: Scene, deciders: str, *, is_namesake: bool = False, by: Any = None) -> GradeDecision:
    scene.open()
    rows = scene.hear()[:1]
    meeting = Meeting(MEETING.name, deciders, MEETING.number, MEETING.decided_on, is_namesake)
    choices = [Choice(one.pk, "competent") for one in rows]
    return record_decision(rows[0].register, meeting, choices, by=by or scene.owner, on=ON, at=AT)


@pytest.mark.parametrize(
    ("deciders", "words"),
    [
        ("李四、王五", ""),
        ("李四、王 妻（副部长）", "参加决定的王妻与张示例有亲属关系（见其家庭成员），应当回避"),
        ("李四、张示例", "参加决定的张示例与被考核人同名"),
        ("岳父甲", "参加决定的岳父甲与张示例有亲属关系"),
        ("表弟乙", "参加决定的表弟乙与张示例有亲属关系"),
    ],
)
def test_deciders_are_neither_the_person_nor_kin(scene: Scene, deciders: str, words: str) -> None:
    person = scene.people[0]
    wife, cousin = make_person(scene.home, name="王妻"), make_person(scene.home, name="表弟乙")
    kin(person, "王妻", relative=wife)
    kin(wife, "岳父甲", Kinship.LINEAL)
    kin(cousin, "张示例", Kinship.COLLATERAL, relative=person)
    if not words:
        assert decided(scene, deciders).deciders == deciders
        return
    with pytest.raises(RecusalError, match=words) as refused:
        decided(scene, deciders)
    assert refused.value.field == "deciders"
    assert not Grade.objects.exists()


def test_kin_of_somebody_else_decides(scene: Scene) -> None:
    kin(scene.people[1], "王妻")
    assert decided(scene, "王妻").grades.count() == 1


def test_another_person_of_the_name_decides_once_that_was_checked(scene: Scene) -> None:
    kin(scene.people[0], "王妻")
    decided(scene, "王妻", is_namesake=True)
    assert AuditEvent.objects.get(action="assessment.record_decision").details["namesake"] is True


def test_the_account_of_a_relative_neither_records_nor_checks(scene: Scene) -> None:
    kin(scene.people[0], "王妻")
    wife = make_user(Role.ORGANISATION_DEPARTMENT, scene.root, name="王妻")
    with pytest.raises(NotAllowedError, match="按规定应当回避") as refused:
        decided(scene, "李四", by=wife)
    assert "亲属" not in str(refused.value)
    decision = scene.decide(list(scene.evaluation().register.evaluations.order_by("placement"))[:1])
    with pytest.raises(NotAllowedError, match="按规定应当回避"):
        confirm_decision(decision, by=wife, at=AT)
    assert confirm_decision(decision, by=scene.second_owner, at=AT).confirmed_by == scene.second_owner


def test_a_relative_counts_nothing_either_and_many_cost_no_more(scene: Scene) -> None:
    make_scheme(scene.root)
    register = scene.open()
    kin(scene.people[0], "王妻")
    wife = make_user(Role.ORGANISATION_DEPARTMENT, scene.root, name="王妻")
    rows = list(register.evaluations.order_by("placement"))
    with pytest.raises(NotAllowedError, match="按规定应当回避"):
        record_quantities(register, [counted(rows[0])], by=wife, at=AT)
    assert record_quantities(register, [counted(one) for one in rows[1:]], by=wife, at=AT) == 4
    people = [one.person for one in rows]
    with CaptureQueriesContext(connection) as one_asked:
        assert own_or_related(wife, people[:1]) == {people[0].pk}
    with CaptureQueriesContext(connection) as many_asked:
        assert own_or_related(wife, people) == {people[0].pk}
    assert len(one_asked) == len(many_asked)


def test_who_may_not_read_the_family_is_not_told_of_one(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    kin(scene.people[0], "王妻")
    monkeypatch.setattr("secondment.assessments.services.recusal.sections_of", lambda *_who: frozenset())
    with pytest.raises(RecusalError, match="参加决定的王妻按规定不参加对张示例的决定") as refused:
        decided(scene, "王妻")
    assert "亲属" not in str(refused.value)
