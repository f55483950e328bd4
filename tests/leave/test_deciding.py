"""Who decides, in which order, for whom; nobody decides on their own."""

import datetime as dt

import pytest
from tests.leave.scene import AT, ON, Scene
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.leave.choices import LeaveState, StepState
from secondment.leave.models import LeaveEntry, LeaveRequest, StandIn
from secondment.leave.queries import current_step, steps_waiting
from secondment.leave.services import (
    LeaveStateError,
    RefusedLeaveError,
    StandInError,
    WordsMissingError,
    accept,
    decide,
    end,
    name_stand_in,
)
from secondment.notices.models import Notice
from secondment.obligations.waiting import count_waiting, waiting_for


def step_of(request: LeaveRequest):
    found = current_step(request)
    assert found is not None
    return found


def test_two_offices_decide_one_after_the_other(scene: Scene) -> None:
    request = scene.ask("2026-11-03", "2026-11-06")
    assert [one.pk for one in steps_waiting(scene.host, ON)] == [step_of(request).pk]
    assert not steps_waiting(scene.local, ON).exists()
    with pytest.raises(NotAllowedError):
        decide(step_of(request), grants=True, by=scene.local, on=ON, at=AT)
    half = decide(step_of(request), grants=True, words="好", by=scene.host, on=ON, at=AT)
    assert (half.state, LeaveEntry.objects.count()) == (LeaveState.ASKED, 0)
    assert not steps_waiting(scene.host, ON).exists()
    assert [one.unit for one in steps_waiting(scene.local, ON)] == [scene.department]
    done = decide(step_of(half), grants=True, by=scene.local, on=ON, at=AT)
    assert done.state == LeaveState.GRANTED
    assert [one.half_days for one in LeaveEntry.objects.all()] == [8]
    assert Notice.objects.filter(recipient=scene.person).get().title == "张三的请假已批准"
    assert AuditEvent.objects.filter(action="leave_request.grant").count() == 2


def test_a_refusal_ends_it_and_needs_a_reason(scene: Scene) -> None:
    request = scene.ask("2026-11-03", "2026-11-06")
    with pytest.raises(WordsMissingError) as found:
        decide(step_of(request), grants=False, words=" ", by=scene.host, on=ON, at=AT)
    assert found.value.field == "words"
    done = decide(step_of(request), grants=False, words="正值换届", by=scene.host, on=ON, at=AT)
    assert done.state == LeaveState.REFUSED
    assert [one.state for one in done.steps.all()] == [StepState.REFUSED, StepState.WAITING]
    assert not steps_waiting(scene.local, ON).exists()
    assert not LeaveEntry.objects.exists()
    assert Notice.objects.filter(recipient=scene.person).get().title == "张三的请假未获批准"


def test_a_step_is_decided_once(scene: Scene) -> None:
    request = scene.ask("2026-11-03")
    step = step_of(request)
    decide(step, grants=True, by=scene.host, on=ON, at=AT)
    with pytest.raises(LeaveStateError):
        decide(step, grants=True, by=scene.host, on=ON, at=AT)
    assert LeaveEntry.objects.count() == 1


def test_nobody_decides_on_their_own(scene: Scene) -> None:
    RoleAssignment.objects.create(user=scene.person, role=Role.HOST_UNIT, unit=scene.township)
    request = scene.ask("2026-11-03")
    assert not steps_waiting(scene.person, ON).exists()
    with pytest.raises(NotAllowedError, match="本人的请假不能由本人审批"):
        decide(step_of(request), grants=True, by=scene.person, on=ON, at=AT)


def test_the_village_itself_does_not_decide(scene: Scene) -> None:
    request = scene.ask("2026-11-03")
    with pytest.raises(NotAllowedError, match="这一步由示例镇审批"):
        decide(step_of(request), grants=True, by=make_user(Role.HOST_UNIT, scene.village), on=ON, at=AT)


def test_the_department_writes_down_what_an_office_without_account_decided(scene: Scene) -> None:
    request = scene.ask("2026-11-03")
    with pytest.raises(NotAllowedError):
        decide(step_of(request), grants=True, decided_for="王书记", by=scene.owner, on=ON, at=AT)
    RoleAssignment.objects.filter(user=scene.host).delete()
    assert [one.unit for one in steps_waiting(scene.owner, ON)] == [scene.township]
    with pytest.raises(WordsMissingError) as found:
        decide(step_of(request), grants=True, by=scene.owner, on=ON, at=AT)
    assert found.value.field == "decided_for"
    decide(step_of(request), grants=True, decided_for="王书记", by=scene.owner, on=ON, at=AT)
    assert request.steps.get().decided_for == "王书记"


def test_a_name_is_kept_only_of_an_office_without_an_account(scene: Scene) -> None:
    request = scene.ask("2026-11-03")
    decide(step_of(request), grants=True, decided_for="别人", by=scene.host, on=ON, at=AT)
    assert request.steps.get().decided_for == ""


def test_what_the_term_no_longer_holds_is_not_granted(scene: Scene) -> None:
    request = scene.ask("2026-11-03")
    scene.placement.ends_on = dt.date(2026, 11, 3)
    scene.placement.save()
    with pytest.raises(RefusedLeaveError):
        decide(step_of(request), grants=True, by=scene.host, on=ON, at=AT)
    assert decide(step_of(request), grants=False, words="期限有变", by=scene.host, on=ON, at=AT)


def named(scene: Scene, deputy, first: dt.date = ON, days: int = 7) -> StandIn:
    return name_stand_in(
        scene.township,
        Role.HOST_UNIT,
        deputy=deputy,
        starts_on=first,
        ends_on=first + dt.timedelta(days=days),
        by=scene.host,
        on=ON,
        at=AT,
    )


def colleague(scene: Scene, **fields):
    found = make_user(**fields)
    found.unit = scene.township
    found.save()
    return found


def test_a_deputy_decides_once_accepted_and_within_the_days(scene: Scene) -> None:
    deputy = colleague(scene, name="副镇长")
    request = scene.ask("2026-11-03")
    row = named(scene, deputy)
    assert Notice.objects.filter(recipient=deputy).get().title == "镇党委书记委托您代批请假，请确认"
    assert not steps_waiting(deputy, ON).exists()
    with pytest.raises(NotAllowedError):
        decide(step_of(request), grants=True, by=deputy, on=ON, at=AT)
    with pytest.raises(NotAllowedError):
        accept(row, by=scene.host, at=AT)
    accept(row, by=deputy, at=AT)
    accept(row, by=deputy, at=AT)
    assert AuditEvent.objects.filter(action="leave_stand_in.accept").count() == 1
    first, last, after = ON, ON + dt.timedelta(days=6), ON + dt.timedelta(days=7)
    assert [
        steps_waiting(deputy, day).count() for day in (first - dt.timedelta(days=1), first, last, after)
    ] == [
        0,
        1,
        1,
        0,
    ]
    with pytest.raises(NotAllowedError):
        decide(step_of(request), grants=True, by=deputy, on=after, at=AT)
    decide(step_of(request), grants=True, by=deputy, on=last, at=AT)
    kept = request.steps.get()
    assert (kept.decided_by, kept.stand_in) == (deputy, row)


def test_a_deputy_is_told_of_new_requests(scene: Scene) -> None:
    deputy = colleague(scene)
    accept(named(scene, deputy), by=deputy, at=AT)
    scene.ask("2026-11-03")
    assert Notice.objects.filter(recipient=deputy, title__contains="请审批").count() == 1


def test_a_deputy_does_not_decide_on_their_own(scene: Scene) -> None:
    scene.person.unit = scene.township
    scene.person.save()
    accept(named(scene, scene.person), by=scene.person, at=AT)
    request = scene.ask("2026-11-03")
    assert not steps_waiting(scene.person, ON).exists()
    with pytest.raises(NotAllowedError):
        decide(step_of(request), grants=True, by=scene.person, on=ON, at=AT)


def test_a_deputy_who_ended_it_no_longer_decides(scene: Scene) -> None:
    deputy = colleague(scene)
    row = named(scene, deputy)
    accept(row, by=deputy, at=AT)
    with pytest.raises(NotAllowedError):
        end(row, by=scene.local, at=AT)
    end(row, by=deputy, at=AT)
    scene.ask("2026-11-03")
    assert not steps_waiting(deputy, ON).exists()
    with pytest.raises(StandInError):
        end(row, by=scene.host, at=AT)


def test_the_office_takes_it_back(scene: Scene) -> None:
    row = named(scene, colleague(scene))
    assert end(row, by=scene.host, at=AT).closed_at == AT


def test_who_may_stand_in_and_for_how_long(scene: Scene) -> None:
    deputy = colleague(scene)
    with pytest.raises(StandInError) as found:
        named(scene, scene.local)
    assert found.value.field == "deputy"
    with pytest.raises(StandInError):
        named(scene, colleague(scene, role=Role.SYSTEM_ADMINISTRATOR, unit=scene.root))
    with pytest.raises(StandInError):
        named(scene, scene.host)
    with pytest.raises(StandInError):
        named(scene, deputy, days=0)
    with pytest.raises(StandInError):
        named(scene, deputy, first=ON - dt.timedelta(days=7))  # over yesterday
    with pytest.raises(StandInError):
        named(scene, deputy, days=93)
    row = named(scene, deputy, days=92)
    assert named(scene, deputy, days=92) == row
    with pytest.raises(StandInError, match="已经委托过"):
        named(scene, deputy, days=3)
    with pytest.raises(NotAllowedError):
        name_stand_in(
            scene.department,
            Role.ORGANISATION_DEPARTMENT,
            deputy=deputy,
            starts_on=ON,
            ends_on=ON + dt.timedelta(days=1),
            by=scene.host,
            on=ON,
            at=AT,
        )


def test_what_waits_is_on_the_list_of_who_decides(scene: Scene) -> None:
    scene.ask("2026-11-03", "2026-11-04")
    line = next(one for one in waiting_for(scene.host, ON) if "审批" in one.title)
    assert line.title == "张三请年休假 2 天（2026-11-03至2026-11-04），请审批"
    assert (line.due_on, line.unit, line.status) == (dt.date(2026, 11, 3), "示例镇", "warn")
    for user in (scene.host, scene.owner, scene.person, scene.local):
        assert count_waiting(user, ON) == len(waiting_for(user, ON))
    assert [one for one in waiting_for(scene.person, ON) if "请假" in one.title] == []
