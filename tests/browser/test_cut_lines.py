"""A worker answers while the line is cut; forms and files go out untouched, and nobody's data stays in its cache."""

import random

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from secondment.accounts.choices import Role
from secondment.places.models import PlaceFile
from secondment.places.services import read_file
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.scene import PASSWORD
from tests.daily_work.scene import AT, ON, SEPTEMBER, Scene, make_scene
from tests.makers import make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
SHEET = f"/daily/host/?until={SEPTEMBER}"
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) found.push(...await (await caches.open(name)).keys());
  return found.map((one) => new URL(one.url).pathname);
}"""


@pytest.fixture
def township(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    scene = make_scene(1)
    make_user(Role.HOST_UNIT, scene.townships[0], username="town", password=PASSWORD, name="镇组织委员")
    return scene


def watched(page: Page) -> list[tuple[str, bool]]:
    """Method of each request from now on, and whether the worker answered it."""
    answers: list[tuple[str, bool]] = []
    page.on("response", lambda one: answers.append((one.request.method, one.from_service_worker)))
    return answers


def test_forms_and_files_go_out_untouched_and_a_cut_line_is_said(township: Scene, live_server) -> None:
    survey = b"%PDF-1.4\n" + random.Random(7).randbytes(300_000)
    unit = township.people[0].host_unit
    with playing(live_server.url) as desks:
        page = desks.sign_in("town", width=360)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        assert page.evaluate("navigator.serviceWorker.controller !== null")
        answers = watched(page)
        page.goto(f"{live_server.url}/places/{unit.pk}/file/")
        page.set_input_files(
            "input[type=file]", {"name": "村情.pdf", "mimeType": "application/pdf", "buffer": survey}
        )
        page.locator("form.card button.btn-primary").click()
        page.wait_for_url(f"**/places/{unit.pk}/")
        assert ("GET", True) in answers
        assert ("POST", False) in answers
        assert ("POST", True) not in answers
        page.goto(live_server.url + SHEET)
        page.context.set_offline(True)
        page.reload()
        expect(page.get_by_role("heading", name="线路中断")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.plain-card')).paddingTop") != "0px"
        page.context.set_offline(False)
        page.get_by_role("link", name="重试").click()
        expect(page.get_by_role("heading", name="本单位挂职干部")).to_be_visible()
        kept = page.evaluate(CACHED)
        assert "/offline/" in kept
        assert {one.split("/")[1] for one in kept} == {"offline", "static"}
        page.locator("form[data-forgets-drafts]").evaluate("form => form.requestSubmit()")
        page.wait_for_url("**/sign-in/**")
        registered = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
        assert (page.evaluate(CACHED), page.evaluate(registered)) == ([], 0)
    kept_file = PlaceFile.objects.get()
    assert read_file(kept_file, by=township.owner, at=AT) == survey
