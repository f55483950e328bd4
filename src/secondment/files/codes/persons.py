"""Lists of persons that are ours: staff category, willingness to go."""

from secondment.files.codes import english
from secondment.files.codes.code_list import CodeList, entries_of

CATEGORIES = CodeList(
    "人员类别",
    "本系统",
    entries_of(
        """
        party_government 党政领导干部
        specialist 专业技术干部
        enterprise 企业领导人员
        """
    ),
    english.CATEGORIES,
)
WILLINGNESS = CodeList(
    "个人意愿",
    "本系统",
    entries_of(
        """
        unknown 未表态
        willing 愿意
        obedient 服从组织安排
        unwilling 有困难
        """
    ),
    english.WILLINGNESS,
)
