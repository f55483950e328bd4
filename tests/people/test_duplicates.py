"""The same person twice: who is asked, what is put to the organisation department, and that answers are remembered."""

import datetime as dt
import itertools

import pytest
from django.urls import reverse
from tests.makers import AT, make_person, make_unit, make_user
from tests.people.imported import NUMBER, checked, imported, told
from tests.people.test_persons import values

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.common.protection import blind_index
from secondment.jobs.models import Job
from secondment.obligations.models import Obligation
from secondment.people.choices import Likeness, PairState
from secondment.people.errors import IdentityConflictError, LikelySameError, MergeRefusedError
from secondment.people.likeness import Traits, likeness_of, repeated
from secondment.people.models import Person, SuspectedPair
from secondment.people.services.changes import PersonChanges
from secondment.people.services.duplicates import confirm_different, find_duplicates, unit_above
from secondment.people.services.persons import create_person, edit_person
from secondment.people.tasks import search_all_duplicates

pytestmark = pytest.mark.django_db
OTHER = "990000198503120035"
BORN = dt.date(1985, 3, 12)
MASKED = {"": "", "same": "990000********0019", "region": "990000********7774", "none": "110101********7774"}


@pytest.fixture
def root():
    return make_unit("示例省")


@pytest.fixture
def unit(root):
    return make_unit("示例局", root)


@pytest.fixture
def department(root):
    return make_user(Role.ORGANISATION_DEPARTMENT, root)


@pytest.fixture
def home(unit):
    return make_user(Role.HOME_UNIT, unit)


def work_jobs(callbacks, action):
    """Do what an action queues, as a worker does."""
    with callbacks(execute=True):
        return action()


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ({}, {}, Likeness.NAME),
        ({"name": "阿依·古丽"}, {"name": "阿依•古丽"}, Likeness.NAME),
        ({"name": "Ann Example"}, {"name": "ANN EXAMPLE"}, Likeness.NAME),
        ({}, {"name": "示例乙"}, None),
        ({}, {"sex": "2"}, None),
        ({}, {"born_on": dt.date(1985, 3, 1)}, Likeness.NAME),
        ({}, {"born_on": dt.date(1985, 4, 12)}, None),
        ({"index": "a"}, {"index": "a", "name": "示例乙", "sex": "2"}, Likeness.NUMBER),
        ({"masked": MASKED["same"]}, {}, Likeness.NAME),
        ({"masked": MASKED["same"]}, {"masked": MASKED["none"]}, Likeness.NAME),
        (
            {"masked": MASKED["same"]},
            {"masked": MASKED["region"], "born_on": dt.date(1985, 3, 2)},
            Likeness.NAME,
        ),
        (
            {"masked": MASKED["region"]},
            {"masked": MASKED["none"], "born_on": dt.date(1985, 3, 2)},
            Likeness.NAME,
        ),
        ({"masked": MASKED["same"]}, {"masked": MASKED["none"], "born_on": dt.date(1985, 3, 2)}, None),
    ],
)
def test_what_makes_two_records_alike(one, other, likeness) -> None:
    traits = [Traits(**{"name": "示例甲", "sex": "1", "born_on": BORN} | more) for more in (one, other)]
    assert likeness_of(*traits) == likeness_of(*reversed(traits)) == likeness


def enter(unit, by, others=frozenset(), **more) -> Person:
    identity = more.pop("identity", None)
    changes = PersonChanges(values(unit, **more), identity=identity)
    return create_person(changes, others=others, by=by, at=AT)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"identity": NUMBER}, {"identity": OTHER}),  # a number corrected
        ({"identity": NUMBER}, {}),
        ({}, {"identity": NUMBER}),
        ({}, {}),  # back, and saved again
        ({"name": "阿依·古丽"}, {"name": "阿依 ● 古丽"}),
        ({"name": "示例甲"}, {"name": "示　例 甲"}),
    ],
)
def test_a_form_asks_about_somebody_whose_file_the_clerk_keeps(unit, home, first, second) -> None:
    known = enter(unit, home, **first)
    with pytest.raises(LikelySameError) as question:
        enter(unit, home, **second)
    assert question.value.people == [known]
    added = enter(unit, home, frozenset({known.pk}), **second)
    pair = SuspectedPair.objects.get()
    assert (pair.first, pair.second, pair.state, pair.decided_by) == (known, added, PairState.DIFFERENT, home)
    assert AuditEvent.objects.filter(action="person.tell_apart").count() == 2


def test_a_number_of_ones_own_people_is_refused_by_name_and_not_asked_about(unit, home) -> None:
    enter(unit, home, identity=NUMBER)
    for name in ("曾示例", "示例乙"):
        with pytest.raises(IdentityConflictError, match="曾示例（示例局）名下"):
            enter(unit, home, name=name, identity=NUMBER)


@pytest.mark.parametrize("dot", "·•・‧∙⋅･")
def test_names_are_kept_in_one_spelling(unit, home, dot) -> None:
    assert enter(unit, home, name=f" 阿依 {dot} 古丽").name == "阿依·古丽"


def test_of_somebody_else_nothing_is_told_and_the_department_is_asked(
    root, unit, home, department, django_capture_on_commit_callbacks
) -> None:
    beside = make_unit("别局", root)
    stranger = make_user(Role.HOME_UNIT, beside)
    known = enter(unit, home, identity=NUMBER)
    added = work_jobs(django_capture_on_commit_callbacks, lambda: enter(beside, stranger, identity=NUMBER))
    pair = SuspectedPair.objects.get()
    assert (pair.first, pair.second, pair.likeness, pair.state) == (known, added, "number", "open")
    assert pair.unit == root
    (owed,) = Obligation.objects.filter(kind="people.duplicates")
    assert (owed.unit, owed.role, owed.state) == (root, Role.ORGANISATION_DEPARTMENT, "open")
    jobs = Job.objects.filter(kind="people.find_duplicates", owner=stranger)
    assert [job.message for job in jobs] == ["核对完毕。"]
    assert "pairs" not in str(jobs[0].result)


def test_the_form_shows_who_it_may_be_and_takes_the_answer(unit, home, signed_in) -> None:
    client = signed_in(home)
    known = make_person(unit, name="示例甲", born_on=BORN)
    data = {"unit": unit.pk, "state": "active", "name": "示 例甲", "sex": "1", "born_on": "1985-03-12"}
    page = client.post(reverse("people:person_create"), data)
    assert page.status_code == 200
    assert f'name="others" value="{known.pk}"' in page.content.decode()
    assert "已核对，与该示例甲不是同一人" in page.content.decode()
    assert client.post(reverse("people:person_create"), {**data, "others": "x"}).status_code == 200
    assert client.post(reverse("people:person_create"), {**data, "others": known.pk}).status_code == 302
    assert Person.objects.count() == 2


@pytest.mark.parametrize(("name", "place"), [("示\ue863例", "第2个字是自造字（U+E863）"), ("示例", "")])
def test_a_private_character_is_refused_on_the_form_with_its_place(
    unit, home, signed_in, name, place
) -> None:
    data = {"unit": unit.pk, "state": "active", "name": name, "sex": "1", "born_on": "1985-03-12"}
    page = signed_in(home).post(reverse("people:person_create"), data)
    assert (page.status_code == 200) == bool(place)
    assert place in page.content.decode()


@pytest.mark.parametrize(
    ("known", "line", "outcome", "words"),
    [
        ({"identity": NUMBER}, f"示例甲,男,1985-03-12,{OTHER},", "refused", "990000********0019）是同一人"),
        ({"identity": NUMBER}, "示 例甲,男,1985-03-12,,", "unchanged", ""),
        ({}, f"示例甲,男,1985-03-12,{NUMBER},", "changed", ""),
        ({}, "示例甲,男,1985-03,,另局", "refused", "示例局，没有身份证号）是同一人"),
        ({}, "示例乙,男,1985-03-12,,", "created", ""),
        ({"name": "阿依·古丽"}, "阿依•古丽,男,1985-03-12,,", "unchanged", ""),
    ],
)
def test_an_import_asks_about_people_the_importer_keeps(unit, home, known, line, outcome, words) -> None:
    make_unit("另局", unit)
    enter(unit, home, **{"name": "示例甲", **known})
    row = checked("a.csv", f"姓名,性别,出生日期,身份证号,所在单位\n{line}".encode(), unit, home)
    ((_source, _label, found, problems),) = told(row)
    assert (found, words in "".join(problems)) == (outcome, True)


@pytest.mark.parametrize(
    ("first", "second", "is_asked"),
    list(
        itertools.chain(
            ((a, b, True) for a, b in itertools.permutations((NUMBER, OTHER, ""), 2)), [("", "", True)]
        )
    ),
)
def test_a_file_that_names_somebody_twice_is_asked_about(unit, home, first, second, is_asked) -> None:
    lines = "\n".join(f"示例甲,男,1985-03-12,{number}" for number in (first, second))
    row = checked("a.csv", f"姓名,性别,出生日期,身份证号\n{lines}".encode(), unit, home)
    assert [one[2] for one in told(row)] == ["created", "refused" if is_asked else "created"]
    assert "与“a.csv 第2行”同单位同名同出生年月" in told(row)[1][3][0]


def test_a_number_that_stands_twice_among_the_own_people_is_not_guessed(unit, home) -> None:
    for _n in range(2):
        make_person(unit, identity_index=blind_index(NUMBER), identity_masked="990000********0019")
    row = checked("a.csv", f"姓名,身份证号\n示例甲,{NUMBER}".encode(), unit, home)
    assert told(row)[0][3] == ["身份证号：系统中有几人登记了这个身份证号；请组织部门先核实疑似重复人员"]


def test_an_import_and_a_change_are_compared_with_everybody(
    root, unit, home, django_capture_on_commit_callbacks
) -> None:
    beside = make_unit("别局", root)
    known = make_person(beside, name="示例甲", born_on=BORN, sex="1")
    content = "姓名,性别,出生日期\n示例甲,男,1985-03-12".encode()
    work_jobs(django_capture_on_commit_callbacks, lambda: imported("a.csv", content, unit, home))
    assert SuspectedPair.objects.get().first == known
    other = make_person(unit, name="示例乙", born_on=BORN, sex="1")
    changes = PersonChanges({"post_title": "示例处处长"})
    work_jobs(
        django_capture_on_commit_callbacks,
        lambda: edit_person(other, changes, version=None, by=home, at=AT),
    )
    assert SuspectedPair.objects.count() == 1
    changes = PersonChanges({"name": "示例甲"})
    work_jobs(
        django_capture_on_commit_callbacks,
        lambda: edit_person(other, changes, version=None, by=home, at=AT),
    )
    assert SuspectedPair.objects.count() == 3


def test_every_day_everybody_is_compared_and_nothing_is_found_twice(root, unit) -> None:
    people = [
        make_person(unit, name="示例甲"),
        make_person(unit, name="示例甲"),
        make_person(unit, name="示例乙", identity_index="a"),
        make_person(unit, name="示例丙", identity_index="a"),
        make_person(unit, name="示例丁"),
        make_person(unit, name="示例甲", state="merged"),
    ]
    assert repeated() == people[:4]
    for _again in range(2):
        search_all_duplicates(on=AT.date(), at=AT)
    pairs = SuspectedPair.objects.order_by("first_id").values_list("first", "second", "likeness", "unit")
    assert list(pairs) == [
        (people[0].pk, people[1].pk, "name", unit.pk),
        (people[2].pk, people[3].pk, "number", unit.pk),
    ]
    (owed,) = Obligation.objects.filter(kind="people.duplicates", state="open")
    assert owed.due_on == AT.date() + dt.timedelta(days=14)
    assert find_duplicates([], at=AT) == 0


def test_the_unit_above_both_is_asked(root, unit) -> None:
    below, beside = make_unit("示例处", unit), make_unit("别局", root)
    person = make_person(below)
    assert unit_above(person, make_person(below)) == below
    assert unit_above(person, make_person(unit)) == unit
    assert unit_above(person, make_person(beside)) == root
    stranger = make_person(make_unit("别省"), name=person.name)
    assert unit_above(person, stranger) is None
    assert find_duplicates([stranger], at=AT) == 1
    assert SuspectedPair.objects.get().unit is None
    assert not Obligation.objects.exists()


def test_telling_apart_is_remembered_and_closes_the_to_do(unit, home, department) -> None:
    people = [make_person(unit, name="示例甲") for _n in range(3)]
    find_duplicates(people, at=AT)
    pairs = list(SuspectedPair.objects.order_by("pk"))
    assert len(pairs) == 3
    with pytest.raises(NotAllowedError):
        confirm_different(pairs[0], reason="电话核实", by=home, at=AT)
    for pair in pairs:
        assert Obligation.objects.get(kind="people.duplicates").state == "open"
        confirm_different(pair, reason="电话核实", by=department, at=AT)
    assert Obligation.objects.get(kind="people.duplicates").state == "met"
    with pytest.raises(MergeRefusedError):
        confirm_different(pairs[0], reason="电话核实", by=department, at=AT)
    assert find_duplicates(people, at=AT) == 0


def test_telling_apart_where_no_unit_is_above_both_closes_no_to_do(unit) -> None:
    other = make_unit("别省")
    both = make_user(Role.ORGANISATION_DEPARTMENT, unit)
    both.assignments.create(role=Role.ORGANISATION_DEPARTMENT, unit=other)
    find_duplicates([make_person(unit, name="示例甲"), make_person(other, name="示例甲")], at=AT)
    assert (
        confirm_different(SuspectedPair.objects.get(), reason="电话核实", by=both, at=AT).state == "different"
    )


def test_the_list_and_its_count_are_the_departments(unit, home, department, signed_in) -> None:
    first, second = (make_person(unit, name="示例甲") for _n in range(2))
    find_duplicates([first], at=AT)
    listed, people = reverse("people:pair_list"), reverse("people:person_list")
    client = signed_in(department)
    assert "疑似重复（1）" in client.get(people).content.decode()
    assert client.get(listed).context["listing"].n_rows == 1
    assert client.get(f"{listed}?q=示 例 甲").context["listing"].n_rows == 1
    assert client.get(f"{listed}?state=merged").context["listing"].n_rows == 0
    other = signed_in(home)
    assert "疑似重复" not in other.get(people).content.decode()
    assert other.get(listed).status_code == 403
    pair = SuspectedPair.objects.get()
    assert other.get(reverse("people:pair_detail", args=[pair.pk])).status_code == 404
    Person.objects.filter(pk=second.pk).update(post_title="示例处处长")
    page = client.get(reverse("people:pair_detail", args=[pair.pk])).content.decode()
    assert "示例处处长" in page
    assert 'class="is-different"' in page
    response = client.post(reverse("people:pair_tell_apart", args=[pair.pk]), {"reason": "电话核实"})
    assert response.status_code == 302
    assert "不是同一人：" in client.get(reverse("people:pair_detail", args=[pair.pk])).content.decode()
    assert "疑似重复（0）" in client.get(people).content.decode()
