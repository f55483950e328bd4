"""Professional titles (GB/T 8561): from the title a form names to its level."""

import re
from enum import StrEnum

from secondment.files.codes.code_list import CodeList, UnknownCodeError, plain

TITLES = CodeList(
    "专业技术职务",
    "GB/T 12407-2008",
    """
    411 正高级 | Senior
    412 副高级 | Associate senior
    420 中级 | Intermediate
    430 初级 | Junior
    """,
)


class TitleLevel(StrEnum):
    """The value is the level's code in GB/T 12407; the smaller the higher."""

    SENIOR = "411"
    ASSOCIATE_SENIOR = "412"
    INTERMEDIATE = "420"
    JUNIOR = "430"


_TITLES = {
    TitleLevel.SENIOR: (
        "正高级 正高 教授 研究员 主任医师 主任药师 主任护师 主任技师 编审 译审 研究馆员 高级记者 高级编辑 "
        "播音指导 一级教授 二级教授 三级教授 四级教授 农业技术推广研究员 推广研究员 一级律师 一级公证员 国家级教练 一级演员 一级编剧 "
        "一级导演 一级作曲 一级指挥 一级美术师 正高级讲师"
    ),
    TitleLevel.ASSOCIATE_SENIOR: (
        "副高级 副高 副教授 副研究员 副主任医师 副主任药师 副主任护师 副主任技师 副编审 副译审 副研究馆员 主任记者 主任编辑 "
        "主任播音员 高级讲师 高级教师 中学高级教师 二级律师 二级公证员 高级教练 二级演员 二级编剧 二级导演 二级美术师"
    ),
    TitleLevel.INTERMEDIATE: (
        "中级 讲师 助理研究员 主治医师 主管医师 主管药师 主管护师 主管技师 编辑 记者 翻译 馆员 一级播音员 一级教师 "
        "中学一级教师 小学高级教师 工程师 农艺师 畜牧师 兽医师 经济师 会计师 审计师 统计师 政工师 实验师 一级教练 三级律师 "
        "三级公证员 三级演员 一级校对 人力资源管理师 技术编辑"
    ),
    TitleLevel.JUNIOR: (
        "初级 助教 研究实习员 医师 药师 护师 技师 医士 药士 护士 技士 助理编辑 助理记者 助理翻译 助理馆员 管理员 二级播音员 "
        "二级教师 三级教师 中学二级教师 小学一级教师 技术员 农业技术员 经济员 会计员 审计员 统计员 政工员 实验员 二级教练 三级教练 "
        "四级律师 四级公证员 四级演员 助理讲师"
    ),
}
_LEVEL_OF = {title: level for level, titles in _TITLES.items() for title in titles.split()}
_CORE = r"(?:工程师|农艺师|畜牧师|兽医师|经济师|会计师|审计师|统计师|政工师|实验师|人力资源管理师)"
_CORE_RULES = (
    (re.compile(rf"(?:正高级|教授级高级|研究员级高级)[^、]*{_CORE}"), TitleLevel.SENIOR),
    (re.compile(rf"高级[^、]*{_CORE}"), TitleLevel.ASSOCIATE_SENIOR),
    (re.compile(rf"助理[^、]*{_CORE}"), TitleLevel.JUNIOR),
    (re.compile(r"正高级[^、]*教师"), TitleLevel.SENIOR),
    (re.compile(rf"(?!.*总{_CORE})[^、]*{_CORE}"), TitleLevel.INTERMEDIATE),  # 水利工程师; 总工程师 is a post
)
_SEPARATORS = re.compile(r"[、;,/\n]")


def title_level(text: str) -> TitleLevel:
    """The highest level among the titles named; `UnknownCodeError` when one of them is not known."""
    parts = [plain(part) for part in _SEPARATORS.split(text.replace("；", ";").replace("，", ","))]
    levels = [_level(part) for part in parts if part]
    if not levels:
        raise UnknownCodeError(TITLES.name, text)
    return min(levels)


def _level(title: str) -> TitleLevel:
    word = re.sub(r"\([^()]*\)$", "", title)
    if word in _LEVEL_OF:
        return _LEVEL_OF[word]
    for pattern, level in _CORE_RULES:
        if pattern.fullmatch(word):
            return level
    raise UnknownCodeError("专业技术职务", title)
