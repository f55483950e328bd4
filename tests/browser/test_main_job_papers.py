"""From the decision to notices for everybody: previewed, numbered and issued by a watched job, in at most six clicks."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState
from secondment.decision.models import Decision
from secondment.placements.choices import NoticeState
from secondment.placements.models import AppointmentNotice, Placement
from secondment.placements.services.batches import ISSUED_AT_ONCE
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.hand import Hand
from tests.browser.scene import PASSWORD, TODAY
from tests.decision.conftest import make_proposal
from tests.makers import (
    CHECKED,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
N = ISSUED_AT_ONCE + 2  # as many as a job needs; no click depends on the number


@pytest.fixture
def decided(transactional_db: None) -> int:
    """A campaign that was decided on; the last notices went out in the series 示组挂."""
    root = make_unit("示例市委组织部")
    org = make_user(Role.ORGANISATION_DEPARTMENT, root, username="org", password=PASSWORD, name="经办人甲")
    home, town = make_unit("示例局", root), make_unit("示例镇", root)
    campaign = make_campaign(
        root,
        name="第一批",
        state=CampaignState.DECIDED,
        starts_on=TODAY,
        ends_on=TODAY + dt.timedelta(days=700),
        programme_version=make_programme_version(),
    )
    post = make_post(town, title="副镇长（挂职）", headcount=N)
    pairs = []
    for at in range(N):
        person = make_person(home, name=f"示例{at:02d}", post_title="示例局一级主任科员")
        nomination = make_nomination(campaign, person, **CHECKED)
        pairs.append((nomination, campaign_post_of(campaign, post)))
        make_placement(campaign, person, post, starts_on=campaign.starts_on, ends_on=campaign.ends_on)
    Decision.objects.create(
        campaign=campaign,
        proposal=make_proposal(campaign, pairs),
        meeting="部务会",
        number="示组决〔2026〕6号",
        decided_on=TODAY,
        recorded_by=org,
    )
    make_placement(
        None,
        make_person(home),
        make_post(town),
        owner_unit=root,
        notice_number="示组挂〔2025〕9号",
        notice_on=TODAY,
    )
    return campaign.pk


def campaign_post_of(campaign, post):
    return campaign.campaign_posts.first() or make_campaign_post(campaign, post)


def test_notices_for_everybody_in_six_clicks(decided: int, live_server) -> None:
    """印发挂职通知 · 每人一份通知 · 核对通知 · 确认编号并印发: four, with the series and the day proposed."""
    with playing(live_server.url) as desks:
        clerk = Hand(desks.sign_in("org"))
        clerk.page.goto(f"{live_server.url}/matching/decisions/{decided}/")
        clerk.link("印发挂职通知", "main")
        expect(clerk.page.get_by_label("文号字")).to_have_value("示组挂")
        clerk.tick("每人一份通知")
        clerk.button("核对通知")
        clerk.reads(f"{N} 人，{N} 份通知，文号 示组挂〔{TODAY.year}〕1号 至 示组挂〔{TODAY.year}〕{N}号。")
        clerk.reads("选派示例局一级主任科员示例00同志到示例镇挂任副镇长")
        clerk.button(f"确认编号并印发 {N} 份")
        expect(clerk.page.get_by_role("heading", level=1)).to_contain_text("印发挂职通知")
        clerk.reads("已完成", f"已为 {N} 人印发挂职通知。")
        assert clerk.n <= 6

        # one number is wrong: it becomes void with a word, and nobody is lost
        clerk.page.goto(f"{live_server.url}/placements/notices/?text=示例00")
        clerk.link(f"示组挂〔{TODAY.year}〕1号", "main")
        clerk.link("作废", "main")
        clerk.type(clerk.page.get_by_label("作废理由"), "职务有误")
        clerk.button("作废")
        clerk.reads("已作废，文号保留并注明理由。", "职务有误")
        assert desks.troubles == []
    assert AppointmentNotice.objects.filter(state=NoticeState.WITHDRAWN).get().number.endswith("〕1号")
    assert Placement.objects.filter(campaign=decided, state="appointed").count() == N - 1
