"""Lists of raters from a clerk's workbook: all or nothing, each fault by row, field and remedy."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from tests.appraisals.scene import AT, ON, Scene
from tests.makers import make_unit

from secondment.appraisals.errors import RosterError
from secondment.appraisals.models import RosterEntry
from secondment.appraisals.queries import papers_visible_to, rosters_of
from secondment.appraisals.roster_imports import read_rosters
from secondment.appraisals.services import NewPaper, add_paper, ask_for_rosters, take_in_rosters
from secondment.appraisals.views.exchange import MARK_PAGES, ROSTER_PAGES
from secondment.appraisals.workbooks import roster_workbook
from secondment.units.choices import UnitKind

HEAD = "民主测评,参评单位,评议主体,姓名,单位职务或身份\n"


def plan_of(scene: Scene, *rows: str, user=None):
    content = (HEAD + "\n".join(rows) + "\n").encode()
    return read_rosters(content, file="名单.csv", user=user or scene.owner)


def test_a_clerks_list_is_taken_in_once(scene: Scene) -> None:
    scene.with_papers(scene.placement)
    rows = (",示例村,干部,王 某,副镇长", ",示例镇示例村,群众,李某,村民", ",示例厅,派出单位,赵某,处长")
    plan = plan_of(scene, *rows)
    assert plan.refused == []
    assert take_in_rosters(plan, by=scene.owner, at=AT) == 3
    assert set(RosterEntry.objects.values_list("paper__group", "name", "duty")) == {
        ("colleagues", "王某", "副镇长"),
        ("masses", "李某", "村民"),
        ("home", "赵某", "处长"),
    }
    again = plan_of(scene, *rows, ",示例村,同事,孙某,干部")
    assert (len(again.lines), len(again.to_write), again.refused) == (4, 1, [])


def test_what_leaves_comes_back(scene: Scene) -> None:
    scene.with_rosters(scene.placement)
    papers = list(papers_visible_to(scene.owner).select_related("unit__parent"))
    content = roster_workbook(papers, list(rosters_of(papers)))
    plan = read_rosters(content, file="名单.xlsx", user=scene.owner)
    assert (len(plan.lines), plan.to_write, plan.refused) == (24, [], [])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",没有的村,同事,王某,干部", ["2", "“没有的村”没有您可以填写的名单"]),
        (",示例村,派出单位,王某,干部", ["2", "“示例村”没有这一评议主体的票种"]),
        (",示例村,路人,王某,干部", ["2", "路人"]),
        (",示例村,同事,张三,副镇长", ["2", "“张三”是测评对象，不能给自己投票"]),
        ("别的测评,示例村,同事,王某,干部", ["2", "没有筹备中的民主测评“别的测评”"]),
    ],
)
def test_faults_are_named_and_nothing_is_written(scene: Scene, row: str, words: list[str]) -> None:
    scene.with_papers(scene.placement)
    plan = plan_of(scene, row, ",示例村,同事,好人,干部")
    assert len(plan.refused) == 1
    assert f"{plan.refused[0].line}" == words[0]
    assert words[1] in str(plan.refused[0])
    with pytest.raises(RosterError, match="文件中有1处不能导入，一行也没有写入"):
        take_in_rosters(plan, by=scene.owner, at=AT)
    assert not RosterEntry.objects.exists()


@pytest.mark.parametrize("n_more", [0, 1])
def test_the_dry_run_says_that_a_list_is_too_long(scene: Scene, monkeypatch, n_more: int) -> None:
    monkeypatch.setattr("secondment.appraisals.roster_imports.MOST_RATERS", 3)
    scene.with_papers(scene.placement)
    take_in_rosters(plan_of(scene, ",示例村,同事,王一,干部"), by=scene.owner, at=AT)
    names = ("王一", "王二", "王三", "王四")[: 3 + n_more]
    plan = plan_of(scene, *(f",示例村,同事,{name},干部" for name in names))
    assert [one.line for one in plan.refused] == [5] * n_more
    assert all("这份名单超过 3 人" in str(one) for one in plan.refused)


def test_two_rows_for_one_person_name_each_other(scene: Scene) -> None:
    scene.with_papers(scene.placement)
    plan = plan_of(scene, ",示例村,同事,王某,干部", ",示例村,同事,王某,干部")
    (refused,) = plan.refused
    assert refused.line == 3
    assert "“王某”与本表第 1 人重复" in str(refused)


def test_rows_without_unit_or_group_are_named(scene: Scene) -> None:
    scene.with_papers(scene.placement)
    plan = plan_of(scene, ",,同事,王某,干部", ",示例村,,王某,干部")
    assert sorted(one.line for one in plan.refused) == [2, 3]


def test_the_appraisal_is_named_where_several_are_prepared(scene: Scene) -> None:
    scene.with_papers(scene.placement)
    scene.with_papers(scene.other, name="另一次")
    plan = plan_of(scene, ",示例村,同事,王某,干部", "2026年度民主测评,示例村,同事,王某,干部")
    (refused,) = plan.refused
    assert "有几次民主测评在筹备中" in str(refused)
    assert len(plan.lines) == 1


def test_units_of_one_name_are_told_apart_by_the_unit_above(scene: Scene) -> None:
    appraisal = scene.with_papers(scene.placement)
    same = make_unit("示例村", scene.far, kind=UnitKind.VILLAGE)
    new = NewPaper("colleagues", same, list(appraisal.candidates.all()))
    add_paper(appraisal, new, by=scene.owner, at=AT)
    plan = plan_of(scene, ",示例村,同事,王某,干部", ",远处乡示例村,同事,王某,干部")
    (refused,) = plan.refused
    assert "名称为“示例村”的单位不止一个" in str(refused)
    assert plan.lines[0].paper.unit == same


def test_a_unit_takes_in_its_own_lists_once_asked(scene: Scene) -> None:
    appraisal = scene.with_papers(scene.placement)
    row = ",示例村,同事,王某,干部"
    assert "没有您可以填写名单的民主测评" in str(plan_of(scene, row, user=scene.host).refused[0])
    ask_for_rosters(appraisal, until=ON, by=scene.owner, on=ON, at=AT)
    plan = plan_of(scene, row, user=scene.host)
    assert take_in_rosters(plan, by=scene.host, at=AT) == 1
    assert "没有您可以填写的名单" in str(
        plan_of(scene, ",示例厅,派出单位,王某,干部", user=scene.host).refused[0]
    )


def test_an_import_ends_at_the_appraisal_it_was_about() -> None:
    def read(*appraisals: int) -> SimpleNamespace:
        papers = [SimpleNamespace(paper=SimpleNamespace(appraisal_id=one)) for one in appraisals]
        return SimpleNamespace(lines=papers)

    ends_at = ROSTER_PAGES.ends_at
    assert ends_at
    assert ends_at(read(7, 7)) == reverse("appraisals:paper_list", args=[7])
    assert ends_at(read(7, 8)) == reverse("appraisals:appraisal_list")
    assert MARK_PAGES.ends_at
    marks = SimpleNamespace(lines=[SimpleNamespace(appraisal=SimpleNamespace(pk=7))])
    assert MARK_PAGES.ends_at(marks) == reverse("appraisals:marks_enter", args=[7])
