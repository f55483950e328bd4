"""What a user may read of persons and imports."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.scopes import in_units, paths_of, under, units_within
from secondment.audit.models import AuditEvent
from secondment.files.names import same_name
from secondment.people.choices import PairState, PersonState
from secondment.people.likeness import on_record
from secondment.people.models import Person, PersonMerge, RosterImport, RosterImportRow, SuspectedPair
from secondment.people.sections import CLERKS, HOME, LEADER, ORGANISATION
from secondment.people.whereabouts import whereabouts
from secondment.units.models import Unit


def visible_to(user: User) -> QuerySet[Person]:
    """Persons within the scope of clerk or leader, oneself, and those who work or worked at one's own host unit."""
    units = units_within(user, *CLERKS, LEADER).values("pk")
    condition = Q(unit__in=units)
    if paths_of(user, Role.SECONDEE):
        condition |= Q(account=user)
    if hosts := paths_of(user, Role.HOST_UNIT):
        received = whereabouts().received().filter(under("host_unit__path", hosts))
        condition |= Q(pk__in=received.order_by().values("person"))
    return on_record(Person.objects.filter(condition))


def person_of(user: User) -> Person | None:
    """The person whose own account this is, while it is a secondee's."""
    return visible_to(user).select_related("unit").filter(account=user).first()


def files_of(user: User) -> Q:
    """Persons whose files, beyond the basics, the account reads, its own aside."""
    return under("unit__path", paths_of(user, *CLERKS, LEADER))


def order_of_files(user: User, field: str) -> str | Case:
    """What to sort by: the field, or nothing of whom a host unit received from elsewhere."""
    return Case(When(files_of(user), then=F(field))) if paths_of(user, Role.HOST_UNIT) else field


def emergency_open_to(user: User) -> QuerySet[Person]:
    """Whose emergency contact the account opens: one's own, those of whom it keeps the files, and those on a placement
    under way that its units send, receive or run."""
    organisation = paths_of(user, ORGANISATION)
    parties = (
        in_units("home_unit", [*organisation, *paths_of(user, HOME)])
        | in_units("host_unit", [*organisation, *paths_of(user, Role.HOST_UNIT)])
        | in_units("owner_unit", organisation)
    )
    out = whereabouts().under_way().filter(parties).order_by().values("person")
    condition = Q(pk__in=out) | under("unit__path", paths_of(user, *CLERKS))
    if paths_of(user, Role.SECONDEE):
        condition |= Q(account=user)
    return on_record(Person.objects.filter(condition))


def kept_by(user: User) -> QuerySet[Person]:
    """Persons whose files, identity numbers included, the account keeps."""
    units = units_within(user, *CLERKS).values("pk")
    return on_record(Person.objects.filter(unit__in=units))


def open_pairs() -> QuerySet[SuspectedPair]:
    """Pairs still to be decided; persons merged meanwhile are in none."""
    gone = Q(first__state=PersonState.MERGED) | Q(second__state=PersonState.MERGED)
    return SuspectedPair.objects.filter(state=PairState.OPEN).exclude(gone)


def pairs_visible_to(user: User) -> QuerySet[SuspectedPair]:
    """Pairs of persons whose files the organisation department of the account keeps."""
    paths = paths_of(user, ORGANISATION)
    return SuspectedPair.objects.filter(
        under("first__unit__path", paths), under("second__unit__path", paths)
    ).select_related("first__unit", "second__unit", "decided_by")


def clerk_units(user: User) -> QuerySet[Unit]:
    """Units for which the account keeps persons."""
    return units_within(user, *CLERKS).filter(is_active=True)


def imports_visible_to(user: User) -> QuerySet[RosterImport]:
    """Imports into units of the account's scope by itself, or by clerks who keep no more files than it does.

    A report names people of the importer's entire scope whom the file may mean.
    """
    organisation, kept = (under("unit__path", paths_of(user, *roles)) for roles in ((ORGANISATION,), CLERKS))
    roles = RoleAssignment.objects.filter(user=OuterRef("by"))
    within = Exists(roles.filter(kept, role__in=CLERKS))
    beyond = Exists(roles.filter(~organisation, role=ORGANISATION) | roles.filter(~kept, role=HOME))
    return RosterImport.objects.filter(kept, Q(by=user) | (within & ~beyond))


def linkable_accounts(person: Person) -> list[User]:
    """Accounts that may become the person's own: secondees of the same name for this unit that are not linked to anyone."""
    above = [int(key) for key in person.unit.path.strip("/").split("/")]
    accounts = User.objects.filter(
        is_active=True,
        person=None,
        name__startswith=person.name[:1],
        assignments__role=Role.SECONDEE,
        assignments__unit__in=above,
    )
    named = accounts.distinct().select_related("unit").order_by("username")
    return [account for account in named if same_name(account.name, person.name)]


def with_whereabouts(people: QuerySet[Person]) -> QuerySet[Person]:
    """Adds `is_out`: whether the person is on a secondment now."""
    return people.annotate(is_out=Exists(_under_way()))


def where_out(people: QuerySet[Person], *, is_out: bool) -> QuerySet[Person]:
    """Only persons on a secondment now, or only the others."""
    return people.filter(Exists(_under_way()) if is_out else ~Exists(_under_way()))


def placements_of(person: Person) -> QuerySet[Any]:
    """All secondments of one person, newest first."""
    return whereabouts().every().filter(person=person).select_related("post", "host_unit", "campaign")


def _under_way() -> QuerySet[Any]:
    return whereabouts().under_way().filter(person=OuterRef("pk"))


def events_of(person: Person) -> QuerySet[AuditEvent]:
    """The trail of one person, newest first."""
    keys = [str(key) for key in (person.pk, *merged_into(person))]
    return AuditEvent.objects.filter(object_type="people.person", object_id__in=keys).order_by("-pk")


def merged_into(person: Person) -> list[int]:
    """Keys of the records that were merged into this one, and into those."""
    found: list[int] = []
    waiting = [person.pk]
    while waiting:
        now = PersonMerge.objects.filter(kept__in=waiting, undone_at=None).values_list("merged_id", flat=True)
        waiting = list(now)
        found += waiting
    return found


def survivor_of(key: int) -> int | None:
    """The key of the record that a merged one went into at last, or None when it was never merged."""
    last = None
    while merge := PersonMerge.objects.filter(merged=last or key, undone_at=None).first():
        last = merge.kept_id
    return last


def imports_of(person: Person) -> QuerySet[RosterImportRow]:
    """Imports that made or changed the person, newest first."""
    return (
        person.imported_rows.filter(roster_import__state="imported", outcome__in=["created", "changed"])
        .select_related("roster_import__by", "roster_import__file")
        .order_by("-roster_import__created_at")
    )


def is_linked(user: User) -> bool:
    """Whether the account is that of a person on record."""
    return Person.objects.filter(account=user).exists()
