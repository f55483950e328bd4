"""Pages: what each reader finds on them, and that lists cost the same at any length."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.makers import AT, make_person, make_placement, make_post, make_region, make_unit, make_user
from tests.people.imported import NUMBER, picture

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.audit.models import AuditEvent
from secondment.people.models import Penalty, Person
from secondment.people.services.changes import PersonChanges
from secondment.people.services.persons import edit_person
from secondment.units.models import Unit

pytestmark = pytest.mark.django_db
LIST = reverse("people:person_list")


def names(client, query: str) -> list[str]:
    response = client.get(f"{LIST}?{query}")
    return [row.item.name for row in response.context["listing"].rows()]


def detail(person, tab="basics") -> str:
    return f"{reverse('people:person_detail', args=[person.pk])}?tab={tab}"


def part_url(person, part) -> str:
    return reverse("people:person_edit", args=[person.pk, part])


def rows_data(kind: str, rows: list[dict], initial: int = 0) -> dict[str, object]:
    """What a browser sends for a set of rows."""
    data: dict[str, object] = {f"{kind}-TOTAL_FORMS": len(rows), f"{kind}-INITIAL_FORMS": initial}
    return data | {f"{kind}-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}


def test_filters_find_whom_they_name(client, unit) -> None:
    below = make_unit("示例处", unit)
    young = make_person(
        below,
        name="曾示例",
        name_key="zeng shi li",
        name_initials="zsl",
        sex="2",
        born_on=dt.date(1999, 11, 23),
    )
    young.specialties.create(tag="agriculture")
    Person.objects.filter(pk=young.pk).update(
        is_reserve=True, education_code="14", rank="142", category="specialist"
    )
    old = make_person(
        unit,
        name="王样本",
        name_key="wang yang ben",
        name_initials="wyb",
        born_on=dt.date(1970, 1, 1),
        state="retired",
    )
    make_placement(person=young, state="in_post")
    for query in (
        *(
            "q=示例",
            "q=zsl",
            "q=zeng s",
            f"unit={below.pk}",
            "category=specialist",
            "rank=142",
            "sex=2",
            "age=35",
        ),
        *("education=1", "specialty=agriculture", "reserve=1", "out=1", "state=active"),
    ):
        assert names(client, query) == ["曾示例"], query
    for query in ("q=wyb", "age=55", "reserve=0", "out=0", "state=retired", "education=2"):
        assert names(client, query) == ["王样本"], query
    assert names(client, f"unit={unit.pk}") == ["王样本", "曾示例"]
    assert names(client, "education=4") == names(client, "unit=99999") == []
    assert old.name in client.get(LIST).content.decode()


def test_the_list_costs_the_same_for_one_and_many(client, unit) -> None:
    make_person(unit)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _n in range(30):
        make_placement(person=make_person(unit), state="in_post")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(one) == len(many) <= 11


def test_host_units_get_a_narrow_list_without_file_columns(unit, signed_in) -> None:
    host = make_unit("示例县")
    person = make_person(unit, education_code="14", identity_masked="990000********0019")
    make_placement(person=person, post=make_post(host), state="in_post")
    client = signed_in(make_user(Role.HOST_UNIT, host))
    client.cookies["columns-0-people"] = ""
    page = client.get(LIST)
    assert page.context["listing"].n_rows == 1
    assert "硕士研究生毕业" not in page.content.decode()
    assert {"unit", "category", "education", "specialty", "reserve"} & set(
        page.context["listing"].filter_form.fields
    ) == set()
    text = client.get(detail(person)).content.decode()
    assert "990000********0019" not in text
    assert client.get(detail(person, "family")).status_code == 404


def test_files_of_others_neither_find_nor_sort_whom_a_host_unit_received(unit, signed_in) -> None:
    """A unit that hosts and sends: of its own people it reads the files, of those received the basics."""
    host = make_unit("示例县")
    values = {"category": "specialist", "is_reserve": True}
    own = make_person(host, education_code="14", **values)
    received = make_person(unit, education_code="11", **values)
    later = make_person(host, education_code="21")
    for one in (own, received):
        one.specialties.create(tag="agriculture")
    make_placement(person=received, post=make_post(host), state="in_post")
    both = make_user(Role.HOST_UNIT, host)
    RoleAssignment.objects.create(user=both, role=Role.HOME_UNIT, unit=host)
    client = signed_in(both)
    client.cookies["columns-0-people"] = "education"

    def found(**query: str) -> list[Person]:
        return [row.item for row in client.get(LIST, query).context["listing"].rows()]

    assert set(found()) == {own, received, later}
    asked = {"category": "specialist", "education": "1", "specialty": "agriculture", "reserve": "1"}
    for name, value in asked.items():
        assert found(**{name: value}) == [own], name
    assert found(sort="education") == [own, later, received]
    assert found(sort="-education") == [later, own, received]


def test_every_tab_of_the_whole_file_opens(client, person) -> None:
    person.firms.create(runner="妻子", name="示例公司", industry="agriculture")
    person.penalties.create(
        kind="warning", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 7, 1), document="示例1号"
    )
    make_placement(person=person, state="in_post")
    expected = {
        "basics": ["990000********0019", "农业技术推广", "中级"],
        "career": ["2008.07 — 2014.05", "示例县农业局科员", "5.8年，供核对"],
        "assessment": ["2024", "优秀", "警告", "2026-01-01"],
        "family": ["示例小甲", "直系血亲", "示例公司", "农林水"],
        "abilities": ["做群众工作", "未评价"],
        "placements": ["驻村第一书记", "在挂"],
        "record": ["导入名册“01_full_v3.2.1.16.lrmx”"],
    }
    for tab, words in expected.items():
        text = client.get(detail(person, tab)).content.decode()
        assert [word for word in words if word not in text] == [], tab
    assert client.get(detail(person, "nothing")).status_code == 404


def test_home_units_neither_browse_nor_edit_family_and_penalties(unit, person, signed_in) -> None:
    Penalty.objects.create(
        person=person,
        kind="warning",
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 7, 1),
        document="处分〔2026〕1号",
    )
    client = signed_in(make_user(Role.HOME_UNIT, unit))
    assert client.get(detail(person, "family")).status_code == 404
    assert client.get(part_url(person, "family")).status_code == 404
    assert client.post(part_url(person, "family"), rows_data("family", [])).status_code == 404
    page = client.get(part_url(person, "assessment"))
    assert set(page.context["formsets"]) == {"annual_grades"}
    assert "家庭与回避" not in page.content.decode()
    assert "处分〔2026〕1号" not in client.get(detail(person, "assessment")).content.decode()
    assert "健康备注" not in client.get(part_url(person, "basics")).content.decode()
    assert "正被立案审查调查" not in client.get(part_url(person, "post")).content.decode()


def test_photos_are_shown_to_readers_of_the_file(client, person, unit, signed_in) -> None:
    response = client.get(reverse("people:person_photo", args=[person.pk]))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "sandbox" in response["Content-Security-Policy"]
    without = make_person(unit)
    assert client.get(reverse("people:person_photo", args=[without.pk])).status_code == 404


def test_a_person_is_entered_then_completed(client, unit) -> None:
    make_region("11", "示例省")
    url = reverse("people:person_create")
    data = {
        "unit": unit.pk,
        "state": "active",
        "name": "示例一",
        "sex": "1",
        "born_on": "1985-03-12",
        "native_region": "示例省",
        "joined_party_on": "2007-06",
        "identity": NUMBER,
        "photo_file": SimpleUploadedFile("a.png", picture(7)),
    }
    bad = client.post(url, {**data, "identity": "990000198503120018", "native_region": "火星"})
    assert set(bad.context["form"].errors) == {"identity", "native_region"}
    wrong = client.post(url, {**data, "sex": "2", "photo_file": ""})
    assert "性别" in str(wrong.context["form"].non_field_errors())
    data["photo_file"] = SimpleUploadedFile("a.png", picture(7))
    response = client.post(url, data)
    person = Person.objects.get(name="示例一")
    assert response["Location"] == part_url(person, "post")
    assert (person.native_region_id, f"{person.joined_party_on}") == ("11", "2007-06-01")
    assert (person.identity_number, person.photo is not None) == (NUMBER, True)


def test_codes_are_checked_while_texts_are_typed(client, person) -> None:
    data = {"version": person.version, "full_time_education": "自学成才"}
    page = client.post(part_url(person, "education"), data)
    assert "自学成才" in page.context["form"].errors["full_time_education"][0]
    data = {
        "version": person.version,
        "full_time_education": "大学",
        "specialties": ["agriculture", "health"],
    }
    client.post(part_url(person, "education"), data)
    person.refresh_from_db()
    assert person.education_code == "20"
    assert [row.tag for row in person.specialties.all()] == ["agriculture", "health"]
    assert client.get(part_url(person, "education")).context["form"].initial["specialties"] == [
        "agriculture",
        "health",
    ]


def test_a_month_typed_again_keeps_the_day_known(client, person) -> None:
    Person.objects.update(rank_since=dt.date(2020, 9, 15))
    data = {
        "version": 1,
        "category": "specialist",
        "occupation": "other",
        "rank_since": "2020-09",
        "willingness": "willing",
    }
    assert client.post(part_url(person, "post"), data).status_code == 302
    person.refresh_from_db()
    assert (f"{person.rank_since}", person.category, person.willingness) == (
        "2020-09-15",
        "specialist",
        "willing",
    )


def test_careers_are_kept_in_the_order_of_time(client, person) -> None:
    rows = [
        {"starts_on": "2014-05", "ends_on": "", "text": "后来"},
        {"starts_on": "2008-07", "ends_on": "2014-05", "text": "先前"},
        {
            "starts_on": "2008-07",
            "ends_on": "2009-07",
            "text": "其间",
            "is_nested": "on",
            "is_grassroots": "on",
        },
        {"starts_on": "", "ends_on": "", "text": ""},
    ]
    data = {"version": 1, "grassroots_years": "1.0", **rows_data("career", rows)}
    assert client.post(part_url(person, "career"), data).status_code == 302
    assert [row.text for row in person.career.all()] == ["先前", "其间", "后来"]
    rows[1]["ends_on"] = "2001-01"
    page = client.post(part_url(person, "career"), {**data, **rows_data("career", rows), "version": 2})
    assert page.context["formsets"]["career"].forms[1].errors == {"ends_on": ["结束早于开始。"]}


def test_assessments_fill_in_the_end_of_a_penalty(client, person) -> None:
    grades = [{"year": 2025, "grade": "excellent"}, {"year": 2024, "grade": "competent", "DELETE": "on"}]
    penalties = [{"kind": "demerit", "starts_on": "2026-02-28", "ends_on": "", "document": ""}]
    data = {"version": 1, **rows_data("annual_grades", grades), **rows_data("penalties", penalties)}
    assert client.post(part_url(person, "assessment"), data).status_code == 302
    assert [(row.year, row.grade) for row in person.annual_grades.all()] == [(2025, "excellent")]
    assert f"{person.penalties.get().ends_on}" == "2027-02-28"
    twice = [{"year": 2025, "grade": "excellent"}, {"year": 2025, "grade": "competent"}]
    backwards = [{"kind": "demerit", "starts_on": "2026-02-28", "ends_on": "2026-01-01", "document": ""}]
    data = {"version": 2, **rows_data("annual_grades", twice), **rows_data("penalties", backwards)}
    page = client.post(part_url(person, "assessment"), data)
    assert page.context["formsets"]["annual_grades"].non_form_errors() == ["同一年度只能有一个等次。"]
    assert "ends_on" in page.context["formsets"]["penalties"].forms[0].errors


def test_families_need_a_clear_kinship(client, person) -> None:
    make_region("11", "示例省")
    family = [
        {"title": "岳父", "name": "示例父", "born_text": "1958.02"},
        {"title": "小姨", "name": "示例姨"},
        {"title": "舅舅", "name": "示例舅", "born_text": "去年"},
    ]
    firms = [{"runner": "妻子", "name": "示例公司", "industry": "health", "region_id": "11"}]
    data = {"version": 1, **rows_data("family", family), **rows_data("firms", firms)}
    page = client.post(part_url(person, "family"), data)
    errors = [sorted(form.errors) for form in page.context["formsets"]["family"].forms]
    assert errors == [[], ["kinship"], []]  # a birth is kept as it is written
    family[1]["kinship"] = "in_law"
    data = {"version": 1, **rows_data("family", family), **rows_data("firms", firms)}
    assert client.post(part_url(person, "family"), data).status_code == 302
    found = [(row.title, row.kinship, row.born_text) for row in person.family.all()]
    assert found == [("岳父", "in_law", "195802"), ("小姨", "in_law", ""), ("舅舅", "collateral", "去年")]
    assert person.firms.get().region_id == "11"


def test_more_rows_are_given_without_losing_what_was_typed(client, person) -> None:
    rows = [{"starts_on": "2008-07", "text": "先前"}]
    page = client.post(
        part_url(person, "career"), {"version": 1, "more": "career", **rows_data("career", rows)}
    )
    assert len(page.context["formsets"]["career"].forms) == 4
    assert "先前" in page.content.decode()
    assert person.career.count() == 5


def test_an_outdated_page_is_answered_with_409(client, person) -> None:
    Person.objects.update(version=5)
    data = {"version": 1, "full_time_education": "大学"}
    assert client.post(part_url(person, "education"), data).status_code == 409
    assert client.get(part_url(person, "nothing")).status_code == 404


def test_the_record_names_what_was_changed(client, person, clerk) -> None:
    changes = PersonChanges(
        {"post_title": "处长"}, {"firms": [], "penalties": [], "annual_grades": []}, health_notes="良好"
    )
    edit_person(person, changes, version=1, by=clerk, at=AT)
    text = client.get(detail(person, "record")).content.decode()
    assert "年度考核、健康备注、现任职务" in text
    Person.objects.update(ethnicity="", political_status="")
    assert client.get(detail(person)).context["headline"][:2] == ["男", "41岁"]


def test_abilities_are_added_on_their_tab(client, person) -> None:
    url = reverse("people:ability_add", args=[person.pk])
    data = {"ability": "mass_work", "value": "85", "source": "organisation", "as_of": "2026-06-01"}
    client.post(url, data)
    client.post(url, {**data, "value": "101"})
    assert [value.value for value in person.abilities.all()] == [85]
    assert "2026-06-01 组织评价 85" in client.get(detail(person, "abilities")).content.decode()


def test_protected_values_are_shown_once_for_a_reason(client, person) -> None:
    url = reverse("people:person_reveal", args=[person.pk])
    assert NUMBER in client.post(url, {"reason": "办理任免手续"}).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 409
    assert client.post(url, {"what": "health", "reason": "安排体检"}).status_code == 409
    assert "事由：办理任免手续" in client.get(detail(person, "record")).content.decode()


def test_a_whole_identity_number_finds_its_person(client, person) -> None:
    url = reverse("people:identity_find")
    assert client.post(url, {"number": " 990000198503120019 "})["Location"] == detail(person).split("?")[0]
    assert client.post(url, {"number": "990000198503120018"})["Location"] == LIST
    assert AuditEvent.objects.filter(action="person.find_identity").count() == 2


def test_units_are_shown_as_a_tree_and_cut_when_too_many(client, unit, monkeypatch) -> None:
    make_unit("示例处", unit)
    choices = client.get(LIST).context["listing"].filter_form.fields["unit"].choices
    assert [label for _key, label in choices] == ["全部", "示例厅", "　示例处"]
    monkeypatch.setattr("secondment.people.filters.MOST_UNITS", 1)
    choices = client.get(LIST).context["listing"].filter_form.fields["unit"].choices
    assert [label for _key, label in choices] == ["全部", "示例厅"]
    asked = client.get(LIST, {"unit": Unit.objects.get(name="示例处").pk}).context["listing"].filter_form
    assert asked.is_valid()
