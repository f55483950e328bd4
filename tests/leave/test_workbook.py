"""The leave workbook: out, filled in by hand, and in again with the checks of the page."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.leave.scene import AT, ON, Scene
from tests.makers import make_person, make_placement, make_post, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.files.columns.leave import LEAVE
from secondment.leave.choices import LeaveState, Source
from secondment.leave.imports import read_leave
from secondment.leave.models import LeaveEntry, LeaveRequest
from secondment.leave.services import RefusedLeaveError, take_in_workbook
from secondment.leave.workbooks import leave_workbook, read_key, row_key
from secondment.placements.choices import PlacementState

PLACES = {column.key: number for number, column in enumerate(LEAVE, start=1)}
ASKED = {"type": "年假", "starts_on": "2026-11-03", "last_on": "2026-11-04"}


@pytest.fixture
def offline(scene: Scene) -> Scene:
    """Nobody can sign in for the township."""
    RoleAssignment.objects.filter(user=scene.host).delete()
    return scene


def filled(scene: Scene, *rows: dict[str, str], granted=()) -> bytes:
    """The workbook as it was downloaded, its rows filled in in their order."""
    book = load_workbook(io.BytesIO(leave_workbook([scene.placement], list(granted))))
    sheet = book.worksheets[0]
    for line, cells in enumerate(rows, start=2):
        for key, text in cells.items():
            sheet.cell(line, PLACES[key]).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def planned(scene: Scene, *rows: dict[str, str], by: User | None = None, on: dt.date = ON, granted=()):
    return read_leave(filled(scene, *rows, granted=granted), file="请假.xlsx", user=by or scene.owner, on=on)


def told(plan) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.found) for one in plan.refused]


def test_empty_rows_do_nothing(scene: Scene) -> None:
    plan = planned(scene)
    assert (plan.lines, plan.refused) == ([], [])


def test_a_row_asks_and_the_same_file_again_does_nothing(scene: Scene) -> None:
    plan = planned(
        scene,
        ASKED,
        {
            "type": "事假",
            "starts_on": "2026-11-06",
            "starts_half": "下午",
            "last_on": "2026-11-06",
            "reason": "看房",
        },
    )
    assert take_in_workbook(plan, by=scene.owner, on=ON, at=AT) == 2
    rows = LeaveRequest.objects.order_by("pk")
    assert [(one.type, one.half_days, one.source, one.state) for one in rows] == [
        ("annual", 4, Source.WORKBOOK, LeaveState.ASKED),
        ("personal", 1, Source.WORKBOOK, LeaveState.ASKED),
    ]
    again = planned(scene, ASKED)
    assert (again.to_write, len(again.lines)) == ([], 1)


def test_what_was_decided_on_paper(offline: Scene) -> None:
    row = ASKED | {"decided_for": "王书记", "back_on": "2026-11-06"}
    plan = planned(offline, row, on=dt.date(2026, 11, 6))
    assert take_in_workbook(plan, by=offline.owner, on=dt.date(2026, 11, 6), at=AT) == 1
    request = LeaveRequest.objects.get()
    assert (request.state, request.steps.get().decided_for) == (LeaveState.RETURNED, "王书记")
    assert [(one.kind, one.half_days) for one in LeaveEntry.objects.all()] == [("granted", 4), ("late", 2)]


def test_offices_with_an_account_decide_themselves(scene: Scene) -> None:
    plan = planned(scene, ASKED | {"decided_for": "王书记"})
    assert told(plan) == [(2, "审批人", "示例镇有账号，由其在系统中审批")]
    with pytest.raises(RefusedLeaveError):
        take_in_workbook(plan, by=scene.owner, on=ON, at=AT)


def test_only_the_department_writes_down(offline: Scene) -> None:
    village = make_user(Role.HOST_UNIT, offline.village)
    assert told(planned(offline, ASKED | {"decided_for": "王书记"}, by=village)) == [
        (2, "审批人", "审批结果由主办组织部门登记")
    ]


def test_a_return_in_the_workbook(scene: Scene) -> None:
    request = scene.granted("2026-11-03", "2026-11-04")
    back = {"back_on": "2026-11-05"}
    later = dt.date(2026, 11, 6)
    plan = planned(scene, back, granted=[request], on=later)
    assert [str(one.new) for one in plan.lines[0].differences] == ["2026-11-05上午"]
    take_in_workbook(plan, by=scene.owner, on=later, at=AT)
    request.refresh_from_db()
    assert request.state == LeaveState.RETURNED
    assert planned(scene, back, granted=[request], on=later).to_write == []
    other = planned(scene, {"back_on": "2026-11-06"}, granted=[request], on=later)
    assert told(other) == [(2, "返岗日期", "这次请假现在不能销假")]
    assert planned(scene, {"back_half": "下午"}, granted=[request], on=later).lines == []


def test_a_return_in_the_workbook_lies_before_the_next_leave(scene: Scene) -> None:
    request = scene.granted("2026-11-03")
    scene.granted("2026-11-05")
    on = dt.date(2026, 11, 9)
    assert planned(scene, {"back_on": "2026-11-05"}, granted=[request], on=on).refused == []
    assert told(planned(scene, {"back_on": "2026-11-06"}, granted=[request], on=on)) == [
        (2, "返岗日期", "返岗晚于另一次请假的开始（2026-11-05上午）")
    ]


@pytest.mark.parametrize(
    ("cells", "column", "found"),
    [
        ({"type": "年假", "starts_on": "2026-11-03"}, "结束日期", "没有填写"),
        ({"type": "旅游", "starts_on": "2026-11-03", "last_on": "2026-11-03"}, "假别", "旅游"),
        ({"type": "年假", "starts_on": "11月", "last_on": "2026-11-03"}, "开始日期", "11月"),
        ({"type": "年假", "starts_on": "2026-11-07", "last_on": "2026-11-08"}, "开始日期", "都是休息日"),
        ({"type": "年假", "starts_on": "2026-11-05", "last_on": "2026-11-04"}, "结束日期", "结束早于开始"),
        (ASKED | {"back_on": "2026-11-05"}, "返岗日期", "还没有到"),
        (ASKED | {"back_on": "2026-11-01"}, "返岗日期", "不晚于请假开始"),
        (ASKED | {"back_on": "2026-11-01"}, "审批人", "没有填审批人"),
        (ASKED | {"deputy_name": "李四"}, "代行工作人电话", "只填了一项"),
    ],
)
def test_every_fault_names_row_and_column(scene: Scene, cells: dict, column: str, found: str) -> None:
    plan = planned(scene, cells)
    assert any(line == 2 and place == column and found in words for line, place, words in told(plan))


def test_rows_of_one_person_do_not_overlap(scene: Scene) -> None:
    plan = planned(scene, ASKED, {"type": "病假", "starts_on": "2026-11-04", "last_on": "2026-11-05"})
    assert told(plan) == [(3, "开始日期", "与第2行的请假重叠")]


def test_keys_are_ours_and_belong_to_the_name(scene: Scene) -> None:
    assert read_key(row_key(5, 7)) == (5, 7)
    assert read_key("L5.7.0000000000000000") is None
    assert read_key("") is None
    assert told(planned(scene, ASKED | {"key": "L1.0.x"}))[0][2].startswith("行标识缺失")
    assert told(planned(scene, ASKED | {"name": "李四"}))[0][2] == "行标识属于张三，本行写的是“李四”"
    assert told(planned(scene, ASKED, by=make_user(Role.HOST_UNIT, scene.home)))[0][2].startswith(
        "这一行的人员"
    )


def test_a_return_of_what_was_cancelled(scene: Scene) -> None:
    request = scene.granted("2026-11-03")
    LeaveRequest.objects.filter(pk=request.pk).update(state=LeaveState.CANCELLED)
    plan = planned(scene, {"back_on": "2026-11-02"}, granted=[request])
    assert told(plan) == [(2, "返岗日期", "这次请假已撤销")]


def test_out_and_in_over_the_pages(offline: Scene, signed_in) -> None:
    client = signed_in(offline.owner)
    answer = client.get(f"/leave/sheet/?unit={offline.township.pk}")
    assert b"".join(answer) if answer.streaming else answer.content
    assert client.get("/leave/sheet/").status_code == 200
    assert client.get("/leave/sheet/?unit=999999").status_code == 404
    file = SimpleUploadedFile("请假.xlsx", filled(offline, ASKED))
    review = client.post("/leave/import/", {"file": file}, follow=True)
    assert "张三 · 2026-11-03至2026-11-04" in text_of(review)
    done = client.post(review.context["confirm_url"], follow=True)
    assert "已写入 1 行。" in text_of(done)
    assert LeaveRequest.objects.count() == 1


def test_one_workbook_holds_so_many(scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch) -> None:
    make_placement(
        scene.placement.campaign,
        make_person(scene.home),
        make_post(scene.village),
        starts_on=scene.placement.starts_on,
        ends_on=scene.placement.ends_on,
        state=PlacementState.IN_POST,
    )
    monkeypatch.setattr("secondment.placements.office_sheets.MOST_PEOPLE", 1)
    answer = signed_in(scene.owner).get("/leave/sheet/")
    assert (answer.status_code, "最多 1 人" in answer.content.decode()) == (409, True)
