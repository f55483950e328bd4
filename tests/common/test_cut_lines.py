"""The worker and its page: open to everybody, with nobody's data; the worker is asked anew each time."""

import json
import re

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.test import Client

from tests.pages import text_of


def test_the_worker_keeps_its_page_and_static_files_alone(db: None) -> None:
    answer = Client().get("/service-worker.js")
    script = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
    assert answer["Content-Type"].startswith("text/javascript")
    kept = json.loads(re.search(r"KEPT = (\[.*?\])", script)[1])  # type: ignore[index]  # it is there
    assert kept[0] == "/offline/"
    assert [one.startswith("/static/common/") for one in kept[1:]] == [True, True]
    assert 'method !== "GET"' in script
    assert Client().post("/service-worker.js").status_code == 405


class Named(StaticFilesStorage):
    """As names of files are on a server: with a mark of their content, and none for no file."""

    def url(self, name: str | None) -> str:
        assert name
        return f"/static/{name}.marked"


def test_the_worker_names_files_as_pages_do(db: None, settings) -> None:
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": f"{__name__}.Named"}}
    answer = Client().get("/service-worker.js")
    script = answer.content.decode()
    assert '"/static/common/dist/app.css.marked"' in script
    assert 'STATIC = "/static/"' in script


def test_the_page_names_nobody_and_holds_no_form(db: None, signed_in, django_user_model) -> None:
    user = django_user_model.objects.create_user("one", name="示例用户", password="x")
    for client in (Client(), signed_in(user)):
        answer = client.get("/offline/")
        assert "内容已保存在本机浏览器" in text_of(answer)
        page = answer.content.decode()
        assert ("<form" in page, "csrf" in page, "示例用户" in page) == (False, False, False)


def test_the_worker_is_registered_after_sign_in(db: None, signed_in, django_user_model) -> None:
    user = django_user_model.objects.create_user("one", name="示例用户", password="x")
    assert "data-worker" not in Client().get("/accounts/sign-in/").content.decode()
    assert 'data-worker="/service-worker.js"' in signed_in(user).get("/").content.decode()
