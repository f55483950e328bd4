"""The columns of lists of raters (参评人员名单) and of the marks of the organisation group (考核组评分表)."""

from secondment.files.codes.appraisals import RATER_GROUPS
from secondment.files.columns.cells import one_of, text
from secondment.files.columns.column import Column, Columns

ROSTERS = Columns(
    Column(
        "appraisal",
        "民主测评",
        ("测评名称",),
        text(80),
        "2026 年度民主测评",
        "只有一次测评在筹备时可以不填。",
        width=22,
    ),
    Column("unit", "参评单位", ("单位",), text(100), "示例镇示例村", is_required=True, width=20),
    Column(
        "group",
        "评议主体",
        ("类别", "参评类别"),
        one_of(RATER_GROUPS, RATER_GROUPS.codes),
        "同事",
        is_required=True,
        width=16,
    ),
    Column("name", "姓名", (), text(40), "王某", is_required=True, width=12),
    Column(
        "duty",
        "单位职务或身份",
        ("职务", "身份", "单位及职务"),
        text(80),
        "副镇长",
        "同名的必须写明。",
        width=30,
    ),
)
MARK_KEY = Column("key", "行标识", (), text(), help="系统用来认出这一行，不要改动。")
KNOWN = (
    Column("name", "姓名", (), text(), "", "系统填好，不能改。", width=10),
    Column("host", "接收单位", (), text(), "", "系统填好，不能改。", width=18),
    Column("indicator", "指标", (), text(), "", "系统填好，不能改。", width=18),
    Column("anchors", "行为描述", (), text(), "", "系统填好，供评分时对照。", width=48),
    Column("rater", "考核组成员", (), text(), "", "系统填好，不能改。", width=12),
)
LEVEL = Column("level", "档次", (), text(20), "3", "填档次的数字或名称；不了解的填 0；空着的不变。", width=10)
MARKS = Columns(MARK_KEY, *KNOWN, LEVEL)
