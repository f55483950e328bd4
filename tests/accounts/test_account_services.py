"""Three administrators, three kinds of work: each service refuses the other two and everyone else."""

import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from tests.makers import AT, make_unit, make_user

from secondment.accounts import services
from secondment.accounts.choices import Role
from secondment.accounts.errors import (
    AlreadyGrantedError,
    OwnAccountError,
    SeparationError,
    UsernameTakenError,
)
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.rules import actions_for
from secondment.accounts.services import (
    ALPHABET,
    change_password,
    create_account,
    disable_account,
    enable_account,
    grant_role,
    record_failed_sign_in,
    reset_password,
    revoke_role,
)
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.units.models import Unit

SYSTEM, SECURITY, AUDIT = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
)


@pytest.fixture
def root(db: None) -> Unit:
    return make_unit("示例省")


@pytest.fixture
def system(root: Unit) -> User:
    return make_user(SYSTEM, root)


@pytest.fixture
def security(root: Unit) -> User:
    return make_user(SECURITY, root)


@pytest.fixture
def official(root: Unit) -> User:
    return make_user(Role.LEADER, make_unit("示例厅", root))


def actions() -> list[str]:
    return list(
        AuditEvent.objects.exclude(action="unit.create").order_by("pk").values_list("action", flat=True)
    )


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_new_account_has_a_one_time_password_for_three_days_and_no_rights(root: Unit, system: User) -> None:
    account, password = create_account(" New.One ", name="新同志", unit=root, by=system, at=AT)
    assert (account.username, account.unit, account.must_change_password) == ("new.one", root, True)
    assert account.one_time_until == AT + dt.timedelta(days=3)
    assert len(password) == 14
    assert set(password) <= set(ALPHABET)
    assert account.check_password(password)
    assert list(account.assignments.all()) == []
    assert actions() == ["account.create"]


def test_of_two_who_open_the_same_name_at_once_one_hears_it(
    root: Unit, system: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other's account is there when this one is written, whatever a look before would have found."""

    def written_meanwhile(password: str) -> str:
        User.objects.bulk_create([User(username="one", name="乙")])
        return password

    monkeypatch.setattr(services, "make_password", written_meanwhile)
    with pytest.raises(UsernameTakenError, match="one"):
        create_account("one", name="甲", unit=root, by=system, at=AT)
    assert actions() == []


def test_account_names_are_taken_once_whatever_their_letters(root: Unit, system: User) -> None:
    create_account("one", name="甲", unit=root, by=system, at=AT)
    with pytest.raises(UsernameTakenError, match="one"):
        create_account("ONE", name="乙", unit=root, by=system, at=AT)


@pytest.mark.parametrize("role", [role for role in Role if role != SYSTEM])
def test_only_the_system_administrator_opens_disables_and_resets(
    role: Role, root: Unit, official: User
) -> None:
    other = make_user(role, root)
    with pytest.raises(NotAllowedError):
        create_account("x1x", name="甲", unit=root, by=other, at=AT)
    for service in (disable_account, enable_account, reset_password):
        with pytest.raises(NotAllowedError):
            service(official, by=other, at=AT)
    assert "disable" not in actions_for(other, official)


@pytest.mark.parametrize("role", [role for role in Role if role != SECURITY])
def test_only_the_security_administrator_grants_and_revokes(role: Role, root: Unit, official: User) -> None:
    other = make_user(role, root)
    with pytest.raises(NotAllowedError):
        grant_role(official, role=Role.INSPECTOR, unit=root, by=other, at=AT)
    with pytest.raises(NotAllowedError):
        revoke_role(official.assignments.get(), by=other, at=AT)
    assert "grant" not in actions_for(other, official)


def test_an_administrator_reaches_no_account_beyond_its_scope(root: Unit, official: User) -> None:
    part = make_unit("另一厅", root)
    system, security = make_user(SYSTEM, part), make_user(SECURITY, part)
    for act in (
        lambda: reset_password(official, by=system, at=AT),
        lambda: create_account("x1x", name="甲", unit=root, by=system, at=AT),
        lambda: grant_role(official, role=Role.INSPECTOR, unit=part, by=security, at=AT),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_who_reaches_only_part_of_what_an_account_reaches_may_not_take_it_over(root: Unit) -> None:
    part = make_unit("另一厅", root)
    account = make_user(Role.LEADER, part)
    RoleAssignment.objects.create(user=account, role=Role.LEADER, unit=root)
    with pytest.raises(NotAllowedError):
        reset_password(account, by=make_user(SYSTEM, part), at=AT)


def test_an_account_without_unit_and_role_belongs_to_nobody(system: User) -> None:
    assert actions_for(system, make_user()) == frozenset()


def test_scope_of_a_granted_role_stays_within_the_administrators_scope(root: Unit) -> None:
    part = make_unit("另一厅", root)
    account = make_user(Role.LEADER, part)
    with pytest.raises(NotAllowedError):
        grant_role(account, role=Role.INSPECTOR, unit=root, by=make_user(SECURITY, part), at=AT)


def test_grant_and_revoke_are_recorded_with_role_and_unit(root: Unit, security: User, official: User) -> None:
    assignment = grant_role(official, role=Role.INSPECTOR, unit=root, by=security, at=AT)
    with pytest.raises(AlreadyGrantedError):
        grant_role(official, role=Role.INSPECTOR, unit=root, by=security, at=AT)
    revoke_role(assignment, by=security, at=AT)
    assert actions() == ["account.grant_role", "account.revoke_role"]
    assert AuditEvent.objects.latest("pk").details == {"role": "inspector", "unit": "示例省"}
    assert [one.role for one in official.assignments.all()] == [Role.LEADER]


@pytest.mark.parametrize(
    ("held", "asked"),
    [(SYSTEM, SECURITY), (SYSTEM, Role.LEADER), (Role.LEADER, AUDIT), (AUDIT, Role.ORGANISATION_DEPARTMENT)],
)
def test_no_person_mixes_administrator_and_other_roles(
    held: Role, asked: Role, root: Unit, security: User
) -> None:
    with pytest.raises(SeparationError):
        grant_role(make_user(held, root), role=asked, unit=root, by=security, at=AT)


def test_database_refuses_two_administrator_roles(root: Unit, system: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=system, role=AUDIT, unit=root)


def test_the_same_administrator_role_may_cover_a_second_unit_only_by_the_database_rule(
    root: Unit, security: User
) -> None:
    account = make_user(Role.LEADER, root)
    revoke_role(account.assignments.get(), by=security, at=AT)
    account.unit = root
    account.save()
    grant_role(account, role=AUDIT, unit=root, by=security, at=AT)
    assert "grant" in actions_for(security, fresh(account))


def test_nobody_works_on_an_own_account(root: Unit, system: User, security: User) -> None:
    with pytest.raises(OwnAccountError):
        disable_account(system, by=system, at=AT)
    with pytest.raises(OwnAccountError):
        grant_role(security, role=Role.LEADER, unit=root, by=security, at=AT)
    with pytest.raises(OwnAccountError):
        revoke_role(security.assignments.get(), by=security, at=AT)
    assert actions_for(system, system) == actions_for(security, security) == frozenset()


def test_buttons_follow_the_state(system: User, official: User) -> None:
    assert actions_for(system, official) == {"reset_password", "disable"}
    disable_account(official, by=system, at=AT)
    assert actions_for(system, fresh(official)) == {"reset_password", "enable"}


def test_disabled_account_cannot_sign_in_until_enabled(system: User, official: User, rf) -> None:
    password = reset_password(official, by=system, at=AT)
    disable_account(official, by=system, at=AT)
    assert authenticate(rf.post("/"), username=official.username, password=password) is None
    enable_account(official, by=system, at=AT)
    assert authenticate(rf.post("/"), username=official.username, password=password) == official


@pytest.mark.parametrize("deed", ["reset", "disable", "grant", "revoke", "change"])
def test_every_change_ends_all_sessions(
    deed: str, root: Unit, system: User, security: User, official: User, signed_in
) -> None:
    client = signed_in(official)
    assert client.get("/todo/").status_code == 200
    match deed:
        case "reset":
            reset_password(official, by=system, at=AT)
        case "disable":
            disable_account(official, by=system, at=AT)
        case "grant":
            grant_role(official, role=Role.INSPECTOR, unit=root, by=security, at=AT)
        case "revoke":
            revoke_role(official.assignments.get(), by=security, at=AT)
        case "change":
            change_password(official, "a-long-new-password", at=AT)
    assert client.get("/todo/").status_code == 302


def test_failed_sign_in_is_kept_never_what_was_typed_instead_of_an_account(official: User) -> None:
    record_failed_sign_in("my-password-typed-here", "10.0.0.1", at=AT)
    event = AuditEvent.objects.latest("pk")
    assert (event.object_type, event.object_label) == ("accounts.signintries", "10.0.0.1")
    assert "my-password" not in str(AuditEvent.objects.values().get(pk=event.pk))
    record_failed_sign_in(official.username.upper(), "10.0.0.1", at=AT)
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor, event.object_id) == ("account.sign_in_failed", None, str(official.pk))


def test_an_account_belongs_to_its_unit_else_to_that_of_its_first_role(db: None) -> None:
    root = make_unit("示例省")
    bureau = make_unit("示例厅", root)
    leader, stranger = make_user(Role.LEADER, root), make_user()
    assert (leader.trail_path, stranger.trail_path) == (root.path, "")
    leader.unit = bureau
    assert leader.trail_path == bureau.path
