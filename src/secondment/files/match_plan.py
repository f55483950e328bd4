"""A plan made from rosters, as rows and as a workbook of four sheets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from secondment.files.writing import Workbook

WIDTHS = {
    "方案": (12, 28, 22, 12, 28, 10),
    "未匹配人员": (12, 28, 60),
    "空缺岗位": (12, 28, 22, 8, 60),
    "说明": (24, 80),
}
LABELS = {
    "specialty": "专业匹配",
    "needed_abilities": "岗位所需能力",
    "growth": "补足短板",
    "rank": "职级相当",
    "experience": "经历相关",
    "person_preference": "本人志愿",
    "host_preference": "接收单位意向",
    "distance": "就近照顾",
    "continuity": "接续稳定",
}


@dataclass(frozen=True)
class PlannedPair:
    """One person for one post; score and components in points, None where not assessed."""

    post: str
    host_unit: str
    title: str
    person: str
    name: str
    home_unit: str
    score: float
    components: dict[str, float | None]
    next_people: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class PlanSheets:
    """What the workbook shows."""

    pairs: Sequence[PlannedPair]
    unplaced: Sequence[tuple[str, str, str]]  # name, unit, reason
    empty: Sequence[tuple[str, str, str, int, str]]  # id, unit, title, places left, reason
    notes: Sequence[tuple[str, str]]


def plan_workbook(plan: PlanSheets) -> bytes:
    """The workbook: 方案, 未匹配人员, 空缺岗位, 说明."""
    book = Workbook()
    for name, heads, rows in _sheets(plan):
        sheet = book.sheet(name, widths=WIDTHS[name])
        sheet.head(heads)
        sheet.rows(rows, look="ruled")
    return book.content()


def _sheets(plan: PlanSheets) -> Iterable[tuple[str, Sequence[str], list[Sequence[object]]]]:
    heads = (
        "岗位编号",
        "接收单位",
        "挂任职务",
        "人选",
        "派出单位",
        "匹配度",
        *LABELS.values(),
        "备选人选（调整影响）",
    )
    yield "方案", heads, [_pair_row(one) for one in plan.pairs]
    yield "未匹配人员", ("人员", "派出单位", "原因"), [list(row) for row in plan.unplaced]
    yield "空缺岗位", ("岗位编号", "接收单位", "挂任职务", "空缺", "原因"), [list(row) for row in plan.empty]
    yield "说明", ("项目", "内容"), [list(row) for row in plan.notes]


def _pair_row(pair: PlannedPair) -> list[object]:
    following = "；".join(f"{name} −{loss:.1f}" for name, loss in pair.next_people)
    components = [pair.components[name] for name in LABELS]
    return [
        pair.post,
        pair.host_unit,
        pair.title,
        pair.name,
        pair.home_unit,
        round(pair.score, 1),
        *("" if one is None else round(one, 1) for one in components),
        following,
    ]
