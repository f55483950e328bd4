"""Lists of democratic appraisals: who votes."""

from secondment.files.codes.code_list import CodeList

RATER_GROUPS = CodeList(
    "评议主体",
    "本系统",
    """
    leaders 领导 领导班子 班子成员 | Leaders
    colleagues 同事 干部 干部职工 | Colleagues
    masses 群众（服务对象） 群众 服务对象 群众代表 | People served
    home 派出单位 | Home unit
    """,
)
