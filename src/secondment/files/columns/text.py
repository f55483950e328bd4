"""The columns of numbered texts, and of people who can be drawn."""

from secondment.files.columns.column import Column, Columns

TEXT = Columns(Column("id", "编号"), Column("text", "文本", ("内容",)))
FRAME = TEXT.only("id")
