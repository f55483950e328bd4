"""The twelve 职级 of the general management class (公务员法 art. 19) and their usual match to leading ranks.

The match is practice, not law: to be confirmed by the organisation department before it decides anything.
"""

from secondment.tables.codes.code_list import CodeList, entries_of

CIVIL_GRADES = CodeList(
    "综合管理类公务员职级",
    "公务员法第十九条",
    entries_of(
        """
        01 一级巡视员
        02 二级巡视员
        03 一级调研员
        04 二级调研员
        05 三级调研员
        06 四级调研员
        07 一级主任科员
        08 二级主任科员
        09 三级主任科员
        10 四级主任科员
        11 一级科员
        12 二级科员
        """
    ),
)
code_of = CIVIL_GRADES.code_of
label_of = CIVIL_GRADES.label_of

# Civil grade → code of GB/T 12407; grades without a usual match are left out.
USUAL_RANK_TO_BE_CONFIRMED = {"01": "121", "02": "122", "04": "131", "06": "132", "08": "141", "10": "142"}
