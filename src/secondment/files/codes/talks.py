"""Lists of talks: kinds, offices that hold them, offices that see to what follows."""

from secondment.files.codes.code_list import CodeList

TALK_KINDS = CodeList(
    "谈话类型",
    "本系统",
    """
    heart 日常谈心 谈心 谈心谈话 日常谈话 | Heart-to-heart
    arrival 到任谈话 到任 到岗谈话 | On arrival
    middle 中期谈话 中期 | Mid-term
    end 期满前谈话 期满前 期满谈话 | Before the end
    reminder 提醒谈话 提醒 | Reminder
    visit 走访慰问 走访 慰问 看望 | Visit
    """,
)
TALK_OFFICES = CodeList(
    "谈话单位",
    "本系统",
    """
    host 接收单位 | Host unit
    home 派出单位 | Home unit
    department 组织部门 主办组织部门 | Organisation department
    """,
)
FOLLOW_UP_OWNERS = CodeList(
    "跟进事项的负责单位",
    "本系统",
    """
    own 谈话单位 本单位 | The office that held the talk
    host 接收单位 | Host unit
    home 派出单位 | Home unit
    department 组织部门 主办组织部门 | Organisation department
    """,
)
