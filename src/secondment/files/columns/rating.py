"""The columns of marks, of measures held from an earlier occasion, and of the tables a composite is made of."""

from secondment.files.columns.column import Column, Columns

RATEE = Column("ratee", "被评人", ("被评价人", "被考核人", "考核对象"))
RATING = Columns(
    RATEE,
    Column("rater", "评分人", ("评价人", "评委")),
    Column("criterion", "指标", ("评价指标", "考核指标")),
    Column("score", "分数", ("得分", "评分")),
    Column("source", "评价主体", ("来源",)),
    Column("unit", "单位"),
    Column("seconds", "用时", ("用时（秒）",)),
)
ANCHOR = Columns(Column("facet", "类别"), Column("id", "编号"), Column("measure", "测量值"))
FACET_WORDS = {"被评人": "ratee", "评分人": "rater", "指标": "criterion", "等级界限": "threshold"}
"""The kinds of an anchor in Chinese."""
COMPOSITE = Columns(
    RATEE,
    Column("indicator", "指标", ("考核指标",)),
    Column("value", "数值", ("指标值", "完成值")),
    Column("backing", "依据", ("数据依据",)),
    Column("score", "分数", ("得分",)),
    Column("se", "标准误"),
    Column("weight", "权重"),
    Column("reason", "原因", ("否决原因",)),
)
BACKING_WORDS = {"经审计": "audited", "有材料": "documented", "自报": "declared"}
"""How a figure is backed, in Chinese."""
JUDGEMENT = Columns(Column("part", "组成部分"))
