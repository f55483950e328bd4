"""Pages of imports and exports: from upload to result, and files that leave for a reason only."""

import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook
from tests.makers import make_person
from tests.people.imported import FORMS, FULL, NUMBER, checked

from secondment.audit.models import AuditEvent
from secondment.people.files.appointment_forms.lrmx import read_lrmx
from secondment.people.models import RosterImport

pytestmark = pytest.mark.django_db
LIST = reverse("people:person_list")


def test_the_list_is_exported_without_numbers_and_on_record(client, person) -> None:
    response = client.get(f"{LIST}?export=xlsx&q=示例")
    lines = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert lines[1][0] == "示例甲"
    assert NUMBER not in str(lines)
    assert AuditEvent.objects.get(action="people.export_list").details == {"rows": 1}


def test_forms_leave_as_lrmx_word_and_zip(client, person) -> None:
    url = reverse("people:person_export", args=[person.pk])
    reason = {"reason": "上报审批"}
    form = read_lrmx(client.post(url, {**reason, "kind": "lrmx"}).content, "a")
    assert (form.name, form.identity_number, len(form.family)) == ("示例甲", NUMBER, 4)
    word = Document(io.BytesIO(client.post(url, {**reason, "kind": "docx"}).content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    for text in ("示例甲", "1985.03\n（41岁）", "农业技术推广", "示例小甲", "挂任示例县人民政府副县长"):
        assert text in cells
    assert len(word.inline_shapes) == 1
    assert client.post(url, {**reason, "kind": "exe"}).status_code == 404
    assert client.post(url, {"reason": "", "kind": "lrmx"}).status_code == 409
    several = reverse("people:forms_export")
    assert client.post(several, {"selected": make_person().pk, **reason}).status_code == 404
    asks = client.post(several, {"selected": person.pk})
    assert b'name="reason"' in asks.content
    assert client.post(several, {"selected": person.pk, **reason})["Content-Type"] == "application/zip"


def test_numbers_leave_for_a_reason_only(client, person, monkeypatch) -> None:
    url = f"{reverse('people:identities_export')}?sex=1"
    assert client.get(url).context["n"] == 1
    assert client.get(url.replace("sex=1", "sex=7")).context["n"] == 0
    assert b"PK" not in client.post(url, {"reason": ""}).content[:2]
    response = client.post(url, {"reason": "办理保险"})
    lines = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert lines[1][:4] == ["示例甲", "男", "1985-03-12", NUMBER]
    assert AuditEvent.objects.get(action="people.export_identities").details["filters"] == "sex=1"


def test_an_import_is_followed_from_upload_to_result(
    client, unit, django_capture_on_commit_callbacks
) -> None:
    upload = {"unit": unit.pk, "file": SimpleUploadedFile(FULL, FORMS[FULL]), "next": "/campaigns/7/"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("people:import_create"), upload)
    row = RosterImport.objects.get()
    assert response["Location"] == reverse("people:import_detail", args=[row.pk])
    page = client.get(response["Location"])
    assert [tab.n for tab in page.context["groups"]] == [1, 1, 0, 0, 0]
    assert page.context["may_confirm"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("people:import_confirm", args=[row.pk]))
    page = client.get(response["Location"])
    assert "已导入：新增 1 人，更新 0 人。" in page.content.decode()
    assert 'href="/campaigns/7/"' in page.content.decode()
    progress = client.get(reverse("people:import_progress", args=[row.pk]))
    assert progress.context["is_done"]
    assert progress["HX-Refresh"] == "true"
    assert client.get(f"{response['Location']}?outcome=refused").context["listing"].n_rows == 0
    assert client.get(reverse("people:import_list")).context["listing"].n_rows == 1


def test_an_import_with_problems_offers_the_explicit_choice_and_can_be_given_up(client, clerk, unit) -> None:
    content = "姓名,性别,出生年月\n示例一,男,1985.03\n示例二,男,去年".encode()
    row = checked("a.csv", content, unit, clerk)
    url = reverse("people:import_detail", args=[row.pk])
    text = client.get(url).content.decode()
    assert "仅导入没有问题的 1 人" in text
    assert "“去年”不是有效的年月" in text
    assert client.post(reverse("people:import_confirm", args=[row.pk])).status_code == 409
    assert exported(client, url) == "出生年月：“去年”不是有效的年月；请按年月填写，如198503或1985.03"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert exported(client, url) == "出生年月: “去年” is not a date; write it as 1985.03 or 1985-03-12"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    client.post(reverse("people:import_withdraw", args=[row.pk]))
    assert "本次导入没有完成，人员信息没有改动。" in client.get(url).content.decode()


def exported(client, url: str) -> str:
    """The last cell of the only row that the list of an import gives away."""
    content = io.BytesIO(client.get(f"{url}?export=xlsx").content)
    (_head, row) = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    return str(row[-1])


def test_a_report_opens_on_what_has_to_be_put_right(client, clerk, unit) -> None:
    content = "姓名,性别,出生年月\n示例一,男,1985.03\n示例二,男,去年".encode()
    url = reverse("people:import_detail", args=[checked("a.csv", content, unit, clerk).pk])
    page = client.get(url)
    assert [row.item.label for row in page.context["listing"].rows()] == ["示例二"]
    assert [tab.is_current for tab in page.context["groups"]] == [False, False, False, False, True]
    everybody = client.get(page.context["groups"][0].url)
    assert [row.item.label for row in everybody.context["listing"].rows()] == ["示例一", "示例二"]
    assert [tab.is_current for tab in everybody.context["groups"]] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("next=/campaigns/3/", "/campaigns/3/"),
        ("next=//evil.example/", ""),
        ("next=https://evil.example/", ""),
        ("next=javascript:alert(1)", ""),
        ("campaign=3", "/campaigns/3/nominate/"),
        ("campaign=3/../", ""),
    ],
)
def test_the_way_back_stays_on_this_site(client, query, kept) -> None:
    assert client.get(f"{reverse('people:import_create')}?{query}").context["next_path"] == kept


def test_a_wrong_upload_is_told_on_the_form(client, unit) -> None:
    upload = {"unit": unit.pk, "file": SimpleUploadedFile("a.exe", b"x")}
    page = client.post(reverse("people:import_create"), upload)
    assert "不能读取这种文件" in str(page.context["form"].non_field_errors())


def test_the_template_has_drop_downs_and_instructions(client) -> None:
    content = client.get(reverse("people:import_template")).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["名册", "选项", "填写说明"]
    assert book.get_sheet_by_name("名册").to_python()[0][:3] == ["姓名", "性别", "出生年月"]
