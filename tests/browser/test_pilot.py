"""Thirty days of an office that begins with nothing: a hundred people in post, no campaign, no account of a secondee."""

import datetime as dt
import io
import re
import sqlite3
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

from secondment.backups.services.nightly import back_up_if_due
from secondment.cli.main import main
from secondment.obligations.services import bring_up_to_date
from secondment.onboarding.begun import KNOWN
from secondment.onboarding.services.first_run import new_start_code
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.hand import Clock, Cost
from tests.browser.pilot import FIRST_DAY, ROLES, STEPS, Pilot, on
from tests.browser.pilot_files import N

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
COUNTED = re.compile(r"\| (\d+|合计) \|")
PAGE = Path(__file__).parents[2] / "docs" / "pilot.zh-CN.md"


@pytest.fixture
def clock(has_begun: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The first day, of an installation that has not begun."""
    monkeypatch.setattr(KNOWN, "has_begun", False)
    one = Clock(dt.datetime.combine(FIRST_DAY, dt.time(9), ZoneInfo("Asia/Shanghai")))
    monkeypatch.setattr(timezone, "now", one.now)
    return one


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TEMPORARY_DIR = tmp_path / "temporary"
    settings.DEMO = False
    for one in (settings.BACKUP_DIR, settings.TEMPORARY_DIR):
        one.mkdir()
    return tmp_path


def spent(before: dict[str, Cost], after: dict[str, Cost]) -> dict[str, Cost]:
    """Role → what was clicked and typed between."""
    by_role: dict[str, Cost] = {}
    for account, cost in after.items():
        by_role.setdefault(ROLES[account], Counter()).update(cost - before.get(account, Counter()))
    return {role: cost for role, cost in by_role.items() if cost}


def rows(when: object, what: str, costs: dict[str, Cost]) -> list[str]:
    """Lines of the page."""
    return [
        f"| {when} | {what} | {role} | {cost['clicks']} | {cost['characters']} |"
        for role, cost in costs.items()
    ]


@pytest.mark.usefixtures("transactional_db")
def test_thirty_days_from_an_empty_directory(
    live_server, clock: Clock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in this thread
    code = new_start_code()
    lines: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pilot = Pilot(browser, live_server.url, clock, folder)
        pilot.start_code = code
        for step in STEPS:
            clock.to(on(step.day))
            bring_up_to_date(on=on(step.day))  # as every night
            before = pilot.costs()
            step.play(pilot)
            lines += rows(step.day, step.what, spent(before, pilot.costs()))
        lines += rows("合计", "三十天", spent({}, pilot.costs()))
        assert pilot.troubles == []
        browser.close()
    clock.to(on(30))
    made = back_up_if_due(at=clock.now())
    assert made is not None
    typed = "".join(f"{row}\n" for half in pilot.halves for row in half)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    place = folder / "second machine"
    assert main(["restore", str(folder / "backups" / made.name), "--into", str(place)]) == 0
    with sqlite3.connect(place / "secondment.sqlite3") as restored:
        assert restored.execute("select count(*) from placements_placement").fetchone() == (N,)
    printed = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line for line in printed if COUNTED.match(line)] == lines
