"""Who may see and do what with a person; scopes are read once a request, so no rule costs a query per row."""

from enum import StrEnum

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.people.models import Person, RosterImport
from secondment.units.models import Unit

ORGANISATION, HOME, LEADER = Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.LEADER
CLERKS = (ORGANISATION, HOME)


class Section(StrEnum):
    """Parts of a person's file, each with its own readers."""

    BASICS = "basics"
    FILE = "file"  # identity (masked), education, willingness
    CAREER = "career"
    ASSESSMENT = "assessment"
    FAMILY = "family"
    ABILITIES = "abilities"
    PLACEMENTS = "placements"
    RECORD = "record"
    HEALTH = "health"
    RESERVE = "reserve"  # reserve list
    INVESTIGATION = "investigation"


_FILE = frozenset(
    {
        Section.BASICS,
        Section.FILE,
        Section.CAREER,
        Section.ASSESSMENT,
        Section.ABILITIES,
        Section.PLACEMENTS,
    }
)
_SECTIONS: dict[Role, frozenset[Section]] = {
    ORGANISATION: frozenset(Section),
    HOME: _FILE | {Section.RESERVE},
    LEADER: _FILE | {Section.RESERVE},
}
_OWN = _FILE | {Section.FAMILY}


def sections_of(user: User, person: Person) -> frozenset[Section]:
    """The parts of `person` that `user` may read; who sees the person at all sees the basics."""
    found = frozenset({Section.BASICS})
    for role, sections in _SECTIONS.items():
        if covers(user, person.unit.path, role):
            found |= sections
    return found | _OWN if is_self(user, person) else found


def is_self(user: User, person: Person) -> bool:
    """Whether the account is the person's own."""
    return person.account_id is not None and person.account_id == user.pk


def may_read_files(user: User) -> bool:
    """Whether there is any unit whose people's files, beyond the basics, the account reads."""
    return has_role(user, *_SECTIONS)


def may_create_person(user: User, unit: Unit) -> bool:
    """Organisation department and home unit, within their scope."""
    return covers(user, unit.path, *CLERKS)


def may_create_somewhere(user: User) -> bool:
    """Whether there is any unit for which the account keeps persons."""
    return has_role(user, *CLERKS)


def may_edit_person(user: User, person: Person) -> bool:
    """Organisation department and home unit, within their scope."""
    return covers(user, person.unit.path, *CLERKS)


def may_edit_health(user: User, person: Person) -> bool:
    """Organisation department only."""
    return covers(user, person.unit.path, ORGANISATION)


def may_reveal_identity(user: User, person: Person) -> bool:
    """Organisation department and home unit; every look leaves a trail."""
    return covers(user, person.unit.path, *CLERKS)


def may_reveal_health(user: User, person: Person) -> bool:
    """Organisation department only."""
    return covers(user, person.unit.path, ORGANISATION)


def may_export_form(user: User, person: Person) -> bool:
    """The whole form holds identity number and family: organisation department and home unit, with a reason."""
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
    """Whoever may import into its unit."""
    return covers(user, roster_import.unit.path, *CLERKS)


def actions_for(user: User, person: Person) -> frozenset[str]:
    """Names of what the account may do to a person: they draw the buttons."""
    rules = {
        "edit": may_edit_person,
        "edit_health": may_edit_health,
        "reveal_identity": may_reveal_identity,
        "reveal_health": may_reveal_health,
        "export_form": may_export_form,
    }
    return frozenset(name for name, rule in rules.items() if rule(user, person))
