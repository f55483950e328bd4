"""Home pages: exact figures, links to their lists, the same number of queries for few and many rows."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.makers import (
    AT,
    ON,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_quota,
    make_region,
    make_unit,
    make_user,
)

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.obligations.services import Owed, owe
from secondment.placements.choices import PlacementState
from secondment.portal.homes.placements import days_left
from secondment.portal.homes.roles import sections_for
from secondment.portal.homes.view_models import Cell, Figure, Panel, Section
from secondment.posts.choices import PostState
from secondment.units.models import Unit

IN_POST, APPOINTED = PlacementState.IN_POST, PlacementState.APPOINTED


class World:
    """One organisation with a home unit, two host units, and a strange organisation beside it."""

    def __init__(self) -> None:
        beijing = make_region("11", "北京市")
        self.regions = [make_region("110111", "房山区", beijing), make_region("110109", "门头沟区", beijing)]
        self.root = make_unit("示例市")
        self.home = make_unit("示例局", self.root)
        self.hosts = [make_unit(f"示例村{at}", self.root, region=self.regions[at]) for at in range(2)]
        self.version = make_programme_version()
        self.campaign = make_campaign(self.root, name="第一批", programme_version=self.version)
        self.stranger = make_placement(state=IN_POST)

    def place(self, host: Unit, days: int, state: str = IN_POST, **fields):
        post = make_post(host, starts_on=ON - dt.timedelta(days=300), ends_on=ON + dt.timedelta(days=days))
        person = make_person(self.home)
        return make_placement(self.campaign, person, post, state=state, **fields)


@pytest.fixture
def world(db: None) -> World:
    return World()


def section(user: User, role: Role) -> Section:
    return next(one for one in sections_for(user, ON) if one.role == role)


def figures(one: Section) -> dict[str, int]:
    return {str(figure.label): figure.value for figure in one.figures}


def panel(one: Section, key: str) -> Panel:
    return next(panel for panel in one.panels if panel.key == key)


def texts(one: Panel) -> list[list[str]]:
    return [[str(cell.text) for cell in row] for row in one.rows]


def owed(unit: Unit, role: Role, days: int, **fields) -> Owed:
    due_on = ON + dt.timedelta(days=days)
    return Owed(
        kind=f"k{days}",
        title="事项",
        unit=unit,
        role=role,
        creditor="组织部门",
        due_on=due_on,
        path="/x/",
        **fields,
    )


def test_organisation_department_sees_the_whole_of_its_own(world: World) -> None:
    late = world.place(world.hosts[0], 30)
    world.place(world.hosts[0], 400)
    world.place(world.hosts[1], 400)
    world.place(world.hosts[1], 400, APPOINTED)
    make_post(world.hosts[0], state=PostState.SUBMITTED)
    make_campaign_post(world.campaign, make_post(world.hosts[0], headcount=3))
    make_quota(world.campaign, world.home, n_asked=5)
    make_nomination(world.campaign, make_person(world.home), answered_on=ON)
    make_nomination(world.campaign, make_person(world.home))
    make_campaign(world.root, state=CampaignState.DISPATCHED)
    owe(world.hosts[0], owed(world.hosts[0], Role.HOST_UNIT, -9))
    owe(world.hosts[0], owed(world.hosts[0], Role.HOST_UNIT, -2))
    owe(world.home, owed(world.home, Role.HOME_UNIT, 5))
    owe(world.root, owed(world.root, Role.ORGANISATION_DEPARTMENT, -1))
    owner = make_user(Role.ORGANISATION_DEPARTMENT, world.root)
    one = section(owner, Role.ORGANISATION_DEPARTMENT)
    assert figures(one) == {
        "我的待办": 1,
        "进行中的批次": 1,
        "待审核岗位": 1,
        "在挂干部": 3,
        "待报到": 1,
        "60 日内期满": 1,
    }
    assert one.figures[0].note == "其中逾期 1 项"
    assert texts(panel(one, "todo")) == [
        ["事项", "组织部门", "2026-11-22", "逾期 1 天"],
    ]
    assert texts(panel(one, "campaigns")) == [
        ["第一批", "普通下挂", "3", "2 / 5", "1", "2026-12-31", "征集推荐"]
    ]
    assert texts(panel(one, "ending")) == [
        [late.person.name, "示例局", "示例村0", "2026-12-22", "还有 29 天"]
    ]
    assert texts(panel(one, "late")) == [["示例村0", "2", "2026-11-14", "9 天"]]
    places = panel(one, "places").chart
    assert places is not None
    assert (places.categories, places.series[0].values) == (["北京市房山区", "北京市门头沟区"], [2, 1])
    client = Client()
    client.force_login(owner)
    for chart in (places, panel(one, "programmes").chart):
        for value, url in zip(chart.series[0].values, chart.series[0].urls, strict=True):
            assert client.get(url).context["listing"].n_rows == value
    programmes = panel(one, "programmes").chart
    assert programmes is not None
    assert (programmes.categories, programmes.series[0].values) == (["普通下挂"], [3])


def test_terms_that_are_over_are_said_to_be_over(world: World) -> None:
    world.place(world.hosts[0], -3)
    one = section(make_user(Role.LEADER, world.root), Role.LEADER)
    assert texts(panel(one, "ending")) == []
    figures = {figure.label: figure for figure in one.figures}
    assert (figures["期满待办结"].value, figures["在挂干部"].value) == (1, 0)


def test_small_places_are_put_together(world: World) -> None:
    for number in range(10):
        world.place(make_unit("", world.root, region=make_region(f"1201{number:02}", f"区{number}")), 400)
    world.place(make_unit("无区划", world.root), 400)
    chart = panel(section(make_user(Role.LEADER, world.root), Role.LEADER), "places").chart
    assert chart is not None
    assert len(chart.categories) == 9
    assert chart.series[0].urls[-1] == ""
    assert (chart.categories[-1], sum(chart.series[0].values)) == ("其他", 11)  # type: ignore[arg-type]


def test_leader_sees_what_is_late_but_no_tasks(world: World) -> None:
    user = make_user(Role.LEADER, world.root)
    one = section(user, Role.LEADER)
    assert one.figures[-1] == Figure(
        label="各单位逾期事项", value=0, unit="项", url="#panel-late", note_kind="good", note="没有逾期"
    )
    owe(world.home, owed(world.home, Role.HOME_UNIT, -5))
    assert figures(section(user, Role.LEADER))["各单位逾期事项"] == 1
    assert "todo" not in [one.key for one in section(user, Role.LEADER).panels]


def test_an_office_on_both_sides_sees_each_under_its_own_heading(world: World) -> None:
    sent = world.place(world.hosts[0], 100)
    received = make_placement(world.campaign, make_person(world.root), make_post(world.home), state=IN_POST)
    user = make_user(Role.HOME_UNIT, world.home)
    RoleAssignment.objects.create(user=user, role=Role.HOST_UNIT, unit=world.home)
    home, host = section(user, Role.HOME_UNIT), section(user, Role.HOST_UNIT)
    assert [row[0] for row in texts(panel(home, "sent"))] == [sent.person.name]
    assert [row[0] for row in texts(panel(host, "received"))] == [received.person.name]
    assert (figures(home)["在挂干部"], figures(host)["在挂干部"]) == (1, 1)


def test_home_unit_sees_its_people_and_what_it_is_asked_for(world: World) -> None:
    placement = world.place(world.hosts[0], 100)
    make_placement(world.campaign, make_person(world.root), make_post(world.hosts[1]), state=IN_POST)
    make_quota(world.campaign, world.home, n_asked=5)
    make_quota(make_campaign(world.root, state=CampaignState.REVIEW), world.home, n_asked=1)
    make_nomination(world.campaign, make_person(world.home))
    one = section(make_user(Role.HOME_UNIT, world.home), Role.HOME_UNIT)
    assert figures(one) == {"我的待办": 0, "在挂干部": 1, "待报到": 0, "60 日内期满": 0}
    assert texts(panel(one, "sent")) == [
        [placement.person.name, "示例村0", "驻村第一书记", "2027-03-02", "在挂"]
    ]
    assert texts(panel(one, "nominate")) == [["第一批", "示例局", "1 / 5", "2026-12-31"]]


def test_host_unit_sees_who_works_there_and_its_demands(world: World) -> None:
    world.place(world.hosts[0], 100)
    world.place(world.hosts[0], 100, PlacementState.DECIDED)
    world.place(world.hosts[1], 100)
    make_post(world.hosts[0], state=PostState.DRAFT)
    one = section(make_user(Role.HOST_UNIT, world.hosts[0]), Role.HOST_UNIT)
    assert figures(one)["在挂干部"] == 1
    assert [row[1] for row in texts(panel(one, "received"))] == ["示例局"]
    assert texts(panel(one, "demands")) == [["草稿", "1"], ["已审核", "2"]]


@pytest.mark.parametrize(("days", "words"), [(1, "今天期满"), (2, "还有 1 天"), (0, "已期满")])
def test_the_last_day_is_named(world: World, days: int, words: str) -> None:
    assert days_left(world.place(world.hosts[0], days), ON) == words


def test_an_office_without_anybody_in_post_is_led_to_its_list(db: None) -> None:
    root = make_unit("示例市委组织部")
    owner, leader = make_user(Role.ORGANISATION_DEPARTMENT, root), make_user(Role.LEADER, root)
    empty = panel(section(owner, Role.ORGANISATION_DEPARTMENT), "programmes")
    assert (empty.empty_url, empty.empty_action) == ("/placements/import/", "导入在挂名册")
    assert panel(section(leader, Role.LEADER), "programmes").empty_url == ""


def test_secondee_sees_the_own_term_and_nomination(world: World) -> None:
    user = make_user(Role.SECONDEE, world.home)
    one = section(user, Role.SECONDEE)
    assert all(panel.is_empty for panel in one.panels)
    placement = world.place(world.hosts[0], 10, contact_leader="孙书记")
    placement.person.account = user
    placement.person.save()
    make_nomination(world.campaign, placement.person)
    one = section(user, Role.SECONDEE)
    facts = {str(fact.label): str(fact.value) for fact in panel(one, "term").facts}
    assert (facts["接收单位"], facts["剩余"], facts["联系领导"]) == ("示例村0", "还有 9 天", "孙书记")
    assert texts(panel(one, "nominations")) == [["第一批", "示例局", "2026-12-31", "待填报"]]


def test_inspector_sees_people_in_post(world: World) -> None:
    world.place(world.hosts[0], 100)
    assert figures(section(make_user(Role.INSPECTOR, world.root), Role.INSPECTOR))["在挂干部"] == 1


def test_administrators_see_accounts_and_nothing_of_the_business(world: World) -> None:
    world.place(world.hosts[0], 100)
    system, security = (
        make_user(Role.SYSTEM_ADMINISTRATOR, world.root),
        make_user(Role.SECURITY_ADMINISTRATOR, world.root),
    )
    waiting = make_user(username="waiting", name="待授权者")
    User.objects.filter(pk=waiting.pk).update(unit=world.home)
    assert figures(section(system, Role.SYSTEM_ADMINISTRATOR)) == {
        "账号": 3,
        "从未登录": 3,
        "90 天未登录": 0,
        "已停用": 0,
        "上次备份": "—",
        "上次恢复演练": "—",
    }
    one = section(security, Role.SECURITY_ADMINISTRATOR)
    assert figures(one) == {"待授权账号": 1, "账号": 3}
    assert texts(panel(one, "waiting")) == [["待授权者", "waiting", "示例局", "", "待授权"]]
    assert [row[1] for row in texts(panel(one, "administrators"))] == ["安全管理员", "系统管理员"]


def test_auditor_sees_todays_records(world: World) -> None:
    auditor = make_user(Role.AUDIT_ADMINISTRATOR, world.root)
    record("account.sign_in_failed", auditor, by=None, at=AT)
    record("unit.create.refused", world.home, by=auditor, at=AT)
    one = section(auditor, Role.AUDIT_ADMINISTRATOR)
    assert figures(one) == {
        "今日记录": 6,
        "今日被拒绝的操作": 1,
        "今日登录失败": 1,
        "上次校验发现的问题": "—",
    }
    assert one.figures[-1].note == "尚未校验"
    record("audit.verify", world.root, by=auditor, at=AT, details={"n_faults": 2})
    assert section(auditor, Role.AUDIT_ADMINISTRATOR).figures[-1].value == 2
    assert texts(panel(one, "events"))[0][1:3] == ["示例用户", "被拒绝：新建了单位"]


def test_several_roles_have_a_section_each(world: World, signed_in) -> None:
    user = make_user(Role.HOME_UNIT, world.home)
    RoleAssignment.objects.create(user=user, role=Role.HOST_UNIT, unit=world.hosts[0])
    page = signed_in(user).get("/").content.decode()
    assert page.index("派出单位</h2>") < page.index("接收单位</h2>")


def test_account_without_role_is_told_what_to_do(db: None, signed_in) -> None:
    assert "请联系本单位安全管理员" in signed_in(make_user()).get("/").content.decode()


def test_cells_know_how_they_stand() -> None:
    assert Cell("甲", phone="title").classes == "is-phone-title is-short"
    assert Cell(ON).classes == "is-phone-text is-short"
    assert Cell(3, is_number=True).classes == "is-phone-text num"


@pytest.mark.parametrize("role", list(Role))
def test_home_page_costs_the_same_for_few_and_many(world: World, signed_in, role: Role) -> None:
    unit = {Role.HOME_UNIT: world.home, Role.HOST_UNIT: world.hosts[0]}.get(role, world.root)
    client: Client = signed_in(make_user(role, unit))

    def fill(n: int) -> None:
        for at in range(n):
            world.place(world.hosts[0], 10 + at)
            campaign = make_campaign(world.root, programme_version=world.version)
            make_quota(campaign, world.home, n_asked=2)
            make_campaign_post(campaign, make_post(world.hosts[0]))
            make_nomination(campaign, make_person(world.home))
            unit = make_unit("", world.home)
            for owing in (Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT):
                owe(unit, owed(unit, owing, -at))
            make_user(Role.LEADER, world.home)

    fill(1)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    fill(7)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/").status_code == 200
    assert len(many) == len(few) <= 30


def test_campaigns_wait_for_their_owner_until_the_next_party_moves(world: World) -> None:
    world.campaign.nominations_until = ON - dt.timedelta(days=1)
    world.campaign.save()
    make_campaign(world.root, name="第二批", state=CampaignState.REVIEW)
    make_campaign(world.root, name="第三批", state=CampaignState.OPEN)
    make_campaign(world.root, name="第四批", state=CampaignState.DRAFT)
    owner = make_user(Role.ORGANISATION_DEPARTMENT, world.root)
    one = section(owner, Role.ORGANISATION_DEPARTMENT)
    assert [row[0] for row in texts(panel(one, "todo"))] == [
        "结束推荐并审查：第一批",
        "前往匹配：第二批",
        "选入岗位：第四批",
    ]
    figure = one.figures[0]
    client = Client()
    client.force_login(owner)
    assert client.get(figure.url).context["listing"].n_rows == figure.value == 3
    assert client.get("/").content.decode().count('<span class="count">3</span>') == 1
