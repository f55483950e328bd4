"""A page whose form has errors names them above the form, leads to the fields and says so in its title."""

import re

import pytest
from django import forms
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.common.attempts import attempt
from secondment.common.errors import DomainError
from secondment.common.form_faults import Fault, Faults, faults_of
from tests.common.test_components import ExampleForm
from tests.makers import make_unit, make_user


class Line(forms.Form):
    year = forms.IntegerField(label="年份")


class Lines(forms.BaseFormSet[Line]):
    def clean(self) -> None:
        raise forms.ValidationError("两行相同")


LINES = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-year": "1", "form-1-year": "x"}
YEAR = Fault("年份", "输入整数。", "id_form-1-year")


def lines() -> forms.BaseFormSet[Line]:
    return forms.formset_factory(Line, formset=Lines)(LINES)


@pytest.mark.parametrize(
    "values",
    [
        {"lines": lines()},
        {"sets": {"lines": lines()}},
        {"lines": lines(), "form": Line(), "n": 3},
    ],
)
def test_faults_of_rows_are_found_wherever_they_stand(values) -> None:
    assert faults_of(values) == Faults((YEAR,), n_whole=1)


def test_form_given_twice_counts_once() -> None:
    form = Line({"year": ""})
    assert faults_of({"form": form, "rows": [form], "pair": (form,)}).n == 1


def test_form_that_was_not_sent_or_is_right_has_no_faults() -> None:
    assert faults_of({"form": Line(), "other": Line({"year": "1"}), "words": "x"}) == Faults()


def test_targets_are_what_takes_the_focus() -> None:
    faults = faults_of({"form": ExampleForm({})})
    targets = {one.label: one.target for one in faults.fields}
    assert targets["去向"] == "id_kind_0"
    assert targets["能力"] == "id_abilities_0"
    assert targets["时刻"] == "id_at_0"
    assert targets["姓名"] == "id_name"
    assert "key" not in {one.label for one in faults.fields}
    assert (len(targets), faults.n_whole) == (8, 2)


@pytest.mark.django_db
def test_page_says_what_to_correct(client) -> None:
    city = make_unit("示例市")
    client.force_login(make_user(Role.ORGANISATION_DEPARTMENT, city))
    page = client.post(reverse("people:person_create"), {"name": ""}).content.decode()
    title = re.search(r"<title>\s*(.*?) ·", page)[1]
    n = page.count('role="alert"')
    assert n >= 2
    assert title == f"有 {n} 处需要改正"
    assert 'id="form-faults" tabindex="-1" autofocus' in page
    links = re.findall(r'<a href="#(id_[^"]+)">', page)
    assert len(links) == n
    assert all(f'id="{one}"' in page for one in links)


@pytest.mark.django_db
def test_page_of_a_form_not_yet_sent_says_nothing(client) -> None:
    city = make_unit("示例市")
    client.force_login(make_user(Role.ORGANISATION_DEPARTMENT, city))
    page = client.get(reverse("people:person_create")).content.decode()
    assert "处需要改正" not in page
    assert "form-faults" not in page


@pytest.mark.django_db
def test_error_of_the_whole_form_takes_the_focus_itself(client) -> None:
    page = client.post(
        reverse("accounts:sign_in"), {"username": "nobody", "password": "wrong"}
    ).content.decode()
    assert re.search(r"<title>有 1 处需要改正 ·", page)
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert "form-faults" not in page


def test_the_way_out_of_an_error_stands_at_the_field_alone() -> None:
    form = ExampleForm({})

    def act() -> None:
        error = DomainError("已有“A & B”。", field="name")
        error.way = ("打开", "/campaigns/1/")
        raise error

    assert form.is_valid() is False
    del form.errors["name"]
    attempt(form, act)
    assert '<a class="btn btn-sm" href="/campaigns/1/">打开</a>' in form.errors["name"][0]
    (fault, *_others) = faults_of({"form": form}).fields
    assert fault.text == "已有“A & B”。"
