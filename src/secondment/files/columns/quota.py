"""The columns of a quota: how many people each home unit is asked for, as exported and sent back."""

from secondment.files.columns.cells import integer, or_nothing
from secondment.files.columns.column import Column, Columns

QUOTA = Columns(
    Column("unit", "派出单位", ("单位",), is_required=True),
    Column("asked", "推荐名额", ("名额",), integer(0, 99_999), is_required=True),
    Column("cap", "最多派出", (), or_nothing(integer(0, 99_999), None)),
    Column("nominated", "已推荐"),
    Column("missing", "尚缺"),
    Column("answered", "本人已答复"),
)
KEYS = ("unit", "asked", "cap")
"""The columns that are read; the others tell how far a unit has come."""
