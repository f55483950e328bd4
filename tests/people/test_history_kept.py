"""Every change of a person leaves what stood there before, with its day; nobody writes a person without that."""

import datetime as dt
import re
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.makers import AT, ON, RECORDED_ON, make_person, make_unit, make_user
from tests.people.imported import NUMBER, checked, imported, quiet, told
from tests.people.kept import all_kept, day_of, lines_of

from secondment.accounts.choices import Role
from secondment.audit.services import record
from secondment.people.models import AnnualGrade, Person, PersonChange, RosterImport, RosterImportRow
from secondment.people.models import SuspectedPair as Pair
from secondment.people.services.changes import PersonChanges
from secondment.people.services.contacts import correct_own_contacts
from secondment.people.services.duplicates import find_duplicates
from secondment.people.services.grades import set_annual_grades
from secondment.people.services.history import Change, changes_of, keep_changes
from secondment.people.services.imports.uploads import confirm_import, upload_roster
from secondment.people.services.imports.work import check_drafts, drafts_of, import_drafts
from secondment.people.services.merging import merge_persons, undo_merge
from secondment.people.services.own_account import link_account, unlink_account
from secondment.people.services.persons import create_person, edit_person

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2] / "src" / "secondment"
REASON = "已核对人事档案"
PROMOTED_ON = dt.date(2026, 9, 1)


def edited(person, by, values=None, **more) -> Person:
    changes = PersonChanges(values or {}, **more)
    return edit_person(person, changes, version=None, by=by, at=AT, is_confirmed=True)


def test_a_new_person_has_a_first_day_and_no_past(unit, clerk) -> None:
    values = {"unit": unit, "name": "示例甲", "sex": "1", "born_on": dt.date(1985, 3, 12), "rank": "132"}
    person = create_person(PersonChanges(values), by=clerk, at=AT)
    assert person.recorded_on == timezone.localtime(AT).date() == ON
    assert lines_of(person) == []


def test_a_form_leaves_every_old_value_behind(unit, clerk) -> None:
    person = make_person(unit, rank="132", rank_since=dt.date(2022, 3, 1), professional_title="讲师")
    person.annual_grades.create(year=2024, grade="excellent")
    values = {
        "unit": make_unit("示例处", unit),
        "rank": "131",
        "rank_since": PROMOTED_ON,
        "grassroots_years": Decimal("2.0"),
        "full_time_education": "大学",
        "professional_title": "副教授",
        "is_reserve": True,
        "state": "retired",
        "annual_text": "2024年度优秀。",
    }
    rows = {
        "career": [{"starts_on": dt.date(2020, 1, 1), "text": "示例处工作"}],
        "specialties": [{"tag": "health"}, {"tag": "education"}],
    }
    with all_kept(person):
        edited(person, clerk, values, rows=rows)
    kept = {field: (old, new) for field, old, new in lines_of(person)}
    assert kept["rank"] == ("132", "131")
    assert kept["is_reserve"] == (False, True)
    assert kept["rank_since"] == ("2022-03-01", "2026-09-01")
    assert kept["specialties"] == ([], ["education", "health"])
    assert kept["title_level"][0] == ""  # what follows from another column is kept as well
    change = PersonChange.objects.get(person=person, field="state")
    assert (change.on, change.since, change.at, change.by) == (ON, ON, AT, clerk)
    assert str(change) == "state 2026-11-23"


def test_a_form_that_changes_nothing_leaves_nothing(unit, clerk) -> None:
    person = make_person(unit)
    edited(person, clerk, {"rank": "132", "name": person.name}, rows={"career": []})
    assert lines_of(person) == []


def test_grades_that_take_their_sentence_along_keep_both(unit, clerk) -> None:
    person = make_person(unit, annual_text="2024年度称职。")
    with all_kept(person):
        edited(person, clerk, rows={"annual_grades": [{"year": 2025, "grade": "excellent"}]})
    assert [field for field, _old, _new in lines_of(person)] == ["annual_text", "annual_grades"]


@pytest.mark.parametrize(
    ("rank_since", "expected"),
    [
        (PROMOTED_ON, PROMOTED_ON),
        (ON, ON),
        (ON + dt.timedelta(days=1), ON),  # a day to come: until then nobody knows
        (None, ON),
    ],
)
def test_a_new_rank_holds_since_the_day_it_states(unit, clerk, rank_since, expected) -> None:
    person = make_person(unit, rank="132", rank_since=dt.date(2022, 3, 1))
    edited(person, clerk, {"rank": "131", "rank_since": rank_since})
    assert day_of(person, "rank") == (ON, expected, dt.date(2022, 3, 1))


def test_a_new_rank_without_its_day_holds_since_it_was_entered(unit, clerk) -> None:
    person = make_person(unit, rank="132", rank_since=dt.date(2022, 3, 1))
    edited(person, clerk, {"rank": "131", "post_title": "示例处处长"})
    assert day_of(person, "rank") == (ON, ON, dt.date(2022, 3, 1))
    assert day_of(person, "post_title") == (ON, ON, None)


def test_of_what_is_protected_only_the_change_is_kept(unit, clerk) -> None:
    person = make_person(unit, phone="000-00000001")
    values = {"phone": "000-00000002", "emergency_name": "示例乙"}
    values |= {"emergency_relation": "妻子", "emergency_phone": "000-00000003"}
    with all_kept(person):
        edited(person, clerk, values, identity=NUMBER, health_notes="术后恢复")
    assert sorted(lines_of(person)) == [
        (name, None, None)
        for name in (
            *("emergency_name", "emergency_phone", "emergency_relation"),
            *("health_notes", "identity", "phone"),
        )
    ]


def test_the_own_contacts_and_the_own_account(unit, clerk) -> None:
    account = make_user(Role.SECONDEE, unit, name="示例甲")
    person = make_person(unit, name="示例甲")
    with all_kept(person):
        link_account(person, account.pk, by=clerk, at=AT)
    person.refresh_from_db()
    with all_kept(person):
        correct_own_contacts(person, {"phone": "000-00000002"}, version=None, by=account, at=AT)
    with all_kept(person):
        unlink_account(person, by=clerk, at=AT)
    account_changes = [line for line in lines_of(person) if line[0] == "account_id"]
    assert account_changes == [("account_id", None, account.pk), ("account_id", account.pk, None)]


def test_grades_of_a_decided_year(unit, clerk, django_assert_num_queries) -> None:
    first, second, same = (make_person(unit, annual_text=text) for text in ("2024年度称职。", "", ""))
    first.annual_grades.create(year=2024, grade="competent")
    second.annual_grades.create(year=2025, grade="competent")
    same.annual_grades.create(year=2025, grade="excellent")
    grades = {first.pk: "excellent", second.pk: "", same.pk: "excellent"}
    with all_kept(first, second):
        assert set_annual_grades(grades, year=2025, by=clerk, at=AT) == 2
    assert lines_of(second) == [("annual_grades", [{"year": 2025, "grade": "competent"}], [])]
    assert lines_of(same) == []


def roster(count: int, rank: str) -> bytes:
    """People with a career, a specialty and a grade, all of one rank."""
    rows = (
        f"示例{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'一二三四五六七八九十'[number // 10 % 10]}{'上下'[number // 100]},男,"
        f'1985.03,{rank},卫生,2025年度优秀,"2010.07--  示例厅{rank}"'
        for number in range(count)
    )
    return "\n".join(["姓名,性别,出生年月,职务层次,专业领域,年度考核结果,简历", *rows]).encode()


def test_an_import_leaves_every_old_value_behind(unit, clerk) -> None:
    assert imported("名册.csv", roster(3, "副处级"), unit, clerk).n_created == 3
    people = list(Person.objects.all())
    assert {one.recorded_on for one in people} == {ON}
    assert not PersonChange.objects.exists()
    with all_kept(*people):
        assert imported("名册.csv", roster(3, "正处级"), unit, clerk).n_changed == 3
    change = PersonChange.objects.filter(person=people[0], field="rank").get()
    assert (change.old, change.new, change.on, change.at, change.by) == ("132", "131", ON, AT, clerk)
    assert checked("名册.csv", roster(3, "正处级"), unit, clerk).n_unchanged == 3
    assert PersonChange.objects.count() == 6


def test_an_import_writes_changes_of_many_in_as_many_statements_as_of_one(unit, clerk) -> None:
    found = []
    for count in (1, 200):
        imported("名册.csv", roster(count, "副处级"), unit, clerk)
        row = upload_roster("名册.csv", roster(count, "正处级"), unit=unit, by=clerk, at=AT)
        drafts = drafts_of(row, quiet)
        row = check_drafts(row, drafts, quiet)
        assert row.n_changed == count, told(row)[:1]
        confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
        row.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            import_drafts(row, drafts, at=AT)
        found.append(len(queries))
        assert row.n_changed == count
        assert PersonChange.objects.filter(field="rank").count() == count
        Person.objects.all().delete()
    assert found[0] == found[1]


def test_either_record_of_a_merge_keeps_its_own_history(unit, clerk) -> None:
    department = make_user(Role.ORGANISATION_DEPARTMENT, unit.parent)
    kept = make_person(unit, name="示例甲", rank="", native_place="")
    other = make_person(unit, name="示例甲", rank="131", native_place="示例省")
    other.career.create(position=1, text="示例处科员")
    edited(other, clerk, {"post_title": "示例处处长"})
    find_duplicates([kept, other], at=AT)
    pair = Pair.objects.get(first=kept, second=other)
    with all_kept(kept, other):
        merge = merge_persons(pair, kept, reason=REASON, wrong=None, by=department, at=AT)
    assert ("rank", "", "131") in lines_of(kept)
    assert ("state", "active", "merged") in lines_of(other)
    assert [line for line in lines_of(other) if line[0] == "post_title"] == [("post_title", "", "示例处处长")]
    with all_kept(kept, other):
        undo_merge(merge, reason=REASON, by=department, at=AT)
    assert ("state", "merged", "active") in lines_of(other)
    assert ("rank", "131", "") in lines_of(kept)


def test_nothing_to_keep_is_no_statement(unit, django_assert_num_queries) -> None:
    person = make_person(unit)
    with django_assert_num_queries(0):
        keep_changes(person, [], by=None, at=AT)
    assert changes_of(person, [Change("rank", "132", "131")], by=None, at=AT)[0].by is None


# Where rows of persons are written, and how often; each place keeps what it changes or has nothing to keep.
WRITERS = {
    "people/services/persons.py": 3,  # _apply keeps; abilities are only added
    "people/services/contacts.py": 1,
    "people/services/own_account.py": 1,
    "people/services/grades.py": 3,
    "people/services/merging.py": 7,
    "people/services/changes.py": 2,  # replace_rows, whose callers keep
    "people/services/imports/applying.py": 3,
}
_WRITE = re.compile(
    r"\b(?:person|locked|kept|merged)\.save\(|AbilityValue\.objects\.create|AnnualGrade\.objects\.bulk_create"
    r"|Person\.objects\.(?:filter\(.*\)\.)?(?:update|create|bulk)|rows\.filter\(person__in=.*\.delete\(\)"
    r"|rows\.update\(|manager\.(?:filter\(.*\)\.delete|bulk_create)\(|(?:replacement|insertion)\(Person,"
    r"|(?:career|annual_grades|penalties|family|firms|specialties|abilities)\.(?:create|all\(\)\.delete|update|set|add)\("
)


def test_nobody_else_writes_a_person() -> None:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text()
        is_about_persons = re.search(r"secondment\.people\.(?:models|services)", text) and "demo/" not in name
        is_an_upload = "imports/work" in name or "imports/uploads" in name
        if is_about_persons and not is_an_upload and (count := len(_WRITE.findall(text))):
            found[name] = count
    assert found == WRITERS


class TestRecordedDays:
    """Persons of before: the first day whose record is whole."""

    def migrate(self) -> None:
        import_module("secondment.people.migrations.0017_recorded_days").take_from_trail(apps, None)

    def noted(self, action: str, person, day: int) -> None:
        with transaction.atomic():
            record(action, person, by=None, at=AT.replace(day=day))

    def test_the_last_write_that_the_trail_names(self, unit) -> None:
        created, edited_since, looked_at = (make_person(unit) for _n in range(3))
        for one in (created, edited_since, looked_at):
            self.noted("person.create", one, 3)
        self.noted("person.edit", edited_since, 9)
        self.noted("person.look_family", looked_at, 12)
        self.migrate()
        days = [Person.objects.get(pk=one.pk).recorded_on.day for one in (created, edited_since, looked_at)]
        assert days == [3, 9, 3]

    def test_an_import_that_entered_or_changed_somebody(self, unit, clerk) -> None:
        imported("名册.csv", roster(1, "副处级"), unit, clerk)
        self.migrate()
        assert Person.objects.get().recorded_on == ON
        RosterImportRow.objects.update(outcome="unchanged")
        self.migrate()
        assert Person.objects.get().recorded_on > ON

    def test_of_whom_nothing_is_named_today(self, unit, clerk) -> None:
        person = make_person(unit)
        unfinished = RosterImport.objects.create(
            file=imported("名册.csv", roster(1, "副处级"), unit, clerk).file,
            unit=unit,
            by=clerk,
            created_at=AT,
        )
        RosterImportRow.objects.create(
            roster_import=unfinished, person=person, position=1, source="名册.csv", outcome="changed"
        )
        assert person.recorded_on == RECORDED_ON
        self.migrate()
        assert Person.objects.get(pk=person.pk).recorded_on > ON


def test_grades_are_kept_in_one_statement_for_all(unit, clerk) -> None:
    def n_queries(count: int) -> int:
        people = [make_person(unit) for _n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            set_annual_grades({one.pk: "excellent" for one in people}, year=2025, by=clerk, at=AT)
        return len([one for one in queries if "people_" in one["sql"]])

    assert n_queries(1) == n_queries(20)
    assert AnnualGrade.objects.count() == 21
