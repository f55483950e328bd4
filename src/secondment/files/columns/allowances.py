"""The columns of the workbook of allowances (保障汇总表): a row a person, known cells prefilled and locked, and a hidden key."""

from secondment.files.columns.cells import DAY, DAY_OR_MONTH, integer, text
from secondment.files.columns.column import Column, Columns

KEY = Column("key", "行标识", (), text(), help="系统用来认出这一行，不要改动。")
_FILLED = "系统填好，不能改。"
KNOWN = (
    Column("name", "姓名", (), text(), "", _FILLED, width=10),
    Column("home", "派出单位", (), text(), "", _FILLED, width=18),
    Column("host", "接收单位", (), text(), "", _FILLED, width=18),
    Column("insured_until", "现有保险至", (), text(), "", _FILLED, width=12),
    Column("last_check", "最近体检", (), text(), "", _FILLED, width=12),
)
TOLD = (
    Column("insurer", "保险公司", (), text(60), "某财产保险公司", "新办的保险才填；四项都填。", width=18),
    Column("number", "保险单号", (), text(60), "P2026000123", "团体保险各人填同一单号。", width=18),
    Column("starts_on", "保险开始", (), DAY, "2026-12-01", "年月日。", width=12),
    Column("last_on", "保险最后一天", (), DAY, "2027-11-30", "年月日。", width=14),
    Column("checked_on", "体检日期", (), DAY, "2026-10-20", "只登记日期，不写结果。", width=12),
    Column(
        "month", "往返月份", (), DAY_OR_MONTH, "2026-11", "按次计发交通补助的才填，和次数都填。", width=12
    ),
    Column("n", "往返次数", (), integer(0, 31), "2", "当月往返派出单位和挂职单位的次数。", width=10),
)
ALLOWANCES = Columns(KEY, *KNOWN, *TOLD)
