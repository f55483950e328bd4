"""The forecast of a county: who retires, goes and comes back in which month, what becomes empty, and who may look."""

import datetime as dt
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.makers import make_person, make_placement, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.scopes import paths_of
from secondment.people.models import Person, Specialty
from secondment.placements.choices import PlacementState
from secondment.workforce.force import Force, read_force
from secondment.workforce.forecasts import Asked, Outlook

TODAY = dt.date(2026, 11, 30)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("forecast", "balance", "trials"):
        monkeypatch.setattr(f"secondment.workforce.views.{page}.timezone.localdate", lambda: TODAY)


@pytest.fixture
def county():
    """A county with two offices; the reader is its organisation department."""
    root = make_unit("示例县")
    farm, town = make_unit("示例县农业农村局", root), make_unit("示例镇", root)
    return root, farm, town, make_user(Role.ORGANISATION_DEPARTMENT, root)


class Everybody:
    """A scope of all units of the reader, whose addresses are plain."""

    is_valid = False

    def __init__(self, user) -> None:
        self.user = user

    def url(self, name: str, **more: str) -> str:
        return f"{name}?{urlencode(more)}"


def force_of(user, on: dt.date = TODAY) -> Force:
    return read_force(Person.objects.all(), user, on, paths=paths_of(user, Role.ORGANISATION_DEPARTMENT))


def outlook_of(user, **asked) -> Outlook:
    return Outlook(Everybody(user), force_of(user), Asked(**asked))  # type: ignore[arg-type]  # addresses alone are asked


def farmer(unit, born_on: dt.date, **fields):
    person = make_person(unit, born_on=born_on, **fields)
    Specialty.objects.create(person=person, tag="agriculture")
    return person


def out(person, host, starts_on, ends_on, state=PlacementState.IN_POST):
    return make_placement(
        person=person, post=make_post(host), starts_on=starts_on, ends_on=ends_on, state=state
    )


def test_months_say_who_retires_goes_and_comes_back(county) -> None:
    _root, farm, town, user = county
    # born 1967-08: April 2028, month 18
    make_person(farm, born_on=dt.date(1967, 8, 1))
    sent, later = make_person(farm), make_person(farm)
    out(sent, town, dt.date(2026, 1, 1), dt.date(2027, 2, 1))  # last day 31 January
    out(later, town, dt.date(2027, 3, 31), dt.date(2028, 3, 31), PlacementState.DECIDED)
    months = outlook_of(user, n_years=2).months
    assert len(months) == 26
    assert [one.month for one in months[:3]][1:] == ["2026-11", "2026-12"]
    assert [one.books for one in months[16:20]] == [3, 3, 2, 2]
    assert [at for at, one in enumerate(months) if one.retire] == [18]
    assert [at for at, one in enumerate(months) if one.returning] == [4, 17]
    assert [at for at, one in enumerate(months) if one.going] == [5]
    # the town belongs to the scope, so people sent there are at work within it
    assert {one.work for one in months[:18]} == {3}


def test_people_sent_out_of_the_scope_and_received_from_elsewhere(county) -> None:
    root, farm, town, user = county
    elsewhere = make_unit("外县")
    out(make_person(farm), elsewhere, dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    out(make_person(elsewhere), town, dt.date(2026, 1, 1), dt.date(2027, 6, 1))
    make_person(town)
    people = Person.objects.filter(unit__path__startswith=root.path)
    force = read_force(people, user, TODAY, paths=[root.path])
    outlook = Outlook(Everybody(user), force, Asked(n_years=1))  # type: ignore[arg-type]  # as above
    assert (force.n_own, len(force.officials)) == (2, 3)
    assert [one.work for one in outlook.months] == [2, 2, 2, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2]
    assert {one.books for one in outlook.months} == {2}


def test_of_people_from_elsewhere_the_list_shows_the_name_alone(county, signed_in) -> None:
    _root, _farm, town, user = county
    guest = make_person(make_unit("外县"), name="周示例", born_on=dt.date(1991, 2, 1))
    out(guest, town, dt.date(2026, 1, 1), dt.date(2027, 6, 1))
    response = signed_in(user).get("/workforce/forecast/people/?who=work&at=0")
    page = text_of(response)
    assert "周示例" in page
    assert "1991" not in page
    assert f"/people/{guest.pk}/" not in response.content.decode()


def test_what_is_not_known_is_counted_and_named(county) -> None:
    _root, farm, town, user = county
    make_person(farm, sex="")
    make_person(farm, born_on=None)
    make_person(farm, born_on=dt.date(1960, 1, 1))
    make_person(farm, sex="2", born_on=dt.date(1980, 1, 1))
    late = make_person(farm)
    out(late, town, dt.date(2025, 1, 1), TODAY)
    outlook = outlook_of(user)
    assert [words.split()[0] for words, _url in outlook.notes()] == ["1", "2", "1", "1"]
    assert [one.books for one in outlook.months[:2]] == [5, 4]
    assert outlook.people("overdue", 0)[0].pk == late.pk
    assert outlook.months[121].books == 4


def test_the_sentence_names_the_month_in_which_nobody_is_left(county) -> None:
    """Born 1986-12: 41 years old in December 2027."""
    _root, farm, _town, user = county
    farmer(farm, dt.date(1986, 12, 31))
    make_person(farm, born_on=dt.date(1999, 1, 1))
    falls = outlook_of(user, n_years=3).falls
    assert [(one.month, one.n_today, one.n_then) for one in falls] == [("2027-12", 1, 0)]
    assert falls[0].sentence == "2027年12月起，示例县农业农村局没有40岁及以下的农林水干部。"


def test_a_floor_of_two_and_a_wider_cell_that_says_it_already(county) -> None:
    _root, farm, _town, user = county
    # 1967-08: month 18; the other stays. Everybody is of one rank and specialty, so all cells fall at once.
    farmer(farm, dt.date(1967, 8, 1))
    farmer(farm, dt.date(1980, 1, 1))
    falls = outlook_of(user, floor=2).falls
    assert [one.sentence for one in falls] == ["2028年4月起，示例县农业农村局的干部少于2人（1人）。"]
    assert outlook_of(user, floor=3).falls == []


def test_cells_by_year_count_what_their_lists_hold(county) -> None:
    _root, farm, _town, user = county
    farmer(farm, dt.date(1986, 12, 31))
    farmer(farm, dt.date(1967, 8, 1))
    outlook = outlook_of(user, n_years=2)
    assert [(one.label, one.counts) for one in outlook.cells("specialty")] == [("农林水", (2, 2, 1))]
    assert [one.counts for one in outlook.cells("young")] == [(1, 1, 0)]
    assert [one.counts for one in outlook.cells("rank")] == [(2, 2, 1)]


def test_the_ladder_puts_holders_and_next_in_line_side_by_side(county) -> None:
    _root, farm, _town, user = county
    head = make_person(farm, rank="131", born_on=dt.date(1967, 8, 1))
    longer = make_person(farm, rank="132", rank_since=dt.date(2018, 11, 1))
    shorter = make_person(farm, rank="132", rank_since=dt.date(2024, 12, 1))
    rungs = outlook_of(user).rungs
    assert [(one.official.pk, one.is_holder, one.years_in_rank) for one in rungs] == [
        (head.pk, True, None),
        (longer.pk, False, 8),
        (shorter.pk, False, 1),
        (longer.pk, True, 8),
        (shorter.pk, True, 1),
    ]
    assert {one.thins for one in rungs[:3]} == {""}


PAGES = ("", "structure/", "gaps/", "ladder/", "trial/")


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_readers_and_ask_the_same_for_one_and_for_many(county, signed_in, page) -> None:
    _root, farm, town, user = county
    client = signed_in(user)
    address = f"/workforce/forecast/{page}"
    out(farmer(farm, dt.date(1990, 1, 1), rank="131"), town, dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    client.get(address)  # the first page of a session asks what later ones know
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    for _n in range(6):
        out(farmer(farm, dt.date(1990, 1, 1)), town, dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(one)


def test_nobody_there_is_said(county, signed_in) -> None:
    *_units, user = county
    client = signed_in(user)
    for page in PAGES:
        assert client.get(f"/workforce/forecast/{page}").status_code == 200
    assert "没有将要出现的空缺" in text_of(client.get("/workforce/forecast/gaps/"))
    assert "请选择职务职级层次" in text_of(client.get("/workforce/balance/"))


def test_a_host_unit_analyses_nobody(county, signed_in) -> None:
    root, *_rest = county
    client = signed_in(make_user(Role.HOST_UNIT, root))
    for page in PAGES:
        assert client.get(f"/workforce/forecast/{page}").status_code == 403
    assert client.get("/workforce/balance/").status_code == 403


def test_the_list_behind_a_number_holds_those_people_and_none_of_another_county(county, signed_in) -> None:
    _root, farm, _town, user = county
    make_person(farm, name="张示例", born_on=dt.date(1967, 8, 1))
    make_person(make_unit("别县"), name="李示例", born_on=dt.date(1967, 8, 1))
    page = text_of(signed_in(user).get("/workforce/forecast/people/?who=retire&at=18"))
    assert "张示例" in page
    assert "李示例" not in page
    assert "2028-04" in page


@pytest.mark.parametrize(
    "query",
    [
        *("who=nobody", "who=books&at=122", "who=books&at=x", "who=books&in_rank=99"),
        *("who=books&in_unit=1", "who=books&in_unit=x", "who=books&in_age=x"),
    ],
)
def test_lists_that_do_not_exist(county, signed_in, query) -> None:
    *_units, user = county
    assert signed_in(user).get(f"/workforce/forecast/people/?{query}").status_code == 404


def test_a_cell_is_asked_for_by_unit_rank_tag_and_age(county, signed_in) -> None:
    _root, farm, _town, user = county
    farmer(farm, dt.date(1990, 1, 1), name="王示例")
    query = f"who=books&at=0&in_unit={farm.pk}&in_rank=3&in_tag=4&in_age=40"
    assert "王示例" in text_of(signed_in(user).get(f"/workforce/forecast/people/?{query}"))


def test_figures_leave_as_numbers(county, signed_in) -> None:
    _root, farm, _town, user = county
    make_person(farm, born_on=dt.date(1967, 8, 1))
    response = signed_in(user).get("/workforce/forecast/?export=xlsx")
    book = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(response) if response.streaming else response.content)
    )
    head, first, *_more = book.get_sheet_by_index(0).to_python()
    assert head[:3] == ["月末", "在册人数", "当月到龄退休"]
    assert first[1:3] == [1, 0]
    assert all(isinstance(value, int | float) for value in first[1:])


def test_horizon_age_and_floor_are_read_and_nonsense_is_said(county, signed_in) -> None:
    _root, farm, _town, user = county
    make_person(farm)
    client = signed_in(user)
    assert "2027-11" in text_of(client.get("/workforce/forecast/?years=1&sort=-month"))
    assert "10" in text_of(client.get("/workforce/forecast/?years=11"))
