"""The columns of a standard as a workbook: a row per indicator, with the standard it belongs to."""

from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.standards import EFFECTS, KINDS, PARTS, SOURCES
from secondment.files.columns.cells import YES_OR_NO, integer, one_of, or_nothing, text
from secondment.files.columns.column import Column, Columns

MOST_LEVELS = 5
ANCHORS = tuple(f"anchor_{level}" for level in range(1, MOST_LEVELS + 1))
STANDARD = Columns(
    Column("standard", "标准", ("测评标准",), text(60), "", "系统填好；须有起草中的版本。", True, 20),
    Column("code", "代码", (), text(30), "", "系统用来认出是哪一项，不要改动；新增的空着。", width=12),
    Column("part", "部分", (), one_of(PARTS, PARTS.codes), "绩", "", True, 6),
    Column("title", "指标", ("指标名称",), text(), "为民办实事实效", "不超过30字。", True, 24),
    Column("kind", "类型", (), one_of(KINDS, KINDS.codes), "评议", "", True, 10),
    Column("source", "依据来源", (), one_of(SOURCES, SOURCES.codes), "评议主体评价", "", True, 20),
    Column(
        "weight",
        "权重",
        ("权重（%）",),
        integer(0, 100, ending="%"),
        "7",
        "各项合计为100；门槛和否决不填。",
        width=8,
    ),
    *(
        Column(key, f"第{level}档行为描述", (), text(), "", "从最低档写起，每档一条，120字以内。", width=28)
        for level, key in enumerate(ANCHORS, 1)
    ),
    Column("ability", "对应能力", (), one_of(ABILITIES, ABILITIES.codes), "", "不对应的不填。", width=16),
    Column("for_masses", "列入群众票", (), or_nothing(YES_OR_NO, value=False), "是", "最多6项。", width=10),
    Column("masses_title", "群众票措辞", (), text(), "办的事管用，我们得了实惠", "不超过30字。", width=22),
    Column("points", "计分规则", (), text(120), "60:0；80:60；95:100", "量化指标填，数值:得分。", width=20),
    Column("unit_of_measure", "计量单位", (), text(12), "%", "量化指标填。", width=8),
    Column("effect", "影响", (), one_of(EFFECTS, EFFECTS.codes), "不得评为优秀", "门槛和否决填。", width=20),
    Column(
        "word_reason", "确认理由", (), text(200), "", "含有台账、照片、批示等字样而确属必要的填。", width=18
    ),
)
KEYS = tuple(column.key for column in STANDARD)
