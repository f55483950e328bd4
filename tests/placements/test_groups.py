"""Work teams, provisional party branches and liaison groups: made, changed, dissolved, and what their leader sees."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.makers import (
    AT,
    ON,
    make_campaign,
    make_campaign_post,
    make_person,
    make_placement,
    make_post,
    make_unit,
    make_user,
)
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.notices.models import Notice
from secondment.people.models import Person
from secondment.placements.choices import GroupKind, GroupPosition, PlacementState
from secondment.placements.groups import groups_visible_to, leads, meeting_of, members_for, teams_of
from secondment.placements.models import GroupMember, Placement, PlacementGroup
from secondment.placements.queries import contacts_of
from secondment.placements.services.errors import GroupError
from secondment.placements.services.groups import (
    Roles,
    add_members,
    change_group,
    dissolve_group,
    make_group,
    make_group_of_team,
)
from secondment.placements.services.messages import Sent, write_to_group

DAY = dt.timedelta(days=1)
TERM = {"starts_on": dt.date(2026, 7, 1), "ends_on": dt.date(2100, 1, 1)}  # pages ask the clock


@pytest.fixture
def scene(scene):
    """Three people in post for different campaigns; the first two are of one home and one host unit."""
    Placement.objects.update(state=PlacementState.IN_POST, duties="抓党建", **TERM)
    Person.objects.filter(pk=scene.second.person_id).update(phone="000-222")
    scene.account = make_user(Role.SECONDEE, make_unit("另一厅", scene.root))
    person = make_person(scene.account.unit, name="周示例", name_key="zhou", account=scene.account)
    scene.third = make_placement(
        make_campaign(scene.root),
        person,
        make_post(make_unit("另一村", scene.root), title="镇长助理"),
        state=PlacementState.IN_POST,
        duties="抓产业",
        **TERM,
    )
    return scene


@pytest.fixture
def group(scene) -> PlacementGroup:
    """The second and third are in it; nobody leads it yet."""
    made = founded(scene)
    add_members(made, [scene.second, scene.third], by=scene.owner, at=AT)
    made.refresh_from_db()
    return made


def founded(scene, name="驻镇工作队", **fields) -> PlacementGroup:
    fields = {"kind": GroupKind.TEAM, "owner": scene.root, "founded_on": ON, "by": scene.owner, **fields}
    return make_group(name, on=ON, at=AT, **fields)


def changed(scene, group, roles=None, *, version=None, by=None, **words) -> PlacementGroup:
    words = {"name": group.name, "kind": group.kind, **words}
    roles = roles or Roles()
    return change_group(group, roles=roles, version=version, by=by or scene.owner, at=AT, **words)


def dissolved(scene, group, day=ON, *, by=None) -> PlacementGroup:
    return dissolve_group(group, dissolved_on=day, version=None, by=by or scene.owner, on=ON, at=AT)


def names(rows) -> set[str]:
    return {one.placement.person.name for one in rows}


def positions(group) -> dict[str, int]:
    return {
        one.placement.person.name: one.position for one in group.members.select_related("placement__person")
    }


def actions() -> list[str]:
    events = AuditEvent.objects.filter(action__startswith="group.").order_by("pk")
    return [one.action for one in events]


def url(name: str, *args: int) -> str:
    return reverse(f"placements:{name}", args=args)


class TestMaking:
    def test_one_event_and_the_unit_it_belongs_to(self, scene) -> None:
        made = founded(scene, " 驻镇工作队 ")
        assert (made.name, made.owner_unit, made.dissolved_on) == ("驻镇工作队", scene.root, None)
        assert actions() == ["group.make"]

    def test_only_an_organisation_department_for_its_own_unit(self, scene) -> None:
        for by, owner in (
            (scene.home_clerk, scene.home),
            (scene.owner, make_unit("别处")),
            (scene.owner, None),
        ):
            with pytest.raises(NotAllowedError):
                founded(scene, by=by, owner=owner)

    def test_not_after_today(self, scene) -> None:
        with pytest.raises(GroupError, match="不能晚于今天"):
            founded(scene, founded_on=ON + DAY)

    def test_a_name_is_free_again_once_the_group_is_dissolved(self, scene) -> None:
        first = founded(scene)
        with pytest.raises(GroupError, match="已有名为“驻镇工作队”"):
            founded(scene)
        dissolved(scene, first)
        assert founded(scene).pk != first.pk

    def test_the_database_keeps_names_days_and_one_leader(self, scene, group) -> None:
        row = PlacementGroup(name=group.name, kind="team", owner_unit=scene.root, founded_on=ON)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            PlacementGroup.objects.update(dissolved_on=ON - DAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            group.members.update(position=GroupPosition.LEADER)


class TestJoining:
    def test_the_same_people_come_once(self, scene, group) -> None:
        assert names(group.members.all()) == {"李示例", "周示例"}
        assert add_members(group, [scene.first, scene.second], by=scene.owner, at=AT) == 1
        assert add_members(group, [scene.first, scene.second], by=scene.owner, at=AT) == 0
        assert group.members.count() == 3
        assert actions() == ["group.make", "group.add_members", "group.add_members"]
        assert AuditEvent.objects.filter(action="group.add_members").latest("pk").details == {"n": 1}

    @pytest.mark.parametrize("state", [PlacementState.ENDED, PlacementState.CANCELLED])
    def test_what_is_over_is_refused_and_nobody_comes(self, scene, state) -> None:
        made = founded(scene)
        Placement.objects.filter(pk=scene.third.pk).update(state=state)
        with pytest.raises(GroupError, match="已结束或已取消"):
            add_members(made, [scene.first, scene.third], by=scene.owner, at=AT)
        assert made.members.count() == 0

    def test_before_the_notice_is_early_enough(self, scene) -> None:
        Placement.objects.filter(pk=scene.first.pk).update(state=PlacementState.DECIDED)
        assert add_members(founded(scene), [scene.first], by=scene.owner, at=AT) == 1

    def test_strangers_are_not_taken_in_and_others_take_nobody_in(self, scene, group) -> None:
        stranger = make_placement(state=PlacementState.IN_POST, **TERM)
        with pytest.raises(NotAllowedError):
            add_members(group, [stranger], by=scene.owner, at=AT)
        with pytest.raises(NotAllowedError):
            add_members(group, [scene.first], by=scene.home_clerk, at=AT)

    def test_an_organisation_department_of_any_side_may(self, scene) -> None:
        by = make_user(Role.ORGANISATION_DEPARTMENT, scene.home)
        made = founded(scene, owner=scene.home, by=by)
        assert add_members(made, [scene.first], by=by, at=AT) == 1
        with pytest.raises(NotAllowedError):
            add_members(made, [scene.third], by=by, at=AT)


class TestTeams:
    @pytest.fixture
    def team(self, scene):
        for post in (scene.first.post, scene.second.post):
            make_campaign_post(scene.campaign, post, team="1")
        make_campaign_post(scene.campaign, make_post(scene.host), team="2")  # nobody was decided on
        return scene

    def test_one_click_and_the_second_finds_it(self, team, signed_in) -> None:
        assert teams_of(team.owner) == [(team.campaign.pk, "第一批", "1", 2)]
        client = signed_in(team.owner)
        assert "第一批 · 1 · 2 人" in text_of(client.get(url("group_list")))
        data = {"campaign": team.campaign.pk, "team": "1"}
        answers = [client.post(url("group_of_team"), data) for _ in range(2)]
        made = PlacementGroup.objects.get()
        assert {answer.headers["Location"] for answer in answers} == {url("group_detail", made.pk)}
        assert (made.name, made.kind, made.campaign) == ("第一批1工作队", GroupKind.TEAM, team.campaign)
        assert names(made.members.all()) == {"张示例", "李示例"}
        assert actions() == ["group.make"]
        assert teams_of(team.owner) == []

    def test_a_team_nobody_was_decided_on_for_is_no_group(self, team) -> None:
        for name in ("2", "", "没有"):
            with pytest.raises(GroupError, match="还没有派任的人员"):
                make_group_of_team(team.campaign, name, by=team.owner, on=ON, at=AT)

    def test_only_who_runs_the_campaign(self, team, signed_in) -> None:
        with pytest.raises(NotAllowedError):
            make_group_of_team(team.campaign, "1", by=team.home_clerk, on=ON, at=AT)
        assert teams_of(team.home_clerk) == []
        stranger = make_user(Role.ORGANISATION_DEPARTMENT)
        data = {"campaign": team.campaign.pk, "team": "1"}
        assert signed_in(stranger).post(url("group_of_team"), data).status_code == 404


class TestChanging:
    def test_leader_and_deputies_change_places(self, scene, group) -> None:
        second, third = scene.second.pk, scene.third.pk
        changed(scene, group, Roles(leader=second, deputies=[third]))
        assert positions(group) == {"李示例": GroupPosition.LEADER, "周示例": GroupPosition.DEPUTY}
        changed(scene, group, Roles(leader=third, deputies=[second]))
        assert positions(group) == {"周示例": GroupPosition.LEADER, "李示例": GroupPosition.DEPUTY}
        changed(scene, group, Roles())
        assert set(positions(group).values()) == {GroupPosition.MEMBER}

    def test_the_same_again_is_no_event(self, scene, group) -> None:
        roles = Roles(leader=scene.second.pk)
        for _ in range(2):
            changed(scene, group, roles)
        assert actions().count("group.change") == 1
        event = AuditEvent.objects.get(action="group.change")
        assert event.details == {"changed": 1, "left": 0}
        changed(scene, group, roles, name="新名称")
        assert actions().count("group.change") == 2

    def test_people_leave(self, scene, group) -> None:
        changed(scene, group, Roles(leaving=[scene.third.pk, scene.first.pk]))  # the first is no member
        assert positions(group) == {"李示例": GroupPosition.MEMBER}
        assert AuditEvent.objects.get(action="group.change").details == {"changed": 0, "left": 1}

    @pytest.mark.parametrize(
        "roles", [Roles(1, [1]), Roles(1, [], [1]), Roles(None, [1], [1])], ids=["both", "leads", "stands in"]
    )
    def test_nobody_holds_two_positions_or_holds_one_and_leaves(self, scene, group, roles) -> None:
        with pytest.raises(GroupError, match="同一人"):
            changed(scene, group, roles)

    def test_only_the_owner_with_a_fresh_page_and_a_free_name(self, scene, group) -> None:
        founded(scene, "另一队")
        with pytest.raises(GroupError, match="另取名称"):
            changed(scene, group, name="另一队")
        with pytest.raises(StaleObjectError):
            changed(scene, group, version=99)
        with pytest.raises(NotAllowedError):
            changed(scene, group, by=scene.home_clerk)

    def test_a_dissolved_group_stays_as_it_was(self, scene, group, signed_in) -> None:
        for day in (group.founded_on - DAY, ON + DAY):
            with pytest.raises(GroupError, match="撤销日期应在"):
                dissolved(scene, group, day)
        dissolved(scene, group)
        assert actions()[-1] == "group.dissolve"
        for act in (changed, dissolved):
            with pytest.raises(GroupError, match="已撤销"):
                act(scene, group)
        with pytest.raises(GroupError, match="已撤销"):
            add_members(group, [scene.first], by=scene.owner, at=AT)
        client = signed_in(scene.owner)
        assert client.get(url("group_edit", group.pk)).status_code == 404
        assert client.get(url("group_dissolve", group.pk)).status_code == 404
        assert url("group_edit", group.pk) not in client.get(url("group_detail", group.pk)).content.decode()
        assert "李示例" in text_of(client.get(url("group_detail", group.pk)))


class TestSight:
    def test_overseers_see_all_and_units_their_own_people(self, scene, group) -> None:
        for role in (Role.ORGANISATION_DEPARTMENT, Role.LEADER, Role.INSPECTOR):
            assert names(members_for(make_user(role, scene.root), group, ON)) == {"李示例", "周示例"}
        for user in (scene.home_clerk, scene.host_clerk):
            assert list(groups_visible_to(user)) == [group]
            assert names(members_for(user, group, ON)) == {"李示例"}
        for user in (scene.secondee, make_user(Role.HOME_UNIT), make_user(Role.ORGANISATION_DEPARTMENT)):
            assert list(groups_visible_to(user)) == []

    def test_a_member_sees_the_others_while_all_are_in_post_and_the_group_stands(self, scene, group) -> None:
        assert names(members_for(scene.account, group, ON)) == {"李示例", "周示例"}
        Placement.objects.filter(pk=scene.second.pk).update(state=PlacementState.ENDED)
        assert names(members_for(scene.account, group, ON)) == {"周示例"}
        Placement.objects.filter(pk=scene.second.pk).update(state=PlacementState.IN_POST)
        Placement.objects.filter(pk=scene.third.pk).update(state=PlacementState.ENDED)
        assert names(members_for(scene.account, group, ON)) == {"周示例"}
        Placement.objects.filter(pk=scene.third.pk).update(state=PlacementState.IN_POST)
        dissolved(scene, group)
        assert names(members_for(scene.account, group, ON)) == {"周示例"}

    def test_the_contact_list_has_fellow_members_of_a_standing_group(self, scene, group) -> None:
        def contacts() -> set[str]:
            return set(contacts_of(scene.account, ON).values_list("person__name", flat=True))

        assert contacts() == {"周示例", "李示例"}
        dissolved(scene, group)
        assert contacts() == {"周示例"}

    @pytest.mark.parametrize("position", GroupPosition)
    def test_the_leader_alone_reads_what_each_of_them_does(self, scene, group, signed_in, position) -> None:
        GroupMember.objects.filter(placement=scene.third).update(position=position)
        text = text_of(signed_in(scene.account).get(url("group_detail", group.pk)))
        for word in ("李示例", "示例村", "驻村工作队员", "000-222"):
            assert word in text
        is_leader = position == GroupPosition.LEADER
        assert leads(scene.account, group, ON) == ("抓党建" in text) == ("分工" in text) == is_leader

    def test_leader_reads_nothing_else_and_only_while_in_post(self, scene, group, signed_in) -> None:
        GroupMember.objects.filter(placement=scene.third).update(position=GroupPosition.LEADER)
        client = signed_in(scene.account)
        assert client.get(url("placement_detail", scene.second.pk)).status_code == 404
        assert client.get(reverse("people:person_detail", args=[scene.second.person_id])).status_code == 404
        assert (
            url("placement_detail", scene.second.pk)
            not in client.get(url("group_detail", group.pk)).content.decode()
        )
        Placement.objects.filter(pk=scene.third.pk).update(ends_on=ON)
        assert not leads(scene.account, group, ON)
        assert leads(scene.account, group, ON - DAY)
        scene.account.assignments.all().delete()
        del scene.account.held
        assert not leads(scene.account, group, ON - DAY)


def write(scene, group, by, on=ON) -> Sent:
    return write_to_group(group, title="会议", text="周五上午开会", by=by, on=on, at=AT)


class TestWriting:
    def test_members_in_post_with_an_account_get_it_and_the_others_are_named(self, scene, group) -> None:
        assert write(scene, group, scene.owner) == Sent(1, ["李示例"])
        notice = Notice.objects.get(title__contains="会议")
        assert (notice.recipient, notice.title) == (scene.account, "驻镇工作队：会议")
        assert notice.body == f"周五上午开会（{scene.owner.name}）"
        assert notice.path == url("group_detail", group.pk)
        event = AuditEvent.objects.get(action="group.write")
        assert event.details == {"title": "会议", "people": ["周示例"], "missed": ["李示例"]}

    def test_a_disabled_account_reads_nothing(self, scene, group) -> None:
        scene.account.is_active = False
        scene.account.save()
        with pytest.raises(GroupError, match="都没有可用的账号"):
            write(scene, group, scene.owner)
        assert not Notice.objects.exists()

    def test_whoever_has_left_gets_nothing_from_the_first_day_back(self, scene, group) -> None:
        Placement.objects.filter(pk=scene.third.pk).update(ends_on=ON)
        with pytest.raises(GroupError):
            write(scene, group, scene.owner)
        assert write(scene, group, scene.owner, ON - DAY) == Sent(1, ["李示例"])

    @pytest.mark.parametrize("position", GroupPosition)
    def test_of_the_members_the_leader_alone_writes(self, scene, group, position) -> None:
        GroupMember.objects.filter(placement=scene.third).update(position=position)
        if position == GroupPosition.LEADER:
            assert write(scene, group, scene.account).n == 1
        else:
            with pytest.raises(NotAllowedError):
                write(scene, group, scene.account)

    def test_nobody_else_writes(self, scene, group) -> None:
        others = [make_user(role, scene.root) for role in Role if role != Role.ORGANISATION_DEPARTMENT]
        stranger = make_user(Role.ORGANISATION_DEPARTMENT, make_unit("别处"))
        for user in (*others, stranger, scene.home_clerk, scene.host_clerk, scene.secondee):
            with pytest.raises(NotAllowedError):
                write(scene, group, user)

    def test_a_dissolved_group_is_written_to_by_nobody(self, scene, group) -> None:
        gone = dissolved(scene, group)
        with pytest.raises(NotAllowedError):
            write(scene, gone, scene.owner)

    def test_the_page_names_whom_it_reaches_and_whom_it_does_not(self, scene, group, signed_in) -> None:
        client = signed_in(scene.owner)
        page = text_of(client.get(url("group_write", group.pk)))
        assert page.count("须另行通知") == 1
        assert page.index("李示例") < page.index("须另行通知") < page.index("周示例")
        form = {"title": "会议", "text": "周五上午开会"}
        assert "必填" in text_of(client.post(url("group_write", group.pk), form | {"text": ""}))
        answer = text_of(client.post(url("group_write", group.pk), form, follow=True))
        assert all(words in answer for words in ("已发给 1 人", "须另行通知：李示例"))

    def test_a_page_that_reaches_nobody_says_so_and_keeps_the_words(self, scene, group, signed_in) -> None:
        group.members.filter(placement=scene.third).delete()
        form = {"title": "会议", "text": "周五上午开会"}
        text = text_of(signed_in(scene.owner).post(url("group_write", group.pk), form))
        assert all(words in text for words in ("消息没有发出", "周五上午开会"))

    def test_everyone_reached_is_a_page_without_a_warning(self, scene, group, signed_in) -> None:
        group.members.filter(placement=scene.second).delete()
        form = {"title": "会议", "text": "周五上午开会"}
        assert "另行通知" not in text_of(
            signed_in(scene.owner).post(url("group_write", group.pk), form, follow=True)
        )


class TestMeeting:
    def test_who_comes_with_unit_post_and_phone_and_nothing_else(self, scene, group, signed_in) -> None:
        answer = signed_in(scene.owner).get(url("group_meeting", group.pk), {"export": "xlsx"})
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert rows[0] == ["姓名", "派出单位", "接收单位", "挂任职务", "联系电话"]
        assert sorted(row[0] for row in rows[1:]) == ["周示例", "李示例"]
        assert AuditEvent.objects.get(action="group.export_meeting").details == {"rows": 2}
        text = text_of(signed_in(scene.owner).get(url("group_meeting", group.pk)))
        assert "抓党建" not in text
        assert "签到" not in text

    def test_whoever_has_left_does_not_come(self, scene, group) -> None:
        Placement.objects.filter(pk=scene.second.pk).update(state=PlacementState.ENDED)
        assert names(meeting_of(scene.owner, group, ON)) == {"周示例"}

    def test_units_see_their_own_people_and_members_each_other(self, scene, group) -> None:
        assert names(meeting_of(scene.home_clerk, group, ON)) == {"李示例"}
        assert names(meeting_of(scene.account, group, ON)) == {"李示例", "周示例"}


class TestPages:
    def test_founding_changing_and_dissolving(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        assert "暂无工作队" in text_of(client.get(url("group_list")))
        data = {"name": "临时党支部", "kind": "branch", "founded_on": "2026-07-01"}
        client.post(url("group_create"), data)
        made = PlacementGroup.objects.get()
        assert (made.name, made.kind, made.owner_unit) == ("临时党支部", "branch", scene.root)
        again = client.post(url("group_create"), data)
        assert "已有名为" in text_of(again)
        assert "还没有成员" in text_of(client.get(url("group_detail", made.pk)))
        add_members(made, [scene.first, scene.second], by=scene.owner, at=AT)
        made.refresh_from_db()
        sent = {
            "name": "第一临时党支部",
            "kind": "branch",
            "version": made.version,
            "leader": scene.first.pk,
            "deputies": [scene.second.pk],
        }
        client.post(url("group_edit", made.pk), sent)
        assert positions(made) == {"张示例": GroupPosition.LEADER, "李示例": GroupPosition.DEPUTY}
        form = client.get(url("group_edit", made.pk)).context["form"]
        assert (form["leader"].value(), form["deputies"].value()) == (scene.first.pk, [scene.second.pk])
        assert client.post(url("group_edit", made.pk), sent).status_code == 409  # an old page
        made.refresh_from_db()
        wrong = {"dissolved_on": "2026-06-30", "version": made.version}
        assert "撤销日期应在" in text_of(client.post(url("group_dissolve", made.pk), wrong))
        client.post(url("group_dissolve", made.pk), {**wrong, "dissolved_on": "2026-07-02"})
        made.refresh_from_db()
        assert (made.name, made.dissolved_on) == ("第一临时党支部", dt.date(2026, 7, 2))
        assert "已撤销" in text_of(client.get(url("group_list"), {"kind": "branch", "name": "第一"}))

    def test_chosen_rows_join_a_new_group_or_one_there_is(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        assert url("placements_join") in client.get(url("placement_list")).content.decode()
        chosen = {"selected": [scene.first.pk, scene.second.pk]}
        assert "编入工作队" in text_of(client.post(url("placements_join"), chosen))
        sent = {**chosen, "sent": "1", "kind": "team"}
        assert "请填写新工作队的名称" in text_of(client.post(url("placements_join"), sent))
        client.post(url("placements_join"), {**sent, "name": "一队"})
        made = PlacementGroup.objects.get()
        assert names(made.members.all()) == {"张示例", "李示例"}
        more = {"selected": [scene.second.pk, scene.third.pk], "sent": "1", "kind": "team", "group": made.pk}
        answer = client.post(url("placements_join"), more, follow=True)
        assert "已编入 1 人" in text_of(answer)
        assert made.members.count() == 3

    def test_a_refusal_makes_no_group(self, scene, signed_in) -> None:
        Placement.objects.filter(pk=scene.first.pk).update(state=PlacementState.ENDED)
        data = {"selected": [scene.first.pk], "sent": "1", "kind": "team", "name": "一队"}
        answer = signed_in(scene.owner).post(url("placements_join"), data)
        assert "已结束或已取消" in text_of(answer)
        assert not PlacementGroup.objects.exists()

    def test_a_group_of_strangers_cannot_be_joined(self, scene, signed_in) -> None:
        other = PlacementGroup.objects.create(name="别队", owner_unit=make_unit("别处"), founded_on=ON)
        data = {"selected": [scene.first.pk], "sent": "1", "kind": "team", "group": other.pk}
        signed_in(scene.owner).post(url("placements_join"), data)
        assert other.members.count() == 0
        assert signed_in(scene.home_clerk).post(url("placements_join"), data).status_code == 403

    def test_lists_filter_by_group_and_contacts_stand_under_it(self, scene, group, signed_in) -> None:
        client = signed_in(scene.owner)
        for name in ("placement_list", "contact_list"):
            listing = client.get(url(name), {"group": group.pk}).context["listing"]
            assert {row.item.person.name for row in listing.rows()} == {"李示例", "周示例"}
        view = client.get(url("contact_list"), {"sort": "group_name"}).context["listing"]
        assert [view.heading_of(row.item) for row in view.rows()] == ["驻镇工作队", "驻镇工作队", "—"]
        dissolved(scene, group)
        view = client.get(url("contact_list"), {"sort": "group_name"}).context["listing"]
        assert {view.heading_of(row.item) for row in view.rows()} == {"—"}

    def test_the_file_is_recorded(self, scene, group, signed_in) -> None:
        answer = signed_in(scene.owner).get(url("group_detail", group.pk), {"export": "xlsx"})
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert rows[0] == ["队内职务", "姓名", "接收单位", "挂任职务", "联系电话", "分工"]
        assert ["成员", "李示例", "示例村", "驻村工作队员", "000-222", "抓党建"] in rows
        assert AuditEvent.objects.get(action="group.export").details == {"rows": 2}

    def test_queries_do_not_grow_with_members_and_groups(self, scene, group, signed_in) -> None:
        client = signed_in(scene.owner)

        def counts() -> list[int]:
            found = []
            for page in (
                url("group_detail", group.pk),
                url("group_list"),
                url("group_edit", group.pk),
                url("group_meeting", group.pk),
                url("group_write", group.pk),
            ):
                client.get(page)
                with CaptureQueriesContext(connection) as queries:
                    client.get(page)
                found.append(len(queries))
            return found

        few = counts()
        people = [
            make_placement(scene.campaign, make_person(scene.home), scene.first.post, state="in_post", **TERM)
            for _ in range(10)
        ]
        add_members(group, people, by=scene.owner, at=AT)
        for n in range(5):
            founded(scene, f"{n}队")
        assert counts() == few
        assert max(few) <= 22
