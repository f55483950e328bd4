"""Handover: every open item is accepted, refused or closed by name, and none can vanish."""

from dataclasses import replace

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.daily_work.scene import AT, ON, Scene
from tests.makers import make_person, make_placement, make_post, make_user
from tests.pages import text_of
from tests.task_books.scene import first_task, make_task, signed, with_account

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.ports import open_items, unsettled
from secondment.places import services
from secondment.places.choices import Settlement
from secondment.places.errors import HandoverItemError
from secondment.places.handovers import handover_of
from secondment.places.models import HandoverItem, PlaceContact, PlacePromise
from secondment.places.services import Settling
from secondment.task_books import services as task_books
from secondment.task_books.models import TaskProposal


@pytest.fixture
def leaving(scene: Scene) -> Placement:
    """Somebody with two open tasks, a promise and a contact."""
    own = with_account(scene)
    signed(scene, make_task(60), make_task(40, name="饮水管网"))
    placement = scene.people[0]
    services.note_promise(placement, text="修好村口的桥", to_whom="王大爷", by=own, at=AT)
    services.add_contact(placement.host_unit, name="李示例", post="会计", by=own, on=ON, at=AT)
    return placement


def successor_of(scene: Scene, placement: Placement) -> Placement:
    return make_placement(
        placement.campaign,
        make_person(scene.home),
        make_post(placement.host_unit),
        starts_on=ON,
        ends_on=placement.ends_on,
        state=PlacementState.IN_POST,
    )


def all_of(placement: Placement, settlement: Settlement, name: str = "", reason: str = "") -> list[Settling]:
    return [Settling(one.kind, one.key, settlement, name, reason) for one in handover_of(placement).waiting]


def settle(scene: Scene, placement: Placement, rows: list[Settling], **given: object) -> int:
    return services.settle_items(placement, rows, by=scene.host_clerk(), on=ON, at=AT, **given)


def test_what_is_open(scene: Scene, leaving: Placement) -> None:
    assert [(one.kind, one.title) for one in open_items(leaving)] == [
        ("task", "土地流转：新增800亩"),
        ("task", "饮水管网：新增800亩"),
        ("promise", "修好村口的桥（王大爷）"),
        ("contact", "李示例 会计"),
    ]
    task_books.accept_task(first_task(leaving), by=scene.host_clerk(), on=ON, at=AT)
    assert [one.kind for one in open_items(leaving)] == ["task", "promise", "contact"]


def test_a_successor_takes_over_everything(scene: Scene, leaving: Placement) -> None:
    successor = successor_of(scene, leaving)
    n = settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED), successor=successor)
    found = handover_of(leaving)
    assert (n, found.n, found.waiting) == (4, 4, [])
    assert {one.name for one in found.settled} == {successor.person.name}
    assert list(TaskProposal.objects.values_list("placement", "name", "weight", "proposer")) == [
        (successor.pk, "土地流转", 0, "office"),
        (successor.pk, "饮水管网", 0, "office"),
    ]
    assert PlacePromise.objects.get().placement == successor
    assert PlaceContact.objects.get().placement == successor
    assert [one.kind for one in handover_of(successor).waiting] == ["promise", "contact"]


def test_a_day_outside_the_term_of_the_successor_is_agreed_anew(scene: Scene, leaving: Placement) -> None:
    successor = successor_of(scene, leaving)
    Placement.objects.filter(pk=successor.pk).update(starts_on="2027-06-01")
    successor.refresh_from_db()
    settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED), successor=successor)
    assert set(TaskProposal.objects.values_list("due_on", flat=True)) == {None}


def test_taken_over_by_somebody_named_without_a_successor(scene: Scene, leaving: Placement) -> None:
    settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED, "镇组织委员王示例"))
    assert handover_of(leaving).n == 4
    assert not TaskProposal.objects.exists()
    assert PlacePromise.objects.get().placement == leaving


def test_closed_here_is_closed_where_it_is_kept(scene: Scene, leaving: Placement) -> None:
    settle(scene, leaving, all_of(leaving, Settlement.CLOSED, "赵镇长", "已拨款"))
    promise = PlacePromise.objects.get()
    assert (promise.closed_on, promise.outcome) == (ON, "已拨款")
    assert not PlaceContact.objects.get().is_current
    assert handover_of(leaving).n == 4


def test_refused_with_a_reason_and_by_name(scene: Scene, leaving: Placement) -> None:
    with pytest.raises(HandoverItemError, match="请写明理由"):
        settle(scene, leaving, all_of(leaving, Settlement.REFUSED, "赵镇长"))
    with pytest.raises(HandoverItemError, match="由谁接手"):
        settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED))
    assert not HandoverItem.objects.exists(), "all or none"
    settle(scene, leaving, all_of(leaving, Settlement.REFUSED, "赵镇长", "没有资金来源"))
    assert PlacePromise.objects.get().closed_on is None
    assert handover_of(leaving).waiting == []


def settled_item(placement: Placement, kind: str, key: object) -> HandoverItem:
    return placement.handover_items.get(kind=kind, key=f"{key}", taken_back_at=None)


def test_a_decision_is_taken_back_and_everything_is_as_it_was(scene: Scene, leaving: Placement) -> None:
    successor, host = successor_of(scene, leaving), scene.host_clerk()
    before = open_items(leaving)
    settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED), successor=successor)
    for item in list(leaving.handover_items.all()):
        services.take_back(item, by=host, at=AT)
        services.take_back(item, by=host, at=AT)  # twice is once
    found = handover_of(leaving)
    assert [(one.kind, one.key) for one in found.waiting] == [(one.kind, one.key) for one in before]
    assert (found.settled, len(found.taken_back), handover_of(successor).waiting) == ([], 4, [])
    assert set(TaskProposal.objects.values_list("state", "reason")) == {("declined", "交接已撤回")}
    assert PlacePromise.objects.get().placement == PlaceContact.objects.get().placement == leaving
    assert AuditEvent.objects.filter(action="handover.take_back").count() == 4
    settle(scene, leaving, all_of(leaving, Settlement.CLOSED, "赵镇长"))
    for kind, key in (("promise", PlacePromise.objects.get().pk), ("contact", PlaceContact.objects.get().pk)):
        services.take_back(settled_item(leaving, kind, key), by=host, at=AT)
    assert (PlacePromise.objects.get().closed_on, PlacePromise.objects.get().outcome) == (None, "")
    assert PlaceContact.objects.get().is_current
    assert [one.kind for one in handover_of(leaving).waiting] == ["promise", "contact"]


def test_what_was_noted_by_a_name_alone_is_taken_back(scene: Scene, leaving: Placement) -> None:
    settle(scene, leaving, all_of(leaving, Settlement.REFUSED, "赵镇长", "没有资金"))
    for item in list(leaving.handover_items.all()):
        services.take_back(item, by=scene.owner, at=AT)
    assert len(handover_of(leaving).waiting) == 4


def test_what_the_successor_confirmed_stays(scene: Scene, leaving: Placement) -> None:
    successor = successor_of(scene, leaving)
    own = make_user(Role.SECONDEE, successor.host_unit)
    successor.person.account = own
    successor.person.save()
    settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED)[:1], successor=successor)
    with pytest.raises(NotAllowedError):
        services.confirm_received(successor, by=scene.host_clerk(), at=AT)
    assert services.confirm_received(successor, by=own, at=AT) == 1
    assert services.confirm_received(successor, by=own, at=AT) == 0
    with pytest.raises(HandoverItemError, match="已确认接手"):
        services.take_back(leaving.handover_items.get(), by=scene.host_clerk(), at=AT)


def test_what_went_on_elsewhere_is_not_taken_back(scene: Scene, leaving: Placement) -> None:
    successor, host = successor_of(scene, leaving), scene.host_clerk()
    settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED), successor=successor)
    promise, contact = PlacePromise.objects.get(), PlaceContact.objects.get()
    task_books.take_proposal(TaskProposal.objects.get(name="土地流转"), by=host, at=AT)
    with pytest.raises(HandoverItemError, match="已写入接任者的任务书"):
        services.take_back(settled_item(leaving, "task", 1), by=host, at=AT)
    other = TaskProposal.objects.get(name="饮水管网")
    task_books.decline_proposal(other, reason="不需要", by=host, at=AT)
    services.take_back(settled_item(leaving, "task", 2), by=host, at=AT)
    services.close_promise(promise, outcome="桥已修好", by=host, on=ON, at=AT)
    with pytest.raises(HandoverItemError, match="已经办完或了结"):
        services.take_back(settled_item(leaving, "promise", promise.pk), by=host, at=AT)
    assert PlacePromise.objects.get().placement == successor, "nothing half"
    settle(scene, successor, [Settling("contact", f"{contact.pk}", Settlement.CLOSED, "赵镇长")])
    with pytest.raises(HandoverItemError, match="接任者的那一次"):
        services.take_back(settled_item(leaving, "contact", contact.pk), by=host, at=AT)
    services.take_back(settled_item(successor, "contact", contact.pk), by=host, at=AT)
    services.take_back(settled_item(leaving, "contact", contact.pk), by=host, at=AT)
    assert PlaceContact.objects.get().placement == leaving


def test_a_promise_that_the_successor_dealt_with_stays(scene: Scene, leaving: Placement) -> None:
    successor = successor_of(scene, leaving)
    settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED), successor=successor)
    key = PlacePromise.objects.get().pk
    settle(scene, successor, [Settling("promise", f"{key}", Settlement.REFUSED, "甲", "没有资金")])
    with pytest.raises(HandoverItemError, match="接任者的那一次"):
        services.take_back(settled_item(leaving, "promise", key), by=scene.owner, at=AT)


def test_a_contact_noted_anew_is_not_there_twice(scene: Scene, leaving: Placement) -> None:
    key = PlaceContact.objects.get().pk
    settle(scene, leaving, all_of(leaving, Settlement.CLOSED, "赵镇长"))
    services.add_contact(leaving.host_unit, name="李示例", post="会计", by=scene.host_clerk(), on=ON, at=AT)
    with pytest.raises(HandoverItemError, match="已重新加入联系人"):
        services.take_back(settled_item(leaving, "contact", key), by=scene.owner, at=AT)


def test_somebody_else_who_is_named_takes_it_over(scene: Scene, leaving: Placement) -> None:
    successor = successor_of(scene, leaving)
    promise, contact = all_of(leaving, Settlement.ACCEPTED, "赵镇长")[2:]
    settle(scene, leaving, [promise], successor=successor)
    settle(scene, leaving, [replace(contact, name=successor.person.name)], successor=successor)
    assert list(leaving.handover_items.values_list("kind", "name", "successor")) == [
        ("promise", "赵镇长", None),
        ("contact", successor.person.name, successor.pk),
    ]
    assert PlacePromise.objects.get().placement == leaving


def test_who_takes_back(scene: Scene, leaving: Placement) -> None:
    settle(scene, leaving, all_of(leaving, Settlement.CLOSED, "赵镇长"))
    item = leaving.handover_items.first()
    for other in (leaving.person.account, scene.home_clerk(), scene.host_clerk(1)):
        with pytest.raises(NotAllowedError):
            services.take_back(item, by=other, at=AT)


def test_pages_take_back_and_confirm(scene: Scene, leaving: Placement, signed_in) -> None:
    successor = successor_of(scene, leaving)
    own = make_user(Role.SECONDEE, successor.host_unit)
    successor.person.account = own
    successor.person.save()
    settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED), successor=successor)
    host, path = signed_in(scene.host_clerk()), f"/places/handovers/{leaving.pk}/"
    item = settled_item(leaving, "task", 1)
    back = f"/places/handovers/items/{item.pk}/take-back/"
    assert "恢复待交接" in text_of(host.post(back, follow=True))
    assert "撤回的办理" in text_of(host.get(path))
    client, here = signed_in(own), f"/places/handovers/{successor.pk}/"
    assert "待本人确认" in text_of(client.get(here))
    assert "已确认接手" in text_of(client.post(f"{here}confirm/", follow=True))
    text = text_of(host.get(path))
    assert "接任者已确认" in text
    assert "/confirm/" not in host.get(here).content.decode()
    kept = settled_item(leaving, "task", 2)
    answer = host.post(f"/places/handovers/items/{kept.pk}/take-back/", follow=True)
    assert "已确认接手，不能撤回" in text_of(answer)
    assert signed_in(scene.host_clerk(1)).post(back).status_code == 404


def test_an_item_is_settled_once(scene: Scene, leaving: Placement) -> None:
    rows = all_of(leaving, Settlement.CLOSED, "赵镇长")
    settle(scene, leaving, rows[:1])
    with pytest.raises(HandoverItemError, match="已由他人办理"):
        settle(scene, leaving, rows)
    with pytest.raises(IntegrityError):
        HandoverItem.objects.create(
            placement=leaving, kind="task", key="1", title="x", settlement="closed", name="x",
            by=scene.owner, at=AT,
        )  # fmt: skip


def test_only_somebody_at_the_same_place_succeeds(scene: Scene, leaving: Placement) -> None:
    elsewhere = scene.add(1)
    for other in (elsewhere, leaving):
        with pytest.raises(HandoverItemError, match="同一单位"):
            settle(scene, leaving, all_of(leaving, Settlement.ACCEPTED), successor=other)


def test_who_settles(scene: Scene, leaving: Placement) -> None:
    rows = all_of(leaving, Settlement.CLOSED, "甲")
    for other in (leaving.person.account, scene.home_clerk(), scene.host_clerk(1)):
        with pytest.raises(NotAllowedError):
            services.settle_items(leaving, rows, by=other, on=ON, at=AT)
    assert services.settle_items(leaving, rows, by=scene.owner, on=ON, at=AT) == 4


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Settlement.values), st.booleans()), max_size=6))
def test_none_can_vanish(scene: Scene, steps: list[tuple[int, str, bool]]) -> None:
    """Whatever is settled in whatever order, what waits and what was settled is together what there was."""
    placement = scene.add()
    own = with_account(scene, len(scene.people) - 1)
    for text in ("一", "二", "三"):
        services.note_promise(placement, text=text, to_whom="甲", by=own, at=AT)
    services.add_contact(placement.host_unit, name="乙", post="会计", by=own, on=ON, at=AT)
    successor = successor_of(scene, placement)
    n = handover_of(placement).n
    assert n == 4
    for at, settlement, is_passed in steps:
        waiting = handover_of(placement).waiting
        if at < len(waiting):
            row = Settling(waiting[at].kind, waiting[at].key, settlement, "丙", "说明")
            settle(scene, placement, [row], successor=successor if is_passed else None)
            if len(waiting) % 2:
                item = settled_item(placement, row.kind, row.key)
                services.take_back(item, by=scene.owner, at=AT)
        assert handover_of(placement).n == n


def test_promises_are_noted_once_and_closed_with_an_outcome(scene: Scene, leaving: Placement) -> None:
    own = leaving.person.account
    again = services.note_promise(leaving, text="修好村口的桥", to_whom=" 王大爷", by=own, at=AT)
    assert PlacePromise.objects.get() == again
    with pytest.raises(HandoverItemError, match="办理结果"):
        services.close_promise(again, outcome=" ", by=own, on=ON, at=AT)
    services.close_promise(again, outcome="桥已修好", by=scene.host_clerk(), on=ON, at=AT)
    with pytest.raises(HandoverItemError, match="已于2026-10-08了结"):
        services.close_promise(again, outcome="又修", by=own, on=ON, at=AT)
    for other in (scene.home_clerk(), scene.host_clerk(1)):
        with pytest.raises(NotAllowedError):
            services.note_promise(leaving, text="别的", to_whom="甲", by=other, at=AT)
        with pytest.raises(NotAllowedError):
            services.close_promise(again, outcome="别的", by=other, on=ON, at=AT)


def test_ending_a_placement_shows_what_is_not_handed_over(
    scene: Scene, leaving: Placement, signed_in
) -> None:
    (found,) = unsettled(leaving)
    assert (found.n, found.path) == (4, f"/places/handovers/{leaving.pk}/")
    client = signed_in(scene.owner)
    assert "还有 4 项未交接" in text_of(client.get(f"/placements/{leaving.pk}/end/"))
    settle(scene, leaving, all_of(leaving, Settlement.CLOSED, "赵镇长"))
    assert unsettled(leaving) == []
    assert "未交接" not in text_of(client.get(f"/placements/{leaving.pk}/end/"))


def test_the_pages(scene: Scene, leaving: Placement, signed_in) -> None:
    successor = successor_of(scene, leaving)
    path = f"/places/handovers/{leaving.pk}/"
    host, own = signed_in(scene.host_clerk()), signed_in(leaving.person.account)
    assert "共 4 项：待交接 4 项，已交接 0 项。" in text_of(host.get(path))
    assert "办理所选各项" not in text_of(own.get(path))
    assert own.post(path, {}).status_code == 403
    assert "请至少办理一项" in text_of(host.post(path, {"successor": ""}))
    assert "由谁接手" in text_of(host.post(path, {"settlement-task-1": "closed"}))
    typed = {"successor": successor.pk, "settlement-task-1": "accepted", "settlement-task-2": "closed",
             "name-task-2": "赵镇长"}  # fmt: skip
    answer = host.post(path, typed, follow=True)
    assert "已办理 2 项交接。" in text_of(answer)
    assert "待交接 2 项，已交接 2 项" in text_of(answer)
    own.post(f"{path}promises/", {"text": "装路灯", "to_whom": "村民"})
    promise = PlacePromise.objects.get(text="装路灯")
    own.post(f"/places/promises/{promise.pk}/close/", {"outcome": "装好了"})
    assert "装好了" in text_of(own.get(path))
    assert "待交接 2 项" in text_of(host.get(f"/placements/{leaving.pk}/"))
    home = signed_in(scene.home_clerk())
    assert f'/places/{leaving.host_unit_id}/"' not in home.get(f"/placements/{leaving.pk}/").content.decode()
