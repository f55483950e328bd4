"""Sex (GB/T 2261.1)."""

from secondment.files.codes.code_list import CodeList

SEX = CodeList(
    "性别代码",
    "GB/T 2261.1",
    """
    0 未知的性别 未知 | Unknown
    1 男 男性 | Male
    2 女 女性 | Female
    9 未说明的性别 未说明 | Not stated
    """,
)
code_of = SEX.code_of
label_of = SEX.label_of
