"""Urgent matters: one line, known at once, acknowledged by a named person or passed upwards."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.daily_work.scene import AT, ON, Scene, make_scene
from tests.makers import make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.daily_work.models import UrgentMatter, UrgentOffice
from secondment.daily_work.queries import urgent_of
from secondment.daily_work.services import (
    UrgentLineError,
    UrgentStateError,
    WordsMissingError,
    acknowledge_urgent,
    escalate_urgent,
    report_urgent,
    reveal_line,
    urgent,
)
from secondment.daily_work.tasks import escalate
from secondment.daily_work.urgent_lists import DONE, OVERDUE, WAITING, state_of, waits_of
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.placements.choices import PlacementState

LINE = "今晨下村途中摔伤，已送县医院"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def tell(scene: Scene, by: object = None, **fields: object) -> UrgentMatter:
    fields.setdefault("kind", "accident")
    fields.setdefault("line", LINE)
    fields.setdefault("at", AT)
    return report_urgent(scene.people[0], by=by or scene.host_clerk(), **fields).matter


def offices(matter: UrgentMatter) -> set[tuple[str, str, bool]]:
    return set(matter.offices.values_list("unit__name", "role", "is_teller"))


def test_home_unit_and_department_know_at_once(scene: Scene) -> None:
    home = scene.home_clerk()
    matter = tell(scene)
    host = scene.people[0].host_unit.name
    assert offices(matter) == {
        (host, Role.HOST_UNIT, True),
        (scene.home.name, Role.HOME_UNIT, False),
        (scene.root.name, Role.ORGANISATION_DEPARTMENT, False),
    }
    assert set(Notice.objects.values_list("recipient", flat=True)) == {home.pk, scene.owner.pk}
    owed = Obligation.objects.filter(kind="urgent_matter", state=ObligationState.OPEN)
    assert set(owed.values_list("unit__name", "due_on")) == {
        (scene.home.name, dt.date(2026, 10, 9)),
        (scene.root.name, dt.date(2026, 10, 9)),
    }
    assert matter.due_at == AT + 24 * HOUR


def test_the_line_is_sealed_and_no_message_or_event_says_it(scene: Scene) -> None:
    matter = tell(scene)
    assert LINE.encode() not in bytes(matter.line_sealed)
    assert matter.line == LINE
    told = [one.title + one.body for one in Notice.objects.all()]
    told += [str(one.details) + one.object_label for one in AuditEvent.objects.all()]
    assert not any("摔伤" in one for one in told)


@pytest.mark.parametrize(("n", "is_taken"), [(0, False), (1, True), (99, True), (100, True), (101, False)])
def test_a_line_has_one_to_a_hundred_characters(scene: Scene, n: int, is_taken: bool) -> None:
    if is_taken:
        assert len(tell(scene, line="伤" * n).line) == n
        return
    with pytest.raises(UrgentLineError) as refused:
        tell(scene, line="伤" * n)
    assert refused.value.field == "line"
    assert not UrgentMatter.objects.exists()


def test_names_and_offices_are_checked(scene: Scene) -> None:
    assert tell(scene, told_by="张" * 40).told_by == "张" * 40
    with pytest.raises(UrgentLineError, match="来电人最多40个字"):
        tell(scene, told_by="张" * 41, line="另一件事")
    with pytest.raises(UrgentLineError, match="纪检督查"):
        tell(scene, discipline=make_unit(), line="另一件事")


def test_the_discipline_office_is_told_where_it_is_chosen(scene: Scene) -> None:
    inspector = make_user(Role.INSPECTOR, scene.root)
    unchosen = tell(scene, kind="discipline", line="有群众反映收受礼品")
    assert not urgent_of(inspector).filter(pk=unchosen.pk).exists()
    chosen = tell(scene, kind="discipline", line="有群众反映收受礼金", discipline=scene.root)
    assert urgent_of(inspector).get() == chosen
    assert (scene.root.name, Role.INSPECTOR, False) in offices(chosen)


def test_the_same_line_again_within_a_day_is_the_same_matter(scene: Scene) -> None:
    first = tell(scene)
    again = report_urgent(
        scene.people[0], kind="accident", line=f" {LINE} ", by=scene.home_clerk(), at=AT + 23 * HOUR
    )
    assert (again.matter, again.is_new) == (first, False)
    assert tell(scene, line="另一件事") != first
    assert tell(scene, at=AT + 24 * HOUR) != first


def test_who_may_tell(scene: Scene) -> None:
    own = make_user(Role.SECONDEE, scene.home)
    person = scene.people[0].person
    person.account = own
    person.save()
    county = make_user(Role.ORGANISATION_DEPARTMENT, scene.county)
    tellers = {
        scene.host_clerk(): scene.people[0].host_unit.name,
        scene.home_clerk(): scene.home.name,
        county: scene.people[0].host_unit.name,
    }
    for at, (by, office) in enumerate(tellers.items()):
        matter = tell(scene, by, line=f"第{at}件")
        assert {name for name, _role, is_teller in offices(matter) if is_teller} == {office}
    for at, by in enumerate((own, scene.owner)):
        matter = tell(scene, by, line=f"另{at}件")
        assert not any(is_teller for _name, _role, is_teller in offices(matter))
    for by in (make_user(Role.HOST_UNIT, scene.townships[1]), make_user(Role.LEADER, scene.root)):
        with pytest.raises(NotAllowedError):
            tell(scene, by, line="不相干")


def test_only_of_somebody_on_a_placement(scene: Scene) -> None:
    placement = scene.people[0]
    placement.state = PlacementState.ENDED
    placement.save()
    with pytest.raises(UrgentStateError, match="不在挂职期内"):
        tell(scene)


def test_a_named_person_takes_note_and_what_is_owed_ends(scene: Scene) -> None:
    matter = tell(scene)
    home = scene.home_clerk()
    acknowledge_urgent(matter, by=home, on=ON, at=AT + HOUR / 2)
    matter.refresh_from_db()
    assert (matter.acknowledged_by, matter.minutes_waited, matter.next_at) == (home, 30, None)
    assert not Obligation.objects.filter(kind="urgent_matter", state=ObligationState.OPEN).exists()
    with pytest.raises(UrgentStateError, match="已经签收过了"):
        acknowledge_urgent(matter, by=scene.owner, on=ON, at=AT + HOUR)


def test_nobody_acknowledges_what_they_told_nor_does_their_office(scene: Scene) -> None:
    matter = tell(scene)
    with pytest.raises(NotAllowedError):
        acknowledge_urgent(matter, by=scene.host_clerk(), on=ON, at=AT + HOUR)
    called = tell(scene, scene.owner, line="来电：家中老人病重", kind="family")
    scene.home_clerk()
    with pytest.raises(NotAllowedError):
        acknowledge_urgent(called, by=scene.owner, on=ON, at=AT + HOUR)
    acknowledge_urgent(called, by=make_user(Role.ORGANISATION_DEPARTMENT, scene.root), on=ON, at=AT + HOUR)


def test_the_clerk_who_took_the_call_writes_down_who_took_note_at_a_home_unit_without_account(
    scene: Scene,
) -> None:
    matter = tell(scene, scene.owner)
    with pytest.raises(WordsMissingError) as refused:
        acknowledge_urgent(matter, by=scene.owner, on=ON, at=AT + HOUR)
    assert refused.value.field == "name"
    acknowledge_urgent(matter, name=" 李处长 ", by=scene.owner, on=ON, at=AT + HOUR)
    matter.refresh_from_db()
    assert (matter.acknowledged_for, matter.acknowledged_by) == ("李处长", scene.owner)


@pytest.mark.parametrize(("hours", "n"), [(23, 0), (24, 0), (25, 1)])
def test_after_a_day_it_goes_to_the_next_office(scene: Scene, hours: int, n: int) -> None:
    leader = make_user(Role.LEADER, scene.root)
    matter = tell(scene)
    escalate(at=AT + hours * HOUR)
    assert urgent_of(leader).count() == n
    assert UrgentOffice.objects.filter(matter=matter, is_next=True).count() == n
    if n:
        assert Notice.objects.filter(recipient=leader).count() == 1
        assert AuditEvent.objects.filter(action="urgent_matter.escalate").count() == 1


def test_the_department_above_comes_before_leaders_and_then_nobody_is_left(db: None) -> None:
    scene = make_scene()
    placement = scene.people[0]
    placement.owner_unit = scene.county
    placement.save()
    leader = make_user(Role.LEADER, scene.county)
    matter = tell(scene)
    assert escalate_urgent(at=AT + 25 * HOUR) == 1
    assert urgent_of(scene.owner).get() == matter
    assert not urgent_of(leader).exists()
    assert escalate_urgent(at=AT + 48 * HOUR) == 0
    assert escalate_urgent(at=AT + 50 * HOUR) == 1
    assert urgent_of(leader).get() == matter
    assert escalate_urgent(at=AT + 80 * HOUR) == 0
    matter.refresh_from_db()
    assert matter.next_at is None
    acknowledge_urgent(matter, by=leader, on=ON, at=AT + 81 * HOUR)


def test_without_an_office_above_and_without_leaders_it_stays_with_those_who_know(scene: Scene) -> None:
    matter = tell(scene)
    assert escalate_urgent(at=AT + 25 * HOUR) == 0
    matter.refresh_from_db()
    assert (matter.next_at, matter.offices.count()) == (None, 3)


def test_what_is_acknowledged_while_it_is_passed_on_stays(scene: Scene, monkeypatch) -> None:
    make_user(Role.LEADER, scene.root)
    matter = tell(scene)
    lock = urgent._locked

    def acknowledged_first(row: UrgentMatter) -> UrgentMatter:
        UrgentMatter.objects.filter(pk=row.pk).update(acknowledged_at=AT + HOUR)
        return lock(row)

    monkeypatch.setattr(urgent, "_locked", acknowledged_first)
    assert escalate_urgent(at=AT + 25 * HOUR) == 0
    assert matter.offices.count() == 3


def test_what_is_acknowledged_goes_no_further(scene: Scene) -> None:
    make_user(Role.LEADER, scene.root)
    acknowledge_urgent(tell(scene), by=scene.owner, on=ON, at=AT + HOUR)
    assert escalate_urgent(at=AT + 100 * HOUR) == 0


def test_hours_to_acknowledgement_median_and_worst(scene: Scene) -> None:
    for at, minutes in enumerate((30, 90, 600)):
        matter = tell(scene, line=f"第{at}件")
        acknowledge_urgent(matter, by=scene.owner, on=ON, at=AT + dt.timedelta(minutes=minutes))
    late = tell(scene, line="没人管")
    rows = UrgentMatter.objects.all()
    now = AT + 25 * HOUR
    assert waits_of(rows, now).__dict__ == {
        "n": 4,
        "n_waiting": 1,
        "n_overdue": 1,
        "median": "1.5",
        "worst": "10.0",
    }
    assert state_of(late, AT + 24 * HOUR) == WAITING
    assert state_of(late, now) == OVERDUE
    assert state_of(rows.exclude(acknowledged_at=None)[0], now) == DONE
    assert waits_of(rows.none(), now).worst == ""
    assert waits_of(rows, AT + dt.timedelta(days=366)).n == 0


def test_the_person_sees_what_they_told_and_not_what_others_tell_of_them(scene: Scene) -> None:
    own = make_user(Role.SECONDEE, scene.home)
    person = scene.people[0].person
    person.account = own
    person.save()
    tell(scene, kind="discipline", line="有群众反映收受礼品")
    mine = tell(scene, own, line="我今晨摔伤")
    assert urgent_of(own).get() == mine


def test_every_look_at_a_line_about_a_body_is_on_record(scene: Scene, signed_in) -> None:
    matter = tell(scene)
    client = signed_in(scene.owner)
    assert LINE not in text_of(client.get(f"/daily/urgent/{matter.pk}/"))
    assert LINE in text_of(client.post(f"/daily/urgent/{matter.pk}/line/"))
    assert AuditEvent.objects.get(action="urgent_matter.reveal").actor_id == scene.owner.pk
    assert reveal_line(matter, by=scene.owner, at=AT) == LINE
    plain = tell(scene, kind="petition", line="有人到镇里反映分红问题")
    assert "分红问题" in text_of(client.get(f"/daily/urgent/{plain.pk}/"))


def test_the_page_takes_one_line_and_says_its_number(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    page = text_of(client.get("/daily/urgent/new/"))
    assert scene.people[0].person.name in page
    data = {"placement": scene.people[0].pk, "kind": "accident", "line": "伤" * 101}
    assert not UrgentMatter.objects.exists()
    client.post("/daily/urgent/new/", data)
    assert not UrgentMatter.objects.exists()
    answer = client.post("/daily/urgent/new/", data | {"line": LINE}, follow=True)
    matter = UrgentMatter.objects.get()
    assert f"已受理，第 {matter.pk} 号" in text_of(answer)
    again = client.post("/daily/urgent/new/", data | {"line": LINE}, follow=True)
    assert "没有重复发送" in text_of(again)


def test_a_department_chooses_whom_and_the_discipline_office(scene: Scene, signed_in) -> None:
    scene.add()
    make_user(Role.INSPECTOR, scene.root)
    client = signed_in(scene.owner)
    assert "请选择" in text_of(client.get("/daily/urgent/new/"))
    path = f"/daily/urgent/new/?placement={scene.people[1].pk}"
    assert "同时报送纪检督查" in text_of(client.get(path))
    data = {
        "placement": scene.people[1].pk,
        "kind": "discipline",
        "line": "收礼",
        "discipline": scene.root.pk,
    }
    client.post(path, data | {"told_by": "王书记"})
    matter = UrgentMatter.objects.get()
    assert (matter.told_by, matter.placement) == ("王书记", scene.people[1])
    assert (scene.root.name, Role.INSPECTOR, False) in offices(matter)
    assert client.get("/daily/urgent/new/?placement=0").status_code == 404


def test_the_secondee_is_not_asked_who_called(scene: Scene, signed_in) -> None:
    own = make_user(Role.SECONDEE, scene.home)
    person = scene.people[0].person
    person.account = own
    person.save()
    assert "来电人" not in text_of(signed_in(own).get("/daily/urgent/new/"))


def test_a_button_acknowledges_and_a_name_is_asked_for_where_it_is_written_down(
    scene: Scene, signed_in
) -> None:
    matter = tell(scene, scene.owner)
    client = signed_in(scene.owner)
    path = f"/daily/urgent/{matter.pk}/acknowledge/"
    assert "请写明是派出单位的哪一位知道了" in text_of(client.post(path, {"name": ""}))
    assert "已签收" in text_of(client.post(path, {"name": "李处长"}, follow=True))
    assert "李处长" in text_of(client.get("/daily/urgent/"))


def test_the_list_is_filtered(scene: Scene, signed_in, monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + 25 * HOUR)
    tell(scene)
    client, name = signed_in(scene.owner), scene.people[0].person.name
    for query, is_there in (
        ("state=waiting", True),
        ("state=overdue", True),
        ("state=done", False),
        ("kind=accident", True),
        ("kind=petition", False),
        (f"unit={scene.home.name}", True),
        ("unit=没有的单位", False),
        (f"name={name}", True),
        ("name=无名", False),
    ):
        rows = list(client.get(f"/daily/urgent/?{query}").context["listing"].rows())
        assert bool(rows) == is_there, query


def test_queries_do_not_grow_with_the_matters(scene: Scene, signed_in) -> None:
    tell(scene)
    client = signed_in(scene.owner)
    client.get("/daily/urgent/")
    with CaptureQueriesContext(connection) as once:
        client.get("/daily/urgent/")
    for at in range(8):
        tell(scene, line=f"第{at}件")
    with CaptureQueriesContext(connection) as often:
        client.get("/daily/urgent/")
    assert len(often) <= len(once)
