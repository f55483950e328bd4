"""The columns of the workbook of talks (谈话汇总表): a row a person, known cells prefilled and locked, and a hidden key."""

from secondment.files.codes.talks import FOLLOW_UP_OWNERS, TALK_KINDS, TALK_OFFICES
from secondment.files.columns.cells import DAY, one_of, text
from secondment.files.columns.column import Column, Columns

KEY = Column("key", "行标识", (), text(), help="系统用来认出这一行，不要改动。")
KNOWN = (
    Column("name", "姓名", (), text(), "", "系统填好，不能改。", width=10),
    Column("home", "派出单位", (), text(), "", "系统填好，不能改。", width=18),
    Column("host", "接收单位", (), text(), "", "系统填好，不能改。", width=18),
)
TOLD = (
    Column("held_on", "谈话日期", (), DAY, "2026-11-03", "年月日。", width=12),
    Column("kind", "谈话类型", (), one_of(TALK_KINDS, TALK_KINDS.codes), "日常谈心", width=12),
    Column(
        "side",
        "谈话单位",
        (),
        one_of(TALK_OFFICES, TALK_OFFICES.codes),
        "接收单位",
        "哪一方谈的；空着是接收单位。",
        width=12,
    ),
    Column(
        "talker", "谈话人", (), text(40), "镇党委书记王某", "同一天、同一人的集体谈话，各行都填。", width=14
    ),
    Column("points", "谈话要点", (), text(500), "", "可以不写；只有谈话单位和组织部门能看。", width=30),
    Column("item", "跟进事项", (), text(200), "", "答应办理的事，没有的不填；本人能看。", width=24),
    Column(
        "owner",
        "负责单位",
        (),
        one_of(FOLLOW_UP_OWNERS, FOLLOW_UP_OWNERS.codes),
        "谈话单位",
        "空着是谈话单位。",
        width=12,
    ),
    Column("due_on", "办结期限", (), DAY, "2026-11-30", "有跟进事项的必填。", width=12),
)
TALKS = Columns(KEY, *KNOWN, *TOLD)
