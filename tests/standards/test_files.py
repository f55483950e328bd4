"""Standards out as workbooks and Word, indicators in from workbooks."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.makers import AT
from tests.standards.scene import LATER, Scene

from secondment.files.reading import examine_table
from secondment.standards import services
from secondment.standards.content import values_of
from secondment.standards.errors import StandardRefusedError
from secondment.standards.exports import standards_workbook
from secondment.standards.imports import StandardImport, read_standards
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.points import read_points, write_points
from secondment.standards.queries import drafts_of, with_all
from secondment.standards.services.importing import import_standards
from secondment.standards.sheets import STANDARD_FORM, standard_sheet

POLITICS, CONDUCT, PRESENCE, VETO = 2, 3, 9, 19  # rows of the first template


def plan(scene: Scene, content: bytes, file: str = "标准.xlsx") -> StandardImport:
    return read_standards(content, file=file, user=scene.writer, read=examine_table)


def changed(content: bytes, cells: dict[tuple[int, str], Any]) -> bytes:
    """The workbook with some cells written over: (row, header) → value."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    headers = {cell.value: cell.column for cell in sheet[1]}
    for (row, header), value in cells.items():
        sheet.cell(row, headers[header]).value = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def out(scene: Scene) -> bytes:
    return standards_workbook(drafts_of(scene.writer))


def told(read: StandardImport) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, str(one.found)) for one in read.refused]


@pytest.mark.parametrize("template", [0, 1, 2])
def test_out_and_in_again_changes_nothing(scene: Scene, template: int) -> None:
    version = scene.draft(template)
    before = [(one.code, values_of(one)) for one in version.indicators.all()]
    read = plan(scene, out(scene))
    assert told(read) == []
    assert len(read.lines) == len(before)
    assert read.to_write == []
    assert [(one.indicator.code, values_of(one.indicator)) for one in read.lines] == before
    assert import_standards(read, by=scene.writer, at=AT) == 0


TEXT = st.text(st.characters(categories=("Lo",), max_codepoint=0x9FFF, min_codepoint=0x4E00), max_size=12)
RISING = st.lists(st.integers(0, 1000), min_size=2, max_size=8, unique=True).map(sorted)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    title=TEXT.filter(bool),
    anchors=st.lists(TEXT, min_size=4, max_size=4),
    masses=TEXT,
    weight=st.integers(0, 100),
    steps=RISING,
)
def test_any_indicator_comes_back_as_it_left(
    scene: Scene, title: str, anchors: list[str], masses: str, weight: int, steps: list[int]
) -> None:
    version = StandardVersion.objects.first() or scene.draft(None, name="任意")
    rated = Indicator(
        title=title, part="virtue", kind="rated", source="rated", weight=weight, anchors=anchors
    )
    rated.for_masses, rated.masses_title, rated.ability = True, masses, "mass_work"
    rated.word_reason = "确认"
    points = [[step, round(100 * n / (len(steps) - 1), 2)] for n, step in enumerate(steps)]
    counted = Indicator(
        title=title,
        part="achievement",
        kind="quantitative",
        source="task_book",
        points=points,
        unit_of_measure="%",
        word_reason="确认",
    )
    services.write_indicators(version, [rated, counted], by=scene.writer, at=AT)
    read = plan(scene, out(scene))
    assert told(read) == []
    assert read.to_write == []


@given(st.lists(st.tuples(st.integers(-99, 9999), st.integers(0, 100)), max_size=8))
def test_scoring_rules_are_written_as_they_are_read(points: list[tuple[int, int]]) -> None:
    assert read_points(write_points(points)) == [list(one) for one in points]


def test_scoring_rules_are_read_with_either_signs() -> None:
    assert read_points(" 60：0；80:60.5, 95:100 ") == [[60, 0], [80, 60.5], [95, 100]]
    assert read_points("") == []
    with pytest.raises(ValueError, match="80"):
        read_points("60:0；80")


def test_a_changed_and_a_new_row_are_written_and_nothing_is_removed(scene: Scene) -> None:
    version = scene.draft(name="标准")
    content = changed(
        out(scene),
        {
            (POLITICS, "权重"): "10",
            (CONDUCT, "标准"): "标准",
            (21, "标准"): "标准",
            (21, "部分"): "能",
            (21, "指标"): "改革攻坚",
            (21, "类型"): "评议",
            (21, "依据来源"): "评议主体评价",
            (21, "权重"): "2",
            (21, "列入群众票"): "否",
        },
    )
    read = plan(scene, content)
    assert told(read) == []
    report = read.report()
    assert [one.label for one in report.created] == ["标准 · 改革攻坚"]
    (line,) = report.changed
    assert [(one.label, one.old, one.new) for one in line.differences] == [("政治素质 · 权重", "12", "10")]
    assert import_standards(read, by=scene.writer, at=AT) == 2
    rows = list(version.indicators.all())
    assert len(rows) == 20
    assert [one.code for one in rows if one.part == "ability"][-1] == "ability-1"
    assert version.indicators.get(code="politics").weight == 10


@pytest.mark.parametrize(
    ("cells", "field", "found"),
    [
        ({(POLITICS, "权重"): "101"}, "权重", "“101”不在允许的范围内"),
        ({(POLITICS, "指标"): ""}, "指标", "没有填写"),
        ({(POLITICS, "指标"): "好" * 31}, "指标", "31 字，超过 30 字"),
        ({(POLITICS, "类型"): "打分"}, "类型", "“打分”不在可选范围内"),
        ({(POLITICS, "依据来源"): "工作台账"}, "依据来源", "“工作台账”不在可选范围内"),
        ({(POLITICS, "依据来源"): "目标任务书验收结果"}, "依据来源", "“评议”指标的依据来源只能是"),
        ({(POLITICS, "代码"): "unknown"}, "代码", "草稿中没有代码为“unknown”的指标"),
        ({(POLITICS, "代码"): "conduct"}, "代码", "“conduct”已在第 2 行出现"),
        ({(POLITICS, "标准"): "别的"}, "标准", "没有名为“别的”、正在起草的标准"),
        ({(POLITICS, "标准"): ""}, "标准", "没有填写"),
        ({(PRESENCE, "计分规则"): "60；80"}, "计分规则", "“60”不是“数值:得分”"),
        ({(PRESENCE, "计分规则"): "60:0"}, "计分规则", "计分规则应有 2 至 8 个点"),
        ({(POLITICS, "第5档行为描述"): "超"}, "第1档行为描述", "行为描述有 5 条，评价档次只有 4 档"),
        ({(POLITICS, "指标"): "会议次数"}, "确认理由", "其中有“会议次数”"),
        ({(POLITICS, "指标"): "品德作风和群众观念"}, "指标", "同一部分已有同名指标"),
        ({(VETO, "权重"): "5"}, "权重", "单独判断，不计权重"),
    ],
)
def test_what_is_wrong_is_named_with_its_row_and_field_and_nothing_is_written(
    scene: Scene, cells: dict[tuple[int, str], str], field: str, found: str
) -> None:
    version = scene.draft(name="标准")
    read = plan(scene, changed(out(scene), cells))
    assert read.refused, field
    assert any(one[1] == field and found in one[2] for one in told(read)), told(read)
    with pytest.raises(StandardRefusedError, match="未写入任何数据"):
        import_standards(read, by=scene.writer, at=AT)
    version.refresh_from_db()
    assert version.indicators.get(code="politics").weight == 12


def test_rows_beyond_the_most_are_told_once(scene: Scene) -> None:
    scene.draft(None, name="标准")
    rows = "\n".join(f"标准,德,指标{n},评议,评议主体评价" for n in range(41))
    read = plan(scene, f"标准,部分,指标,类型,依据来源\n{rows}".encode(), "标准.csv")
    assert [(line, field) for line, field, _found in told(read)] == [(2, "标准")]


def test_a_file_with_few_columns_changes_those_alone(scene: Scene) -> None:
    version = scene.draft(name="标准")
    read = plan(scene, "标准,代码,指标\n标准,politics,政治品质".encode(), "标准.csv")
    assert told(read) == []
    import_standards(read, by=scene.writer, at=AT)
    row = version.indicators.get(code="politics")
    assert (row.title, row.weight, len(row.anchors)) == ("政治品质", 12, 4)
    lacking = plan(scene, "标准,指标\n标准,新的".encode(), "标准.csv")
    assert [one[1] for one in told(lacking)] == ["部分", "类型", "依据来源"]


def test_signed_versions_and_names_that_stand_twice_are_not_written(scene: Scene) -> None:
    signed = scene.signed(name="标准")
    content = standards_workbook(with_all(StandardVersion.objects.filter(pk=signed.pk)))
    assert {one[2] for one in told(plan(scene, content))} == {"没有名为“标准”、正在起草的标准"}
    services.start_version(signed, note="改", by=scene.writer, at=LATER)
    assert told(plan(scene, content)) == []
    scene.draft(name="标准", owner=scene.unit)
    assert {one[2] for one in told(plan(scene, content))} == {"有几个单位都有名为“标准”的草稿"}


def test_the_workbook_says_what_else_is_in_the_version(scene: Scene) -> None:
    scene.draft(name="标准")
    book = load_workbook(BytesIO(out(scene)))
    assert book.sheetnames == ["测评指标", "评议主体和档次", "填写说明"]
    frame = [[cell.value for cell in row] for row in book["评议主体和档次"].iter_rows(min_row=2)]
    assert ["标准（第1版）", "群众（服务对象）", "30%"] in frame
    assert ["标准（第1版）", "好", "100分"] in frame


def test_a_word_file_holds_everything_that_is_signed(scene: Scene) -> None:
    signed = with_all(StandardVersion.objects.filter(pk=scene.signed(1).pk)).get()
    sheet = standard_sheet(signed)
    assert sheet.signature == "周起草起草，顾签批于2026年11月24日签批"
    assert sheet.groups.startswith("领导25%、同事25%、群众（服务对象）15%")
    assert sheet.levels == "好100分、较好80分、一般60分、较差40分"
    table = Document(BytesIO(STANDARD_FORM.fill(sheet))).tables[0]
    text = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert "政治表现合格" in text
    assert "好：当地公认的行家，能带来新的技术和办法" in text
    assert "60%得 0 分、80%得 60 分、95%得 100 分；其间按比例" in text


def test_a_word_file_of_an_empty_draft_says_so(scene: Scene) -> None:
    draft = with_all(StandardVersion.objects.filter(pk=scene.draft(None).pk)).get()
    sheet = standard_sheet(draft)
    assert (sheet.signature, sheet.basis, sheet.asked) == ("起草中，未签批", "无", "无")
    assert STANDARD_FORM.fill(sheet)
