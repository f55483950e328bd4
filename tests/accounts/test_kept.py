"""What comes after a session has ended is kept for its account, a day long, and sent again once."""

import datetime as dt
from html import escape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.makers import AT, make_person, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.kept import MOST_BYTES, MOST_FORMS, forget_kept_forms, kept_forms, typed_of
from secondment.accounts.limits import seconds_left
from secondment.accounts.models import KeptForm, User
from secondment.audit.models import AuditEvent
from secondment.common.submissions import KEY, new_key, sending
from secondment.units.models import Unit

PASSWORD = "a-good-password"
LIST = "/accounts/kept/"
SIGN_IN = "/accounts/sign-in/?expired=1&kept=1&next=%2Faccounts%2Fkept%2F"
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def root(db: None) -> Unit:
    return make_unit("示例省")


@pytest.fixture
def account(root: Unit) -> User:
    return make_user(Role.ORGANISATION_DEPARTMENT, root, password=PASSWORD)


@pytest.fixture
def client(account: User, signed_in: Any) -> Client:
    client: Client = signed_in(account)
    client.get("/")
    return client


def key_of(account: User) -> str:
    with sending(account.pk):
        return new_key()


def end(client: Client) -> None:
    session = client.session
    session["last_used_at"] -= 3600
    session.save()


def sign_in(client: Client, account: User, url: str = "/accounts/sign-in/") -> Any:
    return client.post(url, {"username": account.username, "password": PASSWORD})


def typed(account: User, **more: Any) -> dict[str, Any]:
    return {KEY: key_of(account), "name": "新单位的名称", **more}


@pytest.mark.parametrize(
    ("idle", "whole", "is_over"),
    [
        (1800, 0, False),
        (1801, 0, True),
        (0, 28_800, False),
        (0, 28_801, True),
        (0, 27_000, False),
        (0, 26_999, False),
    ],
)
def test_the_last_second_still_holds(idle: int, whole: int, is_over: bool) -> None:
    now = 1_000_000
    left = seconds_left({"last_used_at": now - idle, "started_at": now - whole}, now=now)
    assert (left.idle, left.total, left.is_over) == (1800 - idle, 28_800 - whole, is_over)
    assert seconds_left({}, now=now).idle == 1800


def test_pages_tell_the_seconds_that_are_left(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    began = client.session["started_at"]
    at = dt.datetime.fromtimestamp(began + 30, tz=dt.UTC)
    monkeypatch.setattr("secondment.accounts.middleware.timezone.now", lambda: at)
    page = client.get("/").content.decode()
    assert 'data-idle="1770" data-whole="28770"' in page
    assert 'hx-post="/accounts/session/renew/"' in page


def test_going_on_renews_the_idle_time_but_not_the_whole(client: Client, monkeypatch: Any) -> None:
    began = client.session["started_at"]
    at = dt.datetime.fromtimestamp(began + 1800, tz=dt.UTC)
    monkeypatch.setattr("secondment.accounts.middleware.timezone.now", lambda: at)
    answer = client.post("/accounts/session/renew/", headers={"HX-Request": "true"})
    assert 'data-idle="1800" data-whole="27000"' in answer.content.decode()
    assert client.session["started_at"] == began


def test_going_on_too_late_leaves_the_page_as_it_is(client: Client) -> None:
    end(client)
    answer = client.post("/accounts/session/renew/", headers={"HX-Request": "true"})
    assert "HX-Redirect" not in answer.headers
    assert "登录已结束" in answer.content.decode()
    assert "data-session" not in answer.content.decode()
    assert client.post("/accounts/session/renew/").headers["Location"] == "/accounts/sign-in/?expired=1"


@pytest.mark.parametrize("limit", ["last_used_at", "started_at", "no session"])
def test_a_late_form_is_kept_and_sent_again(client: Client, account: User, limit: str, root: Unit) -> None:
    if limit == "no session":
        client.logout()
    else:
        session = client.session
        session[limit] -= 8 * 3600 + 1
        session.save()
    sent = typed(account, tags=["a1", "b2"], version="3")
    assert client.post("/units/?page=2", sent).headers["Location"] == SIGN_IN
    kept = KeptForm.objects.get()
    assert (kept.account, kept.url, kept.is_fragment) == (account, "/units/?page=2", False)
    assert "新单位的名称".encode() not in bytes(kept.sealed)
    assert "已保留" in client.get(SIGN_IN).content.decode()
    assert sign_in(client, account, SIGN_IN).headers["Location"] == LIST
    page = client.get(LIST).content.decode()
    assert "已保留您此前填写的内容" in page
    assert '<form method="post" action="/units/?page=2">' in page
    for name, text in [("name", "新单位的名称"), ("tags", "a1"), ("tags", "b2"), ("version", "3")]:
        assert f'<input type="hidden" name="{name}" value="{text}">' in page


def test_what_was_acted_on_is_deleted_and_the_second_time_finds_nothing(
    client: Client, account: User
) -> None:
    end(client)
    client.post("/notices/read/", typed(account))
    sign_in(client, account)
    kept = KeptForm.objects.get()
    again = typed(account, kept_form=str(kept.pk))
    assert client.post("/notices/read/", again).status_code == 302
    assert not KeptForm.objects.exists()
    assert client.post("/notices/read/", again).status_code == 302
    assert "没有保留的内容" in client.get(LIST).content.decode()


@pytest.mark.parametrize("key", ["", "abc", "99999999999999999999", "²"])
def test_wrong_names_of_kept_forms_delete_nothing(client: Client, account: User, key: str) -> None:
    end(client)
    client.post("/notices/read/", typed(account))
    sign_in(client, account)
    client.post("/notices/read/", typed(account, kept_form=key))
    assert KeptForm.objects.count() == 1


def test_a_form_that_is_refused_stays_kept(client: Client, account: User) -> None:
    end(client)
    client.post("/accounts/new/", typed(account))
    sign_in(client, account)
    kept = KeptForm.objects.get()
    assert client.post("/accounts/new/", typed(account, kept_form=str(kept.pk))).status_code == 403
    assert KeptForm.objects.exists()


def test_another_account_never_sees_nor_touches_it(client: Client, account: User, root: Unit) -> None:
    end(client)
    client.post("/units/", typed(account))
    kept = KeptForm.objects.get()
    other = make_user(Role.LEADER, root, password=PASSWORD)
    assert sign_in(client, other, SIGN_IN).headers["Location"] == LIST
    assert "新单位的名称" not in client.get(LIST).content.decode()
    assert client.post(reverse("accounts:kept_discard", args=[kept.pk])).status_code == 404
    client.post("/notices/read/", typed(other, kept_form=str(kept.pk)))
    assert KeptForm.objects.exists()
    assert kept_forms(other, at=kept.at).count() == 0


def test_it_can_be_given_up(client: Client, account: User) -> None:
    end(client)
    client.post("/units/", typed(account))
    assert sign_in(client, account).headers["Location"] == LIST  # also without being led there
    kept = KeptForm.objects.get()
    assert client.post(reverse("accounts:kept_discard", args=[kept.pk])).headers["Location"] == LIST
    assert not KeptForm.objects.exists()


def test_passwords_and_files_are_named_but_never_kept(client: Client, account: User) -> None:
    end(client)
    file = SimpleUploadedFile("名单.xlsx", b"secret bytes")
    client.post("/units/", typed(account, new_password1="hidden-words", file=file))
    found = typed_of(KeptForm.objects.get())
    assert (found.fields, found.files, found.has_secrets) == ([("name", "新单位的名称")], ["名单.xlsx"], True)
    sign_in(client, account)
    page = client.get(LIST).content.decode()
    assert "文件没有保留，提交前请在原页面重新选择：名单.xlsx" in page
    assert "密码没有保留" in page


@pytest.mark.parametrize("url", ["/accounts/password/", "/i18n/setlang/", "/table-columns/", "/no-page/"])
def test_some_pages_keep_nothing(client: Client, account: User, url: str) -> None:
    end(client)
    client.post(url, typed(account))
    assert KeptForm.objects.exists() is (url == "/no-page/")


def test_without_a_key_of_ours_nothing_is_kept(client: Client, account: User) -> None:
    for key in ("", "forged", key_of(account) + "x", key_of(User(pk=None)), key_of(User(pk=account.pk + 99))):
        client.logout()
        assert client.post("/units/", {KEY: key, "name": "一"}).headers["Location"].endswith("?expired=1")
    User.objects.update(is_active=False)
    client.post("/units/", typed(account))
    client.post("/units/", {KEY: key_of(account)})
    assert not KeptForm.objects.exists()


def test_hostile_texts_are_escaped(client: Client, account: User) -> None:
    end(client)
    client.post("/units/", typed(account, **{HOSTILE: HOSTILE}))
    sign_in(client, account)
    page = client.get(LIST).content.decode()
    assert HOSTILE not in page
    assert page.count(escape(HOSTILE)) == 3


@pytest.mark.parametrize(("extra", "is_kept"), [(0, True), (1, False)])
def test_size_is_limited(client: Client, account: User, extra: int, is_kept: bool) -> None:
    end(client)
    around = len('[[["a", ""]], [], false]')
    client.post("/units/", {KEY: key_of(account), "a": "x" * (MOST_BYTES - around + extra)})
    assert KeptForm.objects.exists() is is_kept


def test_an_address_that_is_too_long_is_not_kept(client: Client, account: User) -> None:
    end(client)
    client.post("/units/?q=" + "a" * 1000, typed(account))
    assert not KeptForm.objects.exists()


def test_the_newest_of_an_account_are_kept(client: Client, account: User) -> None:
    client.logout()
    for n in range(MOST_FORMS + 1):
        client.post("/units/", typed(account, name=f"名称{n}"))
    assert [typed_of(kept).texts for kept in KeptForm.objects.all()] == [
        [f"名称{n}"] for n in range(MOST_FORMS, 0, -1)
    ]


def test_a_day_later_it_is_gone(account: User) -> None:
    KeptForm.objects.create(account=account, url="/", sealed=b"", at=AT)
    day = dt.timedelta(days=1)
    second = dt.timedelta(seconds=1)
    assert kept_forms(account, at=AT + day - second).count() == 1
    assert kept_forms(account, at=AT + day).count() == 0
    assert forget_kept_forms(at=AT + day - second) == 0
    assert forget_kept_forms(at=AT + day) == 1


@pytest.mark.parametrize(
    ("current", "url"),
    [
        ("http://testserver/units/new/?a=1", "/units/new/?a=1"),
        ("http://elsewhere/units/", "/units/"),
        ("", None),
        ("javascript:alert(1)", None),
        ("http://testserver//elsewhere/", None),
    ],
)
def test_what_a_script_sent_leads_back_to_its_page(
    client: Client, account: User, current: str, url: str | None
) -> None:
    end(client)
    headers = {"HX-Request": "true", "HX-Current-URL": current}
    answer = client.post("/matching/preview/", typed(account), headers=headers)
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == (SIGN_IN if url else "/accounts/sign-in/?expired=1")
    assert list(KeptForm.objects.values_list("url", flat=True)) == ([url] if url else [])
    sign_in(client, account)
    page = client.get(LIST).content.decode()
    assert ('action="/matching/preview/"' in page, "打开原页面" in page) == (False, url is not None)


def test_a_form_opened_before_signing_in_again_is_kept(account: User, root: Unit) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/units/", typed(account)).headers["Location"] == LIST
    assert KeptForm.objects.get().account == account
    too_large = typed(account, name="x" * MOST_BYTES)
    other = make_user(Role.LEADER, root)
    for sent in (too_large, typed(other), {"name": "一"}):
        assert client.post("/units/", sent).status_code == 403
    assert KeptForm.objects.count() == 1
    client.logout()
    assert client.post("/units/", typed(account)).headers["Location"] == SIGN_IN


@pytest.mark.parametrize(
    ("url", "title", "leads_to"),
    [
        ("/people/{own}/edit/family/", "{name} · 家庭与回避", "/people/{own}/edit/family/"),
        (
            "/people/{own}/reveal/",
            "{name}",
            "/people/{own}/",
        ),  # a form in a dialog, without a page of its own
        ("/people/{other}/edit/basics/", "干部名册", "/people/"),  # may no longer be opened
        ("/nowhere/at/all/?x=1", "", ""),
    ],
)
def test_a_form_is_named_by_its_page(client, account, root, url: str, title: str, leads_to: str) -> None:
    person, other = make_person(root), make_person(make_unit("别省"))
    words = {"own": person.pk, "other": other.pk, "name": person.name}
    end(client)
    client.post(url.format(**words), typed(account))
    sign_in(client, account)
    n_events = AuditEvent.objects.count()
    page = client.get(LIST).content.decode()
    heading = page[page.index('<div class="card-header">') :].partition("</h2>")[0]
    if title:
        assert f'<a href="{leads_to.format(**words)}">{title.format(**words)}</a>' in heading
    else:
        assert "页面已打不开" in heading
    assert url.format(**words) not in heading or leads_to == url
    assert AuditEvent.objects.count() == n_events  # nobody has looked at the page yet
