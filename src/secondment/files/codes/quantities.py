"""Lists of quantitative indicators: how well a value is backed."""

from secondment.files.codes.code_list import CodeList

BACKINGS = CodeList(
    "核实程度",
    "本系统",
    """
    audited 经审计或现场核实 审计核实 现场核实 已审计 | Audited or checked on the spot
    documented 有书面材料 书面材料 有材料 | Documented
    declared 仅有申报 申报 自报 | Declared only
    """,
)
