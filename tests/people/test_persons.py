"""Entering, editing and revealing: identity numbers, protected values, versions, abilities."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from PIL import Image
from tests.makers import AT, make_person, make_unit, make_user
from tests.people.appointment_forms.pictures import huge_picture, located_jpeg, saved
from tests.people.imported import NUMBER, picture

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.files.codes.degrees import DEGREES
from secondment.files.codes.ranks import RANKS
from secondment.files.codes.titles import TITLES
from secondment.files.sandbox.limits import PICTURE
from secondment.people.choices import Ability, AbilitySource
from secondment.people.derived import highest_degree, highest_education
from secondment.people.errors import (
    AbilityOnceError,
    IdentityConflictError,
    IdentityMissingError,
    PhotoError,
    ReasonMissingError,
    TooManyError,
)
from secondment.people.files.filled_form import annual_text, career_of, party_text, photo_of
from secondment.people.models import Person
from secondment.people.names import name_initials, name_key
from secondment.people.queries import visible_to
from secondment.people.services import exports
from secondment.people.services.changes import PersonChanges, rows_of
from secondment.people.services.exports import (
    allow_forms,
    allow_identities,
    note_list_export,
)
from secondment.people.services.persons import add_ability, create_person, edit_person
from secondment.people.services.photos import cleaned_photo, store_photo
from secondment.people.services.protected import reveal_health, reveal_identity

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit("示例局")


@pytest.fixture
def clerk(unit):
    return make_user(Role.ORGANISATION_DEPARTMENT, unit)


def values(unit, **more):
    return {"unit": unit, "name": "曾示例", "sex": "1", "born_on": dt.date(1985, 3, 12), **more}


def edited(person: Person, clerk, **kwargs) -> Person:
    version = kwargs.pop("version", None)
    edit_person(person, PersonChanges(**kwargs), version=version, by=clerk, at=AT)
    return Person.objects.get(pk=person.pk)


def test_a_new_person_gets_keys_codes_and_a_sealed_number(unit, clerk) -> None:
    more = {"full_time_education": "大学", "on_job_education": "硕士研究生", "professional_title": "教授"}
    person = create_person(PersonChanges(values(unit, **more), identity=NUMBER), by=clerk, at=AT)
    person.refresh_from_db()
    assert (person.name_key, person.name_initials) == ("zeng shi li", "zsl")
    assert (person.education_code, person.title_level) == ("14", "411")
    assert (person.identity_number, person.identity_masked) == (NUMBER, "990000********0019")
    assert AuditEvent.objects.get(action="person.create").unit_path == unit.path


def test_nobody_enters_persons_outside_the_scope(unit, clerk) -> None:
    with pytest.raises(NotAllowedError):
        create_person(PersonChanges(values(make_unit())), by=clerk, at=AT)
    person = make_person(unit)
    with pytest.raises(NotAllowedError):
        edited(person, clerk, values={"unit": make_unit()})
    with pytest.raises(NotAllowedError):
        edited(make_person(), clerk, values={"name": "新名"})


@pytest.mark.parametrize(
    ("born", "sex", "number", "words"),
    [
        (dt.date(1985, 3, 12), "2", NUMBER, "性别"),
        (dt.date(1985, 3, 13), "1", NUMBER, "1985-03-12"),
        (dt.date(1985, 4, 1), "1", NUMBER, "1985-04-01"),
        (dt.date(1985, 3, 12), "1", "990000198503120018", "校验位"),
    ],
)
def test_the_number_must_agree_with_birth_and_sex(unit, clerk, born, sex, number, words) -> None:
    changes = PersonChanges(values(unit, born_on=born, sex=sex), identity=number)
    with pytest.raises(IdentityConflictError, match=words):
        create_person(changes, by=clerk, at=AT)
    assert not Person.objects.exists()


def test_a_birth_known_by_its_month_gets_its_day_from_the_number(unit, clerk) -> None:
    changes = PersonChanges(values(unit, born_on=dt.date(1985, 3, 1)), identity=NUMBER)
    assert create_person(changes, by=clerk, at=AT).born_on == dt.date(1985, 3, 12)


def test_one_number_belongs_to_one_person(unit, clerk) -> None:
    first = create_person(PersonChanges(values(unit), identity=NUMBER), by=clerk, at=AT)
    with pytest.raises(IdentityConflictError, match="曾示例（示例局）名下"):
        create_person(PersonChanges(values(unit), identity=NUMBER), by=clerk, at=AT)
    with pytest.raises(IdentityConflictError):
        edited(first, clerk, values={"born_on": dt.date(1985, 3, 20)})
    assert edited(first, clerk, identity="").identity_index is None


def test_an_outdated_form_is_refused_and_changes_are_named(unit, clerk) -> None:
    person = make_person(unit, name="示例一")
    assert edited(person, clerk, values={"name": "示例二"}, version=1).version == 2
    with pytest.raises(StaleObjectError):
        edited(person, clerk, values={"name": "示例三"}, version=1)
    event = AuditEvent.objects.get(action="person.edit")
    assert event.details == {"fields": ["name"]}
    edited(person, clerk, values={"name": "示例二"})
    assert AuditEvent.objects.filter(action="person.edit").count() == 1


def test_rows_are_replaced_only_when_they_differ(unit, clerk) -> None:
    person = make_person(unit)
    grades = [{"year": 2024, "grade": "excellent"}, {"year": 2025, "grade": "competent"}]
    edited(person, clerk, rows={"annual_grades": grades})
    keys = set(person.annual_grades.values_list("pk", flat=True))
    edited(person, clerk, rows={"annual_grades": list(reversed(grades))})
    assert set(person.annual_grades.values_list("pk", flat=True)) == keys
    edited(person, clerk, rows={"annual_grades": grades[:1]})
    assert rows_of(Person.objects.get(), "annual_grades") == grades[:1]


def test_the_sentence_of_the_form_does_not_outlive_its_grades(unit, clerk) -> None:
    person = make_person(unit, annual_text="2024年度称职。")
    person.annual_grades.create(year=2024, grade="competent")
    same = [{"year": 2024, "grade": "competent"}]
    assert edited(person, clerk, rows={"annual_grades": same}).annual_text == "2024年度称职。"
    person = edited(person, clerk, rows={"annual_grades": [{"year": 2024, "grade": "excellent"}]})
    assert (person.annual_text, annual_text(person)) == ("", "2024年度优秀。")


def test_a_party_text_follows_its_date(unit, clerk) -> None:
    person = make_person(
        unit, party_text="200706", joined_party_on=dt.date(2007, 6, 1), political_status="01"
    )
    assert edited(person, clerk, values={"joined_party_on": dt.date(2008, 6, 1)}).party_text == ""


def test_health_notes_are_for_the_organisation_department_alone(unit, clerk) -> None:
    home = make_user(Role.HOME_UNIT, unit)
    person = make_person(unit)
    with pytest.raises(NotAllowedError):
        edited(person, home, health_notes="高血压")
    person = edited(person, clerk, health_notes="高血压")
    assert reveal_health(person, reason="安排体检", by=clerk, at=AT) == "高血压"
    assert AuditEvent.objects.get(action="person.reveal_health").details == {"reason": "安排体检"}
    with pytest.raises(NotAllowedError):
        reveal_health(person, reason="安排体检", by=home, at=AT)
    assert edited(person, clerk, health_notes="").health_notes == ""


def test_revealing_needs_a_right_a_reason_and_something_to_show(unit, clerk) -> None:
    person = create_person(PersonChanges(values(unit), identity=NUMBER), by=clerk, at=AT)
    with pytest.raises(ReasonMissingError):
        reveal_identity(person, reason=" 看 ", by=clerk, at=AT)
    with pytest.raises(NotAllowedError):
        reveal_identity(person, reason="办理任免", by=make_user(Role.LEADER, unit), at=AT)
    assert reveal_identity(person, reason="办理任免", by=clerk, at=AT) == NUMBER
    assert NUMBER not in str(AuditEvent.objects.get(action="person.reveal_identity").details)
    with pytest.raises(IdentityMissingError):
        reveal_identity(make_person(unit), reason="办理任免", by=clerk, at=AT)
    with pytest.raises(IdentityMissingError):
        reveal_health(person, reason="办理任免", by=clerk, at=AT)


def test_photos_are_decoded_before_they_are_kept(unit, clerk) -> None:
    person = edited(make_person(unit), clerk, photo=cleaned_photo(picture(3), "a.png"))
    assert (person.photo.content_type, photo_of(person)) == ("image/png", picture(3))
    for content in (b"<svg/>", b"x" * 5_000_001, picture(3)[:40], b"\xff\xd8\xff"):
        with pytest.raises(PhotoError):
            cleaned_photo(content, "a.png")
        with pytest.raises(PhotoError):
            store_photo(content, by=clerk, at=AT)
    with pytest.raises(PhotoError, match="不是可以读取"):
        cleaned_photo(huge_picture(), "a.png")
    with pytest.raises(PhotoError, match="像素"):
        cleaned_photo(saved(Image.new("1", (6_000, 5_000)), "PNG"), "a.png")


def test_a_photo_that_costs_too_much_to_read_is_refused_in_words(monkeypatch) -> None:
    limits = replace(PICTURE, memory_bytes=1)
    monkeypatch.setattr("secondment.people.files.appointment_forms.uploaded.PICTURE", limits)
    with pytest.raises(PhotoError, match="读取"):  # more than any memory that the process already holds
        cleaned_photo(saved(Image.new("RGB", (2_000, 2_000)), "PNG"), "a.png")


def test_a_photo_with_more_than_the_picture_is_never_stored(clerk) -> None:
    content = located_jpeg()
    with pytest.raises(PhotoError, match="拍摄地点"):
        store_photo(content, by=clerk, at=AT)
    stored = store_photo(cleaned_photo(content, "a.jpg"), by=clerk, at=AT)
    assert stored.content_type == "image/jpeg"
    with stored.content.open("rb") as kept:
        assert b"Exif" not in kept.read()


def test_ability_values_are_added_and_never_overwritten(unit, clerk) -> None:
    person = make_person(unit)
    key = {"ability": Ability("mass_work"), "source": AbilitySource.ORGANISATION, "by": clerk, "at": AT}
    add_ability(person, value=70, as_of=dt.date(2026, 6, 1), **key)
    add_ability(person, value=80, as_of=dt.date(2026, 9, 1), **key)
    with pytest.raises(AbilityOnceError):
        add_ability(person, value=90, as_of=dt.date(2026, 9, 1), **key)
    assert list(person.abilities.order_by("as_of").values_list("value", flat=True)) == [70, 80]


def test_files_that_leave_are_on_record(unit, clerk, monkeypatch) -> None:
    person = make_person(unit)
    allow_forms([person], kind="lrmx", reason="上报审批", by=clerk, at=AT)
    assert AuditEvent.objects.get(action="person.export_form").details == {
        "reason": "上报审批",
        "kind": "lrmx",
        "of": 1,
    }
    with pytest.raises(NotAllowedError):
        allow_forms([person, make_person()], kind="zip", reason="上报审批", by=clerk, at=AT)
    monkeypatch.setattr(exports, "MOST_FORMS", 0)
    with pytest.raises(TooManyError):
        allow_forms([person], kind="zip", reason="上报审批", by=clerk, at=AT)
    allow_identities(3, reason="办理保险", filters="rank=132", by=clerk, at=AT)
    assert AuditEvent.objects.get(action="people.export_identities").details["rows"] == 3
    note_list_export(7, by=clerk, at=AT)
    assert AuditEvent.objects.get(action="people.export_list").details == {"rows": 7}
    with pytest.raises(NotAllowedError):
        note_list_export(7, by=make_user(Role.HOST_UNIT, unit), at=AT)


@pytest.mark.parametrize(
    ("name", "key", "initials"),
    [
        ("曾国示", "zeng guo shi", "zgs"),
        ("尉迟示例", "yu chi shi li", "ycsl"),
        ("单雄例", "shan xiong li", "sxl"),
        ("Li Lei", "li lei", "ll"),
    ],
)
def test_surnames_are_read_as_surnames(name, key, initials) -> None:
    assert (name_key(name), name_initials(name)) == (key, initials)


def test_codes_follow_from_texts_that_are_understood() -> None:
    assert highest_education("大学", "硕士研究生", "研究生") == "14"
    assert highest_education("自学", "") == ""
    assert highest_degree("名誉博士", "法学学士") == "4"
    assert highest_degree("名誉博士") == "1"
    assert highest_degree("看不懂") == ""
    assert (RANKS.chinese("132"), RANKS.chinese("xyz"), RANKS.chinese("")) == (
        "县处级副职",
        "xyz",
        "",
    )
    assert (DEGREES.chinese("3"), DEGREES.chinese("9"), TITLES.chinese("411")) == (
        "硕士",
        "9",
        "正高级",
    )


def test_the_newest_rows_write_the_annual_text_in_the_words_of_the_category(unit) -> None:
    person = make_person(
        unit, category="specialist", joined_party_on=dt.date(2012, 6, 1), political_status="02"
    )
    person.annual_grades.create(year=2025, grade="competent")
    assert annual_text(person) == "2025年度合格。"
    assert party_text(person) == "201206；中国共产党预备党员"
    person.career.create(position=1, text="没有起始年月", ends_on=dt.date(2010, 7, 1))
    assert [f"{entry.start}" for entry in career_of(person)] == ["2010.07"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is written in SQLite's words")
def test_count_and_order_of_the_list_are_found_in_one_index(unit, clerk) -> None:
    rows = visible_to(clerk)
    for asked in (rows.values("pk"), rows.order_by("name_key", "pk").values("pk")):
        assert "COVERING INDEX person_unit_name_state" in asked.explain()
