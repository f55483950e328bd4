"""A busy database is answered with a page that tries again, never with a fault; PostgreSQL's words count too."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, RequestFactory

from secondment.common.busy import POSTGRESQL_STATES, busy_page, is_busy
from secondment.common.submissions import KEY
from tests.makers import make_user


class ServerError(Exception):
    """What the driver of PostgreSQL raises."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def told(text: str = "", sqlstate: str | None = None) -> OperationalError:
    error = OperationalError(text)
    error.__cause__ = ServerError(sqlstate) if sqlstate else None
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (told("database is locked"), True),
        (told("database table is locked: people_person"), True),
        (told("no such table: people_person"), False),
        (told("disk I/O error"), False),
        *[(told("told in any language", state), True) for state in sorted(POSTGRESQL_STATES)],
        (told("", "57014"), False),
        (ValueError("database is locked"), False),
        (None, False),
    ],
)
def test_only_what_passes_by_itself_is_busy(error, expected) -> None:
    assert is_busy(error) is expected


@pytest.mark.parametrize(
    "where", ["secondment.portal.views.render", "secondment.accounts.middleware.resolve"]
)
def test_view_and_middleware_alike_answer_503(db: None, monkeypatch, where) -> None:
    def busy(*_given, **_named):
        raise told("database is locked")

    user = make_user()
    user.must_change_password = where.endswith("resolve")
    user.save()
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    monkeypatch.setattr(where, busy)
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Refresh"]) == (503, "5", "5")
    assert "本页将自动重试" in answer.content.decode()


def test_other_faults_stay_faults(db: None, monkeypatch) -> None:
    monkeypatch.setattr("secondment.portal.views.render", lambda *_given: 1 / 0)
    client = Client(raise_request_exception=False)
    client.force_login(make_user(), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/")
    assert answer.status_code == 500
    assert "系统出现错误" in answer.content.decode()


def test_what_was_typed_is_sent_again_with_its_key() -> None:
    sent = {"name": "<教育厅>", "units": ["1", "2"], KEY: "k"}
    answer = busy_page(RequestFactory().post("/units/1/new/?a=1", sent))
    page = answer.content.decode()
    assert 'action="/units/1/new/?a=1" data-retries' in page
    assert 'name="name" value="&lt;教育厅&gt;"' in page
    assert page.count('name="units"') == 2
    assert f'name="{KEY}" value="k"' in page
    assert "Refresh" not in answer.headers


@pytest.mark.parametrize("sent", [{"password": "geheim"}, {"file": SimpleUploadedFile("a.csv", b"geheim")}])
def test_passwords_and_files_do_not_go_into_the_page(sent) -> None:
    page = busy_page(RequestFactory().post("/x/", sent)).content.decode()
    assert "data-retries" not in page
    assert "geheim" not in page
    assert "返回上一页" in page
