"""The columns of the workbook of personal summaries: whom a row is about is known and locked, the text is open."""

from secondment.files.columns.cells import text
from secondment.files.columns.column import Column, Columns

MOST = 3_000
"""No programme allows more; what a programme allows is checked with the row."""
KEY = Column("key", "行标识", (), text(), help="系统用来认出这一行，不要改动。")
KNOWN = (
    Column("name", "姓名", (), text(), "", "系统填好，不能改。", width=10),
    Column("home", "派出单位", (), text(), "", "系统填好，不能改。", width=18),
    Column("host", "接收单位", (), text(), "", "系统填好，不能改。", width=18),
    Column("year", "年度", (), text(), "", "系统填好，不能改。", width=8),
    Column("kind", "类型", (), text(), "", "系统填好，不能改。", width=14),
)
TEXT = Column(
    "text",
    "正文",
    ("个人总结", "自我鉴定"),
    text(MOST),
    "",
    "主要工作、不足和打算，一般不超过500字。",
    width=80,
)
SUMMARY = Columns(KEY, *KNOWN, TEXT)
