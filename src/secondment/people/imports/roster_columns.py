"""Columns of a roster: the name the template uses, other headers seen in practice, and what the cell holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondment.tables.headers import Headers


@dataclass(frozen=True)
class RosterColumn:
    """A column; `field` is a field of the appointment form, or the name of one of our own readers."""

    title: str
    field: str
    aliases: tuple[str, ...] = ()
    example: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False


EXAMPLE_NAME = "示例（请删除此行）"
_YES_NO = ("是", "否")
COLUMNS = (
    RosterColumn(
        "姓名", "name", ("干部姓名", "人员姓名"), EXAMPLE_NAME, "姓名中间不要加空格。", is_required=True
    ),
    RosterColumn("性别", "sex", (), "男", "男或女；填了身份证号可不填。", ("男", "女")),
    RosterColumn(
        "出生年月",
        "born",
        ("出生日期", "出生时间"),
        "1985.03",
        "写成1985.03或1985-03-12；填了身份证号可不填。",
    ),
    RosterColumn(
        "身份证号",
        "identity_number",
        ("身份证号码", "公民身份号码", "身份证", "证件号码"),
        "990000198503120019",
        "18位。作为识别同一人的依据，加密保存。",
    ),
    RosterColumn(
        "所在单位",
        "UNIT",
        ("单位", "工作单位", "单位名称", "派出单位", "所属单位"),
        "",
        "与系统中的单位名称或简称一致；空白时归入导入单位。",
    ),
    RosterColumn("民族", "ethnic_group", (), "汉族", "按民族代码的名称填写。"),
    RosterColumn("籍贯", "ancestral_home", (), "示例省示例县", ""),
    RosterColumn("出生地", "birthplace", (), "", ""),
    RosterColumn(
        "入党时间",
        "joined_party",
        ("入党年月",),
        "2007.06",
        "中共党员写年月；其他党派写党派名称；群众写群众。",
    ),
    RosterColumn(
        "政治面貌",
        "POLITICAL",
        ("党派", "政治面目"),
        "中共党员",
        "中共党员、中共预备党员、民盟盟员、群众等；填了入党时间的可不填。",
    ),
    RosterColumn("参加工作时间", "started_work", ("参工时间", "工作时间", "参加工作年月"), "2008.07", ""),
    RosterColumn("健康状况", "health", (), "健康", ""),
    RosterColumn(
        "人员类别",
        "CATEGORY",
        ("干部类别",),
        "党政领导干部",
        "",
        ("党政领导干部", "专业技术干部", "企业领导人员"),
    ),
    RosterColumn("现任职务", "current_post", ("现职务", "职务", "现任职务全称"), "示例处四级调研员", ""),
    RosterColumn(
        "职务层次",
        "RANK",
        ("职级层次", "行政级别"),
        "县处级副职",
        "按GB/T 12407的名称，如县处级副职、副处级。",
    ),
    RosterColumn(
        "职级", "GRADE_RANK", ("公务员职级",), "四级调研员", "公务员职级；写副处级等层次时归入职务层次。"
    ),
    RosterColumn("任现职务层次时间", "RANK_SINCE", ("任现层次时间", "任现职级时间"), "2020.09", ""),
    RosterColumn("专业技术职务", "professional_title", ("职称",), "高级农艺师", ""),
    RosterColumn("最高学历", "EDUCATION", ("学历", "文化程度"), "研究生（在职）", "可注明在职或全日制。"),
    RosterColumn("全日制学历", "full_time_education", ("全日制教育学历", "全日制教育"), "大学", ""),
    RosterColumn("全日制学位", "full_time_degree", ("全日制教育学位",), "农学学士", ""),
    RosterColumn(
        "全日制毕业院校系及专业",
        "full_time_education_school",
        ("全日制毕业院校",),
        "示例农业大学农学专业",
        "",
    ),
    RosterColumn("在职学历", "on_the_job_education", ("在职教育学历", "在职教育"), "研究生", ""),
    RosterColumn("在职学位", "on_the_job_degree", ("在职教育学位",), "公共管理硕士", ""),
    RosterColumn(
        "在职毕业院校系及专业", "on_the_job_education_school", ("在职毕业院校",), "示例大学公共管理专业", ""
    ),
    RosterColumn("熟悉专业有何专长", "specialty", ("专长", "熟悉专业"), "农业技术推广", ""),
    RosterColumn("专业领域", "SPECIALTIES", ("专业方向",), "农林水、党务组织", "可填多个，用顿号隔开。"),
    RosterColumn(
        "年度考核结果", "annual_grades", ("近三年考核结果", "年度考核"), "2024年度优秀；2025年度称职。", ""
    ),
    RosterColumn("奖惩情况", "rewards_and_penalties", ("奖惩",), "", ""),
    RosterColumn(
        "基层工作年限", "GRASSROOTS", ("基层年限", "基层工作年限（年）"), "3", "年数，可带一位小数。"
    ),
    RosterColumn("优秀年轻干部", "RESERVE", ("后备干部",), "否", "是或否。", _YES_NO),
    RosterColumn(
        "个人意愿",
        "WILLINGNESS",
        ("挂职意愿",),
        "服从组织安排",
        "",
        ("未表态", "愿意", "服从组织安排", "有困难"),
    ),
    RosterColumn("困难及需关照事项", "CONSTRAINTS", ("家庭困难",), "", "不超过200字。"),
    RosterColumn("简历", "career", (), "", "每行一段：2008.07--2014.05  单位职务"),
)
# Columns that rosters carry for their own use; nothing in them is imported.
IGNORED = ("序号", "编号", "备注", "年龄", "说明")
HEADERS = Headers(tuple(title for column in COLUMNS for title in (column.title, *column.aliases)), IGNORED)
BY_TITLE = {title: column for column in COLUMNS for title in (column.title, *column.aliases)}


def free_titles(present: Sequence[str]) -> list[str]:
    """Columns of the template of which no spelling is among `present`."""
    taken = {BY_TITLE[title].title for title in present}
    return [column.title for column in COLUMNS if column.title not in taken]
