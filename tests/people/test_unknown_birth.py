"""Somebody who came in by a list of people in post may have neither sex nor day of birth yet."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.makers import AT, make_person, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.algorithms.eligibility import Case, PersonFacts, PostFacts, Term
from secondment.algorithms.eligibility.facts import UNKNOWN_BIRTH
from secondment.algorithms.eligibility.requirement_rules import requirement
from secondment.campaigns.eligibility_rules.h9a_age import look
from secondment.campaigns.snapshot import retires_on
from secondment.people.files.approval_form import approval_form
from secondment.people.likeness import Traits, likeness_of
from secondment.people.models import Person
from secondment.people.sections import EVERYTHING
from secondment.people.services.changes import PersonChanges
from secondment.people.services.persons import edit_person

NUMBER = "990000198503120019"
TERM = Term(dt.date(2027, 3, 1), dt.date(2028, 3, 1), dt.date(2026, 11, 23))


@pytest.fixture
def unknown(db: None) -> Person:
    return make_person(make_unit("示例厅"), name="王示例", sex="", born_on=None)


def test_the_number_tells_both(unknown) -> None:
    clerk = make_user(Role.HOME_UNIT, unknown.unit)
    edit_person(unknown, PersonChanges({}, identity=NUMBER), version=None, by=clerk, at=AT)
    unknown.refresh_from_db()
    assert (unknown.sex, unknown.born_on) == ("1", dt.date(1985, 3, 12))


def test_pages_lists_and_forms_do_without(unknown, signed_in) -> None:
    client = signed_in(make_user(Role.HOME_UNIT, unknown.unit))
    page = text_of(client.get(reverse("people:person_detail", args=[unknown.pk])))
    assert "王示例" in page
    assert "岁" not in page
    assert "王示例" in text_of(client.get(f"{reverse('people:person_list')}?sort=-age"))


def test_a_clerk_may_fill_in_the_rest_without_them(unknown, signed_in) -> None:
    client = signed_in(make_user(Role.HOME_UNIT, unknown.unit))
    url = reverse("people:person_edit", args=[unknown.pk, "basics"])
    form = client.get(url).context["form"]
    assert (form.fields["sex"].required, form.fields["born_on"].required) == (False, False)
    unknown.sex, unknown.born_on = "1", dt.date(1985, 3, 12)
    unknown.save()
    form = client.get(url).context["form"]
    assert (form.fields["sex"].required, form.fields["born_on"].required) == (True, True)


def test_age_cannot_be_told(unknown) -> None:
    assert retires_on(unknown) is None
    case = Case((), (), TERM, {"oldest_bureau": 50, "oldest_county": 45, "oldest_township": 40})
    outcome = look(PersonFacts(UNKNOWN_BIRTH, rank="132"), case)
    assert (outcome.fact, outcome.is_met) == ("unknown", False)


@pytest.mark.parametrize(("limit", "n"), [(None, 0), (45, 1)])
def test_no_limit_of_a_post_is_met_for_sure(limit, n) -> None:
    case = Case((PersonFacts(UNKNOWN_BIRTH),), (PostFacts(1, oldest_age=limit),), TERM, {})
    assert [one.fact for _person, _post, one in requirement("R1")(case)] == ["unknown"] * n


def test_two_without_a_birth_may_be_one() -> None:
    one, other = Traits("王示例", "", None), Traits("王示例", "", None)
    assert likeness_of(one, other)
    assert likeness_of(one, Traits("王示例", "1", dt.date(1985, 3, 12))) is None


def test_the_word_form_leaves_the_age_out(unknown) -> None:
    assert approval_form(unknown, EVERYTHING, on=dt.date(2026, 11, 23)).startswith(b"PK")
