"""From nothing to locked lists."""

from tests.appraisals.scene import ON, Scene
from tests.makers import AT

from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.models import RosterEntry
from secondment.appraisals.services import change_appraisal
from secondment.audit.models import AuditEvent


def test_an_appraisal_is_prepared_and_its_lists_are_locked(scene: Scene) -> None:
    appraisal = scene.frozen(n=18)
    assert appraisal.state == AppraisalState.FROZEN
    papers = {str(one): one for one in appraisal.papers.all()}
    assert sorted(papers) == sorted(
        [
            f"{unit} {group}"
            for unit in ("示例村", "第二村", "远处乡")
            for group in ("领导", "同事", "群众（服务对象）")
        ]
        + ["示例厅 派出单位"]
    )
    drawn = {
        key: RosterEntry.objects.filter(paper=one, standing=Standing.DRAWN).count()
        for key, one in papers.items()
    }
    assert {key.split()[1]: n for key, n in drawn.items()} == {
        "领导": 18,
        "同事": 15,
        "群众（服务对象）": 18,
        "派出单位": 10,
    }


def test_a_change_that_changes_nothing_leaves_no_trace(scene: Scene) -> None:
    appraisal = scene.appraisal()

    def change(**fields: str) -> list[str]:
        change_appraisal(
            appraisal, scene.new(**fields), version=appraisal.version, by=scene.owner, on=ON, at=AT
        )
        appraisal.refresh_from_db()
        return [one.details["changed"] for one in AuditEvent.objects.filter(action="appraisal.change")]

    assert change() == []
    assert change(name="另一名称") == [["name"]]
