"""What is seen of leaving and joining: events and person-years of a known county, and the band that rests on them."""

import datetime as dt

import pytest
from tests.makers import AT, make_person, make_unit
from tests.pages import text_of
from tests.workforce.test_forecast import TODAY, Everybody, county, force_of  # noqa: F401 -- a fixture

from secondment.people.choices import PersonState
from secondment.people.models import PersonChange
from secondment.workforce.figures import band_figure
from secondment.workforce.forecasts import Asked, Outlook
from secondment.workforce.moves import moves_of

pytestmark = pytest.mark.django_db
ENTERED = dt.date(2024, 11, 30)  # two years of watch
WINDOW = dt.date(2023, 11, 28)


def changed(person, field: str, old: object, new: object, since: dt.date) -> None:
    PersonChange.objects.create(
        person=person, field=field, old=old, new=new, on=since, since=since, at=AT, by=None
    )


def entered(unit, on: dt.date = ENTERED, **fields):
    return make_person(unit, recorded_on=on, **fields)


def test_person_years_run_from_entry_and_those_who_left_count_until_they_did(county) -> None:  # noqa: F811
    root, farm, _town, _user = county
    for _n in range(3):
        entered(farm)
    gone = entered(farm, state=PersonState.LEFT)
    changed(gone, "state", "active", "left", dt.date(2025, 11, 30))
    dead = entered(farm, state=PersonState.DIED)
    changed(dead, "state", "active", "died", dt.date(2025, 5, 31))
    retired = entered(farm, state=PersonState.RETIRED)
    changed(retired, "state", "active", "retired", dt.date(2025, 11, 30))
    seen = moves_of([root.path], TODAY)
    days = 3 * 730 + 365 + 182 + 365
    assert seen.leaving.n_events == 2  # retirement is known, not observed
    assert seen.leaving.person_years == pytest.approx(days / 365.25)
    assert seen.joining.n_events == 0
    assert seen.since == ENTERED


def test_moves_over_the_border_count_and_moves_within_do_not(county) -> None:  # noqa: F811
    root, farm, town, _user = county
    elsewhere = make_unit("别县")
    stays = entered(farm)
    changed(stays, "unit_id", town.pk, farm.pk, dt.date(2025, 1, 1))
    went = entered(elsewhere)
    changed(went, "unit_id", farm.pk, elsewhere.pk, dt.date(2025, 11, 30))
    came = entered(farm)
    changed(came, "unit_id", elsewhere.pk, farm.pk, dt.date(2026, 11, 20))
    seen = moves_of([root.path], TODAY)
    assert (seen.leaving.n_events, seen.joining.n_events) == (1, 1)
    assert seen.leaving.person_years == pytest.approx((730 + 365 + 10) / 365.25)


@pytest.mark.parametrize(
    ("began", "entered_on", "joins"),
    [
        (dt.date(2025, 7, 1), dt.date(2025, 8, 1), 1),
        (dt.date(2025, 7, 1), dt.date(2026, 7, 2), 1),  # 366 days
        (dt.date(2025, 7, 1), dt.date(2026, 7, 3), 0),
        (ENTERED, dt.date(2025, 1, 1), 0),  # began on the day of the first roster
        (ENTERED + dt.timedelta(days=1), dt.date(2025, 1, 1), 1),
    ],
)
def test_a_recruit_is_entered_within_a_year_of_starting_work(county, began, entered_on, joins) -> None:  # noqa: F811
    root, farm, _town, _user = county
    entered(farm)
    entered(farm, entered_on, started_work_on=began)
    assert moves_of([root.path], TODAY).joining.n_events == joins


@pytest.mark.parametrize(("since", "n"), [(WINDOW - dt.timedelta(days=1), 0), (WINDOW, 1), (TODAY, 1)])
def test_events_before_the_window_do_not_count(county, since, n) -> None:  # noqa: F811
    root, farm, _town, _user = county
    entered(farm, dt.date(2020, 1, 1))
    gone = entered(farm, dt.date(2020, 1, 1), state=PersonState.LEFT)
    changed(gone, "state", "active", "left", since)
    seen = moves_of([root.path], TODAY)
    assert seen.leaving.n_events == n
    assert seen.since == WINDOW


def test_nobody_watched_is_said_and_there_is_no_band(county) -> None:  # noqa: F811
    _root, farm, _town, user = county
    entered(farm, TODAY)
    outlook = Outlook(Everybody(user), force_of(user), Asked(n_years=1))  # type: ignore[arg-type]  # as there
    assert outlook.band is None
    assert outlook.rests_on == "名册中还没有可供推算的变动记录，不画区间。"
    assert {one.low for one in outlook.months} == {None}


def test_the_band_holds_today_and_stands_every_sixth_month(county) -> None:  # noqa: F811
    _root, farm, _town, user = county
    for _n in range(5):
        entered(farm)
    outlook = Outlook(Everybody(user), force_of(user), Asked(n_years=1))  # type: ignore[arg-type]  # as there
    assert [at for at, one in enumerate(outlook.months) if one.low is not None] == [0, 1, 7, 13]
    first, last = outlook.months[0], outlook.months[13]
    assert (first.low, first.middle, first.high) == (5, 5, 5)
    assert last.low < 5 < last.high  # type: ignore[operator]  # both are there
    assert "10.0 人年" in outlook.rests_on
    assert "调离、死亡 0 人" in outlook.rests_on


def test_the_page_draws_the_band_for_whole_units_alone(county, signed_in, monkeypatch) -> None:  # noqa: F811
    _root, farm, _town, user = county
    monkeypatch.setattr("secondment.workforce.views.forecast.timezone.localdate", lambda: TODAY)
    entered(farm)
    client = signed_in(user)
    whole = client.get(f"/workforce/forecast/?years=2&unit={farm.pk}")
    assert "<polygon" in whole.content.decode()
    assert "人年的记录" in text_of(whole)
    part = client.get("/workforce/forecast/?years=2&sex=1")
    assert "<polygon" not in part.content.decode()
    assert "范围不是整个单位" in text_of(part)


def test_the_picture_keeps_within_its_box_and_says_where_lines_end(county) -> None:  # noqa: F811
    _root, farm, _town, user = county
    for _n in range(5):
        entered(farm)
    outlook = Outlook(Everybody(user), force_of(user), Asked(n_years=2))  # type: ignore[arg-type]  # as there
    names = [one.month for one in outlook.months]
    plain = band_figure(outlook.books, outlook.band_months, None, names)
    drawn = band_figure(outlook.books, outlook.band_months, outlook.band, names)
    assert (plain.band, [mark.words for mark in plain.ends]) == ("", ["5"])
    assert [mark.words for mark in drawn.along] == ["今日", "2028-10"]
    for point in (drawn.band + " " + drawn.line).split():
        x, y = map(float, point.split(","))
        assert drawn.left <= x <= drawn.right
        assert 0 <= y <= drawn.foot


def test_other_counties_are_not_watched(county) -> None:  # noqa: F811
    root, _farm, _town, _user = county
    entered(make_unit("别县"))
    assert not moves_of([root.path], TODAY).leaving.is_measured
