"""Insurance, checks, trips and fund: what is refused, what is one and the same, what is void."""

import datetime as dt

import pytest
from tests.allowances.scene import AT, ON, clerk_of, fresh
from tests.leave.scene import Scene
from tests.makers import make_person, make_placement, make_post, make_user

from secondment.accounts.choices import Role
from secondment.allowances.drafts import Insured, Spending
from secondment.allowances.duties import CHECK, INSURANCE
from secondment.allowances.models import FundSpending, FundYear, HealthCheck, Insurance, TripCount
from secondment.allowances.services import (
    NotVoidError,
    RefusedRecordError,
    make_void,
    note_trips,
    record_check,
    record_insurance,
    record_spending,
    set_fund,
)
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.services import bring_up_to_date
from secondment.obligations.waiting import waiting_for
from secondment.placements.choices import PlacementState

D = dt.date
POLICY = Insured("某财产保险公司", "P1", D(2026, 1, 5), D(2027, 1, 5))


def insure(scene: Scene, new: Insured = POLICY, *, by=None, on: dt.date = ON) -> tuple[Insurance, bool]:
    at = dt.datetime.combine(on, dt.time(4), tzinfo=dt.UTC)
    return record_insurance(fresh(scene.placement), new, by=by or clerk_of(scene), on=on, at=at)


def check(scene: Scene, day: dt.date, on: dt.date = ON) -> tuple[HealthCheck, bool]:
    return record_check(fresh(scene.placement), day, by=clerk_of(scene), on=on, at=AT)


def owed(kind: str) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = Obligation.objects.filter(kind=kind).order_by("due_on", "pk")
    return list(rows.values_list("state", "due_on", "opens_on"))


def is_shown(kind: str, on: dt.date) -> bool:
    return Obligation.objects.filter(kind=kind, state=ObligationState.OPEN, opens_on__lte=on).exists()


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (Insured("甲", "1", D(2026, 2, 1), D(2026, 2, 1)), "保险结束早于开始，请核对保险期间。"),
        (Insured("甲", "1", D(2026, 2, 1), D(2031, 2, 2)), "保险期间超过5年，请核对保险期间。"),
        (
            Insured("甲", "1", D(2025, 1, 5), D(2026, 1, 5)),
            "保险期间不在挂职期内（2026-01-05至2028-01-04），请核对保险期间和人员。",
        ),
        (
            Insured("甲", "1", D(2028, 1, 5), D(2029, 1, 5)),
            "保险期间不在挂职期内（2026-01-05至2028-01-04），请核对保险期间和人员。",
        ),
    ],
)
def test_an_insurance_that_cannot_be(scene: Scene, new: Insured, told: str) -> None:
    with pytest.raises(RefusedRecordError) as caught:
        insure(scene, new)
    assert str(caught.value) == told
    assert not Insurance.objects.exists()


@pytest.mark.parametrize(
    "new",
    [
        Insured("甲", "1", D(2026, 2, 1), D(2031, 2, 1)),
        Insured("甲", "1", D(2025, 1, 6), D(2026, 1, 6)),
        Insured("甲", "1", D(2028, 1, 4), D(2029, 1, 4)),
    ],
)
def test_the_last_that_can_be(scene: Scene, new: Insured) -> None:
    assert insure(scene, new)[1]


def test_the_same_policy_is_one_and_another_content_is_refused(scene: Scene) -> None:
    row, is_new = insure(scene)
    assert is_new
    assert insure(scene) == (row, False)
    with pytest.raises(RefusedRecordError, match="P1，2026-01-05起）已登记，内容不同"):
        insure(scene, Insured("某财产保险公司", "P1", D(2026, 1, 5), D(2027, 2, 5)))
    assert AuditEvent.objects.filter(action="insurance.record").count() == 1


def test_who_writes(scene: Scene) -> None:
    for user in (scene.host, scene.person, make_user(Role.LEADER, scene.root)):
        with pytest.raises(NotAllowedError):
            insure(scene, by=user)
    assert insure(scene, by=scene.owner)[1]


def test_nobody_writes_for_themselves(scene: Scene) -> None:
    scene.person.assignments.create(role=Role.HOME_UNIT, unit=scene.home)
    with pytest.raises(NotAllowedError):
        insure(scene, by=scene.person)


@pytest.mark.parametrize(("days_left", "shown"), [(31, False), (30, True), (29, True), (0, True)])
def test_an_insurance_that_ends_within_thirty_days_is_owed(scene: Scene, days_left: int, shown: bool) -> None:
    last_day = ON + dt.timedelta(days=days_left)
    insure(scene, Insured("甲", "1", D(2026, 1, 5), last_day + dt.timedelta(days=1)))
    assert owed(INSURANCE)[-1] == ("open", last_day, last_day - dt.timedelta(days=30))
    assert is_shown(INSURANCE, ON) is shown


def test_an_insurance_that_has_run_out_is_due_in_two_weeks(scene: Scene) -> None:
    insure(scene, Insured("甲", "1", D(2026, 1, 5), ON))
    assert owed(INSURANCE)[-1] == ("open", ON + dt.timedelta(days=14), ON)


def test_without_any_insurance_it_is_owed_once(scene: Scene) -> None:
    bring_up_to_date(on=ON)
    expected = [("open", ON + dt.timedelta(days=14), ON)]
    assert owed(INSURANCE) == expected
    bring_up_to_date(on=ON + dt.timedelta(days=20))
    assert owed(INSURANCE) == expected
    insure(scene, on=ON + dt.timedelta(days=21))
    row = Obligation.objects.get(kind=INSURANCE, period_starts_on=D(2026, 1, 5))
    assert (row.state, row.closed_on) == (ObligationState.MET, ON + dt.timedelta(days=21))
    assert row.unit == scene.home
    assert row.role == Role.HOME_UNIT
    assert str(row.title) == "为张三同志办理人身意外伤害保险"


def test_a_renewal_meets_it_before_it_begins(scene: Scene) -> None:
    insure(scene, Insured("甲", "1", D(2026, 1, 5), D(2026, 11, 20)))
    insure(scene, Insured("甲", "2", D(2026, 11, 20), D(2028, 1, 5)))
    assert [one[0] for one in owed(INSURANCE)] == ["met"]
    assert not is_shown(INSURANCE, D(2027, 12, 31))


def test_an_older_policy_written_down_later_meets_nothing(scene: Scene) -> None:
    insure(scene, Insured("甲", "2", D(2026, 6, 1), D(2026, 11, 20)))
    insure(scene, Insured("甲", "1", D(2026, 1, 5), D(2026, 6, 1)))
    assert [one[0] for one in owed(INSURANCE)] == ["open"]


@pytest.mark.parametrize(("ends_on", "n"), [(D(2028, 1, 4), 1), (D(2028, 1, 5), 0)])
def test_nothing_is_owed_beyond_the_term(scene: Scene, ends_on: dt.date, n: int) -> None:
    insure(scene, Insured("甲", "1", D(2026, 1, 5), ends_on))
    assert len(owed(INSURANCE)) == n


def test_an_ended_placement_owes_nothing_and_an_extended_one_again(scene: Scene) -> None:
    bring_up_to_date(on=ON)
    placement = scene.placement
    placement.ends_on = ON + dt.timedelta(days=5)
    placement.save()
    bring_up_to_date(on=ON + dt.timedelta(days=4))
    assert owed(INSURANCE)[0][0] == owed(CHECK)[0][0] == "open"
    bring_up_to_date(on=ON + dt.timedelta(days=5))
    assert owed(INSURANCE)[0][0] == owed(CHECK)[0][0] == "waived"
    placement.ends_on = ON + dt.timedelta(days=60)
    placement.save()
    bring_up_to_date(on=ON + dt.timedelta(days=6))
    assert owed(INSURANCE)[0][0] == owed(CHECK)[0][0] == "open"


@pytest.mark.parametrize(
    ("day", "due_on", "shown"),
    [
        (D(2025, 12, 3), D(2026, 12, 3), False),  # due in 31 days
        (D(2025, 12, 2), D(2026, 12, 2), True),  # in 30
        (D(2025, 12, 1), D(2026, 12, 1), True),
        (D(2025, 11, 2), D(2026, 11, 2), True),  # the last day of twelve months
        (D(2025, 11, 1), D(2026, 11, 16), True),  # a day late
    ],
)
def test_a_check_every_twelve_months(scene: Scene, day: dt.date, due_on: dt.date, shown: bool) -> None:
    check(scene, day)
    (only,) = [one for one in owed(CHECK) if one[0] == "open"]
    assert only[1] == due_on
    assert is_shown(CHECK, ON) is shown


def test_the_next_check_meets_it(scene: Scene) -> None:
    check(scene, D(2025, 11, 20))
    check(scene, D(2026, 10, 30))
    open_rows = [one for one in owed(CHECK) if one[0] == "open"]
    assert open_rows == [("open", D(2027, 10, 30), D(2027, 9, 30))]


def test_a_check_that_no_longer_holds_when_the_term_begins_is_none(scene: Scene) -> None:
    bring_up_to_date(on=ON)
    check(scene, D(2025, 1, 5))
    assert [(one[0], one[1]) for one in owed(CHECK)] == [("open", ON + dt.timedelta(days=14))]
    check(scene, D(2025, 1, 6))  # held until the second day of the term
    assert [one[0] for one in owed(CHECK)] == ["met", "open"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (ON + dt.timedelta(days=1), "体检日期还没有到，请在体检以后登记。"),
        (D(2024, 1, 4), "体检在挂职开始两年以前，请核对日期。"),
    ],
)
def test_a_check_that_cannot_be(scene: Scene, day: dt.date, told: str) -> None:
    with pytest.raises(RefusedRecordError, match=told):
        check(scene, day)


def test_one_check_a_day(scene: Scene) -> None:
    row, is_new = check(scene, D(2024, 1, 5))
    assert is_new
    assert check(scene, D(2024, 1, 5)) == (row, False)


def test_what_was_a_mistake_is_void_and_owed_again(scene: Scene) -> None:
    insure(scene, Insured("甲", "1", D(2026, 1, 5), D(2026, 11, 20)))
    row, _new = insure(scene, Insured("甲", "2", D(2026, 11, 20), D(2028, 1, 5)))
    by = clerk_of(scene)
    with pytest.raises(NotVoidError, match="为什么作废"):
        make_void(row, words=" ", by=by, on=ON, at=AT)
    with pytest.raises(NotVoidError, match="最多100字"):
        make_void(row, words="错" * 101, by=by, on=ON, at=AT)
    with pytest.raises(NotAllowedError):
        make_void(row, words="填错", by=scene.host, on=ON, at=AT)
    made = make_void(row, words="保险单号填错", by=by, on=ON, at=AT)
    assert (made.is_void, made.void_words) == (True, "保险单号填错")
    assert [one[0] for one in owed(INSURANCE)] == ["open"]
    with pytest.raises(NotVoidError, match="已经作废"):
        make_void(row, words="再一次", by=by, on=ON, at=AT)
    assert insure(scene, Insured("甲", "2", D(2026, 11, 20), D(2028, 1, 5)))[1]


def test_a_void_check_is_owed_again(scene: Scene) -> None:
    check(scene, D(2025, 11, 20))
    row, _new = check(scene, D(2026, 10, 30))
    make_void(row, words="填错", by=clerk_of(scene), on=ON, at=AT)
    (only,) = [one for one in owed(CHECK) if one[0] == "open" and one[1] == D(2026, 11, 20)]
    assert only


def test_trips(scene: Scene) -> None:
    by, placement = clerk_of(scene), fresh(scene.placement)
    row = note_trips(placement, D(2026, 10, 7), 3, by=by, on=ON, at=AT)
    assert (row.month, row.n) == (D(2026, 10, 1), 3)
    assert note_trips(placement, D(2026, 10, 1), 3, by=by, on=ON, at=AT) == row
    assert note_trips(placement, D(2026, 10, 1), 5, by=by, on=ON, at=AT).n == 5
    assert TripCount.objects.count() == 1
    details = (
        AuditEvent.objects.filter(action="trip_count.note").order_by("pk").values_list("details", flat=True)
    )
    assert [(one["from"], one["to"]) for one in details] == [("", "3"), ("3", "5")]
    note_trips(placement, D(2026, 1, 1), 31, by=by, on=ON, at=AT)
    for day, n, told in (
        (D(2025, 12, 1), 1, "2025-12不在挂职期内，或还没有到"),
        (D(2026, 12, 1), 1, "2026-12不在挂职期内，或还没有到"),
        (D(2026, 10, 1), 32, "一个月往返32次，请填不超过31的次数"),
    ):
        with pytest.raises(RefusedRecordError, match=told):
            note_trips(placement, day, n, by=by, on=ON, at=AT)


def test_work_fund_and_what_was_spent(scene: Scene) -> None:
    by, placement = clerk_of(scene), fresh(scene.placement)
    row = set_fund(placement, 2026, 1_000_000, by=by, at=AT)
    assert set_fund(placement, 2026, 1_000_000, by=by, at=AT) == row
    assert set_fund(placement, 2026, 1_200_000, by=by, at=AT).amount_fen == 1_200_000
    assert FundYear.objects.count() == 1
    for year in (2025, 2028 + 1):
        with pytest.raises(RefusedRecordError, match=f"{year}年不在挂职期内"):
            set_fund(placement, year, 1, by=by, at=AT)
    new = Spending(ON, "打印机", 150_000)
    spent, is_new = record_spending(placement, new, by=by, on=ON, at=AT)
    assert is_new
    assert record_spending(placement, new, by=by, on=ON, at=AT) == (spent, False)
    later = Spending(ON + dt.timedelta(days=1), "打印机", 1)
    with pytest.raises(RefusedRecordError, match="支出日期还没有到"):
        record_spending(placement, later, by=by, on=ON, at=AT)
    with pytest.raises(RefusedRecordError, match="2025年不在挂职期内"):
        record_spending(placement, Spending(D(2025, 12, 31), "打印机", 1), by=by, on=ON, at=AT)
    make_void(spent, words="填错", by=by, on=ON, at=AT)
    assert not FundSpending.objects.filter(is_void=False).exists()


def test_a_check_of_a_placement_that_is_over_is_not_asked_for(scene: Scene) -> None:
    scene.placement.state = PlacementState.ENDED
    scene.placement.ends_on = ON
    scene.placement.save()
    bring_up_to_date(on=ON)
    assert owed(CHECK) == owed(INSURANCE) == []


def test_a_line_about_several_people_leads_to_the_ledger(scene: Scene) -> None:
    one = scene.placement
    term = {"starts_on": one.starts_on, "ends_on": one.ends_on, "state": PlacementState.IN_POST}
    make_placement(one.campaign, make_person(scene.home), make_post(scene.village), **term)
    bring_up_to_date(on=ON)
    lines = {line.title: line.path for line in waiting_for(clerk_of(scene), ON)}
    assert lines["人身意外伤害保险：2 人待办"] == lines["健康体检：2 人待办"] == "/allowances/"
