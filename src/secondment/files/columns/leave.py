"""The columns of the leave workbook (请假汇总表): rows of an office, known cells prefilled and locked, and a hidden key."""

from secondment.files.codes.leave import HALVES, LEAVE_TYPES
from secondment.files.columns.cells import DAY, one_of, text
from secondment.files.columns.column import Column, Columns

KEY = Column("key", "行标识", (), text(), help="系统用来认出这一行，不要改动。")
KNOWN = (
    Column("name", "姓名", (), text(), "", "系统填好，不能改。", width=10),
    Column("home", "派出单位", (), text(), "", "系统填好，不能改。", width=18),
    Column("host", "接收单位", (), text(), "", "系统填好，不能改。", width=18),
)
HALF = one_of(HALVES, HALVES.codes)
ASKED = (
    Column("type", "假别", (), one_of(LEAVE_TYPES, LEAVE_TYPES.codes), "年休假", "一次请假一行。", width=12),
    Column("starts_on", "开始日期", (), DAY, "2026-11-03", "年月日。", width=12),
    Column("starts_half", "开始于", (), HALF, "上午", "空着是上午。", width=8),
    Column("last_on", "结束日期", (), DAY, "2026-11-05", "最后一天，年月日。", width=12),
    Column("last_half", "结束于", (), HALF, "下午", "空着是下午。", width=8),
    Column("reason", "事由", (), text(100), "家中有事", "几个字；事假必填。病假不写病情。", width=20),
    Column("destination", "去往", (), text(40), "", "需要时写到市、县。", width=12),
    Column("deputy_name", "代行工作人", (), text(40), "", "姓名和电话都填，或都不填。", width=10),
    Column("deputy_contact", "代行工作人电话", (), text(40), "", width=14),
    Column("decided_for", "审批人", (), text(40), "", "没有账号的单位已经批准的，写批准人姓名。", width=10),
)
BACK = (
    Column("back_on", "返岗日期", (), DAY, "2026-11-06", "回到岗位的第一天。", width=12),
    Column("back_half", "返岗于", (), HALF, "上午", "空着是上午。", width=8),
)
LEAVE = Columns(KEY, *KNOWN, *ASKED, *BACK)
