"""Lists of host posts that are ours: direction, hardship, organs and work under recusal, lowest education."""

from secondment.files.codes import education, english
from secondment.files.codes.code_list import CodeList, entries_of

DIRECTIONS = CodeList(
    "挂职方向",
    "本系统",
    entries_of(
        """
        down 下挂
        up 上挂
        across 异地
        enterprise 企事业
        """
    ),
    english.DIRECTIONS,
)
HARDSHIP = CodeList(
    "艰苦程度",
    "本系统",
    entries_of(
        """
        0 一般
        1 较艰苦
        2 艰苦
        3 特别艰苦
        """
    ),
    english.HARDSHIP,
)
ORGAN_KINDS = CodeList(
    "机关类别",
    "公务员回避规定",
    entries_of(
        """
        other 其他
        county_party_government 县级党委政府
        township_party_government 乡级党委政府
        discipline 纪检监察机关
        organisation 组织部门
        court 人民法院
        procuratorate 人民检察院
        police 公安机关
        """
    ),
    english.ORGAN_KINDS,
)
SENSITIVE_WORK = CodeList(
    "回避岗位工作",
    "公务员法第七十四条",
    entries_of(
        """
        organisation 组织
        personnel 人事
        discipline 纪检监察
        audit 审计
        finance 财务
        """
    ),
    english.SENSITIVE_WORK,
)
LOWEST_EDUCATION = CodeList(
    "最低学历",
    "GB/T 4658-2006",
    entries_of(
        """
        11 博士研究生
        10 研究生
        20 大学本科
        30 大学专科
        """
    ),
    english.LOWEST_EDUCATION,
)


def lowest_education_of(text: str) -> str:
    """The group a post asks for: a graduate code means its group, only a doctorate stands by itself."""
    code = education.code_of(text)
    return code if code == "11" else f"{code[0]}0"
