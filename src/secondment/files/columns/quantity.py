"""The columns of the workbook of quantitative indicators (量化指标汇总表): whom a row is about is known and locked."""

from secondment.files.codes.quantities import BACKINGS
from secondment.files.columns.cells import number, one_of, text
from secondment.files.columns.column import Column, Columns

LARGEST = 999_999_999
LONGEST = 300
KEY = Column("key", "行标识", (), text(), help="系统用来认出这一行，不要改动。")
_FILLED = "系统填好，不能改。"
KNOWN = (
    Column("name", "姓名", (), text(), "", _FILLED, width=10),
    Column("home", "派出单位", (), text(), "", _FILLED, width=18),
    Column("host", "接收单位", (), text(), "", _FILLED, width=18),
    Column("indicator", "指标", (), text(), "", _FILLED, width=18),
    Column("unit", "计量单位", (), text(), "", _FILLED, width=10),
    Column(
        "proposal",
        "系统建议值",
        (),
        text(),
        "",
        "据任务书、在岗天数等记录得出，供参考；核对后填入“实际值”。",
        width=30,
    ),
)
ASKED = (
    Column("value", "实际值", ("数值", "完成值"), number(0, LARGEST), "75", "没有取得的留空，不要填 0。", width=12),
    Column("backing", "核实程度", (), one_of(BACKINGS, BACKINGS.codes), "有书面材料", width=20),
    Column("evidence", "依据", ("佐证材料", "依据材料"), text(LONGEST), "验收单2026年第3号",
           "材料名称、文号或网址；仅有申报的可以不填。", width=40),
)  # fmt: skip
QUANTITY = Columns(KEY, *KNOWN, *ASKED)
