"""The columns of a year's opinions (考核意见汇总表): whom they are about is known, the rest is filled in."""

from secondment.files.codes.grades import GRADES
from secondment.files.columns.cells import DAY, integer, one_of, text
from secondment.files.columns.column import Column, Columns

LONGEST = 300
_GRADE = one_of(GRADES, GRADES.codes)
_WORDS = f"不超过{LONGEST}字。"
EVALUATION = Columns(
    Column("year", "考核年度", ("年度",), integer(2000, 2100, ending="年度?"), "2025", is_required=True, width=10),
    Column("name", "姓名", ("干部姓名", "挂职干部"), text(40), "张示例", is_required=True, width=12),
    Column("home", "派出单位", ("原单位", "所在单位"), text(), "示例市财政局", is_required=True, width=24),
    Column("host", "接收单位", ("挂职单位",), text(), "示例县示例镇示例村", width=24),
    Column("title", "挂任职务", ("挂职职务",), text(), "驻村第一书记", width=18),
    Column("host_text", "接收单位意见", ("挂职单位意见",), text(LONGEST), "工作扎实，任务完成好。", _WORDS, width=40),
    Column("host_grade", "接收单位建议等次", ("挂职单位建议等次",), _GRADE, "称职（合格）", width=18),
    Column("leave_workdays", "病事假工作日", ("病事假天数",), integer(0, 366), "0", "当年病假、事假累计工作日。", width=12),
    Column("home_text", "派出单位意见", ("派员单位意见",), text(LONGEST), "", _WORDS, width=40),
    Column("home_grade", "派出单位建议等次", ("派员单位建议等次",), _GRADE, "", width=18),
    Column("signed_on", "签署日期", ("纸质签署日期",), DAY, "2026-01-05",
           "组织部门据纸质意见填写的必填；单位账号导入的不填。", width=14),
)  # fmt: skip
KEYS = tuple(column.key for column in EVALUATION)
KNOWN = ("year", "name", "home", "host", "title")
