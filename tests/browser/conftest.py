"""A browser for journeys through the whole product."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.desk import TIMEOUT_MS, Desks
from tests.browser.scene import Scene, make_scene

CHROMIUM = shutil.which("chromium") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return make_scene()


@contextmanager
def playing(url: str) -> Iterator[Desks]:
    """A browser while the journey is played; the database is asked only before and after."""
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield Desks(browser, url)
        browser.close()
