"""Lists of task books that are ours: the part taken in a task, its field, who proposed it, approval that goes with it."""

from secondment.files.codes.code_list import CodeList

TASK_KINDS = CodeList(
    "承担方式",
    "本系统",
    """
    own 分管 负责 牵头 | In charge
    joint 配合 协助 协管 | Assisting
    advice 参谋 建议 | Adviser
    research 调研 | Research
    """,
)
TASK_FIELDS = CodeList(
    "领域",
    "本系统",
    """
    party 整顿党组织 抓党建 党建 | Party organisation
    livelihood 改善民生 民生 | People's livelihood
    aid 精准帮扶 帮扶 | Targeted assistance
    other 其他 | Other
    """,
)
PROPOSERS = CodeList(
    "提出人",
    "本系统",
    """
    host 接收单位 | Host unit
    secondee 本人 挂职干部 | Secondee
    office 组织部门或派出单位 组织部门 派出单位 | Organisation department or home unit
    """,
)
POWERS = CodeList(
    "审批权",
    "本系统",
    """
    over_people 人事审批 人事 | Personnel
    over_money 资金审批 资金 | Funds
    over_projects 项目审批 项目 | Projects
    """,
)
