"""Lists of leave: types, and halves of a day."""

from secondment.files.codes.code_list import CodeList

LEAVE_TYPES = CodeList(
    "假别",
    "本系统",
    """
    personal 事假 | Personal leave
    sick 病假 | Sick leave
    annual 年休假 年休 年假 公休 | Annual leave
    visit 探亲假 探亲 | Home visit
    family 婚产假 婚假 产假 陪产假 护理假 | Marriage or parental leave
    official 公务外出 出差 外出开会 | Official journey
    home 回原单位办事 回原单位 | Business at the home unit
    """,
)
HALVES = CodeList(
    "上午或下午",
    "本系统",
    """
    am 上午 | morning
    pm 下午 | afternoon
    """,
)
