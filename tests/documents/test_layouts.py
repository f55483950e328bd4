"""Columns nobody knows: asked once, mapped or left out by choice, remembered for files that look alike."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.makers import AT, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.documents.layouts import Office
from secondment.documents.models import FileLayout
from secondment.units.models import Unit

pytestmark = pytest.mark.django_db
CSV = "单位名册\n机构称谓,上级单位,单位类别,单位层级,联系电话\n新区,示例市,地区,县级,1390\n"


@pytest.fixture
def top() -> Unit:
    return make_unit("示例市")


@pytest.fixture
def client(top: Unit) -> Client:
    client = Client()
    user = make_user(Role.SYSTEM_ADMINISTRATOR, top)
    user.unit = top
    user.save()
    client.force_login(user)
    return client


def uploaded(client: Client, content: str = CSV, name: str = "单位.csv") -> str:
    response = client.post(
        reverse("directory:unit_import"), {"file": SimpleUploadedFile(name, content.encode())}
    )
    return str(response.url)


def test_unknown_columns_are_asked_mapped_left_out_and_remembered(client: Client) -> None:
    url = uploaded(client)
    page = client.get(url).content.decode()
    assert "机构称谓" in page
    assert "联系电话" in page
    assert "内容如：1390" in page
    assert "对应到“单位名称”" in page
    assert "对应到“上级单位”" not in page  # the file has it
    answered = client.post(url, {"column_0": "单位名称", "column_1": "-"})
    assert answered.url == url
    page = client.get(url).content.decode()
    for told in (
        "新增 1 条",
        "新区",
        "“机构称谓”列按“单位名称”读取",
        "按您的选择忽略的列：联系电话",
        "不是数据行，没有读取：单位名册",
    ):
        assert told in page
    event = AuditEvent.objects.get(action="file_layout.choose")
    assert event.details["columns"] == {"机构称谓": "单位名称", "联系电话": ""}
    assert FileLayout.objects.get().columns == {"机构称谓": "单位名称", "联系电话": ""}
    again = uploaded(client)
    assert "新增 1 条" in client.get(again).content.decode()
    client.post(f"{again}confirm/")
    assert Unit.objects.filter(name="新区").exists()
    assert "对应到“单位名称”" in client.get(f"{url}?columns=1").content.decode()


def test_an_answer_that_is_incomplete_or_means_one_column_twice_is_asked_again(client: Client) -> None:
    url = uploaded(client)
    assert "这一项必填" in client.post(url, {"column_0": "单位名称"}).content.decode()
    page = client.post(url, {"column_0": "单位名称", "column_1": "单位名称"}).content.decode()
    assert "有两列都对应到“单位名称”，请只保留一列。" in page
    assert not FileLayout.objects.exists()


def test_the_sheet_of_a_list_is_chosen_and_kept_until_it_is_written(client: Client) -> None:
    book = openpyxl.Workbook()
    for title, name in (("甲表", "东区"), ("乙表", "西区")):
        sheet = book.create_sheet(title)
        sheet.append(["单位名称", "上级单位", "单位类别", "单位层级"])
        sheet.append([name, "示例市", "地区", "县级"])
    content = io.BytesIO()
    book.save(content)
    file = SimpleUploadedFile("单位.xlsx", content.getvalue())
    url = str(client.post(reverse("directory:unit_import"), {"file": file}).url)
    assert "乙表（有内容的 2 行）" in client.get(url).content.decode()
    review = client.post(url, {"sheet": "乙表"}).url
    page = client.get(review)
    assert "西区" in page.content.decode()
    assert "工作表“甲表”没有读取（有内容的 2 行）" in page.content.decode()
    client.post(page.context["confirm_url"])
    assert Unit.objects.filter(name="西区").exists()
    assert not Unit.objects.filter(name="东区").exists()


def test_nothing_is_written_while_a_question_is_open(client: Client) -> None:
    url = uploaded(client)
    client.post(f"{url}confirm/")
    assert not Unit.objects.filter(name="新区").exists()


def test_an_office_remembers_for_its_unit_and_an_account_without_one_for_itself(top: Unit) -> None:
    one, other = make_user(Role.LEADER, top), make_user(Role.LEADER, top)
    Office(top, one, "a").choose("x", {"电话": ""}, at=AT)
    Office(top, other, "a").choose("x", {"电话": "姓名"}, at=AT)
    assert Office(top, one, "a").chosen("x") == {"电话": "姓名"}
    assert Office(top, one, "b").chosen("x") == {}
    Office(None, one, "a").choose("x", {"电话": ""}, at=AT)
    assert Office(None, one, "a").chosen("x") == {"电话": ""}
    assert Office(None, other, "a").chosen("x") == {}
