"""Turnout: two thirds of those who were to vote; exactly that is enough."""

import pytest
from tests.appraisals.scene import AT, ON, Scene
from tests.makers import make_programme_version

from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.errors import AppraisalError
from secondment.appraisals.models import Appraisal
from secondment.appraisals.parameters import raters_wanted
from secondment.appraisals.services import ask_void, confirm_void, void_appraisal
from secondment.appraisals.turnout import Turnout, turnout_of, turnouts_of


@pytest.mark.parametrize(
    ("voting", "counted", "thirds", "is_met", "needed"),
    [
        (15, 9, 2, False, 10),
        (15, 10, 2, True, 10),
        (15, 11, 2, True, 10),
        (10, 6, 2, False, 7),
        (10, 7, 2, True, 7),
        (0, 0, 2, False, 1),
        (5, 0, 0, True, 1),
        (6, 6, 3, True, 6),
        (6, 5, 3, False, 6),
    ],
)
def test_the_share_is_reached_exactly(voting, counted, thirds, is_met, needed) -> None:
    turnout = Turnout(voting, counted, thirds)
    assert (turnout.is_met, turnout.needed) == (is_met, needed)


def rule(**values: int) -> dict:
    usual = {"reuse_months": 6, "turnout_thirds": 2, "leaders": 0, "colleagues": 15, "masses": 20, "home": 10}
    return {"rules": {"H23": {"mode": "block", "basis": "本单位规定", "values": {**usual, **values}}}}


def test_those_drawn_are_what_is_counted_against(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement, n=18)
    paper = appraisal.papers.get(group="colleagues")
    paper.n_counted = 10
    assert turnout_of(paper) == Turnout(15, 10, 2)


def test_the_strictest_programme_on_a_paper_decides(scene: Scene, django_assert_num_queries) -> None:
    scene.other.programme_version = make_programme_version(rule(turnout_thirds=3, colleagues=0, home=30))
    scene.other.save()
    appraisal = scene.frozen(scene.placement, scene.other)
    papers = list(appraisal.papers.select_related("unit"))
    with django_assert_num_queries(3):
        found = turnouts_of(papers)
    thirds = {(one.group, one.unit.name): found[one.pk].thirds for one in papers}
    assert thirds["home", "示例厅"] == 3
    assert thirds["leaders", "示例村"] == 2
    wanted = {(one.group, one.unit.name): one.n_wanted for one in papers}
    assert (wanted["home", "示例厅"], wanted["colleagues", "第二村"]) == (30, None)
    assert raters_wanted([], "leaders") is None


def test_one_that_reached_no_turnout_may_be_held_again(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement)
    Appraisal.objects.filter(pk=appraisal.pk).update(state=AppraisalState.CLOSED)
    paper = appraisal.papers.get(group="home")
    paper.n_counted = 4
    paper.save()
    with pytest.raises(AppraisalError, match="结果有效，不能作废"):
        ask_void(appraisal, reason="票数不足", by=scene.owner, on=ON, at=AT)
    paper.n_counted = 3
    paper.save()
    asked = ask_void(appraisal, reason="票数不足", by=scene.owner, on=ON, at=AT)
    assert confirm_void(asked, by=scene.colleague, at=AT).state == AppraisalState.VOID


def test_voiding_needs_a_reason_and_happens_once(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement)
    with pytest.raises(AppraisalError, match="可以直接作废"):
        ask_void(appraisal, reason="名单有误", by=scene.owner, on=ON, at=AT)
    with pytest.raises(AppraisalError, match="请写明作废的理由"):
        void_appraisal(appraisal, reason=" ", by=scene.owner, at=AT)
    done = void_appraisal(appraisal, reason="名单有误", by=scene.owner, at=AT)
    assert list(done.candidates.values_list("is_void", flat=True)) == [True]
    with pytest.raises(AppraisalError, match="当前为“已作废”"):
        void_appraisal(appraisal, reason="再来", by=scene.owner, at=AT)
