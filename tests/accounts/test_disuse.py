"""Accounts nobody uses: told 30 and 7 days before, disabled after 90, never the last who could enable them."""

import datetime as dt

import pytest
from tests.makers import AT, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.disuse import disable_unused, warn_unused
from secondment.accounts.models import DisuseWarning, User
from secondment.accounts.services import enable_account, record_sign_in, reset_password
from secondment.audit.models import AuditEvent
from secondment.common.installation import mark_as_demo
from secondment.notices.models import Notice
from secondment.portal.disuse import watch_accounts
from secondment.portal.tasks import watch_accounts_daily

pytestmark = pytest.mark.django_db


def after(days: int) -> dt.datetime:
    return AT + dt.timedelta(days=days)


@pytest.fixture
def unit():
    return make_unit("示例省")


@pytest.fixture
def system(unit) -> User:
    """In daily use."""
    account = make_user(Role.SYSTEM_ADMINISTRATOR, unit, username="system")
    User.objects.filter(pk=account.pk).update(last_login=after(5_000))
    return account


@pytest.fixture
def leader(unit, system) -> User:
    account = make_user(Role.LEADER, unit, username="leader", name="示例领导")
    User.objects.filter(pk=account.pk).update(last_login=AT)
    return account


def titles() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("title", flat=True))


def test_the_whole_course(leader, system) -> None:
    for day in range(59, 95):
        watch_accounts(at=after(day))
    assert titles() == [
        "有账号将在30天后因长期不用停用",
        "有账号将在7天后因长期不用停用",
        "已停用90天未使用的账号",
    ]
    notice = Notice.objects.latest("pk")
    assert (notice.recipient, notice.path) == (system, "/accounts/")
    assert notice.body.startswith("示例领导（leader），共1个账号。")
    assert list(Notice.objects.order_by("pk").values_list("created_at", flat=True)) == [
        after(60), after(83), after(90)
    ]  # fmt: skip
    leader.refresh_from_db()
    assert (leader.is_active, leader.session_epoch) == (False, 1)
    event = AuditEvent.objects.get(action="account.disable_unused")
    assert (event.actor_id, event.object_id, event.details) == (None, str(leader.pk), {"unused_days": 90})


def test_nobody_is_disabled_without_a_week_of_notice(leader, system) -> None:
    watch_accounts_daily(on=AT.date(), at=after(200))
    assert titles() == ["有账号将在7天后因长期不用停用"]
    assert disable_unused(at=after(206)) == []
    assert disable_unused(at=after(207)) == [leader]


def test_a_sign_in_ends_the_spell(leader, system) -> None:
    watch_accounts(at=after(83))
    User.objects.filter(pk=leader.pk).update(last_login=after(85))
    record_sign_in(leader, at=after(85))
    assert not DisuseWarning.objects.exists()
    assert disable_unused(at=after(95)) == []
    assert [one.days_left for one in warn_unused(at=after(145))] == [30]


def test_enabling_and_a_new_password_begin_the_ninety_days_anew(leader, system) -> None:
    watch_accounts(at=after(83))
    watch_accounts(at=after(90))
    enable_account(leader, by=system, at=after(100))
    assert warn_unused(at=after(150)) == []
    assert [one.user for one in warn_unused(at=after(160))] == [leader]
    reset_password(leader, by=system, at=after(161))
    assert warn_unused(at=after(200)) == []
    assert not DisuseWarning.objects.exists()


def test_an_account_never_used_begins_when_it_is_first_seen(unit, system) -> None:
    account = make_user(Role.LEADER, unit)
    assert warn_unused(at=AT) == []
    account.refresh_from_db()
    assert account.in_use_since == AT
    assert [one.user for one in warn_unused(at=after(60))] == [account]


def test_the_last_system_administrator_stays(unit) -> None:
    first, second = (make_user(Role.SYSTEM_ADMINISTRATOR, unit) for _ in range(2))
    below = make_user(Role.SYSTEM_ADMINISTRATOR, make_unit("示例局", unit))
    for role in (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR):
        in_use = make_user(role, unit)
        User.objects.filter(pk=in_use.pk).update(last_login=after(5_000))
    for day in (0, 83, 90):
        watch_accounts(at=after(day))
    still = set(User.objects.filter(is_active=True, assignments__role=Role.SYSTEM_ADMINISTRATOR))
    assert still == {second}
    assert not still & {first, below}


def test_demo_accounts_stay_in_a_demo(leader, system, settings) -> None:
    settings.DEMO = True
    mark_as_demo()
    for day in (60, 83, 90):
        watch_accounts(at=after(day))
    assert titles() == []


def test_an_account_without_unit_and_role_is_disabled_quietly(system) -> None:
    stray = make_user()
    User.objects.filter(pk=stray.pk).update(last_login=AT)
    for day in (83, 90):
        watch_accounts(at=after(day))
    assert titles() == []
    stray.refresh_from_db()
    assert not stray.is_active
