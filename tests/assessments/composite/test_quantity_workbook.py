"""The workbook of quantitative indicators: out with what is known, in with a dry run, and every fault by its name."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from secondment.accounts.models import User
from secondment.assessments.composite.errors import QuantityError
from secondment.assessments.composite.importing import import_quantities
from secondment.assessments.composite.imports import read_quantities
from secondment.assessments.composite.models import QuantityMark
from secondment.assessments.composite.services import Counted, record_quantities
from secondment.assessments.composite.workbooks import quantity_workbook, read_key, row_key
from secondment.assessments.models import Register
from secondment.assessments.queries import with_names
from secondment.standards.models import Indicator
from tests.assessments.conftest import Scene
from tests.assessments.schemes import make_scheme
from tests.makers import AT

HEAD = "行标识,姓名,实际值,核实程度,依据"


@pytest.fixture
def register(scene: Scene) -> Register:
    make_scheme(scene.root)
    return scene.open()


def plan_of(user: User, *rows: str):
    return read_quantities("\n".join([HEAD, *rows]).encode(), file="汇总表.csv", user=user)


def row(scene: Scene, cells: str, *, at: int = 0, code: str = "tasks", name: str = "") -> str:
    one = scene.evaluation(at)
    return f"{row_key(one.pk, code)},{name or one.person.name},{cells}"


def told(plan) -> list[tuple[str, str]]:
    return [(one.field, one.found) for one in plan.refused]


@pytest.mark.usefixtures("register")
def test_what_is_filled_in_is_kept_once(scene: Scene) -> None:
    lines = [
        row(scene, "75,书面材料,验收单1号"),
        row(scene, "200.5,仅有申报,", code="days"),
        row(scene, ",,", at=1),
    ]
    plan = plan_of(scene.owner, *lines)
    assert plan.refused == []
    assert [one.label for one in plan.lines] == ["张示例 任务完成", "张示例 在岗天数"]
    assert [(one.label, one.old, one.new) for one in plan.lines[0].differences] == [
        ("实际值", "", "75"),
        ("核实程度", "", "有书面材料"),
        ("依据", "", "验收单1号"),
    ]
    assert import_quantities(plan, by=scene.owner, at=AT) == 2
    found = QuantityMark.objects.order_by("indicator").values_list("indicator", "value", "backing")
    assert list(found) == [("days", Decimal("200.50"), "declared"), ("tasks", Decimal("75.00"), "documented")]
    again = plan_of(scene.owner, *lines)
    assert (again.refused, again.to_write) == ([], [])
    assert import_quantities(again, by=scene.owner, at=AT) == 0


@pytest.mark.usefixtures("register")
def test_an_empty_cell_leaves_what_is_there(scene: Scene) -> None:
    import_quantities(plan_of(scene.owner, row(scene, "75,书面材料,验收单1号")), by=scene.owner, at=AT)
    plan = plan_of(scene.owner, row(scene, "80,,"))
    assert [(one.label, one.old, one.new) for one in plan.lines[0].differences] == [("实际值", "75", "80")]
    import_quantities(plan, by=scene.owner, at=AT)
    assert QuantityMark.objects.values_list("value", "backing", "evidence").get() == (
        Decimal("80.00"),
        "documented",
        "验收单1号",
    )


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("七,书面材料,单", ("实际值", "“七”不在允许的范围内")),
        ("-1,书面材料,单", ("实际值", "“-1”不在允许的范围内")),
        ("75,很真,单", ("核实程度", "“很真”不在可选范围内")),
        ("75,,单", ("核实程度", "没有选择核实程度")),
        ("75,审计核实,", ("依据", "没有填写依据")),
        (",审计核实,单", ("实际值", "没有填写实际值")),
        (f"75,书面材料,{'长' * 301}", ("依据", "有301个字")),
    ],
)
@pytest.mark.usefixtures("register")
def test_faults_name_row_and_field(scene: Scene, cells: str, fault: tuple[str, str]) -> None:
    plan = plan_of(scene.owner, row(scene, cells))
    assert told(plan) == [fault]
    assert plan.refused[0].line == 2
    assert plan.refused[0].remedy
    with pytest.raises(QuantityError, match="一行也没有写入"):
        import_quantities(plan, by=scene.owner, at=AT)
    assert not QuantityMark.objects.exists()


@pytest.mark.usefixtures("register")
def test_rows_that_are_not_ours(scene: Scene) -> None:
    sound = row(scene, "75,仅有申报,")
    forged = sound.replace("Q", "Q1", 1)
    assert told(plan_of(scene.owner, forged)) == [("行标识", "行标识缺失、被改动，或不是量化指标汇总表的")]
    assert told(plan_of(scene.owner, row(scene, "75,仅有申报,", name="另一人"))) == [
        ("姓名", "行标识属于张示例，本行写的是“另一人”")
    ]
    assert told(plan_of(scene.host_clerk, sound)) == [("行标识", "这一行的人员不在您主办的名册中")]
    assert told(plan_of(scene.owner, sound, sound)) == [("姓名", "与第2行重复")]
    Indicator.objects.filter(code="tasks").delete()
    assert [one.found for one in plan_of(scene.owner, sound).refused] == ["测评标准中已没有这项指标"]
    assert read_key("") is None


def test_a_decided_year_is_closed(scene: Scene, register: Register) -> None:
    one = scene.evaluation()
    record_quantities(register, [Counted(one.pk, "tasks", Decimal(75), "declared")], by=scene.owner, at=AT)
    scene.decide(scene.hear())
    assert plan_of(scene.owner, row(scene, "75,仅有申报,")).refused == []
    for line in (row(scene, "80,仅有申报,"), row(scene, "80,仅有申报,", code="days")):
        assert told(plan_of(scene.owner, line)) == [("实际值", "等次已登记决定，不能再改")]


def test_out_and_in_changes_nothing(scene: Scene, register: Register) -> None:
    one = scene.evaluation()
    said = Counted(one.pk, "tasks", Decimal("75.5"), "audited", "审计报告")
    record_quantities(register, [said], by=scene.owner, at=AT)
    content = quantity_workbook(list(with_names(register.evaluations.all())))
    plan = read_quantities(content, file="汇总表.xlsx", user=scene.owner)
    assert (plan.refused, plan.to_write, len(plan.lines)) == ([], [], 1)


def test_through_the_pages(scene: Scene, register: Register, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    for name, args in (("quantity_template", []), ("quantity_sheet", [register.pk])):
        answer = client.get(reverse(f"assessments:{name}", args=args))
        assert answer.headers["Content-Disposition"].startswith("attachment")
    content = "\n".join([HEAD, row(scene, "75,仅有申报,")]).encode()
    upload = {"file": SimpleUploadedFile("汇总表.csv", content)}
    review = client.post(reverse("assessments:quantity_import"), upload, follow=True)
    assert "张示例 任务完成" in review.content.decode()
    answer = client.post(review.context["confirm_url"], follow=True)
    assert "已写入 1 项指标值。" in answer.content.decode()
    assert QuantityMark.objects.get().value == 75
