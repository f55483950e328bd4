"""Collective workbooks: out with everything known, in with the checks of the web, over the gap and back."""

import datetime as dt
import io
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.daily_work.scene import AT, OCTOBER, ON, SEPTEMBER, Scene, ask_for_records, make_scene
from tests.makers import make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.common.list_import import ListImport
from secondment.daily_work import sheets
from secondment.daily_work.choices import Source
from secondment.daily_work.content import Notice, Presence, Report
from secondment.daily_work.imports import SheetLine, read_sheet
from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation
from secondment.daily_work.queries import about, handed_in_by
from secondment.daily_work.services import (
    Entry,
    RefusedRowsError,
    confirm_presence,
    hand_in_reports,
    hand_in_workbook,
    send_notices,
)
from secondment.daily_work.sheets import (
    MONTH_SHEET,
    QUARTER_SHEET,
    SheetKind,
    read_key,
    row_key,
    sheet_workbook,
)
from secondment.daily_work.views import sheets as views
from secondment.obligations.models import Obligation, ObligationState
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.units.models import Unit

CLERK = "王示例"


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    return make_scene(3)


class Sheet:
    """A workbook as a clerk has it open."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content))
        page = self.book.worksheets[0]
        assert isinstance(page, Worksheet)
        self.page = page
        self.columns = {cell.value: cell.column for cell in page[1]}

    def cell(self, line: int, title: str):
        return self.page.cell(line, self.columns[title])

    def fill(self, line: int, **cells: object) -> "Sheet":
        for title, value in cells.items():
            self.cell(line, title).value = value
        return self

    def content(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def made(kind: SheetKind, user: User, ends_on: dt.date, office: Unit | None = None) -> Sheet:
    rows = list(about(handed_in_by(user, *kind.cycles), ends_on))
    return Sheet(sheet_workbook(kind, rows, ends_on, office, user=user))


def plan_of(kind: SheetKind, content: bytes, user: User, on: dt.date = ON) -> ListImport[SheetLine]:
    return read_sheet(kind, content, file="汇总表.xlsx", user=user, on=on)


def handed_in(kind: SheetKind, content: bytes, user: User, on: dt.date = ON) -> int:
    plan = plan_of(kind, content, user, on)
    assert plan.refused == []
    return hand_in_workbook(plan, by=user, on=on, at=AT)


def faults_of(kind: SheetKind, sheet: Sheet, user: User) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.found) for one in plan_of(kind, sheet.content(), user).refused]


# out


def test_known_cells_are_filled_and_locked_and_the_key_is_hidden(scene: Scene) -> None:
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER)
    first = scene.people[0]
    assert list(sheet.columns) == [
        *("行标识", "姓名", "派出单位", "接收单位", "挂任职务", "期间"),
        *("应在岗工作日", "离岗天数", "离岗原因", "填表人"),
    ]
    assert [cell.value for cell in sheet.page[2]][1:] == [
        *(
            first.person.name,
            "示例厅",
            first.host_unit.name,
            "驻村第一书记",
            "2026年9月",
            "22",
            "0",
            None,
            None,
        )
    ]
    assert sheet.page.protection.sheet
    assert sheet.page.column_dimensions["A"].hidden
    unlocked = [title for title in sheet.columns if not sheet.cell(2, title).protection.locked]
    assert unlocked == ["离岗天数", "离岗原因", "填表人"]


def test_what_stands_already_is_prefilled(scene: Scene) -> None:
    confirm_presence([Entry(scene.people[0], Presence(5, "年休假"))], SEPTEMBER, by=scene.owner, on=ON, at=AT)
    hand_in_reports([Entry(scene.people[0], Report(work="修路"))], SEPTEMBER, by=scene.owner, on=ON, at=AT)
    hand_in_reports(
        [Entry(scene.people[1], Report(has_no_news=True))], SEPTEMBER, by=scene.owner, on=ON, at=AT
    )
    month = made(MONTH_SHEET, scene.owner, SEPTEMBER)
    assert (month.cell(2, "离岗天数").value, month.cell(2, "离岗原因").value) == ("2.5", "年休假")
    quarter = made(QUARTER_SHEET, scene.owner, SEPTEMBER)
    assert (quarter.cell(2, "无新情况").value, quarter.cell(2, "工作").value) == (None, "修路")
    assert (quarter.cell(3, "无新情况").value, quarter.cell(3, "工作").value) == ("是", None)
    assert quarter.cell(4, "无新情况").value is None


def test_an_office_is_asked_for_what_it_owes_alone(scene: Scene) -> None:
    scene.add(1)
    township = made(QUARTER_SHEET, scene.owner, SEPTEMBER, scene.townships[0])
    assert township.page.max_row == 4
    assert "重大事项" not in township.columns
    home = made(QUARTER_SHEET, scene.owner, SEPTEMBER, scene.home)
    assert home.page.max_row == 5
    assert "工作" not in home.columns
    assert {"思想", "后勤保障"} <= set(made(QUARTER_SHEET, scene.owner, SEPTEMBER).columns)
    host_row = made(QUARTER_SHEET, scene.owner, SEPTEMBER, scene.county)
    assert "工作" in host_row.columns
    assert "后勤保障" not in host_row.columns


def test_a_row_for_which_a_part_is_not_owed_has_it_locked(scene: Scene) -> None:
    village = make_unit(parent=scene.townships[0])
    Placement.objects.filter(pk=scene.people[0].pk).update(home_unit=village)
    sheet = made(QUARTER_SHEET, scene.owner, SEPTEMBER, scene.townships[0])
    locked = {
        sheet.cell(line, "姓名").value: (
            sheet.cell(line, "工作").protection.locked,
            sheet.cell(line, "后勤保障").protection.locked,
        )
        for line in range(2, 5)
    }
    assert locked[scene.people[0].person.name] == (False, False)
    assert locked[scene.people[1].person.name] == (False, True)


def test_each_side_has_its_own_part_and_reads_no_other(scene: Scene) -> None:
    entry = Entry(scene.people[0], Notice(logistics="家属体检"), adds=True)
    send_notices([entry], SEPTEMBER, by=scene.owner, on=ON, at=AT)
    host = made(QUARTER_SHEET, scene.host_clerk(), SEPTEMBER)
    assert {"思想", "后勤保障"} & set(host.columns) == {"思想"}
    home = made(QUARTER_SHEET, scene.home_clerk(), SEPTEMBER)
    assert {"思想", "后勤保障"} & set(home.columns) == {"后勤保障"}
    assert home.cell(2, "后勤保障").value == "家属体检"


# in


def test_a_month_comes_in_with_its_clerk_and_closes_the_same_obligations(scene: Scene) -> None:
    ask_for_records(on=ON)
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER)
    sheet.fill(2, 填表人=CLERK, 离岗天数="2.5", 离岗原因="年休假")
    plan = plan_of(MONTH_SHEET, sheet.content(), scene.owner)
    assert len(plan.report().created) == 3
    assert hand_in_workbook(plan, by=scene.owner, on=ON, at=AT) == 3
    rows = PresenceConfirmation.objects.order_by("placement")
    assert [(one.half_days_away, one.cause) for one in rows] == [(5, "年休假"), (0, ""), (0, "")]
    assert {(one.source, one.clerk, one.handed_in_by) for one in rows} == {
        (Source.WORKBOOK, CLERK, scene.owner)
    }
    owed = Obligation.objects.filter(kind="presence_confirmation", period_ends_on=SEPTEMBER)
    assert {one.state for one in owed} == {ObligationState.MET}
    assert AuditEvent.objects.filter(action="presence_confirmation.hand_in").count() == 3


def test_the_same_file_again_changes_nothing(scene: Scene) -> None:
    content = made(MONTH_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK).content()
    handed_in(MONTH_SHEET, content, scene.owner)
    report = plan_of(MONTH_SHEET, content, scene.owner).report()
    assert (report.n_unchanged, report.n_to_write, report.may_be_written) == (3, 0, False)


def test_a_changed_cell_comes_in_as_a_correction_that_is_shown_before(scene: Scene) -> None:
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK)
    handed_in(MONTH_SHEET, sheet.content(), scene.owner)
    sheet.fill(3, 离岗天数="1", 离岗原因="病假")
    plan = plan_of(MONTH_SHEET, sheet.content(), scene.owner)
    (changed,) = plan.report().changed
    assert [(one.label, one.old, one.new) for one in changed.differences] == [
        ("离岗天数", "0", "1"),
        ("离岗原因", "", "病假"),
    ]
    assert hand_in_workbook(plan, by=scene.owner, on=ON, at=AT) == 1
    assert PresenceConfirmation.objects.filter(is_current=False).count() == 1


def test_a_quarter_hands_in_reports_and_notices_and_leaves_empty_rows_open(scene: Scene) -> None:
    sheet = made(QUARTER_SHEET, scene.owner, SEPTEMBER)
    sheet.fill(2, 填表人=CLERK, 无新情况="是", 后勤保障="体检在十月")
    sheet.fill(3, 工作="修路")
    plan = plan_of(QUARTER_SHEET, sheet.content(), scene.owner)
    report = plan.report()
    assert [one.line for one in report.created] == [2, 3]
    assert {"found": "没有填写，仍为未报：{name}", "remedy": "", "name": scene.people[2].person.name} in [
        one["values"] for one in report.notes
    ]
    hand_in_workbook(plan, by=scene.owner, on=ON, at=AT)
    assert list(HostReport.objects.order_by("placement").values_list("has_no_news", "work")) == [
        (True, ""),
        (False, "修路"),
    ]
    assert [one.logistics for one in HomeNotice.objects.all()] == ["体检在十月"]
    again = plan_of(QUARTER_SHEET, sheet.content(), scene.owner).report()
    assert (again.n_unchanged, again.n_to_write) == (2, 0)


def test_a_notice_in_a_workbook_corrects_the_last_one_of_the_quarter(scene: Scene) -> None:
    for text in ("体检", "探亲"):
        entry = Entry(scene.people[0], Notice(logistics=text), adds=True)
        send_notices([entry], SEPTEMBER, by=scene.owner, on=ON, at=AT)
    sheet = made(QUARTER_SHEET, scene.owner, SEPTEMBER)
    assert sheet.cell(2, "后勤保障").value == "探亲"
    assert (
        handed_in(QUARTER_SHEET, sheet.fill(2, 填表人=CLERK, 后勤保障="探亲改期").content(), scene.owner) == 1
    )
    current = HomeNotice.objects.filter(is_current=True).order_by("pk")
    assert [one.logistics for one in current] == ["体检", "探亲改期"]


def test_the_same_file_again_takes_no_newer_notice_away(scene: Scene) -> None:
    sheet = made(QUARTER_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK, 后勤保障="体检")
    assert handed_in(QUARTER_SHEET, sheet.content(), scene.owner) == 1
    entry = Entry(scene.people[0], Notice(logistics="探亲"), adds=True)
    send_notices([entry], SEPTEMBER, by=scene.owner, on=ON, at=AT)
    plan = plan_of(QUARTER_SHEET, sheet.content(), scene.owner)
    assert (len(plan.lines), plan.to_write) == (1, [])
    assert handed_in(QUARTER_SHEET, sheet.content(), scene.owner) == 0
    current = HomeNotice.objects.filter(is_current=True).order_by("pk")
    assert [one.logistics for one in current] == ["体检", "探亲"]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"离岗天数": "22.5", "离岗原因": "病假"}, ("离岗天数", "离岗22.5天，多于当月应在岗的22个工作日")),
        ({"离岗天数": "两天"}, ("离岗天数", "“两天”不是天数")),
        ({"离岗天数": "1"}, ("离岗原因", "填了离岗天数，没有填原因")),
        ({"离岗天数": None}, ("离岗天数", "没有填写")),
        ({"离岗天数": "1", "离岗原因": "病" * 41}, ("离岗原因", "有41个字")),
    ],
)
def test_a_row_is_refused_as_on_the_web_and_nothing_of_the_file_is_written(
    scene: Scene, cells: dict[str, object], fault: tuple[str, str]
) -> None:
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK).fill(3, **cells)
    assert faults_of(MONTH_SHEET, sheet, scene.owner) == [(3, *fault)]
    with pytest.raises(RefusedRowsError):
        hand_in_workbook(plan_of(MONTH_SHEET, sheet.content(), scene.owner), by=scene.owner, on=ON, at=AT)
    assert PresenceConfirmation.objects.count() == 0


def test_a_third_quiet_quarter_and_too_many_characters_are_named(scene: Scene) -> None:
    for ends_on in (dt.date(2026, 4, 1), dt.date(2026, 7, 1)):
        hand_in_reports(
            [Entry(scene.people[0], Report(has_no_news=True))], ends_on, by=scene.owner, on=ON, at=AT
        )
    sheet = made(QUARTER_SHEET, scene.owner, SEPTEMBER)
    sheet.fill(2, 填表人=CLERK, 无新情况="是").fill(3, 思想="思" * 200, 工作="工" * 301)
    assert faults_of(QUARTER_SHEET, sheet, scene.owner) == [
        (2, "无新情况", "已连续2期没有情况"),
        (3, "工作", "各栏合计501个字"),
    ]


def test_a_file_without_a_clerk_is_named(scene: Scene) -> None:
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER).fill(3, 填表人=CLERK)
    assert faults_of(MONTH_SHEET, sheet, scene.owner) == [(2, "填表人", "没有写填表人")]


# keys

FRESH = "行标识缺失、被改动，或不是本系统这类汇总表的"


def test_a_key_is_read_back_and_no_other(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    key = row_key(MONTH_SHEET, 7, SEPTEMBER)
    assert read_key(MONTH_SHEET, key) == (7, SEPTEMBER)
    assert read_key(QUARTER_SHEET, key) is None
    for wrong in (
        "",
        "M20261001.7",
        key[:-1],
        key.replace(".7.", ".8."),
        key.replace("1001", "1101"),
        key + "0",
    ):
        assert read_key(MONTH_SHEET, wrong) is None
    monkeypatch.setattr(sheets, "SALT", "another system")
    assert read_key(MONTH_SHEET, key) is None


def test_a_changed_or_lost_key_is_a_named_fault(scene: Scene) -> None:
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK)
    key = sheet.cell(2, "行标识").value
    assert isinstance(key, str)
    sheet.fill(2, 行标识=key.replace("M", "Q")).fill(3, 行标识=None)
    assert faults_of(MONTH_SHEET, sheet, scene.owner) == [(2, "行标识", FRESH), (3, "行标识", FRESH)]


def test_keys_that_were_moved_between_rows_are_named(scene: Scene) -> None:
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK)
    one, other = sheet.cell(2, "行标识").value, sheet.cell(3, "行标识").value
    sheet.fill(2, 行标识=other).fill(3, 行标识=one)
    names = [placement.person.name for placement in scene.people]
    assert faults_of(MONTH_SHEET, sheet, scene.owner) == [
        (2, "行标识", f"行标识属于{names[1]}（{names[1]}），本行写的是“{names[0]}”"),
        (3, "行标识", f"行标识属于{names[0]}（{names[0]}），本行写的是“{names[1]}”"),
    ]


def test_a_copied_row_is_named(scene: Scene) -> None:
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK)
    for title in sheet.columns:
        sheet.cell(5, title).value = sheet.cell(2, title).value
    assert faults_of(MONTH_SHEET, sheet, scene.owner) == [(5, "行标识", "行标识与第2行相同")]


def test_rows_of_two_periods_are_named(scene: Scene) -> None:
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK)
    other = made(MONTH_SHEET, scene.owner, dt.date(2026, 9, 1))
    sheet.fill(3, 行标识=other.cell(3, "行标识").value)
    assert faults_of(MONTH_SHEET, sheet, scene.owner) == [(3, "行标识", "这一行与第一行不是同一期的")]


def test_a_row_about_somebody_elses_secondee_is_named(scene: Scene) -> None:
    content = made(MONTH_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK)
    found = faults_of(MONTH_SHEET, content, scene.host_clerk(1))
    assert [line for line, _field, _found in found] == [2, 3, 4]
    assert {words for _line, _field, words in found} == {"这一行的人员不由您的单位报送，或挂职已取消"}
    assert faults_of(MONTH_SHEET, content, scene.host_clerk(0)) == []
    Placement.objects.filter(pk=scene.people[0].pk).update(state=PlacementState.CANCELLED)
    assert [line for line, *_rest in faults_of(MONTH_SHEET, content, scene.owner)] == [2]


def test_a_host_cannot_hand_in_the_part_of_the_home_unit(scene: Scene) -> None:
    sheet = made(QUARTER_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK, 工作="修路", 后勤保障="体检")
    assert faults_of(QUARTER_SHEET, sheet, scene.host_clerk()) == [
        (2, "本季度无事项", "您的单位不报送本人的这部分内容")
    ]


def test_a_part_that_lost_a_column_is_named_before_it_can_empty_anything(scene: Scene) -> None:
    sheet = made(QUARTER_SHEET, scene.owner, SEPTEMBER).fill(2, 填表人=CLERK, 工作="修路")
    sheet.page.delete_cols(sheet.columns["生活"])
    assert (1, "生活", "缺少这一列") in faults_of(QUARTER_SHEET, sheet, scene.owner)


def test_a_file_without_any_readable_key_hands_in_nothing(scene: Scene) -> None:
    sheet = made(MONTH_SHEET, scene.owner, SEPTEMBER)
    for line in (2, 3, 4):
        sheet.fill(line, 行标识="x", 填表人=CLERK)
    assert faults_of(MONTH_SHEET, sheet, scene.owner) == [(line, "行标识", FRESH) for line in (2, 3, 4)]
    sheet.page.delete_rows(2, 3)
    with pytest.raises(RefusedRowsError):
        hand_in_workbook(plan_of(MONTH_SHEET, sheet.content(), scene.owner), by=scene.owner, on=ON, at=AT)


def test_a_month_handed_in_too_early_is_named(scene: Scene) -> None:
    sheet = made(MONTH_SHEET, scene.owner, OCTOBER).fill(2, 填表人=CLERK)
    found = faults_of(MONTH_SHEET, sheet, scene.owner)
    assert found == [(line, "姓名", "这一期还没有结束") for line in (2, 3, 4)]


# pages


def uploaded(client: Client, kind: str, content: bytes):
    file = io.BytesIO(content)
    file.name = "汇总表.xlsx"
    return client.post(reverse(f"daily_work:{kind}_import"), {"file": file}, follow=True)


@pytest.mark.parametrize("line", [2, 3])
def test_rows_with_faults_are_set_aside_and_the_rest_goes_on(scene: Scene, signed_in, line: int) -> None:
    """The name of the clerk, which stands in the first row, is kept in both parts."""
    client = signed_in(scene.owner)
    content = client.get(f"/daily/sheets/month/?until={SEPTEMBER}").content
    sheet = Sheet(content).fill(2, 填表人=CLERK).fill(line, 离岗天数="1")
    review = uploaded(client, "month", sheet.content())
    assert "填了离岗天数，没有填原因" in text_of(review)
    rest = client.post(review.context["aside_url"], follow=True)
    done = client.post(rest.context["confirm_url"], follow=True)
    assert "已报送 2 人。" in text_of(done)
    assert "有问题的行没有写入，更正表保留一天。" in text_of(done)
    assert f'href="{rest.context["faulty"]}"' in done.content.decode()
    assert PresenceConfirmation.objects.count() == 2
    faulty = Sheet(client.get(rest.context["faulty"]).content)
    assert faulty.cell(2, "姓名").value == scene.people[line - 2].person.name
    assert faulty.cell(2, "填表人").value == CLERK
    faulty.fill(2, 离岗原因="病假")
    again = uploaded(client, "month", faulty.content())
    client.post(again.context["confirm_url"], follow=True)
    assert PresenceConfirmation.objects.get(half_days_away=2).cause == "病假"


def test_offices_of_a_scope_each_have_their_workbooks(scene: Scene, signed_in) -> None:
    scene.add(1)
    client = signed_in(scene.owner)
    page = client.get(f"/daily/sheets/?until={SEPTEMBER}")
    rows = {
        one.item.unit.name: (one.item.n_received, one.item.n_sent) for one in page.context["listing"].rows()
    }
    assert rows["示例县"] == (4, 0)
    assert rows["示例镇0"] == (3, 0)
    assert rows["示例厅"] == (0, 4)
    text = page.content.decode()
    assert f"/daily/sheets/quarter/?until={SEPTEMBER}&amp;unit={scene.home.pk}" in text
    assert f"/daily/sheets/month/?until={SEPTEMBER}&amp;unit={scene.home.pk}" not in text
    page = client.get(f"/daily/sheets/?until={OCTOBER}")
    assert "/daily/sheets/quarter/?" not in page.content.decode()
    assert "请选季末的月份下载" in text_of(page)
    found = client.get(f"/daily/sheets/?until={SEPTEMBER}&unit=示例镇1").context["listing"]
    assert [one.item.unit.name for one in found.rows()] == ["示例镇1"]


def test_a_workbook_leaves_an_event_and_is_named_after_office_and_period(scene: Scene, signed_in) -> None:
    answer = signed_in(scene.owner).get(f"/daily/sheets/quarter/?until={SEPTEMBER}&unit={scene.home.pk}")
    assert "2026年第3季度情况报告和告知单汇总表（示例厅）.xlsx" in unquote(answer["Content-Disposition"])
    assert AuditEvent.objects.get(action="daily_work.export_sheet").object_label == "示例厅"


@pytest.mark.parametrize("unit", ["0", "abc", "99999"])
def test_a_unit_outside_of_the_scope_has_no_workbook(scene: Scene, signed_in, unit: str) -> None:
    assert signed_in(scene.owner).get(f"/daily/sheets/month/?unit={unit}").status_code == 404
    other = make_user(Role.HOST_UNIT, make_unit())
    assert signed_in(other).get(f"/daily/sheets/month/?unit={scene.home.pk}").status_code == 404


def test_a_workbook_that_would_be_too_long_is_refused(scene: Scene, signed_in, monkeypatch) -> None:
    monkeypatch.setattr(views, "MOST_ROWS", 3)
    client = signed_in(scene.owner)
    assert client.get("/daily/sheets/month/").status_code == 200
    monkeypatch.setattr(views, "MOST_ROWS", 2)
    assert "一份汇总表最多 2 行" in client.get("/daily/sheets/month/").content.decode()
