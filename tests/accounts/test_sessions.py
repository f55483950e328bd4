"""Sessions end in time, and a one-time password opens one page only."""

import pytest
from django.test import Client
from tests.makers import AT, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.errors import AccountChangedError
from secondment.accounts.models import User
from secondment.accounts.services import change_password, end_sessions, give_password

OLD, NEW = "a-good-password", "quite-another-pass"


@pytest.fixture
def leader(db: None) -> User:
    return make_user(Role.LEADER, make_unit("示例省"), password=OLD)


def moved_back(client: Client, **seconds: int) -> None:
    """Pretend that the session began, or was last used, so many seconds earlier."""
    session = client.session
    for name, amount in seconds.items():
        session[name] -= amount
    session.save()


@pytest.fixture
def client(leader: User, signed_in) -> Client:
    client: Client = signed_in(leader)
    client.get("/")
    return client


@pytest.mark.parametrize(
    ("moved", "status"),
    [
        ({"last_used_at": 29 * 60}, 200),
        ({"last_used_at": 31 * 60}, 302),
        ({"started_at": 7 * 3600}, 200),
        ({"started_at": 8 * 3600 + 1}, 302),
    ],
)
def test_session_ends_when_idle_or_old(client: Client, moved: dict[str, int], status: int) -> None:
    moved_back(client, **moved)
    assert client.get("/todo/").status_code == status
    assert client.get("/todo/").status_code == status


def test_expired_session_says_so_and_leads_back(client: Client) -> None:
    moved_back(client, last_used_at=3600)
    response = client.get("/todo/?page=2")
    assert response.headers["Location"] == "/accounts/sign-in/?expired=1&next=%2Ftodo%2F%3Fpage%3D2"
    assert "登录已超时" in client.get(response.headers["Location"]).content.decode()


def test_expired_form_leads_to_sign_in_without_coming_back(client: Client) -> None:
    moved_back(client, last_used_at=3600)
    assert client.post("/notices/read/").headers["Location"] == "/accounts/sign-in/?expired=1"


def test_expired_fragment_moves_the_whole_page(client: Client) -> None:
    moved_back(client, last_used_at=3600)
    response = client.get("/todo/", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/accounts/sign-in/?expired=1")


def test_use_is_noted_once_a_minute(client: Client) -> None:
    before = client.session["last_used_at"]
    moved_back(client, last_used_at=90)
    client.get("/")
    assert client.session["last_used_at"] >= before


def test_one_time_password_opens_one_page_only(client: Client, leader: User) -> None:
    User.objects.update(must_change_password=True)
    for url in ("/", "/todo/", "/no-such-page/"):
        assert client.get(url).headers["Location"] == "/accounts/password/"
    assert (
        client.get("/todo/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/accounts/password/"
    )
    assert "一次性密码" in client.get("/accounts/password/").content.decode()
    assert client.post("/i18n/setlang/", {"language": "en"}).status_code == 302
    assert client.post("/accounts/sign-out/").status_code == 302


def change(client: Client, old: str, new: str, again: str = ""):
    return client.post(
        "/accounts/password/", {"old_password": old, "new_password1": new, "new_password2": again or new}
    )


def test_the_old_password_is_not_guessed_on_from_an_open_desk(leader: User, signed_in, settings) -> None:
    settings.SIGN_IN_TRIES_ACCOUNT = 3
    client = signed_in(leader)
    right = "the-right-old-one-2026"
    leader.set_password(right)
    leader.save()
    client.force_login(leader)
    tries = [change(client, old, "short") for old in ("a", right, "b", right, "c")]
    assert [one.status_code for one in tries] == [200] * 5  # a right one gives its try back
    refused = change(client, right, "a-new-one-for-the-desk")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    assert client.get("/todo/").status_code == 302
    leader.refresh_from_db()
    assert leader.check_password(right)


def test_changed_password_ends_other_sessions_and_keeps_this_one(
    client: Client, leader: User, signed_in
) -> None:
    User.objects.update(must_change_password=True)
    other = signed_in(User.objects.get(pk=leader.pk))
    response = change(client, OLD, NEW)
    assert response.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    account = User.objects.get(pk=leader.pk)
    assert (account.check_password(NEW), account.must_change_password, account.one_time_until) == (
        True,
        False,
        None,
    )


@pytest.mark.parametrize("meanwhile", ["password", "role", "disable"])
def test_an_account_taken_in_hand_while_its_password_is_checked_keeps_what_was_done(
    leader: User, meanwhile: str
) -> None:
    """Else one administrator could open an account, type its next password, and have another grant the role meanwhile."""
    typing = User.objects.get(pk=leader.pk)
    if meanwhile == "password":
        give_password(User.objects.get(pk=leader.pk), "one-time", by=None, at=AT)
    elif meanwhile == "role":
        end_sessions(User.objects.get(pk=leader.pk))
    else:
        User.objects.update(is_active=False)
    before = User.objects.get(pk=leader.pk).password
    with pytest.raises(AccountChangedError):
        change_password(typing, NEW, at=AT)
    assert User.objects.get(pk=leader.pk).password == before


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "words"),
    [
        ("wrong", NEW, "", "old_password", "原密码不正确"),
        (OLD, NEW, "something-else", "new_password2", "不一致"),
        (OLD, OLD, "", None, "不能与原密码相同"),
        (OLD, "short", "", "new_password2", ""),
        (OLD, "password12345678", "password1234567", "new_password2", "不一致"),
    ],
)
def test_bad_new_passwords_are_refused(
    client: Client, leader: User, old: str, new: str, again: str, field: str | None, words: str
) -> None:
    form = change(client, old, new, again).context["form"]
    assert words in str(form.errors[field or "__all__"])
    assert User.objects.get(pk=leader.pk).check_password(OLD)


def test_language_stays_with_the_browser(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert "Home" in client.get("/").content.decode()
