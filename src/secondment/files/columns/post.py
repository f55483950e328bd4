"""The columns of a host post: demands that people upload, export and match are made of these."""

from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.civil_grades import usual_rank
from secondment.files.codes.posts import (
    DIRECTIONS,
    HARDSHIP,
    LOWEST_EDUCATION,
    ORGAN_KINDS,
    SENSITIVE_WORK,
    lowest_education_of,
)
from secondment.files.codes.ranks import RANKS
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.columns.cells import (
    DAY,
    WORDS,
    YES_OR_NO,
    integer,
    numbered,
    one_of,
    or_nothing,
    several_of,
    text,
)
from secondment.files.columns.column import Column, Columns

EXAMPLE_CODE = "示例"
"""The number of the template's own row, left out when a file is read."""
TASK_EXAMPLE = "土地流转｜新增流转面积｜500｜亩｜2028-12-31"
LONGEST_MONTHS = 120
LEADING = ("112", "121", "122", "131", "132", "141", "142", "150")
N_TASKS = 5
_TASK_HELP = "至少一项，至多五项。写成“任务｜衡量指标｜目标值｜单位｜完成时限”，完成时限可省略。"

POST = Columns(
    Column("unit", "接收单位", ("单位",), text(), "示例县人民政府",
           "单位目录中的全称；有重名时写“上级单位/单位名称”。", is_required=True, width=24),
    Column("parent", "上级单位", (), text(), "", "只用来区分重名的单位。", width=18),
    Column("code", "岗位编号", ("编号", "id"), text(30), EXAMPLE_CODE,
           "本单位内不重复，例如P01。再次导入时按接收单位和岗位编号对应：内容相同的不改动，不同的修改。", is_required=True, width=10),
    Column("title", "挂任职务", ("岗位",), text(80), "副县长（挂职）", is_required=True, width=20),
    Column("starts_on", "到岗日期", (), DAY, "2027-03-01", "年月日。", is_required=True, width=12),
    Column("months", "期限（月）", (), integer(1, LONGEST_MONTHS, ending="个月|月"), "24",
           "期限与返岗日期填一项，两项都填时以返岗日期为准。", width=10),
    Column("ends_on", "返岗日期", (), DAY, "", "期满返回派出单位的第一天，不计入挂职期。", width=12),
    Column("region", "工作地点", ("行政区划代码", "区划代码"), text(), "520000",
           "区划全称或代码（2、4、6或9位）；不填时用接收单位所在地。", width=18),
    Column("direction", "挂职方向", (), or_nothing(one_of(DIRECTIONS, DIRECTIONS.codes), ""), "下挂",
           "不填时按接收单位的性质和层级确定。上挂须有批准的选派计划文号，文号填在批次中。"),
    Column("rank", "职务层次", ("职级",), or_nothing(one_of(RANKS, LEADING, usual_rank), ""), "县处级副职"),
    Column("duties", "岗位职责", ("需求说明",), text(2000), "协助分管农业农村、乡村产业工作", width=32),
    Column("headcount", "人数", ("名额", "places"), integer(1, 999), "1", "至少1人。", is_required=True, width=8),
    Column("hardship", "艰苦程度", (), numbered(or_nothing(one_of(HARDSHIP, HARDSHIP.codes), "")), "一般", width=10),
    Column("education_code", "最低学历", ("学历下限", "education"),
           or_nothing(one_of(LOWEST_EDUCATION, LOWEST_EDUCATION.codes, lowest_education_of), ""), "大学本科"),
    Column("title_level", "最低职称级别", (), or_nothing(one_of(RANKS, {"411", "412", "420", "430"}), "")),
    Column("specialties", "专业方向", ("专业要求", "专业"), several_of(SPECIALTIES), "农林水、经济金融", width=20),
    Column("abilities", "需要的能力", (), several_of(ABILITIES), "推动经济社会发展", width=20),
    Column("oldest_age", "年龄上限", (), or_nothing(integer(18, 70, ending="周岁|岁"), None), "45", "周岁，不限则留空。", width=8),
    Column("grassroots_years", "最少基层工作年限", ("基层工作年限",), or_nothing(integer(0, 50), 0), "2", width=10),
    Column("requires_party_member", "须为中共正式党员", ("须为中共党员", "party"), YES_OR_NO, "是", width=10),
    Column("experience", "工作经历要求", (), text(200), "有产业项目管理经历", width=20),
    Column("is_principal", "正职", (), YES_OR_NO, "否", "县乡党政正职等实行地域回避（公务员法第七十五条）。", width=8),
    Column("organ_kind", "机关类别", (), or_nothing(one_of(ORGAN_KINDS, ORGAN_KINDS.codes), ""), "县级党委政府"),
    Column("sensitive_work", "回避岗位工作", (), several_of(SENSITIVE_WORK)),
    Column("industries", "主管行业", (), several_of(SPECIALTIES), "农林水"),
    Column("lodging", "食宿交通条件", (), text(200), "提供周转房，机关食堂就餐", width=20),
    Column("contact_leader", "联系领导", (), text(40), "示例领导"),
    Column("mentor", "带教导师", (), text(40), "示例导师"),
    Column("contact_name", "联系人", (), text(40), "示例联系人"),
    Column("contact_phone", "联系电话", (), text(30), "000-00000000"),
    *(
        Column(f"task_{number}", f"重点任务{number}", (), text(), TASK_EXAMPLE if number == 1 else "", _TASK_HELP, width=40)
        for number in range(1, N_TASKS + 1)
    ),
    Column("priority", "优先级", (), integer(1, 9)),
    Column("host_wishes", "接收单位意向", (), WORDS),
)  # fmt: skip
