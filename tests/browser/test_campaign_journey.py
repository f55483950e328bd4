"""One campaign from its first day to people in post, by clicks alone, each party at its own desk."""

import datetime as dt
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from secondment.audit.models import AuditEvent
from secondment.audit.services import seal_events
from secondment.audit.verification import verify_trail
from secondment.campaigns.models import Campaign
from secondment.matching.models import Proposal
from secondment.placements.models import Placement
from tests.browser import deciding, matching, nominating, planning, sending
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.desk import Desks
from tests.browser.english import read_in_english
from tests.browser.scene import EAST, HOME, NOTIFIED_BEFORE, WEST, Scene

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


def test_campaign_from_demand_to_arrival(scene: Scene, live_server) -> None:
    with playing(live_server.url) as desks:
        play(desks)
        assert desks.troubles == []
    assert Campaign.objects.get().state == "dispatched"
    assert sorted(Placement.objects.values_list("person__name", "host_unit__name", "state")) == [
        ("张示例", EAST, "in_post"),
        ("示例甲", WEST, "appointed"),
    ]
    check_trail(scene)


def play(desks: Desks) -> None:
    """Everybody's part in turn."""
    owner, host = desks.sign_in("zuzhibu"), desks.sign_in("jieshou")
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
    matching.see_cost_by_drag(owner)
    matching.see_cost_by_handle(owner)
    matching.choose(owner)
    date_plan_back()
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
    headings: list[str] = []
    for username, page in (("zuzhibu", owner), ("paichu", home), ("jieshou", host), ("zhang", phone)):
        headings += read_in_english(page, desks.pages_still_open(page, username))
    assert len(headings) >= 40
    assert set(headings) >= HEADINGS, headings


def date_plan_back() -> None:
    """The plan stood before it was posted on paper; five working days cannot pass within a test.

    In a thread of its own, because the browser's loop runs in this one.
    """

    def update() -> None:
        Proposal.objects.update(created_at=F("created_at") - dt.timedelta(days=NOTIFIED_BEFORE))
        connection.close()

    thread = Thread(target=update)
    thread.start()
    thread.join()


def check_trail(scene: Scene) -> None:
    """Every party has left its traces, and none was touched."""
    seal_events()
    report = verify_trail(at=timezone.now())  # noqa: TID251 -- a journey takes the time it takes
    assert (report.faults, report.n_waiting, report.n_links) == ((), 0, AuditEvent.objects.count())
    call_command("verify_audit", verbosity=0)
    done = {user.username: set(actions_of(user)) for user in scene.accounts}
    for username, actions in EXPECTED.items():
        assert actions <= done[username]


def actions_of(user) -> list[str]:
    """What this account did."""
    return list(AuditEvent.objects.filter(actor=user).values_list("action", flat=True))


HEADINGS = {
    "Home",
    "Post requests",
    "New campaign",
    "Consultation and decision",
    "Record the decision",
    "Secondees",
    "My secondment",
    "My to-do",
}
EXPECTED = {
    "zuzhibu": {
        "campaign.create",
        "post.approve",
        "campaign.open_campaign",
        "campaign.close_nominations",
        "proposal.swap_pair",
        "proposal.choose",
        "campaign.start_consultation",
        "campaign.publish_notification",
        "proposal.record_talks",
        "campaign.decide_campaign",
        "placement.issue_notice",
        "campaign.dispatch_campaign",
    },
    "paichu": {"roster.upload", "roster.confirm", "consultation.reply"},
    "jieshou": {"post.create", "post.submit", "consultation.reply", "placement.record_arrival"},
    "zhang": {
        "nomination.state_preferences",
        "placement.download_notice",
        "placement.confirm_report",
    },
}
