"""Lists of persons that are ours: staff category, willingness to go."""

from secondment.files.codes.code_list import CodeList

CATEGORIES = CodeList(
    "人员类别",
    "本系统",
    """
    party_government 党政领导干部 | Party and government official
    specialist 专业技术干部 | Specialist
    enterprise 企业领导人员 | Enterprise leader
    """,
)
WILLINGNESS = CodeList(
    "个人意愿",
    "本系统",
    """
    unknown 未表态 | Not stated
    willing 愿意 | Willing
    obedient 服从组织安排 | Follows the organisation
    unwilling 有困难 | Has difficulties
    """,
)
