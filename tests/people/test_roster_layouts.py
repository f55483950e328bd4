"""A roster whose columns or sheet only its clerk can name: asked before the check, remembered for its unit."""

import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.makers import AT, make_unit
from tests.people.imported import checked, findings, make_clerk, quiet, told

from secondment.audit.models import AuditEvent
from secondment.common.file_faults import told_again
from secondment.documents.models import FileLayout
from secondment.files.table import Questions
from secondment.people.choices import ImportState
from secondment.people.models import RosterImport
from secondment.people.services.imports.uploads import office_of, open_questions, upload_roster
from secondment.people.services.imports.work import check_drafts, note_reading, upload_of

pytestmark = pytest.mark.django_db
CLERKS = Path(__file__).parents[1] / "data" / "clerks"


@pytest.fixture
def clerk(province):
    return make_clerk(province)


@pytest.fixture
def client(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def read(row: RosterImport) -> RosterImport:
    """What the job of the check does."""
    row.refresh_from_db()
    upload = upload_of(row, quiet)
    if not note_reading(row, upload):
        check_drafts(row, upload.drafts, quiet)
    row.refresh_from_db()
    return row


def uploaded(name: str, province, clerk) -> RosterImport:
    content = with_other_header((CLERKS / name).read_bytes())
    return read(upload_roster(name, content, unit=province, by=clerk, at=AT))


def escaped(text: str) -> bytes:
    """The text as the clerk's program has written it."""
    return "".join(f"&#{ord(sign)};" for sign in text).encode()


def with_other_header(workbook: bytes) -> bytes:
    """The same workbook, in which the clerk's extra column is one that no roster of ours has."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name).replace(*(escaped(header) for header in ("联系电话", "办公房间")))
            )
    return written.getvalue()


def test_an_unknown_column_is_chosen_once_and_remembered_for_the_unit(province, clerk, client) -> None:
    row = uploaded("a03c_phone_column.xlsx", province, clerk)
    assert row.state == ImportState.ASKING
    assert "13900000000" not in str(row.questions)  # sealed like the file
    detail, columns = (
        reverse(f"people:{page}", args=[row.pk]) for page in ("import_detail", "import_columns")
    )
    assert client.get(detail).url == columns
    page = client.get(columns).content.decode()
    assert "办公房间" in page
    assert "内容如：13900000000" in page
    assert "对应到“健康状况”" in page
    assert "对应到“姓名”" not in page
    assert "请选择" in client.post(columns, {"column_0": ""}).content.decode()
    assert client.post(columns, {"column_0": "-"}).url == detail
    assert AuditEvent.objects.filter(action="roster.choose_columns").count() == 1
    assert FileLayout.objects.get().columns == {"办公房间": ""}
    row = read(row)
    assert (row.state, row.n_created) == (ImportState.CHECKED, 1)
    assert [told_again(note)["found"] for note in row.notes] == [
        "不需要的列没有读取：序号",
        "按您的选择忽略的列：办公房间",
    ]
    page = client.get(detail).content.decode()
    assert "按您的选择忽略的列：办公房间" in page
    assert "重新选择列" in page
    again = uploaded("a03c_phone_column.xlsx", province, clerk)
    assert (again.state, again.n_created) == (ImportState.CHECKED, 1)
    elsewhere = make_unit("另一省")
    assert uploaded("a03c_phone_column.xlsx", elsewhere, make_clerk(elsewhere)).state == ImportState.ASKING


def test_a_choice_can_be_made_again_before_anything_is_written(province, clerk, client) -> None:
    row = uploaded("a03c_phone_column.xlsx", province, clerk)
    columns = reverse("people:import_columns", args=[row.pk])
    client.post(columns, {"column_0": "-"})
    row = read(row)
    assert 'value="-" selected' in client.get(columns).content.decode()
    client.post(columns, {"column_0": "身份证号"})
    row = read(row)
    assert "“办公房间”列按“身份证号”读取" in [told_again(note)["found"] for note in row.notes]
    assert told(row)[0][2:] == (
        "refused",
        ["身份证号：身份证号应为18位，实有11位或含有其他字符；请对照身份证改正"],
    )


def test_one_of_two_sheets_is_chosen(province, clerk, client) -> None:
    row = uploaded("a07c_two_sheets.xlsx", province, clerk)
    columns = reverse("people:import_columns", args=[row.pk])
    page = client.get(columns).content.decode()
    assert "正职（有内容的 2 行）" in page
    client.post(columns, {"sheet": "正职"})
    row = read(row)
    assert [one.label for one in row.rows.all()] == ["丁五"]
    assert [told_again(note)["found"] for note in row.notes] == [
        "读取的是工作表“正职”",
        "工作表“Sheet1”没有读取（有内容的 2 行）",
    ]


def test_what_nobody_has_chosen_refuses_the_file(province) -> None:
    content = with_other_header((CLERKS / "a03c_phone_column.xlsx").read_bytes())
    row = checked("a.xlsx", content, province)
    assert told(row) == [
        (
            "a.xlsx 第1行",
            "",
            "refused",
            ["办公房间：不认识的列“办公房间”；请选择它对应哪一列，或忽略它"],
        )
    ]


@pytest.mark.parametrize(
    ("name", "outcomes", "problems"),
    [
        (
            "a01_id_number.xlsx",
            ["refused"] * 4 + ["created"],
            [
                "身份证号：“9.90000E+17”被表格软件存成了数字，末几位已丢失；请把这一列设为文本格式，重新填写号码"
            ],
        ),
        (
            "a09c_optional_na.xlsx",
            ["refused"],
            [
                "职务层次：单元格显示错误值 #N/A；请改正公式，或直接填写内容",
                "健康状况：单元格显示错误值 #DIV/0!；请改正公式，或直接填写内容",
            ],
        ),
        (
            "a09_formula_nocache.xlsx",
            ["refused", "created"],
            [
                "性别：单元格是公式，文件中没有保存结果；请用 Excel 或 WPS 打开并保存一次，或直接填写内容",
                "出生年月：单元格是公式，文件中没有保存结果；请用 Excel 或 WPS 打开并保存一次，或直接填写内容",
            ],
        ),
        (
            "a16_gbk_pua.csv",
            ["refused"],
            ["姓名：第 2 个字符（U+E81E）是自造字或已损坏的字符；请用现用输入法重新输入这个字"],
        ),
        ("a08_hidden_row.xlsx", ["created", "created"], []),
        ("a13_fullwidth_id.xlsx", ["created", "created", "created", "refused"], []),
        ("a04b_title_two.xlsx", ["created"], []),
        ("a11c_utf16_tab.txt", ["created"], []),
        ("a11l_quote_newline.csv", ["created"], []),
        ("a11n_html_xls.xls", ["refused"], None),
        ("legacy.xls", ["refused", "refused"], None),
    ],
)
def test_every_row_of_a_clerks_file_has_its_outcome(
    province, name: str, outcomes: list[str], problems: list[str] | None
) -> None:
    row = checked(name, (CLERKS / name).read_bytes(), province)
    rows = told(row)
    assert [one[2] for one in rows] == outcomes
    if problems is not None:
        assert rows[0][3] == problems


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        (
            "a02_dates.xlsx",
            {
                5: "“1985.1”可能是1月，也可能是10月",
                9: "“1985-06-31”这一天不存在",
                12: "“85.06”不是有效的年月",
                15: "“一九八五年六月”不是有效的年月",
                17: "“Jun-85”不是有效的年月",
                21: "“06/1985”不是有效的年月",
                22: "“1985.13”不是有效的年月",
            },
        ),
        (
            "a02b_dates.csv",
            {
                3: "“一九八五年六月”不是有效的年月",
                5: "“Jun-85”不是有效的年月",
                8: "“06/1985”不是有效的年月",
                9: "“1985.13”不是有效的年月",
                15: "“85年6月”不是有效的年月",
            },
        ),
    ],
)
def test_dates_are_read_or_refused_with_the_reason(province, name: str, refused: dict[int, str]) -> None:
    row = checked(name, (CLERKS / name).read_bytes(), province)
    found = {one.line: findings(one)[0]["found"] for one in row.rows.filter(outcome="refused")}
    assert found == refused


def test_a_remembered_choice_that_no_longer_fits_is_asked_again(province, clerk) -> None:
    row = uploaded("a03c_phone_column.xlsx", province, clerk)
    office_of(row, clerk).choose(row.questions["look"], {"办公房间": "血型"}, at=AT)
    assert uploaded("a03c_phone_column.xlsx", province, clerk).state == ImportState.ASKING


def test_a_file_that_leaves_nothing_open_has_no_questions(province) -> None:
    assert open_questions(RosterImport(unit=province)) == Questions()
