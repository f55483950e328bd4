"""Lists of assessment standards that are ours: parts, kinds of indicators, where a value comes from, what a failure means."""

from secondment.files.codes.code_list import CodeList

PARTS = CodeList(
    "部分",
    "《公务员法》第三十五条",
    """
    virtue 德 | Virtue
    ability 能 | Ability
    diligence 勤 | Diligence
    achievement 绩 | Achievement
    integrity 廉 | Integrity
    """,
)
KINDS = CodeList(
    "类型",
    "本系统",
    """
    rated 评议 | Rated
    quantitative 量化 | Quantitative
    gate 定性门槛 | Gate
    veto 一票否决 | Veto
    """,
)
# closed: nothing that is made only to be counted; see `standards.sources`
SOURCES = CodeList(
    "依据来源",
    "本系统",
    """
    rated 评议主体评价 | Judgement of raters
    task_book 目标任务书验收结果 任务书 | Accepted tasks of the task book
    agreement 三方协议验收结果 三方协议 | Accepted results of the three-party agreement
    evidence 接收单位盖章的成果证明 成果证明 | Evidence signed by the host unit
    accounts 经审计的经营数据 经营数据 | Audited figures of the enterprise
    presence 请假记录中的在岗天数 在岗天数 | Days in post from the leave ledger
    conclusion 纪检、审计、组织部门的结论 组织结论 | Conclusion of discipline, audit or organisation departments
    """,
)
EFFECTS = CodeList(
    "影响",
    "本系统",
    """
    no_grade 不写评语、不定等次 不定等次 | No comment, no grade
    not_excellent 不得评为优秀 不得优秀 | Not excellent
    lowest 建议评为不称职（不合格） 不称职 不合格 | Lowest grade proposed
    """,
)
