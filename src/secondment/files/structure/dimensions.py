"""What officials are counted by: every dimension, its buckets, their bounds and the rule behind them.

Keys are English and stable; labels, bounds and rules are the Chinese text a reader of the report sees.
"""

from secondment.algorithms.structure.dimensions import SPAN_RULES, AgeBy, Bucket, ColumnKind, Dimension, coded
from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.specialties import SPECIALTIES

SEX = coded("sex", "性别", "按名册填写（GB/T 2261.1）", ("male", "男", "男"), ("female", "女", "女"))

EDUCATION_BUCKETS = (
    ("postgraduate", "研究生", "博士、硕士研究生及研究生班"),
    ("undergraduate", "大学本科", "大学本科（含大学普通班）"),
    ("college", "大学专科", "大学专科"),
    ("secondary_vocational", "中专", "中等职业教育：中专、职高、技校"),
    ("high_school_or_less", "高中及以下", "高中、初中、小学"),
)
EDUCATION = coded("education", "最高学历", "全日制与在职学历中较高者", *EDUCATION_BUCKETS)
EDUCATION_FULL_TIME = coded("education_full_time", "全日制学历", "只计全日制教育", *EDUCATION_BUCKETS)
EDUCATION_ON_JOB = coded("education_on_job", "在职学历", "只计在职教育", *EDUCATION_BUCKETS)
EDUCATION_MODE = coded(
    "education_mode",
    "最高学历取得方式",
    "最高学历两种方式都有时计全日制；名册未注明方式的计入未填",
    ("full_time", "全日制", "最高学历为全日制教育"),
    ("on_job", "在职", "最高学历为在职教育"),
)
DEGREE = coded(
    "degree",
    "最高学位",
    "按所填学位中最高者",
    ("doctor", "博士", "博士学位"),
    ("master", "硕士", "硕士学位"),
    ("bachelor", "学士", "学士学位"),
    ("none", "无", "明确填写“无”"),
)
RANK = coded(
    "rank",
    "职务职级层次",
    "领导职务按GB/T 12407；职级按通常对应关系归入（一、二级调研员归县处级正职，三、四级归副职，余类推），以本单位规定为准",
    ("bureau_head", "厅局级正职", "厅局级正职、一级巡视员"),
    ("bureau_deputy", "厅局级副职", "厅局级副职、二级巡视员"),
    ("county_head", "县处级正职", "县处级正职、一级和二级调研员"),
    ("county_deputy", "县处级副职", "县处级副职、三级和四级调研员"),
    ("township_head", "乡科级正职", "乡科级正职、一级和二级主任科员"),
    ("township_deputy", "乡科级副职", "乡科级副职、三级和四级主任科员"),
    ("clerk", "科员级及以下", "科员、办事员、一级和二级科员"),
    ("other", "其他", "名册所填不属于以上层次"),
)
TITLE = coded(
    "title",
    "专业技术职称",
    "按名册填写",
    ("full_senior", "正高", "正高级"),
    ("associate_senior", "副高", "副高级"),
    ("middle_or_junior", "中初级", "中级、初级（助理级、员级）"),
    ("none", "无", "明确填写“无”"),
)
PARTY = coded(
    "party",
    "政治面貌",
    "按名册填写（GB/T 4762）；未填政治面貌而入党时间为日期的计中共",
    ("communist_party", "中共", "中共党员、中共预备党员"),
    ("other", "非中共", "共青团员、民主党派、无党派、群众"),
)
MINORITY = coded(
    "minority",
    "民族",
    "按名册填写（GB/T 3304）",
    ("han", "汉族", "汉族"),
    ("minority", "少数民族", "汉族以外"),
)
POST_KIND = coded(
    "post_kind",
    "岗位身份",
    "按名册填写；决定女职工原法定退休年龄为55周岁（干部岗位）或50周岁（工人岗位）",
    ("cadre", "干部岗位", "干部、管理岗位、专业技术岗位"),
    ("worker", "工人岗位", "工人、工勤岗位"),
)
YEARS_IN_RANK = Dimension(
    "years_in_rank",
    "任现职务层次年限",
    "rank_since",
    ColumnKind.SPAN,
    (
        Bucket("under_1", "不满1年", "年限<1年"),
        Bucket("from_1_to_3", "1–3年", "1年≤年限<3年"),
        Bucket("from_3_to_5", "3–5年", "3年≤年限<5年"),
        Bucket("from_5_to_10", "5–10年", "5年≤年限<10年"),
        Bucket("from_10", "10年及以上", "年限≥10年"),
    ),
    SPAN_RULES[AgeBy.MONTH],
    (1, 3, 5, 10),
)
GRASS_ROOTS = coded(
    "grass_roots",
    "基层工作经历",
    "按名册所填基层工作年限",
    ("under_2_years", "不满2年", "基层工作年限<2年"),
    ("from_2_years", "2年及以上", "基层工作年限≥2年"),
)
SPECIALTY = Dimension(
    "specialty",
    "专业领域",
    "specialty",
    ColumnKind.TAGS,
    tuple(Bucket(one.code, one.label, f"专业标签含“{one.label}”") for one in SPECIALTIES.entries),
    "一人可有多个标签，每个标签各计1次，各类人数之和可大于总人数",
)
BREADTH = coded(
    "breadth",
    "知识广度",
    "不同专业标签的个数",
    ("one", "1个领域", "专业标签1个"),
    ("two", "2个领域", "专业标签2个"),
    ("three_or_more", "3个及以上领域", "专业标签≥3个"),
)
ABILITY_LEVELS = (
    ("good", "好", "测评或鉴定结论为好"),
    ("fairly_good", "较好", "测评或鉴定结论为较好"),
    ("fair", "一般", "测评或鉴定结论为一般"),
    ("rather_poor", "较差", "测评或鉴定结论为较差"),
)
ABILITY_DIMENSIONS = tuple(
    coded(f"ability_{one.code}", one.label, "按已有测评或鉴定结论，不推算", *ABILITY_LEVELS)
    for one in ABILITIES.entries
)
RESERVE = coded(
    "reserve",
    "后备/优秀年轻干部",
    "发展潜力的事实之一，不合成排名",
    ("yes", "是", "名册标为是"),
    ("no", "否", "名册标为否"),
)
EXCELLENT_YEARS = coded(
    "excellent_years",
    "近三年年度考核优秀次数",
    "发展潜力的事实之一，不合成排名；只取名册所列最近三次年度考核",
    *((f"times_{times}", f"{times}次", f"近三次年度考核优秀{times}次") for times in range(4)),
)
POSTS_HELD = coded(
    "posts_held",
    "任职岗位数",
    "发展潜力的事实之一，不合成排名；按名册所填经历岗位个数",
    ("one", "1个", "经历岗位1个"),
    ("two_or_three", "2–3个", "经历岗位2至3个"),
    ("four_or_more", "4个及以上", "经历岗位≥4个"),
)
STANDARD = (
    SEX, EDUCATION, EDUCATION_FULL_TIME, EDUCATION_ON_JOB, EDUCATION_MODE, DEGREE, RANK, TITLE, PARTY, MINORITY, POST_KIND,
    YEARS_IN_RANK, GRASS_ROOTS, SPECIALTY, BREADTH, *ABILITY_DIMENSIONS, RESERVE, EXCELLENT_YEARS, POSTS_HELD,
)  # fmt: skip
