"""Open a year, bring it up to date, take it back; opinions and who may give them; facts that change later."""

import datetime as dt

import pytest
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.assessments.choices import OpinionSource, PoolKind, QuotaBasis, Side
from secondment.assessments.models import Evaluation, Opinion, Pool, Register
from secondment.assessments.services import (
    Said,
    change_pools,
    confirm_decision,
    enforce_decision,
    give_opinion,
    give_opinions,
    print_forms,
    refresh_register,
    remove_evaluation,
    set_basis,
    settle_changes,
    withdraw_register,
)
from secondment.assessments.services.errors import (
    BarredGradeError,
    NotReadyError,
    OpinionError,
    ReasonMissingError,
    RegisterError,
)
from secondment.assessments.tasks import recheck_all
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.documents.errors import PaperError
from secondment.documents.models import Paper
from secondment.documents.papers.services import store_papers
from secondment.notices.models import Notice
from secondment.people.choices import PenaltyKind
from secondment.people.models import AnnualGrade, Penalty
from secondment.people.services.changes import PersonChanges
from secondment.people.services.persons import edit_person
from secondment.placements.choices import PlacementState
from secondment.placements.services import Change, change_term
from tests.assessments.conftest import YEAR, Scene
from tests.makers import AT, ON, make_unit, make_user

SAID = Said("工作扎实。", "competent")


def test_a_year_holds_everybody_once_and_asks_each_unit_once(scene: Scene) -> None:
    scene.add(starts_on=dt.date(2026, 1, 1))
    scene.add(state=PlacementState.CANCELLED)
    register = scene.open()
    assert register.evaluations.count() == 5
    assert Notice.objects.filter(recipient=scene.host_clerk).count() == 1
    assert Notice.objects.filter(recipient=scene.home_clerk).count() == 1
    with pytest.raises(RegisterError, match="已经开展") as refusal:
        scene.open()
    assert refusal.value.way is not None


def test_a_year_of_a_programme_leaves_the_others_and_nobody_is_in_two(scene: Scene) -> None:
    programme = scene.campaign.programme_version.programme
    assert scene.open(programme=programme).evaluations.count() == 5
    with pytest.raises(RegisterError, match="没有待考核的挂职干部"):
        scene.open()


def test_a_year_to_come_is_not_opened_nor_one_of_others(scene: Scene) -> None:
    with pytest.raises(RegisterError, match="2027 年尚未开始"):
        scene.open(year=2027)
    scene.root = make_unit("外省")
    with pytest.raises(NotAllowedError):
        scene.open()
    scene.owner = scene.home_clerk
    with pytest.raises(NotAllowedError, match="由组织部门开展"):
        scene.open()


def test_who_came_in_later_is_taken_in(scene: Scene) -> None:
    register = scene.open()
    scene.add()
    assert refresh_register(register, by=scene.owner, at=AT) == (1, 0)
    assert refresh_register(register, by=scene.owner, at=AT) == (0, 0)
    assert AuditEvent.objects.filter(action="assessment.refresh").count() == 1


def test_a_year_is_taken_back_while_nobody_has_said_anything(scene: Scene) -> None:
    register = scene.open()
    with pytest.raises(ReasonMissingError):
        withdraw_register(register, reason="", by=scene.owner, at=AT)
    give_opinion(scene.evaluation(), Side.HOST, SAID, by=scene.host_clerk, at=AT)
    with pytest.raises(RegisterError, match="不能撤销"):
        withdraw_register(register, reason="误开", by=scene.owner, at=AT)
    Opinion.objects.all().delete()
    withdraw_register(register, reason="误开", by=scene.owner, at=AT)
    assert not Register.objects.exists()
    assert not Pool.objects.exists()


def test_somebody_is_taken_out_before_a_decision(scene: Scene) -> None:
    scene.open()
    with pytest.raises(ReasonMissingError):
        remove_evaluation(scene.evaluation(), reason="", by=scene.owner, at=AT)
    remove_evaluation(scene.evaluation(), reason="已退休", by=scene.owner, at=AT)
    rows = scene.hear()
    assert len(rows) == 4
    scene.decide(rows)
    with pytest.raises(RegisterError, match="不能移出名册"):
        remove_evaluation(rows[0], reason="已退休", by=scene.owner, at=AT)
    with pytest.raises(RegisterError, match="不能再调整"):
        change_pools(rows[:1], PoolKind.ELSEWHERE, by=scene.owner, at=AT)


def test_only_shares_of_its_kind_hold_for_a_pool(scene: Scene) -> None:
    pool = scene.open().pools.get()
    with pytest.raises(RegisterError, match="不适用"):
        set_basis(pool, QuotaBasis.GOOD_TEAM, "文", by=scene.owner, at=AT)
    set_basis(pool, QuotaBasis.ORDINARY, "多余", by=scene.owner, at=AT)
    pool.refresh_from_db()
    assert pool.document == ""


def test_opinions_come_from_the_unit_or_from_paper(scene: Scene) -> None:
    scene.open()
    row = scene.evaluation()
    with pytest.raises(NotAllowedError):
        give_opinion(row, Side.HOME, SAID, by=scene.host_clerk, at=AT)
    own = give_opinion(row, Side.HOST, SAID, by=scene.host_clerk, at=AT)
    assert (own.source, own.signed_on) == (OpinionSource.ACCOUNT, None)
    with pytest.raises(OpinionError, match="签署日期"):
        give_opinion(row, Side.HOME, SAID, by=scene.owner, at=AT)
    tomorrow = timezone.localtime(AT).date() + dt.timedelta(days=1)
    with pytest.raises(OpinionError, match="在今天之后"):
        give_opinion(row, Side.HOME, Said("据实。", "excellent", tomorrow), by=scene.owner, at=AT)
    today = Said("据实。", "excellent", tomorrow - dt.timedelta(days=1))
    assert give_opinion(row, Side.HOME, today, by=scene.owner, at=AT).signed_on == today.signed_on
    paper = Said("据实。", "excellent", dt.date(2026, 1, 5))
    given = give_opinion(row, Side.HOME, paper, by=scene.owner, at=AT)
    assert (given.source, given.signed_on) == (OpinionSource.PAPER, dt.date(2026, 1, 5))
    assert Opinion.objects.count() == 2


def test_a_department_of_the_host_county_writes_for_its_units(scene: Scene) -> None:
    scene.open()
    county = make_user(Role.ORGANISATION_DEPARTMENT, scene.host)
    paper = Said("据实。", "competent", dt.date(2026, 1, 5))
    given = give_opinion(scene.evaluation(), Side.HOST, paper, by=county, at=AT)
    assert given.source == OpinionSource.PAPER
    with pytest.raises(NotAllowedError):
        give_opinion(scene.evaluation(), Side.HOME, paper, by=county, at=AT)


@pytest.mark.parametrize(
    ("text", "grade", "is_refused"),
    [("", "competent", True), ("好", "", True), ("好" * 300, "none", False), ("好" * 301, "none", True)],
)
def test_an_opinion_has_a_text_and_a_grade(scene: Scene, text: str, grade: str, *, is_refused: bool) -> None:
    scene.open()
    row = scene.evaluation()
    if is_refused:
        with pytest.raises(OpinionError):
            give_opinion(row, Side.HOST, Said(text, grade), by=scene.host_clerk, at=AT)
        return
    assert give_opinion(row, Side.HOST, Said(text, grade), by=scene.host_clerk, at=AT).text == text


def test_an_opinion_for_many_is_all_or_none_and_an_old_page_is_refused(scene: Scene) -> None:
    scene.open()
    rows = [scene.evaluation(at) for at in range(3)]
    assert len(give_opinions(rows, Side.HOST, SAID, by=scene.host_clerk, at=AT)) == 3
    with pytest.raises(StaleObjectError):
        give_opinion(rows[0], Side.HOST, SAID, version=1, by=scene.host_clerk, at=AT)


def test_long_leave_that_a_unit_names_leaves_no_grade(scene: Scene) -> None:
    scene.open()
    row = scene.evaluation()
    long = Said("请假较多。", "competent", leave_workdays=125)
    with pytest.raises(BarredGradeError, match="按规定不定等次"):
        give_opinion(row, Side.HOST, long, by=scene.host_clerk, at=AT)
    assert scene.evaluation().limits == []
    give_opinion(row, Side.HOST, Said("请假较多。", "none", None, 125), by=scene.host_clerk, at=AT)
    assert scene.evaluation().limits == ["leave"]


def test_a_unit_does_not_learn_of_a_penalty_but_the_committee_is_held_by_it(scene: Scene) -> None:
    person = scene.people[0]
    dates = {"starts_on": dt.date(2025, 5, 1), "ends_on": dt.date(2025, 11, 1)}
    Penalty.objects.create(person=person, kind=PenaltyKind.WARNING, **dates)
    scene.open()
    row = scene.evaluation()
    assert row.limits == ["warning"]
    fine = Said("突出。", "excellent")
    give_opinion(row, Side.HOST, fine, by=scene.host_clerk, at=AT)
    paper = Said("突出。", "excellent", dt.date(2026, 1, 5))
    with pytest.raises(BarredGradeError, match="不得评为优秀"):
        give_opinion(row, Side.HOME, paper, by=scene.owner, at=AT)
    give_opinion(row, Side.HOME, fine, by=scene.home_clerk, at=AT)
    with pytest.raises(BarredGradeError, match="当年受警告处分"):
        scene.decide([row], "excellent")
    assert scene.decide([row], "competent", reason="受警告处分").grades.get().grade == "competent"


def test_under_investigation_nothing_is_asked_and_no_grade_is_proposed(scene: Scene) -> None:
    person = scene.people[0]
    person.is_under_investigation = True
    person.save()
    scene.open()
    row = scene.evaluation()
    with pytest.raises(OpinionError, match="无需填报意见"):
        give_opinion(row, Side.HOST, Said("好", "none", ON), by=scene.owner, at=AT)
    grade = scene.decide([row], "none").grades.get()
    assert (grade.proposed, grade.reason) == ("none", "")


def give_penalty(scene: Scene) -> None:
    rows = [
        {
            "kind": PenaltyKind.WARNING,
            "starts_on": dt.date(2025, 5, 1),
            "ends_on": dt.date(2025, 11, 1),
            "document": "",
        }
    ]
    person = scene.people[0]
    person.refresh_from_db()
    edit_person(person, PersonChanges(rows={"penalties": rows}), version=None, by=scene.owner, at=AT)


def test_a_penalty_entered_later_marks_the_year_and_holds_the_decision(scene: Scene) -> None:
    scene.open()
    rows = scene.hear()
    decision = scene.decide(rows)
    give_penalty(scene)
    assert scene.evaluation().changes == ["limits"]
    with pytest.raises(NotReadyError, match="张示例的事实有变化"):
        confirm_decision(decision, by=scene.second_owner, at=AT)
    with pytest.raises(ReasonMissingError):
        settle_changes(scene.evaluation(), reason="", by=scene.owner, at=AT)
    settle_changes(scene.evaluation(), reason="称职不受影响", by=scene.owner, at=AT)
    row = scene.evaluation()
    assert (row.changes, row.limits) == ([], ["warning"])
    confirm_decision(decision, by=scene.second_owner, at=AT)


def test_an_undecided_year_is_brought_up_to_date_with_the_register(scene: Scene) -> None:
    register = scene.open()
    give_penalty(scene)
    with pytest.raises(NotReadyError):
        scene.decide(scene.hear())
    assert refresh_register(register, by=scene.owner, at=AT) == (0, 1)
    row = scene.evaluation()
    assert (row.changes, row.limits) == ([], ["warning"])


def test_a_term_that_changes_marks_the_year(scene: Scene) -> None:
    scene.open()
    scene.decide(scene.hear())
    change = Change("early", dt.date(2025, 3, 1), "身体原因", ON)
    change_term(scene.placements[0], change, by=scene.owner, on=ON, at=AT)
    assert scene.evaluation().changes == ["host_workdays", "side"]
    change = Change("early", dt.date(2024, 12, 1), "身体原因", ON)
    change_term(scene.placements[0], change, by=scene.owner, on=ON, at=AT)
    assert scene.evaluation().changes == ["gone", "host_workdays", "side"]


def test_a_grade_on_record_unlike_the_decision_is_found_at_night_and_stays_until_put_right(
    scene: Scene,
) -> None:
    scene.open()
    rows = scene.hear()
    decision = scene.decide(rows)
    confirm_decision(decision, by=scene.second_owner, at=AT)
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    AnnualGrade.objects.filter(person=rows[0].person).update(grade="excellent")
    recheck_all(on=dt.date(2028, 1, 1), at=AT)
    assert scene.evaluation().changes == []
    recheck_all(on=dt.date(2027, 12, 31), at=AT)
    assert scene.evaluation().changes == ["record"]
    settle_changes(scene.evaluation(), reason="看过", by=scene.owner, at=AT)
    assert scene.evaluation().changes == ["record"]


def test_a_decided_year_keeps_its_facts_when_the_register_is_brought_up_to_date(scene: Scene) -> None:
    register = scene.open()
    rows = scene.hear()
    scene.decide(rows)
    Evaluation.objects.filter(pk=rows[0].pk).update(host_workdays=200)
    assert refresh_register(register, by=scene.owner, at=AT) == (0, 1)
    row = Evaluation.objects.get(pk=rows[0].pk)
    assert (row.host_workdays, row.changes) == (200, ["host_workdays"])
    assert refresh_register(register, by=scene.owner, at=AT) == (0, 0)


def test_strangers_settle_nothing(scene: Scene) -> None:
    scene.open()
    with pytest.raises(NotAllowedError):
        settle_changes(scene.evaluation(), reason="看过", by=scene.host_clerk, at=AT)
    assert Evaluation.objects.filter(year=YEAR).count() == 5


def test_a_paper_that_waits_goes_with_whoever_is_taken_out_and_a_filed_one_keeps_them(scene: Scene) -> None:
    scene.open()
    first, second = scene.evaluation(0), scene.evaluation(1)
    print_forms([first, second], by=scene.owner, on=ON, at=AT)
    remove_evaluation(first, reason="误列", by=scene.owner, at=AT)
    [paper] = Paper.objects.all()
    assert paper.object_id == second.pk
    store_papers([paper], place="档案柜三", by=scene.owner, at=AT)
    with pytest.raises(PaperError, match="已登记盖章件"):
        remove_evaluation(second, reason="误列", by=scene.owner, at=AT)
    with pytest.raises(PaperError, match="已登记盖章件"):
        withdraw_register(second.register, reason="误开", by=scene.owner, at=AT)
    assert Evaluation.objects.filter(pk=second.pk).exists()


def test_papers_that_wait_go_with_a_year_that_is_taken_back(scene: Scene) -> None:
    register = scene.open()
    print_forms([scene.evaluation(0)], by=scene.owner, on=ON, at=AT)
    withdraw_register(register, reason="误开", by=scene.owner, at=AT)
    assert (Paper.objects.count(), Register.objects.count()) == (0, 0)
