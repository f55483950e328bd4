"""The twelve 职级 of the general management class (公务员法 art. 19) and their usual match to leading ranks.

The match is practice, not law (grades between two matches take the lower rank): to be confirmed by the
organisation department before it decides anything.
"""

from secondment.files.codes import ranks
from secondment.files.codes.code_list import CodeList, UnknownCodeError

CIVIL_GRADES = CodeList(
    "综合管理类公务员职级",
    "公务员法第十九条",
    """
    01 一级巡视员 | Counsel, grade I
    02 二级巡视员 | Counsel, grade II
    03 一级调研员 | Consultant, grade I
    04 二级调研员 | Consultant, grade II
    05 三级调研员 | Consultant, grade III
    06 四级调研员 | Consultant, grade IV
    07 一级主任科员 | Principal staff member, grade I
    08 二级主任科员 | Principal staff member, grade II
    09 三级主任科员 | Principal staff member, grade III
    10 四级主任科员 | Principal staff member, grade IV
    11 一级科员 | Staff member, grade I
    12 二级科员 | Staff member, grade II
    """,
)
code_of = CIVIL_GRADES.code_of
label_of = CIVIL_GRADES.label_of

# Civil grade → the rank of GB/T 12407 whose officials hold it at least.
USUAL_RANK = dict(
    zip(
        (entry.code for entry in CIVIL_GRADES.entries),
        ("121", "122", "131", "131", "132", "132", "141", "141", "142", "142", "150", "150"),
        strict=True,
    )
)


def usual_rank(grade: str) -> str:
    """The rank a civil grade (its label) usually goes with; a rank written in its place is kept."""
    try:
        return USUAL_RANK[code_of(grade)]
    except UnknownCodeError:
        return ranks.code_of(grade) if grade else ""


def rank_held(rank: str, grade: str) -> str:
    """The rank itself (a code of GB/T 12407), else the one that goes with the civil grade (a label)."""
    return rank or usual_rank(grade)
