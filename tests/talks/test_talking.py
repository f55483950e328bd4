"""Talks: recorded once, refused with the reason, read by whom, and what follows from them."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.pages import text_of
from tests.talks.scene import AT, ENDS_ON, ON, STARTS_ON, Scene, item

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.documents.models import Paper
from secondment.documents.papers.services import file_paper
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.services import bring_up_to_date
from secondment.obligations.waiting import count_waiting, waiting_for
from secondment.placements.choices import PlacementState
from secondment.talks import services
from secondment.talks.errors import FollowUpError, TalkError, WordsMissingError
from secondment.talks.models import FollowUp, Talk
from secondment.talks.papers import RECORD
from secondment.talks.queries import items_visible_to, placements_of, visible_to, with_names
from secondment.talks.rules import may_read_points

ONE_DAY = dt.timedelta(days=1)


def waiting_items(user) -> list[str]:
    """Lines of the to-do list that talks bring, beside duties of other rooms."""
    lines = [one.title for one in waiting_for(user, ON)]
    assert count_waiting(user, ON) == len(lines)
    return [one for one in lines if one.startswith("谈话跟进")]


def refused(scene: Scene, **fields) -> TalkError:
    with pytest.raises(TalkError) as found:
        scene.talk(**fields)
    assert not Talk.objects.exists()
    return found.value


def test_a_talk_with_a_group_is_one_entry_and_the_same_again_is_that_one(scene: Scene) -> None:
    talk = scene.group(points="关心家属就医", items=[item()])
    assert scene.group(points="关心家属就医", items=[item()]) == talk
    assert Talk.objects.count() == FollowUp.objects.count() == 1
    assert {one.placement for one in talk.people.all()} == {scene.placement, scene.other}
    assert (talk.points, talk.source, str(talk)) == ("关心家属就医", "own", "2026-11-02 日常谈心")
    assert "关心" not in str(Talk.objects.values().get())
    event = AuditEvent.objects.get(action="talk.record")
    assert (event.details, event.unit_path) == ({"day": "2026-11-02", "people": 2}, scene.department.path)
    assert scene.talk() != talk


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"held_on": ON + ONE_DAY}, "held_on", "谈话日期还没有到"),
        ({"held_on": STARTS_ON - ONE_DAY}, "held_on", "不在张三的挂职期内（2026-01-05至2028-01-04）"),
        ({"held_on": ENDS_ON, "on": ENDS_ON}, "held_on", "不在张三的挂职期内"),
        ({"placements": []}, "placements", "没有选谈话对象"),
    ],
)
def test_what_cannot_have_been_is_refused_with_the_field(scene: Scene, fields, field, words) -> None:
    error = refused(scene, **fields)
    assert error.field == field
    assert words in str(error)


def test_first_and_last_day_of_the_term_are_taken_and_an_arrival_may_come_earlier(scene: Scene) -> None:
    scene.talk(held_on=STARTS_ON)
    scene.talk(held_on=ENDS_ON - ONE_DAY, on=ENDS_ON)
    scene.talk(held_on=STARTS_ON - ONE_DAY, kind="arrival")
    assert Talk.objects.count() == 3


def test_only_people_of_the_office_and_who_was_sent(scene: Scene) -> None:
    assert "李四不是示例镇的挂职干部" in str(refused(scene, placements=[scene.other]))
    home = {"unit": scene.home, "side": "home", "by": scene.home_clerk}
    scene.placement.home_unit = scene.township
    assert "张三不是示例厅的挂职干部" in str(refused(scene, **home))
    scene.placement.home_unit = scene.home
    scene.placement.state = PlacementState.DECIDED
    assert "张三还没有派出" in str(refused(scene))


def test_who_may_record(scene: Scene) -> None:
    for by in (scene.other_host, scene.home_clerk, scene.leader, scene.person):
        with pytest.raises(NotAllowedError):
            scene.talk(by=by)
    with pytest.raises(NotAllowedError):
        scene.talk(by=scene.home_clerk, unit=scene.root, side="department")
    assert scene.talk(by=scene.owner, talker="代为登记").unit == scene.township


def test_points_are_read_by_the_office_and_the_departments_alone(scene: Scene, signed_in) -> None:
    talk = scene.talk(points="个人困难要点", items=[item()])
    page = reverse("talks:talk_detail", args=[talk.pk])
    for reader in (scene.host, scene.local, scene.owner):
        assert "个人困难要点" in text_of(signed_in(reader).get(page))
    for reader in (scene.home_clerk, scene.person, scene.leader):
        text = text_of(signed_in(reader).get(page))
        assert "个人困难要点" not in text
        assert "协调一名农技专家" in text
    assert signed_in(scene.other_host).get(page).status_code == 404


def test_of_a_group_each_reader_meets_their_own_people(scene: Scene, signed_in) -> None:
    talk = scene.group(items=[item("给李四的话", placement=scene.other), item("给大家的话")])
    page = reverse("talks:talk_detail", args=[talk.pk])
    text = text_of(signed_in(scene.person).get(page))
    assert "张三等 2 人" in text
    assert "另有 1 人属于其他单位" in text
    assert "给大家的话" in text
    assert "李四" not in text
    assert "给李四的话" in text_of(signed_in(scene.local).get(page))
    shown = text_of(signed_in(scene.person).get(reverse("talks:talk_list"), {"name": "李四"}))
    assert "还没有谈话" in shown or "没有符合" in shown


def test_a_withdrawn_entry_stays_on_record_and_meets_nothing(scene: Scene) -> None:
    talk = scene.talk(items=[item()])
    with pytest.raises(WordsMissingError):
        services.withdraw_talk(talk, words=" ", by=scene.host, on=ON, at=AT)
    with pytest.raises(NotAllowedError):
        services.withdraw_talk(talk, words="错", by=scene.home_clerk, on=ON, at=AT)
    services.withdraw_talk(talk, words="人员选错", by=scene.host, on=ON, at=AT)
    with pytest.raises(TalkError, match="已经撤销"):
        services.withdraw_talk(talk, words="人员选错", by=scene.host, on=ON, at=AT)
    row = Talk.objects.get()
    assert (row.is_withdrawn, row.withdrawn_words, row.version) == (True, "人员选错", 2)
    assert len(waiting_items(scene.host)) == 0
    with pytest.raises(FollowUpError):
        services.close_follow_up(row.follow_ups.get(), is_done=True, words="", by=scene.host, on=ON, at=AT)
    assert scene.talk() != talk


class TestFollowUps:
    """Items until they are closed."""

    def test_the_office_that_sees_to_it_is_a_real_one(self, scene: Scene) -> None:
        owners = {"own": scene.township, "host": scene.village, "home": scene.home, "department": scene.root}
        for owner, unit in owners.items():
            talk = scene.talk(talker=owner, items=[item(owner=owner)])
            assert talk.follow_ups.get().unit == unit
        assert [one.recipient for one in Notice.objects.order_by("pk")] == [
            scene.home_clerk,
            scene.owner,
        ]

    def test_one_item_for_people_of_several_units_is_refused(self, scene: Scene) -> None:
        with pytest.raises(FollowUpError, match="分属2个单位"):
            scene.group(items=[item(owner="host")])
        assert not Talk.objects.exists()
        talk = scene.group(items=[item(owner="home"), item(owner="host", placement=scene.other)])
        assert [one.unit for one in talk.follow_ups.order_by("pk")] == [scene.home, scene.other.host_unit]

    @pytest.mark.parametrize(("due_on", "is_taken"), [(ON - ONE_DAY, False), (ON, True)])
    def test_the_day_is_not_before_the_talk(self, scene: Scene, due_on, is_taken) -> None:
        talk = scene.talk()
        new = item(due_on=due_on)
        if is_taken:
            assert services.add_follow_up(talk, new, by=scene.host, at=AT).due_on == due_on
            assert services.add_follow_up(talk, new, by=scene.host, at=AT) == talk.follow_ups.get()
        else:
            with pytest.raises(FollowUpError) as found:
                services.add_follow_up(talk, new, by=scene.host, at=AT)
            assert found.value.field == "due_on"

    def test_more_than_ten_are_one_line_that_leads_to_their_list(self, scene: Scene) -> None:
        talk = scene.talk(items=[item(owner="home", text=f"事项{n}") for n in range(5)])
        for n in range(5, 10):
            services.add_follow_up(talk, item(owner="home", text=f"事项{n}"), by=scene.host, at=AT)
        assert len(waiting_items(scene.home_clerk)) == 10
        services.add_follow_up(
            talk, item(owner="home", text="事项10", due_on=ON + ONE_DAY), by=scene.host, at=AT
        )
        assert waiting_items(scene.home_clerk) == ["谈话跟进：11 件待办"]
        (line,) = [one for one in waiting_for(scene.home_clerk, ON) if one.title.startswith("谈话跟进")]
        assert (line.path, line.unit) == (f"{reverse('talks:item_list')}?state=open", "1 个单位")
        assert line.due_on == min(talk.follow_ups.values_list("due_on", flat=True))

    def test_it_waits_for_the_office_until_it_is_closed_and_can_be_opened_again(self, scene: Scene) -> None:
        talk = scene.talk(items=[item(owner="home")])
        row = talk.follow_ups.get()
        assert waiting_items(scene.home_clerk) == ["谈话跟进：协调一名农技专家"]
        assert waiting_items(scene.host) == []
        for by in (scene.host, scene.person, scene.leader):
            with pytest.raises(NotAllowedError):
                services.close_follow_up(row, is_done=True, words="", by=by, on=ON, at=AT)
        with pytest.raises(WordsMissingError):
            services.close_follow_up(row, is_done=False, words="", by=scene.home_clerk, on=ON, at=AT)
        services.close_follow_up(row, is_done=False, words="没有经费", by=scene.home_clerk, on=ON, at=AT)
        row.refresh_from_db()
        assert (row.state, row.closed_on, row.closing_words) == ("not_possible", ON, "没有经费")
        assert Notice.objects.filter(recipient=scene.person).count() == 1
        assert len(waiting_items(scene.home_clerk)) == 0
        with pytest.raises(FollowUpError):
            services.close_follow_up(row, is_done=True, words="", by=scene.home_clerk, on=ON, at=AT)
        services.reopen_follow_up(row, by=scene.home_clerk, at=AT)
        with pytest.raises(FollowUpError):
            services.reopen_follow_up(row, by=scene.home_clerk, at=AT)
        with pytest.raises(NotAllowedError):
            services.reopen_follow_up(row, by=scene.host, at=AT)
        assert len(waiting_items(scene.home_clerk)) == 1
        services.close_follow_up(row, is_done=True, words="", by=scene.owner, on=ON, at=AT)
        row.refresh_from_db()
        assert row.state == "done"

    def test_the_department_is_asked_while_nobody_can_sign_in_for_the_office(self, scene: Scene) -> None:
        scene.talk(items=[item(owner="home")])
        assert len(waiting_items(scene.owner)) == 0
        RoleAssignment.objects.filter(user=scene.home_clerk, role=Role.HOME_UNIT).delete()
        assert len(waiting_items(scene.owner)) == 1

    def test_an_office_sees_the_talk_from_which_it_has_an_item(self, scene: Scene) -> None:
        talk = scene.group(items=[item(owner="host", placement=scene.other)])
        far = scene.other_host
        assert list(visible_to(far)) == [talk]
        assert items_visible_to(scene.host).count() == 0

    @pytest.mark.parametrize(("days", "is_late"), [(-1, False), (0, False), (1, True)])
    def test_late_begins_after_the_day(self, scene: Scene, days, is_late) -> None:
        row = scene.talk(items=[item(due_on=ON)]).follow_ups.get()
        assert row.is_late(ON + dt.timedelta(days=days)) is is_late


class TestDuties:
    """What a programme asks for, and what ends it."""

    def owed(self, state: str = ObligationState.OPEN) -> list[tuple[str, dt.date]]:
        rows = Obligation.objects.filter(kind__startswith="talks.", state=state).exclude(kind="talks.visit")
        return sorted((one.kind, one.due_on) for one in rows)

    def test_arrival_half_year_and_end(self, scene: Scene) -> None:
        scene.other.delete()
        bring_up_to_date(on=STARTS_ON)
        assert self.owed() == [
            ("talks.arrival", dt.date(2026, 1, 20)),
            ("talks.regular", dt.date(2026, 6, 30)),
        ]
        held = dt.date(2026, 1, 12)
        scene.talk(held_on=held, kind="arrival", on=held)
        assert self.owed() == []
        assert self.owed(ObligationState.MET) == [
            ("talks.arrival", dt.date(2026, 1, 20)),
            ("talks.regular", dt.date(2026, 6, 30)),
        ]
        eve = ENDS_ON - dt.timedelta(days=60)
        bring_up_to_date(on=eve - ONE_DAY)
        assert "talks.end" not in {kind for kind, _due in self.owed()}
        bring_up_to_date(on=eve)
        assert ("talks.end", ENDS_ON - dt.timedelta(days=30)) in self.owed()

    def test_a_talk_of_the_home_unit_meets_nothing_one_of_the_department_does(self, scene: Scene) -> None:
        scene.other.delete()
        bring_up_to_date(on=STARTS_ON)
        scene.talk(by=scene.home_clerk, unit=scene.home, side="home", held_on=STARTS_ON, on=STARTS_ON)
        assert len(self.owed()) == 2
        scene.talk(by=scene.local, unit=scene.department, side="department", held_on=STARTS_ON, on=STARTS_ON)
        assert self.owed() == []

    def test_the_line_leads_to_the_form_with_the_person_chosen(self, scene: Scene, signed_in) -> None:
        bring_up_to_date(on=STARTS_ON)
        line = next(one for one in waiting_for(scene.host, STARTS_ON) if "到任谈话" in one.title)
        assert line.path == f"/talks/new/?placement={scene.placement.pk}&kind=arrival"
        page = signed_in(scene.host).get(line.path).content.decode()
        assert '<option value="arrival" selected>' in page
        assert f'<option value="{scene.placement.pk}" selected>' in page


def test_lists_ask_as_often_for_one_row_as_for_many(scene: Scene, django_assert_num_queries) -> None:
    def ask() -> None:
        with django_assert_num_queries(3):
            rows = list(with_names(visible_to(scene.local), scene.local))
        for row in rows:
            assert [one.placement.person.name for one in row.seen]
            assert [one.unit.name for one in row.items]

    scene.group(items=[item()])
    ask()
    for n in range(5):
        scene.group(talker=f"部长{n}", items=[item()])
    ask()


def test_the_form_on_paper_is_for_those_who_read_points(scene: Scene, signed_in) -> None:
    talk = scene.talk(points="情况")
    of_home = scene.talk(by=scene.home_clerk, unit=scene.home, side="home", talker="处长")
    group = scene.group()
    seen = {
        scene.owner: {talk, of_home, group},
        scene.local: {talk, group},
        scene.host: {talk},
        scene.home_clerk: {of_home},
        scene.other_host: set(),
        scene.person: set(),
        scene.leader: set(),
    }
    for reader, expected in seen.items():
        assert set(RECORD.visible_to(reader)) == expected
        for one in (talk, of_home, group):
            assert may_read_points(reader, one, placements_of(one)) == (one in expected)
    assert (RECORD.subject_of(talk), RECORD.subject_of(group)) == (f"张三，{ON}", f"张三等2人，{ON}")
    page = reverse("documents:paper", args=["F10", talk.pk])
    detail = reverse("talks:talk_detail", args=[talk.pk])
    assert signed_in(scene.host).get(page).status_code == 200
    assert "盖章件" in text_of(signed_in(scene.host).get(detail)).split("谈话情况")[-1]
    for reader in (scene.person, scene.home_clerk):
        assert signed_in(reader).get(page).status_code == 404
        assert "盖章件" not in text_of(signed_in(reader).get(detail)).split("谈话情况")[-1]
    file_paper(RECORD, talk, scan=None, place="一号柜", replaces=None, by=scene.host, on=ON, at=AT)
    services.withdraw_talk(talk, words="人员选错", by=scene.host, on=ON, at=AT)
    assert RECORD.key_of(Talk.objects.get(pk=talk.pk)) is None
    assert not Paper.objects.filter(form="F10", is_current=True).exists()
