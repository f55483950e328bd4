"""Joint effort: three parties side by side, and lines that are cut, by one predicate."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.daily_work.scene import AT, Scene, ask_for_records, make_scene
from tests.makers import make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.daily_work.joint_effort import columns_of
from secondment.daily_work.models import HomeNotice, HostReport
from secondment.daily_work.queries import in_post_overseen
from secondment.daily_work.silence import LastWords, silent_offices
from secondment.daily_work.views.panels import joint_panel
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.talks.models import Talk, TalkPerson

BEGAN = dt.date(2026, 1, 5)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def at_noon(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 4, tzinfo=dt.UTC)


def record(model: type, placement: Placement, day: dt.date, **texts: object):
    starts_on = dt.date(day.year, 1, 1)
    return model.objects.create(
        placement=placement,
        starts_on=starts_on,
        ends_on=dt.date(day.year, 4, 1),
        handed_in_by=make_user(),
        handed_in_at=at_noon(day),
        is_current=False,
        **texts,
    )


def is_silent(placement: Placement, side: Role, on: dt.date) -> bool:
    return LastWords.of([placement.pk], on).is_silent(placement, side)


@pytest.mark.parametrize(("days", "expected"), [(89, False), (90, False), (91, True)])
def test_a_home_unit_is_silent_after_ninety_days(scene: Scene, days: int, expected: bool) -> None:
    placement, told_on = scene.people[0], dt.date(2026, 5, 1)
    record(HomeNotice, placement, told_on, logistics="体检")
    assert is_silent(placement, Role.HOME_UNIT, told_on + dt.timedelta(days=days)) == expected


@pytest.mark.parametrize(
    ("side", "is_withdrawn", "expected"),
    [("home", False, False), ("home", True, True), ("host", False, True), ("department", False, True)],
)
def test_a_talk_of_the_home_unit_is_a_word_of_it(scene: Scene, side, is_withdrawn, expected) -> None:
    placement, held_on = scene.people[0], dt.date(2026, 5, 1)
    talk = Talk.objects.create(
        held_on=held_on,
        kind="heart",
        side=side,
        unit=placement.home_unit,
        talker="处长",
        recorded_by=make_user(),
        recorded_at=AT,
        is_withdrawn=is_withdrawn,
    )
    TalkPerson.objects.create(talk=talk, placement=placement)
    assert is_silent(placement, Role.HOME_UNIT, held_on + dt.timedelta(days=90)) == expected
    assert is_silent(placement, Role.HOST_UNIT, dt.date(2026, 10, 8))
    (office,) = [
        one
        for one in silent_offices([placement], held_on + dt.timedelta(days=91))
        if one.side == Role.HOME_UNIT
    ]
    assert office.longest == (91 if side == "home" and not is_withdrawn else (held_on - BEGAN).days + 91)


@pytest.mark.parametrize(("days", "expected"), [(90, False), (91, True)])
def test_before_the_first_word_the_first_day_counts(scene: Scene, days: int, expected: bool) -> None:
    assert is_silent(scene.people[0], Role.HOME_UNIT, BEGAN + dt.timedelta(days=days)) == expected


def test_a_notice_without_matters_reaches_nobody(scene: Scene) -> None:
    placement = scene.people[0]
    record(HomeNotice, placement, dt.date(2026, 5, 1), has_no_matters=True)
    assert is_silent(placement, Role.HOME_UNIT, dt.date(2026, 5, 2))


def test_a_programme_sets_the_days_of_contact(db: None) -> None:
    placement = make_scene(contact_days=30).people[0]
    assert not is_silent(placement, Role.HOME_UNIT, BEGAN + dt.timedelta(days=30))
    assert is_silent(placement, Role.HOME_UNIT, BEGAN + dt.timedelta(days=31))


@pytest.mark.parametrize(
    ("told_on", "on", "expected"),
    [
        # the third quarter passes without a word
        (dt.date(2026, 6, 30), dt.date(2026, 9, 30), False),
        (dt.date(2026, 6, 30), dt.date(2026, 10, 1), True),
        # a word on its first or last day
        (dt.date(2026, 7, 1), dt.date(2026, 10, 1), False),
        (dt.date(2026, 9, 30), dt.date(2026, 10, 1), False),
        (dt.date(2026, 9, 30), dt.date(2026, 12, 31), False),
        (dt.date(2026, 9, 30), dt.date(2027, 1, 1), True),
    ],
)
def test_a_host_is_silent_after_a_whole_quarter_without_a_word(
    scene: Scene, told_on: dt.date, on: dt.date, expected: bool
) -> None:
    placement = scene.people[0]
    record(HostReport, placement, told_on, has_no_news=True)
    assert is_silent(placement, Role.HOST_UNIT, on) == expected


def test_a_programme_with_half_yearly_reports_has_half_a_year(db: None) -> None:
    placement = make_scene(host_report_months=6).people[0]
    record(HostReport, placement, dt.date(2026, 6, 30), work="修路")
    assert not is_silent(placement, Role.HOST_UNIT, dt.date(2026, 12, 31))
    assert is_silent(placement, Role.HOST_UNIT, dt.date(2027, 1, 1))


def test_who_was_recorded_later_is_not_silent_for_the_time_before(scene: Scene) -> None:
    placement = scene.people[0]
    placement.recorded_on = dt.date(2026, 9, 1)
    assert not is_silent(placement, Role.HOME_UNIT, dt.date(2026, 11, 30))
    assert is_silent(placement, Role.HOME_UNIT, dt.date(2026, 12, 1))


def test_nobody_is_silent_about_somebody_who_is_not_in_post(scene: Scene) -> None:
    placement = scene.people[0]
    placement.state = PlacementState.ENDED
    assert not is_silent(placement, Role.HOME_UNIT, dt.date(2027, 1, 1))
    assert not is_silent(placement, Role.HOST_UNIT, dt.date(2027, 1, 1))


def test_a_word_of_tomorrow_is_not_yet_spoken(scene: Scene) -> None:
    placement = scene.people[0]
    record(HomeNotice, placement, dt.date(2026, 9, 2), logistics="体检")
    words = LastWords.of([placement.pk], dt.date(2026, 9, 1))
    assert words.last(placement, Role.HOME_UNIT) is None


def test_the_number_in_the_list_is_the_number_of_red_columns(
    scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = dt.date(2026, 10, 8)
    monkeypatch.setattr(timezone, "localdate", lambda *_given: on)
    for township in (0, 1, 1):
        scene.add(township)
    told = dt.date(2026, 8, 1)
    record(HostReport, scene.people[0], told, work="修路")
    record(HomeNotice, scene.people[0], told, logistics="体检")
    record(HostReport, scene.people[1], told, work="修路")
    record(HomeNotice, scene.people[2], told, logistics="体检")
    ended = scene.add()
    Placement.objects.filter(pk=ended.pk).update(state=PlacementState.ENDED)
    rows = list(in_post_overseen(scene.owner))
    offices = silent_offices(rows, on)
    panels = [joint_panel(scene.owner, one).data for one in rows]
    n_red = sum(column.is_silent for panel in panels for column in panel.columns)
    assert n_red == sum(one.n for one in offices) == 4
    assert sum(panel.is_red for panel in panels) == 3
    (home,) = (one for one in offices if one.side == Role.HOME_UNIT)
    assert (home.unit, home.n, home.longest) == (scene.home.name, 2, (on - BEGAN).days)
    page = text_of(signed_in(scene.owner).get("/daily/silence/"))
    assert "断线：4" in page
    for one in scene.people:
        assert one.person.name not in page


def test_a_department_hands_in_from_the_list_and_a_leader_reads_it(
    scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: dt.date(2026, 10, 8))
    content = signed_in(scene.owner).get("/daily/silence/").content.decode()
    assert f"/daily/host/?unit={scene.people[0].host_unit_id}" in content
    assert "/daily/notices/" in content
    leader = make_user(Role.LEADER, scene.root)
    assert "/daily/host/?unit" not in signed_in(leader).get("/daily/silence/").content.decode()


@pytest.mark.parametrize(("query", "n"), [("", 2), ("?side=home_unit", 1), ("?unit=没有的单位", 0)])
def test_the_list_is_filtered(
    scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch, query: str, n: int
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: dt.date(2026, 10, 8))
    rows = signed_in(scene.owner).get(f"/daily/silence/{query}").context["listing"].rows()
    assert len(list(rows)) == n


def test_columns_say_what_was_owed_done_late_and_comes_next(scene: Scene) -> None:
    placement = scene.people[0]
    ask_for_records(on=dt.date(2026, 10, 8))
    host, home, department = columns_of(placement, dt.date(2026, 10, 8))
    assert [one.role for one in (host, home, department)] == [
        Role.HOST_UNIT,
        Role.HOME_UNIT,
        Role.ORGANISATION_DEPARTMENT,
    ]
    assert (host.unit, home.unit, department.unit) == (
        placement.host_unit.name,
        scene.home.name,
        scene.root.name,
    )
    late = {one.title: one.days_late for one in host.acts}
    assert late["2026年9月在岗确认"] == 3
    assert host.next_due_on == dt.date(2026, 10, 10)
    assert home.next_due_on == dt.date(2026, 10, 10)
    assert (department.acts, department.next_due_on, department.has_contacts) == ([], None, False)
    assert (host.n_done, host.n_late, host.worst) == (0, len(host.acts), max(late.values()))
    assert department.worst == 0


def test_what_was_done_is_said_with_its_day(scene: Scene) -> None:
    from secondment.daily_work.content import Presence
    from secondment.daily_work.services import Entry, confirm_presence

    on = dt.date(2026, 9, 28)
    entry = Entry(scene.people[0], Presence())
    confirm_presence([entry], dt.date(2026, 10, 1), by=scene.host_clerk(), on=on, at=AT)
    (host, *_others) = columns_of(scene.people[0], on)
    (act,) = (one for one in host.acts if one.done_on)
    assert (act.due_on, act.done_on, act.days_late) == (dt.date(2026, 10, 5), on, 0)
    assert host.n_done == 1
    # due on 5 October 2026: it is of the year until a year after that day
    assert columns_of(scene.people[0], dt.date(2027, 10, 4))[0].n_done == 1
    assert columns_of(scene.people[0], dt.date(2027, 10, 5))[0].n_done == 0


def test_nothing_comes_next_after_the_term(db: None) -> None:
    scene = make_scene(0)
    placement = scene.add(ends_on=dt.date(2026, 9, 1))
    assert [one.next_due_on for one in columns_of(placement, dt.date(2026, 10, 8))] == [None] * 3


def test_the_panel_is_there_once_somebody_works_and_every_reader_sees_three_parties(
    scene: Scene, signed_in
) -> None:
    own = make_user(Role.SECONDEE, scene.home)
    person = scene.people[0].person
    person.account = own
    person.save()
    for user in (own, scene.home_clerk(), scene.host_clerk(), scene.owner):
        page = text_of(signed_in(user).get(f"/placements/{scene.people[0].pk}/"))
        assert "合力" in page
    placement = scene.people[0]
    placement.state = PlacementState.APPOINTED
    assert joint_panel(scene.owner, placement) is None


def test_queries_of_the_list_do_not_grow(scene: Scene, django_assert_num_queries) -> None:
    on = dt.date(2026, 10, 8)
    silent_offices(list(in_post_overseen(scene.owner)), on)
    for n in (1, 6):
        while len(scene.people) < n:
            scene.add()
        with django_assert_num_queries(4):  # people, reports, notices, talks of the home unit
            silent_offices(list(in_post_overseen(scene.owner)), on)
