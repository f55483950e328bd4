"""Asking for leave: who decides, what is refused, what is never made twice."""

import datetime as dt

import pytest
from tests.leave.scene import AT, ON, Scene, make_scene
from tests.makers import make_person, make_placement, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.leave.choices import LeaveType, Source
from secondment.leave.levels import approval_for, level_for, levels_of, local_department
from secondment.leave.models import LeaveRequest, LeaveStep
from secondment.leave.services import RefusedLeaveError, ask_for_leave, withdraw
from secondment.notices.models import Notice
from secondment.placements.choices import PlacementState
from secondment.units.models import Unit


def refused(scene: Scene, *given: str, **fields) -> RefusedLeaveError:
    with pytest.raises(RefusedLeaveError) as found:
        scene.ask(*given, **fields)
    return found.value


def test_a_request_goes_at_once_to_who_decides(scene: Scene) -> None:
    request = scene.ask(
        "2026-11-03", "2026-11-05am", reason="", deputy_name="李四", deputy_contact="13800000000"
    )
    assert (request.half_days, request.days, request.state, request.source) == (5, 2.5, "asked", Source.OWN)
    assert request.level == "乡镇党委书记"
    assert [(one.unit, one.role) for one in request.steps.all()] == [(scene.township, Role.HOST_UNIT)]
    told = Notice.objects.get()
    assert (told.recipient, told.title) == (scene.host, "张三请假2.5天，请审批")
    assert told.path == f"/leave/{request.pk}/"
    event = AuditEvent.objects.get(action="leave_request.ask")
    assert event.details == {"from": "2026-11-03", "to": "2026-11-05", "days": "2.5"}


@pytest.mark.parametrize(("last", "offices"), [("2026-11-05", 1), ("2026-11-06am", 2), ("2026-11-06", 2)])
def test_the_level_follows_the_working_days(scene: Scene, last: str, offices: int) -> None:
    request = scene.ask("2026-11-03", last)
    units = [scene.township, scene.department][:offices]
    assert [one.unit for one in request.steps.all()] == units


def test_levels_of_all_kinds_resolve_to_real_offices(scene: Scene) -> None:
    def offices(chain: str, approver: str = "某人") -> list[Unit]:
        version = scene.placement.programme_version
        version.parameters = {"leave_levels": [{"up_to_days": None, "approver": approver, "chain": chain}]}
        return [one.unit for one in approval_for(scene.placement, 2).offices]

    assert offices("host") == [scene.township]
    assert offices("host_local") == [scene.township, scene.department]
    assert offices("host_owner") == [scene.township, scene.root]
    assert offices("owner") == [scene.root]
    assert offices("", "乡镇党委书记") == [scene.township]
    assert offices("", "乡镇党委书记和县委组织部") == [scene.township, scene.department]
    assert offices("", "上级组织部门") == [scene.township, scene.root]
    Unit.objects.filter(pk=scene.department.pk).update(is_active=False)
    assert local_department(scene.placement) == scene.root


def test_a_host_that_is_no_village_decides_itself(scene: Scene) -> None:
    Unit.objects.filter(pk=scene.village.pk).update(kind="government_organ")
    scene.placement.host_unit.refresh_from_db()
    assert [one.unit for one in approval_for(scene.placement, 2).offices] == [scene.village]


def test_levels_as_the_programme_has_them(scene: Scene) -> None:
    assert [one.up_to_days for one in levels_of(scene.placement)] == [3, None]
    assert [level_for(scene.placement, n).up_to_days for n in (1, 6, 7)] == [3, 3, None]


def test_an_office_without_an_account_says_so_and_the_department_is_told(scene: Scene) -> None:
    RoleAssignment.objects.filter(user=scene.host).delete()
    assert [one.has_account for one in approval_for(scene.placement, 7).offices] == [False, True]
    scene.ask("2026-11-03")
    assert [one.recipient for one in Notice.objects.all()] == [scene.owner]


def test_the_same_asked_twice_is_one(scene: Scene) -> None:
    first = scene.ask("2026-11-03")
    again = ask_for_leave(scene.draft("2026-11-03"), by=scene.person, on=ON, at=AT)
    assert (again.request.pk, again.is_new) == (first.pk, False)
    assert (LeaveRequest.objects.count(), LeaveStep.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_the_same_days_for_something_else_overlap(scene: Scene) -> None:
    scene.ask("2026-11-03")
    error = refused(scene, "2026-11-03", type=LeaveType.SICK)
    assert (
        str(error) == "与已有的请假重叠：年休假，2026-11-03，待批，请改时间；原来那次有误的，请先撤回或撤销。"
    )
    assert error.field == "starts_on"


def test_halves_of_a_day_do_not_overlap(scene: Scene) -> None:
    scene.ask("2026-11-03", "2026-11-03am")
    assert scene.ask("2026-11-03pm").half_days == 1
    assert LeaveRequest.objects.count() == 2


def test_what_was_withdrawn_or_refused_takes_no_days(scene: Scene) -> None:
    withdraw(scene.ask("2026-11-03"), by=scene.person, at=AT)
    assert scene.ask("2026-11-03").pk


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-01-02", "2026-01-06"), ("2028-01-04", "2028-01-05"), ("2025-12-01", "2025-12-02")],
)
def test_out_of_term_is_refused(scene: Scene, first: str, last: str) -> None:
    error = refused(scene, first, last)
    assert "请假时间不全在挂职期内（2026-01-05至2028-01-04）" in str(error)


@pytest.mark.parametrize("day", ["2026-01-05", "2028-01-04"])
def test_the_first_and_the_last_day_are_within(scene: Scene, day: str) -> None:
    assert scene.ask(day).half_days == 2


def test_the_term_begins_with_the_report_for_duty(scene: Scene) -> None:
    scene.placement.reported_on = dt.date(2026, 1, 7)
    scene.placement.save()
    assert "2026-01-07至" in str(refused(scene, "2026-01-06"))
    assert scene.ask("2026-01-07").pk


def test_days_off_need_no_leave(scene: Scene) -> None:
    error = refused(scene, "2026-11-07", "2026-11-08")
    assert str(error) == "这段时间都是休息日或节假日，休息日不用请假；日期有误的，请改正。"
    assert str(refused(scene, "2026-10-01", "2026-10-07")).startswith("这段时间都是休息日")


def test_a_working_saturday_is_leave(scene: Scene) -> None:
    assert scene.ask("2026-02-28").half_days == 2  # a working day instead of a spring holiday


def test_the_end_before_the_beginning(scene: Scene) -> None:
    error = refused(scene, "2026-11-04", "2026-11-03")
    assert (error.field, str(error)) == ("last_on", "结束早于开始，请核对起止日期和上午、下午。")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"deputy_name": "李四"}, "deputy_contact"),
        ({"deputy_contact": "138"}, "deputy_name"),
        ({"type": LeaveType.PERSONAL}, "reason"),
    ],
)
def test_half_of_something_is_refused_where_it_is_missing(scene: Scene, fields: dict, field: str) -> None:
    assert refused(scene, "2026-11-03", **fields).field == field


def test_every_reason_is_said(scene: Scene) -> None:
    error = refused(scene, "2026-11-07", type=LeaveType.PERSONAL)
    assert len(error.reasons) == 2


def test_nobody_asks_who_is_not_in_post(scene: Scene) -> None:
    scene.placement.state = PlacementState.ENDED
    scene.placement.save()
    assert refused(scene, "2026-11-03").field == "placement"


def test_clerks_ask_for_those_without_an_account(scene: Scene) -> None:
    assert scene.ask("2026-11-03", by=scene.host).source == Source.CLERK
    assert scene.ask("2026-11-04", by=scene.owner).source == Source.CLERK


@pytest.mark.parametrize("role", [Role.HOME_UNIT, Role.LEADER, Role.HOST_UNIT, Role.SECONDEE])
def test_strangers_and_the_home_unit_do_not_ask(scene: Scene, role: Role) -> None:
    unit = scene.home if role in (Role.HOME_UNIT, Role.HOST_UNIT) else scene.root
    with pytest.raises(NotAllowedError):
        scene.ask("2026-11-03", by=make_user(role, unit))


def test_the_reason_is_sealed_for_its_row(scene: Scene) -> None:
    request = scene.ask("2026-11-03", reason="复查")
    other = scene.ask("2026-11-04")
    assert request.reason == "复查"
    assert other.reason == ""
    assert "复查".encode() not in bytes(request.reason_sealed)
    other.reason_sealed = request.reason_sealed
    with pytest.raises(Exception, match=r"^$"):
        _ = other.reason


def test_others_do_not_take_ones_days(scene: Scene) -> None:
    other = make_placement(
        scene.placement.campaign,
        make_person(scene.home),
        scene.placement.post,
        starts_on=scene.placement.starts_on,
        ends_on=scene.placement.ends_on,
        state=PlacementState.IN_POST,
    )
    scene.ask("2026-11-03")
    assert scene.ask("2026-11-03", placement=other, by=scene.host).pk


def test_a_scene_of_another_programme(db: None) -> None:
    assert (
        make_scene({"leave_levels": [{"up_to_days": None, "approver": "某"}]}).ask("2026-11-03").level == "某"
    )
