"""Sign-in: trail, one-time passwords, demo accounts, the throttle on the real flow."""

import datetime as dt
import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.makers import make_unit, make_user

from secondment.accounts import hashing
from secondment.accounts.choices import Role
from secondment.accounts.models import SignInTries, User
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
    assert answers == {"账号或密码不正确。同一账号 10 分钟内最多可试 10 次。"}
    failed = AuditEvent.objects.filter(action="account.sign_in_failed").order_by("pk")
    assert {one.object_type for one in failed} == {"accounts.user", "accounts.signintries"}
    assert [one.details for one in failed] == [{"address": "127.0.0.1"}] * 2
    assert "nobody" not in str(list(failed.values()))


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


def test_ten_failures_end_it_and_nothing_is_hashed_any_more(
    throttled: None, leader: User, client: Client
) -> None:
    for _ in range(9):
        assert sign_in(client, "leader", "wrong").status_code == 200
    assert sign_in(client, "leader", "wrong").status_code == 429
    CountingHasher.n, events = 0, AuditEvent.objects.count()
    for password in ("wrong", PASSWORD):
        response = sign_in(client, "leader", password)
        assert (response.status_code, response.headers["Retry-After"]) == (429, "600")
        assert "10 分钟" in response.content.decode()
    assert (CountingHasher.n, AuditEvent.objects.count()) == (0, events)


def test_the_lock_holds_one_name_from_one_network(throttled: None, leader: User, client: Client) -> None:
    for _ in range(10):
        sign_in(client, "leader", "wrong")
    assert sign_in(client, "leader", PASSWORD, REMOTE_ADDR="10.0.0.9").status_code == 302
    assert sign_in(Client(), "other", "wrong").status_code == 200


def test_one_network_tries_sixty_names_and_another_goes_on(
    throttled: None, leader: User, client: Client
) -> None:
    codes = [sign_in(client, f"name{i}", "wrong", REMOTE_ADDR="203.0.113.5").status_code for i in range(61)]
    assert codes == [200] * 59 + [429] * 2
    assert sign_in(client, "leader", PASSWORD, REMOTE_ADDR="203.0.113.5").status_code == 429
    assert sign_in(client, "leader", PASSWORD).status_code == 302


def test_a_reset_password_opens_the_lock(throttled: None, leader: User, client: Client) -> None:
    for _ in range(10):
        sign_in(client, "leader", "wrong")
    system = make_user(Role.SYSTEM_ADMINISTRATOR, leader.assignments.get().unit)
    password = reset_password(leader, by=system, at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
    assert sign_in(client, "leader", password).status_code == 302


def test_whether_an_account_exists_is_seen_in_no_answer_and_no_work(
    throttled: None, leader: User, client: Client
) -> None:
    """Known, unknown, disabled and without a password: the same codes, words and hashes, and as many queries."""
    make_user(Role.LEADER, leader.assignments.get().unit, username="nopassword")
    off = make_user(Role.LEADER, leader.assignments.get().unit, username="off", password=PASSWORD)
    User.objects.filter(pk=off.pk).update(is_active=False)
    sign_in(client, "first", "wrong")  # makes the rows of the network and of the total
    seen = set()
    for name in ("leader", "nobody", "off", "nopassword"):
        CountingHasher.n = 0
        with CaptureQueriesContext(connection) as queries:
            answers = [sign_in(client, name, "wrong") for _ in range(10)]
        words = tuple(re.sub(r'value="[^"]*"', "", one.content.decode()) for one in answers)
        writes = [one["sql"].split()[0] for one in queries if not one["sql"].startswith("SELECT")]
        seen.add((tuple(one.status_code for one in answers), words, CountingHasher.n, tuple(writes)))
    assert len(seen) == 1
    assert seen.pop()[2] == 10


def test_an_empty_form_is_no_try(throttled: None, leader: User, client: Client) -> None:
    assert sign_in(client, "leader", "").status_code == 200
    assert not AuditEvent.objects.filter(action="account.sign_in_failed").exists()


def test_full_width_letters_are_counted_as_what_they_mean(
    throttled: None, leader: User, client: Client
) -> None:
    codes = [sign_in(client, "ｌｅａｄｅｒ", "wrong").status_code for _ in range(10)]
    assert (codes[-1], sign_in(client, "leader", PASSWORD).status_code) == (429, 429)


def test_a_sign_in_gives_ten_new_tries(throttled: None, leader: User, client: Client) -> None:
    for _ in range(9):
        sign_in(client, "leader", "wrong")
    assert sign_in(client, "leader", PASSWORD).status_code == 302
    assert sign_in(Client(), "leader", "wrong").status_code == 200
    assert SignInTries.objects.get(name_index="", address="127.0.0.1").n == 10


def test_without_a_slot_the_try_is_given_back(leader: User, client: Client, settings, monkeypatch) -> None:
    settings.PASSWORD_HASHERS = ["secondment.accounts.hashing.SlottedArgon2"]
    monkeypatch.setattr(hashing, "SLOTS", hashing.Slots(0, 0, 0.0))
    for _ in range(12):
        response = sign_in(client, "leader", PASSWORD)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "3")
        assert "请稍后重试" in response.content.decode()
    assert set(SignInTries.objects.values_list("n", flat=True)) == {0}
    assert not AuditEvent.objects.filter(action="account.sign_in_failed").exists()
