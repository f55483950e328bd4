"""One campaign from its first day to people in post, by clicks alone, each party at its own desk."""

import pytest

from tests.browser import deciding, matching, nominating, planning, sending
from tests.browser.conftest import CHROMIUM
from tests.browser.desk import Desks
from tests.browser.scene import EAST, HOME, WEST, Scene

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


def test_campaign_from_demand_to_arrival(scene: Scene, desks: Desks) -> None:
    owner, host = desks.sign_in("zuzhibu"), desks.sign_in("jieshou")
    home = phone = owner
    try:
        planning.create_campaign(owner)
        planning.demand_posts(host)
        planning.approve_posts(owner)
        planning.open_campaign(owner)
        home = desks.sign_in("paichu")
        nominating.nominate_from_list(home)
        nominating.nominate_by_form(home)
        phone = desks.sign_in("zhang", width=390)
        nominating.state_preferences(phone)
        nominating.close_and_check(owner)
        nominating.recheck(owner)
        matching.compute(owner)
        matching.swap_by_menu(owner)
        matching.swap_back_by_drag(owner)
        matching.choose(owner)
        deciding.consult(owner)
        deciding.agree(home, HOME)
        deciding.agree(host, EAST, WEST)
        deciding.notify_public(owner)
        deciding.talk(owner)
        deciding.decide(owner)
        sending.issue_notices(owner)
        sending.read_notice(phone)
        sending.report_for_duty(phone)
        sending.record_arrival(host)
    finally:
        for name, page in (("owner", owner), ("host", host), ("home", home), ("phone", phone)):
            page.screenshot(path=f"/tmp/j_{name}.png", full_page=True)
        print(desks.troubles)
    assert desks.troubles == []
