"""Trainings and meetings: planned, told, changed, called off, and who came, told by exception."""

import datetime as dt

import pytest
from tests.makers import make_person, make_placement, make_post, make_user
from tests.talks.gatherings import DAY, closed, fresh, invited, new, planned, sent
from tests.talks.scene import AT, ENDS_ON, ON, STARTS_ON, Scene

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation
from secondment.obligations.occasions import occasions_of
from secondment.obligations.waiting import count_waiting, waiting_for
from secondment.talks import services
from secondment.talks.errors import GatheringError, WordsMissingError
from secondment.talks.gathering_drafts import FURTHEST, LONGEST, named
from secondment.talks.gatherings import attended, coming, invitable, visible_to
from secondment.talks.models import Gathering

ONE = dt.timedelta(days=1)


def told(user) -> list[str]:
    return [one.title for one in Notice.objects.filter(recipient=user).order_by("pk")]


def actions(made: Gathering) -> list[str]:
    rows = AuditEvent.objects.filter(object_type="talks.gathering", object_id=str(made.pk)).order_by("pk")
    return [one.action.split(".")[1] for one in rows]


def test_planned_by_an_office_and_once(scene: Scene) -> None:
    made = planned(scene)
    assert planned(scene) == made
    assert planned(scene, title="另一次") != made
    assert planned(scene, starts_on=DAY + ONE) != made
    services.cancel_gathering(made, words="改期另办", by=scene.local, at=AT)
    assert planned(scene) != made
    for by in (scene.host, scene.home_clerk, scene.leader, scene.person):
        with pytest.raises(NotAllowedError):
            planned(scene, by=by)
    assert planned(scene, by=scene.owner, title="市里代登").unit == scene.department


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"last_day": DAY - ONE}, "last_day"),
        ({"last_day": DAY + LONGEST + ONE}, "last_day"),
        ({"starts_on": ON + FURTHEST + ONE}, "starts_on"),
    ],
)
def test_days_that_cannot_be_meant(scene: Scene, fields, field) -> None:
    with pytest.raises(GatheringError) as refused:
        planned(scene, **fields)
    assert refused.value.field == field


@pytest.mark.parametrize("fields", [{"last_day": DAY + LONGEST}, {"starts_on": ON + FURTHEST}])
def test_the_last_day_that_can_be_meant(scene: Scene, fields) -> None:
    assert planned(scene, **fields).pk


def test_one_day_and_several_days(scene: Scene) -> None:
    one, several = planned(scene), planned(scene, title="培训班", last_day=DAY + 2 * ONE, hours="9:00")
    assert (one.days, one.summary) == ("2026-11-20", "2026-11-20 · 县委党校")
    assert (several.days, several.ends_on) == ("2026-11-20 – 2026-11-22", DAY + 3 * ONE)
    assert several.summary == "2026-11-20 – 2026-11-22 · 9:00 · 县委党校"


def test_whom_an_office_may_invite(scene: Scene) -> None:
    assert set(invitable(planned(scene))) == {scene.placement, scene.other}
    of_host = planned(scene, by=scene.host, unit=scene.township, side="host", title="镇里座谈")
    assert list(invitable(of_host)) == [scene.placement]
    of_home = planned(scene, by=scene.home_clerk, unit=scene.home, side="home", title="派出单位座谈")
    assert set(invitable(of_home)) == {scene.placement, scene.other}
    with pytest.raises(GatheringError, match="李四（不由主办单位接收、派出或管理）"):
        services.invite(of_host, [scene.other], by=scene.host, at=AT)
    assert not of_host.invitations.exists()


@pytest.mark.parametrize(
    ("starts_on", "last_day", "may"),
    [
        (STARTS_ON - ONE, STARTS_ON - ONE, False),
        (STARTS_ON - ONE, STARTS_ON, True),
        (STARTS_ON, STARTS_ON, True),
        (ENDS_ON - ONE, ENDS_ON - ONE, True),
        (ENDS_ON, ENDS_ON, False),
    ],
)
def test_the_day_lies_in_the_term(scene: Scene, starts_on, last_day, may) -> None:
    made = planned(scene)
    Gathering.objects.filter(pk=made.pk).update(starts_on=starts_on, ends_on=last_day + ONE)
    made = fresh(made)
    assert (scene.placement in invitable(made)) == may
    if may:
        assert services.invite(made, [scene.placement], by=scene.local, at=AT)[0] == 1
    else:
        with pytest.raises(GatheringError, match="张三"):
            services.invite(made, [scene.placement], by=scene.local, at=AT)


def test_who_has_not_arrived_comes_to_training_before_the_term_alone(scene: Scene) -> None:
    person = make_person(scene.home, name="王五")
    coming_soon = make_placement(
        scene.campaign,
        person,
        make_post(scene.village),
        state="appointed",
        starts_on=DAY + 10 * ONE,
        ends_on=ENDS_ON,
    )
    before = planned(scene, coming_soon, kind="before", title="岗前培训")
    assert invited(before, coming_soon)
    with pytest.raises(GatheringError, match="王五（2026-11-30才到任，到任前只参加岗前培训）"):
        planned(scene, coming_soon)
    for state in ("decided", "cancelled"):
        coming_soon.state = state
        coming_soon.save()
        with pytest.raises(GatheringError, match="王五（还没有派任，或挂职已取消）"):
            planned(scene, coming_soon, kind="before", title=state)


def test_many_refused_are_named_by_the_first(scene: Scene) -> None:
    refused = [(scene.placement, "原因")] * 6
    assert named(refused).endswith("等6人")
    assert "等" not in named(refused[:5])


def test_inviting_twice_is_once_and_nobody_is_told_before_the_notice(scene: Scene) -> None:
    made = planned(scene, scene.placement)
    n, reached = services.invite(made, [scene.placement, scene.other], by=scene.local, at=AT)
    assert (n, reached.n) == (1, 0)
    assert services.invite(made, [scene.placement], by=scene.local, at=AT)[0] == 0
    assert not Notice.objects.exists()
    assert not visible_to(scene.person).exists()
    assert actions(made) == ["plan", "invite", "invite"]


def test_the_notice_reaches_people_and_their_offices_and_names_who_has_no_account(scene: Scene) -> None:
    made = planned(scene, scene.placement, scene.other)
    reached = services.send_gathering(made, by=scene.local, on=ON, at=AT)
    assert (reached.n, reached.without_account) == (1, ["李四"])
    assert told(scene.person) == ["请您参加：半年座谈"]
    for office in (scene.host, scene.home_clerk, scene.other_host):
        assert told(office) == ["您单位有人员参加：半年座谈"]
    assert told(scene.leader) == []
    made = fresh(made)
    assert (invited(made, scene.placement).told_at, invited(made, scene.other).told_at) == (AT, None)
    assert Notice.objects.filter(recipient=scene.person).get().body == "2026-11-20 · 县委党校"
    assert not Obligation.objects.filter(role=Role.SECONDEE).exists()
    assert waiting_for(scene.person, DAY + 30 * ONE) == []
    with pytest.raises(GatheringError, match="已经发出"):
        services.send_gathering(made, by=scene.local, on=ON, at=AT)
    for reader in (scene.person, scene.host, scene.home_clerk, scene.other_host, scene.leader):
        assert list(visible_to(reader)) == [made]


def test_a_disabled_account_is_not_told(scene: Scene) -> None:
    scene.person.is_active = False
    scene.person.save()
    made = planned(scene, scene.placement)
    assert services.send_gathering(made, by=scene.local, on=ON, at=AT).without_account == ["张三"]


def test_no_notice_of_an_empty_list_or_of_what_is_over(scene: Scene) -> None:
    with pytest.raises(GatheringError, match="名单是空的"):
        services.send_gathering(planned(scene), by=scene.local, on=ON, at=AT)
    made = planned(scene, scene.placement, title="昨天", starts_on=ON - ONE)
    with pytest.raises(GatheringError, match="已经开过"):
        services.send_gathering(made, by=scene.local, on=ON, at=AT)
    today = planned(scene, scene.placement, title="今天", starts_on=ON)
    assert services.send_gathering(today, by=scene.local, on=ON, at=AT).n == 1


def test_who_is_added_or_taken_off_later_is_told_alone(scene: Scene) -> None:
    made = sent(scene, scene.other)
    n, reached = services.invite(made, [scene.placement, scene.other], by=scene.local, at=AT)
    assert (n, reached.n, reached.without_account) == (1, 1, [])
    assert services.uninvite(made, [invited(made, scene.placement)], by=scene.local, at=AT) == 1
    assert services.uninvite(made, [], by=scene.local, at=AT) == 0
    assert told(scene.person) == ["请您参加：半年座谈", "不再请您参加：半年座谈"]
    assert told(scene.host) == ["您单位有人员参加：半年座谈", "您单位有人员不再参加：半年座谈"]
    assert not visible_to(scene.person).exists()
    paths = [one.path for one in Notice.objects.filter(recipient=scene.person).order_by("pk")]
    assert paths == [f"/talks/events/{made.pk}/", ""]
    draft = planned(scene, scene.placement, title="拟定中")
    services.uninvite(draft, [invited(draft, scene.placement)], by=scene.local, at=AT)
    assert len(told(scene.person)) == 2


def change(scene: Scene, made: Gathering, *, on: dt.date = ON, version: int | None = None, **fields):
    current = fresh(made)
    given = current.version if version is None else version
    return services.change_gathering(current, new(**fields), version=given, by=scene.local, on=on, at=AT)


def test_a_change_is_told_when_it_concerns_those_who_come(scene: Scene) -> None:
    made = sent(scene, scene.placement)
    assert change(scene, made, starts_on=DAY + ONE).n == 1
    assert change(scene, made, starts_on=DAY + ONE, contact="王干事").n == 0
    assert change(scene, made, starts_on=DAY + ONE, contact="王干事").n == 0
    assert told(scene.person) == ["请您参加：半年座谈", "培训座谈有变更：半年座谈"]
    assert actions(made) == ["plan", "invite", "send", "change", "change"]
    with pytest.raises(StaleObjectError):
        change(scene, made, version=1)
    draft = planned(scene, scene.placement, title="拟定中")
    assert change(scene, draft, title="改了名").n == 0


def test_a_change_to_the_past_or_out_of_a_term_is_refused(scene: Scene) -> None:
    made = sent(scene, scene.placement)
    with pytest.raises(GatheringError, match="不能改到过去"):
        change(scene, made, starts_on=ON - ONE)
    assert change(scene, made, starts_on=ON).n == 1
    scene.placement.ends_on = DAY
    scene.placement.save()
    with pytest.raises(GatheringError, match="张三（挂职至2026-11-19）"):
        change(scene, made, starts_on=DAY)
    draft = planned(scene, title="补登")
    assert change(scene, draft, starts_on=ON - ONE, title="补登").n == 0


def test_called_off_with_the_reason_and_held_after_all(scene: Scene) -> None:
    made = sent(scene, scene.placement)
    with pytest.raises(WordsMissingError):
        services.cancel_gathering(made, words=" ", by=scene.local, at=AT)
    assert services.cancel_gathering(made, words="防汛", by=scene.local, at=AT).n == 1
    last = Notice.objects.filter(recipient=scene.person).order_by("pk").last()
    assert last.body == "2026-11-20 · 县委党校 · 防汛"
    for act in (
        lambda: services.cancel_gathering(made, words="防汛", by=scene.local, at=AT),
        lambda: services.invite(made, [scene.other], by=scene.local, at=AT),
        lambda: closed(scene, made),
        lambda: change(scene, made, place="别处"),
    ):
        with pytest.raises(GatheringError):
            act()
    assert list(coming(scene.person, ON, DAY + ONE)) == []
    assert services.reinstate_gathering(made, by=scene.local, at=AT).n == 1
    made = fresh(made)
    assert (made.state, made.cancel_words) == ("sent", "")
    assert told(scene.person)[1:] == ["活动取消：半年座谈", "活动照常举行：半年座谈"]
    with pytest.raises(GatheringError, match="没有取消"):
        services.reinstate_gathering(made, by=scene.local, at=AT)
    draft = planned(scene, scene.placement, title="拟定中")
    assert services.cancel_gathering(draft, words="不办了", by=scene.local, at=AT).n == 0
    assert services.reinstate_gathering(draft, by=scene.local, at=AT).n == 0
    assert fresh(draft).state == "planned"


def test_who_came_is_told_by_exception_once_it_is_over(scene: Scene) -> None:
    made = sent(scene, scene.placement, scene.other, last_day=DAY + ONE)
    with pytest.raises(GatheringError, match="2026-11-21结束"):
        closed(scene, made, on=DAY)
    for by in (scene.host, scene.home_clerk, scene.person, scene.leader):
        with pytest.raises(NotAllowedError):
            closed(scene, made, on=DAY + ONE, by=by)
    absent = invited(made, scene.other).pk
    assert closed(scene, made, {absent: " 防汛值守 ", 0: "别人"}, on=DAY + ONE) == 1
    assert invited(made, scene.other).absence == "防汛值守"
    assert invited(made, scene.placement).absence == ""
    assert fresh(made).state == "held"
    assert closed(scene, made, {absent: "防汛值守"}, on=DAY + ONE) == 1
    assert closed(scene, made, on=DAY + ONE) == 0
    assert actions(made) == ["plan", "invite", "send", "attend", "attend"]
    with pytest.raises(StaleObjectError):
        closed(scene, made, on=DAY + ONE, version=1)


def test_what_was_held_without_notice_is_recorded_too(scene: Scene) -> None:
    with pytest.raises(GatheringError, match="名单是空的"):
        closed(scene, planned(scene))
    made = planned(scene, scene.placement, starts_on=ON - ONE, title="上周座谈")
    assert closed(scene, made, on=ON) == 0
    assert list(visible_to(scene.person)) == [made]
    services.reopen_attendance(made, by=scene.local, at=AT)
    assert fresh(made).state == "planned"
    assert not visible_to(scene.person).exists()


def test_a_wrong_list_is_opened_again(scene: Scene) -> None:
    made = sent(scene, scene.placement)
    with pytest.raises(GatheringError, match="还没有登记"):
        services.reopen_attendance(made, by=scene.local, at=AT)
    closed(scene, made, {invited(made, scene.placement).pk: "生病"})
    with pytest.raises(GatheringError, match="不能再改"):
        services.invite(made, [scene.other], by=scene.local, at=AT)
    with pytest.raises(NotAllowedError):
        services.reopen_attendance(made, by=scene.host, at=AT)
    services.reopen_attendance(made, by=scene.local, at=AT)
    assert (fresh(made).state, invited(made, scene.placement).absence) == ("sent", "")


def test_the_organiser_alone_is_asked_who_came_from_the_day_after(scene: Scene) -> None:
    made = sent(scene, scene.placement)
    planned(scene, title="没有名单")

    def asked(user, on) -> list[str]:
        lines = waiting_for(user, on)
        assert len(lines) == count_waiting(user, on)
        return [one.title for one in lines if "到会" in one.title]

    assert asked(scene.local, DAY) == []
    assert asked(scene.local, DAY + ONE) == ["登记到会情况：半年座谈"]
    for user in (scene.host, scene.home_clerk, scene.person):
        assert asked(user, DAY + ONE) == []
    closed(scene, made)
    assert asked(scene.local, DAY + ONE) == []


def test_it_stands_in_the_calendar_of_those_who_come_and_of_the_organiser(scene: Scene) -> None:
    made = sent(scene, scene.placement, last_day=DAY + ONE, hours="9:00", contact="王干事")
    draft = planned(scene, scene.placement, title="拟定中")
    first, last = DAY - ONE, DAY + 3 * ONE
    (found,) = occasions_of(scene.person, first, last)
    assert (found.title, found.starts_on, found.ends_on) == ("半年座谈", DAY, DAY + 2 * ONE)
    assert found.text == "9:00 · 县委党校 · 王干事"
    assert [found.is_on(DAY + n * ONE) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    assert [one.title for one in occasions_of(scene.local, first, last)] == ["半年座谈", draft.title]
    for user in (scene.host, scene.home_clerk, scene.leader):
        assert occasions_of(user, first, last) == []
    assert list(coming(scene.person, DAY + ONE, last)) == [made]
    assert list(coming(scene.person, DAY + 2 * ONE, last)) == []
    assert list(coming(scene.person, first, DAY)) == []


def test_the_panel_of_a_placement_knows_what_was_attended(scene: Scene) -> None:
    made = sent(scene, scene.placement)
    planned(scene, scene.placement, title="拟定中")
    assert [(one.gathering, one.absence) for one in attended(scene.placement)] == [(made, "")]
    closed(scene, made, {invited(made, scene.placement).pk: "生病"})
    assert [one.absence for one in attended(scene.placement)] == ["生病"]
    services.cancel_gathering(
        sent(scene, scene.placement, title="取消的"), words="防汛", by=scene.local, at=AT
    )
    assert [one.gathering for one in attended(scene.placement)] == [made]


def test_only_the_organiser_acts(scene: Scene) -> None:
    made = sent(scene, scene.placement)
    clerk = make_user(Role.HOST_UNIT, scene.department, name="县里接收单位账号")
    for by in (scene.host, scene.home_clerk, scene.person, clerk):
        for act in (
            lambda by=by: services.invite(made, [scene.other], by=by, at=AT),
            lambda by=by: services.uninvite(made, [], by=by, at=AT),
            lambda by=by: services.send_gathering(made, by=by, on=ON, at=AT),
            lambda by=by: services.cancel_gathering(made, words="x", by=by, at=AT),
            lambda by=by: services.reinstate_gathering(made, by=by, at=AT),
            lambda by=by: services.keep_material(made, "a.pdf", b"%PDF", "application/pdf", by=by, at=AT),
        ):
            with pytest.raises(NotAllowedError):
                act()
