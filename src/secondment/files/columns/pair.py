"""The columns of admissible pairs, of ranks, and of the most people a group releases."""

from secondment.files.columns.cells import integer
from secondment.files.columns.column import Column, Columns

PAIR = Columns(
    Column("person", "人员", ("人选",)),
    Column("post", "岗位", ("岗位编号",)),
    Column("score", "得分", ("分数", "匹配度")),
    Column("rank", "排序", ("名次",)),
    Column("person_group", "派出单位"),
)
CAPS = Columns(
    Column("unit", "派出单位", ("单位", "person_group")), Column("cap", "最多派出", (), integer(0, 999_999))
)
