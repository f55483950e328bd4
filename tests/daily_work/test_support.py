"""Support wanted: an item with an owner and a day, until the host says whether it helped."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.daily_work.scene import AT, ON, SEPTEMBER, Scene, make_scene
from tests.makers import make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.daily_work.choices import SupportState
from secondment.daily_work.content import Report
from secondment.daily_work.models import SupportItem
from secondment.daily_work.queries import support_of
from secondment.daily_work.services import (
    Entry,
    SupportStateError,
    WordsMissingError,
    answer_support,
    hand_in_reports,
    judge_support,
    pass_support_on,
    reopen_support,
)
from secondment.daily_work.support_lists import by_home_unit
from secondment.obligations.models import Obligation, ObligationState

WANTED = "请派出单位协调一名农技专家"


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def report(scene: Scene, at: int = 0, **texts: str) -> None:
    entry = Entry(scene.people[at], Report(**{"work": "修路", **texts}))
    hand_in_reports([entry], SEPTEMBER, by=scene.host_clerk(), on=ON, at=AT)


def asked(scene: Scene) -> SupportItem:
    report(scene, support_wanted=WANTED)
    return SupportItem.objects.get()


def open_kinds() -> set[tuple[str, str, dt.date]]:
    rows = Obligation.objects.filter(state=ObligationState.OPEN, kind__startswith="support")
    return set(rows.values_list("kind", "unit__name", "due_on"))


def acting(user: object, on: dt.date = ON) -> dict[str, object]:
    return {"by": user, "on": on, "at": AT}


def test_what_a_report_asks_for_is_owed_by_the_home_unit_within_thirty_days(scene: Scene) -> None:
    item = asked(scene)
    assert (item.wanted, item.owner, item.owner_role) == (WANTED, scene.home, Role.HOME_UNIT)
    assert (item.asked_on, item.due_on) == (ON, dt.date(2026, 11, 7))
    assert open_kinds() == {("support", scene.home.name, dt.date(2026, 11, 7))}


def test_a_report_without_a_wish_makes_no_item(scene: Scene) -> None:
    report(scene)
    assert not SupportItem.objects.exists()


def test_a_programme_sets_the_days(db: None) -> None:
    assert asked(make_scene(support_days=7)).due_on == dt.date(2026, 10, 15)


def test_the_owner_answers_and_the_host_alone_ends_it(scene: Scene) -> None:
    item = asked(scene)
    answer_support(item, words=" 农科院李工下周到 ", **acting(scene.home_clerk()))
    item.refresh_from_db()
    assert (item.state, item.answer, item.answered_on) == (SupportState.ANSWERED, "农科院李工下周到", ON)
    host = scene.people[0].host_unit.name
    assert open_kinds() == {("support_outcome", host, dt.date(2026, 10, 22))}
    judge_support(item, helped=True, **acting(scene.host_clerk()))
    item.refresh_from_db()
    assert (item.state, item.outcome, item.closed_on) == (SupportState.HELPED, "", ON)
    assert open_kinds() == set()


def test_not_helped_needs_words_and_can_be_said_without_waiting(scene: Scene) -> None:
    item, clerk = asked(scene), scene.host_clerk()
    with pytest.raises(WordsMissingError, match="没有帮到的，请写明还缺什么"):
        judge_support(item, helped=False, words=" ", **acting(clerk))
    judge_support(item, helped=False, words="专家没有来", **acting(clerk))
    item.refresh_from_db()
    assert (item.state, item.outcome) == (SupportState.NOT_HELPED, "专家没有来")
    assert open_kinds() == set()
    with pytest.raises(SupportStateError, match="没有帮到"):
        judge_support(item, helped=True, **acting(clerk))


@pytest.mark.parametrize("is_answered", [True, False])
def test_a_word_given_by_mistake_is_taken_back(scene: Scene, is_answered: bool) -> None:
    item, clerk = asked(scene), scene.host_clerk()
    if is_answered:
        answer_support(item, words="已协调", **acting(scene.home_clerk()))
    judge_support(item, helped=True, **acting(clerk))
    reopen_support(item, **acting(clerk))
    item.refresh_from_db()
    assert item.state == (SupportState.ANSWERED if is_answered else SupportState.OPEN)
    assert item.closed_on is None
    kinds = {kind for kind, _unit, _day in open_kinds()}
    assert kinds == ({"support_outcome"} if is_answered else {"support"})


def test_the_home_unit_passes_it_up_and_the_department_back_with_the_same_day(scene: Scene) -> None:
    item = asked(scene)
    with pytest.raises(WordsMissingError, match="请写明转办理由"):
        pass_support_on(item, words="", **acting(scene.home_clerk()))
    pass_support_on(item, words="超出本单位职能", **acting(scene.home_clerk()))
    assert open_kinds() == {("support", scene.root.name, dt.date(2026, 11, 7))}
    item.refresh_from_db()
    with pytest.raises(NotAllowedError):
        answer_support(item, words="好", **acting(scene.home_clerk()))
    pass_support_on(item, words="仍由你单位办", **acting(scene.owner))
    item.refresh_from_db()
    assert (item.owner, item.owner_role, item.passed_because) == (scene.home, Role.HOME_UNIT, "仍由你单位办")
    assert open_kinds() == {("support", scene.home.name, dt.date(2026, 11, 7))}


def test_strangers_do_none_of_it(scene: Scene) -> None:
    item = asked(scene)
    other = acting(make_user(Role.HOST_UNIT, scene.townships[1]))
    for act in (
        lambda: answer_support(item, words="好", **other),
        lambda: pass_support_on(item, words="好", **other),
        lambda: judge_support(item, helped=True, **other),
        lambda: reopen_support(item, **other),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_an_answer_needs_words_and_an_open_item(scene: Scene) -> None:
    item, home = asked(scene), scene.home_clerk()
    with pytest.raises(WordsMissingError, match="请用一句话写明办理情况"):
        answer_support(item, words=" ", **acting(home))
    answer_support(item, words="已协调", **acting(home))
    with pytest.raises(SupportStateError, match="待接收单位评价"):
        answer_support(item, words="再说一遍", **acting(home))


def test_a_corrected_report_changes_the_open_item_and_makes_no_second(scene: Scene) -> None:
    item = asked(scene)
    report(scene, support_wanted="请协调两名农技专家")
    item.refresh_from_db()
    assert (item.wanted, item.state) == ("请协调两名农技专家", SupportState.OPEN)
    assert item.report.is_current
    report(scene, support_wanted="请协调两名农技专家", work="修路三公里")
    item.refresh_from_db()
    assert item.report.work == "修路三公里"
    assert SupportItem.objects.count() == 1


def test_a_wish_that_is_struck_out_is_withdrawn_and_nothing_is_owed(scene: Scene) -> None:
    item = asked(scene)
    report(scene)
    item.refresh_from_db()
    assert (item.state, item.closed_on) == (SupportState.WITHDRAWN, ON)
    assert open_kinds() == set()
    report(scene, support_wanted=WANTED, life="安好")
    assert SupportItem.objects.exclude(pk=item.pk).get().state == SupportState.OPEN


def test_a_new_wish_after_the_host_has_spoken_is_a_new_item(scene: Scene) -> None:
    item = asked(scene)
    judge_support(item, helped=True, **acting(scene.host_clerk()))
    report(scene, support_wanted="还要一台抽水机")
    assert set(SupportItem.objects.values_list("wanted", "state")) == {
        (WANTED, SupportState.HELPED),
        ("还要一台抽水机", SupportState.OPEN),
    }


def test_every_act_leaves_an_event(scene: Scene) -> None:
    item = asked(scene)
    answer_support(item, words="已协调", **acting(scene.home_clerk()))
    judge_support(item, helped=True, **acting(scene.host_clerk()))
    events = AuditEvent.objects.filter(object_type="daily_work.supportitem").order_by("pk")
    assert list(events.values_list("action", flat=True)) == [
        "support_item.ask",
        "support_item.answer",
        "support_item.judge",
    ]


@pytest.mark.parametrize(("day", "n_overdue"), [(6, 0), (7, 0), (8, 1)])
def test_an_item_is_overdue_from_the_day_after(scene: Scene, day: int, n_overdue: int) -> None:
    asked(scene)
    (row,) = by_home_unit(SupportItem.objects.all(), dt.date(2026, 11, day))
    assert (row.unit, row.n, row.n_open, row.n_overdue) == (scene.home.name, 1, 1, n_overdue)


def test_the_department_sees_by_home_unit_what_helped(scene: Scene, signed_in) -> None:
    scene.add(), scene.add()
    for at in range(3):
        report(scene, at, support_wanted=f"第{at}项")
    first, second, _third = SupportItem.objects.order_by("pk")
    judge_support(first, helped=True, **acting(scene.host_clerk()))
    judge_support(second, helped=False, words="不合用", **acting(scene.host_clerk()))
    (row,) = by_home_unit(SupportItem.objects.all(), ON)
    assert (row.n, row.n_open, row.n_helped, row.n_not_helped) == (3, 1, 1, 1)
    page = text_of(signed_in(scene.owner).get("/daily/support/units/"))
    assert scene.home.name in page


def test_nobody_reads_what_is_reported_about_oneself(scene: Scene) -> None:
    asked(scene)
    account = make_user(Role.SECONDEE, scene.home)
    person = scene.people[0].person
    person.account = account
    person.save()
    assert not support_of(account).exists()
    assert support_of(scene.home_clerk()).exists()


def act_on(client: Client, item: SupportItem, name: str, **data: str) -> object:
    return client.post(f"/daily/support/{item.pk}/{name}/", data, follow=True)


def test_pages_offer_and_do_what_each_party_may(scene: Scene, signed_in) -> None:
    item = asked(scene)
    home, host = signed_in(scene.home_clerk()), signed_in(scene.host_clerk())
    page = text_of(home.get(f"/daily/support/{item.pk}/"))
    assert "填写办理情况" in page
    assert "报请组织部门协调" in page
    assert "帮到了" not in page
    assert "请用一句话写明办理情况" in text_of(act_on(home, item, "answer", words=""))
    assert "等接收单位评价是否帮到" in text_of(act_on(home, item, "answer", words="已协调"))
    page = text_of(host.get(f"/daily/support/{item.pk}/"))
    assert "帮到了" in page
    assert "填写办理情况" not in page
    assert "这一项办结" in text_of(act_on(host, item, "judge", answer="helped", words=""))
    assert "已撤回评价" in text_of(act_on(host, item, "reopen"))
    assert act_on(home, item, "pass-on", words="超出职能").status_code == 409
    item.refresh_from_db()
    assert item.state == SupportState.ANSWERED


def test_the_list_is_filtered_by_state_unit_and_name(scene: Scene, signed_in, monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_given: dt.date(2026, 11, 8))
    item = asked(scene)
    client = signed_in(scene.owner)
    for query, is_there in (
        ("state=overdue", True),
        ("state=open", True),
        ("state=helped", False),
        (f"unit={scene.home.name}", True),
        ("unit=没有的单位", False),
        (f"name={scene.people[0].person.name}", True),
        ("name=无名", False),
    ):
        page = text_of(client.get(f"/daily/support/?{query}"))
        assert (WANTED in page) == is_there, query
    assert "逾期未办" in text_of(client.get(f"/daily/support/{item.pk}/?")) or "已过办理期限" in text_of(
        client.get(f"/daily/support/{item.pk}/")
    )


def test_queries_do_not_grow_with_the_items(scene: Scene, signed_in) -> None:
    asked(scene)
    client = signed_in(scene.owner)
    client.get("/daily/support/")
    with CaptureQueriesContext(connection) as once:
        client.get("/daily/support/")
    for at in range(1, 8):
        scene.add()
        report(scene, at, support_wanted=f"第{at}项")
    with CaptureQueriesContext(connection) as often:
        client.get("/daily/support/")
    assert len(often) <= len(once)
