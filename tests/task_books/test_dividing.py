"""The division of work and what is declared for recusal."""

import pytest
from tests.makers import make_user
from tests.task_books.scene import AT, ON, Scene, with_account

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import DomainError, NotAllowedError, StaleObjectError
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.services.arrival import divide_work
from secondment.placements.services.notifying import owe_duties
from secondment.task_books import services
from secondment.task_books.errors import ReasonMissingError
from secondment.task_books.models import DivisionOfWork, RecusalDeclaration
from secondment.task_books.services import Division


def test_words_stand_with_the_placement_and_powers_beside_them(scene: Scene) -> None:
    placement, own = scene.people[0], with_account(scene)
    owe_duties(placement, ON)
    division = Division("协助抓党建", over_projects=True, not_given="不分管财务")
    services.write_division(placement, division, by=scene.host_clerk(), on=ON, at=AT)
    placement.refresh_from_db()
    assert placement.duties == "协助抓党建"
    kept = DivisionOfWork.objects.get()
    assert (kept.over_projects, kept.over_money, kept.not_given) == (True, False, "不分管财务")
    assert Obligation.objects.get().state == ObligationState.MET
    assert Notice.objects.get(recipient=own).body == "协助抓党建"


def test_the_same_again_changes_nothing_and_another_replaces(scene: Scene) -> None:
    placement, clerk = scene.people[0], scene.host_clerk()
    for powers in ({}, {}, {"over_money": True}):
        services.write_division(placement, Division("抓党建", **powers), by=clerk, on=ON, at=AT)
    assert list(DivisionOfWork.objects.order_by("pk").values_list("over_money", "is_current")) == [
        (False, False),
        (True, True),
    ]
    assert AuditEvent.objects.filter(action="placement.record_arrival").count() == 1


def test_before_arrival_nothing_is_owed_for_it(scene: Scene) -> None:
    placement = scene.people[0]
    Placement.objects.filter(pk=placement.pk).update(state=PlacementState.APPOINTED)
    services.write_division(placement, Division("抓党建"), by=scene.host_clerk(), on=ON, at=AT)
    assert not Obligation.objects.exists()


def test_who_divides_and_what_is_refused(scene: Scene) -> None:
    placement = scene.people[0]
    with pytest.raises(ReasonMissingError):
        services.write_division(placement, Division(" "), by=scene.owner, on=ON, at=AT)
    with pytest.raises(StaleObjectError):
        services.write_division(placement, Division("抓"), by=scene.owner, on=ON, at=AT, version=99)
    for other in (scene.home_clerk(), scene.host_clerk(1), with_account(scene)):
        with pytest.raises(NotAllowedError):
            services.write_division(placement, Division("抓"), by=other, on=ON, at=AT)


def test_nothing_to_declare_is_one_click(scene: Scene) -> None:
    own = with_account(scene)
    for _twice in range(2):
        services.declare_recusal(scene.people[0], by=own, at=AT)
    declared = RecusalDeclaration.objects.get()
    assert (declared.matters, declared.facts) == ("", "")
    assert AuditEvent.objects.filter(action="recusal.declare_nothing").count() == 1


def test_family_facts_are_sealed_and_read_by_departments_with_an_event(scene: Scene) -> None:
    own, placement = with_account(scene), scene.people[0]
    services.declare_recusal(placement, by=own, at=AT)
    declared = services.declare_recusal(
        placement, matters="甲合作社的项目审批", facts="弟弟经营甲合作社", by=own, at=AT
    )
    assert list(RecusalDeclaration.objects.values_list("is_current", flat=True)) == [True, False]
    assert "弟弟".encode() not in bytes(RecusalDeclaration.objects.get(is_current=True).facts_sealed)
    assert services.read_facts(declared, by=scene.owner, at=AT) == "弟弟经营甲合作社"
    event = AuditEvent.objects.get(action="recusal.read_facts")
    assert "弟弟" not in str(event.details)
    for other in (scene.host_clerk(), scene.home_clerk(), make_user(Role.LEADER, scene.root)):
        with pytest.raises(NotAllowedError):
            services.read_facts(declared, by=other, at=AT)


def test_facts_without_a_matter_help_nobody_and_only_the_person_declares(scene: Scene) -> None:
    own = with_account(scene)
    with pytest.raises(ReasonMissingError):
        services.declare_recusal(scene.people[0], facts="弟弟经营甲合作社", by=own, at=AT)
    for other in (scene.host_clerk(), scene.owner, with_account(scene, 1)):
        with pytest.raises(NotAllowedError):
            services.declare_recusal(scene.people[0], by=other, at=AT)


@pytest.mark.parametrize("state", [PlacementState.ENDED, PlacementState.CANCELLED])
def test_what_is_over_is_divided_no_more(scene: Scene, state: PlacementState) -> None:
    placement = scene.people[0]
    Placement.objects.filter(pk=placement.pk).update(state=state)
    with pytest.raises(DomainError):
        divide_work(placement, "抓党建", by=scene.owner, on=ON, at=AT)
    placement.refresh_from_db()
    assert placement.duties != "抓党建"
