"""Lists of host posts that are ours: direction, hardship, organs and work under recusal, lowest education."""

from secondment.files.codes import education
from secondment.files.codes.code_list import CodeList

DIRECTIONS = CodeList(
    "挂职方向",
    "本系统",
    """
    down 下挂 | Downward
    up 上挂 | Upward
    across 异地 | Other region
    enterprise 企事业 | Enterprise or institution
    """,
)
HARDSHIP = CodeList(
    "艰苦程度",
    "本系统",
    """
    0 一般 | Ordinary
    1 较艰苦 | Rather hard
    2 艰苦 | Hard
    3 特别艰苦 | Very hard
    """,
)
ORGAN_KINDS = CodeList(
    "机关类别",
    "公务员回避规定",
    """
    other 其他 | Other
    county_party_government 县级党委政府 | County party committee or government
    township_party_government 乡级党委政府 | Township party committee or government
    discipline 纪检监察机关 | Discipline inspection organ
    organisation 组织部门 | Organisation department
    court 人民法院 | Court
    procuratorate 人民检察院 | Procuratorate
    police 公安机关 | Police
    """,
)
SENSITIVE_WORK = CodeList(
    "回避岗位工作",
    "公务员法第七十四条",
    """
    organisation 组织 | Organisation
    personnel 人事 | Personnel
    discipline 纪检监察 | Discipline inspection
    audit 审计 | Audit
    finance 财务 | Finance
    """,
)
LOWEST_EDUCATION = CodeList(
    "最低学历",
    "GB/T 4658-2006",
    """
    11 博士研究生 | Doctorate
    10 研究生 | Postgraduate
    20 大学本科 | Undergraduate
    30 大学专科 | College
    """,
)


def lowest_education_of(text: str) -> str:
    """The group a post requires: a graduate code means its group, only a doctorate is a group by itself."""
    code = education.code_of(text)
    return code if code == "11" else f"{code[0]}0"
