"""What the administrators' pages show and do."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.makers import make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.lists import condition_of
from secondment.accounts.models import User
from secondment.accounts.queries import with_roles
from secondment.units.models import Unit
from secondment.units.queries import unit_label

LIST = "/accounts/"


@pytest.fixture
def root(db: None) -> Unit:
    return make_unit("示例省")


@pytest.fixture
def system(root: Unit, signed_in) -> Client:
    return signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, root, username="system", name="冯系统"))


@pytest.fixture
def security(root: Unit, signed_in) -> Client:
    return signed_in(make_user(Role.SECURITY_ADMINISTRATOR, root, username="security", name="陈安全"))


def test_new_account_shows_its_password_once(root: Unit, system: Client) -> None:
    response = system.post(f"{LIST}new/", {"username": "new.one", "name": "新同志", "unit": unit_label(root)})
    password, account = response.context["password"], User.objects.get(username="new.one")
    assert account.check_password(password)
    assert password in response.content.decode()
    assert password not in system.get(f"{LIST}{account.pk}/").content.decode()


def test_taken_or_badly_written_names_are_answered_at_the_field(root: Unit, system: Client) -> None:
    for username in ("system", "SYSTEM", "a", "有中文", "-x-"):
        form = system.post(
            f"{LIST}new/", {"username": username, "name": "甲", "unit": unit_label(root)}
        ).context["form"]
        assert list(form.errors) == ["username"]
    assert system.get(f"{LIST}new/").status_code == 200


def test_units_beyond_the_scope_are_not_offered(system: Client) -> None:
    form = system.post(
        f"{LIST}new/", {"username": "abc", "name": "甲", "unit": unit_label(make_unit("别处的单位"))}
    ).context["form"]
    assert list(form.errors) == ["unit"]


def test_conditions_are_said_in_words(root: Unit) -> None:
    for fields, role, words in [
        ({"is_active": False}, Role.LEADER, "已停用"),
        ({}, None, "待授权"),
        ({"password": "!"}, Role.LEADER, "待发密码"),
        ({"must_change_password": True}, Role.LEADER, "待改密码"),
        ({}, Role.LEADER, "在用"),
    ]:
        account = make_user(role, root, password="a-good-password")
        User.objects.filter(pk=account.pk).update(**fields)
        assert condition_of(with_roles(User.objects.all()).get(pk=account.pk))[0] == words


def test_filters_find_accounts(root: Unit, system: Client) -> None:
    make_user(Role.LEADER, root, username="led", name="郑领导")
    waiting = make_user(username="waits", name="待授权者")
    User.objects.filter(pk=waiting.pk).update(unit=root)
    gone = make_user(Role.LEADER, root, username="gone")
    User.objects.filter(pk=gone.pk).update(is_active=False, last_login="2020-01-01T00:00:00Z")
    User.objects.filter(username="system").update(last_login="2999-01-01T00:00:00Z")

    def names(query: str) -> set[str]:
        return {row.item.username for row in system.get(f"{LIST}?{query}").context["listing"].rows()}

    assert names("") == {"system", "led", "waits", "gone"}
    assert names("name=LED") == names("name=郑") == {"led"}
    assert names("condition=disabled") == {"gone"}
    assert names("condition=without_role") == {"waits"}
    assert names("condition=active") == {"system", "led"}
    assert names("condition=never_used") == {"led", "waits"}
    assert names("condition=unused") == set()
    User.objects.filter(pk=gone.pk).update(is_active=True)
    assert names("condition=unused") == {"gone"}
    assert names("role=leader") == {"led", "gone"}


def test_list_costs_the_same_for_one_and_many(root: Unit, system: Client, django_assert_num_queries) -> None:
    system.get(LIST)
    with django_assert_num_queries(11):
        system.get(LIST)
    for _ in range(30):
        make_user(Role.LEADER, root)
    with django_assert_num_queries(11):
        system.get(LIST)


def test_detail_page_offers_each_administrator_the_own_buttons(
    root: Unit, system: Client, security: Client
) -> None:
    account = make_user(Role.LEADER, root)
    page = system.get(f"{LIST}{account.pk}/").content.decode()
    assert ("停用账号" in page, "授予角色" in page) == (True, False)
    page = security.get(f"{LIST}{account.pk}/").content.decode()
    assert ("停用账号" in page, "授予角色" in page) == (False, True)
    assert "收回“领导（示例省）”后" in page


def test_role_is_granted_and_revoked_from_the_page(root: Unit, security: Client) -> None:
    account = make_user(Role.LEADER, root)
    url = f"{LIST}{account.pk}/"
    security.post(f"{url}grant/", {"role": Role.INSPECTOR, "unit": unit_label(root)})
    assert [one.role for one in account.assignments.order_by("role")] == ["inspector", "leader"]
    row = account.assignments.get(role=Role.INSPECTOR)
    security.post(f"{url}revoke/{row.pk}/")
    assert [one.role for one in account.assignments.all()] == ["leader"]


@pytest.mark.parametrize(
    ("role", "words"),
    [("", "请选择角色和管理范围"), (Role.LEADER, "无需重复授予"), (Role.AUDIT_ADMINISTRATOR, "只能单独授予")],
)
def test_a_refused_grant_says_why(root: Unit, security: Client, role: str, words: str) -> None:
    account = make_user(Role.LEADER, root)
    url = f"{LIST}{account.pk}/grant/"
    page = security.post(url, {"role": role, "unit": unit_label(root)}, follow=True).content.decode()
    assert words in page


def test_disable_enable_and_reset_from_the_page(root: Unit, system: Client) -> None:
    account = make_user(Role.LEADER, root)
    url = f"{LIST}{account.pk}/"
    system.post(f"{url}disable/")
    assert not User.objects.get(pk=account.pk).is_active
    system.post(f"{url}enable/")
    assert User.objects.get(pk=account.pk).is_active
    password = system.post(f"{url}reset/").context["password"]
    assert User.objects.get(pk=account.pk).check_password(password)


PEOPLE = {"system": "s:甲", "security": "t:乙", "audit": "u:丙"}


def test_first_administrators_are_three_people_and_made_once(db: None, capsys) -> None:
    call_command("create_administrators", "示例市委组织部", **PEOPLE)
    printed = capsys.readouterr().out.splitlines()
    assert sum("恢复密钥 Recovery key" in line for line in printed) == 2
    lines = [line.split("\t") for line in printed[:3]]
    for username, name, password in lines:
        account = User.objects.get(username=username)
        assert (account.name, account.check_password(password), account.must_change_password) == (
            name,
            True,
            True,
        )
    assert [User.objects.get(username=one).assignments.get().role for one in "stu"] == [
        "system_administrator",
        "security_administrator",
        "audit_administrator",
    ]
    with pytest.raises(CommandError, match="已有管理员"):
        call_command("create_administrators", "另一部", **PEOPLE)


@pytest.mark.parametrize("audit", ["s:丙", "u", "u: "])
def test_first_administrators_must_be_three_named_people(db: None, audit: str) -> None:
    with pytest.raises(CommandError, match="三个不同的人"):
        call_command("create_administrators", "示例市委组织部", **(PEOPLE | {"audit": audit}))
    assert not User.objects.exists()
