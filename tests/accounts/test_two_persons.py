"""No administrator alone takes over an administrator or the organisation department: one asks, another confirms."""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from tests.makers import AT, make_unit, make_user

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Deed, Role
from secondment.accounts.disuse import disable_unused, warn_unused
from secondment.accounts.errors import (
    AlreadyAskedError,
    NeedsTwoError,
    OwnAccountError,
    RequestClosedError,
)
from secondment.accounts.lists import condition_of
from secondment.accounts.models import AccountRequest, User
from secondment.accounts.rules import TWO_FOR, actions_for, may_confirm
from secondment.accounts.services import (
    create_account,
    disable_account,
    enable_account,
    grant_role,
    reset_password,
    revoke_role,
)
from secondment.accounts.two_persons import ask, confirm, decline, forget_old_requests, open_requests
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.notices.models import Notice
from secondment.obligations.waiting import count_waiting, waiting_for
from secondment.units.models import Unit

SYSTEM, SECURITY, AUDIT = ADMINISTRATOR_ROLES
ORGANISATION = Role.ORGANISATION_DEPARTMENT
OLD = "the-old-password"


@pytest.fixture
def root(db: None) -> Unit:
    return make_unit("示例省")


@pytest.fixture
def holders(root: Unit) -> dict[Role, User]:
    """The three and an account of the organisation department, each with a password."""
    return {
        role: make_user(role, root, username=role, password=OLD)
        for role in (*ADMINISTRATOR_ROLES, ORGANISATION)
    }


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def asked(holders: dict[Role, User], of: Role, by: Role, deed: Deed = Deed.RESET_PASSWORD) -> AccountRequest:
    return ask(holders[of], deed, reason="本人申请", by=fresh(holders[by]), at=AT)[0]


def test_the_table_names_two_others_for_every_such_role() -> None:
    assert set(TWO_FOR) == {*ADMINISTRATOR_ROLES, ORGANISATION}
    for role, two in TWO_FOR.items():
        assert len(two) == 2
        assert role not in two
        assert two <= set(ADMINISTRATOR_ROLES)


@pytest.mark.parametrize("by", [*ADMINISTRATOR_ROLES, ORGANISATION])
@pytest.mark.parametrize("of", [*ADMINISTRATOR_ROLES, ORGANISATION])
def test_nobody_alone_takes_over_or_silences(holders: dict[Role, User], of: Role, by: Role) -> None:
    """Every service, by everyone, on everyone of the four."""
    account, actor = holders[of], holders[by]
    deeds: list[Any] = [
        lambda: reset_password(account, by=actor, at=AT),
        lambda: enable_account(account, by=actor, at=AT),
    ]
    if of != ORGANISATION:
        deeds += [
            lambda: disable_account(account, by=actor, at=AT),
            lambda: revoke_role(account.assignments.get(), by=actor, at=AT),
        ]
    for deed in deeds:
        with pytest.raises((NeedsTwoError, NotAllowedError, OwnAccountError)):
            deed()
    after = fresh(account)
    assert (after.check_password(OLD), after.is_active, after.assignments.count()) == (True, True, 1)


def test_an_account_of_the_organisation_department_is_stopped_by_one_and_opened_by_two(
    holders: dict[Role, User],
) -> None:
    disable_account(holders[ORGANISATION], by=holders[SYSTEM], at=AT)
    with pytest.raises(NeedsTwoError):
        enable_account(holders[ORGANISATION], by=holders[SYSTEM], at=AT)
    confirm(asked(holders, ORGANISATION, SYSTEM, Deed.ENABLE), by=holders[SECURITY], at=AT)
    assert fresh(holders[ORGANISATION]).is_active


@pytest.mark.parametrize(
    ("of", "asker", "confirmer"),
    list(itertools.product([*ADMINISTRATOR_ROLES, ORGANISATION], ADMINISTRATOR_ROLES, ADMINISTRATOR_ROLES)),
)
def test_only_the_two_of_the_table_together_give_a_password(
    holders: dict[Role, User], of: Role, asker: Role, confirmer: Role
) -> None:
    """All 36 combinations: those of the table work in both orders, every other one is refused."""
    works = {asker, confirmer} == TWO_FOR[of]
    if asker not in TWO_FOR[of]:
        with pytest.raises(NotAllowedError):
            asked(holders, of, asker)
        return
    request = asked(holders, of, asker)
    if works:
        confirm(request, by=holders[confirmer], at=AT)
    else:
        with pytest.raises(NotAllowedError):
            confirm(request, by=holders[confirmer], at=AT)
    assert fresh(holders[of]).check_password(OLD) is not works


def test_neither_half_opens_and_both_do(holders: dict[Role, User]) -> None:
    request, first = ask(holders[AUDIT], Deed.RESET_PASSWORD, reason="忘记密码", by=holders[SYSTEM], at=AT)
    assert fresh(holders[AUDIT]).check_password(OLD)  # asking alone shuts nobody out
    second = confirm(request, by=holders[SECURITY], at=AT)
    account = fresh(holders[AUDIT])
    assert (len(first), len(second)) == (8, 8)
    tried = [OLD, first, second, second + first, first + second]
    assert [account.check_password(one) for one in tried] == [False, False, False, False, True]
    assert (account.must_change_password, account.one_time_until) == (True, AT + dt.timedelta(days=3))


def test_the_first_half_is_sealed_while_it_waits_and_gone_afterwards(holders: dict[Role, User]) -> None:
    request, first = ask(holders[AUDIT], Deed.RESET_PASSWORD, reason="忘记密码", by=holders[SYSTEM], at=AT)
    assert first.encode() not in bytes(AccountRequest.objects.get().sealed_half or b"")
    confirm(request, by=holders[SECURITY], at=AT)
    assert AccountRequest.objects.get().sealed_half is None
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountRequest.objects.update(sealed_half=b"kept")


def test_a_second_account_of_the_same_role_is_no_second_administrator(
    root: Unit, holders: dict[Role, User]
) -> None:
    request = asked(holders, ORGANISATION, SYSTEM)
    assert not may_confirm(make_user(SYSTEM, root), request)


def test_whoever_asked_must_still_be_one_of_the_two(holders: dict[Role, User]) -> None:
    request = asked(holders, ORGANISATION, SYSTEM)
    User.objects.filter(pk=holders[SYSTEM].pk).update(is_active=False)
    with pytest.raises(NotAllowedError):
        confirm(request, by=holders[SECURITY], at=AT)


def test_an_administrator_of_a_part_reaches_no_account_of_the_whole(
    root: Unit, holders: dict[Role, User]
) -> None:
    part = make_unit("示例厅", root)
    with pytest.raises(NotAllowedError):
        ask(holders[AUDIT], Deed.RESET_PASSWORD, reason="试", by=make_user(SYSTEM, part), at=AT)
    request = asked(holders, AUDIT, SYSTEM)
    with pytest.raises(NotAllowedError):
        confirm(request, by=make_user(SECURITY, part), at=AT)


@pytest.mark.parametrize("deed", [Deed.RESET_PASSWORD, Deed.DISABLE, Deed.REVOKE_ROLE])
def test_what_two_do_ends_the_holders_sessions(holders: dict[Role, User], deed: Deed, signed_in) -> None:
    client: Client = signed_in(holders[AUDIT])
    assert client.get("/audit/").status_code == 200
    confirm(asked(holders, AUDIT, SYSTEM, deed), by=holders[SECURITY], at=AT)
    assert client.get("/audit/").status_code == 302


def test_what_two_do_is_recorded_with_both_names_and_the_reason(holders: dict[Role, User]) -> None:
    confirm(asked(holders, AUDIT, SYSTEM, Deed.REVOKE_ROLE), by=holders[SECURITY], at=AT)
    events = AuditEvent.objects.filter(action__startswith="account.").order_by("pk")
    assert [(one.action, one.actor) for one in events] == [
        ("account.ask", holders[SYSTEM]),
        ("account.revoke_role", holders[SECURITY]),
    ]
    assert events[0].details == {"deed": "revoke_role", "reason": "本人申请"}
    assert events[1].details == {
        "asked_by": "示例用户",
        "reason": "本人申请",
        "role": "audit_administrator",
        "unit": "示例省",
    }
    assert not holders[AUDIT].assignments.exists()


def test_holder_auditor_and_the_other_administrator_hear_of_it(holders: dict[Role, User]) -> None:
    request = asked(holders, ORGANISATION, SYSTEM)

    def told() -> set[str]:
        found = set(Notice.objects.values_list("recipient__username", flat=True))
        Notice.objects.all().delete()
        return found

    assert told() == {SYSTEM, SECURITY, AUDIT}
    confirm(request, by=holders[SECURITY], at=AT)
    assert told() == {SYSTEM, SECURITY, AUDIT, ORGANISATION}


def test_messages_speak_the_language_of_the_installation(holders: dict[Role, User]) -> None:
    with translation.override("en"):
        confirm(asked(holders, AUDIT, SYSTEM), by=holders[SECURITY], at=AT)
    titles = set(Notice.objects.values_list("title", flat=True))
    assert titles == {"账号申请：重置密码（示例用户）", "两名管理员已办理：重置密码（示例用户）"}


def test_a_request_lives_a_day(holders: dict[Role, User]) -> None:
    request = asked(holders, AUDIT, SYSTEM)
    late = AT + dt.timedelta(hours=24)
    just = late - dt.timedelta(seconds=1)
    assert (open_requests(at=just).count(), open_requests(at=late).count()) == (1, 0)
    with pytest.raises(RequestClosedError, match="24 小时"):
        confirm(request, by=holders[SECURITY], at=late)
    assert (forget_old_requests(at=just), forget_old_requests(at=late)) == (0, 1)
    row = AccountRequest.objects.get()
    assert (row.closed_at, row.closed_by, row.sealed_half) == (late, None, None)


def test_a_request_is_confirmed_once_and_stands_once(holders: dict[Role, User]) -> None:
    request = asked(holders, AUDIT, SYSTEM)
    with pytest.raises(AlreadyAskedError):
        asked(holders, AUDIT, SECURITY)
    confirm(request, by=holders[SECURITY], at=AT)
    with pytest.raises(RequestClosedError):
        confirm(request, by=holders[SECURITY], at=AT)


def test_either_of_the_two_declines_and_nothing_changes(holders: dict[Role, User]) -> None:
    request = asked(holders, AUDIT, SYSTEM)
    with pytest.raises(NotAllowedError):
        decline(request, by=holders[AUDIT], at=AT)
    decline(request, by=holders[SYSTEM], at=AT)
    row = AccountRequest.objects.get()
    assert (row.is_confirmed, row.closed_by, row.sealed_half) == (False, holders[SYSTEM], None)
    assert fresh(holders[AUDIT]).check_password(OLD)
    assert AuditEvent.objects.latest("pk").action == "account.decline"


def test_nothing_is_asked_for_that_one_may_do_or_that_is_so_already(
    root: Unit, holders: dict[Role, User]
) -> None:
    leader = make_user(Role.LEADER, root)
    for account, deed in [(leader, Deed.RESET_PASSWORD), (holders[AUDIT], Deed.ENABLE)]:
        with pytest.raises(NotAllowedError):
            ask(account, deed, reason="试", by=holders[SYSTEM], at=AT)


@pytest.mark.parametrize("role", TWO_FOR)
def test_a_password_that_one_administrator_knows_ends_with_the_grant(root: Unit, role: Role) -> None:
    """Opened and set by the system administrator, then granted in good faith: it opens nothing any more."""
    system, security = make_user(SYSTEM, root), make_user(SECURITY, root)
    account, password = create_account("new.one", name="新同志", unit=root, by=system, at=AT)
    grant_role(account, role=role, unit=root, by=security, at=AT)
    assert not fresh(account).check_password(password)
    assert not fresh(account).has_usable_password()
    assert condition_of(fresh(account))[0] == "待发密码"
    with pytest.raises((NeedsTwoError, NotAllowedError)):
        reset_password(account, by=system, at=AT)


def test_an_ordinary_grant_leaves_the_password(root: Unit, holders: dict[Role, User]) -> None:
    account = make_user(Role.LEADER, root, password=OLD)
    grant_role(account, role=Role.INSPECTOR, unit=root, by=holders[SECURITY], at=AT)
    assert fresh(account).check_password(OLD)


def test_buttons_offer_asking_where_one_is_not_enough(holders: dict[Role, User]) -> None:
    def offered(by: Role, of: Role) -> set[str]:
        return set(actions_for(fresh(holders[by]), fresh(holders[of])))

    administrators = {"ask_reset_password", "ask_disable", "ask_revoke_role"}
    assert offered(SYSTEM, AUDIT) == administrators
    assert offered(SECURITY, AUDIT) == administrators | {"grant"}
    assert offered(SYSTEM, ORGANISATION) == {"ask_reset_password", "disable"}
    assert offered(SECURITY, SYSTEM) == administrators | {"grant"}
    assert offered(AUDIT, AUDIT) == set()


def test_disuse_keeps_the_two_who_could_open_an_administrators_account(holders: dict[Role, User]) -> None:
    """Nobody signs in for years: one administrator's account is closed at most, and two can open it again."""
    User.objects.update(last_login=AT)
    for days in (60, 83, 91, 120, 400):
        warn_unused(at=AT + dt.timedelta(days=days))
        disable_unused(at=AT + dt.timedelta(days=days))
    closed = User.objects.filter(is_active=False, assignments__role__in=ADMINISTRATOR_ROLES)
    assert closed.count() == 1
    role = closed.get().assignments.get().role
    assert User.objects.filter(is_active=True, assignments__role__in=TWO_FOR[Role(role)]).count() == 2


def test_a_lost_administrator_is_recovered_on_the_server_with_a_trail(
    holders: dict[Role, User], capsys
) -> None:
    User.objects.filter(pk=holders[AUDIT].pk).update(is_active=False)
    call_command("recover_administrator", "audit_administrator", reason="两人离任")
    password = capsys.readouterr().out.split("\t")[2].strip()
    account = fresh(holders[AUDIT])
    assert (account.check_password(password), account.is_active, account.must_change_password) == (True,) * 3
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor) == ("account.recover", None)
    assert event.details["reason"].startswith("两人离任（")
    assert set(Notice.objects.values_list("recipient__username", flat=True)) == set(ADMINISTRATOR_ROLES)


@pytest.mark.parametrize(("name", "words"), [("nobody", "no account"), (ORGANISATION, "三员")])
def test_only_the_three_are_recovered_on_the_server(holders: dict[Role, User], name: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("recover_administrator", name, reason="试")


class TestPages:
    """The whole way in the browser's words."""

    @pytest.fixture
    def clients(self, holders: dict[Role, User], signed_in) -> dict[Role, Client]:
        return {role: signed_in(holders[role]) for role in ADMINISTRATOR_ROLES}

    def test_ask_confirm_and_sign_in(self, holders: dict[Role, User], clients: dict[Role, Client]) -> None:
        account = holders[AUDIT]
        page = clients[SYSTEM].get(f"/accounts/{account.pk}/").content.decode()
        assert "申请重置密码" in page
        url = f"/accounts/{account.pk}/ask/reset_password/"
        assert clients[SYSTEM].get(url).status_code == 200
        asked = clients[SYSTEM].post(url, {"reason": "当面申请"})
        first = asked.context["half"]
        assert "前 8 位" in asked.content.decode()
        again = clients[SYSTEM].post(url, {"reason": "当面申请"}).context["form"]
        assert "已有申请" in again.non_field_errors()[0]
        listed = clients[SECURITY].get("/accounts/requests/").content.decode()
        assert "当面申请" in listed
        assert first not in listed
        pk = AccountRequest.objects.get().pk
        done = clients[SECURITY].post(f"/accounts/requests/{pk}/confirm/")
        assert "后 8 位" in done.content.decode()
        credentials = {"username": account.username, "password": first + done.context["half"]}
        assert Client().post("/accounts/sign-in/", credentials).status_code == 302
        assert "已确认" in clients[SYSTEM].get("/accounts/requests/").content.decode()

    def test_one_who_may_not_confirm_sees_no_button_and_is_refused(
        self, holders: dict[Role, User], clients: dict[Role, Client]
    ) -> None:
        clients[SYSTEM].post(f"/accounts/{holders[AUDIT].pk}/ask/reset_password/", {"reason": "当面申请"})
        pk = AccountRequest.objects.get().pk
        buttons = f'data-opens="confirm-{pk}"'
        shown = {
            role: buttons in clients[role].get("/accounts/requests/").content.decode() for role in clients
        }
        assert shown == {SYSTEM: False, SECURITY: True, AUDIT: False}
        assert clients[SYSTEM].post(f"/accounts/requests/{pk}/confirm/").status_code == 403
        assert clients[SYSTEM].post(f"/accounts/requests/{pk}/decline/").status_code == 302
        assert "已退回" in clients[SYSTEM].get("/accounts/requests/").content.decode()

    def test_what_gives_no_password_leads_back_to_the_list(
        self, holders: dict[Role, User], clients: dict[Role, Client]
    ) -> None:
        url = f"/accounts/{holders[AUDIT].pk}/ask/disable/"
        assert clients[SYSTEM].post(url, {"reason": "离任"}).headers["Location"] == "/accounts/requests/"
        pk = AccountRequest.objects.get().pk
        assert clients[SECURITY].post(f"/accounts/requests/{pk}/confirm/").status_code == 302
        assert not fresh(holders[AUDIT]).is_active

    def test_an_unknown_deed_and_a_grant_to_two(
        self, root: Unit, holders: dict[Role, User], clients: dict[Role, Client]
    ) -> None:
        assert clients[SYSTEM].get(f"/accounts/{holders[AUDIT].pk}/ask/all/").status_code == 404
        account = make_user(Role.LEADER, root)
        posted = {"role": ORGANISATION, "unit": "示例省"}
        page = clients[SECURITY].post(f"/accounts/{account.pk}/grant/", posted, follow=True)
        assert "原来的密码已失效" in page.content.decode()

    def test_direct_reset_of_such_an_account_says_what_to_do(
        self, holders: dict[Role, User], clients: dict[Role, Client]
    ) -> None:
        answer = clients[SYSTEM].post(f"/accounts/{holders[ORGANISATION].pk}/reset/")
        assert answer.status_code == 409
        assert "一人申请，另一人确认" in answer.content.decode()


def test_a_request_is_a_line_for_whoever_may_confirm_it_alone(holders: dict[Role, User]) -> None:
    asked, _half = ask(
        holders[ORGANISATION], Deed.RESET_PASSWORD, reason="本人申请", by=holders[SECURITY], at=AT
    )
    [line] = waiting_for(fresh(holders[SYSTEM]), AT.date())
    name = holders[ORGANISATION].name
    assert (line.title, line.path) == (f"确认账号申请：重置密码（{name}）", "/accounts/requests/")
    assert (line.unit, line.creditor) == ("", holders[SECURITY].name)
    others = (SECURITY, AUDIT, ORGANISATION)
    assert [count_waiting(fresh(holders[role]), AT.date()) for role in others] == [0, 0, 0]
    decline(asked, by=holders[SYSTEM], at=AT)
    assert count_waiting(fresh(holders[SYSTEM]), AT.date()) == 0
