"""The style guide shows every part; the choice of columns is kept and cannot lead astray."""

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from secondment.accounts.choices import Role
from secondment.common.errors import DomainError
from secondment.common.styleguide import ROWS
from tests.makers import make_user


@pytest.fixture
def client(signed_in) -> Client:
    return signed_in(make_user(Role.LEADER))


def test_style_guide_shows_every_component(client) -> None:
    html = client.get("/styleguide/").content.decode()
    parts = [
        "kpi",
        "list-region",
        "chart-canvas",
        "steps-line",
        "tabs",
        "facts",
        "timeline-list",
        "differences",
    ]
    parts += [
        "tree",
        "drop-zone",
        "form-part",
        "note-error",
        "status-warn",
        "job-progress",
        "empty-state",
        "dialog",
    ]
    assert [part for part in parts if part not in html] == []


def test_style_guide_shows_errors_on_request(client) -> None:
    assert "field-error" in client.get("/styleguide/?check=1").content.decode()


def test_style_guide_changes_nothing(client) -> None:
    response = client.post("/styleguide/", follow=True)
    assert "不会改动任何数据" in response.content.decode()


def test_style_guide_filters_its_list(client) -> None:
    html = client.get(
        "/styleguide/?name=赵&state=serving", headers={"HX-Target": "table-styleguide"}
    ).content.decode()
    n = sum(row.name.startswith("赵") and row.state == "serving" for row in ROWS)
    assert f"共 <strong>{n}</strong> 条" in html


@pytest.mark.parametrize(("asked", "shown"), [("0", "20%"), ("80", "100%"), ("x", "0%"), ("9999", "0%")])
def test_example_progress_advances(client, asked: str, shown: str) -> None:
    assert shown in client.get("/styleguide/progress/", {"percent": asked}).content.decode()


def test_columns_are_kept_and_shown_again(client) -> None:
    response = client.post(
        "/table-columns/", {"table": "styleguide", "columns": ["unit", "pk"], "next": "/styleguide/?page=2"}
    )
    assert response.headers["Location"] == "/styleguide/?page=2"
    cookie = next(iter(response.cookies.values()))
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    html = client.get("/styleguide/").content.decode()
    assert 'data-label="编号"' in html
    assert 'data-label="状态"' not in html


@pytest.mark.parametrize("url", ["https://example.invalid/", "//example.invalid/", "javascript:x"])
def test_columns_never_lead_to_another_site(client, url: str) -> None:
    assert client.post("/table-columns/", {"table": "people", "next": url}).headers["Location"] == "/"


@pytest.mark.parametrize(
    "data", [{}, {"table": "a b"}, {"table": "people", "columns": ["x;y"]}, {"table": "人"}]
)
def test_broken_choice_of_columns_is_not_found(client, data) -> None:
    assert client.post("/table-columns/", data).status_code == 404


def test_columns_are_chosen_by_post_only(client) -> None:
    assert client.get("/table-columns/").status_code == 405


def test_unknown_page_says_what_to_do(client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "不在您的管理范围内" in response.content.decode()


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_no_context(code: str) -> None:
    assert "干部挂职管理系统" in render_to_string(f"{code}.html")


def test_refused_action_shows_reason_and_basis() -> None:
    request: HttpRequest = RequestFactory().get("/")
    html = render_to_string(
        "common/refused.html", {"error": DomainError("名额已满", basis="《示例规定》第三条")}, request
    )
    assert "名额已满" in html
    assert "《示例规定》第三条" in html


def test_frame_says_who_and_where(client) -> None:
    html = client.get("/styleguide/").content.decode()
    assert 'class="skip-link" href="#main"' in html
    assert '"allowEval":false' in html
    assert "退出登录" in html
