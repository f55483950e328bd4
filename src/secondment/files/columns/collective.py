"""The columns of collective workbooks (汇总表): a row per secondee, known cells prefilled and locked, and a hidden key."""

from secondment.files.columns.cells import YES_OR_NO, text
from secondment.files.columns.column import Column, Columns
from secondment.files.columns.half_days import HALF_DAYS

LONGEST = 500
KEY = Column("key", "行标识", (), text(), help="系统用来认出这一行，不要改动。")
KNOWN = (
    Column("name", "姓名", (), text(), "", "系统填好，不能改。", width=10),
    Column("home", "派出单位", (), text(), "", "系统填好，不能改。", width=18),
    Column("host", "接收单位", (), text(), "", "系统填好，不能改。", width=18),
    Column("title", "挂任职务", (), text(), "", "系统填好，不能改。", width=16),
    Column("period", "期间", (), text(), "", "系统填好，不能改。", width=16),
)
CLERK = Column("clerk", "填表人", (), text(40), "", "填在第一行即可，以下各行相同。", width=10)
PRESENCE = Columns(
    KEY,
    *KNOWN,
    Column(
        "days_due",
        "应在岗工作日",
        ("应在岗天数",),
        text(),
        "",
        "系统按挂职期限和放假安排算好，不能改；放假安排未公布的年度按周末推算。",
        width=10,
    ),
    Column(
        "half_days_away",
        "离岗天数",
        (),
        HALF_DAYS,
        "2.5",
        "已按请假台账填好；有出入的改成工作日天数，半天写0.5。",
        True,
        10,
    ),
    Column("cause", "离岗原因", (), text(40), "年休假", "有离岗的用几个字写明。", width=22),
    CLERK,
)
REPORTS = (
    Column("has_no_news", "无新情况", (), YES_OR_NO, "", "没有新情况的选“是”；最多连续两期。", width=8),
    Column("thinking", "思想", (), text(LONGEST), "", "情况报告六栏合计不超过500字。", width=22),
    Column("work", "工作", (), text(LONGEST), "", width=22),
    Column("life", "生活", (), text(LONGEST), "", width=22),
    Column("problems", "存在问题", (), text(LONGEST), "", width=22),
    Column("support_wanted", "需派出单位支持事项", (), text(LONGEST), "", width=22),
    Column("suggestions", "建议", (), text(LONGEST), "", width=22),
)
NOTICES = (
    Column("has_no_matters", "本季度无事项", (), YES_OR_NO, "", "没有事项的选“是”；最多连续两期。", width=8),
    Column("major_matters", "重大事项", (), text(LONGEST), "", "告知单三栏合计不超过500字。", width=22),
    Column("work_requirements", "工作进展要求", (), text(LONGEST), "", width=22),
    Column("logistics", "后勤保障", (), text(LONGEST), "", width=22),
)
QUARTER = Columns(KEY, *KNOWN, *REPORTS, *NOTICES, CLERK)
