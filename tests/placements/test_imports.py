"""A list of people in post, as offices keep it in Excel, becomes persons, host units, posts and placements."""

import csv
import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from tests.makers import (
    AT,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.campaigns.models import Programme, ProgrammeVersion
from secondment.files.columns.placement import KEYS, PLACEMENT, first_of, last_of, term_of
from secondment.files.faults import CellError
from secondment.obligations.models import Obligation, ObligationState
from secondment.people.models import Person
from secondment.placements import view_models
from secondment.placements.choices import (
    Destination,
    Ending,
    Origin,
    PlacementState,
    TermChangeKind,
    WorkMode,
)
from secondment.placements.exports import placements_workbook, template_workbook
from secondment.placements.imports import read_placements
from secondment.placements.models import Placement
from secondment.placements.services.arrival import Arrival, record_arrival
from secondment.placements.services.endings import Change, Closing, change_term
from secondment.placements.services.recording import RecordingRefusedError, import_placements, kind_of
from secondment.posts.models import Post
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit

TODAY = dt.date(2026, 11, 29)
NUMBER = "990000198503120019"
HEAD = ("姓名", "派出单位", "接收单位", "挂任职务", "挂职项目", "起", "止")
ROW = ("张示例", "示例厅", "示例镇", "副镇长", "普通下挂", "2025-03-01", "2027-02-28")


class Office:
    """An organisation department with a home unit, a township and one programme."""

    def __init__(self) -> None:
        self.root = make_unit("示例省委组织部")
        self.home, self.town = make_unit("示例厅", self.root), make_unit("示例镇", self.root)
        self.programme = Programme.objects.create(code="down", name="普通下挂")
        self.version = make_programme_version(programme=self.programme)
        self.user: User = make_user(Role.ORGANISATION_DEPARTMENT, self.root)

    def read(self, *rows, head=HEAD, on=TODAY):
        text = io.StringIO()
        csv.writer(text).writerows([head, *rows])
        return read_placements(text.getvalue().encode(), file="在挂.csv", user=self.user, on=on)

    def write(self, *rows, head=HEAD, on=TODAY) -> int:
        plan = self.read(*rows, head=head, on=on)
        assert plan.refused == []
        return import_placements(plan, by=self.user, at=AT)


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def with_cell(title: str, cell: str, *, row=ROW, head=HEAD):
    """The row with one more column, or with another text in one it has."""
    if title in head:
        at = head.index(title)
        return (*row[:at], cell, *row[at + 1 :]), head
    return (*row, cell), (*head, title)


def faults_of(office: Office, *rows, head=HEAD, on=TODAY) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.found) for one in office.read(*rows, head=head, on=on).refused]


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "first", "last"),
        [
            ("2025.03", dt.date(2025, 3, 1), dt.date(2025, 3, 31)),
            ("2024年2月", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
            ("2025-03-05", dt.date(2025, 3, 5), dt.date(2025, 3, 5)),
        ],
    )
    def test_a_month_is_its_first_or_last_day(self, cell, first, last) -> None:
        assert (first_of(cell), last_of(cell)) == (first, last)

    @pytest.mark.parametrize(
        "cell",
        [
            "2025.03—2027.02",
            "2025.03-2027.02",
            "2025年3月至2027年2月",
            "2025-03-01 ~ 2027-02-28",
            "2025.03--2027.02",
        ],
    )
    def test_a_term_in_one_cell(self, cell) -> None:
        assert term_of(cell) == (dt.date(2025, 3, 1), dt.date(2027, 2, 28))

    @pytest.mark.parametrize("cell", ["两年", "2025.03", "2025.03—两年", "2025.13—2027.02"])
    def test_what_is_no_term_is_refused(self, cell) -> None:
        with pytest.raises(CellError):
            term_of(cell)


class TestOneRow:
    def test_it_makes_person_post_and_placement(self, office) -> None:
        assert office.write(ROW) == 1
        placement = Placement.objects.select_related("person", "post").get()
        person = placement.person
        assert (person.name, person.unit, person.sex, person.born_on) == ("张示例", office.home, "", None)
        assert (placement.home_unit, placement.host_unit) == (office.home, office.town)
        assert (placement.starts_on, placement.last_day) == (dt.date(2025, 3, 1), dt.date(2027, 2, 28))
        assert (placement.state, placement.origin) == (PlacementState.IN_POST, Origin.RECORDED)
        assert (placement.source, placement.campaign) == ("在挂.csv 第2行", None)
        assert placement.recorded_on == AT.date()
        assert (placement.owner_unit, placement.programme_version) == (office.root, office.version)
        assert (placement.post.title, placement.post.state) == ("副镇长", "approved")
        assert placement.work_mode == WorkMode.FULL
        assert AuditEvent.objects.filter(action="placement.record").count() == 1
        assert not Obligation.objects.exists()

    def test_what_the_list_does_not_say_is_not_taken_for_what_is_usual(self, office) -> None:
        office.write(ROW)
        person = Person.objects.get()
        assert (person.ethnicity, person.political_status) == ("", "")

    @pytest.mark.parametrize(
        ("home", "host", "direction"),
        [("township", "county", "up"), ("county", "county", "down"), ("county", "township", "down")],
    )
    def test_from_a_lower_unit_it_leads_up(self, office, home, host, direction) -> None:
        for unit, level in ((office.home, home), (office.town, host)):
            Unit.objects.filter(pk=unit.pk).update(level=level)
        office.write(ROW)
        assert Placement.objects.get().post.direction == direction

    def test_every_column_is_read(self, office) -> None:
        cells = {
            "身份证号": NUMBER,
            "联系电话": "000-1",
            "文号": "示组〔2025〕3号",
            "报到日期": "2025-03-05",
            "分工": "协助抓党建",
            "联系领导": "李示例",
            "带教导师": "王示例",
            "脱产方式": "半脱产",
            "培养目的": "缺基层经历",
            "组织关系所在支部": "示例支部",
            "保险单号": "B1",
        }
        office.write((*ROW, *cells.values()), head=(*HEAD, *cells))
        one = Placement.objects.select_related("person").get()
        assert (one.person.sex, one.person.born_on, one.person.phone) == ("1", dt.date(1985, 3, 12), "000-1")
        assert one.person.identity_masked == "990000********0019"
        assert (one.decision_number, one.reported_on) == ("示组〔2025〕3号", dt.date(2025, 3, 5))
        assert (one.duties, one.contact_leader, one.mentor) == ("协助抓党建", "李示例", "王示例")
        assert (one.work_mode, one.purpose) == ("half", "grassroots")
        assert (one.party_branch, one.insurance_number) == ("示例支部", "B1")

    def test_a_term_in_one_column(self, office) -> None:
        head = (*HEAD[:5], "挂职时间")
        office.write((*ROW[:5], "2025.03—2027.02"), head=head)
        assert Placement.objects.get().last_day == dt.date(2027, 2, 28)

    @pytest.mark.parametrize(
        ("cells", "ending", "last"),
        [
            ({"实际止": "2026-11-29"}, Ending.EARLY, dt.date(2026, 11, 29)),
            ({"止": "2026-10-31", "实际止": "2026-10-31"}, Ending.EXPIRED, dt.date(2026, 10, 31)),
            ({"止": "2026-10-31", "去向": "留任"}, Ending.EXPIRED, dt.date(2026, 10, 31)),
        ],
    )
    def test_a_term_that_has_ended(self, office, cells, ending, last) -> None:
        row, head = ROW, HEAD
        for title, cell in cells.items():
            row, head = with_cell(title, cell, row=row, head=head)
        office.write(row, head=head)
        one = Placement.objects.get()
        assert (one.state, one.ending, one.last_day, one.closed_on) == ("ended", ending, last, last)
        assert one.destination == (Destination.STAYED if "去向" in cells else "")

    def test_a_term_that_is_over_waits_to_be_closed(self, office) -> None:
        office.write(with_cell("止", "2026-10-31")[0])
        assert Placement.objects.get().stage(TODAY) == "overdue"

    def test_the_template_row_is_left_out(self, office) -> None:
        plan = read_placements(template_workbook(), file="t.xlsx", user=office.user, on=TODAY)
        assert (plan.lines, plan.refused) == ([], [])


class TestUnits:
    def test_a_host_that_is_not_there_is_made_below_its_parent(self, office) -> None:
        row, head = with_cell("接收单位上级", "示例镇", row=with_cell("接收单位", "示例村")[0])
        plan = office.read(row, head=head)
        assert [one["values"]["above"] for one in plan.report().notes] == ["示例镇"]
        assert import_placements(plan, by=office.user, at=AT) == 1
        village = Unit.objects.get(name="示例村")
        assert (village.parent, village.kind, village.is_external) == (office.town, UnitKind.VILLAGE, False)

    def test_a_township_above_itself_is_the_township(self, office) -> None:
        row, head = with_cell("挂职乡镇", "示例省委组织部/示例镇")
        office.write(row, head=head)
        assert Placement.objects.get().host_unit == office.town
        inner = make_unit("示例镇", office.town)  # where one below is so called, that one is meant
        plan = office.read(with_cell("姓名", "李示例", row=row)[0], head=head)
        assert plan.lines[0].host == inner

    @pytest.mark.parametrize(
        ("name", "fault"),
        [("镇" * 120, None), ("镇" * 121, "有121个字"), ("/", "没有填写"), ("某县/某镇/", None)],
    )
    def test_a_new_unit_has_a_name_that_fits(self, office, name: str, fault: str | None) -> None:
        host, head = with_cell("接收单位", name)
        home, longer = with_cell("派出单位上级", "外部", row=with_cell("派出单位", name)[0])
        for row, titles, field in ((host, head, "接收单位"), (home, longer, "派出单位")):
            expected = [] if fault is None else [(2, field, fault)]
            assert faults_of(office, row, head=titles) == expected
        if fault is None:
            office.write(host)
            assert Placement.objects.get().host_unit.name == name.strip("/").rpartition("/")[2]

    def test_without_a_parent_it_is_external(self, office) -> None:
        rows = [
            with_cell("接收单位", "外省某集团")[0],
            with_cell("姓名", "李示例", row=with_cell("接收单位", "外省某集团")[0])[0],
        ]
        plan = office.read(*rows)
        assert [one["line"] for one in plan.report().notes] == [2]
        import_placements(plan, by=office.user, at=AT)
        unit = Unit.objects.get(name="外省某集团")
        assert (unit.parent, unit.is_external, unit.kind) == (office.root, True, UnitKind.STATE_ENTERPRISE)
        assert Post.objects.filter(host_unit=unit).count() == 2  # one place each

    @pytest.mark.parametrize(
        ("name", "kind", "level"),
        [
            ("甲村", UnitKind.VILLAGE, UnitLevel.VILLAGE),
            ("甲街道", UnitKind.TOWNSHIP, UnitLevel.TOWNSHIP),
            ("甲大学", UnitKind.UNIVERSITY, UnitLevel.COUNTY),
            ("甲县委组织部", UnitKind.PARTY_ORGAN, UnitLevel.COUNTY),
            ("甲局", UnitKind.GOVERNMENT_ORGAN, UnitLevel.COUNTY),
        ],
    )
    def test_names_tell_the_kind(self, name, kind, level) -> None:
        assert kind_of(name) == (kind, level)

    def test_a_post_with_a_free_place_is_used(self, office) -> None:
        post = make_post(office.town, title="副镇长", headcount=2)
        office.write(ROW, with_cell("姓名", "李示例")[0], with_cell("姓名", "王示例")[0])
        assert Placement.objects.filter(post=post).count() == 2
        assert Post.objects.filter(title="副镇长").count() == 2


class TestPeople:
    def test_somebody_on_record_is_found_and_filled_up(self, office) -> None:
        person = make_person(office.home, name="张示例", sex="", born_on=None)
        row, head = with_cell("身份证号", NUMBER)
        row, head = with_cell("联系电话", "000-1", row=row, head=head)
        office.write(row, head=head)
        person.refresh_from_db()
        assert Person.objects.count() == 1
        assert (person.sex, person.born_on, person.phone) == ("1", dt.date(1985, 3, 12), "000-1")

    def test_namesakes_are_told_apart_by_birth(self, office) -> None:
        make_person(office.home, name="张示例", born_on=dt.date(1980, 1, 1))
        second = make_person(office.home, name="张示例", born_on=dt.date(1990, 5, 1))
        assert faults_of(office, ROW) == [(2, "姓名", "该派出单位有2人叫“张示例”")]
        row, head = with_cell("出生年月", "1990.05")
        office.write(row, head=head)
        assert Placement.objects.get().person == second

    def test_another_birth_means_another_person(self, office) -> None:
        make_person(office.home, name="张示例", born_on=dt.date(1980, 1, 1))
        row, head = with_cell("出生年月", "1990.05")
        office.write(row, head=head)
        assert Person.objects.filter(name="张示例").count() == 2

    def test_a_number_of_another_name_is_refused(self, office) -> None:
        row, head = with_cell("身份证号", NUMBER)
        office.write(row, head=head)
        row, _head = with_cell("姓名", "李示例", row=row, head=head)
        assert faults_of(office, row, head=head) == [(2, "姓名", "此身份证号在系统中登记的姓名不同")]

    def test_people_of_other_offices_are_not_found(self, office) -> None:
        other = make_person(make_unit("别省某厅"), name="张示例")
        office.write(ROW)
        assert Placement.objects.get().person != other

    def test_two_terms_of_one_new_person(self, office) -> None:
        first, head = with_cell(
            "实际止", "2024-12-31", row=with_cell("止", "2024-12-31", row=with_cell("起", "2023-01-01")[0])[0]
        )
        office.write(first, (*ROW, ""), head=head)
        assert Person.objects.count() == 1
        assert Placement.objects.count() == 2


class TestFaults:
    @pytest.mark.parametrize(
        ("title", "cell", "found"),
        [
            ("姓名", "", "没有填写"),
            ("挂任职务", "", "没有填写"),
            ("接收单位", "", "没有填写"),
            ("派出单位", "某厅", "未找到单位“某厅”"),
            ("挂职项目", "博士团", "没有挂职项目“博士团”"),
            ("挂职项目", "", "没有填写"),
            ("起", "", "没有填写"),
            ("止", "两年", "“两年”不是有效的年月"),
            ("止", "2025-02-28", "挂职结束早于挂职开始"),
            ("起", "2026-11-30", "挂职开始在今天之后"),
            ("身份证号", "123", "身份证号应为18位，实有3位或含有其他字符"),
            ("脱产方式", "全天", "“全天”不在可选范围内"),
            ("实际止", "2026-11-30", "实际止在今天之后"),
            ("实际止", "2025-02-28", "实际止早于挂职开始"),
            ("接收单位上级", "某镇", "未找到单位“某镇”"),
        ],
    )
    def test_each_names_row_and_field(self, office, title, cell, found) -> None:
        row, head = with_cell(title, cell)
        assert (2, title, found) in faults_of(office, row, head=head)

    @pytest.mark.parametrize("title", ["出生年月", "性别", "实际止", "脱产方式"])
    def test_a_broken_cell_of_somebody_on_record_is_one_fault(self, office, title) -> None:
        office.write(ROW)
        Placement.objects.update(origin=Origin.CAMPAIGN)
        row, head = with_cell(title, "坏值")
        assert [(line, field) for line, field, _found in faults_of(office, row, head=head)] == [(2, title)]

    def test_a_home_unit_from_outside_is_told_how(self, office) -> None:
        (fault,) = office.read(with_cell("派出单位", "示例大学")[0]).refused
        assert "外来单位请在“派出单位上级”栏写“外部”" in fault.remedy

    def test_a_row_that_stands_twice_is_named_as_such(self, office) -> None:
        assert faults_of(office, ROW, ROW) == [(3, "姓名", "与第2行的人员和起止日期都相同")]
        shorter = with_cell("止", "2027-02-27")[0]
        assert [field for _line, field, _found in faults_of(office, ROW, shorter)] == ["起"]

    def test_the_first_day_may_be_today(self, office) -> None:
        assert faults_of(office, with_cell("起", "2026-11-29")[0]) == []

    def test_terms_of_one_person_do_not_overlap(self, office) -> None:
        ((line, field, found),) = faults_of(office, ROW, with_cell("止", "2027-03-31")[0])
        assert (line, field) == (3, "起")
        assert found == "与第2行（2025-03-01至2027-02-28）时间重叠"

    def test_the_overlap_is_told_in_english(self, office) -> None:
        with translation.override("en"):
            found = [one[2] for one in faults_of(office, ROW, with_cell("止", "2027-03-31")[0])]
            assert found == ["overlaps with row 2 (2025-03-01 to 2027-02-28)"]
            office.write(ROW)
            [(_line, _field, told), _open] = faults_of(office, with_cell("接收单位", "示例厅")[0])
        assert told == "overlaps with a placement on record (2025-03-01 to 2027-02-28)"

    def test_nor_with_what_is_on_record(self, office) -> None:
        person = make_person(office.home, name="张示例")
        make_placement(
            None, person, starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2025, 3, 2), state="in_post"
        )
        assert [one[1] for one in faults_of(office, ROW)] == ["起", "姓名"]
        Placement.objects.update(ends_on=dt.date(2025, 3, 1))
        assert faults_of(office, ROW) == [(2, "姓名", "本人在系统中还有未办结的挂职")]
        Placement.objects.update(state="ended")
        assert faults_of(office, ROW) == []

    def test_nothing_is_written_with_a_fault(self, office) -> None:
        plan = office.read(ROW, with_cell("姓名", "")[0])
        with pytest.raises(RecordingRefusedError):
            import_placements(plan, by=office.user, at=AT)
        assert not Placement.objects.exists()

    def test_a_missing_column_is_named(self, office) -> None:
        assert {one[1] for one in faults_of(office, ROW[:5], head=HEAD[:5])} >= {"挂职开始", "挂职结束"}
        assert {one[1] for one in faults_of(office, ROW[1:], head=HEAD[1:])} == {"姓名"}


class TestAgain:
    def test_the_same_file_changes_nothing(self, office) -> None:
        row, head = with_cell("身份证号", NUMBER)
        office.write(row, head=head)
        plan = office.read(row, head=head)
        assert (len(plan.lines), plan.to_write) == (1, [])

    def test_what_is_exported_comes_back_as_unchanged(self, office) -> None:
        ended, head = with_cell(
            "去向", "回原单位", row=with_cell("止", "2026-10-31", row=with_cell("姓名", "李示例")[0])[0]
        )
        office.write((*ROW, ""), ended, head=head)
        rows = Placement.objects.select_related(
            "person", "post", "home_unit__parent", "host_unit__parent", "programme_version__programme"
        )
        content = placements_workbook(rows, lambda _path: True)
        assert [cell.value for cell in load_workbook(io.BytesIO(content)).active[1]] == [
            PLACEMENT[key].title for key in KEYS
        ]
        plan = read_placements(content, file="a.xlsx", user=office.user, on=TODAY)
        assert (len(plan.lines), plan.to_write, plan.refused) == (2, [], [])

    @pytest.mark.parametrize(
        "later",
        [
            lambda office: Person.objects.update(unit=office.town),
            lambda office: Unit.objects.filter(pk=office.home.pk).update(is_active=False),
            lambda office: Unit.objects.filter(pk=office.town.pk).update(is_active=False),
            lambda office: Programme.objects.update(is_active=False),
        ],
        ids=["the person has moved", "the home unit is closed", "the host unit is closed", "the programme"],
    )
    def test_so_it_does_whatever_has_changed_since(self, office, later) -> None:
        office.write(ROW)
        later(office)
        assert self.read_back(office) == (1, [], [])

    @pytest.mark.parametrize("state", ["decided", "appointed"])
    def test_so_does_one_that_has_not_begun(self, office, state) -> None:
        office.write(ROW)
        Placement.objects.update(state=state, starts_on=dt.date(2026, 12, 1), origin="campaign")
        assert self.read_back(office) == (1, [], [])

    def read_back(self, office) -> tuple[int, list[object], list[object]]:
        rows = Placement.objects.select_related(
            "person", "post", "home_unit__parent", "host_unit__parent", "programme_version__programme"
        )
        plan = read_placements(
            placements_workbook(rows, lambda _path: True), file="a.xlsx", user=office.user, on=TODAY
        )
        return len(plan.lines), plan.to_write, plan.refused

    def test_a_unit_or_programme_out_of_use_takes_nobody_new(self, office) -> None:
        Unit.objects.exclude(pk=office.root.pk).update(is_active=False)
        Programme.objects.update(is_active=False)
        assert faults_of(office, ROW) == [
            (2, "派出单位", "单位“示例厅”已停用"),
            (2, "接收单位", "单位“示例镇”已停用"),
            (2, "挂职项目", "挂职项目“普通下挂”已停用"),
        ]

    def test_the_unit_in_use_is_meant_before_one_that_is_not(self, office) -> None:
        gone = make_unit("示例镇", office.home)
        Unit.objects.filter(pk=gone.pk).update(is_active=False)
        office.write(ROW)
        assert Placement.objects.get().host_unit == office.town

    def test_a_correction_keeps_the_version_of_the_programme(self, office) -> None:
        office.write(ROW)
        make_programme_version(programme=office.programme, number=2)
        row, head = with_cell("分工", "抓产业")
        office.write(row, head=head)
        assert Placement.objects.get().programme_version == office.version
        assert AuditEvent.objects.get(action="placement.correct").details["fields"] == ["duties"]

    def test_a_recorded_placement_is_corrected(self, office) -> None:
        office.write(ROW)
        row, head = with_cell("分工", "抓产业", row=with_cell("挂任职务", "镇长助理")[0])
        (line,) = office.read(row, head=head).to_write
        assert [(one.label, one.new) for one in line.differences] == [
            ("挂任职务", "镇长助理"),
            ("分工", "抓产业"),
        ]
        office.write(row, head=head)
        one = Placement.objects.select_related("post").get()
        assert (one.post.title, one.duties) == ("镇长助理", "抓产业")
        assert AuditEvent.objects.get(action="placement.correct").details["fields"] == ["duties", "post"]

    def test_what_was_closed_here_stays_closed_as_it_was(self, office) -> None:
        office.write(ROW)
        recall = Change(TermChangeKind.RECALLED, dt.date(2026, 11, 1), "另有任用", TODAY)
        change_term(Placement.objects.get(), recall, closing=Closing(), by=office.user, on=TODAY, at=AT)
        assert office.read(ROW).to_write == []
        row, head = with_cell("实际止", "2026-10-31")
        row, head = with_cell("分工", "抓产业", row=row, head=head)
        office.write(row, head=head)
        one = Placement.objects.get()
        assert (one.state, one.last_day, one.closed_on, one.ending, one.duties) == (
            PlacementState.ENDED, dt.date(2026, 10, 31), TODAY, Ending.RECALLED, "抓产业",
        )  # fmt: skip

    def test_a_destination_does_not_move_the_day_of_the_end(self, office) -> None:
        row, head = with_cell("实际止", "2026-10-31")
        office.write(row, head=head)
        row, head = with_cell("去向", "回原单位")
        office.write(row, head=head)
        one = Placement.objects.get()
        assert (one.last_day, one.ending, one.destination) == (
            dt.date(2026, 10, 31), Ending.EARLY, Destination.RETURNED,
        )  # fmt: skip

    def test_another_day_of_the_end_is_a_correction(self, office) -> None:
        row, head = with_cell("实际止", "2026-10-31")
        office.write(row, head=head)
        office.write(with_cell("实际止", "2026-11-01", row=row, head=head)[0], head=head)
        assert Placement.objects.get().last_day == dt.date(2026, 11, 1)

    @pytest.mark.parametrize(
        ("last", "faults"),
        [
            ("2027-02-28", [(2, "止", "挂职期限已在系统中变更，至2027-05-31")]),
            ("2027-05-30", [(2, "止", "挂职期限已在系统中变更，至2027-05-31")]),
            ("2027-05-31", []),
        ],
    )
    def test_an_older_list_does_not_undo_an_extension(self, office, last: str, faults: list[object]) -> None:
        office.write(ROW)
        longer = Change(TermChangeKind.EXTENDED, dt.date(2027, 6, 1), "工作需要", TODAY)
        change_term(Placement.objects.get(), longer, by=office.user, on=TODAY, at=AT)
        row, _head = with_cell("止", last)
        assert faults_of(office, row) == faults
        assert office.read(row).to_write == []

    def test_who_ends_by_the_list_owes_nothing_any_more(self, office) -> None:
        office.write(ROW)
        arrival = Arrival(dt.date(2025, 3, 3))
        record_arrival(Placement.objects.get(), arrival, by=office.user, on=TODAY, at=AT)
        assert [one.state for one in Obligation.objects.all()] == [ObligationState.OPEN]
        row, head = with_cell("实际止", "2026-10-31")
        office.write(row, head=head)
        assert [one.state for one in Obligation.objects.all()] == [ObligationState.WAIVED]

    def test_one_that_was_decided_on_here_is_not(self, office) -> None:
        person = make_person(office.home, name="张示例")
        post = make_post(office.town, title="副镇长")
        version = ProgrammeVersion.objects.get(pk=office.version.pk)
        make_placement(
            None, person, post, starts_on=dt.date(2025, 3, 1), ends_on=dt.date(2027, 3, 1),
            state="in_post", programme_version=version,
        )  # fmt: skip
        assert office.read(ROW).to_write == []
        row, head = with_cell("分工", "抓产业")
        assert faults_of(office, row, head=head) == [(2, "姓名", "这段挂职不是补录的，与本行不同")]


class TestPages:
    def upload(self, client, text: str):
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("在挂.csv", text.encode())
        return client.post(reverse("placements:placement_import"), {"file": file}, follow=True)

    def test_a_clean_file_from_the_list_to_the_list(self, office, signed_in) -> None:
        client = signed_in(office.user)
        assert (
            reverse("placements:placement_import")
            in client.get(reverse("placements:placement_list")).content.decode()
        )
        page = self.upload(client, "\n".join([",".join(HEAD), ",".join(ROW)]))
        assert "确认写入 1 条" in text_of(page)
        confirm = re.search(r'action="([^"]+/confirm/[^"]*)"', page.content.decode())[1]
        done = client.post(confirm, follow=True)
        assert "已写入1个挂职" in text_of(done)
        export = client.get(reverse("placements:placement_export"))
        assert export.content.startswith(b"PK")
        assert client.get(reverse("placements:placement_template")).content.startswith(b"PK")

    def test_what_has_changed_since_the_dry_run_is_shown_before_it_is_written(
        self, office, signed_in
    ) -> None:
        row, head = with_cell("分工", "抓党建")
        office.write(row, head=head)
        client = signed_in(office.user)
        new = with_cell("姓名", "李示例", row=row)[0]
        page = self.upload(client, "\n".join(map(",".join, (head, row, new))))
        assert "确认写入 1 条" in text_of(page)
        confirm = re.search(r'action="([^"]+/confirm/[^"]*)"', page.content.decode())[1]
        Placement.objects.update(duties="抓产业")
        page = client.post(confirm, follow=True)
        assert "系统中的数据有了变化" in text_of(page)
        assert "确认写入 2 条" in text_of(page)
        assert Placement.objects.get().duties == "抓产业"
        client.post(re.search(r'action="([^"]+/confirm/[^"]*)"', page.content.decode())[1])
        assert sorted(Placement.objects.values_list("duties", flat=True)) == ["抓党建", "抓党建"]

    def test_rows_with_faults_are_set_aside_and_come_back_corrected(self, office, signed_in) -> None:
        client = signed_in(office.user)
        wrong = ",".join(with_cell("挂职项目", "博士团", row=with_cell("姓名", "李示例")[0])[0])
        page = self.upload(client, "\n".join([",".join(HEAD), ",".join(ROW), wrong]))
        assert "确认写入" not in text_of(page)
        aside = re.search(r'action="([^"]+/aside/)"', page.content.decode())[1]
        page = client.post(aside, follow=True)
        assert "确认写入 1 条" in text_of(page)
        assert not Placement.objects.exists()
        faults = client.get(re.search(r'href="([^"]+/faults/)"', page.content.decode())[1])
        sheet = load_workbook(io.BytesIO(faults.content)).active
        assert [cell.value for cell in sheet[1]][-1] == "更正原因"
        assert "没有挂职项目“博士团”" in [cell.value for cell in sheet[2]][-1]
        client.post(re.search(r'action="([^"]+/confirm/[^"]*)"', page.content.decode())[1])
        assert Placement.objects.count() == 1
        sheet.cell(2, 5).value = "普通下挂"
        corrected = io.BytesIO()
        sheet.parent.save(corrected)
        plan = read_placements(corrected.getvalue(), file="更正.xlsx", user=office.user, on=TODAY)
        assert (plan.refused, len(plan.to_write)) == ([], 1)

    def test_a_file_that_is_wrong_as_a_whole_cannot_be_split(self, office, signed_in) -> None:
        page = self.upload(signed_in(office.user), "姓名,派出单位\n张示例,示例厅")
        assert "/aside/" not in page.content.decode()

    def test_nobody_else_imports(self, office, signed_in) -> None:
        for role in (Role.HOME_UNIT, Role.HOST_UNIT, Role.LEADER):
            client = signed_in(make_user(role, office.root))
            assert client.get(reverse("placements:placement_import")).status_code == 403


def test_the_page_of_a_recorded_placement_shows_no_steps_that_nobody_knows(office, signed_in) -> None:
    office.write(with_cell("止", "2026-10-31")[0])
    placement = Placement.objects.get()
    assert [str(step.label) for step in view_models.steps_of(placement)] == ["到岗在挂", "期满"]
    page = text_of(signed_in(office.user).get(reverse("placements:placement_detail", args=[placement.pk])))
    assert "补录了挂职" in page
    assert "距期满" not in page
    assert (
        view_models.days_left(placement, dt.date(2026, 10, 31)),
        view_models.days_left(placement, TODAY),
    ) == (0, None)


@pytest.mark.parametrize(
    ("cell", "is_arranged", "said"), [("", False, None), ("2025-03-05", False, False), ("", True, True)]
)
def test_a_place_to_live_is_denied_only_by_a_receipt(office, cell, is_arranged, said) -> None:
    row, head = with_cell("报到日期", cell)
    office.write(row, head=head)
    Placement.objects.update(lodging_arranged=is_arranged)
    facts = {str(one.label): one.value for one in view_models.host_facts(Placement.objects.get())}
    assert facts["办公住宿已落实"] is said


def test_a_plan_of_nobody_who_may_is_not_written(office) -> None:
    leader = make_user(Role.LEADER, office.root)
    text = "\n".join(",".join(row) for row in (HEAD, ROW)).encode()
    plan = read_placements(text, file="在挂.csv", user=leader, on=TODAY)
    with pytest.raises(RecordingRefusedError):
        import_placements(replace(plan, refused=[]), by=leader, at=AT)
    assert not Placement.objects.exists()
