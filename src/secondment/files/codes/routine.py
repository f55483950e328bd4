"""Grades of a routine assessment (平时考核)."""

from secondment.files.codes.code_list import CodeList

ROUTINE_GRADES = CodeList(
    "平时考核等次",
    "《公务员平时考核办法（试行）》",
    """
    good 好 | Good
    fairly_good 较好 | Fairly good
    fair 一般 | Fair
    poor 较差 差 | Poor
    """,
)
