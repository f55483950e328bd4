"""What officials are counted by: every dimension, its buckets, their bounds and the rule behind them.

Keys are English and stable; labels, bounds and rules are the Chinese text a reader of the report sees.
"""

from secondment.algorithms.structure.dimensions import (
    SPAN_RULES,
    AgeBy,
    Bucket,
    ColumnKind,
    Dimension,
    coded,
    spans,
)
from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.persons import CATEGORIES
from secondment.files.codes.specialties import SPECIALTIES

SEX = coded(
    "sex",
    "性别 | Sex",
    "按名册填写（GB/T 2261.1） | As stated",
    ("male", "男 | Men", "男"),
    ("female", "女 | Women", "女"),
)

EDUCATION_BUCKETS = (
    ("postgraduate", "研究生 | Postgraduate", "博士、硕士研究生及研究生班"),
    ("undergraduate", "大学本科 | Undergraduate", "大学本科（含大学普通班）"),
    ("college", "大学专科 | Junior college", "大学专科"),
    ("secondary_vocational", "中专 | Vocational secondary", "中等职业教育：中专、职高、技校"),
    ("high_school_or_less", "高中及以下 | High school or less", "高中、初中、小学"),
)
EDUCATION = coded(
    "education",
    "最高学历 | Highest education",
    "全日制与在职学历中较高者 | The higher of full-time and on-job education",
    *EDUCATION_BUCKETS,
)
EDUCATION_FULL_TIME = coded(
    "education_full_time",
    "全日制学历 | Full-time education",
    "只计全日制教育 | Full-time education alone",
    *EDUCATION_BUCKETS,
)
EDUCATION_ON_JOB = coded(
    "education_on_job",
    "在职学历 | On-job education",
    "只计在职教育 | On-job education alone",
    *EDUCATION_BUCKETS,
)
EDUCATION_MODE = coded(
    "education_mode",
    "最高学历取得方式 | How the highest education was gained",
    "最高学历两种方式都有时计全日制；名册未注明方式的计入未填 | Full-time where both ways led to it; not stated where the way is not",
    ("full_time", "全日制 | Full-time", "最高学历为全日制教育"),
    ("on_job", "在职 | On the job", "最高学历为在职教育"),
)
DEGREE = coded(
    "degree",
    "最高学位 | Highest degree",
    "按所填学位中最高者 | The highest of the degrees stated",
    ("doctor", "博士 | Doctor", "博士学位"),
    ("master", "硕士 | Master", "硕士学位"),
    ("bachelor", "学士 | Bachelor", "学士学位"),
    ("none", "无 | None", "明确填写“无”"),
)
RANK = coded(
    "rank",
    "职务职级层次 | Rank",
    "领导职务按GB/T 12407；职级按通常对应关系归入（一、二级调研员归县处级正职，三、四级归副职，余类推），以本单位规定为准"
    " | Leading posts by GB/T 12407; civil grades by the rank they usually go with",
    ("bureau_head", "厅局级正职 | Bureau head", "厅局级正职、一级巡视员"),
    ("bureau_deputy", "厅局级副职 | Bureau deputy", "厅局级副职、二级巡视员"),
    ("county_head", "县处级正职 | County head", "县处级正职、一级和二级调研员"),
    ("county_deputy", "县处级副职 | County deputy", "县处级副职、三级和四级调研员"),
    ("township_head", "乡科级正职 | Township head", "乡科级正职、一级和二级主任科员"),
    ("township_deputy", "乡科级副职 | Township deputy", "乡科级副职、三级和四级主任科员"),
    ("clerk", "科员级及以下 | Clerk or below", "科员、办事员、一级和二级科员"),
    ("other", "其他 | Other", "名册所填不属于以上层次"),
)
DISCIPLINES = (
    ("philosophy", "哲学", "Philosophy", ()),
    ("economics", "经济学", "Economics", ("金融", "应用统计", "税务", "国际商务", "保险", "资产评估")),
    ("law", "法学", "Law", ("法律", "社会工作", "警务", "公安")),
    ("education_science", "教育学", "Education", ("教育", "体育", "应用心理")),
    ("literature", "文学", "Literature", ("翻译", "新闻与传播", "出版")),
    ("history", "历史学", "History", ("文物与博物馆", "博物馆")),
    ("science", "理学", "Science", ()),
    ("engineering", "工学", "Engineering", ("工程", "建筑学", "城市规划", "电子信息", "机械", "土木水利")),
    ("agronomy", "农学", "Agronomy", ("农业", "兽医", "风景园林", "林业")),
    ("medicine", "医学", "Medicine", ("公共卫生", "护理", "药学", "中药学")),
    ("military", "军事学", "Military science", ("军事",)),
    (
        "management",
        "管理学",
        "Management",
        ("工商管理", "公共管理", "会计", "工程管理", "审计", "旅游管理", "图书情报", "mba", "emba", "mpa"),
    ),
    ("arts", "艺术学", "Arts", ("艺术", "音乐", "美术")),
)
"""Key, 学科门类 (学位授予和人才培养学科目录), English, and the words of professional degrees that belong there."""
DISCIPLINE = coded(
    "discipline",
    "学科门类 | Discipline",
    "按所填学位的学科门类，全日制学位在先；学位未写明学科的计入未填"
    " | By the discipline of the degree, full-time first; not stated where the degree names none",
    *(
        (key, f"{label} | {english}", "、".join((f"{label}学位", *more)))
        for key, label, english, more in DISCIPLINES
    ),
)
CATEGORY = coded(
    "category",
    "人员类别 | Category",
    "按名册填写 | As stated",
    *((one.code, f"{one.label} | {one.english}", one.label) for one in CATEGORIES.entries),
)
TITLE = coded(
    "title",
    "专业技术职称 | Professional title",
    "按名册填写 | As stated",
    ("full_senior", "正高 | Senior", "正高级"),
    ("associate_senior", "副高 | Associate senior", "副高级"),
    ("middle_or_junior", "中初级 | Intermediate or junior", "中级、初级（助理级、员级）"),
    ("none", "无 | None", "明确填写“无”"),
)
PARTY = coded(
    "party",
    "政治面貌 | Party membership",
    "按名册填写（GB/T 4762）；未填政治面貌而入党时间为日期的计中共 | As stated (GB/T 4762)",
    ("communist_party", "中共 | Communist Party", "中共党员、中共预备党员"),
    ("other", "非中共 | Not of the Communist Party", "共青团员、民主党派、无党派、群众"),
)
MINORITY = coded(
    "minority",
    "民族 | Ethnic group",
    "按名册填写（GB/T 3304） | As stated (GB/T 3304)",
    ("han", "汉族 | Han", "汉族"),
    ("minority", "少数民族 | Minority", "汉族以外"),
)
POST_KIND = coded(
    "post_kind",
    "岗位身份 | Kind of post",
    "按名册填写；决定女职工原法定退休年龄为55周岁（干部岗位）或50周岁（工人岗位） | As stated; decides by which age women retire",
    ("cadre", "干部岗位 | Cadre post", "干部、管理岗位、专业技术岗位"),
    ("worker", "工人岗位 | Worker post", "工人、工勤岗位"),
)
YEARS_IN_RANK = spans(
    "years_in_rank",
    "任现职务层次年限 | Years in rank",
    "rank_since",
    SPAN_RULES[AgeBy.MONTH],
    (
        Bucket("under_1", "不满1年", "年限<1年", "Under 1 year"),
        Bucket("from_1_to_3", "1–3年", "1年≤年限<3年", "1–3 years"),
        Bucket("from_3_to_5", "3–5年", "3年≤年限<5年", "3–5 years"),
        Bucket("from_5_to_10", "5–10年", "5年≤年限<10年", "5–10 years"),
        Bucket("from_10", "10年及以上", "年限≥10年", "10 years or more"),
    ),
    (1, 3, 5, 10),
)
GRASS_ROOTS = coded(
    "grass_roots",
    "基层工作经历 | Grass-roots work",
    "按名册所填基层工作年限 | By the years of grass-roots work stated",
    ("under_2_years", "不满2年 | Under 2 years", "基层工作年限<2年"),
    ("from_2_years", "2年及以上 | 2 years or more", "基层工作年限≥2年"),
)
SPECIALTY = Dimension(
    "specialty",
    "专业领域",
    "specialty",
    ColumnKind.TAGS,
    tuple(
        Bucket(one.code, one.label, f"专业标签含“{one.label}”", one.english) for one in SPECIALTIES.entries
    ),
    "一人可有多个标签，每个标签各计1次，各类人数之和可大于总人数",
    english="Specialty",
    rule_english="Several are possible and each is counted, so that they may add up to more than the people",
)
BREADTH = coded(
    "breadth",
    "知识广度 | Breadth of knowledge",
    "不同专业标签的个数 | Number of different specialties",
    ("one", "1个领域 | 1 field", "专业标签1个"),
    ("two", "2个领域 | 2 fields", "专业标签2个"),
    ("three_or_more", "3个及以上领域 | 3 fields or more", "专业标签≥3个"),
)
ABILITY_LEVELS = (
    ("good", "好 | Good", "测评或鉴定结论为好"),
    ("fairly_good", "较好 | Fairly good", "测评或鉴定结论为较好"),
    ("fair", "一般 | Fair", "测评或鉴定结论为一般"),
    ("rather_poor", "较差 | Rather poor", "测评或鉴定结论为较差"),
)
ABILITY_DIMENSIONS = tuple(
    coded(
        f"ability_{one.code}",
        f"{one.label} | {one.english}",
        "按已有测评或鉴定结论，不推算 | By assessments on record; nothing is inferred",
        *ABILITY_LEVELS,
    )
    for one in ABILITIES.entries
)
RESERVE = coded(
    "reserve",
    "后备/优秀年轻干部 | Promising young officials",
    "发展潜力的事实之一，不合成排名 | One of the facts on potential; no ranking is made of them",
    ("yes", "是 | Yes", "名册标为是"),
    ("no", "否 | No", "名册标为否"),
)
EXCELLENT_YEARS = coded(
    "excellent_years",
    "近三年年度考核优秀次数 | Excellent grades of the last three",
    "发展潜力的事实之一，不合成排名；只取名册所列最近三次年度考核 | One of the facts on potential; the last three annual grades on record",
    *((f"times_{times}", f"{times}次 | {times}", f"近三次年度考核优秀{times}次") for times in range(4)),
)
POSTS_HELD = coded(
    "posts_held",
    "任职岗位数 | Posts held",
    "发展潜力的事实之一，不合成排名；按名册所填经历岗位个数 | One of the facts on potential; posts of the career",
    ("one", "1个 | 1", "经历岗位1个"),
    ("two_or_three", "2–3个 | 2–3", "经历岗位2至3个"),
    ("four_or_more", "4个及以上 | 4 or more", "经历岗位≥4个"),
)
STANDARD = (
    SEX, EDUCATION, EDUCATION_FULL_TIME, EDUCATION_ON_JOB, EDUCATION_MODE, DEGREE, DISCIPLINE, CATEGORY, RANK, TITLE, PARTY, MINORITY, POST_KIND,
    YEARS_IN_RANK, GRASS_ROOTS, SPECIALTY, BREADTH, *ABILITY_DIMENSIONS, RESERVE, EXCELLENT_YEARS, POSTS_HELD,
)  # fmt: skip
