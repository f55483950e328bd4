"""The columns of a rotation plan (people, needs, units, who suits what) and of the structure wished for."""

from secondment.files.columns.column import Column, Columns

NEED = Columns(
    Column("person", "人员", ("姓名",)),
    Column("unit", "派出单位", ("单位",)),
    Column("back_in", "上次期满年份"),
    Column("unavailable", "不能外派年份"),
    Column("kind", "类型", ("挂职类型",)),
    Column("term_years", "任期", ("任期（年）",)),
    Column("may_be_away", "最多在外"),
    Column("value", "适合程度"),
    *(Column(str(year), str(year)) for year in range(1900, 2200)),
)
TARGET = Columns(
    Column("dimension", "维度"),
    Column("buckets", "类别"),
    Column("at_least", "下限"),
    Column("at_most", "上限"),
    Column("basis", "依据"),
)
