"""What can be opened for the chosen rows: an account each, or the reason why not, by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.common.sentences import say, say_label
from secondment.files.names import clean_name
from secondment.onboarding.models import AccountLine
from secondment.onboarding.rules import may_ask_for_person
from secondment.onboarding.usernames import free_usernames, username_for_person, username_for_unit
from secondment.people.choices import PersonState
from secondment.people.models import Person
from secondment.units.models import Unit

MOST_NAME = 60


@dataclass(frozen=True)
class Candidate:
    """A chosen row; `key` is what the list sent. With `refusal` no account is proposed."""

    key: int
    name: str
    unit: Unit
    person: Person | None = None
    username: str = ""
    refusal: str = ""


def people_candidates(rows: Iterable[tuple[int, Person, str]], *, by: User) -> list[Candidate]:
    """For (key of the row, person, reason of the list why not): secondees, each listed once."""
    rows = list(rows)
    people = [person for _key, person, _why in rows]
    waiting = set(
        AccountLine.objects.filter(is_open=True, person__in=people).values_list("person", flat=True)
    )
    unlinked = _unlinked_names(people)
    found, listed = [], set()
    for key, person, why in rows:
        own = why or refusal_of_person(person)
        if not own and person.pk in listed:
            own = say("本人已在本页列出")
        elif not own and not may_ask_for_person(by, person):
            own = say("所在单位不在您的管理范围内")
        elif not own and person.pk in waiting:
            own = say("已在另一份申请中，等待确认")
        elif not own and clean_name(person.name).casefold() in unlinked.get(person.unit_id, ()):
            own = say("已有同名账号尚未关联，请先在本人的干部页面“本人账号”一栏核对、关联")
        listed.add(person.pk)
        found.append(Candidate(key, person.name, person.unit, person, refusal=own))
    return _with_usernames(found)


def unit_candidates(units: Iterable[Unit], roles: Sequence[str]) -> list[Candidate]:
    """For units: one account each, with these roles."""
    units = list(units)
    holders = _holders(units, roles)
    found = []
    for unit in units:
        why = refusal_of_unit(unit)
        if not why and unit.pk in holders:
            why = say("已有账号：%(account)s", account=holders[unit.pk])
        name = (unit.short_name or unit.name)[:MOST_NAME]
        found.append(Candidate(unit.pk, name, unit, refusal=why))
    return _with_usernames(found)


def refusal_of_person(person: Person) -> str:
    """Why no account is opened for the person, whoever asks; nothing when one can be."""
    if person.account is not None:
        return say("已有账号：%(account)s", account=person.account.username)
    if person.state != PersonState.ACTIVE:
        return say("本人状态为“%(state)s”", state=say_label(person.get_state_display()))
    return refusal_of_place(person.unit)


def refusal_of_unit(unit: Unit) -> str:
    """Why no account is opened for the unit; nothing when one can be."""
    if unit.is_external:
        return say("外部单位不需要账号，由主办组织部门代为登记")
    return refusal_of_place(unit)


def refusal_of_place(unit: Unit) -> str:
    """Why no account belongs to the unit."""
    return "" if unit.is_active else say("单位已停用")


def _holders(units: Sequence[Unit], roles: Sequence[str]) -> Mapping[int, str]:
    """Per unit the name of an active account that has one of the roles for it."""
    held = RoleAssignment.objects.filter(unit__in=units, role__in=roles, user__is_active=True)
    return dict(held.order_by("-user__username").values_list("unit", "user__username"))


def _unlinked_names(people: Sequence[Person]) -> dict[int, set[str]]:
    """Per unit the names of active accounts of secondees that nobody was linked to yet."""
    accounts = User.objects.filter(
        is_active=True, person=None, assignments__role=Role.SECONDEE, unit__in={one.unit_id for one in people}
    )
    found: dict[int, set[str]] = {}
    for unit, name in accounts.values_list("unit", "name"):
        found.setdefault(unit, set()).add(clean_name(name).casefold())
    return found


def _with_usernames(found: Sequence[Candidate]) -> list[Candidate]:
    ready = [one for one in found if not one.refusal]
    wishes = [
        username_for_person(one.name, one.unit) if one.person else username_for_unit(one.unit)
        for one in ready
    ]
    names = iter(free_usernames(wishes))
    return [one if one.refusal else replace(one, username=next(names)) for one in found]
