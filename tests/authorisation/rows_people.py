"""Persons: clerks of the own side work, leaders read, the host unit and the secondee see their part."""

from secondment.accounts.choices import Role
from secondment.documents.services import store_file
from secondment.people.models import Person, RosterImport, SuspectedPair
from secondment.people.services.merging import merge_persons
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from tests.authorisation.matrix import EVERYONE, Row
from tests.authorisation.world import Side
from tests.makers import AT, make_person, make_user

CLERKS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT})
READERS = CLERKS | {Role.LEADER, Role.SECONDEE}


def person(side: Side) -> dict[str, int]:
    return {"pk": side.person.pk}


def part(side: Side) -> dict[str, object]:
    return {"pk": side.person.pk, "part": "basics"}


def roster_import(side: Side) -> dict[str, int]:
    """An import into the home unit, checked and waiting."""
    if "import" not in side.extra:
        by = make_user(Role.HOME_UNIT, side.home_unit)
        stored = store_file("名册.csv", b"sealed", content_type="text/csv", by=by, at=AT)
        side.extra["import"] = RosterImport.objects.create(
            file=stored, unit=side.home_unit, by=by, created_at=AT, state="checked", n_created=1
        )
    return {"pk": side.extra["import"].pk}


def reason(side: Side) -> dict[str, str]:
    return {"reason": "办理任免手续", "kind": "lrmx"}


def with_photo(side: Side) -> dict[str, int]:
    if side.person.photo is None:
        side.person.photo = store_file("photo", b"x", content_type="image/png", by=make_user(), at=AT)
        side.person.save()
    return person(side)


def with_identity(side: Side) -> dict[str, int]:
    from secondment.people.services.protected import set_identity

    side.person.born_on = side.person.born_on.replace(day=12)
    number = "990000198503120019" if side.root.name.startswith("甲") else "990000198503120035"
    set_identity(side.person, number)
    side.person.save()
    return person(side)


def pair(side: Side) -> dict[str, int]:
    """Two persons of the home unit who may be one."""
    if "pair" not in side.extra:
        other = make_person(side.home_unit, name=side.person.name)
        side.extra["pair"] = SuspectedPair.objects.create(
            first=side.person, second=other, unit=side.home_unit, likeness="name", found_at=AT
        )
    return {"pk": side.extra["pair"].pk}


def merged(side: Side) -> dict[str, int]:
    """A pair that was merged."""
    key = pair(side)
    row = SuspectedPair.objects.get(**key)
    if row.state == "open":
        by = make_user(Role.ORGANISATION_DEPARTMENT, side.root)
        merge_persons(row, row.first, reason="已核对档案", wrong=None, by=by, at=AT)
    return key


def decision(side: Side) -> dict[str, object]:
    return {"reason": "已核对档案", "kept_key": side.person.pk}


def without_account(side: Side) -> dict[str, int]:
    """A person of the home unit who has no account yet."""
    if "without_account" not in side.extra:
        side.extra["without_account"] = make_person(side.home_unit, name="无账号")
    return {"pk": side.extra["without_account"].pk}


def new_account(side: Side) -> dict[str, object]:
    """An account of that person's name that is nobody's yet."""
    return {"account": make_user(Role.SECONDEE, side.home_unit, name="无账号").pk}


def while_out(side: Side) -> dict[str, int]:
    """A person with an emergency contact on a placement under way."""
    contact = {"emergency_name": "李某", "emergency_relation": "配偶", "emergency_phone": "000-1"}
    Person.objects.filter(pk=side.person.pk).update(**contact)
    Placement.objects.filter(pk=side.placement.pk).update(state=PlacementState.APPOINTED)
    return person(side)


ROWS = {
    "people:pair_list": Row(frozenset({Role.ORGANISATION_DEPARTMENT})),
    "people:pair_detail": Row(frozenset({Role.ORGANISATION_DEPARTMENT}), kwargs=pair),
    "people:pair_merge": Row(
        frozenset({Role.ORGANISATION_DEPARTMENT}), kwargs=pair, method="post", data=decision
    ),
    "people:pair_tell_apart": Row(
        frozenset({Role.ORGANISATION_DEPARTMENT}), kwargs=pair, method="post", data=decision
    ),
    "people:pair_undo": Row(
        frozenset({Role.ORGANISATION_DEPARTMENT}), kwargs=merged, method="post", data=decision
    ),
    "people:person_list": Row(EVERYONE),
    "people:identity_find": Row(CLERKS, method="post", data=lambda side: {"number": "990000198503120019"}),
    "people:person_create": Row(CLERKS),
    "people:forms_export": Row(CLERKS, method="post", data=lambda side: {"selected": str(side.person.pk)}),
    "people:identities_export": Row(CLERKS),
    "people:import_list": Row(CLERKS),
    "people:supplement": Row(CLERKS),
    "people:supplement_download": Row(CLERKS),
    "people:import_create": Row(CLERKS),
    "people:import_template": Row(CLERKS),
    "people:import_detail": Row(CLERKS, kwargs=roster_import),
    "people:import_progress": Row(CLERKS, kwargs=roster_import),
    "people:import_columns": Row(CLERKS, kwargs=roster_import),
    "people:import_confirm": Row(CLERKS, kwargs=roster_import, method="post"),
    "people:import_withdraw": Row(CLERKS, kwargs=roster_import, method="post"),
    "people:person_detail": Row(READERS, kwargs=person),
    "people:person_photo": Row(READERS, kwargs=with_photo),
    "people:person_emergency": Row(CLERKS | {Role.HOST_UNIT, Role.SECONDEE}, kwargs=while_out, method="post"),
    "people:own_contacts": Row(frozenset({Role.SECONDEE})),
    "people:person_reveal": Row(CLERKS, kwargs=with_identity, method="post", data=reason),
    "people:person_export": Row(CLERKS, kwargs=person, method="post", data=reason),
    "people:account_link": Row(
        frozenset({Role.ORGANISATION_DEPARTMENT}), kwargs=without_account, method="post", data=new_account
    ),
    "people:account_unlink": Row(frozenset({Role.ORGANISATION_DEPARTMENT}), kwargs=person, method="post"),
    "people:ability_add": Row(CLERKS, kwargs=person, method="post"),
    "people:person_edit": Row(CLERKS, kwargs=part),
}
