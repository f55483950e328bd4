"""The demo's accounts: one for each role, with one public password."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.services import end_sessions
from secondment.audit.services import record
from secondment.common.installation import is_demo_data
from secondment.demo.facts import Demo
from secondment.demo.generations import G2, TOWNSHIP_OF_HOST, secondee_of
from secondment.demo.units_tree import CAMPUS_KEY, ROOT
from secondment.people.models import Person
from secondment.units.models import Unit

PASSWORD = settings.DEMO_PASSWORD
SECONDEE, NOMINEE = "secondee", "nominee"


@dataclass(frozen=True)
class DemoAccount:
    """An account: user name, person's name, role, key of the unit, and what to look at."""

    username: str
    name: str
    role: Role
    unit: str
    note: str


ACCOUNTS = (
    DemoAccount("org", "周文清", Role.ORGANISATION_DEPARTMENT, ROOT, "市委组织部：全部批次"),
    DemoAccount("home", "沈立群", Role.HOME_UNIT, "organisation-027", "市财政局：推荐人选"),
    DemoAccount("host", "石明远", Role.HOST_UNIT, TOWNSHIP_OF_HOST, "门头沟区斋堂镇及所辖村：岗位与意向"),
    DemoAccount("district", "陶晓青", Role.ORGANISATION_DEPARTMENT, "district-110109", "门头沟区委组织部"),
    DemoAccount("check", "顾晓岚", Role.ORGANISATION_DEPARTMENT, ROOT, "市委组织部：复核"),
    DemoAccount("campus", "方静仪", Role.ORGANISATION_DEPARTMENT, CAMPUS_KEY, "北京工业大学：校内挂职"),
    DemoAccount(SECONDEE, "", Role.SECONDEE, "", "在斋堂镇任第一书记的干部"),
    DemoAccount(NOMINEE, "", Role.SECONDEE, "", "被推荐下挂、暂无填报志愿的干部"),
    DemoAccount("inspector", "郝志平", Role.INSPECTOR, ROOT, "督查组"),
    DemoAccount("leader", "康建勋", Role.LEADER, ROOT, "领导"),
    DemoAccount("sysadmin", "陆一鸣", Role.SYSTEM_ADMINISTRATOR, ROOT, "系统管理员"),
    DemoAccount("secadmin", "秦若水", Role.SECURITY_ADMINISTRATOR, ROOT, "安全管理员"),
    DemoAccount("auditor", "严守正", Role.AUDIT_ADMINISTRATOR, ROOT, "审计管理员"),
)


def create_accounts(units: dict[str, Unit]) -> dict[str, User]:
    """The accounts by user name; those of officials get name and role when their persons are known."""
    password = make_password(PASSWORD)  # hashed once: a published password needs no salt for each account
    users = {
        one.username: User.objects.create(
            username=one.username, name=one.name or one.note[:20], password=password
        )
        for one in ACCOUNTS
    }
    for one in ACCOUNTS:
        if one.unit:
            _assign(users[one.username], one.role, units[one.unit])
    return users


def link_accounts(
    demo: Demo, users: dict[str, User], people: dict[str, Person], units: dict[str, Unit]
) -> None:
    """Give two officials their accounts: one in post, one who has yet to answer."""
    campaigns = {campaign.key: campaign for campaign in demo.campaigns}
    in_post = secondee_of(campaigns[G2.key], demo)
    silent = next(one.person for one in campaigns["down"].nominations if one.answered_on is None)
    units_of = {person.key: person.unit for person in demo.people}
    for username, key in ((SECONDEE, in_post), (NOMINEE, silent)):
        person, user = people[key], users[username]
        person.account = user
        person.save(update_fields=["account"])
        user.name = person.name
        user.save(update_fields=["name"])
        _assign(user, Role.SECONDEE, units[units_of[key]])


@transaction.atomic
def disable_demo_accounts(*, at: dt.datetime) -> list[User]:
    """Close the accounts of a loaded demo whose published password still works, and end their sessions."""
    if not is_demo_data():
        return []
    names = [one.username for one in ACCOUNTS]
    disabled = []
    for account in User.objects.select_for_update().filter(username__in=names, is_active=True):
        if check_password(PASSWORD, account.password):
            account.is_active = False
            end_sessions(account, "is_active")
            record("account.disable_demo", account, by=None, at=at)
            disabled.append(account)
    return disabled


def _assign(user: User, role: Role, unit: Unit) -> None:
    user.unit = unit
    user.save(update_fields=["unit"])
    RoleAssignment.objects.create(user=user, role=role, unit=unit)
