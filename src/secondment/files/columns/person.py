"""The columns of a person: rosters that people upload, export, match and count are made of these."""

from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.persons import CATEGORIES, WILLINGNESS
from secondment.files.codes.placements import PURPOSES
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.sex import SEX
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.columns.ability import ABILITY, SOURCE
from secondment.files.columns.cells import (
    DAY,
    DAY_OR_MONTH,
    EDUCATION,
    GRADE,
    RANK,
    WORDS,
    YEARS,
    YES_OR_NO,
    one_of,
    several_of,
    text,
)
from secondment.files.columns.column import Column, Columns

EXAMPLE_NAME = "示例（请删除此行）"
PERSON = Columns(
    Column("name", "姓名", ("干部姓名", "人员姓名", "A0101"), text(), EXAMPLE_NAME, "姓名中间不要加空格。", is_required=True),
    Column("sex", "性别", ("A0104",), one_of(SEX, {"1", "2"}), "男", "男或女；填了身份证号可不填。"),
    Column("born", "出生年月", ("出生日期", "出生时间", "出生年月日", "出生", "A0107", "birth"), DAY_OR_MONTH, "1985.03",
           "写成1985.03或1985-03-12；填了身份证号可不填。"),
    Column("identity_number", "身份证号", ("身份证号码", "公民身份号码", "身份证", "证件号码", "A0184", "identity", "id_number"),
           text(), "990000198503120019", "18位。作为识别同一人的依据，加密保存。"),
    Column("unit", "所在单位", ("单位", "工作单位", "单位名称", "派出单位", "所属单位", "现工作单位", "所在部门"), text(), "",
           "与系统中的单位名称或简称一致；空白时归入导入单位。"),
    Column("phone", "联系电话", ("手机", "手机号", "手机号码", "电话", "联系方式"), text(30), "000-00000000"),
    Column("ethnic_group", "民族", ("A0117", "minority"), text(), "汉族", "按民族代码的名称填写。"),
    Column("ancestral_home", "籍贯", (), text(), "示例省示例县"),
    Column("birthplace", "出生地"),
    Column("joined_party", "入党时间", ("入党年月", "入党日期", "A0144", "party_joined"), text(), "2007.06",
           "中共党员写年月；其他党派写党派名称；群众写群众。"),
    Column("political_status", "政治面貌", ("党派", "政治面目", "A0141", "party"), one_of(POLITICAL_STATUS), "中共党员",
           "中共党员、中共预备党员、民盟盟员、群众等；填了入党时间的可不填。"),
    Column("started_work", "参加工作时间", ("参工时间", "工作时间", "参加工作年月"), text(), "2008.07"),
    Column("health", "健康状况", (), text(), "健康"),
    Column("category", "人员类别", ("干部类别",), one_of(CATEGORIES, CATEGORIES.codes), "党政领导干部"),
    Column("current_post", "现任职务", ("现职务", "职务", "现任职务全称"), text(), "示例处四级调研员"),
    Column("rank", "职务层次", ("职级层次", "行政级别", "现职务层次", "职务级别", "级别", "A0221"), RANK, "县处级副职",
           "按GB/T 12407的名称，如县处级副职、副处级。"),
    Column("grade_rank", "职级", ("公务员职级", "现任职级", "职务职级"), GRADE, "四级调研员",
           "公务员职级；写副处级等层次时归入职务层次。"),
    Column("rank_since", "任现职务层次时间",
           ("任现层次时间", "任现职级时间", "任职级时间", "现职级时间", "任现级别时间", "A0288"), DAY_OR_MONTH, "2020.09"),
    Column("professional_title", "专业技术职务", ("职称", "专业技术职称", "职称级别", "技术职称", "A0196", "title"), text(),
           "高级农艺师"),
    Column("education", "最高学历", ("学历", "文化程度", "学历层次"), EDUCATION, "研究生（在职）", "可注明在职或全日制。"),
    Column("degree", "最高学位", ("学位",)),
    Column("education_and_degree", "学历学位", ("最高学历学位", "学历及学位", "学历、学位", "学历/学位")),
    Column("full_time_education", "全日制学历", ("全日制教育学历", "QRZXL", "education_full_time"), text(), "大学"),
    Column("full_time_degree", "全日制学位", ("全日制教育学位", "QRZXW", "degree_full_time"), text(), "农学学士"),
    Column("full_time_education_and_degree", "全日制学历学位", ("全日制教育学历学位", "全日制教育", "education_and_degree_full_time")),
    Column("full_time_education_school", "全日制毕业院校系及专业", ("全日制毕业院校",), text(), "示例农业大学农学专业"),
    Column("on_the_job_education", "在职学历", ("在职教育学历", "ZZXL", "education_on_job"), text(), "研究生"),
    Column("on_the_job_degree", "在职学位", ("在职教育学位", "ZZXW", "degree_on_job"), text(), "公共管理硕士"),
    Column("on_the_job_education_and_degree", "在职学历学位", ("在职教育学历学位", "在职教育", "education_and_degree_on_job")),
    Column("on_the_job_education_school", "在职毕业院校系及专业", ("在职毕业院校",), text(), "示例大学公共管理专业"),
    Column("specialty", "熟悉专业有何专长", ("专长", "熟悉专业", "专业特长", "熟悉领域", "A0187A"), text(), "农业技术推广"),
    Column("specialties", "专业领域", ("专业方向", "专业标签", "专业"), several_of(SPECIALTIES), "农林水、党务组织",
           "可填多个，用顿号隔开。"),
    Column("annual_grades", "年度考核结果", ("近三年考核结果", "年度考核", "近三年考核", "近三年年度考核", "A15Z101", "excellent_years"),
           text(), "2024年度优秀；2025年度称职。"),
    Column("rewards_and_penalties", "奖惩情况", ("奖惩",)),
    Column("grassroots_years", "基层工作年限", ("基层年限", "基层工作经历年限", "基层工作经历", "grass_roots"), YEARS, "3",
           "年数，可带一位小数。"),
    Column("is_reserve", "优秀年轻干部", ("后备干部", "后备或优秀年轻干部", "reserve"), YES_OR_NO, "否", "是或否。"),
    Column("willingness", "个人意愿", ("挂职意愿",), one_of(WILLINGNESS, WILLINGNESS.codes), "服从组织安排"),
    Column("constraints", "困难及需关照事项", ("家庭困难",), text(200), "", "不超过200字。"),
    Column("training_purpose", "培养目的", ("挂职目的",), one_of(PURPOSES, PURPOSES.codes), "缺基层经历",
           "安排挂职要补什么；推荐、派任时沿用。"),
    *(
        Column(f"ability_{entry.code}", entry.label, (*entry.aliases, entry.code), ABILITY, "85",
               "好、较好、一般、较差，或0—100的评分（小数四舍五入）；另有来源和日期的写成85（组织评价2026-03-01）。")
        for entry in ABILITIES.entries
    ),
    Column("ability_source", "能力评价来源", ("评价来源",), SOURCE, "组织评价", "填了能力评价的必填。"),
    Column("ability_on", "能力评价日期", ("评价日期", "评价时间"), DAY, "2026-03-01", "填了能力评价的必填。"),
    Column("career", "简历", (), text(), "", "每行一段：2008.07--2014.05  单位职务"),
    Column("supplement", "补充编号", (), text(), "", "补充信息表自带，不要改动。"),
    Column("id", "编号"),
    Column("age", "年龄"),
    Column("remarks", "说明"),
    Column("post_kind", "岗位身份", ("身份", "人员身份", "个人身份", "干部工人身份", "岗位类别", "岗位类型")),
    Column("posts_held", "任职岗位数", ("经历岗位数",)),
    Column("region", "行政区划代码", ("区划代码",)),
    Column("prefers_near", "希望就近", ("near",), YES_OR_NO),
    Column("wishes", "志愿", (), WORDS),
)  # fmt: skip
