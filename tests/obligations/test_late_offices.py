"""What is late is counted by office, never by person."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.daily_work.scene import ON, Scene, ask_for_records, make_scene
from tests.makers import make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.obligations.late_offices import late_offices
from secondment.obligations.models import Obligation

DAY = dt.timedelta(days=1)
REPORTS_DUE = dt.date(2026, 10, 10)


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene(2)
    made.add(1)
    ask_for_records(on=ON)
    Obligation.objects.exclude(kind__in=("host_report", "home_notice")).delete()
    Obligation.objects.update(due_on=REPORTS_DUE)
    return made


@pytest.mark.parametrize(("on", "n"), [(REPORTS_DUE, 0), (REPORTS_DUE + DAY, 6)])
def test_late_begins_after_the_day(scene: Scene, on: dt.date, n: int) -> None:
    assert sum(one.n for one in late_offices(scene.owner, on)) == n


def test_each_office_says_what_how_much_and_since_when(scene: Scene, django_assert_num_queries) -> None:
    Obligation.objects.filter(pk=Obligation.objects.filter(role=Role.HOME_UNIT)[0].pk).update(
        due_on=REPORTS_DUE - 5 * DAY, escalated_on=ON
    )
    with django_assert_num_queries(2):  # the account's roles, and the rows
        found = late_offices(scene.owner, REPORTS_DUE + 3 * DAY)
    assert len(found) == 4  # three villages, one home unit
    (home,) = [one for one in found if one.role == Role.HOME_UNIT]
    assert (home.unit, home.what, home.n, home.longest, home.n_passed_on) == ("示例厅", "告知单：3", 3, 8, 1)
    village = next(one for one in found if one.role == Role.HOST_UNIT)
    assert (village.what, village.n, village.longest, village.n_passed_on) == ("情况报告：1", 1, 3, 0)


def test_what_one_person_owes_is_in_no_line(scene: Scene) -> None:
    Obligation.objects.update(account=make_user(Role.SECONDEE, scene.home))
    assert late_offices(scene.owner, REPORTS_DUE + DAY) == []


def test_a_department_elsewhere_sees_nothing(scene: Scene) -> None:
    on = REPORTS_DUE + DAY
    assert late_offices(make_user(Role.ORGANISATION_DEPARTMENT), on) == []
    county = late_offices(make_user(Role.ORGANISATION_DEPARTMENT, scene.county), on)
    assert {one.role for one in county} == {Role.HOST_UNIT}


def test_the_page_is_for_overseers_and_leads_to_the_duties_one_by_one(scene: Scene, signed_in) -> None:
    page = reverse("obligations:late_offices")
    client = signed_in(scene.owner)
    answer = client.get(page)
    text = text_of(answer)
    assert "共 6 项逾期" in text
    assert scene.people[0].person.name not in text
    assert "timing=late" in answer.content.decode()
    assert "示例厅" not in text_of(client.get(page, {"role": "host_unit"})).split("逾期，按责任单位")[1]
    assert "情况报告" not in text_of(client.get(page, {"unit": "示例厅"})).split("逾期，按责任单位")[1]
    assert "按单位看逾期" in text_of(client.get(reverse("obligations:duty_list")))
    assert signed_in(scene.home_clerk()).get(page).status_code == 403
    assert "按单位看逾期" not in text_of(signed_in(scene.home_clerk()).get(reverse("obligations:duty_list")))
