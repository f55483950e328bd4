"""Who sees which person and which part of the file."""

import pytest
from tests.makers import make_person, make_placement, make_post, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.people.queries import visible_to
from secondment.people.rules import actions_for, may_create_somewhere, sections_of
from secondment.people.sections import Section

pytestmark = pytest.mark.django_db
FILE = {
    Section.BASICS,
    Section.FILE,
    Section.PHOTO,
    Section.CAREER,
    Section.ASSESSMENT,
    Section.ABILITIES,
    Section.PLACEMENTS,
}


@pytest.fixture
def person():
    root = make_unit("示例省")
    return make_person(make_unit("示例厅", root))


@pytest.mark.parametrize(
    ("role", "sections", "actions"),
    [
        (
            Role.ORGANISATION_DEPARTMENT,
            set(Section),
            {"edit", "reveal_identity", "reveal_health", "export_form", "link_account"},
        ),
        (
            Role.HOME_UNIT,
            FILE | {Section.EMERGENCY, Section.RESERVE, Section.IDENTITY},
            {"edit", "reveal_identity", "export_form"},
        ),
        (Role.LEADER, FILE | {Section.RESERVE}, set()),
        (Role.HOST_UNIT, {Section.BASICS}, set()),
        (Role.SECONDEE, {Section.BASICS}, set()),
        (Role.INSPECTOR, {Section.BASICS}, set()),
        (Role.SYSTEM_ADMINISTRATOR, {Section.BASICS}, set()),
    ],
)
def test_roles_read_their_sections_and_no_others(person, role, sections, actions) -> None:
    user = make_user(role, person.unit.parent)
    assert sections_of(user, person) == sections
    assert actions_for(user, person) == actions
    assert may_create_somewhere(user) == (role in {Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT})


@pytest.mark.parametrize("role", [Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.LEADER])
def test_scope_is_a_subtree(person, role) -> None:
    other = make_person(make_unit("别处"))
    above, beside = (
        make_user(role, person.unit.parent),
        make_user(role, make_unit("旁边", person.unit.parent)),
    )
    assert list(visible_to(above)) == [person]
    assert list(visible_to(beside)) == []
    assert sections_of(above, other) == {Section.BASICS}


@pytest.mark.parametrize(
    "role",
    [
        Role.INSPECTOR,
        Role.SYSTEM_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR,
        Role.AUDIT_ADMINISTRATOR,
        Role.SECONDEE,
    ],
)
def test_other_roles_see_nobody(person, role) -> None:
    assert list(visible_to(make_user(role, person.unit.parent))) == []


def test_secondees_see_themselves_with_family_but_no_reserve_or_health(person) -> None:
    user = make_user(Role.SECONDEE, person.unit)
    person.account = user
    person.save()
    make_person(person.unit)
    assert list(visible_to(user)) == [person]
    assert sections_of(user, person) == FILE | {Section.EMERGENCY, Section.FAMILY, Section.PENALTIES}
    assert actions_for(user, person) == frozenset()


@pytest.mark.parametrize(
    ("state", "is_seen"),
    [("decided", False), ("appointed", True), ("in_post", True), ("ended", True), ("cancelled", False)],
)
def test_host_units_see_whom_they_receive_once_appointed(person, state, is_seen) -> None:
    host = make_unit("示例县")
    user = make_user(Role.HOST_UNIT, host)
    make_placement(person=person, post=make_post(make_unit("示例乡", host)), state=state)
    make_placement(post=make_post(make_unit("别县")), state="in_post")
    assert list(visible_to(user)) == ([person] if is_seen else [])
