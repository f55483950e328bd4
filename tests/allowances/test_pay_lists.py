"""Lists of what is to be paid: issued once, never changed; what turns out otherwise stands in the next one."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.allowances.scene import AT, ON, clerk_of, fresh, issued, month, quarter, rule
from tests.leave.scene import Scene, make_scene
from tests.makers import make_programme_version, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.allowances import reckoning
from secondment.allowances.entitlement import entitled_of_json
from secondment.allowances.models import PayRow
from secondment.allowances.pay_drafts import draft_of
from secondment.allowances.reckoning import entitled_in
from secondment.allowances.services import RefusedListError, issue_list, note_trips
from secondment.allowances.view_models import draft_rows, issued_rows, unsettled_leave
from secondment.common.errors import NotAllowedError
from secondment.leave.choices import LeaveType
from secondment.leave.services import cancel
from secondment.obligations.periods import Period
from secondment.placements.duties import PLACEMENTS
from secondment.placements.models import Placement

D = dt.date


def rows(pay_list) -> list[tuple[str, str, int, bool]]:
    found = PayRow.objects.filter(pay_list=pay_list).order_by("pk")
    return [(f"{one.month:%Y-%m}", one.kind, one.amount_fen, one.is_difference) for one in found]


def test_a_month_as_it_was_issued(scene: Scene) -> None:
    by = clerk_of(scene)
    note_trips(fresh(scene.placement), D(2026, 9, 1), 2, by=by, on=ON, at=AT)
    made = issued(scene, month("2026-09"), by)
    assert rows(made) == [
        ("2026-09", "living", 220000, False),
        ("2026-09", "transport", 16000, False),
        ("2026-09", "township", 30000, False),
    ]
    assert (made.n_people, made.n_months, made.total_fen) == (1, 1, 266000)
    assert issue_list(scene.home, month("2026-09"), by=by, on=ON, at=AT) == (made, False)
    one = PayRow.objects.filter(pay_list=made, kind="living").get()
    assert one.entitled is not None
    assert entitled_of_json(one.entitled.as_json()) == one.entitled


def test_a_later_correction_stands_in_the_next_list_and_never_in_the_issued_one(scene: Scene) -> None:
    by = clerk_of(scene)
    first = issued(scene, month("2026-09"), by)
    before = rows(first)
    given_leave = scene.granted("2026-09-08", "2026-09-09", type=LeaveType.SICK)
    assert rows(first) == before
    second = issued(scene, month("2026-10"), by)
    assert rows(second) == [
        ("2026-09", "living", -20000, True),
        ("2026-10", "living", 180000, False),
        ("2026-10", "township", 30000, False),
    ]
    words = issued_rows(PayRow.objects.filter(pay_list=second))[0]
    assert words.sum == "扣回：应发 2000.00 − 已发 2200.00 = −200.00 元"
    assert words.why == "20 天 × 100.00 元 = 2000.00 元；应在岗 22 天；减病假 2 天"
    cancel(given_leave, words="没有休", by=scene.host, on=ON, at=AT)
    later = draft_rows(draft_of(scene.home, month("2026-11")))
    assert next((f"{one.month:%Y-%m}", one.amount) for one in later) == ("2026-09", "200.00")
    assert later[0].sum == "补发：应发 2200.00 − 已发 2000.00 = 200.00 元"
    assert rows(first) == before


def test_a_quarter_takes_what_no_month_has_issued(scene: Scene) -> None:
    by = clerk_of(scene)
    issued(scene, month("2026-07"), by)
    made = issued(scene, quarter("2026-07"), by)
    assert made.n_months == 3
    assert {(one[0], one[3]) for one in rows(made)} == {("2026-08", False), ("2026-09", False)}


def test_months_before_the_first_list_were_paid_without_the_system(scene: Scene) -> None:
    made = issued(scene, month("2026-09"), clerk_of(scene))
    assert {one[0] for one in rows(made)} == {"2026-09"}


def test_somebody_recorded_later_is_paid_in_addition(scene: Scene) -> None:
    by = clerk_of(scene)
    scene.placement.starts_on = D(2026, 10, 1)
    scene.placement.save()
    with pytest.raises(RefusedListError, match="没有应由示例厅发放的补助"):
        issued(scene, month("2026-09"), by)
    scene.placement.starts_on = D(2026, 9, 21)
    scene.placement.save()
    issued(scene, month("2026-09"), by)
    scene.placement.starts_on = D(2026, 9, 1)
    scene.placement.save()
    found = {
        (one.kind, one.amount_fen) for one in draft_of(scene.home, month("2026-10")) if one.is_difference
    }
    assert found == {("living", 150000), ("township", 20455)}  # 15 of 22 days


def test_a_placement_that_never_was_is_taken_back(scene: Scene) -> None:
    by = clerk_of(scene)
    issued(scene, month("2026-09"), by)
    Placement.objects.filter(pk=scene.placement.pk).update(state="cancelled")
    lines = draft_rows(draft_of(scene.home, month("2026-10")))
    assert [(one.kind, one.sum, one.why) for one in lines] == [
        ("生活补助", "扣回：应发 0.00 − 已发 2200.00 = −2200.00 元", "不再符合发放条件"),
        ("乡镇工作补贴", "扣回：应发 0.00 − 已发 300.00 = −300.00 元", "不再符合发放条件"),
    ]
    second = issued(scene, month("2026-10"), by)
    assert issued_rows(PayRow.objects.filter(pay_list=second))[0].why == "不再符合发放条件"


def test_refusals(scene: Scene) -> None:
    by = clerk_of(scene)
    with pytest.raises(RefusedListError, match=r"2026年11月还没有结束.*请在2026-11-30以后出具"):
        issued(scene, month("2026-11"), by)
    with pytest.raises(RefusedListError, match="按月或按季度"):
        issued(scene, Period(D(2026, 8, 1), D(2026, 10, 1)), by)
    with pytest.raises(NotAllowedError):
        issued(scene, month("2026-09"), make_user(Role.HOME_UNIT, make_unit("别的厅")))
    assert issued(scene, month("2026-10"), by, on=D(2026, 11, 1)).n_people == 1


@pytest.mark.parametrize(("payer", "unit"), [("home", "home"), ("host", "township"), ("owner", "root")])
def test_who_pays(db: None, payer: str, unit: str) -> None:
    scene = make_scene({"allowances": [rule("living", "day", 10000, payer)]})
    for name in ("home", "township", "root", "village", "county"):
        assert bool(draft_of(getattr(scene, name), month("2026-09"))) == (name == unit)


def test_a_rule_from_a_month_on_and_one_that_ends(db: None) -> None:
    scene = make_scene(
        {
            "allowances": [
                rule("living", "day", 12000, since="2026-09"),
                rule("living", "day", 10000),
                rule("living", "day", 0, since="2026-10"),
            ]
        }
    )
    found = entitled_in([fresh(scene.placement)], D(2026, 8, 1), D(2026, 11, 1))
    assert {f"{key[1]:%Y-%m}": one.amount_fen for key, one in found.items()} == {
        "2026-08": 10000,
        "2026-09": 12000,
    }


def test_a_new_amount_for_a_closed_month_is_a_difference(scene: Scene) -> None:
    by = clerk_of(scene)
    issued(scene, month("2026-09"), by)
    version = make_programme_version({"allowances": [rule("living", "day", 11000)]})
    Placement.objects.filter(pk=scene.placement.pk).update(programme_version=version)
    found = {
        (f"{one.month:%Y-%m}", one.kind): one.amount_fen for one in draft_of(scene.home, month("2026-10"))
    }
    assert found == {
        ("2026-09", "living"): 22000,
        ("2026-09", "township"): -30000,
        ("2026-10", "living"): 198000,
    }


def test_only_townships_and_villages_have_theirs(scene: Scene) -> None:
    scene.village.kind = "department"
    scene.village.save()
    found = entitled_in([fresh(scene.placement)], D(2026, 9, 1), D(2026, 10, 1))
    assert {key[2] for key in found} == {"living", "transport"}


def test_suspension_is_subtracted(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [Period(D(2026, 9, 1), D(2026, 9, 8)), Period(D(2026, 9, 3), D(2026, 9, 10))]
    suspended = replace(PLACEMENTS, pauses=[lambda _keys: {scene.placement.pk: days}])
    monkeypatch.setattr(reckoning, "PLACEMENTS", suspended)
    line = draft_rows(draft_of(scene.home, month("2026-09")))
    assert [(one.sum, one.why) for one in line] == [
        ("15 天 × 100.00 元 = 1500.00 元", "应在岗 22 天；暂停挂职 7 天"),
        ("300.00 元 × 15 天 ÷ 全月 22 天 = 204.55 元", "应在岗 22 天；暂停挂职 7 天"),
    ]


def test_a_bound_of_days(db: None) -> None:
    scene = make_scene({"allowances": [rule("living", "day", 10000, limit=20)]})
    (line,) = draft_rows(draft_of(scene.home, month("2026-09")))
    assert (line.sum, line.why) == ("20 天 × 100.00 元 = 2000.00 元", "应在岗 22 天；每月最多 20 天")


def test_leave_that_is_still_open_is_said(scene: Scene) -> None:
    lines = draft_rows(draft_of(scene.home, month("2026-10")))
    assert unsettled_leave(lines, month("2026-10")) == ""
    scene.ask("2026-10-20", type=LeaveType.SICK)
    assert unsettled_leave(lines, month("2026-10")) == (
        "1 人的请假还没有批准或销假：张三。以后天数有变化的，在下一次明细中补发或扣回。"
    )
    assert unsettled_leave(lines, month("2026-09")) == ""


ACTS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 6), st.sampled_from(["grant", "cancel", "issue"])),
    max_size=6,
)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None)
@given(acts=ACTS)
def test_whatever_happens_in_whatever_order_what_was_issued_adds_up_to_what_is_due(acts) -> None:
    """Lists issued on the way and one at the end come to what the ledger says in the end."""
    scene = make_scene({"allowances": [rule("living", "day", 10050), rule("township", "month", 30000)]})
    by, taken, periods = clerk_of(scene), [], [month("2026-07"), month("2026-08")]
    for start, days, what in acts:
        first = D(2026, 7, 1) + dt.timedelta(days=start)
        if what == "issue" and periods:
            issued(scene, periods.pop(0), by)
        elif what == "cancel" and taken:
            cancel(taken.pop(), words="没有休", by=scene.host, on=ON, at=AT)
        elif what == "grant":
            last = first + dt.timedelta(days=days)
            try:
                taken.append(scene.granted(f"{first}", f"{last}", type=LeaveType.SICK))
            except Exception as error:  # noqa: BLE001 -- overlaps and days off are refused
                assert type(error).__name__ == "RefusedLeaveError"  # noqa: PT017 -- the kind is the point
    for period in [*periods, month("2026-09")]:
        issued(scene, period, by)
    due = entitled_in([fresh(scene.placement)], D(2026, 7, 1), D(2026, 10, 1))
    paid = sum(PayRow.objects.filter(placement=scene.placement).values_list("amount_fen", flat=True))
    assert paid == sum(one.total_fen for one in due.values())
