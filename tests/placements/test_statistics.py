"""The table of figures: identities, every number a list, frozen reports and what has changed since."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.makers import AT, make_campaign, make_person, make_placement, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.placements.models import Placement, StatisticsReport
from secondment.placements.services.reporting import freeze_report, reported
from secondment.placements.statistics import (
    DIMENSIONS,
    Counted,
    Measure,
    Period,
    count,
    differences,
    is_balanced,
    measures_of,
    tables_of,
    total_of,
)

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
YEAR = Period(FIRST, LAST)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "measures"),
    [
        (FIRST - DAY, LAST + DAY, {"at_start", "at_end"}),
        (FIRST - DAY, LAST + 2 * DAY, {"at_start", "at_end"}),
        (FIRST, LAST + 2 * DAY, {"sent", "at_end"}),
        (LAST, LAST + 2 * DAY, {"sent", "at_end"}),
        (LAST + DAY, LAST + 2 * DAY, set()),
        (FIRST - DAY, FIRST, {"at_start", "ended"}),
        (FIRST - 2 * DAY, FIRST - DAY, set()),
        (FIRST, FIRST + DAY, {"sent", "ended"}),
        (FIRST - DAY, LAST, {"at_start", "ended"}),
    ],
)
def test_each_figure_at_its_first_and_last_day(starts_on, ends_on, measures) -> None:
    assert measures_of(starts_on, ends_on, YEAR) == measures


DAYS = st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 1))


@given(st.lists(st.tuples(DAYS, st.integers(1, 500)), max_size=30), DAYS, st.integers(0, 400))
def test_the_four_figures_hold_together(terms, first, length) -> None:
    period = Period(first, first + length * DAY)
    counted = [
        Counted(at, "", measures_of(start, start + days * DAY, period), {})
        for at, (start, days) in enumerate(terms)
    ]
    total = total_of(counted)
    assert is_balanced(total)
    on_last = sum(start <= period.last < start + days * DAY for start, days in terms)
    assert total["at_end"] == on_last


def test_figures_that_do_not_hold_together_are_noticed() -> None:
    assert not is_balanced({"at_start": 1, "sent": 1, "ended": 0, "at_end": 1})


def everything(_path: str) -> bool:
    return True


@pytest.fixture
def office(db: None):
    root = make_unit("示例市委组织部")
    home, host = make_unit("示例局", root), make_unit("示例镇", root)
    campaign = make_campaign(root)
    user = make_user(Role.ORGANISATION_DEPARTMENT, root)

    def place(starts_on, ends_on, state="in_post", **person) -> Placement:
        return make_placement(
            campaign,
            make_person(home, **person),
            make_post(host),
            starts_on=starts_on,
            ends_on=ends_on,
            state=state,
        )

    return user, root, place


def three(office) -> list[Placement]:
    _user, _root, place = office
    return [
        place(
            FIRST - DAY,
            LAST + 30 * DAY,
            name="甲示例",
            sex="1",
            born_on=dt.date(1991, 12, 31),
            ethnicity="06",
        ),
        place(FIRST, LAST + 30 * DAY, name="乙示例", sex="2", born_on=dt.date(1991, 1, 1)),
        place(FIRST - 90 * DAY, dt.date(2026, 6, 1), state="ended", name="丙示例", sex="", born_on=None),
    ]


class TestCount:
    def test_who_counts_where(self, office) -> None:
        three(office)
        _user, _root, place = office
        place(FIRST, LAST, state="appointed")
        place(FIRST, LAST, state="cancelled")
        counted = count(Placement.objects.all(), YEAR, everything)
        assert total_of(counted) == {"at_start": 2, "sent": 1, "ended": 1, "at_end": 2}
        tables = {table.dimension.key: table.rows for table in tables_of(counted)}
        assert [(row.code, dict(row.figures)) for row in tables["sex"]] == [
            ("1", {"at_start": 1, "at_end": 1}),
            ("2", {"sent": 1, "at_end": 1}),
            ("", {"at_start": 1, "ended": 1}),
        ]
        assert [(row.code, row.figures["at_end"]) for row in tables["age"]] == [("35", 2), ("", 0)]
        assert [row.code for row in tables["ethnicity"]] == ["01", "minority"]
        assert [(row.code, dict(row.figures)) for row in tables["destination"]] == [("", {"ended": 1})]

    def test_every_dimension_adds_up(self, office) -> None:
        three(office)
        counted = count(Placement.objects.all(), YEAR, everything)
        total = total_of(counted)
        for table in tables_of(counted):
            for measure in table.dimension.measures:
                assert sum(row.figures.get(measure, 0) for row in table.rows) == total[measure]

    def test_one_query_for_any_number(self, office, django_assert_num_queries) -> None:
        for _ in range(2):
            with django_assert_num_queries(1):
                count(Placement.objects.all(), YEAR, everything)
            three(office)

    def test_names_of_programmes_are_read_once(self, office, django_assert_num_queries) -> None:
        _user, root, _place = office
        for _ in range(2):
            placement = make_placement(make_campaign(root), starts_on=FIRST, ends_on=LAST, state="in_post")
            assert placement.programme_version.programme.name == "普通下挂"
        counted = count(Placement.objects.all(), YEAR, everything)
        with django_assert_num_queries(1):
            tables = tables_of(counted)
        assert [row.label for row in tables[0].rows] == ["普通下挂", "普通下挂"]

    def test_what_stands_in_a_file_counts_for_those_who_read_it_alone(self, office) -> None:
        three(office)
        tables = {
            table.dimension.key: [row.code for row in table.rows]
            for table in tables_of(count(Placement.objects.all(), YEAR, lambda _path: False))
        }
        assert (tables["age"], tables["education"]) == ([""], [""])
        assert tables["sex"] == ["1", "2", ""]

    def test_a_department_that_only_receives_reads_no_files(self, office, signed_in) -> None:
        three(office)
        host = Placement.objects.first().host_unit
        receiving = signed_in(make_user(Role.ORGANISATION_DEPARTMENT, host))
        page = receiving.get(reverse("placements:statistics"), TestPages.ASKED)
        ages = next(rows for one, _heads, rows in page.context["tables"] if one.key == "age")
        assert [str(label) for label, _cells in ages] == ["未填"]
        sheet = load_workbook(
            io.BytesIO(receiving.get(reverse("placements:placement_export")).content)
        ).active
        heads = [cell.value for cell in sheet[1]]
        assert {row[heads.index("出生年月")].value for row in sheet.iter_rows(min_row=2)} == {None}
        owner = signed_in(office[0]).get(reverse("placements:placement_export"))
        sheet = load_workbook(io.BytesIO(owner.content)).active
        assert "1991-01-01" in {row[heads.index("出生年月")].value for row in sheet.iter_rows(min_row=2)}


class TestReports:
    def test_a_report_stays_and_tells_what_has_changed(self, office) -> None:
        user, root, place = office
        first, second, third = three(office)
        report = freeze_report(count(Placement.objects.all(), YEAR, everything), YEAR, root, by=user, at=AT)
        assert total_of(reported(report)) == {"at_start": 2, "sent": 1, "ended": 1, "at_end": 2}
        Placement.objects.filter(pk=first.pk).update(ends_on=dt.date(2026, 7, 1))
        second.person.sex = "1"
        second.person.save()
        Placement.objects.filter(pk=third.pk).update(state="cancelled")
        place(FIRST, LAST + 30 * DAY, name="丁示例")
        found = {
            one.name: list(one.sentences)
            for one in differences(reported(report), count(Placement.objects.all(), YEAR, everything))
        }
        assert found == {
            "甲示例": ["现计入本期结束", "不再计入期末在挂"],
            "乙示例": ["性别：女→男"],
            "丙示例": ["原报计入期初在挂、本期结束，现无"],
            "丁示例": ["原报无，现计入本期派出、期末在挂"],
        }
        assert AuditEvent.objects.get(action="statistics.freeze").details == {
            "first": "2026-01-01",
            "last": "2026-12-31",
        }

    def test_changes_of_a_file_are_told_to_those_who_read_it(self, office) -> None:
        three(office)
        before = count(Placement.objects.all(), YEAR, everything)
        after = count(Placement.objects.all(), YEAR, lambda _path: False)
        assert differences(before, after) == []

    def test_leaders_keep_no_reports(self, office) -> None:
        _user, root, _place = office
        with pytest.raises(NotAllowedError):
            freeze_report([], YEAR, root, by=make_user(Role.LEADER, root), at=AT)


class TestPages:
    ASKED = {"first": "2026-01-01", "last": "2026-12-31"}

    def test_every_number_leads_to_its_list(self, office, signed_in) -> None:
        three(office)
        client = signed_in(office[0])
        page = client.get(reverse("placements:statistics"), self.ASKED)
        assert "相符" in text_of(page)
        links = [(n, url) for _label, n, url in page.context["total"]]
        links += [
            cell[1:]
            for _dimension, _heads, rows in page.context["tables"]
            for _label, cells in rows
            for cell in cells
        ]
        assert len([url for _n, url in links if url]) > 20
        for n, url in links:
            if url:
                assert client.get(url).context["listing"].n_rows == n

    def test_a_period_that_runs_backwards_is_named(self, office, signed_in) -> None:
        page = signed_in(office[0]).get(
            reverse("placements:statistics"), {"first": "2026-12-31", "last": "2026-01-01"}
        )
        assert "截止日期不能早于起始日期" in text_of(page)

    def test_the_workbook_holds_the_same(self, office, signed_in) -> None:
        three(office)
        answer = signed_in(office[0]).get(reverse("placements:statistics_export"), self.ASKED)
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert [cell.value for cell in sheet[2]][2:] == [2, 1, 1, 2]
        assert {row[0].value for row in sheet.iter_rows(min_row=3) if row[0].value} == {
            str(one.label) for one in DIMENSIONS
        }

    def test_a_report_from_button_to_page(self, office, signed_in) -> None:
        three(office)
        client = signed_in(office[0])
        done = client.post(reverse("placements:statistics_freeze"), self.ASKED, follow=True)
        assert "与现在的数据一致" in text_of(done)
        report = StatisticsReport.objects.get()
        listed = client.get(reverse("placements:statistics"), self.ASKED)
        assert reverse("placements:report_detail", args=[report.pk]) in listed.content.decode()
        stranger = signed_in(make_user(Role.ORGANISATION_DEPARTMENT))
        assert stranger.get(reverse("placements:report_detail", args=[report.pk])).status_code == 404

    @pytest.mark.parametrize("changes", [{"measure": "x"}, {"dimension": "x"}, {"first": ""}])
    def test_what_nobody_offers_is_not_found(self, office, signed_in, changes) -> None:
        asked = {**self.ASKED, "measure": Measure.SENT.value, **changes}
        assert signed_in(office[0]).get(reverse("placements:statistics_people"), asked).status_code == 404

    def test_others_are_refused(self, office, signed_in) -> None:
        client = signed_in(make_user(Role.HOME_UNIT, office[1]))
        assert client.get(reverse("placements:statistics")).status_code == 403
