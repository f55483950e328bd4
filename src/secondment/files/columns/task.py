"""The columns of task books: a row per task, known cells prefilled, and the key of the person."""

from secondment.files.codes.tasks import POWERS, PROPOSERS, TASK_FIELDS, TASK_KINDS
from secondment.files.columns.cells import DAY, integer, one_of, several_of, text
from secondment.files.columns.column import Column, Columns

TASK = Columns(
    Column(
        "key", "行标识", (), text(), help="系统用来认出是谁，不要改动；一人有几项任务的，复制整行。", width=20
    ),
    Column("person", "姓名", (), text(), "", "系统填好。", width=10),
    Column("host", "接收单位", (), text(), "", "系统填好。", width=18),
    Column("name", "任务", ("任务名称", "重点任务"), text(120), "土地流转", "一行一项任务。", True, 24),
    Column("kind", "承担方式", (), one_of(TASK_KINDS, TASK_KINDS.codes), "分管", "不填的按分管。", width=10),
    Column("partner", "配合对象", (), text(60), "", "承担方式为配合的必填。", width=14),
    Column(
        "field", "领域", (), one_of(TASK_FIELDS, TASK_FIELDS.codes), "精准帮扶", "不填的按其他。", width=12
    ),
    Column("target", "量化目标", ("目标",), text(200), "新增流转面积800亩", width=28),
    Column(
        "weight", "权重", ("权重（%）",), integer(0, 100, ending="%"), "40", "每人各项合计为100。", width=8
    ),
    Column("due_on", "完成时限", ("完成日期", "时限"), DAY, "2027-06-30", "在挂职期内。", width=12),
    Column("way", "验收方式", (), text(100), "看合同，村委会验收", width=22),
    Column(
        "proposer",
        "提出人",
        (),
        one_of(PROPOSERS, PROPOSERS.codes),
        "接收单位",
        "不填的按接收单位。",
        width=12,
    ),
    Column("powers", "涉及的审批权", (), several_of(POWERS), "", "不涉及的不填。", width=14),
)
KEYS = tuple(column.key for column in TASK)
