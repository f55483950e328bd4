"""Standards as a workbook: a row per indicator, and what else is in the version on a sheet to read."""

from collections.abc import Iterable, Iterator

from secondment.files.columns.standard import ANCHORS, KEYS, STANDARD
from secondment.files.writing import Workbook
from secondment.standards.choices import RaterGroup
from secondment.standards.content import is_scored
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.points import write_points

LAST_ROW = 500
NOTES = (
    "一行一项指标。改好后在“测评标准”页导入，写入起草中的版本；已签批的版本不会改动。",
    "导入只新增和修改，不删除；移除指标、调整次序和评议主体权重请在网页上办理。",
    "指标不得以台账、照片、会议次数、简报、宣传报道、领导批示等为依据；有这些字样的，须填确认理由。",
)


def standards_workbook(versions: Iterable[StandardVersion]) -> bytes:
    """The bytes of the workbook, in Chinese as all files."""
    rows = list(versions)
    book, columns = Workbook(), list(STANDARD)
    sheet = book.sheet("测评指标", frozen=(1, 4))
    sheet.set_widths([one.width for one in columns], "text")
    sheet.head([one.title for one in columns], [one.title for one in columns if one.is_required])
    sheet.rows((row for one in rows for row in _rows(one)), look="wrapped")
    for place, column in enumerate(columns):
        if column.cell.choices:
            sheet.offer(place, LAST_ROW, column.cell.choices, is_strict=True)
    whole = book.sheet("评议主体和档次", widths=(34, 16, 40))
    whole.head(["标准", "项目", "内容"])
    whole.rows((row for one in rows for row in _frame(one)), look="wrapped")
    help_sheet = book.sheet("填写说明", widths=(18, 80, 30))
    help_sheet.head(["栏目", "说明", "示例"])
    explained = [[one.title, one.explanation, one.example] for one in columns]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()


def _rows(version: StandardVersion) -> Iterator[list[object]]:
    for one in version.indicators.all():
        cells = _cells(one) | {"standard": version.standard.name}
        yield [cells.get(key, "") for key in KEYS]


def _cells(one: Indicator) -> dict[str, object]:
    names = ("part", "title", "kind", "source", "ability", "masses_title", "unit_of_measure", "effect")
    cells: dict[str, object] = {name: STANDARD[name].cell.write(getattr(one, name)) for name in names}
    anchors = dict(zip(ANCHORS, one.anchors, strict=False))
    return {
        **cells,
        **anchors,
        "code": one.code,
        "weight": str(one.weight) if is_scored(one) else "",
        "for_masses": STANDARD["for_masses"].cell.write(one.for_masses) if one.for_masses else "",
        "points": write_points(one.points),
        "word_reason": one.word_reason,
    }


def _frame(version: StandardVersion) -> Iterator[list[object]]:
    name = f"{version.standard.name}（第{version.number}版）"
    for group in RaterGroup:
        if weight := version.group_weights.get(group):
            yield [name, str(group.label), f"{weight}%"]
    yield [name, "权重依据", version.group_basis]
    for level, score in zip(version.level_names, version.level_scores, strict=True):
        yield [name, level, f"{score}分"]
