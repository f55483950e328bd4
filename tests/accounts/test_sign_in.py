"""Sign-in: trail, one-time passwords, demo accounts, the throttle on the real flow."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from tests.makers import make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.services import reset_password
from secondment.audit.models import AuditEvent
from secondment.common.installation import mark_as_demo

URL = "/accounts/sign-in/"
PASSWORD = "a-good-password"


@pytest.fixture
def leader(db: None) -> User:
    return make_user(Role.LEADER, make_unit("示例省"), username="leader", password=PASSWORD)


def sign_in(client: Client, username: str, password: str, **extra):
    return client.post(URL, {"username": username, "password": password}, **extra)


def last_action() -> str:
    return AuditEvent.objects.latest("pk").action


def test_sign_in_and_out_leave_a_trail(leader: User, client: Client) -> None:
    assert sign_in(client, " LEADER ", PASSWORD).headers["Location"] == "/"
    assert last_action() == "account.sign_in"
    response = client.post("/accounts/sign-out/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert last_action() == "account.sign_out"
    assert client.get("/").status_code == 302


def test_signing_out_twice_leaves_one_mark(leader: User, client: Client) -> None:
    client.post("/accounts/sign-out/")
    assert not AuditEvent.objects.filter(action="account.sign_out").exists()


def test_wrong_name_and_wrong_password_get_the_same_answer(leader: User, client: Client) -> None:
    answers = {
        sign_in(client, name, "wrong").context["form"].non_field_errors()[0] for name in ("leader", "nobody")
    }
    assert answers == {"账号或密码不正确。连续输错 5 次将锁定 30 分钟。"}
    assert AuditEvent.objects.filter(action="account.sign_in_failed").count() == 1


def test_one_time_password_ends_after_its_time(leader: User, client: Client) -> None:
    User.objects.update(one_time_until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    response = sign_in(client, "leader", PASSWORD)
    assert response.context["form"].non_field_errors() == ["一次性密码已过期，请联系系统管理员重新设置。"]


def test_disabled_account_cannot_sign_in(leader: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert sign_in(client, "leader", PASSWORD).status_code == 200


def test_demo_accounts_fill_the_form_in_a_demo_only(db: None, client: Client, settings) -> None:
    assert "演示账号" not in client.get(URL).content.decode()
    assert client.get(f"{URL}?as=org").context["form"].initial == {}
    for username in ("org", "leader"):
        make_user(username=username)
    settings.DEMO = True
    assert "演示账号" not in client.get(URL).content.decode()  # real data: nobody's password is known
    mark_as_demo()
    page = client.get(f"{URL}?as=org").content.decode()
    assert "演示账号" in page
    assert 'value="org"' in page
    assert f'value="{settings.DEMO_PASSWORD}"' in page
    assert settings.DEMO_PASSWORD not in client.get(f"{URL}?as=nobody").content.decode()


def test_every_role_has_a_demo_account(settings) -> None:
    assert sorted(settings.DEMO_ACCOUNTS.values()) == sorted(Role)


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    n = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).n += 1
        return super().encode(password, salt)


@pytest.fixture
def throttled(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]


def test_five_failures_lock_for_half_an_hour_and_nothing_is_hashed_any_more(
    throttled: None, leader: User, client: Client
) -> None:
    for _ in range(4):
        assert sign_in(client, "leader", "wrong").status_code == 200
    assert sign_in(client, "leader", "wrong").status_code == 429
    CountingHasher.n, events = 0, AuditEvent.objects.count()
    for password in ("wrong", PASSWORD):
        response = sign_in(client, "leader", password)
        assert response.status_code == 429
        assert "30 分钟" in response.content.decode()
    assert (CountingHasher.n, AuditEvent.objects.count()) == (0, events)


def test_the_lock_holds_one_name_from_one_network(throttled: None, leader: User, client: Client) -> None:
    for _ in range(5):
        sign_in(client, "leader", "wrong")
    assert sign_in(client, "leader", PASSWORD, REMOTE_ADDR="10.0.0.9").status_code == 302
    assert sign_in(Client(), "other", "wrong").status_code == 200


def test_a_reset_password_opens_the_lock(throttled: None, leader: User, client: Client) -> None:
    for _ in range(5):
        sign_in(client, "leader", "wrong")
    system = make_user(Role.SYSTEM_ADMINISTRATOR, leader.assignments.get().unit)
    password = reset_password(leader, by=system, at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
    assert sign_in(client, "leader", password).status_code == 302


def test_five_failures_with_a_name_nobody_has_lock_as_well(throttled: None, db: None, client: Client) -> None:
    assert [sign_in(client, "nobody", "wrong").status_code for _ in range(6)] == [200] * 4 + [429] * 2
    CountingHasher.n = 0
    assert sign_in(client, " NOBODY ", "wrong").status_code == 429
    assert CountingHasher.n == 0


def test_a_sign_in_gives_five_new_tries(throttled: None, leader: User, client: Client) -> None:
    for _ in range(4):
        sign_in(client, "leader", "wrong")
    assert sign_in(client, "leader", PASSWORD).status_code == 302
    assert sign_in(Client(), "leader", "wrong").status_code == 200
