"""Plans that are tried, and how many of a rank must go each year."""

import datetime as dt

import pytest
from tests.makers import make_person, make_unit, make_user
from tests.pages import text_of
from tests.workforce.test_forecast import TODAY, county, farmer, force_of, out  # noqa: F401 -- a fixture

from secondment.accounts.choices import Role
from secondment.algorithms.workforce.equilibrium import Verdict
from secondment.people.models import Person
from secondment.placements.models import Placement
from secondment.workforce.balance import Balance, BalanceAsked
from secondment.workforce.trials import Recruits, Trial, TrialAsked, chosen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("balance", "trials"):
        monkeypatch.setattr(f"secondment.workforce.views.{page}.timezone.localdate", lambda: TODAY)


COUNTY_DEPUTY = 3


def test_both_sides_of_a_plan_and_the_floor_that_breaks(county) -> None:  # noqa: F811 -- the fixture
    _root, farm, town, user = county
    farmer(farm, dt.date(1990, 1, 1))
    make_person(town)
    force = force_of(user)
    places = {name: at for at, (_key, name) in enumerate(force.units)}
    trial = Trial(force, TrialAsked(sent=(0,), host=places[town.name], first=2, n_months=10))
    assert trial.point_words == ["2026-12", "2027-05", "2027-09", "2027-10"]
    whole = [one for one in trial.rows if one.label == "干部"]
    assert [(one.unit, one.without, one.planned) for one in whole] == [
        (farm.name, (1, 1, 1, 1), (0, 0, 0, 1)),
        (town.name, (1, 1, 1, 1), (2, 2, 2, 1)),
    ]
    assert trial.breaks[0] == "2026年12月，示例县农业农村局在岗的干部由 1 人降为 0 人，低于下限 1 人。"


def test_taking_back_and_recruiting(county) -> None:  # noqa: F811 -- the fixture
    _root, farm, town, user = county
    out(make_person(farm), town, dt.date(2026, 1, 1), dt.date(2028, 1, 1))
    force = force_of(user)
    recruits = Recruits(n=2, sex=1, age=25, tag=4, rank=6, unit=0, joined=3)
    trial = Trial(force, TrialAsked(taken_back=(0,), back_from=1, recruits=recruits, first=1, n_months=12))
    whole = {one.unit: one for one in trial.rows if one.label == "干部"}
    assert whole[farm.name].planned == (1, 3, 3, 3)
    assert whole[farm.name].without == (0, 0, 0, 0)
    tagged = next(one for one in trial.rows if one.label == "农林水干部")
    assert tagged.planned[-1] == 2
    assert trial.breaks[0] == "2026年11月，示例镇在岗的干部由 1 人降为 0 人，低于下限 1 人。"


def test_people_by_conditions_are_taken_in_the_order_of_the_roster(county) -> None:  # noqa: F811 -- the fixture
    _root, farm, town, user = county
    first, second = (farmer(farm, dt.date(1990, 1, 1), name_key=key) for key in ("a", "b"))
    out(farmer(farm, dt.date(1990, 1, 1), name_key="0"), town, dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    farmer(farm, dt.date(1970, 1, 1), name_key="c")
    force = force_of(user)
    assert [force.officials[at].pk for at in chosen(force, 4, None, 40, 5)] == [first.pk, second.pk]
    assert len(chosen(force, 4, COUNTY_DEPUTY, 40, 1)) == 1


def test_a_plan_is_its_address_and_nothing_is_written(county, signed_in) -> None:  # noqa: F811 -- the fixture
    _root, farm, town, user = county
    person = farmer(farm, dt.date(1990, 1, 1), name="赵示例")
    held = farmer(farm, dt.date(1990, 1, 1), name="钱示例")
    out(held, town, dt.date(2026, 1, 1), dt.date(2028, 1, 1))
    client = signed_in(user)
    query = f"sent={person.pk}&taken_back={held.pk}&n_recruits=2&n_sent=1&first=2&months=10"
    page = text_of(client.get(f"/workforce/forecast/trial/?{query}"))
    assert "派出 1 人" in page
    assert "收回 1 人" in page
    assert Placement.objects.count() == 1
    assert Person.objects.count() == 2


def test_people_beyond_the_scope_are_no_choice(county, signed_in) -> None:  # noqa: F811 -- the fixture
    *_units, user = county
    stranger = make_person(make_unit("别县"), name="孙示例")
    page = text_of(signed_in(user).get(f"/workforce/forecast/trial/?sent={stranger.pk}"))
    assert "孙示例" not in page


def deputies(unit, n: int, *, years: float, since: dt.date | None = None, rank: str = "132") -> None:
    for _n in range(n):
        make_person(unit, rank=rank, grassroots_years=years, rank_since=since, born_on=dt.date(1990, 1, 1))


def balance_of(user, **asked) -> Balance:
    values = {"share": 0.6, "years_away": 2, "within": 5} | asked
    return Balance(force_of(user), BalanceAsked(COUNTY_DEPUTY, **values))


def test_the_number_is_read_from_the_records_by_hand(county) -> None:  # noqa: F811 -- the fixture
    """20 deputies, 6 with experience; 4 came in three years, 1 of them with it; 6 went up: 6 ÷ 60 = 10 % a year."""
    _root, farm, _town, user = county
    deputies(farm, 5, years=2)
    deputies(farm, 1, years=3, since=dt.date(2024, 1, 1))
    deputies(farm, 3, years=1.9, since=dt.date(2024, 1, 1))
    deputies(farm, 11, years=0, since=dt.date(2023, 11, 1))  # 36 months ago: before the window
    deputies(farm, 6, years=2, since=dt.date(2024, 1, 1), rank="131")
    found = balance_of(user)
    assert (found.rank.n_people, found.rank.n_experienced) == (20, 6)
    assert (found.entered.n, found.entered.among) == (1, 4)
    assert found.rank.leaving_rate == pytest.approx(0.1)
    assert found.rank.retiring_each_year == 0
    assert found.answer.returning == pytest.approx(2 * (0.6 - 0.25))
    assert found.answer.needed_sent == pytest.approx(0.7 / 0.81)
    assert found.verdict == "保持60.0%，每年须派出 1 人。"
    assert [line.sign for line in found.working()] == ["N", "E", "r", "a", "O", "q", "S", "x", "R", "g", ""]
    assert found.path.reached_in is not None


def test_rates_of_the_clerk_come_before_those_of_the_records(county) -> None:  # noqa: F811 -- the fixture
    _root, farm, _town, user = county
    deputies(farm, 10, years=0)
    found = balance_of(user, leaving=0.2, entering=0.1, share=0.9)
    assert found.answer.verdict is Verdict.TOO_HIGH
    assert "不能长期保持" in found.verdict
    assert [line.sign for line in found.working()][-2:] == ["x", ""]
    assert "由提问人填写" in found.working()[3].how


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"share": 0.3}, "不派出"),
        ({"share": 1.0, "leaving": 0.5, "entering": 0.0}, "也达不到"),
        ({"share": 0.9, "within": 1, "leaving": 0.02, "entering": 0.5}, "年末才能达到"),
    ],
)
def test_the_way_there_in_words(county, asked, words) -> None:  # noqa: F811 -- the fixture
    _root, farm, _town, user = county
    deputies(farm, 4, years=2)
    deputies(farm, 6, years=0)
    assert words in balance_of(user, **asked).reach


def test_entrants_may_suffice_and_a_rank_that_nobody_leaves(county) -> None:  # noqa: F811 -- the fixture
    _root, farm, _town, user = county
    deputies(farm, 10, years=0)
    assert "不另外派出" in balance_of(user, entering=0.8, leaving=0.1).verdict
    assert "无人退出" in balance_of(user).verdict


def test_retirements_are_counted_by_year_and_by_experience(county) -> None:  # noqa: F811 -- the fixture
    """Born 1967-08: April 2028, the second year from the day."""
    _root, farm, _town, user = county
    make_person(farm, born_on=dt.date(1967, 8, 1), grassroots_years=2)
    make_person(farm, born_on=dt.date(1967, 8, 1), grassroots_years=0)
    make_person(farm, born_on=None)
    found = balance_of(user)
    assert found.rank.retiring == ((0, 0), (1, 1), *(((0, 0),) * 8))
    assert found.n_unknown == 1


def test_the_page_shows_number_working_and_path(county, signed_in) -> None:  # noqa: F811 -- the fixture
    _root, farm, _town, user = county
    deputies(farm, 6, years=0, since=dt.date(2024, 1, 1))
    client = signed_in(user)
    page = text_of(client.get("/workforce/balance/?leaving=10"))
    assert "保持60.0%" in page
    assert "O × (x − q)" in page
    assert "2027" in page
    assert "请选择" in text_of(client.get("/workforce/balance/?share=101"))


def test_leaders_and_home_units_read_too(county, signed_in) -> None:  # noqa: F811 -- the fixture
    root, *_rest = county
    for role in (Role.LEADER, Role.HOME_UNIT):
        assert signed_in(make_user(role, root)).get("/workforce/balance/").status_code == 200
