"""A year of assessment from the template to the recomputation, by clicks alone, from an installation without any.

Every act is somebody's at a desk of their own or on a phone; the clock of the server stands in January of the year after,
whatever the day outside. Of the twenty ballots one a group is tapped here, the others are posted as a browser without
scripts does; APPRAISAL_TAPPED=5 taps all of them.
"""

import datetime as dt
import os
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.browser import appraising as step
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.hand import Clock

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
TAPPED = int(os.environ.get("APPRAISAL_TAPPED", "1"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock(dt.datetime.combine(step.PREPARED, dt.time(9), ZoneInfo("Asia/Shanghai")))
    monkeypatch.setattr(timezone, "now", one.now)
    return one


def test_from_the_template_to_the_recomputation(
    transactional_db: None, clock: Clock, live_server, settings, tmp_path
) -> None:
    settings.DATA_DIR = tmp_path
    step.make_world()
    with playing(live_server.url) as desks:
        office = desks.sign_in("qicao")
        step.writes_standard(office)
        second = desks.sign_in("qianpi")
        step.signs_standard(second)
        step.begins_appraisal(office)
        step.fills_rosters(office, tmp_path)
        step.locks_rosters(office)
        clock.to(step.VOTED)
        office = desks.sign_in("qicao")
        step.opens_vote(office)
        slips = step.prints_slips(office)
        receipts = []
        for group in step.GROUPS:
            for voter, address in enumerate(slips[group]):
                votes = step.votes_on_phone if voter < TAPPED else step.votes_by_post
                receipts.append(votes(desks.browser, address, voter))
        assert len(set(receipts)) == len(step.GROUPS) * step.VOTING
        step.marks_signed(office, tmp_path)
        step.closes_vote(office, receipts)
        step.computes(office)
        clock.to(step.DECIDED)
        office = desks.sign_in("qicao")
        step.opens_register(office)
        for unit in ("jieshou", "paichu"):
            step.gives_opinions(desks.sign_in(unit))
        step.holds_meeting(office)
        step.checks_decision(desks.sign_in("qianpi"))
        clock.to(step.ENFORCED)
        step.enforces(desks.sign_in("qicao"))
        secondee = desks.sign_in("zhang", width=390)
        step.objects(secondee)
        third = desks.sign_in("fucha")
        step.recomputes(third)
        step.answers(third)
        step.reads_answer(secondee)
    assert desks.troubles == []
