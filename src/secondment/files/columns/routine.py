"""The columns of a quarter's workbook (平时考核汇总表): a row a person, known cells prefilled and locked, and a hidden key."""

from secondment.files.codes.routine import ROUTINE_GRADES
from secondment.files.columns.cells import one_of, text
from secondment.files.columns.column import Column, Columns

MOST_WORDS = 40
KEY = Column("key", "行标识", (), text(), help="系统用来认出这一行，不要改动。")
KNOWN = (
    Column("name", "姓名", (), text(), "", "系统填好，不能改。", width=10),
    Column("host", "接收单位", (), text(), "", "系统填好，不能改。", width=24),
    Column("title", "挂任职务", (), text(), "", "系统填好，不能改。", width=18),
    Column("period", "季度", (), text(), "", "系统填好，不能改。", width=16),
)
TOLD = (
    Column(
        "grade",
        "平时考核等次",
        (),
        one_of(ROUTINE_GRADES, ROUTINE_GRADES.codes),
        "较好",
        "好、较好、一般、较差；不评的空着。",
        width=14,
    ),
    Column(
        "words",
        "简要说明",
        (),
        text(MOST_WORDS),
        "",
        f"不超过{MOST_WORDS}字；评为一般、较差的必填。",
        width=36,
    ),
)
ROUTINE = Columns(KEY, *KNOWN, *TOLD)
