"""The columns of the workbook of reviews of abilities (能力评议表): a row a rater, known cells prefilled, a hidden key."""

from secondment.files.codes.abilities import ABILITIES
from secondment.files.columns.cells import DAY, text
from secondment.files.columns.column import Column, Columns

KEY = Column("key", "行标识", (), text(), help="系统用来认出这一行，不要改动。")
KNOWN = (
    Column("name", "被评议人", ("姓名",), text(), "", "系统填好，不能改。", width=10),
    Column("unit", "派出单位", (), text(), "", "系统填好，不能改。", width=18),
    Column("campaign", "批次", (), text(), "", "系统填好，不能改。", width=18),
)
RATER = (
    Column("rated_on", "评议日期", (), DAY, "2026-11-03", "年月日；同一人的各行相同。", width=12),
    Column("rater", "评议人", (), text(40), "李某", "本单位的人，写姓名；本人不评本人。", width=10),
    Column("duty", "评议人职务", (), text(80), "处长", "可以不填。", width=16),
)
LEVELS = tuple(
    Column(key, ABILITIES.label_of(key), (), text(20), "较好", "选一个档次；五项都要评。", width=14)
    for key in ABILITIES.codes
)
REVIEWS = Columns(KEY, *KNOWN, *RATER, *LEVELS)
