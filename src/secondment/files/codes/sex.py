"""Sex (GB/T 2261.1)."""

from secondment.files.codes import english
from secondment.files.codes.code_list import CodeList, entries_of

SEX = CodeList(
    "性别代码",
    "GB/T 2261.1",
    entries_of(
        """
        0 未知的性别 未知
        1 男 男性
        2 女 女性
        9 未说明的性别 未说明
        """
    ),
    english.SEX,
)
code_of = SEX.code_of
label_of = SEX.label_of
