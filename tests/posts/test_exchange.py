"""Demands in and out of Excel: what is refused, what changes, and that a second import does nothing."""

import datetime as dt
from pathlib import Path

import pytest

from secondment.common.components import Difference
from secondment.common.days import add_months
from secondment.common.import_report import Refusal
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.columns.post import POST
from secondment.files.faults import CellError
from secondment.files.headers import Layout
from secondment.files.reading import parse_table
from secondment.posts.choices import PostState, Specialty
from secondment.posts.columns import KEYS, months_of, read_task, write_task
from secondment.posts.errors import ImportRefusedError
from secondment.posts.exports import posts_workbook, template_workbook
from secondment.posts.imports import read_posts
from secondment.posts.models import Post
from secondment.posts.queries import host_units, visible_to
from secondment.posts.services import import_posts
from secondment.units.models import Unit
from tests.makers import AT, make_region, make_unit
from tests.people.test_round_trip import ODD_TEXTS
from tests.posts.scene import complete_post, make_scene, task

ROSTER = Path(__file__).parents[1] / "data" / "rosters" / "host_posts.csv"
HEADER = "接收单位,岗位编号,挂任职务,人数,到岗日期,期限（月）"


@pytest.fixture
def scene(db: None):
    return make_scene()


def read(scene, *lines: str, header: str = HEADER):
    content = "\n".join([header, *lines]).encode()
    return read_posts(content, file="岗位.csv", units=host_units(scene.clerk))


def faults(plan) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.found) for one in plan.refused]


def test_a_new_row_becomes_a_draft_with_what_is_usual_for_the_unit(scene):
    plan = read(scene, "北车营村,P01,驻村第一书记,1,2027-03-01,24")
    assert [one.label for one in plan.report().created] == ["北车营村 驻村第一书记"]
    assert import_posts(plan, by=scene.clerk, at=AT) == 1
    post = Post.objects.get()
    assert (post.starts_on, post.ends_on) == (dt.date(2027, 3, 1), dt.date(2029, 3, 1))
    assert (post.region.code, post.direction, post.state) == ("110111104", "down", PostState.DRAFT)


def test_a_second_import_changes_nothing(scene):
    line = "北车营村,P01,驻村第一书记,1,2027-03-01,24"
    import_posts(read(scene, line), by=scene.clerk, at=AT)
    again = read(scene, line)
    assert (again.report().n_unchanged, again.report().n_to_write) == (1, 0)
    assert not again.report().may_be_written
    assert import_posts(again, by=scene.clerk, at=AT) == 0
    assert Post.objects.get().version == 1


def test_a_changed_row_shows_old_and_new(scene):
    import_posts(read(scene, "北车营村,P01,驻村第一书记,1,2027-03-01,24"), by=scene.clerk, at=AT)
    plan = read(scene, "北车营村,P01,驻村第一书记,2,2027-04-01,24")
    assert plan.report().changed[0].differences == [
        Difference("人数", "1", "2"),
        Difference("到岗日期", dt.date(2027, 3, 1), dt.date(2027, 4, 1)),
        Difference("挂职结束", dt.date(2029, 2, 28), dt.date(2029, 3, 31)),
    ]
    assert import_posts(plan, by=scene.clerk, at=AT) == 1
    post = Post.objects.get()
    assert (post.headcount, post.ends_on, post.version) == (2, dt.date(2029, 4, 1), 2)


def test_columns_that_are_absent_keep_what_is_there(scene):
    complete_post(scene, code="P01", specialties=["education"])
    plan = read(scene, "北车营村,P01,镇长助理,1,,")
    assert [one.label for one in plan.report().changed[0].differences] == ["挂任职务"]
    import_posts(plan, by=scene.clerk, at=AT)
    post = Post.objects.get()
    assert (post.specialties, post.title, post.tasks.count()) == (["education"], "镇长助理", 1)


def test_a_handed_in_demand_is_not_changed_by_a_file(scene):
    complete_post(scene, code="P01", state=PostState.APPROVED)
    same = read(scene, "北车营村,P01,驻村第一书记,1,2027-03-01,24")
    assert same.report().n_unchanged == 1
    plan = read(scene, "北车营村,P01,镇长助理,1,2027-03-01,24")
    assert faults(plan) == [(2, "岗位编号", "该岗位已在系统中，状态是“已审核”")]


def test_every_fault_is_named_with_its_row_and_field(scene):
    plan = read(
        scene,
        "北车营村,P01,驻村第一书记,0,2027-03-01,24",
        "没有的村,P02,驻村第一书记,1,2027-03-01,24",
        "北车营村,,驻村第一书记,1,2027-03-01,24",
        "北车营村,P04,,1,2027.03,24",
        "北车营村,P05,甲,1,2027-03-01,两年",
        "北车营村,P05,甲,1,2027-03-01,24",
        f"北车营村,{'9' * 31},{'长' * 81},1,2027-03-01,24",
    )
    assert faults(plan) == [
        (3, "接收单位", "未找到单位“没有的村”"),
        (2, "人数", "“0”不在允许的范围内"),
        (4, "岗位编号", "缺少岗位编号"),
        (5, "挂任职务", "没有填写"),
        (5, "到岗日期", "“2027.03”不是完整的日期"),
        (6, "期限（月）", "“两年”不在允许的范围内"),
        (7, "岗位编号", "与第6行的接收单位和编号相同"),
        (8, "岗位编号", "有31个字"),
        (8, "挂任职务", "有81个字"),
    ]
    assert plan.refused[1].remedy == "请填写1至999之间的整数"
    assert [one.line for one in plan.report().refused] == [2, 3, 4, 5, 5, 6, 7, 8, 8]
    with pytest.raises(ImportRefusedError, match="有9处不能导入"):
        import_posts(plan, by=scene.clerk, at=AT)
    assert not Post.objects.exists()


def test_of_a_day_that_no_calendar_has_the_day_is_to_be_corrected(scene):
    plan = read(scene, "北车营村,P01,甲,1,2027-06-31,24")
    assert faults(plan) == [(2, "到岗日期", "“2027-06-31”这一天不存在")]
    assert plan.refused[0].remedy == "请改正日期"


def test_codes_words_and_places_are_checked(scene):
    header = f"{HEADER},返岗日期,工作地点,职级,专业要求,须为中共正式党员,年龄上限,重点任务1,最低学历,挂职方向,艰苦程度"
    plan = read(
        scene,
        "北车营村,P1,甲,1,2027-03-01,,2027-03-01,火星,乡科级,炼金,也许,十岁,写一份报告,大专,,",
        "北车营村,P2,甲,1,2027-03-01,,2028-01-15,110111,正科,教育学/计算机,是,45岁,栽树｜棵数｜很多｜棵,大专,,",
        "北车营村,P3,甲,1,2027-03-01,,2028-01-15,110111,不限,不限,,不限,,博士,上挂,较艰苦",
        header=header,
    )
    assert [(line, field) for line, field, _ in faults(plan)] == [
        (2, "职级"), (2, "专业要求"), (2, "年龄上限"), (2, "须为中共正式党员"), (2, "工作地点"), (2, "返岗日期"), (2, "重点任务1"),
        (3, "重点任务1"),
    ]  # fmt: skip
    line = plan.lines[0]
    assert (line.post.education_code, line.post.direction, line.post.hardship) == ("11", "up", 1)
    assert (line.post.rank, line.post.oldest_age, line.post.ends_on) == ("", None, dt.date(2028, 1, 15))
    assert plan.refused[0].remedy.startswith("请填写：省部级副职、厅局级正职")


def test_units_of_one_name_are_told_apart_by_the_unit_above(scene):
    other = make_unit("河北镇", scene.county, kind="township", level="township")
    make_unit("北车营村", other, kind="village", level="village")
    line = "P01,甲,1,2027-03-01,24"
    assert faults(read(scene, f"北车营村,{line}"))[0][2] == "有2个单位都名为“北车营村”"
    assert read(scene, f"河北镇/北车营村,{line}").lines[0].post.host_unit.parent == other
    plan = read(scene, f"北车营村,{line},青龙湖镇", header=f"{HEADER},上级单位")
    assert plan.lines[0].post.host_unit == scene.village


def test_units_outside_the_scope_are_not_found(scene):
    make_unit("别处的村")
    assert faults(read(scene, "别处的村,P01,甲,1,2027-03-01,24")) == [(2, "接收单位", "未找到单位“别处的村”")]


def test_files_that_are_no_list_are_refused_as_a_whole(scene):
    units = host_units(scene.clerk)
    assert read_posts(b"", file="a.csv", units=units).refused[0].line == 0
    assert read_posts(b"x", file="a.pdf", units=units).refused == [
        Refusal(0, "a.pdf", "不能读取 .pdf 文件", "请另存为 .xlsx 或 .csv 后重新上传")
    ]
    assert [one.field for one in read_posts(b"a,b\n1,2", file="a.csv", units=units).refused] == [
        "接收单位", "岗位编号", "到岗日期", "挂任职务", "人数", "a", "b",
    ]  # fmt: skip


def test_a_clerks_list_is_understood_and_its_faults_are_named(scene):
    for name in ("示例县人民政府", "示例县教育局", "示例乡甲村", "示例市大数据局", "示例集团公司"):
        make_unit(name, scene.county)
    guizhou = make_region("52", "贵州省")
    city = make_region("5201", "贵阳市", guizhou)
    make_region("5226", "黔东南苗族侗族自治州", guizhou)
    make_region("522622", "黄平县", city)
    make_region("522622101", "示例乡", city)
    plan = read_posts(ROSTER.read_bytes(), file="host_posts.csv", units=host_units(scene.clerk))
    assert Refusal(6, "名额", "“0”不在允许的范围内", "请填写1至999之间的整数") in plan.refused
    assert {one.line for one in plan.refused} == {5, 6}
    found = {line.post.code: line.post for line in plan.lines}
    assert found["P01"].specialties == ["agriculture"]
    assert (found["P01"].rank, found["P01"].ends_on) == ("132", dt.date(2029, 1, 10))
    assert (found["P03"].education_code, found["P03"].rank, found["P03"].region_id) == ("30", "", "522622101")


def test_an_exported_list_imports_as_unchanged(scene):
    everything = {
        "rank": "142", "headcount": 2, "hardship": 3, "education_code": "10", "title_level": "412",
        "specialties": ["education", "other"], "abilities": ["mass_work"], "oldest_age": 45, "grassroots_years": 2,
        "requires_party_member": True, "experience": "=经历", "is_principal": True, "organ_kind": "police",
        "sensitive_work": ["finance", "audit"], "industries": ["health"], "lodging": "周转房",
        "contact_leader": "甲", "mentor": "乙", "direction": "enterprise",
    }  # fmt: skip
    complete_post(scene, code="P01", **everything)
    complete_post(scene, code="P02", ends_on=dt.date(2028, 5, 5))
    posts = visible_to(scene.clerk).select_related("host_unit__parent").prefetch_related("tasks")
    plan = read_posts(posts_workbook(posts), file="a.xlsx", units=host_units(scene.clerk))
    assert (plan.refused, plan.to_write, len(plan.lines)) == ([], [], 2)


def test_odd_texts_come_back_as_they_are(scene):
    names = (
        "title",
        "duties",
        "experience",
        "lodging",
        "contact_leader",
        "mentor",
        "contact_name",
        "contact_phone",
    )
    most = {name: Post._meta.get_field(name).max_length or 2000 for name in names}
    for at, text in enumerate(ODD_TEXTS):
        post = complete_post(scene, code=f"P{at:03d}", **{name: text[: most[name]] for name in names})
        post.tasks.update(name=text[:120], measure=text[:120], measure_unit=text[:20])
    posts = visible_to(scene.clerk).select_related("host_unit__parent").prefetch_related("tasks")
    plan = read_posts(posts_workbook(posts), file="a.xlsx", units=host_units(scene.clerk))
    assert (plan.refused, plan.to_write, len(plan.lines)) == ([], [], len(ODD_TEXTS))


def test_the_template_holds_an_example_that_is_left_out_and_the_units(scene):
    content = template_workbook(host_units(scene.clerk))
    table = parse_table(content, file="a.xlsx")
    assert table.columns == tuple(POST[key].title for key in KEYS)
    assert table.rows[0]["岗位编号"] == "示例"
    units = parse_table(content, file="a.xlsx", layout=Layout(sheet="单位名单"))
    assert [row["接收单位"] for row in units.rows] == ["房山区", "青龙湖镇", "北车营村"]
    assert [row["上级单位"] for row in units.rows] == ["示例市", "房山区", "青龙湖镇"]
    help_rows = parse_table(content, file="a.xlsx", layout=Layout(sheet="填写说明")).rows
    assert help_rows[2]["栏目"] == "岗位编号"
    plan = read_posts(content, file="a.xlsx", units=host_units(scene.clerk))
    assert (plan.lines, plan.refused) == ([], [])


def test_the_example_of_the_template_is_sound(scene):
    make_unit("示例县人民政府", scene.county)
    make_region("52", "贵州省")
    cells = {POST[key].title: POST[key].example for key in KEYS} | {"岗位编号": "P01"}
    content = "\n".join([",".join(cells), ",".join(cells.values())]).encode()
    plan = read_posts(content, file="a.csv", units=Unit.objects.all())
    assert plan.refused == []
    assert plan.lines[0].tasks[0].due_on == dt.date(2028, 12, 31)


def test_months_end_on_the_last_day_of_a_shorter_month():
    assert add_months(dt.date(2027, 1, 31), 1) == dt.date(2027, 2, 28)
    assert add_months(dt.date(2027, 12, 15), 12) == dt.date(2028, 12, 15)
    assert months_of(Post(starts_on=dt.date(2027, 1, 1), ends_on=dt.date(2027, 7, 1))) == 6
    assert months_of(Post(starts_on=dt.date(2027, 1, 1), ends_on=dt.date(2027, 7, 2))) is None


def test_tasks_survive_the_way_through_a_cell():
    text = "土地流转｜新增流转面积｜12.5｜亩｜2028-12-31"
    assert write_task(read_task(text)) == text
    assert write_task(task(target=500)) == "土地流转｜新增流转面积｜500｜亩"
    assert read_task("") is None
    for bad in ("甲｜乙", "甲｜乙｜｜丙", "甲｜乙｜1e99｜丙", "甲｜乙｜nan｜丙", "甲｜乙｜1｜丙｜明天"):
        with pytest.raises(CellError):
            read_task(bad)


def test_choices_agree_with_the_code_list():
    assert Specialty.values == [entry.code for entry in SPECIALTIES.entries]
    assert dict(Specialty.choices) == {entry.code: entry.label for entry in SPECIALTIES.entries}


def test_an_ability_whose_name_holds_a_separator_is_read_whole(scene):
    line = "北车营村,P01,驻村第一书记,1,2027-03-01,24,抓党建、带队伍、做群众工作"
    import_posts(read(scene, line, header=f"{HEADER},需要的能力"), by=scene.clerk, at=AT)
    assert Post.objects.get().abilities == ["party_building", "mass_work"]
