"""An excuse has a reason, a person who gave it, and a way back; what is late too long goes to the next office."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.daily_work.scene import AT, ON, SEPTEMBER, Scene, ask_for_records, make_scene
from tests.makers import make_programme_version, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.obligations.filters import standing
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.queries import visible_to
from secondment.obligations.rules import may_fulfil
from secondment.obligations.services import (
    NotExcusedError,
    NotOpenError,
    ReasonMissingError,
    excuse,
    take_back_excuse,
)
from secondment.obligations.timing import LABELS, days_late, timing_of
from secondment.obligations.waiting import waiting_for
from secondment.placements.models import Placement

DAY = dt.timedelta(days=1)
DUE = dt.date(2026, 10, 10)  # of the quarter's report


def titles_of(answer) -> list[str]:
    return [row.item.title for row in answer.context["listing"].rows()]


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene()
    ask_for_records(on=ON)
    return made


def report() -> Obligation:
    return Obligation.objects.get(kind="host_report", period_ends_on=SEPTEMBER)


def test_an_excused_duty_is_in_no_list_and_says_why(scene: Scene) -> None:
    done = excuse(report(), reason="全镇防汛", by=scene.owner, on=ON, at=AT)
    assert (done.state, done.closed_on, done.excused_reason) == ("excused", ON, "全镇防汛")
    assert done.excused_by == scene.owner
    assert not any("情况报告" in one.title for one in waiting_for(scene.owner, ON))
    assert AuditEvent.objects.filter(action="obligation.excuse").count() == 1
    ask_for_records(on=ON + DAY)
    assert report().state == ObligationState.EXCUSED


def test_an_excuse_taken_back_is_owed_by_the_same_day(scene: Scene) -> None:
    excuse(report(), reason="全镇防汛", by=scene.owner, on=ON, at=AT)
    done = take_back_excuse(report(), by=scene.owner, on=ON, at=AT)
    assert (done.state, done.closed_on, done.excused_reason, done.excused_by) == ("open", None, "", None)
    assert done.due_on == DUE
    with pytest.raises(NotExcusedError, match="没有免办"):
        take_back_excuse(report(), by=scene.owner, on=ON, at=AT)


def test_an_excuse_of_what_no_room_asks_for_any_longer_is_taken_back_too(scene: Scene) -> None:
    excuse(report(), reason="全镇防汛", by=scene.owner, on=ON, at=AT)
    Obligation.objects.filter(pk=report().pk).update(kind="of_before")
    old = Obligation.objects.get(kind="of_before")
    assert take_back_excuse(old, by=scene.owner, on=ON, at=AT).state == ObligationState.OPEN


def test_what_one_person_owes_is_done_by_that_person_alone(scene: Scene) -> None:
    clerk, owed = scene.host_clerk(), report()
    assert [may_fulfil(one, owed) for one in (clerk, scene.owner)] == [True, True]
    owed.account = make_user()
    assert [may_fulfil(one, owed) for one in (owed.account, clerk, scene.owner)] == [True, False, False]


def test_only_the_organisation_department_in_charge_excuses(scene: Scene) -> None:
    for user in (scene.host_clerk(), make_user(Role.ORGANISATION_DEPARTMENT, make_unit())):
        with pytest.raises(NotAllowedError, match="主办组织部门"):
            excuse(report(), reason="x", by=user, on=ON, at=AT)
        with pytest.raises(NotAllowedError, match="主办组织部门"):
            take_back_excuse(report(), by=user, on=ON, at=AT)


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_an_excuse_needs_its_reason(scene: Scene, reason: str) -> None:
    with pytest.raises(ReasonMissingError, match="请写明免办理由") as found:
        excuse(report(), reason=reason, by=scene.owner, on=ON, at=AT)
    assert found.value.field == "reason"
    assert report().state == ObligationState.OPEN


def test_what_is_done_cannot_be_excused(scene: Scene) -> None:
    Obligation.objects.update(state=ObligationState.MET)
    with pytest.raises(NotOpenError, match="现为“已办”"):
        excuse(report(), reason="x", by=scene.owner, on=ON, at=AT)


@pytest.mark.parametrize(("days", "is_escalated"), [(9, False), (10, True), (11, True)])
def test_ten_days_late_goes_to_the_organisation_department_as_well(
    scene: Scene, days: int, is_escalated: bool
) -> None:
    clerk = scene.host_clerk()
    scene.home_clerk()
    on = DUE + days * DAY
    ask_for_records(on=on)
    assert (report().escalated_on == on) is is_escalated
    titles = [one.title for one in waiting_for(scene.owner, on)]
    assert ("2026年第3季度情况报告：1 人未报" in titles) is is_escalated
    assert "2026年第3季度情况报告：1 人未报" in [one.title for one in waiting_for(clerk, on)]
    ask_for_records(on=on + DAY)
    if is_escalated:
        assert report().escalated_on == on


def test_a_programme_sets_after_how_many_days(scene: Scene) -> None:
    version = make_programme_version({"cycles": {"escalation_days": 3}})
    Placement.objects.update(programme_version=version)
    ask_for_records(on=DUE + 3 * DAY)
    assert report().escalated_on == DUE + 3 * DAY


@pytest.mark.parametrize(
    ("fields", "on", "timing", "late"),
    [
        ({}, DUE + DAY, "late", 1),
        ({}, DUE, "soon", 0),
        ({}, DUE - 7 * DAY, "soon", 0),
        ({}, DUE - 8 * DAY, "due", 0),
        ({"opens_on": DUE - DAY}, DUE - 2 * DAY, "ahead", 0),
        ({"opens_on": DUE - DAY}, DUE - DAY, "soon", 0),
        ({"state": "met", "closed_on": DUE}, DUE, "done", 0),
        ({"state": "met", "closed_on": None}, DUE, "done", 0),
        ({"state": "met", "closed_on": DUE + 2 * DAY}, DUE, "done_late", 2),
        ({"state": "excused", "closed_on": DUE}, DUE + DAY, "excused", 0),
        ({"state": "waived", "closed_on": DUE}, DUE + DAY, "gone", 0),
    ],
)
def test_how_it_stands_on_a_day_and_the_filter_that_finds_it(
    scene: Scene, fields: dict, on: dt.date, timing: str, late: int
) -> None:
    Obligation.objects.filter(pk=report().pk).update(**{"opens_on": None, **fields})
    one = report()
    assert (timing_of(one, on), days_late(one, on)) == (timing, late)
    found = [key for key in LABELS if Obligation.objects.filter(standing(key, on), pk=one.pk).exists()]
    assert found == [timing]


def test_everyone_sees_the_duties_of_their_side(scene: Scene) -> None:
    kinds = {
        "host": set(visible_to(scene.host_clerk()).values_list("kind", flat=True)),
        "home": set(visible_to(scene.home_clerk()).values_list("kind", flat=True)),
        "owner": set(visible_to(scene.owner).values_list("kind", flat=True)),
        "stranger": set(visible_to(make_user(Role.HOST_UNIT, make_unit())).values_list("kind", flat=True)),
    }
    assert kinds == {
        "host": {"presence_confirmation", "host_report"},
        "home": {"home_notice"},
        "owner": {"presence_confirmation", "host_report", "home_notice"},
        "stranger": set(),
    }


def test_the_page_excuses_and_takes_back(scene: Scene, signed_in) -> None:
    client = signed_in(scene.owner)
    page = reverse("obligations:duty_detail", args=[report().pk])
    assert "免办理由" in text_of(client.get(page))
    assert "这一项必填" in text_of(client.post(page, {"reason": ""}))
    text = text_of(client.post(page, {"reason": "全镇防汛"}, follow=True))
    assert "已免办。" in text
    assert "全镇防汛" in text
    assert report().state == ObligationState.EXCUSED
    again = reverse("obligations:duty_owe_again", args=[report().pk])
    assert "恢复待办" in text_of(client.post(again, follow=True))
    assert "没有免办" in text_of(client.post(again, {"x": "1"}, follow=True))


def test_a_page_opened_before_somebody_handed_in_says_so(scene: Scene, signed_in) -> None:
    client = signed_in(scene.owner)
    page = reverse("obligations:duty_detail", args=[report().pk])
    Obligation.objects.update(state=ObligationState.MET)
    assert "现为“已办”，不能再免办" in text_of(client.post(page, {"reason": "全镇防汛"}))


def test_an_office_reads_its_own_duty_but_excuses_nobody(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    text = text_of(client.get(reverse("obligations:duty_detail", args=[report().pk])))
    assert "前往办理" in text
    assert "免办理由" not in text


def test_who_only_reads_is_not_sent_to_a_page_for_others(scene: Scene, signed_in) -> None:
    page = reverse("obligations:duty_detail", args=[report().pk])
    assert "前往办理" in text_of(signed_in(scene.owner).get(page))
    leader = make_user(Role.LEADER, scene.people[0].owner_unit)
    text = text_of(signed_in(leader).get(page))
    assert "2026年第3季度情况报告" in text
    assert "前往办理" not in text


def test_the_list_is_narrowed_and_costs_the_same_for_many(
    scene: Scene, signed_in, django_assert_num_queries
) -> None:
    client = signed_in(scene.owner)
    page = reverse("obligations:duty_list")
    assert titles_of(client.get(page, {"kind": "host_report"})) == ["2026年第3季度情况报告"]
    assert titles_of(client.get(page, {"kind": "host_report", "timing": "excused"})) == []
    assert titles_of(client.get(page, {"escalated": "yes", "kind": "host_report"})) == []
    with django_assert_num_queries(9):
        client.get(page)
    for _at in range(10):
        scene.add()
    ask_for_records(on=ON)
    with django_assert_num_queries(9):
        client.get(page)
    open_ones = Obligation.objects.filter(state=ObligationState.OPEN)
    first = open_ones.order_by("due_on", "pk").first()
    Obligation.objects.filter(pk=first.pk).update(state=ObligationState.MET)
    keys = [one.item.pk for one in client.get(page, {"size": "200"}).context["listing"].rows()]
    n_open = open_ones.count()
    assert first.pk not in keys[:n_open]  # what is open comes first, the first due first
    assert keys[0] == open_ones.order_by("due_on", "pk").first().pk
