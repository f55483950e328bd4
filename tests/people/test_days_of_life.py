"""A day of a life that lies before its beginning is refused, on the form and in files; a person on record counts."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.makers import make_person
from tests.people.imported import NUMBER, checked, csv, imported, told

from secondment.people.derived import before_birth
from secondment.people.models import Person

BORN = dt.date(1997, 8, 12)


@pytest.mark.parametrize(
    ("born_on", "started_on", "found"),
    [
        (BORN, dt.date(1997, 7, 31), ["started_work_on"]),
        (BORN, dt.date(1997, 8, 1), []),
        (BORN, None, []),
        (None, dt.date(1900, 1, 1), []),
    ],
)
def test_only_days_before_a_known_birth_are_found(born_on, started_on, found) -> None:
    assert before_birth(born_on, {"started_work_on": started_on}) == found


FAULT = "参加工作时间：早于出生年月；请核对这一日期和出生年月"


@pytest.mark.django_db
@pytest.mark.usefixtures("reads_here")
@pytest.mark.parametrize(("text", "is_refused"), [("1985.02", True), ("1985.03", False)])
def test_a_file_is_compared_with_itself_and_with_the_register(province, text: str, is_refused: bool) -> None:
    whole = csv("姓名,性别,出生年月,参加工作时间", f"示例甲,男,1985.03,{text}")
    ((_place, _name, outcome, problems),) = told(checked("a.csv", whole, province))
    assert (outcome == "refused", FAULT in problems) == (is_refused, is_refused)
    imported("b.csv", csv("姓名,身份证号", f"示例乙,{NUMBER}"), province)
    part = csv("姓名,身份证号,参加工作时间", f"示例乙,{NUMBER},{text}")
    ((_place, _name, outcome, problems),) = told(checked("c.csv", part, province))
    assert (outcome == "refused", FAULT in problems) == (is_refused, is_refused)


@pytest.mark.django_db
def test_the_form_names_the_field(client, unit) -> None:
    person = make_person(unit, born_on=BORN)
    page = client.get(url := reverse("people:person_edit", args=[person.pk, "basics"]))
    data = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    answer = client.post(url, data | {"started_work_on": "1997-07"})
    assert "早于出生年月" in answer.content.decode()
    assert Person.objects.get().started_work_on == person.started_work_on
