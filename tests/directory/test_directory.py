"""The directory of units: tree, history, moves, lists in and out."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.directory.errors import DirectoryRefusedError
from secondment.directory.exports import units_workbook
from secondment.directory.imports import read_units
from secondment.directory.queries import roots_of, visible_to, weight_of
from secondment.directory.services import (
    add_unit,
    change_unit,
    close_unit,
    import_units,
    move_unit,
    reopen_unit,
)
from secondment.files.faults import CellError
from secondment.files.reading import parse_table
from secondment.units.models import Unit
from secondment.units.queries import find_unit, picker_label, unit_label
from secondment.units.services import ReasonMissingError, UnitStillUsedError
from tests.makers import AT, make_person, make_post, make_region, make_unit, make_user
from tests.pages import text_of
from tests.people.test_round_trip import ODD_TEXTS

CREDIT = "11520000000000001N"
LATER = AT + dt.timedelta(days=10)


@pytest.fixture
def root(db: None):
    return make_unit("示例省", kind="region", level="provincial")


@pytest.fixture
def keeper(root):
    return make_user(Role.ORGANISATION_DEPARTMENT, root)


@pytest.fixture
def client(keeper, signed_in):
    return signed_in(keeper)


def periods_of(unit):
    return list(unit.periods.values_list("name", "starts_on", "ends_on", "reason"))


def credit_code() -> str:
    from secondment.files.identity import credit_check_character

    return CREDIT[:17] + credit_check_character(CREDIT[:17])


def form(**changes):
    return {"name": "教育厅", "kind": "government_organ", "level": "provincial", "position": "0"} | changes


def test_a_new_name_keeps_the_old_one(root, keeper):
    unit = make_unit("农业厅", root)
    unit.name = "农业农村厅"
    with pytest.raises(ReasonMissingError):
        change_unit(unit, by=keeper, at=LATER, version=1, reason=" ")
    changed = change_unit(unit, by=keeper, at=LATER, version=1, reason="机构改革")
    assert (changed.name, changed.version) == ("农业农村厅", 2)
    assert periods_of(unit) == [
        ("农业厅", dt.date(2026, 11, 23), dt.date(2026, 12, 3), ""),
        ("农业农村厅", dt.date(2026, 12, 3), None, "机构改革"),
    ]
    with pytest.raises(StaleObjectError):
        change_unit(unit, by=keeper, at=LATER, version=1, reason="机构改革")


def test_other_facts_leave_the_history_alone(root, keeper):
    unit = make_unit("农业厅", root)
    unit.short_name = "农厅"
    assert change_unit(unit, by=keeper, at=LATER, version=None, reason="").short_name == "农厅"
    assert len(periods_of(unit)) == 1


def test_units_close_from_below_and_reopen(root, keeper):
    above = make_unit("甲县", root)
    below = make_unit("乙乡", above)
    with pytest.raises(UnitStillUsedError):
        close_unit(above, reason="", by=keeper, at=AT)
    assert not close_unit(below, reason="撤并", by=keeper, at=AT).is_active
    assert not close_unit(above, reason="撤并", by=keeper, at=AT).is_active
    assert reopen_unit(above, by=keeper, at=AT).is_active
    assert reopen_unit(below, by=keeper, at=AT).is_active


def test_nothing_is_kept_outside_the_scope(root, keeper):
    foreign = make_unit("外省")
    own = make_unit("甲县", root)
    refused = [
        lambda: add_unit(Unit(name="甲", parent=foreign), by=keeper, at=AT),
        lambda: add_unit(Unit(name="甲"), by=keeper, at=AT),
        lambda: change_unit(foreign, by=keeper, at=AT, version=None, reason=""),
        lambda: move_unit(own, parent=foreign, reason="甲", by=keeper, at=AT),
        lambda: move_unit(root, parent=own, reason="甲", by=keeper, at=AT),
        lambda: close_unit(foreign, reason="", by=keeper, at=AT),
        lambda: reopen_unit(foreign, by=keeper, at=AT),
    ]
    for action in refused:
        with pytest.raises(NotAllowedError):
            action()
    with pytest.raises(ReasonMissingError, match="划转须写明事由"):
        move_unit(own, parent=root, reason="", by=keeper, at=AT)


def test_weight_counts_people_and_posts_below(root):
    county = make_unit("甲县", root)
    village = make_unit("乙村", county)
    for unit in (county, village):
        make_person(unit)
        make_post(unit)
    make_person(village)
    weight = weight_of(county)
    assert (weight.n_units, weight.n_people, weight.n_posts) == (2, 3, 2)


def test_roots_are_the_topmost_units_of_all_roles(root, keeper):
    inner, other = make_unit("甲县", root), make_unit("外省")
    for unit in (inner, other):
        RoleAssignment.objects.create(
            user=keeper,
            role=Role.SYSTEM_ADMINISTRATOR if unit == inner else Role.ORGANISATION_DEPARTMENT,
            unit=unit,
        )
    assert set(roots_of(keeper)) == {root, other}
    assert visible_to(keeper).count() == 3


def test_tree_opens_branch_by_branch_and_searches(root, client):
    county = make_unit("甲县", root)
    make_unit("乙乡", county)
    page = client.get(reverse("directory:unit_tree")).content.decode()
    assert "示例省" in page
    assert "甲县" not in page
    branch = client.get(reverse("directory:unit_children", args=[root.pk])).content.decode()
    assert reverse("directory:unit_children", args=[county.pk]) in branch
    assert "乙乡" not in branch
    assert "乙乡" in client.get(reverse("directory:unit_tree"), {"q": "乙"}).content.decode()
    assert "未找到相关单位" in client.get(reverse("directory:unit_tree"), {"q": "火星"}).content.decode()


def test_a_unit_is_made_changed_and_shown(root, client):
    make_region("11", "北京市")
    url = reverse("directory:unit_create", args=[root.pk])
    response = client.post(url, form(region="11", credit_code=credit_code().lower()))
    unit = Unit.objects.get(name="教育厅")
    assert response.headers["Location"] == reverse("directory:unit_detail", args=[unit.pk])
    assert (unit.credit_code, unit.region_id, unit.parent) == (credit_code(), "11", root)
    edit = reverse("directory:unit_edit", args=[unit.pk])
    renamed = form(name="教育委员会", version="1", region="11")
    assert client.post(edit, renamed).context["form"].errors["reason"] == ["更名须写明事由。"]
    client.post(edit, renamed | {"reason": "机构改革"})
    page = client.get(response.headers["Location"]).content.decode()
    assert "教育委员会" in page
    assert "机构改革" in page


def test_units_above_are_links_where_the_account_keeps_them(root, signed_in):
    below = make_unit("下级处", make_unit("示例厅", root))
    page = signed_in(make_user(Role.ORGANISATION_DEPARTMENT, below.parent)).get(
        reverse("directory:unit_detail", args=[below.pk])
    )
    text = page.content.decode()
    assert f"<span>{root.name}</span>" in text
    assert f'<a href="{reverse("directory:unit_detail", args=[below.parent_id])}">示例厅</a>' in text


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": "甲/乙"}, "name", "单位名称不能含斜线。"),
        ({"name": "甲县"}, "name", "同一上级单位下已有同名单位。"),
        (
            {"credit_code": "123"},
            "credit_code",
            "统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z），请对照证书改正。",
        ),
    ],
)
def test_the_form_says_what_is_wrong(root, client, changes, field, message):
    make_unit("甲县", root)
    response = client.post(reverse("directory:unit_create", args=[root.pk]), form(**changes))
    assert response.context["form"].errors[field] == [message]


def test_a_credit_code_belongs_to_one_unit(root, client):
    make_unit("甲县", root, credit_code=credit_code())
    response = client.post(reverse("directory:unit_create", args=[root.pk]), form(credit_code=credit_code()))
    assert response.context["form"].errors["credit_code"] == ["已有单位使用该代码。"]


def test_a_move_is_shown_before_it_is_made(root, client):
    county, other = make_unit("甲县", root), make_unit("丙县", root)
    village = make_unit("乙村", county)
    make_person(village)
    url = reverse("directory:unit_move", args=[village.pk])
    assert "干部 1 人" in client.get(url).content.decode()
    data = {"parent": "丙县", "reason": "区划调整"}
    assert "“乙村”将从“甲县”划转到“丙县”之下" in client.post(url, data).content.decode()
    village.refresh_from_db()
    assert village.parent == county
    client.post(url, data | {"is_confirmed": "1"})
    village.refresh_from_db()
    assert (village.parent, village.path) == (other, f"{root.pk}/{other.pk}/{village.pk}/")


def test_closing_and_reopening_from_the_page(root, client):
    unit = make_unit("甲县", root)
    client.post(reverse("directory:unit_close", args=[unit.pk]), {"reason": "撤并"})
    assert "恢复使用" in client.get(reverse("directory:unit_detail", args=[unit.pk])).content.decode()
    client.post(reverse("directory:unit_reopen", args=[unit.pk]))
    assert Unit.objects.get(pk=unit.pk).is_active


def test_suggestions_stay_inside_the_scope(root, client):
    make_unit("甲县", root)
    make_unit("甲县外")
    make_region("11", "北京市")
    page = client.get(reverse("directory:unit_names"), {"anything": "甲"}).content.decode()
    assert page.count("<option") == 1
    assert 'value="甲县 · 示例省"' in page
    own = client.get(reverse("directory:unit_names"), {"anything": "甲县 · 示例省"}).content.decode()
    assert own.count("<option") == 1  # what was picked is found again
    assert "北京市" in client.get(reverse("directory:region_names"), {"region": "北"}).content.decode()
    assert client.get(reverse("directory:region_names")).status_code == 200


def test_a_picked_unit_is_read_back_among_namesakes(root):
    east, west = make_unit("东镇", root), make_unit("西镇", root)
    first, second = make_unit("双树村", east), make_unit("双树村", west)
    assert picker_label(second) == "双树村 · 西镇"
    for unit in (first, second, east):
        for text in (picker_label(unit), unit_label(unit)):
            assert find_unit(text, Unit.objects.all()) == unit
    with pytest.raises(CellError):
        find_unit("双树村 · 北镇", Unit.objects.all())


HEADERS = ["单位名称", "上级单位", "简称", "单位类别", "单位层级", "所在区划", "统一社会信用代码", "排序"]
HEADER = "单位名称,上级单位,单位类别,单位层级,简称,所在区划,统一社会信用代码,排序"


def read(keeper, *lines: str, header: str = HEADER):
    return read_units("\n".join([header, *lines]).encode(), file="单位.csv", units=visible_to(keeper))


def test_a_list_makes_units_and_units_below_them(root, keeper):
    make_region("11", "北京市")
    lines = ("甲县,示例省,地区,县级,,北京市,,10", "乙乡,甲县,乡镇街道,乡级,,,,", "丙村,乙乡,村社区,村级,,,,")
    plan = read(keeper, *lines)
    assert plan.refused == []
    assert import_units(plan, by=keeper, at=AT) == 3
    village = Unit.objects.get(name="丙村")
    assert [unit.name for unit in Unit.objects.filter(pk__in=village.path.strip("/").split("/"))] == [
        "示例省", "甲县", "乙乡", "丙村",
    ]  # fmt: skip
    again = read(keeper, *lines)
    assert (again.report().n_unchanged, again.to_write) == (3, [])


def test_a_credit_code_finds_a_unit_with_a_new_name(root, keeper):
    unit = make_unit("农业厅", root, credit_code=credit_code(), level="provincial")
    plan = read(keeper, f"农业农村厅,,政府机关,省级,,,{credit_code()},")
    assert [(one.label, one.old, one.new) for one in plan.report().changed[0].differences] == [
        ("单位名称", "农业厅", "农业农村厅")
    ]
    import_units(plan, by=keeper, at=LATER)
    assert periods_of(unit)[1][0] == "农业农村厅"


def test_faults_of_a_list_are_named(root, keeper):
    county = make_unit("甲县", root, credit_code=credit_code())
    make_unit("丁县", root)
    plan = read(
        keeper,
        "甲/乙,示例省,地区,县级,,,,",
        "乙乡,火星,地区,县级,,,,",
        "乙乡,甲县,飞船,省辖,,火星,1,x",
        "丙乡,甲县,乡镇街道,乡级,,,,",
        "丙乡,甲县,乡镇街道,乡级,,,,",
        f"甲县,丁县,地区,县级,,,{credit_code()},",
    )
    assert [(one.line, one.field, one.found) for one in plan.refused] == [
        (2, "单位名称", "单位名称“甲/乙”不能使用"),
        (3, "上级单位", "未找到单位“火星”"),
        (4, "统一社会信用代码", "统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z）"),
        (4, "单位类别", "“飞船”不在可选范围内"),
        (4, "单位层级", "“省辖”不在可选范围内"),
        (4, "所在区划", "未找到区划“火星”"),
        (4, "排序", "“x”不是整数"),
        (6, "单位名称", "与第5行是同一个单位"),
        (7, "上级单位", "该单位目前隶属于“示例省”"),
    ]
    with pytest.raises(DirectoryRefusedError, match="有9处"):
        import_units(plan, by=keeper, at=AT)
    assert not Unit.objects.filter(parent=county).exists()
    assert (
        read(keeper, "1", header="名称").refused[0].remedy
        == "请在表中加上这一列，逐行填写后重新上传；写法见模板中的填写说明"
    )


def test_other_words_of_offices_are_understood(root, keeper):
    header = "单位全称,主管单位,类别,层级"
    plan = read(keeper, "甲县,示例省,地区,县", "乙乡,甲县,乡镇,乡级", "丙村,乙乡,村,村", header=header)
    assert [(line.unit.kind, line.unit.level) for line in plan.lines] == [
        ("region", "county"),
        ("township", "township"),
        ("village", "village"),
    ]
    assert (
        read(keeper, "丁局,示例省,政府机关,正科级", header=header).refused[0].found
        == "“正科级”不在可选范围内"
    )


def test_below_a_faulty_row_the_row_is_named(root, keeper):
    header = "单位名称,上级单位,单位类别,单位层级"
    plan = read(keeper, "乙乡,示例省,飞船,乡级", "丙村,乙乡,村社区,村级", header=header)
    assert [(one.line, one.found, one.remedy) for one in plan.refused[1:]] == [
        (3, "上级单位“乙乡”所在的第2行有错", "请先改正第2行，本行随之可以导入")
    ]


def test_few_columns_are_enough(root, keeper):
    header = "单位名称,上级单位,单位类别,单位层级"
    plan = read(keeper, "甲县,示例省,地区,县级", "乙乡,甲县,乡镇街道,乡级", header=header)
    assert (plan.refused, len(plan.lines)) == ([], 2)


def test_english_headers_name_the_same_columns(root, keeper):
    english = "name,parent,kind,level,short_name,region,credit_code,position"
    lines = ("甲县,示例省,地区,县级,,,1,10", "乙乡,示例省,飞船,乡级,,,,")
    plans = [read(keeper, *lines, header=header) for header in (english, HEADER)]
    english_faults, chinese_faults = ([(one.line, one.found) for one in plan.refused] for plan in plans)
    assert english_faults == chinese_faults
    assert [(one.line, one.field) for one in plans[0].refused] == [(2, "credit_code"), (3, "kind")]
    sound = read(keeper, "甲县,示例省,地区,县级,县,,,10", header=english)
    (line,) = sound.lines
    assert (sound.refused, line.unit.short_name, line.unit.position) == ([], "县", 10)


def test_two_headers_of_a_list_that_mean_the_same_are_refused(root, keeper):
    plan = read(keeper, "甲县,示例省,地区,县级,地区", header="单位名称,上级单位,单位类别,单位层级,kind")
    assert [one.field for one in plan.refused] == ["单位类别", "kind"]
    assert plan.lines == []


def test_the_template_explains_every_column(root, keeper):
    book = CalamineWorkbook.from_filelike(io.BytesIO(units_workbook([], is_template=True)))
    rows = book.get_sheet_by_name("填写说明").to_python()
    assert [row[0] for row in rows[1:]] == HEADERS
    assert rows[1] == ["单位名称", "必填。全称，不含斜线。", "示例县农业农村局"]
    assert rows[3] == ["简称", "选填。", "县农业农村局"]


def test_an_exported_list_imports_as_unchanged(root, keeper, client):
    make_unit("=甲县", root, short_name="县", position=3)
    content = client.get(reverse("directory:unit_export")).content
    plan = read_units(content, file="a.xlsx", units=visible_to(keeper))
    assert (plan.refused, plan.to_write, len(plan.lines)) == ([], [], 1)
    assert client.get(reverse("directory:unit_template")).content[:2] == b"PK"
    assert units_workbook([])[:2] == b"PK"


def test_odd_names_come_back_as_they_are(root, keeper):
    names = [text for text in ODD_TEXTS if text != "#N/A"]  # an error cell is no name
    for at, text in enumerate(names):
        make_unit(text[:120], root, short_name=text[:40], position=at)
    content = units_workbook(visible_to(keeper).exclude(pk=root.pk))
    plan = read_units(content, file="a.xlsx", units=visible_to(keeper))
    assert (plan.refused, plan.to_write, len(plan.lines)) == ([], [], len(names))


def test_import_from_upload_to_confirmation(root, client, monkeypatch):
    url = reverse("directory:unit_import")
    upload = SimpleUploadedFile("单位.csv", f"{HEADER}\n甲县,示例省,地区,县级,,,,\n".encode())
    review = client.post(url, {"file": upload}).headers["Location"]
    assert "新增 1 条" in client.get(review).content.decode()
    client.post(f"{review}confirm/")
    assert Unit.objects.filter(name="甲县", parent=root).exists()
    broken = SimpleUploadedFile("a.pdf", b"x")
    assert "file" in client.post(url, {"file": broken}).context["form"].errors
    monkeypatch.setattr("secondment.documents.forms.LARGEST_LIST", 1)
    upload.seek(0)
    assert "file" in client.post(url, {"file": upload}).context["form"].errors


def test_rows_with_faults_are_set_aside_and_come_back_corrected(root, client) -> None:
    url = reverse("directory:unit_import")
    rows = "甲县,示例省,地区,县级,,,,\n乙县,没有的单位,地区,县级,,,,\n丙乡,乙县,乡镇,乡镇级,,,,\n"
    upload = SimpleUploadedFile("单位.csv", f"{HEADER}\n{rows}".encode())
    review = client.post(url, {"file": upload}).headers["Location"]
    aside = f"{review}aside/"
    assert aside in client.get(review).content.decode()
    rest = client.post(aside).headers["Location"]
    page = client.get(rest)
    assert "新增 1 条" in text_of(page)
    workbook = client.get(page.context["faulty"]).content
    assert workbook.startswith(b"PK")
    assert [one["单位名称"] for one in parse_table(workbook, file="更正表.xlsx").rows] == ["乙县", "丙乡"]
    client.post(page.context["confirm_url"])
    assert Unit.objects.filter(name="甲县", parent=root).exists()
    assert not Unit.objects.filter(name__in=["乙县", "丙乡"]).exists()
