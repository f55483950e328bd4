"""Lists of placements that are ours: release from work, training purpose, what becomes of a person."""

from secondment.files.codes.code_list import CodeList

WORK_MODES = CodeList(
    "脱产方式",
    "本系统",
    """
    full 全脱产 脱产 | Full time
    half 半脱产 | Part time
    none 不脱产 兼职 | Beside the home post
    """,
)
PURPOSES = CodeList(
    "培养目的",
    "本系统",
    """
    grassroots 缺基层经历 | Lacks grassroots experience
    higher_organ 缺上级机关经历 | Lacks experience in a higher organ
    professional 专业实践 | Professional practice
    urgent 急难险重 | Urgent and difficult task
    stepwise 递进培养 | Stepwise training
    other 其他 | Other
    """,
)
APPOINTMENTS = CodeList(
    "任命方式",
    "本系统",
    """
    party 党委任命 党委（党组）任命 | By the party committee
    congress 人大决定 人大任命 人大常委会决定 | By the people's congress
    government 政府任命 | By the government
    """,
)
DESTINATIONS = CodeList(
    "去向",
    "本系统",
    """
    returned 回原单位 返回原单位 回派出单位 | Back to the home unit
    stayed 留任 留用 | Stays in the host unit
    promoted 提拔使用 提拔 | Promoted
    moved 交流到其他单位 交流 调出 | Moved to another unit
    other 其他 | Other
    """,
)
