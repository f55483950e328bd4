"""The workbook of talks: what the system wrote comes back as entries, a group as one, and nothing twice."""

import datetime as dt
import io

import openpyxl
import pytest
from tests.talks.scene import AT, ON, Scene

from secondment.common.list_import import ListImport
from secondment.files.sandbox.tables import examine_table_apart
from secondment.talks import services
from secondment.talks.errors import TalkError
from secondment.talks.imports import TalkLine, read_talks
from secondment.talks.models import FollowUp, Talk
from secondment.talks.workbooks import talk_workbook


def filled(scene: Scene, *rows: dict[str, object], placements=None) -> bytes:
    """The workbook with these rows typed into the first rows of each person."""
    people = placements or [scene.placement, scene.other]
    book = openpyxl.load_workbook(io.BytesIO(talk_workbook(people)))
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows):
        for title, value in row.items():
            sheet.cell(2 + 2 * number, titles[title], value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def told(**more: object) -> dict[str, object]:
    return {"谈话日期": "2026-10-20", "谈话类型": "日常谈心", "谈话人": "部长", **more}


def read(scene: Scene, content: bytes, *, by=None) -> ListImport[TalkLine]:
    return read_talks(content, file="谈话.xlsx", user=by or scene.owner, on=ON, read=examine_table_apart)


def test_rows_of_one_talk_are_one_entry_and_the_same_file_again_writes_nothing(scene: Scene) -> None:
    item = {"跟进事项": "协调专家", "办结期限": "2026-11-20", "负责单位": "派出单位"}
    rows = [told(谈话单位="组织部门", **item), told(谈话单位="组织部门")]
    plan = read(scene, filled(scene, *rows))
    assert plan.refused == []
    assert services.take_in_workbook(plan, by=scene.owner, on=ON, at=AT) == 2
    talk = Talk.objects.get()
    assert (talk.unit, talk.side, talk.source, talk.people.count()) == (
        scene.root,
        "department",
        "workbook",
        2,
    )
    assert FollowUp.objects.get().unit == scene.home
    again = read(scene, filled(scene, *rows))
    assert (len(again.lines), again.to_write) == (2, [])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"谈话日期": "2026-11-03"}, "谈话日期还没有到"),
        ({"谈话日期": "2025-10-20"}, "不在张三的挂职期内"),
        ({"谈话类型": "聊天"}, "谈话类型"),
        ({"谈话人": None}, "谈话人"),
        ({"跟进事项": "协调专家"}, "只填了一项"),
        ({"办结期限": "2026-11-20"}, "只填了一项"),
        ({"跟进事项": "协调专家", "办结期限": "2026-10-19"}, "早于谈话日期"),
        ({"姓名": "王五"}, "行标识属于张三"),
        ({"行标识": "T1.abc"}, "行标识缺失"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(scene: Scene, row, words) -> None:
    plan = read(scene, filled(scene, told() | row))
    assert words in str([str(one) for one in plan.refused])
    with pytest.raises(TalkError):
        services.take_in_workbook(plan, by=scene.owner, on=ON, at=AT)
    assert not Talk.objects.exists()


def test_an_office_tells_its_own_talks_only(scene: Scene) -> None:
    assert read(scene, filled(scene, told(谈话单位="接收单位")), by=scene.host).refused == []
    for side in ("派出单位", "组织部门"):
        plan = read(scene, filled(scene, told(谈话单位=side)), by=scene.host)
        assert "不由您的单位登记" in str([str(one) for one in plan.refused])
    stranger = read(scene, filled(scene, told()), by=scene.other_host)
    assert "不由您的单位填报" in str([str(one) for one in stranger.refused])


def test_empty_rows_are_no_talks(scene: Scene) -> None:
    assert read(scene, filled(scene)).lines == []


def test_days_of_excel_are_read(scene: Scene) -> None:
    plan = read(scene, filled(scene, told(谈话日期=dt.date(2026, 10, 20))))
    assert [one.told.held_on for one in plan.lines] == [dt.date(2026, 10, 20)]
