"""Every word that stands for a condition by itself, from the code lists; what only a search understands is added here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from secondment.files.codes.abilities import ABILITIES, LEVELS
from secondment.files.codes.civil_grades import CIVIL_GRADES
from secondment.files.codes.code_list import CodeList, plain
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.codes.persons import CATEGORIES, WILLINGNESS
from secondment.files.codes.placements import PURPOSES
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.ranks import LADDER, RANKS
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.person_search.conditions import Remark

HAN = "01"
COMMUNIST = "01,02"  # full and probationary members: what 党员 means in a roster
DEMOCRATIC_PARTIES = "04,05,06,07,08,09,10,11"
TITLES_HELD = "411,412,420,430"
SOME_YEARS = "0.1"  # years are kept to one place: the least that is not nothing
# Levels of education, the highest first; the last two are parts of the form's “4” (中专及以下).
EDUCATION_STEPS = ("1", "2", "3", "secondary_vocational", "high_school_or_less")


@dataclass(frozen=True)
class Meaning:
    """What a word stands for: values of one parameter, and how it may have been read otherwise."""

    name: str
    value: str
    remark: Remark | None = None


# Word → values, for words that no code list has.
_FURTHER: dict[str, dict[str, str]] = {
    "sex": {
        "男": "1", "男性": "1", "男同志": "1", "男干部": "1", "女": "2", "女性": "2", "女同志": "2", "女干部": "2",
        "妇女干部": "2",
    },
    "party": {
        "中国共产党党员": COMMUNIST, "中共党员": COMMUNIST, "共产党员": COMMUNIST, "党员": COMMUNIST, "中共": COMMUNIST,
        "正式党员": "01", "非党员": f"-{COMMUNIST}", "非党": f"-{COMMUNIST}", "党外": f"-{COMMUNIST}",
        "党外干部": f"-{COMMUNIST}", "民主党派": DEMOCRATIC_PARTIES,
    },
    "ethnicity": {"少数民族": f"-{HAN}"},
    "category": {
        "党政干部": "party_government", "党政": "party_government", "领导干部": "party_government",
        "专业技术人员": "specialist", "专技人员": "specialist", "专技干部": "specialist", "专技": "specialist",
        "企业干部": "enterprise", "企业领导": "enterprise", "国企领导人员": "enterprise", "企业": "enterprise",
    },
    "reserve": {"优秀年轻干部": "1", "后备干部": "1", "优年干部": "1", "后备": "1", "非后备": "0"},
    "state": {
        "在职": "active", "在职人员": "active", "在职干部": "active", "退休": "retired", "已退休": "retired",
        "调离": "left", "已调离": "left", "已故": "died", "去世": "died",
    },
    "out": {
        "在外挂职": "1", "正在挂职": "1", "在挂": "1", "挂职中": "1", "在挂职": "1", "现在挂职": "1", "目前挂职": "1",
        "未在外挂职": "0", "不在外挂职": "0", "未在挂": "0", "目前未挂职": "0", "现未挂职": "0",
    },
    "seconded": {
        "挂过职": "1", "有挂职经历": "1", "曾挂职": "1", "挂职过": "1", "曾经挂职": "1", "有挂职经验": "1",
        "从未挂职": "0", "从未挂过职": "0", "未挂过职": "0", "没挂过职": "0", "没有挂过职": "0", "无挂职经历": "0",
        "没有挂职经历": "0", "未曾挂职": "0",
    },
    "willingness": {
        "愿意挂职": "willing", "愿意外派": "willing", "有意愿": "willing", "有挂职意愿": "willing", "本人愿意": "willing",
        "服从安排": "obedient", "服从组织": "obedient", "未表态": "unknown", "意愿未表态": "unknown",
    },
    "purpose": {
        "缺基层经验": "grassroots", "缺少基层经历": "grassroots", "缺乏基层经历": "grassroots", "补基层经历": "grassroots",
        "缺上级机关经验": "higher_organ", "缺少上级机关经历": "higher_organ", "缺机关经历": "higher_organ",
    },
    "title": {
        "正高": "411", "正高级": "411", "正高职称": "411", "正高级职称": "411", "副高": "412", "副高级": "412",
        "副高职称": "412", "副高级职称": "412", "高级职称": "411,412", "中级": "420", "中级职称": "420", "初级": "430",
        "初级职称": "430", "有职称": TITLES_HELD, "有专业技术职称": TITLES_HELD,
    },
    "grassroots_from": dict.fromkeys(("有基层经历", "有基层工作经历", "有基层经验"), SOME_YEARS),
    "grassroots_below": dict.fromkeys(
        ("无基层经历", "没有基层经历", "无基层工作经历", "没有基层工作经历", "无基层经验", "没有基层经验"), SOME_YEARS,
    ),
}  # fmt: skip
# Disciplines that a tag takes in, beyond the aliases of the list.
_DISCIPLINES = {
    "agriculture": "园艺 植物保护 畜牧 畜牧学 兽医 动物医学 林学 园林 水产 水产养殖 水文 水利工程 土壤学 农林水 农业经济管理",
    "accounting_audit": "会计学 财务管理 审计学 财政 财政学 税收学",
    "economy_finance": "经济学 金融学 统计学 国际经济与贸易",
    "planning_construction": "土木工程 建筑学 城乡规划 城市规划 道路桥梁 交通工程 给排水",
    "information_technology": "计算机科学与技术 软件工程 网络工程 人工智能 大数据 信息安全 网信",
    "environment": "环境工程 环境科学 生态学",
    "health": "临床医学 护理 护理学 公共卫生 预防医学 药学 中医 中医学",
    "politics_law": "法律硕士 公安学 侦查学",
    "culture_tourism": "新闻 新闻学 旅游管理 广播电视",
    "industry_technology": "机械 机械工程 电气工程 材料 材料科学 化工 化学工程 自动化",
    "education": "师范 学前教育 小学教育",
    "party_affairs": "党建 党的建设 组织工作 人事",
    "emergency": "消防 防灾减灾",
    "commerce_foreign": "招商引资 国际贸易 外语 英语",
}
# Disciplines that no tag takes in: searched in the words of the file.
_WITHOUT_TAG = (
    "汉语言文学 中文 哲学 历史学 历史 数学 物理学 物理 化学 生物学 生物 心理学 社会学 社会工作 政治学 行政管理 公共管理 "
    "工商管理 马克思主义理论 思想政治教育 地理学 地质学 测绘 艺术学 体育学 体育"
)
_RANK_GROUPS = {
    "县处级": ("131", "132"), "处级": ("131", "132"), "乡科级": ("141", "142"), "科级": ("141", "142"),
    "厅局级": ("121", "122"), "厅级": ("121", "122"), "局级": ("121", "122"), "司局级": ("121", "122"),
    "省部级": ("111", "112"), "部级": ("111", "112"), "省级": ("111", "112"),
}  # fmt: skip
_GRADE_GROUPS = {"巡视员": ("01", "02"), "调研员": ("03", "06"), "主任科员": ("07", "10")}
_LEADING = "1"
# Words of a discipline that would swallow what they are part of, or mean something else alone.
_NOT_ALONE = frozenset({"其他", "建设", "科技", "宣传", "规划", "应急"})


@cache
def words() -> Mapping[str, Meaning]:
    """Word, as `plain` writes it → its meaning."""
    found: dict[str, Meaning] = {}
    for word, meaning in _all():
        found.setdefault(plain(word), meaning)
    return found


@cache
def ranks() -> Mapping[str, tuple[str, str]]:
    """Word of a rank → the highest and the lowest code it stands for."""
    found = dict(_RANK_GROUPS)
    for entry in RANKS.entries:
        if entry.code[0] == _LEADING and entry.code[1:] in LADDER:
            found |= dict.fromkeys((entry.label, *entry.aliases), (entry.code, entry.code))
    return found


@cache
def grades() -> Mapping[str, tuple[str, str]]:
    """Word of a civil grade (职级) → the highest and the lowest code it stands for."""
    return _GRADE_GROUPS | {entry.label: (entry.code, entry.code) for entry in CIVIL_GRADES.entries}


@cache
def educations() -> Mapping[str, str]:
    """Word of an education → its step, or its code where a word says more than the step does."""
    steps = {"1": "研究生 研究生学历", "2": "大学本科 本科 大学 大本 本科学历 大学学历 大学本科学历"}
    steps |= {
        "3": "大学专科 专科 大专 专科学历 大专学历 高职",
        "secondary_vocational": "中专 中职 职高 技校 中专学历",
    }
    steps |= {"high_school_or_less": "高中 高中学历", "11": "博士研究生", "14": "硕士研究生"}
    return {word: step for step, said in steps.items() for word in said.split()}


DEGREES = {"博士": "2", "博士学位": "2", "硕士": "3", "硕士学位": "3", "学士": "4", "学士学位": "4"}
TITLES_ABOVE = {"正高": "411", "正高级": "411", "副高": "412", "副高级": "412", "中级": "420", "初级": "430"}


@cache
def abilities() -> Mapping[str, str]:
    """Word of an ability → its code."""
    return {word: entry.code for entry in ABILITIES.entries for word in (entry.label, *entry.aliases)}


def points_of(word: str, after: str) -> str:
    """The points that a word of the assessment of abilities, with or without 以上 or 以下, stands for."""
    place = next(at for at, (name, _least) in enumerate(LEVELS) if name == word)
    low = LEVELS[place][1]
    high = LEVELS[place - 1][1] - 1 if place else 100
    if after.endswith("以上"):
        return f"{low}-100"
    return f"0-{high}" if after.endswith("以下") else f"{low}-{high}"


@cache
def known_words() -> tuple[str, ...]:
    """All of them, to find the one most like a word that is not understood."""
    others = (ranks(), grades(), educations(), DEGREES, abilities())
    return tuple(dict.fromkeys((*words(), *(word for table in others for word in table))))


def _all() -> Iterator[tuple[str, Meaning]]:
    for name, table in _FURTHER.items():
        for word, value in table.items():
            yield word, Meaning(name, value)
    yield "未挂职", Meaning("out", "0", Remark.NOW_NOT_OUT)
    yield "没挂职", Meaning("out", "0", Remark.NOW_NOT_OUT)
    for entry in ETHNIC_GROUPS.entries:  # 回 or 水 alone say too little
        if entry.label.endswith("族"):
            yield entry.label, Meaning("ethnicity", entry.code)
    yield from _of("party", POLITICAL_STATUS, _FURTHER["party"])
    yield from _of("category", CATEGORIES)
    yield from _of("willingness", WILLINGNESS)
    yield from _of("purpose", PURPOSES, _NOT_ALONE)
    yield from _staff_grades()
    yield from _disciplines()
    yield from (
        ("初中", Meaning("education", "high_school_or_less")),
        ("小学", Meaning("education", "high_school_or_less")),
    )


def _of(name: str, codes: CodeList, without: Iterable[str] = ()) -> Iterator[tuple[str, Meaning]]:
    left_out = frozenset(without)
    for entry in codes.entries:
        for word in (entry.label, *entry.aliases):
            if word not in left_out:
                yield word, Meaning(name, entry.code)


def _staff_grades() -> Iterator[tuple[str, Meaning]]:
    """一级职员 … 十级职员: ranks of the roster that are no leading ones."""
    for entry in RANKS.entries:
        if entry.label.endswith("级职员") and entry.code != "299":
            yield entry.label, Meaning("rank", entry.code)


def _disciplines() -> Iterator[tuple[str, Meaning]]:
    for entry in SPECIALTIES.entries:
        yield from _tagged(entry.label, entry.code, (entry.label,))
        yield from _tagged(entry.label, entry.code, entry.aliases)
    for code, said in _DISCIPLINES.items():
        yield from _tagged(SPECIALTIES.label_of(code), code, said.split())
    for word in _WITHOUT_TAG.split():
        yield word, Meaning("study", word, Remark.BY_TEXT)
        yield f"{word}专业", Meaning("study", word, Remark.BY_TEXT)


def _tagged(label: str, code: str, said: Iterable[str]) -> Iterator[tuple[str, Meaning]]:
    for word in said:
        meaning = Meaning("specialty", code, None if word == label else Remark.BY_TAG)
        if word not in _NOT_ALONE:
            yield word, meaning
        for tail in ("专业", "类专业", "类", "方向", "领域", "背景"):
            yield word + tail, meaning
