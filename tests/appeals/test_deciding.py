"""Filed once, decided by other people than the first, told in writing; what follows goes through the register."""

import datetime as dt

import pytest
from django.db import IntegrityError

from secondment.accounts.choices import Role
from secondment.appeals.choices import AppealKind, Outcome
from secondment.appeals.errors import (
    AppealError,
    AppealStateError,
    SamePeopleError,
    WordsMissingError,
)
from secondment.appeals.models import Appeal
from secondment.appeals.queries import office_for, visible_to
from secondment.appeals.services import extend_appeal, file_appeal, receive_outcome, withdraw_appeal
from secondment.appeals.waiting import to_decide
from secondment.assessments.choices import DecisionKind
from secondment.assessments.models import Grade
from secondment.assessments.services import (
    confirm_decision,
    enforce_decision,
    receive_result,
    return_decision,
)
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.files.names import names_in
from secondment.notices.models import Notice
from secondment.people.models import AnnualGrade
from tests.appeals.conftest import Case
from tests.appeals.verdicts import decide
from tests.makers import AT, make_unit, make_user

D = dt.date
FILED, DECIDED = D(2026, 3, 10), D(2026, 4, 1)


def test_the_same_again_is_the_one_that_was_filed(case: Case) -> None:
    first = case.file(FILED)
    assert case.file(D(2026, 3, 11), text="又一次") == first
    assert (first.text, Appeal.objects.count(), first.source) == ("计分有误，请复核。", 1, "own")
    assert AuditEvent.objects.filter(action="appeal.file").count() == 1
    with pytest.raises(IntegrityError):
        Appeal.objects.create(
            grade=case.grade,
            kind="review",
            office=first.office,
            text="x",
            source="own",
            filed_on=FILED,
            last_day=FILED,
            filed_by=case.person,
            filed_at=AT,
            due_on=FILED,
        )


def test_who_files_and_who_sees_it(case: Case) -> None:
    made = case.file(FILED)
    stranger = make_user(Role.ORGANISATION_DEPARTMENT, make_unit("别省委组织部"))
    scene = case.scene
    seen = {
        user: visible_to(user).exists() for user in (case.person, scene.owner, scene.home_clerk, stranger)
    }
    assert list(seen.values()) == [True, True, False, False]
    with pytest.raises(Grade.DoesNotExist):
        file_appeal(case.grade, AppealKind.APPEAL, text="x", filed_on=FILED, by=stranger, on=FILED, at=AT)
    with pytest.raises(NotAllowedError):
        withdraw_appeal(made, by=scene.home_clerk, at=AT)
    with pytest.raises(WordsMissingError):
        case.file(FILED, AppealKind.APPEAL, text="  ")
    leader = make_user(Role.LEADER, scene.root)
    with pytest.raises(NotAllowedError):
        case.file(FILED, AppealKind.APPEAL, by=leader)


def test_it_waits_for_those_who_may_decide(case: Case) -> None:
    made = case.file(FILED)
    scene = case.scene
    waits = {user: to_decide(user, FILED).count() for user in (case.third, scene.owner, scene.second_owner)}
    assert list(waits.values()) == [1, 0, 0]
    decide(case, made, on=DECIDED)
    assert to_decide(case.third, FILED).count() == 0
    told = Notice.objects.filter(recipient=case.person, path__endswith=f"/appeals/{made.pk}/")
    assert told.count() == 1


def test_a_review_upheld_leaves_the_grade(case: Case) -> None:
    made = decide(case, case.file(FILED), on=DECIDED)
    assert (made.state, made.outcome, made.correction, made.decided_by) == (
        "decided",
        "upheld",
        None,
        case.third,
    )
    assert AnnualGrade.objects.get(person=case.evaluation.person).grade == "incompetent"
    with pytest.raises(AppealStateError, match="已决定"):
        decide(case, made, on=DECIDED)


@pytest.mark.parametrize("who", ["owner", "second_owner"])
def test_accounts_of_the_first_decision_do_not_record_it(case: Case, who: str) -> None:
    with pytest.raises(SamePeopleError):
        decide(case, case.file(FILED), on=DECIDED, by=getattr(case.scene, who))


def test_deciders_of_the_first_decision_stand_aside(case: Case) -> None:
    made = case.file(FILED)
    with pytest.raises(SamePeopleError, match="李示例参加过原决定") as refused:
        decide(case, made, on=DECIDED, deciders="陈示例，李示例")
    assert refused.value.field == "deciders"
    with pytest.raises(SamePeopleError, match="李示例参加过原决定"):  # as names of two signs are often spread
        decide(case, made, on=DECIDED, deciders="陈示例、李　示例")
    review = decide(case, made, on=DECIDED)
    receive_outcome(review, received_on=DECIDED, by=case.person, on=DECIDED, at=AT)
    appeal = case.file(D(2026, 4, 2), AppealKind.APPEAL)
    with pytest.raises(SamePeopleError, match="登记或复核过"):
        decide(case, appeal, on=D(2026, 4, 3), deciders="吴示例")
    other = make_user(Role.ORGANISATION_DEPARTMENT, case.scene.root)
    with pytest.raises(SamePeopleError, match="陈示例参加过"):
        decide(case, appeal, on=D(2026, 4, 3), by=other)
    assert decide(case, appeal, on=D(2026, 4, 3), by=other, deciders="吴示例").state == "decided"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"deciders": ""}, "deciders"),
        ({"number": ""}, "number"),
        ({"outcome": Outcome.CORRECTED}, "grade"),
        ({"outcome": Outcome.CORRECTED, "grade": "incompetent"}, "grade"),
    ],
)
def test_words_that_are_missing(case: Case, more: dict, field: str) -> None:
    with pytest.raises(WordsMissingError) as refused:
        decide(case, case.file(FILED), on=DECIDED, **more)
    assert refused.value.field == field


def test_names_as_clerks_list_them() -> None:
    assert names_in("李 明、王五，赵 六;") == ["李明", "王五", "赵六"]
    assert names_in(" 李明\n王 五\n") == ["李明", "王五"]
    assert names_in("李明 王五") == ["李明", "王五"]
    assert names_in("") == []


@pytest.mark.parametrize("day", [D(2026, 3, 9), D(2026, 4, 2)])
def test_the_day_lies_between_filing_and_today(case: Case, day: dt.date) -> None:
    made = case.file(FILED)
    with pytest.raises(AppealStateError):
        decide(case, made, on=DECIDED, decided_on=day)
    assert decide(case, made, on=DECIDED, decided_on=FILED).decided_on == FILED


def test_a_correction_goes_through_the_register_and_its_second_account(case: Case) -> None:
    made = decide(case, case.file(FILED), on=DECIDED, outcome=Outcome.CORRECTED, grade="competent")
    assert (made.correction.kind, made.correction.state) == ("correct", "recorded")
    assert AnnualGrade.objects.get(person=case.evaluation.person).grade == "incompetent"
    confirm_decision(made.correction, by=case.scene.owner, at=AT)
    enforce_decision(made.correction, by=case.third, on=DECIDED, at=AT)
    assert AnnualGrade.objects.get(person=case.evaluation.person).grade == "competent"
    with pytest.raises(AppealError, match="新的决定"):
        case.file(D(2026, 4, 1), AppealKind.APPEAL)
    later = Grade.objects.get(decision=made.correction)
    receive_result(later, by=case.person, on=DECIDED, at=AT)
    case.grade = later
    assert case.file(DECIDED).grade == later


def test_a_result_set_aside_is_withdrawn_and_the_year_is_open_again(case: Case) -> None:
    made = decide(case, case.file(FILED), on=DECIDED, outcome=Outcome.REPEATED)
    assert (made.correction.kind, made.correction.grades.get().grade) == ("withdraw", "")
    confirm_decision(made.correction, by=case.scene.owner, at=AT)
    enforce_decision(made.correction, by=case.third, on=DECIDED, at=AT)
    assert not AnnualGrade.objects.filter(person=case.evaluation.person).exists()


def test_a_correction_on_its_way_is_finished_first(case: Case) -> None:
    review = case.file(FILED)
    more = {"kind": DecisionKind.CORRECT, "reason": "录入有误"}
    correction = case.scene.decide([case.evaluation], "competent", **more)
    with pytest.raises(AppealStateError, match="新的决定"):
        decide(case, review, on=DECIDED, outcome=Outcome.REPEATED)
    return_decision(correction, reason="等待复核", by=case.scene.owner, at=AT)
    assert decide(case, review, on=DECIDED, outcome=Outcome.REPEATED).correction.state == "recorded"


def test_an_appeal_takes_longer_once_and_says_why(case: Case) -> None:
    appeal = case.file(FILED, AppealKind.APPEAL)  # due on 2026-05-09
    acting = {"by": case.third, "at": AT}
    for days in (0, 31):
        with pytest.raises(AppealStateError, match="最多延长 30 天"):
            extend_appeal(appeal, days=days, reason="须外调", on=D(2026, 5, 9), **acting)
    with pytest.raises(WordsMissingError):
        extend_appeal(appeal, days=30, reason=" ", on=D(2026, 5, 9), **acting)
    with pytest.raises(AppealStateError, match="期限已过"):
        extend_appeal(appeal, days=30, reason="须外调", on=D(2026, 5, 10), **acting)
    with pytest.raises(NotAllowedError):
        extend_appeal(appeal, days=30, reason="须外调", on=D(2026, 5, 9), by=case.person, at=AT)
    made = extend_appeal(appeal, days=30, reason="须外调", on=D(2026, 5, 9), **acting)
    assert (made.due_on, made.extension_days) == (D(2026, 6, 8), 30)
    with pytest.raises(AppealStateError, match="只延长一次"):
        extend_appeal(appeal, days=1, reason="再外调", on=D(2026, 5, 9), **acting)
    withdraw_appeal(appeal, by=case.person, at=AT)
    with pytest.raises(AppealStateError, match="只有申诉"):
        extend_appeal(case.file(FILED), days=1, reason="须外调", on=FILED, **acting)


def test_one_road_at_a_time(case: Case) -> None:
    review = case.file(FILED)
    with pytest.raises(AppealError, match="复核决定签收以后"):
        case.file(FILED, AppealKind.APPEAL)
    withdraw_appeal(review, by=case.person, at=AT)
    case.file(FILED, AppealKind.APPEAL)
    with pytest.raises(AppealError, match="已经提出申诉，不再复核"):
        case.file(FILED)


def test_taken_back_it_may_be_filed_again_in_time(case: Case) -> None:
    first = withdraw_appeal(case.file(FILED), by=case.person, at=AT)
    assert first.state == "withdrawn"
    with pytest.raises(AppealStateError, match="本人撤回"):
        decide(case, first, on=DECIDED)
    assert case.file(D(2026, 4, 1)).pk != first.pk


def test_the_outcome_is_signed_for_once(case: Case) -> None:
    made = case.file(FILED)
    with pytest.raises(AppealStateError):
        receive_outcome(made, received_on=FILED, by=case.person, on=FILED, at=AT)
    decide(case, made, on=DECIDED)
    for day in (D(2026, 3, 31), D(2026, 4, 3)):
        with pytest.raises(AppealStateError, match="签收日期"):
            receive_outcome(made, received_on=day, by=case.third, on=D(2026, 4, 2), at=AT)
    receive_outcome(made, received_on=D(2026, 4, 2), by=case.third, on=D(2026, 4, 2), at=AT)
    again = receive_outcome(made, received_on=D(2026, 4, 9), by=case.person, on=D(2026, 4, 9), at=AT)
    assert again.received_on == D(2026, 4, 2)
    assert AuditEvent.objects.filter(action="appeal.receive").count() == 1


def test_an_appeal_goes_to_the_next_department_above_at_which_somebody_is(db: None) -> None:
    province = make_unit("示例省")
    city = make_unit("示例市", province)
    county = make_unit("示例县", city)
    assert office_for(AppealKind.APPEAL, county) == county
    make_user(Role.ORGANISATION_DEPARTMENT, province)
    assert (office_for(AppealKind.APPEAL, county), office_for(AppealKind.REVIEW, county)) == (
        province,
        county,
    )
    make_user(Role.ORGANISATION_DEPARTMENT, city)
    make_user(Role.ORGANISATION_DEPARTMENT, county)
    assert office_for(AppealKind.APPEAL, county) == city


def test_who_sat_in_the_meeting_does_not_record_the_next_decision(case: Case) -> None:
    """By name: the account that wrote the first decision down was somebody else's."""
    member = make_user(Role.ORGANISATION_DEPARTMENT, case.scene.root, name="李示例")
    with pytest.raises(SamePeopleError, match="登记或复核过"):
        decide(case, case.file(FILED), on=DECIDED, by=member)
    with pytest.raises(SamePeopleError, match="李示例参加过"):
        decide(case, Appeal.objects.get(), on=DECIDED, deciders="陈示例（处长）、李示例（科长）")
