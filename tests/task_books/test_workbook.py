"""Task books by Excel: out with who lacks one, in with the checks of the web."""

import io

import pytest
from openpyxl import load_workbook
from tests.makers import make_user
from tests.pages import text_of
from tests.task_books.scene import AT, DUE, Scene, drafted, make_task, sent, signed

from secondment.accounts.choices import Role
from secondment.files.reading import examine_table
from secondment.task_books.errors import TasksRefusedError
from secondment.task_books.exports import tasks_workbook
from secondment.task_books.imports import BookImport, read_books, read_key, row_key
from secondment.task_books.models import TaskBook
from secondment.task_books.services.importing import import_books

HEADS = (
    "行标识",
    "姓名",
    "接收单位",
    "任务",
    "承担方式",
    "配合对象",
    "领域",
    "量化目标",
    "权重",
    "完成时限",
    "验收方式",
    "提出人",
    "涉及的审批权",
)


def row(scene: Scene, at: int = 0, **typed: str) -> dict[str, str]:
    placement = scene.people[at]
    known = {"行标识": row_key(placement.pk), "姓名": placement.person.name}
    task = {
        "任务": "土地流转",
        "量化目标": "800亩",
        "权重": "100",
        "完成时限": "2026-12-31",
        "验收方式": "看合同",
    }
    return {**known, **task, **typed}


def csv(*rows: dict[str, str]) -> bytes:
    lines = [HEADS, *(tuple(one.get(head, "") for head in HEADS) for one in rows)]
    return "\n".join(",".join(line) for line in lines).encode()


def read(scene: Scene, *rows: dict[str, str]) -> BookImport:
    return read_books(csv(*rows), file="任务.csv", user=scene.host_clerk(), read=examine_table)


def refusals(plan: BookImport) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, str(one.found)) for one in plan.refused]


def test_out_and_in_again(scene: Scene) -> None:
    for at in range(2):
        drafted(scene, make_task(60, over_money=True), make_task(40, kind="joint", partner="甲"), at=at)
    content = tasks_workbook(scene.people)
    plan = read_books(content, file="任务.xlsx", user=scene.host_clerk(), read=examine_table)
    assert (plan.refused, len(plan.lines), plan.to_write) == ([], 2, [])


def test_the_template_names_who_lacks_one(scene: Scene, signed_in) -> None:
    signed(scene)
    answer = signed_in(scene.host_clerk()).get("/task-books/template/")
    sheet = load_workbook(io.BytesIO(answer.content))["任务书填报表"]
    names = [one[1] for one in sheet.iter_rows(min_row=2, values_only=True)]
    assert names == [scene.people[1].person.name]


def test_rows_of_a_person_become_one_draft(scene: Scene) -> None:
    plan = read(
        scene,
        row(scene, 权重="60", 涉及的审批权="资金审批"),
        row(scene, 1),
        row(
            scene,
            任务="饮水管网",
            权重="40%",
            承担方式="协助",
            配合对象="甲镇长",
            领域="改善民生",
            提出人="本人",
        ),
    )
    assert plan.refused == []
    assert import_books(plan, by=scene.host_clerk(), at=AT) == 2
    tasks = TaskBook.objects.get(placement=scene.people[0]).tasks
    assert list(
        tasks.values_list("name", "weight", "kind", "partner", "field", "proposer", "over_money")
    ) == [
        ("土地流转", 60, "own", "", "other", "host", True),
        ("饮水管网", 40, "joint", "甲镇长", "livelihood", "secondee", False),
    ]
    assert tasks.first().due_on == DUE


def test_a_draft_is_replaced_and_the_dry_run_says_so(scene: Scene) -> None:
    before = drafted(scene)
    plan = read(scene, row(scene, 任务="饮水管网"))
    assert plan.lines[0].before == before
    assert "饮水管网" in str(plan.lines[0].differences[0].new)
    assert import_books(plan, by=scene.host_clerk(), at=AT) == 1
    assert read(scene, row(scene, 任务="饮水管网")).to_write == []


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"权重": "99"}, "权重", "还差 1"),
        ({"权重": "一百"}, "权重", "不在允许的范围"),
        ({"权重": ""}, "权重", ""),
        ({"完成时限": "2030-01-01"}, "完成时限", "挂职期内"),
        ({"承担方式": "配合"}, "配合对象", "配合谁"),
        ({"承担方式": "包办"}, "承担方式", "包办"),
        ({"姓名": "别人"}, "行标识", "行标识属于"),
        ({"行标识": "1.abc"}, "行标识", "被改动"),
    ],
)
def test_what_is_wrong_is_named_with_its_row_and_field(
    scene: Scene, typed: dict[str, str], field: str, words: str
) -> None:
    plan = read(scene, row(scene, 1), row(scene, **typed))
    assert [one.label for one in plan.lines] == [
        f"{scene.people[1].person.name} · {scene.people[1].host_unit.name}"
    ]
    found = refusals(plan)
    assert found[0][:2] == (3, field)
    assert words in found[0][2]
    with pytest.raises(TasksRefusedError):
        import_books(plan, by=scene.host_clerk(), at=AT)


def test_what_is_sent_or_signed_is_not_written_over(scene: Scene) -> None:
    sent(scene)
    signed(scene, at=1)
    found = refusals(read(scene, row(scene), row(scene, 1)))
    assert [words for _line, _field, words in found] == [
        f"{scene.people[0].person.name}的任务书已送签",
        f"{scene.people[1].person.name}的任务书已签订",
    ]


def test_people_of_others_are_refused(scene: Scene) -> None:
    scene.add(1)
    assert "不由您的单位" in refusals(read(scene, row(scene, 2)))[0][2]


def test_rows_without_a_task_are_no_task(scene: Scene) -> None:
    plan = read(scene, row(scene, 任务="", 权重=""), row(scene, 1))
    assert (plan.refused, len(plan.lines)) == ([], 1)


@pytest.mark.parametrize("key", ["", "abc", "1", "1.", "１.x", "-1.x"])
def test_keys_are_sealed(key: str) -> None:
    assert read_key(key) is None
    assert read_key(row_key(7)) == 7


def test_upload_dry_run_confirm(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    upload = io.BytesIO(csv(row(scene)))
    upload.name = "任务.csv"
    shown = client.post("/task-books/import/", {"file": upload}, follow=True)
    assert scene.people[0].person.name in text_of(shown)
    answer = client.post(shown.context["confirm_url"], follow=True)
    assert "已写入 1 人的任务书草稿。" in text_of(answer)


def test_who_writes_for_nobody_has_no_workbook(scene: Scene, signed_in) -> None:
    client = signed_in(make_user(Role.HOME_UNIT, scene.home))
    assert client.get("/task-books/template/").status_code == 403
    assert client.get("/task-books/import/").status_code == 403
