"""Lists: order, filters, pages, columns, partial answers, exports and the number of queries."""

import dataclasses
import io
from itertools import chain
from types import SimpleNamespace

import django_filters
import pytest
from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from secondment.common.listing.chosen_filters import chosen_filters
from secondment.common.listing.listing import BulkAction, Column, FilterForm, Listing
from secondment.common.listing.rows import page_of_rows, sorted_rows
from secondment.common.listing.selection import SelectionError, selected_keys
from secondment.common.listing.view import ExportTooLargeError, ListingView, PrintTooLargeError
from secondment.people.models import Person
from tests.makers import make_person, make_unit


class PersonFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="contains", label="姓名")
    born = django_filters.DateFilter(field_name="born_on", lookup_expr="gte", label="出生")

    class Meta:
        model = Person
        fields = ["name"]


PEOPLE = Listing(
    key="people",
    title="干部名册",
    columns=(
        Column("name", "姓名", sort="name", phone="title"),
        Column("unit.name", "单位", sort=("unit__name", "-name")),
        Column("rank", "职级", is_hidden_by_default=True),
        Column("double", "双名", value=lambda row: row.name * 2, export=lambda row: f"={row.name}"),
        Column("get_sex_display", "性别", status=lambda row: "info", phone="aside"),
    ),
    default_sort="name",
    row_url=lambda row: f"/people/{row.pk}/",
    filters=PersonFilter,
    bulk_actions=(
        BulkAction("remind", "催办", "styleguide", icon="bell"),
        BulkAction("recall", "召回", "styleguide", question="确定？", is_danger=True),
    ),
    empty_title="暂无干部",
    empty_text="请先导入名册。",
)
PAGE = "common/listing/_page.html"


def ask(query: str = "", cookies: dict[str, str] | None = None, **headers: str) -> HttpRequest:
    request = RequestFactory().get(f"/people/?{query}", headers=headers)
    request.user = SimpleNamespace(pk=7, is_authenticated=False)
    request.COOKIES = cookies or {}
    return request


def names(query: str = "", **options) -> list[str]:
    view = PEOPLE.view(ask(query, **options), Person.objects.select_related("unit"))
    return [row.item.name for row in view.rows()]


@pytest.fixture
def people(db: None) -> list[Person]:
    units = [make_unit("乙厅"), make_unit("甲厅")]
    return [make_person(units[at % 2], name=f"例{at:02d}") for at in range(45)]


def test_table_sorts_by_default_and_by_header(people) -> None:
    assert names()[:3] == ["例00", "例01", "例02"]
    assert names("sort=-name")[:2] == ["例44", "例43"]


def test_table_sorts_by_several_fields_and_turns_all_of_them_round(people) -> None:
    order = sorted((person.unit.name, -int(person.name[1:]), person.name) for person in people)
    assert names("sort=unit.name&size=100") == [name for *_, name in order]
    assert names("sort=-unit.name&size=100") == [name for *_, name in reversed(order)]


@pytest.mark.parametrize(
    "query", ["sort=password", "sort=rank", "sort=", "page=x&size=7", "page=0", "page=-1", "size=９９"]
)
def test_table_answers_nonsense_with_the_default(people, query: str) -> None:
    assert names(query) == [f"例{at:02d}" for at in range(20)]


def test_pages_hold_every_row_once(people) -> None:
    pages = [names(f"page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert sorted(chain.from_iterable(pages)) == [f"例{at:02d}" for at in range(45)]
    assert names("page=99") == pages[2]


def test_page_links_name_gaps_and_keep_filters(people) -> None:
    view = PEOPLE.view(ask("name=例&sort=-name&page=2&born="), Person.objects.all())
    assert [(number, is_current) for number, _, is_current in view.page_links()] == [
        (1, False),
        (2, True),
        (3, False),
    ]
    assert QueryDict(view.next_url[1:]).dict() == {"name": "例", "sort": "-name", "page": "3"}
    assert QueryDict(view.previous_url[1:])["page"] == "1"
    assert [size for size, _, is_chosen in view.size_links() if is_chosen] == [20]
    assert "page" not in view.state.url(size=50)


def test_long_lists_have_gaps_between_page_links() -> None:
    table = dataclasses.replace(
        PEOPLE, filters=None, columns=(Column("pk", "号", sort="pk"),), default_sort="pk"
    )
    view = table.view(ask("page=50"), [SimpleNamespace(pk=at) for at in range(2000)])
    assert [number for number, _, _ in view.page_links()] == [1, None, 48, 49, 50, 51, 52, None, 100]


def test_headers_offer_the_opposite_order(people) -> None:
    heads = {
        column.key: (url, order)
        for column, url, order in PEOPLE.view(ask("sort=name"), Person.objects.all()).heads()
    }
    assert heads["name"] == ("?sort=-name", "ascending")
    assert heads["unit.name"] == ("?sort=unit.name", "")
    assert heads["double"] == ("", "")
    again = {
        column.key: (url, order)
        for column, url, order in PEOPLE.view(ask("sort=-name"), Person.objects.all()).heads()
    }
    assert again["name"] == ("?sort=name", "descending")


def test_filter_narrows_and_is_counted(people) -> None:
    view = PEOPLE.view(ask("name=例1"), Person.objects.all())
    assert view.n_rows == 10
    assert view.is_filtered
    assert not PEOPLE.view(ask("sort=name"), Person.objects.all()).is_filtered


def test_filter_with_an_error_shows_no_rows_and_says_why(people) -> None:
    view = PEOPLE.view(ask("born=昨天"), Person.objects.all())
    assert view.n_rows == 0
    assert "born" in view.filter_form.errors


def test_cells_are_ready_to_write(people) -> None:
    row = next(PEOPLE.view(ask(), Person.objects.all()).rows())
    assert row.url == f"/people/{people[0].pk}/"
    assert row.key == people[0].pk
    assert [(cell.column.key, cell.text, cell.url, cell.status) for cell in row.cells] == [
        ("name", "例00", row.url, ""),
        ("unit.name", "乙厅", "", ""),
        ("double", "例00例00", "", ""),
        ("get_sex_display", "男", "", "info"),
    ]


def test_a_missing_link_in_the_path_is_empty() -> None:
    cell = Column("post.title", "岗位").value_of(SimpleNamespace(post=None))
    assert cell is None


def test_columns_follow_the_cookie_and_keep_the_title(people) -> None:
    view = PEOPLE.view(ask(cookies={"columns-7-people": "rank,nonsense"}), Person.objects.all())
    assert [column.key for column in view.columns] == ["name", "rank"]
    assert {column.key: is_shown for column, is_shown in view.choices()} == {
        "unit.name": False,
        "rank": True,
        "double": False,
        "get_sex_display": False,
    }


def test_columns_of_another_user_are_not_used(people) -> None:
    view = PEOPLE.view(ask(cookies={"columns-8-people": "rank"}), Person.objects.all())
    assert "unit.name" in [column.key for column in view.columns]


@pytest.mark.parametrize("size", [20, 50])
def test_page_costs_three_queries_whatever_its_size(people, django_assert_num_queries, size: int) -> None:
    with django_assert_num_queries(3):
        PEOPLE.respond(ask(f"size={size}"), Person.objects.select_related("unit"), PAGE)


def test_partial_request_gets_the_table_only(people) -> None:
    rows = Person.objects.select_related("unit")
    partial = PEOPLE.respond(ask(**{"HX-Target": "table-people", "HX-Request": "true"}), rows, PAGE)
    whole = PEOPLE.respond(ask(), rows, PAGE)
    assert partial.content.decode().startswith('<div class="list-region"')
    assert "list-filters" in whole.content.decode()
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in partial.headers["Vary"].split(",")}


@pytest.mark.parametrize(
    "headers",
    [{"HX-Target": "table-other"}, {"HX-Target": "table-people", "HX-History-Restore-Request": "true"}],
)
def test_other_targets_and_the_back_button_get_the_whole_page(people, headers) -> None:
    assert "list-filters" in PEOPLE.respond(ask(**headers), Person.objects.all(), PAGE).content.decode()


def test_export_holds_the_filtered_list_and_is_reported_first(people) -> None:
    told: list[int] = []
    response = PEOPLE.respond(
        ask("export=xlsx&name=例4&sort=-name&page=2"),
        Person.objects.select_related("unit"),
        PAGE,
        on_export=told.append,
    )
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    assert told == [5]
    assert sheet.name == "干部名册"
    assert sheet.to_python() == [
        ["姓名", "单位", "双名", "性别"],
        *[[f"例{at}", "甲厅" if at % 2 else "乙厅", f"=例{at}", "男"] for at in (44, 43, 42, 41, 40)],
    ]


def test_export_costs_two_queries(people, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        PEOPLE.respond(ask("export=xlsx"), Person.objects.select_related("unit"), PAGE)


def test_export_beyond_the_limit_is_refused_with_a_remedy(people, monkeypatch) -> None:
    monkeypatch.setattr("secondment.common.listing.view.EXPORT_LIMIT", 44)
    with pytest.raises(ExportTooLargeError, match=r"共 45 条.*上限 44 条.*缩小筛选范围"):
        PEOPLE.respond(ask("export=xlsx"), Person.objects.all(), PAGE)


def test_whole_filtered_list_is_printed_and_reported(people) -> None:
    told: list[int] = []
    page = PEOPLE.respond(
        ask("print=all&page=2"), Person.objects.all(), PAGE, on_export=told.append
    ).content.decode()
    assert told == [45]
    assert page.count("data-url=") == 45
    assert "data-prints-at-once" in page
    assert "共 <strong>45</strong> 条" in page
    assert "本次只打印" not in page
    told.clear()
    page = PEOPLE.respond(
        ask("print=all&name=例4"), Person.objects.all(), PAGE, on_export=told.append
    ).content.decode()
    assert (told, page.count("data-url=")) == ([5], 5)
    assert '<span class="print-only"> · 姓名：例4</span>' in page
    assert (
        '<span class="print-only">'
        not in PEOPLE.respond(ask("name=例4"), Person.objects.all(), PAGE).content.decode()
    )


def test_choices_that_narrow_a_printed_list_are_told_in_words() -> None:
    class Chosen(forms.Form):
        sex = forms.ChoiceField(
            label="性别", choices=[("", "全部"), ("人", [("1", "男"), ("2", "女")])], required=False
        )
        ranks = forms.MultipleChoiceField(label="层次", choices=[("a", "甲"), ("b", "乙")], required=False)
        since = forms.DateField(label="自", required=False)

    told = list(chosen_filters(Chosen({"sex": "2", "ranks": ["a", "b"], "since": "2026-11-29"})))
    assert told == [("性别", "女"), ("层次", "甲、乙"), ("自", "2026-11-29")]
    assert list(chosen_filters(Chosen({"sex": ""}))) == []
    assert list(chosen_filters(Chosen({"sex": "9"}))) == [("性别", "9")]
    assert list(chosen_filters(None)) == []


def test_one_page_of_a_list_says_on_paper_that_it_is_one(people) -> None:
    page = PEOPLE.respond(ask("page=2"), Person.objects.all(), PAGE).content.decode()
    assert "本次只打印第 21—40 条" in page
    assert '?print=all"' in page
    assert "data-prints-at-once" not in page


@pytest.mark.parametrize(("limit", "is_refused"), [(44, True), (45, False), (46, False)])
def test_print_beyond_the_limit_is_refused_with_a_remedy(
    people, monkeypatch, limit: int, is_refused: bool
) -> None:
    monkeypatch.setattr("secondment.common.listing.view.PRINT_LIMIT", limit)
    if is_refused:
        with pytest.raises(PrintTooLargeError, match=r"共 45 条.*上限 44 条.*导出 Excel"):
            PEOPLE.respond(ask("print=all"), Person.objects.all(), PAGE)
        page = PEOPLE.respond(ask(), Person.objects.all(), PAGE).content.decode()
        assert "print=all" not in page
        assert "筛选到 44 条以内可以打印" in page
    else:
        assert (
            PEOPLE.respond(ask("print=all"), Person.objects.all(), PAGE).content.decode().count("data-url=")
            == 45
        )
        page = PEOPLE.respond(ask(), Person.objects.all(), PAGE).content.decode()
        assert '?print=all"' in page
        assert "条以内可以打印" not in page


@pytest.mark.parametrize(("limit", "is_offered"), [(44, False), (45, True)])
def test_no_page_leads_to_an_export_that_is_refused(
    people, monkeypatch, limit: int, is_offered: bool
) -> None:
    monkeypatch.setattr("secondment.common.listing.view.EXPORT_LIMIT", limit)
    page = PEOPLE.respond(ask(), Person.objects.all(), PAGE).content.decode()
    assert ("export=xlsx" in page) is is_offered


def test_list_that_may_not_be_exported_is_not_printed_whole(people) -> None:
    table = dataclasses.replace(PEOPLE, is_exportable=False)
    page = table.respond(ask("print=all"), Person.objects.all(), PAGE).content.decode()
    assert page.count("data-url=") == 20
    assert "打印全部" not in page


def test_table_that_is_not_exportable_shows_its_page(people) -> None:
    table = dataclasses.replace(PEOPLE, is_exportable=False)
    response = table.respond(ask("export=xlsx"), Person.objects.all(), PAGE)
    assert "html" in response.headers["Content-Type"]
    assert "导出 Excel" not in response.content.decode()


def test_empty_list_says_what_to_do(db: None) -> None:
    assert "请先导入名册" in PEOPLE.respond(ask(), Person.objects.all(), PAGE).content.decode()
    assert "没有符合条件的记录" in PEOPLE.respond(ask("name=无"), Person.objects.all(), PAGE).content.decode()


def test_table_refuses_a_default_order_it_cannot_sort() -> None:
    with pytest.raises(ValueError, match="default_sort 'rank'"):
        dataclasses.replace(PEOPLE, default_sort="rank")


class NameFilter(FilterForm):
    name = forms.CharField(required=False, label="姓名")
    n = forms.IntegerField(required=False, label="数")

    def narrow(self, rows):
        return [row for row in rows if self.cleaned_data["name"] in row.name]


RESULTS = Listing(
    key="results",
    title="结果",
    columns=(
        Column("name", "姓名", sort="name", phone="title"),
        Column("score", "得分", sort=lambda row: row.score, align="end", decimals=1),
        Column("unit", "单位", sort="unit__name", url=lambda row: "/unit/", value=lambda row: row.unit.name),
        Column("bar", "条", value=lambda row: 0.5, template="common/_styleguide_share.html"),
    ),
    default_sort="-score",
    filters=NameFilter,
)
ROWS = [
    SimpleNamespace(name=name, score=score, unit=SimpleNamespace(name=unit))
    for name, score, unit in [("甲", 3, "b"), ("乙", None, "a"), ("丙", 7.25, "c")]
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "丙甲乙"),
        ("sort=score", "甲丙乙"),
        ("sort=unit", "乙甲丙"),
        ("sort=-name", "甲乙丙"),
        ("name=丙", "丙"),
        ("n=x", ""),
    ],
)
def test_plain_rows_are_sorted_and_filtered(query: str, expected: str) -> None:
    assert "".join(row.item.name for row in RESULTS.view(ask(query), ROWS).rows()) == expected


def test_plain_rows_render_links_templates_and_decimals() -> None:
    content = RESULTS.respond(ask(), ROWS, PAGE).content.decode()
    assert "7.2" in content
    assert '<a href="/unit/">c</a>' in content
    assert '<progress max="1" value="0.50"' in content


def test_plain_rows_are_exported_too() -> None:
    content = RESULTS.respond(ask("export=xlsx"), ROWS, PAGE).content
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1][:2] == [
        "丙",
        7.25,
    ]


def test_filter_form_must_say_what_passes() -> None:
    with pytest.raises(NotImplementedError):
        FilterForm({}).narrow([])


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5))), st.booleans())
def test_plain_order_is_a_permutation_with_empty_values_last(
    values: list[int | None], is_descending: bool
) -> None:
    rows = [SimpleNamespace(value=value) for value in values]
    found = [row.value for row in sorted_rows(rows, ("value",), is_descending=is_descending)]
    filled = [value for value in values if value is not None]
    assert found == sorted(filled, reverse=is_descending) + [None] * (len(values) - len(filled))


def test_database_rows_put_empty_values_last_either_way(db: None) -> None:
    unit = make_unit()
    for name, rank in (("甲", ""), ("乙", "132"), ("丙", "131")):
        make_person(unit, name=name, rank=rank)
    rows = Person.objects.all()
    assert [row.name for row in sorted_rows(rows, ("rank",), is_descending=True)] == ["乙", "丙", "甲"]


def test_database_rows_refuse_functions(db: None) -> None:
    with pytest.raises(TypeError, match="sorted by fields"):
        sorted_rows(Person.objects.all(), (len,), is_descending=False)


def test_empty_page_loads_no_rows(db: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert list(page_of_rows(Person.objects.order_by("pk"), 1, 20).object_list) == []


def post(**data) -> HttpRequest:
    return RequestFactory().post("/", data)


def test_selected_keys_are_unique_and_in_order() -> None:
    assert selected_keys(post(selected=["3", "1", "3"])) == [3, 1]


def test_empty_selection_is_refused() -> None:
    with pytest.raises(SelectionError, match="未选中"):
        selected_keys(post())


@pytest.mark.parametrize("text", ["x", "1;2", "-1", "٣", ""])
def test_broken_selection_is_not_found(text: str) -> None:
    with pytest.raises(Http404):
        selected_keys(post(selected=[text]))


class ManyFilters(FilterForm):
    first = forms.CharField(required=False)
    second = forms.CharField(required=False)
    third = forms.CharField(required=False)


class TwoFilters(FilterForm):
    first = forms.CharField(required=False)
    second = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("form", "query", "first", "folded", "n_used"),
    [
        (ManyFilters, {"first": "a", "third": "b"}, ["first"], ["second", "third"], 1),
        (ManyFilters, {"second": "a", "third": "b"}, ["first"], ["second", "third"], 2),
        (TwoFilters, {"first": "a", "second": "b"}, ["first", "second"], [], 0),
    ],
)
def test_a_phone_folds_all_filters_but_the_first(form, query, first, folded, n_used) -> None:
    table = SimpleNamespace(columns=())
    view = ListingView(table, None, SimpleNamespace(chosen=None), [], form(query))  # type: ignore[arg-type]
    assert [one.name for one in view.first_filters] == first
    assert [one.name for one in view.more_filters] == folded
    assert view.n_more_used == n_used


GROUPED = dataclasses.replace(
    PEOPLE,
    columns=(
        Column("name", "姓名", sort="name", phone="title"),
        Column("unit.name", "单位", sort=("unit__name", "name"), is_heading=True),
    ),
    default_sort="unit.name",
)


def test_rows_stand_under_the_heading_of_their_group(people) -> None:
    rows = Person.objects.filter(name__in=["例00", "例01", "例02"]).select_related("unit")
    body = str(GROUPED.view(ask(), rows).body)
    heading = '<tr class="row-heading"><th scope="rowgroup" colspan="2">{}</th></tr>'  # box and name
    for first, *names in (("乙厅", "例00", "例02"), ("甲厅", "例01")):
        _before, _head, group = body.partition(heading.format(first))
        group = group.partition("row-heading")[0]
        assert [name for name in ("例00", "例01", "例02") if f">{name}<" in group] == names
    assert body.count("row-heading") == 2
    assert "row-heading" not in str(GROUPED.view(ask("sort=name"), rows).body)


def test_the_column_above_the_groups_is_no_column_but_leads_the_file(people) -> None:
    rows = Person.objects.filter(name="例01").select_related("unit")
    view = GROUPED.view(ask(), rows)
    assert [one.key for one in view.columns] == ["name"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(view.export(None).content)).get_sheet_by_index(0)
    assert sheet.to_python() == [["单位", "姓名"], ["甲厅", "例01"]]
    assert [one.key for one in GROUPED.view(ask("sort=name"), rows).columns] == ["name", "unit.name"]
