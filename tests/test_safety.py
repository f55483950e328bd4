"""Every answer carries the security headers, whatever the page and whoever asks; production settings are clean."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.appraisals.middleware import HEADERS as BALLOT_HEADERS
from secondment.common.middleware import CONTENT_SECURITY_POLICY
from tests.authorisation.test_matrix import ROWS
from tests.authorisation.world import make_world

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
DAILY_PAGES = sorted(name for name, row in ROWS.items() if row.kwargs is None and row.method == "get")


def wrong_headers(response) -> dict[str, str]:
    found = {name: response.headers.get(name, "") for name in HEADERS}
    wrong = {name: value for name, value in found.items() if value != HEADERS[name]}
    cache = response.headers.get("Cache-Control", "")
    return wrong if "no-store" in cache else {**wrong, "Cache-Control": cache}


def test_every_page_carries_the_headers(db: None, signed_in) -> None:
    world = make_world()
    client = signed_in(world.actors[Role.ORGANISATION_DEPARTMENT])
    found = {name: wrong_headers(client.get(reverse(name))) for name in DAILY_PAGES}
    worker = {
        "service_worker": {"Cache-Control": "no-cache"}
    }  # names static files only; asked for anew each time
    # stricter than the others: nothing but what the page itself needs, and no address of it anywhere
    ballot = {
        name: {one: value for one, value in BALLOT_HEADERS.items() if HEADERS.get(one, value) != value}
        for name in DAILY_PAGES
        if name.startswith("vote:")
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == worker | ballot


@pytest.mark.parametrize("url", ["/accounts/sign-in/", "/no-such-page/", "/audit/"])
def test_refusals_carry_the_headers_too(db: None, client, url: str) -> None:
    assert wrong_headers(client.get(url)) == {}


def test_static_files_carry_them_too_and_are_for_this_site_alone(db: None, client) -> None:
    with closing(client.get("/static/common/icon.svg")) as response:
        assert response.status_code == 200
    assert {name: value for name, value in wrong_headers(response).items() if name != "Cache-Control"} == {}
    assert "Access-Control-Allow-Origin" not in response.headers


def test_the_list_of_static_files_is_not_served(db: None, client, tmp_path: Path, settings) -> None:
    """As `./run` collects them: the file lies beside the others and stays with the server."""
    (tmp_path / "one.css").write_text("a{}")
    for name in ("staticfiles.json", "staticfiles.json.gz"):
        (tmp_path / name).write_text("{}")
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = tmp_path, False
    settings.WHITENOISE_AUTOREFRESH = False
    codes = {}
    for path in tmp_path.iterdir():
        with closing(client.get(f"/static/{path.name}")) as response:
            codes[path.name] = response.status_code
    assert codes == {"one.css": 200, "staticfiles.json": 404, "staticfiles.json.gz": 404}


@pytest.mark.parametrize(
    ("method", "url", "data"),
    [
        ("get", "/units/names/?q=%00", None),
        ("get", "/search/?%00=a", None),
        ("get", "/accounts/1/ask/a%00b/", None),
        ("post", "/accounts/password/", {"old_password": "a\0b"}),
        ("post", "/accounts/sign-out/", {"a\0b": ""}),
    ],
)
def test_a_nul_is_acted_on_nowhere(db: None, signed_in, method: str, url: str, data: dict | None) -> None:
    """No database keeps one: PostgreSQL would break the page, or the trail of the page."""
    client = signed_in(make_world().actors[Role.SYSTEM_ADMINISTRATOR])
    assert getattr(client, method)(url, data).status_code == 400


def test_unknown_page_says_what_to_do(db: None, signed_in) -> None:
    world = make_world()
    response = signed_in(world.actors[Role.LEADER]).get("/no-such-page/")
    assert response.status_code == 404
    assert "返回首页" in response.content.decode()


def test_production_settings_pass_the_framework_check(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SECONDMENT_HTTPS": "1",
        "SECONDMENT_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
