"""The workbook of reviews: a row a rater; what the system wrote comes back as one review a nominee, nothing twice."""

import io

import openpyxl
import pytest

from secondment.campaigns.models import Nomination
from secondment.common.list_import import ListImport
from secondment.files.sandbox.tables import examine_table_apart
from secondment.growth.errors import ReviewError
from secondment.growth.imports import ReviewLine, read_reviews
from secondment.growth.models import AbilityMark, AbilityReview
from secondment.growth.scale import scale_for
from secondment.growth.services import import_reviews
from secondment.growth.workbooks import review_workbook
from secondment.people.models import AbilityValue
from tests.campaigns.builders import AT, ON, Scene

ABILITIES = ("抓党建、带队伍", "推动经济社会发展", "协调重大利益关系", "做群众工作", "维护和谐安全稳定")


def row(rater: str, level: object = "较好", **more: object) -> dict[str, object]:
    return {"评议日期": "2026-11-20", "评议人": rater, **dict.fromkeys(ABILITIES, level), **more}


def filled(nominees: list[Nomination], *rows: dict[str, object]) -> bytes:
    """The workbook with these rows typed in from the first row on."""
    book = openpyxl.load_workbook(io.BytesIO(review_workbook((one, scale_for(one)) for one in nominees)))
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[1]}
    for number, one in enumerate(rows):
        for title, value in one.items():
            sheet.cell(2 + number, titles[title], value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(scene: Scene, content: bytes, *, by=None) -> ListImport[ReviewLine]:
    return read_reviews(
        content, file="评议.xlsx", user=by or scene.home_user, on=ON, read=examine_table_apart
    )


def test_the_rows_of_a_nominee_are_one_review(scene: Scene, nominee: Nomination) -> None:
    other = scene.nomination(person=scene.person(name="钱七"))
    content = filled([nominee, other], row("李四"), row("王五", 4), row("赵六", "一般"))
    plan = read(scene, content)
    assert (plan.refused, [one.label for one in plan.lines]) == ([], ["张三 · 2026-11-20"])
    assert import_reviews(plan, by=scene.home_user, on=ON, at=AT) == 1
    assert (AbilityReview.objects.get().nomination, AbilityMark.objects.count()) == (nominee, 15)
    assert set(AbilityValue.objects.values_list("value", flat=True)) == {80}
    again = read(scene, content)
    assert (again.refused, len(again.lines), again.to_write) == ([], 1, [])


@pytest.mark.parametrize(
    ("third", "words"),
    [
        ({}, "只有2名"),
        (row("赵六", 评议日期="2026-11-24"), "不同"),
        (row("赵六", "优"), "没有“优”这一档"),
        (row("赵六", 5), "没有“5”这一档"),
        (row("赵六", None), "抓党建"),
        (row("", "好"), "评议人"),
        (row("王 五"), "重复"),
        (row("赵六", 行标识="A1.abc"), "行标识缺失"),
        (row("赵六", 被评议人="钱七"), "行标识属于张三"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(scene, nominee, third, words) -> None:
    plan = read(scene, filled([nominee], row("李四"), row("王五"), third))
    if third.get("行标识") or third.get("被评议人"):  # of the first row of a nominee
        plan = read(scene, filled([nominee], third, row("李四"), row("王五"), row("丁一")))
    assert words in str([str(one) for one in plan.refused])
    with pytest.raises(ReviewError):
        import_reviews(plan, by=scene.home_user, on=ON, at=AT)
    assert not AbilityReview.objects.exists()


def test_a_review_that_stands_is_not_corrected_by_a_file(scene: Scene, nominee: Nomination) -> None:
    sound = [row("李四"), row("王五"), row("赵六")]
    import_reviews(read(scene, filled([nominee], *sound)), by=scene.home_user, on=ON, at=AT)
    plan = read(scene, filled([nominee], *sound[:2], row("赵六", "好")))
    assert "已经登记" in str([str(one) for one in plan.refused])


def test_others_cannot_hand_it_in(scene: Scene, nominee: Nomination) -> None:
    content = filled([nominee], row("李四"), row("王五"), row("赵六"))
    assert "不由您的单位登记" in str([str(one) for one in read(scene, content, by=scene.stranger).refused])
    assert "不由您的单位登记" in str([str(one) for one in read(scene, content, by=scene.leader).refused])


def test_empty_rows_are_no_reviews(scene: Scene, nominee: Nomination) -> None:
    plan = read(scene, filled([nominee]))
    assert (plan.refused, plan.lines) == ([], [])
