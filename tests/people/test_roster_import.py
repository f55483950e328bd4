"""Rosters and forms in: what is told about each row, and that all is written or nothing."""

import base64
import datetime as dt
import io
import zipfile

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.makers import AT, make_person, make_unit, make_user
from tests.people.imported import (
    DATA,
    FORMS,
    FULL,
    NUMBER,
    QUIRKS,
    changes,
    checked,
    csv,
    imported,
    make_clerk,
    picture,
    quiet,
    told,
)

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.people.choices import ImportState, RowOutcome
from secondment.people.errors import (
    ChangedSinceCheckError,
    ImportStateError,
    RefusedRowsError,
    UploadError,
)
from secondment.people.files.filled_form import photo_of
from secondment.people.models import Person, RosterImport
from secondment.people.services.imports import planning
from secondment.people.services.imports.uploads import (
    confirm_import,
    expire_imports,
    upload_roster,
    withdraw_import,
)
from secondment.people.services.imports.work import check_drafts, drafts_of, import_drafts
from secondment.people.tasks import expire_waiting_imports

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["roster_messy_utf8.csv", "roster_messy_gbk.csv"])
def test_every_row_of_the_messy_roster_is_told_exactly(province, name) -> None:
    row = checked(name, (DATA / "rosters" / name).read_bytes(), province)
    assert told(row) == [
        (f"{name} 第2行", "示例甲", "created", []),
        (f"{name} 第3行", "示例丁", "created", []),
        (
            f"{name} 第4行",
            "示例庚",
            "refused",
            ["出生年月：与身份证号中的出生年月不一致；请核对档案后确认"],
        ),
        (
            f"{name} 第5行",
            "示例庚",
            "refused",
            [
                f"身份证号：与“{name} 第4行”重复；同一人只保留一处",
                "所在单位：“示例集团”不在导入单位及其下级单位中；请改为系统中的单位名称，或先建立该单位",
            ],
        ),
        (
            f"{name} 第6行",
            "示例辛",
            "refused",
            ["身份证号码：身份证号中的出生日期19780230不存在；请对照身份证改正第7至14位"],
        ),
        (f"{name} 第7行", "", "refused", ["干部姓名：没有填写；请填写姓名"]),
    ]
    assert (row.n_created, row.n_changed, row.n_unchanged, row.n_refused) == (2, 0, 0, 4)


def test_every_form_is_told_exactly(province) -> None:
    found = {name: told(checked(name, content, province))[0][2:] for name, content in FORMS.items()}
    assert found == {
        FULL: ("created", []),
        QUIRKS: (
            "created",
            ["年度考核结果：“近三年均为称职以上等次”没有写明年度和等次；请写成“2024年度优秀；2025年度称职”"],
        ),
        "03_bad_inputs.lrmx": (
            "refused",
            [
                "出生年月：“199013”不是有效的年月；请按年月填写，如198503或1985.03",
                "身份证号：身份证号中的出生日期19901301不存在；请对照身份证改正第7至14位",
                "简历：没有2012年13月；请改正年月",
                "简历：结束2011.05早于开始2012.02；请改正起止年月",
            ],
        ),
        "04_xxe_must_be_refused.lrmx": (
            "refused",
            ["：含有DTD或实体定义，已拒绝读取；请用任免表程序重新导出"],
        ),
    }


def test_a_form_becomes_a_whole_person(province) -> None:
    imported(FULL, FORMS[FULL], province)
    person = Person.objects.get()
    assert (person.name, person.name_key, person.name_initials) == ("示例甲", "shi li jia", "slj")
    assert (person.identity_masked, person.identity_number) == ("990000********0019", "990000198503120019")
    assert b"990000198503120019" not in bytes(person.identity_sealed)
    assert f"{person.born_on}" == "1985-03-12"
    assert (person.education_code, person.degree_level, person.title_level) == ("10", "3", "420")
    assert person.political_status == "01"
    assert [(row.year, row.grade) for row in person.annual_grades.all()] == [
        (2025, "competent"),
        (2024, "excellent"),
        (2023, "competent"),
    ]
    assert [(row.is_nested, row.is_grassroots) for row in person.career.all()] == [
        (False, False),
        (False, True),
        (True, True),
        (False, False),
        (False, False),
    ]
    assert [row.kinship for row in person.family.all()] == ["spouse", "lineal", "lineal", "lineal"]


def test_the_second_import_of_a_file_finds_all_unchanged_and_writes_nobody(province) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("一处/甲.lrmx", FORMS[FULL])
        archive.writestr("二处/丁.lrmx", FORMS[QUIRKS])
        archive.writestr("__MACOSX/x", b"")
    clerk = make_clerk(province)
    assert imported("forms.zip", content.getvalue(), province, clerk).n_created == 2
    with CaptureQueriesContext(connection) as queries:
        again = checked("forms.zip", content.getvalue(), province, clerk)
    assert (again.n_unchanged, again.n_created, again.n_changed, again.n_refused) == (2, 0, 0, 0)
    writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [sql for sql in writes if '"people_person"' in sql.split(" WHERE ")[0].split("(")[0]]
    with pytest.raises(RefusedRowsError):
        confirm_import(again, leaves_out_refused=False, by=clerk, at=AT)


def test_one_refused_row_keeps_everything_out_unless_left_out_on_record(province) -> None:
    content = csv("姓名,性别,出生年月", "示例一,男,1985.03", "示例二,男,1985.13")
    clerk = make_clerk(province)
    row = checked("a.csv", content, province, clerk)
    with pytest.raises(RefusedRowsError):
        confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
    assert not Person.objects.exists()
    done = imported("a.csv", content, province, clerk, leaves_out_refused=True)
    assert [person.name for person in Person.objects.all()] == ["示例一"]
    assert done.leaves_out_refused
    event = AuditEvent.objects.get(action="roster.import")
    assert (event.details["created"], event.details["left_out"], event.details["leaves_out_refused"]) == (
        1,
        1,
        True,
    )
    assert done.rows.get(outcome=RowOutcome.CREATED).person.name == "示例一"


def test_blank_cells_change_nothing_and_days_known_are_kept(province) -> None:
    imported(FULL, FORMS[FULL], province)
    content = csv("姓名,身份证号,出生年月,籍贯,健康状况", "示例甲,990000198503120019,1985.03,,良好")
    row = imported("a.csv", content, province)
    person = Person.objects.get()
    assert row.rows.get().changes == [{"field": "health", "old": "健康", "new": "良好"}]
    assert (f"{person.born_on}", person.native_place, person.version) == ("1985-03-12", "示例省示例县", 2)


def test_changed_rows_name_what_differs_and_keep_grades_of_other_years(province) -> None:
    imported(FULL, FORMS[FULL], province)
    text = (
        FORMS[FULL]
        .decode()
        .replace("2023年度称职；2024年度优秀；2025年度称职。", "2025年度优秀；2026年度称职。")
    )
    text = text.replace("示例处四级调研员</JianLi>", "示例处三级调研员</JianLi>").replace(
        "<ChengWei>母亲", "<ChengWei>岳母"
    )
    row = imported(FULL, text.encode(), province)
    assert row.rows.get().changes == [
        {
            "field": "annual_text",
            "old": "2023年度称职；2024年度优秀；2025年度称职。",
            "new": "2025年度优秀；2026年度称职。",
        },
        {
            "field": "career",
            "old": "2020.09--至今 示例省农业农村厅示例处四级调研员",
            "new": "2020.09--至今 示例省农业农村厅示例处三级调研员",
        },
        {"field": "family", "old": "母亲", "new": "岳母"},
        {"field": "annual_grades", "old": "2025 称职（合格）", "new": "2025 优秀\n2026 称职（合格）"},
    ]
    grades = {row.year: row.grade for row in Person.objects.get().annual_grades.all()}
    assert grades == {2023: "competent", 2024: "excellent", 2025: "excellent", 2026: "competent"}


def test_without_identity_number_name_month_and_unit_decide(province) -> None:
    unit = make_unit("示例局", province)
    known = make_person(unit, name="示例一", identity_index=None)
    row = checked("a.csv", csv("姓名,出生年月,现任职务", "示例一,1985.03,处长"), unit)
    assert row.rows.get().person == known
    make_person(unit, name="示例一")
    row = checked("a.csv", csv("姓名,出生年月,现任职务", "示例一,1985.03,处长"), unit)
    assert told(row)[0][3] == ["姓名：有2人同名同出生年月，无法判断是哪一位；请填写身份证号"]
    row = checked("a.csv", csv("姓名,性别,出生年月", "示例九,男,1985.03", "示例九,男,1985.03"), unit)
    assert told(row)[1][3] == [
        "姓名：与“a.csv 第2行”同单位同名同出生年月；同一人只保留一处；不是同一人的，请核对身份证号"
    ]


@pytest.mark.parametrize("n", [10, 40])
def test_new_people_are_compared_with_their_namesakes_not_with_the_whole_file(
    province, monkeypatch, n
) -> None:
    compared = []
    monkeypatch.setattr(planning, "likeness_of", lambda *pair: compared.append(pair))
    rows = [f"示例{at:02d},男,1985.03" for at in range(n)]
    row = checked("a.csv", csv("姓名,性别,出生年月", *rows, rows[0]), province)
    assert (row.n_created, len(compared)) == (n + 1, 1)


def test_a_number_is_added_to_the_person_known_without_one(province) -> None:
    unit = make_unit("示例局", province)
    known = make_person(unit, name="示例一")
    content = csv("姓名,身份证号", "示例一,990000198503120019")
    row = imported("a.csv", content, unit)
    assert row.rows.get().changes == [{"field": "identity_masked", "old": "", "new": "990000********0019"}]
    known.refresh_from_db()
    assert known.identity_number == "990000198503120019"
    row = checked(
        "b.csv", csv("姓名,身份证号,出生年月", "示例一,990000198503120019,", "示例一,,1985.03"), unit
    )
    assert told(row)[1][3] == ["姓名：与“b.csv 第2行”是同一人；同一人只保留一处"]


def test_a_person_of_another_unit_is_not_taken_over(province) -> None:
    imported(FULL, FORMS[FULL], province)
    clerk = make_clerk(province)
    RoleAssignment.objects.create(
        user=clerk, role=Role.ORGANISATION_DEPARTMENT, unit=(elsewhere := make_unit("别处"))
    )
    row = checked(FULL, FORMS[FULL], elsewhere, clerk)
    assert told(row)[0][3] == [
        "身份证号：此身份证号已登记在导入单位以外的单位；请核对号码；如属调动，请联系组织部门"
    ]


def test_a_number_known_where_the_importer_sees_nothing_is_imported_like_any_other(province) -> None:
    imported(FULL, FORMS[FULL], province)
    unit = make_unit("别处")
    known, new = (
        told(checked("a.csv", f"姓名,身份证号\n示例甲,{number}".encode(), unit))
        for number in (NUMBER, "990000198503120035")
    )
    assert known == new == [("a.csv 第2行", "示例甲", "created", [])]
    imported("a.csv", f"姓名,身份证号\n示例甲,{NUMBER}".encode(), unit)
    assert Person.objects.filter(identity_masked="990000********0019").count() == 2


def test_what_a_home_unit_may_not_read_is_not_compared(province, signed_in) -> None:
    home = make_user(Role.HOME_UNIT, province)
    imported(FULL, FORMS[FULL], province, home)
    person = Person.objects.get()
    assert person.family.count() == 4  # brought along with a new person
    before = list(person.family.values_list("name", flat=True))
    same = checked(FULL, FORMS[FULL], province, home)
    person.family.update(name="欧阳另名")
    other = checked(FULL, FORMS[FULL], province, home)
    hint = "家庭成员：已录入人员的家庭成员由组织部门登记，本次不导入；请将任免表报组织部门"
    for row in (same, other):
        assert told(row)[0][2] == "unchanged"
        assert row.rows.get().changes == []
        assert hint in told(row)[0][3]
    by_department = checked(FULL, FORMS[FULL], province)
    assert [one["field"] for one in by_department.rows.get().changes] == ["family"]
    assert before[0] not in str(by_department.rows.get().changes)
    url = reverse("people:import_detail", args=[by_department.pk])
    assert "家庭成员" in signed_in(by_department.by).get(url).content.decode()
    assert signed_in(home).get(url).status_code == 404
    page = signed_in(home).get(reverse("people:import_detail", args=[other.pk])).content.decode()
    assert "已录入人员的家庭成员由组织部门登记，本次不导入" in page
    assert "没有需要导入的内容" in page


def test_a_report_is_read_by_those_who_keep_what_its_importer_keeps(province, signed_in) -> None:
    """A report names people of the importer's whole scope: here somebody of another unit, with the masked number."""
    bureau, other = make_unit("示例局", province), make_unit("别局", province)
    office = make_unit("示例处", bureau)
    clerks = {
        "department": make_clerk(province),
        "part": make_clerk(bureau),
        "home": make_user(Role.HOME_UNIT, bureau),
        "colleague": make_user(Role.HOME_UNIT, bureau),
        "office": make_user(Role.HOME_UNIT, office),
    }
    make_person(other, name="示例甲", sex="1", identity_masked="990000********0019")
    content = "姓名,性别,出生年月\n示例甲,男,1985-03-12".encode()
    rows = {name: checked("a.csv", content, office, clerk) for name, clerk in clerks.items()}
    by_nobody = checked("a.csv", content, office, gone := make_user(Role.HOME_UNIT, bureau))
    gone.assignments.all().delete()
    sees = {
        "department": {"department", "part", "home", "colleague", "office"},
        "part": {"part", "home", "colleague", "office"},
        "home": {"home", "colleague", "office"},
        "colleague": {"home", "colleague", "office"},
        "office": {"office"},
    }
    for name, clerk in clerks.items():
        client = signed_in(clerk)
        shown = {
            one for one, row in rows.items() if client.get(f"/people/imports/{row.pk}/").status_code == 200
        }
        assert shown == sees[name], name
        assert client.get(f"/people/imports/{by_nobody.pk}/").status_code == 404, name
        for one in rows.keys() - shown:
            assert client.post(f"/people/imports/{rows[one].pk}/confirm/").status_code == 404
    assert "990000********0019" in str(rows["department"].rows.get().problems)
    assert rows["home"].rows.get().problems == []


def test_a_change_between_check_and_confirmation_stops_the_import(province) -> None:
    clerk = make_clerk(province)
    row = checked(FULL, FORMS[FULL], province, clerk)
    imported(FULL, FORMS[FULL], province, clerk)
    confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
    drafts = drafts_of(row, quiet)
    with pytest.raises(ChangedSinceCheckError):
        import_drafts(row, drafts, at=AT)
    assert Person.objects.count() == 1


def test_refused_rows_are_not_written_even_when_confirmed_by_hand(province) -> None:
    content = csv("姓名,性别,出生年月", "示例一,男,1985.03", "示例二,男,1985.13")
    row = checked("a.csv", content, province)
    RosterImport.objects.update(state=ImportState.IMPORTING)
    drafts = drafts_of(row, quiet)
    with pytest.raises(RefusedRowsError):
        import_drafts(row, drafts, at=AT)
    assert not Person.objects.exists()


def test_jobs_report_while_they_read_and_compare(province, monkeypatch) -> None:
    monkeypatch.setattr("secondment.people.files.reading.REPORT_EVERY", 1)
    monkeypatch.setattr("secondment.people.services.imports.work.BATCH", 1)
    row = upload_roster(
        "a.csv", csv("姓名", "示例一", "示例二"), unit=province, by=make_clerk(province), at=AT
    )
    told_of: list[tuple[int, int]] = []
    drafts = drafts_of(row, lambda done, total: told_of.append((done, total)))
    check_drafts(row, drafts, lambda done, total: told_of.append((done, total)))
    assert told_of == [(1, 0), (2, 0), (1, 2), (2, 2)]


def test_photos_replace_photos_and_a_unit_may_change_within_the_scope(province) -> None:
    imported(FULL, FORMS[FULL], province)
    text = FORMS[FULL].decode()
    start, end = text.index("<ZhaoPian>") + 10, text.index("</ZhaoPian>")
    new = text[:start] + base64.b64encode(picture(9)).decode() + text[end:]
    row = imported(FULL, new.encode(), province)
    assert changes(row) == [{"field": "photo", "old": "有照片", "new": "新照片"}]
    assert photo_of(Person.objects.get()) == picture(9)
    row = imported(
        "a.csv", csv("姓名,身份证号,单位,优秀年轻干部", f"示例甲,{NUMBER},示例市司法局,是"), province
    )
    assert row.rows.get().changes == [
        {"field": "is_reserve", "old": "否", "new": "是"},
        {"field": "unit", "old": "示例省", "new": "示例市司法局"},
    ]


def test_an_import_moves_once_and_can_be_given_up(province) -> None:
    clerk = make_clerk(province)
    row = checked(FULL, FORMS[FULL], province, clerk)
    withdraw_import(row, by=clerk, at=AT)
    row.refresh_from_db()
    assert row.state == ImportState.FAILED
    with pytest.raises(ImportStateError, match="未导入"):
        confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
    assert not Person.objects.exists()


def test_the_upload_is_sealed_and_deleted_after_the_import(
    province, django_capture_on_commit_callbacks
) -> None:
    clerk = make_clerk(province)
    row = checked(FULL, FORMS[FULL], province, clerk)
    with row.file.content.open("rb") as stored:
        assert "示例甲".encode() not in stored.read()
    confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        import_drafts(row, drafts_of(row, quiet), at=AT)
    row.refresh_from_db()
    assert not row.file.content.storage.exists(row.file.content.name)


@pytest.mark.parametrize(("n", "is_taken"), [(0, False), (1, True), (40, True), (41, False)])
def test_an_upload_is_as_long_as_allowed_and_no_longer(province, monkeypatch, n, is_taken) -> None:
    monkeypatch.setattr("secondment.people.services.imports.uploads.MOST_BYTES", 40)
    clerk = make_clerk(province)
    if is_taken:
        assert upload_roster("a.csv", b"x" * n, unit=province, by=clerk, at=AT).file.size > 0
    else:
        with pytest.raises(UploadError):
            upload_roster("a.csv", b"x" * n, unit=province, by=clerk, at=AT)


@pytest.mark.parametrize(("length", "kept"), [(200, 200), (201, 200)])
def test_the_page_to_go_on_to_is_kept_as_long_as_its_column(province, length, kept) -> None:
    path = "/" + "a" * (length - 1)
    row = upload_roster("a.csv", b"x", unit=province, by=make_clerk(province), at=AT, next_path=path)
    assert row.next_path == path[:kept]


def test_uploads_are_refused_by_right_ending_and_size(province) -> None:
    clerk = make_clerk(province)
    for name, content in (("a.exe", b"x"), ("a.csv", b"")):
        with pytest.raises(UploadError):
            upload_roster(name, content, unit=province, by=clerk, at=AT)
    leader = make_user(Role.LEADER, province)
    with pytest.raises(NotAllowedError):
        upload_roster("a.csv", b"x", unit=province, by=leader, at=AT)
    row = checked(FULL, FORMS[FULL], province, clerk)
    for act in (withdraw_import, confirm_import):
        with pytest.raises(NotAllowedError):
            act(row, by=leader, at=AT, **({} if act is withdraw_import else {"leaves_out_refused": False}))


def test_the_jobs_run_the_whole_way(province, django_capture_on_commit_callbacks) -> None:
    clerk = make_clerk(province)
    with django_capture_on_commit_callbacks(execute=True):
        row = upload_roster(FULL, FORMS[FULL], unit=province, by=clerk, at=AT)
    row = RosterImport.objects.get(pk=row.pk)
    assert row.state == ImportState.CHECKED
    with django_capture_on_commit_callbacks(execute=True):
        confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
    row.refresh_from_db()
    assert row.state == ImportState.IMPORTED
    assert Person.objects.count() == 1


def test_a_job_that_fails_leaves_the_import_failed(province, django_capture_on_commit_callbacks) -> None:
    clerk = make_clerk(province)
    row = checked(FULL, FORMS[FULL], province, clerk)
    imported(FULL, FORMS[FULL], province, clerk)
    with django_capture_on_commit_callbacks(execute=True):
        confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
    row.refresh_from_db()
    assert row.state == ImportState.FAILED
    with pytest.raises(ObjectDoesNotExist):
        Person.objects.get(name="示例丁")


def test_an_import_nobody_decides_upon_is_given_up_after_a_week(province) -> None:
    content = csv("姓名,性别,出生年月", "示例一,男,1985.03")
    row = checked("a.csv", content, province)
    assert expire_imports(at=AT + dt.timedelta(days=6)) == 0
    expire_waiting_imports(on=AT.date(), at=AT + dt.timedelta(days=7))
    row.refresh_from_db()
    assert row.state == ImportState.FAILED
    assert AuditEvent.objects.get(action="roster.withdraw").actor_id is None
    with pytest.raises(ImportStateError):
        confirm_import(row, leaves_out_refused=False, by=row.by, at=AT)
