"""Pages of the analysis: whom they count for whom, what they say, where their numbers lead."""

import datetime as dt
import io
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.makers import make_campaign, make_person, make_placement, make_user
from tests.pages import text_of
from tests.workforce.people import ON, County, make_county

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.people.models import Person
from secondment.workforce.errors import SavedViewError
from secondment.workforce.models import QUERY_LENGTH, SavedView
from secondment.workforce.services import MOST_KEPT, save_view

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
PAGES = (
    "/workforce/",
    "/workforce/structure/age/",
    "/workforce/structure/ability/",
    "/workforce/cross/",
    "/workforce/trend/",
    "/workforce/completeness/",
    "/workforce/people/?cells=sex:female",
)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: ON if not given else given[0].date())


@pytest.fixture
def county() -> County:
    return make_county(12)


def test_a_department_counts_its_county_alone(signed_in: SignIn, county: County) -> None:
    words = text_of(signed_in(county.desk).get("/workforce/"))
    assert "截至 2026-11-23，共 12 人。" in words


def test_a_home_unit_counts_its_own_people(signed_in: SignIn, county: County) -> None:
    desk = make_user(Role.HOME_UNIT, county.bureau)
    assert "共 4 人。" in text_of(signed_in(desk).get("/workforce/"))
    other = signed_in(desk).get("/workforce/", {"unit": county.office.pk})
    assert "共 4 人。" not in text_of(other)


@pytest.mark.parametrize("role", [Role.HOST_UNIT, Role.SECONDEE, Role.SYSTEM_ADMINISTRATOR])
@pytest.mark.parametrize("page", PAGES)
def test_who_reads_no_files_is_refused(signed_in: SignIn, county: County, role: Role, page: str) -> None:
    assert signed_in(make_user(role, county.root)).get(page).status_code == 403


def test_a_narrow_scope_is_compared_with_everybody(signed_in: SignIn, county: County) -> None:
    client, page = signed_in(county.desk), "/workforce/structure/education/"
    for asked, sentence in (
        ({"sex": "2"}, "2 人，占已填人员的 40.0%；与全部人员持平；另有 1 人（共 6 人）未填"),
        ({"unit": county.office.pk}, "2 人，占已填人员的 50.0%；比全部人员高 10.0 个百分点"),
        (
            {"unit": county.bureau.pk},
            "1 人，占已填人员的 33.3%；比全部人员低 6.7 个百分点；另有 1 人（共 4 人）未填",
        ),
    ):
        assert f"大学本科及以上 {sentence}" in text_of(client.get(page, asked))


def test_a_list_of_names_says_whom_it_does_not_find(signed_in: SignIn, county: County) -> None:
    make_person(county.bureau, name="王重名")
    make_person(county.office, name="王重名")
    words = text_of(signed_in(county.desk).get("/workforce/", {"names": "王重名、李无人"}))
    assert "共 2 人。" in words
    assert "李无人不在可分析的人员中" in words
    assert "王重名有同名人员" in words


@pytest.mark.parametrize("day", ["2026-02-30", "昨天", "1949-12-31", "2036-11-24"])
def test_a_day_that_cannot_be_counts_nobody(signed_in: SignIn, county: County, day: str) -> None:
    answer = signed_in(county.desk).get("/workforce/", {"as_of": day})
    assert answer.status_code == 200
    assert "共 0 人。" in text_of(answer)


def test_the_last_days_that_can_be(signed_in: SignIn, county: County) -> None:
    for day in ("1950-01-01", "2036-11-23"):
        assert f"截至 {day}" in text_of(signed_in(county.desk).get("/workforce/", {"as_of": day}))


def test_every_number_of_a_cross_leads_to_as_many_people(signed_in: SignIn, county: County) -> None:
    client = signed_in(county.desk)
    asked = {"rows": "unit", "columns": "sex", "layers": "grass_roots"}
    answer = client.get("/workforce/cross/", asked)
    numbers = 0
    for block in answer.context["blocks"]:
        for _label, cells, _total in block.rows:
            for cell in cells:
                if cell.n:
                    assert f"共 {cell.n} 条" in text_of(client.get(cell.url)).replace("  ", " ")
                    numbers += cell.n
    assert numbers == 12


def test_totals_are_given_where_nobody_is_counted_twice(signed_in: SignIn, county: County) -> None:
    client = signed_in(county.desk)
    (block,) = client.get("/workforce/cross/", {"rows": "sex", "columns": "specialty"}).context["blocks"]
    assert [total for _label, _cells, total in block.rows] == [None, None]
    assert block.totals
    assert block.total is None
    (block,) = client.get("/workforce/cross/", {"rows": "specialty", "columns": "sex"}).context["blocks"]
    assert not block.totals
    assert block.rows[0][2] is not None


def test_two_days_are_compared_cell_by_cell(signed_in: SignIn, county: County) -> None:
    asked = {"rows": "age", "columns": "sex", "against": "2021-11-23"}
    answer = signed_in(county.desk).get("/workforce/cross/", asked)
    changes = {
        cell.change for block in answer.context["blocks"] for _l, cells, _t in block.rows for cell in cells
    }
    assert {change[0] for change in changes} == {"+", "-"}


def test_the_same_dimension_twice_is_refused_in_words(signed_in: SignIn, county: County) -> None:
    words = text_of(signed_in(county.desk).get("/workforce/cross/", {"rows": "sex", "columns": "sex"}))
    assert "行、列、分表请选不同的维度。" in words


@pytest.mark.parametrize("cells", ["sex", "height:tall", "sex:third"])
def test_a_link_to_a_class_that_is_gone_says_so(signed_in: SignIn, county: County, cells: str) -> None:
    answer = signed_in(county.desk).get("/workforce/people/", {"cells": cells})
    assert answer.status_code == 409
    assert "这个链接中的类别已不存在" in answer.content.decode()


def test_there_is_no_other_question(signed_in: SignIn, county: County) -> None:
    assert signed_in(county.desk).get("/workforce/structure/height/").status_code == 404


def test_completeness_leads_to_who_lacks_what(signed_in: SignIn, county: County) -> None:
    client = signed_in(county.desk)
    answer = client.get("/workforce/completeness/")
    known = {one.key: one for _question, facts in answer.context["facts"] for one in facts}
    assert (known["ability_mass_work"].n_known, known["ability_mass_work"].n_missing) == (8, 4)
    assert "共 4 条" in text_of(client.get(known["ability_mass_work"].url))
    assert "考核测评" in text_of(answer)
    assert [row.n_people for row in answer.context["unit_rows"]] == [4, 4, 4]


@pytest.mark.parametrize("page", PAGES)
def test_more_people_cost_no_more_queries(signed_in: SignIn, county: County, page: str) -> None:
    client = signed_in(county.desk)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _ in range(30):
        make_person(county.bureau, sex="2")
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)


def test_files_hold_the_figures_and_leave_a_trace(signed_in: SignIn, county: County) -> None:
    client = signed_in(county.desk)
    for ending, part in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")):
        asked = {"format": ending, "rows": "rank", "columns": "age", "against": "2021-11-23"}
        answer = client.get("/workforce/report/", asked)
        assert part in ZipFile(io.BytesIO(answer.content)).namelist()
    assert AuditEvent.objects.filter(action="workforce.export").count() == 2
    assert client.get("/workforce/report/", {"format": "pdf"}).status_code == 404


def test_an_analysis_is_kept_found_and_deleted(signed_in: SignIn, county: County) -> None:
    client = signed_in(county.desk)
    kept = {"name": "年轻女干部", "page": "question:age", "query": "sex=2"}
    for _ in range(2):
        client.post("/workforce/views/save/", kept)
    view = SavedView.objects.get()
    assert "年轻女干部" in text_of(client.get("/workforce/views/"))
    assert client.get(f"/workforce/views/{view.pk}/").headers["Location"] == "/workforce/structure/age/?sex=2"
    colleague = signed_in(make_user(Role.LEADER, county.other))
    assert colleague.get(f"/workforce/views/{view.pk}/").status_code == 302
    colleague.post("/workforce/views/delete/", {"selected": view.pk})
    assert SavedView.objects.exists()
    client.post("/workforce/views/delete/", {"selected": view.pk})
    assert not SavedView.objects.exists()


def test_only_pages_of_the_analysis_can_be_kept(signed_in: SignIn, county: County) -> None:
    client = signed_in(county.desk)
    client.post("/workforce/views/save/", {"name": "别处", "page": "people", "query": ""})
    assert not SavedView.objects.exists()


def test_conditions_too_long_to_be_kept_are_refused(county: County) -> None:
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    kept = save_view("长", page="overview", query="x" * QUERY_LENGTH, by=county.desk, at=at)
    with pytest.raises(SavedViewError, match="条件过长"):
        save_view("过长", page="overview", query="x" * (QUERY_LENGTH + 1), by=county.desk, at=at)
    assert list(SavedView.objects.all()) == [kept]


def test_a_hundred_analyses_are_kept_and_no_more(signed_in: SignIn, county: County) -> None:
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    SavedView.objects.bulk_create(
        SavedView(owner=county.desk, name=str(n), page="overview", saved_at=at) for n in range(MOST_KEPT - 1)
    )
    client = signed_in(county.desk)
    for name in ("第一百", "第一百", "多余"):
        client.post("/workforce/views/save/", {"name": name, "page": "overview", "query": ""})
    assert SavedView.objects.count() == MOST_KEPT
    assert not SavedView.objects.filter(name="多余").exists()


def test_the_programme_and_conditions_of_the_roster_narrow_the_scope(
    signed_in: SignIn, county: County
) -> None:
    client = signed_in(county.desk)
    campaign = make_campaign(county.root)
    make_placement(campaign, county.people[0])
    programme = str(campaign.programme_version.programme_id)
    assert "共 1 人。" in text_of(client.get("/workforce/", {"programme": programme}))
    older = sum(one.born_on is not None and one.born_on.year == 1970 for one in county.people)
    assert f"共 {older} 人。" in text_of(client.get("/workforce/", {"age_from": "50"}))


def test_a_trend_of_a_dimension_that_is_none_is_refused_in_words(signed_in: SignIn, county: County) -> None:
    answer = signed_in(county.desk).get("/workforce/trend/", {"rows": "height"})
    assert answer.status_code == 200
    assert answer.context["trend"] is None


def test_a_condition_on_what_is_counted_leaves_the_other_classes(signed_in: SignIn, county: County) -> None:
    """Whoever knows agriculture may know education too, and is counted there as well."""
    asked = {"specialty": "agriculture", "rows": "specialty", "columns": "sex"}
    (block,) = signed_in(county.desk).get("/workforce/cross/", asked).context["blocks"]
    counts = {label: sum(cell.n for cell in cells) for label, cells, _total in block.rows}
    assert counts == {"农林水": 6, "教育": 3}


def test_another_county_is_not_compared_with(signed_in: SignIn, county: County) -> None:
    answer = signed_in(county.desk).get("/workforce/structure/age/", {"against_unit": county.other.pk})
    assert "共 0 人。" in text_of(answer)
    allowed = signed_in(county.desk).get("/workforce/structure/age/", {"against_unit": county.office.pk})
    assert allowed.context["reference"].words == "水务局"


def test_nobody_asked_about_is_an_empty_page(signed_in: SignIn, county: County) -> None:
    Person.objects.all().delete()
    for page in PAGES[:-1]:
        assert "共 0 人" in text_of(signed_in(county.desk).get(page)) or "trend" in page
