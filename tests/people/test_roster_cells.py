"""Cells and files that cannot be right are named with their remedy."""

import io
import zipfile

import pytest
from tests.makers import make_unit
from tests.people.imported import (
    FORMS,
    FULL,
    NUMBER,
    checked,
    csv,
    imported,
    told,
)

from secondment.people.models import Person

pytestmark = pytest.mark.django_db


def test_units_of_one_name_must_be_told_apart(province) -> None:
    for city in ("甲市", "乙市"):
        make_unit("教育局", make_unit(city, province))
    head = "姓名,性别,出生年月,单位"
    row = checked("a.csv", csv(head, "示例一,男,1985.03,教育局"), province)
    assert told(row)[0][3] == [
        "所在单位：系统中有2个“教育局”；请写成“上级单位/单位名称”，或选择更低一级的导入单位"
    ]
    imported("b.csv", csv(head, "示例一,男,1985.03,乙市/教育局"), province)
    assert str(Person.objects.get().unit.parent) == "乙市"


def test_a_name_outranks_the_short_name_of_another_unit(province) -> None:
    make_unit("教育局", province)
    make_unit("教育体育局", province, short_name="教育局")
    imported("a.csv", csv("姓名,性别,出生年月,单位", "示例一,男,1985.03,教育局"), province)
    assert Person.objects.get().unit.name == "教育局"


def test_a_list_with_numbers_shown_in_part_is_read_by_names(province) -> None:
    head = "姓名,性别,出生年月,身份证号"
    imported("a.csv", csv(head, f"示例一,男,1985.03,{NUMBER}"), province)
    row = checked("b.csv", csv(head, f"示例一,男,1985.03,{Person.objects.get().identity_masked}"), province)
    assert told(row)[0][2] == "unchanged"
    assert row.rows.get().changes == []


def test_quotation_marks_around_words_are_no_mark_of_a_text_cell(province) -> None:
    imported("a.csv", csv("姓名,性别,出生年月,奖惩", "示例一,男,‘1985.03,‘十佳’公务员"), province)
    person = Person.objects.get()
    assert (f"{person.born_on}", person.rewards_text) == ("1985-03-01", "‘十佳’公务员")


@pytest.mark.parametrize(
    ("cells", "status", "joined"),
    [
        (",中共党员", "01", None),
        ("2007.06,中共预备党员", "02", "2007-06-01"),
        ("2007.06,", "01", "2007-06-01"),
        (",民盟盟员", "05", None),
        (",群众", "13", None),
    ],
)
def test_the_political_status_has_a_column_of_its_own(province, cells: str, status: str, joined) -> None:
    imported("a.csv", csv("姓名,性别,出生年月,入党时间,政治面貌", f"示例一,男,1985.03,{cells}"), province)
    person = Person.objects.get()
    assert (person.political_status, str(person.joined_party_on)) == (status, str(joined))
    again = checked("b.csv", csv("姓名,出生年月,政治面目", f"示例一,1985.03,{cells.split(',')[1]}"), province)
    assert told(again)[0][2:] == ("unchanged", [])


def test_who_joined_the_party_is_no_citizen_without_one(province) -> None:
    row = checked(
        "a.csv", csv("姓名,性别,出生年月,入党时间,政治面貌", "示例一,男,1985.03,2007.06,群众"), province
    )
    assert told(row)[0][3] == ["政治面貌：“群众”与填写的入党时间不一致；请改正其中一项"]


def test_all_columns_of_a_roster_are_read(province) -> None:
    heads = "姓名,性别,出生年月,职务层次,职级,任现职务层次时间,专业领域,人员类别,基层工作年限,优秀年轻干部,个人意愿,困难及需关照事项,最高学历,民族,入党时间,年龄"
    cells = "示例一,女,1990-11-05,副处级,四级调研员,2020.09,农林水、党务组织,专业技术干部,2.5,是,愿意,孩子小,全日制大学,苗族,群众,36"
    imported("a.csv", csv(heads, cells), province)
    person = Person.objects.get()
    assert (f"{person.born_on}", person.rank, person.grade_rank) == ("1990-11-05", "132", "四级调研员")
    assert (f"{person.rank_since}", person.category) == ("2020-09-01", "specialist")
    assert (f"{person.grassroots_years}", person.is_reserve, person.willingness) == ("2.5", True, "willing")
    assert (person.full_time_education, person.education_code) == ("大学", "20")
    assert (person.ethnicity, person.political_status, person.constraints_text) == ("06", "13", "孩子小")
    assert {row.tag for row in person.specialties.all()} == {"agriculture", "party_affairs"}


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("职务层次", "大官", "职务层次：“大官”不在职务级别代码中；请改为职务级别代码中的名称"),
        ("职级", "大官", "职级：“大官”不在职务级别代码中；请改为职务级别代码中的名称"),
        ("任现级时间", "", ""),
        (
            "任现职务层次时间",
            "去年",
            "任现职务层次时间：“去年”不是有效的年月；请按年月填写，如198503或1985.03",
        ),
        ("任现职务层次时间", "2020-06-31", "任现职务层次时间：“2020-06-31”这一天不存在；请改正日期"),
        (
            "任现职务层次时间",
            "2020.1",
            "任现职务层次时间：“2020.1”可能是1月，也可能是10月；请写成2020.01或2020.10",
        ),
        ("学历", "自学", "学历：“自学”不在学历代码中；请改为学历代码中的名称"),
        ("基层工作年限", "很久", "基层工作年限：“很久”不是年数；请填数字，如3或2.5"),
        ("基层工作年限", "nan", "基层工作年限：“nan”不是年数；请填数字，如3或2.5"),
        ("基层工作年限", "-Infinity", "基层工作年限：“-Infinity”不是年数；请填数字，如3或2.5"),
        (
            "人员类别",
            "干部",
            "人员类别：“干部”不在可选范围内；请填写：党政领导干部、专业技术干部、企业领导人员",
        ),
        (
            "专业领域",
            "农业、炼丹",
            (
                "专业领域：“炼丹”不在可选范围内；请填写：党务组织、经济金融、财会审计、规划建设交通、农林水、工业科技、信息化、"
                "生态环保、教育、卫生、文旅宣传、政法、应急、商贸外事、其他"
            ),
        ),
        ("民族", "火星", "民族：“火星”不在民族代码中；请改为民族代码中的名称"),
        ("健康状况", "好" * 21, "健康状况：有21字，上限20字；请精简"),
    ],
)
def test_a_wrong_cell_is_named_with_its_remedy(province, column, cell, problem) -> None:
    row = checked("a.csv", csv(f"姓名,性别,出生年月,{column}", f"示例一,男,1985.03,{cell}"), province)
    if problem:
        assert told(row)[0][3] == [problem]
    else:
        assert told(row)[0][3] == [f"{column}：不认识的列“{column}”；请选择它对应哪一列，或忽略它"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.csv", b" ", "：文件是空的；请在第一行写列名，下面写数据"),
        ("a.csv", csv("姓名,姓名"), "姓名：这一列出现了两次；请改名或删除其中一列"),
        ("a.csv", csv("姓名,干部姓名"), "姓名：与另一列都表示“姓名”；请只保留一列"),
        ("a.csv", csv("性别", "男"), "姓名：缺少“姓名”列；请补上“姓名”列，或改用模板"),
        ("a.csv", csv("姓名", "示例一,男"), "：有 2 格，表头只有 1 格；含逗号的文字请加引号"),
        ("a.xlsx", b"no", "：不是 Excel 工作簿；请另存为 .xlsx 后重新上传"),
        ("a.zip", b"no", "：不是完整的zip压缩包；请重新打包为zip"),
        ("a.lrm", b"no", "：有1行、1项，应为1行33项；请用任免表程序重新导出"),
    ],
)
def test_a_fault_of_the_file_is_one_refused_row_in_chinese(province, name, content, problem) -> None:
    row = checked(name, content, province)
    assert told(row)[0][2:] == ("refused", [problem])


def test_archives_name_files_that_are_no_forms(province) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("说明.txt", "你好")
    row = checked("a.zip", content.getvalue(), province)
    assert told(row) == [("说明.txt", "", "refused", ["：不是任免表文件；请从压缩包中删除"])]
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert told(checked("a.zip", empty.getvalue(), province))[0][3] == [
        "：压缩包中没有任免表文件；请放入.lrmx或.lrm文件"
    ]


def test_the_example_row_of_the_template_is_never_imported(province) -> None:
    from secondment.people.files.roster_workbook import template_workbook

    row = checked("模板.xlsx", template_workbook(["示例省农业农村厅"]), province)
    assert told(row) == [
        ("模板.xlsx 第2行", "示例（请删除此行）", "refused", ["姓名：这是模板中的示例行；请删除此行"])
    ]


def test_what_is_missing_for_a_new_person_is_said(province) -> None:
    row = checked("a.csv", csv("姓名", "示例一"), province)
    assert told(row)[0][3] == ["性别：没有填写；请填写性别", "出生年月：没有填写；请填写出生年月"]
    row = checked("a.csv", csv("姓名,身份证号", "示例一,990000198503120019"), province)
    assert told(row)[0][2] == "created"


def test_a_broken_photo_refuses_the_form(province) -> None:
    text = FORMS[FULL].decode()
    start, end = text.index("<ZhaoPian>") + 10, text.index("</ZhaoPian>")
    row = checked(FULL, (text[:start] + "aGVsbG8=" + text[end:]).encode(), province)
    assert told(row)[0][3] == [
        "照片：照片不是可以读取的 JPG、PNG、GIF 或 BMP 图片。请更换。；请更换照片后重新导出"
    ]


@pytest.mark.parametrize(
    ("sex", "born", "problems"),
    [
        ("男", "1985.03", []),
        ("女", "1985.03", ["性别：与身份证号中的性别不一致；请核对档案后确认"]),
        ("男", "1985-03-12", []),
        ("男", "1985-03-13", ["出生年月：与身份证号中的出生年月不一致；请核对档案后确认"]),
    ],
)
def test_a_file_is_held_against_the_number_on_record_as_a_form_is(province, sex, born, problems) -> None:
    head = "姓名,性别,出生年月"
    imported("a.csv", csv(f"{head},身份证号", f"示例一,男,1985.03,{NUMBER}"), province)
    row = checked("b.csv", csv(head, f"示例一,{sex},{born}"), province)
    assert told(row)[0][2:] == ("refused" if problems else "unchanged", problems)
