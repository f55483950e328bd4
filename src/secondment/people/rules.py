"""Who may see and do what with a person; scopes are read once a request, so no rule costs a query per row."""

from collections.abc import Callable
from functools import cache

from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role, roles_at
from secondment.people.models import Person, RosterImport, SuspectedPair
from secondment.people.sections import (
    CLERKS,
    LEADER,
    ORGANISATION,
    OWN,
    Section,
    read_by,
    written_by,
)
from secondment.units.models import Unit


def sections_at(user: User, path: str) -> frozenset[Section]:
    """The parts that `user` may read of people whose unit has this path."""
    return read_by(*roles_at(user, path))


def reads_files(user: User) -> Callable[[str], bool]:
    """Whether the user may read the file of people whose unit has a path; answered once a path."""
    return cache(lambda path: Section.FILE in sections_at(user, path))


def sections_of(user: User, person: Person) -> frozenset[Section]:
    """The parts of `person` that `user` may read; who sees the person at all sees the basics."""
    found = sections_at(user, person.unit.path) | {Section.BASICS}
    return found | OWN if is_self(user, person) else found


def writable_at(user: User, path: str) -> frozenset[Section]:
    """The parts that `user` may write of people whose unit has this path."""
    return written_by(*roles_at(user, path))


def is_self(user: User, person: Person) -> bool:
    """Whether the account is the person's own."""
    return person.account_id is not None and person.account_id == user.pk


def may_read_files(user: User) -> bool:
    """Whether there is any unit whose people's files, beyond the basics, the account reads."""
    return has_role(user, *CLERKS, LEADER)


def may_create_person(user: User, unit: Unit) -> bool:
    """Organisation department and home unit, within their scope."""
    return covers(user, unit.path, *CLERKS)


def may_create_somewhere(user: User) -> bool:
    """Whether there is any unit for which the account keeps persons."""
    return has_role(user, *CLERKS)


def may_edit_person(user: User, person: Person) -> bool:
    """Organisation department and home unit, within their scope."""
    return covers(user, person.unit.path, *CLERKS)


def may_reveal_identity(user: User, person: Person) -> bool:
    """Every view is recorded; people need not reveal their own number."""
    return Section.IDENTITY in sections_at(user, person.unit.path)


def may_reveal_health(user: User, person: Person) -> bool:
    """Every look leaves a trail."""
    return Section.HEALTH in sections_at(user, person.unit.path)


def may_link_account(user: User, person: Person) -> bool:
    """Only who reads everything that the person's own account will show."""
    return sections_at(user, person.unit.path) >= OWN and covers(user, person.unit.path, ORGANISATION)


def may_export_form(user: User, person: Person) -> bool:
    """The form holds the identity number, and family where the account may read it: clerks, with a reason."""
    return covers(user, person.unit.path, *CLERKS)


def may_export_list(user: User) -> bool:
    """The list as Excel, without identity numbers."""
    return has_role(user, *CLERKS, LEADER)


def may_export_identities(user: User) -> bool:
    """The list with identity numbers, with a reason."""
    return has_role(user, *CLERKS)


def may_import_into(user: User, unit: Unit) -> bool:
    """Organisation department and home unit, within their scope."""
    return covers(user, unit.path, *CLERKS)


def may_handle_import(user: User, roster_import: RosterImport) -> bool:
    """Those who may import into its unit."""
    return covers(user, roster_import.unit.path, *CLERKS)


def may_decide_pairs(user: User) -> bool:
    """Whether there is any unit whose duplicates the account decides on."""
    return has_role(user, ORGANISATION)


def may_decide_pair(user: User, pair: SuspectedPair) -> bool:
    """The organisation department that keeps both files."""
    return all(covers(user, one.unit.path, ORGANISATION) for one in (pair.first, pair.second))


def actions_for(user: User, person: Person) -> frozenset[str]:
    """Names of what the account may do to a person: they draw the buttons."""
    rules = {
        "edit": may_edit_person,
        "reveal_identity": may_reveal_identity,
        "reveal_health": may_reveal_health,
        "export_form": may_export_form,
        "link_account": may_link_account,
    }
    return frozenset(name for name, rule in rules.items() if rule(user, person))
