"""Ranks of leading posts, staff grades and professional levels (GB/T 12407-2008).

The codes 211–260 of the ten staff grades follow the pattern of the leading ranks; to be confirmed.
"""

import re

from secondment.files.codes.code_list import CodeList

RANKS = CodeList(
    "职务级别代码",
    "GB/T 12407-2008",
    """
    101 国家级正职 正国级 | Head, national level
    102 国家级副职 副国级 | Deputy, national level
    111 省部级正职 正省级 正部级 正省部级 | Head, provincial level
    112 省部级副职 副省级 副部级 副省部级 | Deputy, provincial level
    121 厅局级正职 正厅级 正局级 正厅局级 正厅 | Head, bureau level
    122 厅局级副职 副厅级 副局级 副厅局级 副厅 | Deputy, bureau level
    131 县处级正职 正处级 正县级 正县处级 正处 | Head, county level
    132 县处级副职 副处级 副县级 副县处级 副处 | Deputy, county level
    141 乡科级正职 正科级 正乡科级 正科 | Head, township level
    142 乡科级副职 副科级 副乡科级 副科 | Deputy, township level
    150 科员级 科员 | Clerk
    160 办事员级 办事员 | Office worker
    199 未定职公务员 未定职 | Civil servant without rank
    211 一级职员 | Staff grade 1
    212 二级职员 | Staff grade 2
    221 三级职员 | Staff grade 3
    222 四级职员 | Staff grade 4
    231 五级职员 | Staff grade 5
    232 六级职员 | Staff grade 6
    241 七级职员 | Staff grade 7
    242 八级职员 | Staff grade 8
    250 九级职员 | Staff grade 9
    260 十级职员 | Staff grade 10
    299 未定级职员 | Staff without grade
    410 高级 高级专业技术职务 | Senior professional
    411 正高级 正高 | Full senior professional
    412 副高级 副高 | Associate senior professional
    420 中级 中级专业技术职务 | Intermediate professional
    430 初级 初级专业技术职务 | Junior professional
    434 助理级 | Assistant professional
    435 员级 | Professional technician
    499 未定职专业技术人员 未定级 | Professional without grade
    """,
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


# What says a level in so many words; a civil grade (一级科员) does not, nor does the treatment of another level.
_SAID = re.compile(
    "|".join(
        sorted(
            (
                word
                for word in RANKS.words
                if RANKS.code_of(word) < "160" and word.endswith(("级", "职", "科员"))
            ),
            key=len,
            reverse=True,
        )
    )
)
_NOT_HELD = re.compile(r"享受|相当|待遇|保留|[一二三四五六七八九十]级科员")


def rank_said(text: str) -> str:
    """The code of the one level of leading posts that a line of a career names; "" for none, several or a doubtful one."""
    if _NOT_HELD.search(text):
        return ""
    found = {RANKS.code_of(word) for word in _SAID.findall(text)}
    return found.pop() if len(found) == 1 else ""
