"""Ranks of leading posts, staff grades and professional levels (GB/T 12407-2008).

The codes 211–260 of the ten staff grades follow the pattern of the leading ranks; to be confirmed.
"""

import re

from secondment.files.codes import english
from secondment.files.codes.code_list import CodeList, entries_of

RANKS = CodeList(
    "职务级别代码",
    "GB/T 12407-2008",
    entries_of(
        """
        101 国家级正职 正国级
        102 国家级副职 副国级
        111 省部级正职 正省级 正部级 正省部级
        112 省部级副职 副省级 副部级 副省部级
        121 厅局级正职 正厅级 正局级 正厅局级 正厅
        122 厅局级副职 副厅级 副局级 副厅局级 副厅
        131 县处级正职 正处级 正县级 正县处级 正处
        132 县处级副职 副处级 副县级 副县处级 副处
        141 乡科级正职 正科级 正乡科级 正科
        142 乡科级副职 副科级 副乡科级 副科
        150 科员级 科员
        160 办事员级 办事员
        199 未定职公务员 未定职
        211 一级职员
        212 二级职员
        221 三级职员
        222 四级职员
        231 五级职员
        232 六级职员
        241 七级职员
        242 八级职员
        250 九级职员
        260 十级职员
        299 未定级职员
        410 高级 高级专业技术职务
        411 正高级 正高
        412 副高级 副高
        420 中级 中级专业技术职务
        430 初级 初级专业技术职务
        434 助理级
        435 员级
        499 未定职专业技术人员 未定级
        """
    ),
    english.RANKS,
)
code_of = RANKS.code_of
label_of = RANKS.label_of

# Steps of the one ladder by the last two digits of the code, for leading posts and staff grades alike.
LADDER = ("01", "02", "11", "12", "21", "22", "31", "32", "41", "42", "50", "60")
_ON_THE_LADDER = re.compile(r"[12](\d\d)")


def step_of(code: str) -> int | None:
    """Step on the ladder, 0 the highest; None for no rank, an undecided one and professional levels."""
    found = _ON_THE_LADDER.fullmatch(code)
    return LADDER.index(found[1]) if found and found[1] in LADDER else None
