"""The main job at the desks of three clerks: every click is counted, and there are few."""

import datetime as dt

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, CampaignPost, Nomination, Programme
from secondment.campaigns.services.notifying import owe_nominations
from secondment.decision.models import Consultation, PersonReply
from secondment.decision.services import start_consultation
from secondment.matching.models import MatchingRun, Proposal, ProposalPair
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.posts.choices import PostState
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.desk import told
from tests.browser.hand import Hand
from tests.browser.scene import PASSWORD, TODAY
from tests.makers import (
    AT,
    CHECKED,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_placement,
    make_post,
    make_quota,
    make_region,
    make_unit,
    make_user,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
DAY = dt.timedelta(days=1)
TERM = {"starts_on": TODAY - 5 * DAY, "ends_on": TODAY + 700 * DAY}
NAME = "示例市驻村第一书记选派"


class World:
    """A city with four bureaus, and a town whose nine villages each ask for a first secretary."""

    def __init__(self) -> None:
        call_command("load_presets", verbosity=0)
        region = None
        for code, name in (
            ("11", "示例省"),
            ("1101", "示例市"),
            ("110101", "示例县"),
            ("110101001", "石桥镇"),
        ):
            region = make_region(code, name, parent=region)
        self.city = make_unit("示例市", kind=UnitKind.REGION)
        self.office = make_unit("示例市委组织部", self.city, kind=UnitKind.ORGANISATION_DEPARTMENT)
        self.bureaus = [make_unit(f"示例市第{n}局", self.city) for n in range(1, 5)]
        self.town = make_unit(
            "石桥镇", self.city, kind=UnitKind.TOWNSHIP, level=UnitLevel.TOWNSHIP, region=region
        )
        self.posts = [make_post(one, **TERM, region=region) for one in self.villages(region)]
        self.people = [
            make_person(self.bureaus[0], name=f"张示例{n}", name_key=f"z{n}", political_status="01")
            for n in range(1, 7)
        ]
        self.owner = self.account(Role.ORGANISATION_DEPARTMENT, self.city, "zuzhibu")
        self.home = self.account(Role.HOME_UNIT, self.bureaus[0], "paichu")
        self.host = self.account(Role.HOST_UNIT, self.town, "jieshou")

    def villages(self, region) -> list[Unit]:
        level = {"kind": UnitKind.VILLAGE, "level": UnitLevel.VILLAGE, "region": region}
        return [make_unit(f"第{n}村", self.town, **level) for n in range(1, 10)]

    @staticmethod
    def account(role: Role, unit: Unit, username: str) -> User:
        return make_user(role, unit, username=username, name=username, password=PASSWORD)

    def campaign(self, state: CampaignState) -> Campaign:
        """A campaign of five posts."""
        version = Programme.objects.get(code="first_secretary").versions.get()
        campaign = make_campaign(
            self.city,
            name=NAME,
            state=state,
            programme_version=version,
            nominations_from=TODAY - DAY,
            nominations_until=TODAY + 9 * DAY,
            **TERM,
        )
        for post in self.posts[:5]:
            make_campaign_post(campaign, post)
        return campaign


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()


def test_a_campaign_with_nine_posts_is_opened_in_fifteen_clicks(world: World, live_server) -> None:
    with playing(live_server.url) as desks:
        hand = Hand(desks.sign_in("zuzhibu"))
        hand.menu("批次")
        hand.link("新建批次", "main")
        hand.fill({"挂职项目": "驻村第一书记", "批次名称": NAME})
        hand.button("保存")
        hand.click(hand.page.locator("[data-select-all]"))
        hand.button("选入批次")
        told(hand.page, "已选入 9 个岗位。")
        hand.tick("全部市级机关（5）")
        hand.fill({"每个新增单位的推荐名额": "3"})
        hand.button("保存")
        told(hand.page, "名额已保存，共 5 个单位。")
        hand.button("开始征集推荐")
        hand.button("开始征集推荐", "dialog[open]")
        told(hand.page, "已办理。")
        assert hand.n <= 15
        assert desks.troubles == []
    campaign = Campaign.objects.get()
    assert (campaign.state, campaign.starts_on, campaign.ends_on) == (
        CampaignState.OPEN,
        TERM["starts_on"],
        TERM["ends_on"],
    )
    assert campaign.campaign_posts.count() == 9
    assert set(campaign.quotas.values_list("n_asked", flat=True)) == {3}


def test_five_people_are_nominated_in_fifteen_clicks(world: World, live_server) -> None:
    owe_nominations(make_quota(world.campaign(CampaignState.OPEN), world.bureaus[0], n_asked=5))
    with playing(live_server.url) as desks:
        hand = Hand(desks.sign_in("paichu"))
        hand.click(hand.page.locator(".top").get_by_role("link", name="待办"))
        hand.click(hand.page.locator("#main tbody").get_by_role("link").first)
        hand.click(hand.page.locator("[data-select-all]"))
        hand.click(hand.page.locator("[data-select-row]").last)  # six are listed, five are asked for
        hand.button("推荐所选人员")
        hand.fill({"廉政意见": "无不良反映", "推荐理由": "熟悉农村工作"})
        hand.button("确认推荐")
        told(hand.page, "已推荐 5 人。")
        assert hand.n <= 15
        assert desks.troubles == []
    assert Nomination.objects.count() == 5


def test_a_town_answers_for_five_villages_in_five_clicks(world: World, live_server) -> None:
    plan(world, world.campaign(CampaignState.REVIEW))
    with playing(live_server.url) as desks:
        hand = Hand(desks.sign_in("jieshou"))
        hand.click(hand.page.locator(".top").get_by_role("link", name="待办"))
        hand.click(hand.page.locator("#main tbody").get_by_role("link").first)
        for number in range(1, 6):
            expect(hand.page.locator("#main")).to_contain_text(f"石桥镇第{number}村")
        hand.button("其余均同意，送组织部门")
        told(hand.page, "5 个单位的答复已送组织部门。")
        assert hand.n <= 5
        assert desks.troubles == []
    assert Consultation.objects.filter(party="host", reply="agreed").count() == 5
    assert PersonReply.objects.filter(reply="agreed").count() == 5


def test_five_people_arrive_in_six_clicks(world: World, live_server) -> None:
    campaign = world.campaign(CampaignState.DISPATCHED)
    for person, post in zip(world.people, world.posts[:5], strict=False):
        make_placement(
            campaign, person, post, state=PlacementState.APPOINTED, notice_on=TERM["starts_on"], **TERM
        )
    with playing(live_server.url) as desks:
        hand = Hand(desks.sign_in("jieshou"))
        hand.menu("挂职干部")
        hand.link("登记报到（5 人）", "main")
        hand.click(hand.page.locator("[data-select-all]"))
        hand.button("保存回执")
        told(hand.page, "已保存 5 人的报到回执")
        assert hand.n <= 6
        assert desks.troubles == []
    assert set(Placement.objects.values_list("state", "reported_on")) == {(PlacementState.IN_POST, TODAY)}


def test_ticks_of_a_long_list_survive_paging_and_the_way_back(world: World, live_server) -> None:
    for number in range(25):
        make_post(world.town, title=f"岗位{number}", state=PostState.SUBMITTED, **TERM)
    with playing(live_server.url) as desks:
        page = desks.sign_in("zuzhibu")
        page.goto(f"{live_server.url}/posts/?state=submitted")
        page.locator("[data-select-row]").nth(3).check()
        page.get_by_role("link", name="下一页").click()
        expect(page.locator("[data-selected-count]").first).to_have_text("1")
        page.locator("[data-select-row]").first.check()
        page.locator("#main tbody a.row-title").first.click()
        page.go_back()
        expect(page.locator("[data-selected-count]").first).to_have_text("2")
        page.reload()
        expect(page.locator("[data-selected-count]").first).to_have_text("2")
        page.get_by_role("button", name="选中全部 25 条").click()
        expect(page.locator("[data-selected-count]").first).to_have_text("25")
        page.get_by_role("button", name="审核通过", exact=True).click()
        page.locator("dialog[open]").get_by_role("button", name="审核通过", exact=True).click()
        told(page, "25个岗位需求已审核通过。")
        assert "state=submitted" in page.url
        expect(page.locator("#main")).to_contain_text("没有符合条件的记录")
        assert desks.troubles == []


def test_a_block_of_excel_is_pasted_and_a_column_filled_down(world: World, live_server) -> None:
    campaign = world.campaign(CampaignState.DRAFT)
    for one in world.bureaus:
        make_quota(campaign, one, n_asked=1)
    with playing(live_server.url) as desks:
        page = desks.sign_in("zuzhibu")
        page.goto(f"{live_server.url}/campaigns/{campaign.pk}/quotas/edit/")
        cells = page.locator("[data-column=asked]")
        cells.nth(1).focus()
        page.evaluate(
            """() => {
              const data = new DataTransfer();
              data.setData("text/plain", "2\\t4\\n3\\t\\n");
              const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
              document.activeElement.dispatchEvent(paste);
            }"""
        )
        page.locator("[data-fills=cap]").click()
        page.get_by_role("button", name="保存", exact=True).click()
        told(page, "名额已保存，共 4 个单位。")
        assert desks.troubles == []
    rows = campaign.quotas.order_by("home_unit__path").values_list("n_asked", "release_cap")
    assert list(rows) == [(1, 4), (2, 4), (3, 4), (1, 4)]


def plan(world: World, campaign: Campaign) -> None:
    """Five people for five villages, and the units are asked."""
    posts = CampaignPost.objects.filter(campaign=campaign).order_by("pk")
    people = [make_nomination(campaign, person, **CHECKED) for person in world.people[:5]]
    run = MatchingRun.objects.create(
        campaign=campaign,
        number=1,
        weights={},
        snapshot={"nominations": [one.pk for one in people], "posts": [one.pk for one in posts]},
        report={"optimum": [[row, row] for row in range(5)]},
        created_by=world.owner,
        created_at=AT,
    )
    proposal = Proposal.objects.create(
        run=run, name="方案一", is_chosen=True, created_by=world.owner, created_at=AT
    )
    for person, post in zip(people, posts, strict=True):
        ProposalPair.objects.create(proposal=proposal, nomination=person, campaign_post=post, score=0.8)
    start_consultation(proposal, due_on=TODAY + 9 * DAY, by=world.owner, on=TODAY, at=AT)
