"""From nothing to locked lists."""

from tests.appraisals.scene import Scene

from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.models import RosterEntry


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
