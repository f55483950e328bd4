"""One sentence instead of a form: the address it leads to, the conditions shown, what is named, who may ask what."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.makers import make_person, make_placement, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.people.models import Person
from secondment.people.search_summary import SearchSummary

pytestmark = pytest.mark.django_db
LIST = reverse("people:person_list")


def search(client, text: str, **query: str):
    """The page a sentence leads to."""
    return client.get(LIST, {"find": text, **query}, follow=True)


def summary(page) -> SearchSummary:
    return SearchSummary(page.context["listing"])


def names(page) -> set[str]:
    return {row.item.name for row in page.context["listing"].rows()}


def chips(page) -> list[tuple[str, str]]:
    return [(one.label, one.words) for one in summary(page).chips]


@pytest.fixture
def officials(unit) -> dict[str, Person]:
    """One who fits the example, and others who miss one condition each."""
    fitting = {"sex": "2", "born_on": dt.date(1995, 1, 1), "grassroots_years": 2}
    people = {
        "合适": make_person(unit, name="合适", **fitting),
        "男": make_person(unit, name="男人", **{**fitting, "sex": "1"}),
        "年长": make_person(unit, name="年长", **{**fitting, "born_on": dt.date(1980, 1, 1)}),
        "在外": make_person(unit, name="在外", **fitting),
        "未填": make_person(unit, name="未填", **{**fitting, "born_on": None}),
        "无专业": make_person(unit, name="无专业", **fitting),
    }
    for name in ("合适", "男", "年长", "在外", "未填"):
        people[name].specialties.create(tag="agriculture")
    make_placement(person=people["在外"], state="in_post")
    return people


EXAMPLE = "35岁以下 女 农学 未挂职 基层两年以上"


def test_the_example_finds_whom_it_names_and_says_how_it_was_read(client, officials) -> None:
    page = search(client, EXAMPLE)
    assert page.redirect_chain[0][0].startswith(
        f"{LIST}?age_to=35&sex=2&specialty=agriculture&out=0&grassroots_from=2"
    )
    assert names(page) == {"合适"}
    day = page.context["listing"].filter_set.on.isoformat()
    assert chips(page) == [
        ("性别", "女"),
        ("专业领域", "农林水"),
        ("挂职状态", "未在外挂职"),
        ("年龄", f"≤ 35周岁（{day}）"),
        ("基层工作年限", "满2年"),
    ]
    text = text_of(page)
    assert "共 1 人 · 按 5 个条件" in text
    assert "“农学”按所属专业领域查找" in text
    assert "“未挂职”按“现未在外挂职”查找，以前挂过职的也在内" in text


def test_those_whose_facts_are_missing_are_counted_and_listed(client, officials) -> None:
    page = search(client, EXAMPLE)
    assert "另有 2 人未填专业领域（1人）、出生日期（1人），不能判断，未计入" in text_of(page)
    untold = client.get(LIST + summary(page).not_told_url)
    assert names(untold) == {"未填", "无专业"}
    assert "所列为因未填写不能判断的人员" in text_of(untold)
    assert names(client.get(LIST + summary(untold).told_url)) == {"合适"}


def test_a_condition_is_taken_off_with_its_words(client, officials) -> None:
    page = search(client, EXAMPLE)
    sex = summary(page).chips[0]
    without = client.get(LIST + sex.remove_url)
    assert names(without) == {"合适", "男人"}
    assert without.context["request"].GET["said"] == "35岁以下 农学 未挂职 基层两年以上"
    last = search(client, "女")
    assert summary(last).chips[0].remove_url == "?"


def test_a_condition_is_changed_in_its_place(client, officials) -> None:
    page = search(client, "35岁以下 女 农学")
    age = next(one for one in summary(page).chips if one.label == "年龄")
    assert [one.label for one in age.controls] == ["年龄至少（周岁）", "年龄至多（周岁）"]
    changed = client.get(LIST, {**dict(age.kept), "age_to": "50"})
    assert names(changed) == {"合适", "年长", "在外"}
    assert dict(age.kept) == {"sex": "2", "specialty": "agriculture", "said": "女 农学"}


def test_words_nobody_knows_are_named_with_what_may_be_meant(client, officials) -> None:
    page = search(client, "女 博土")
    assert names(page) == {"合适", "年长", "在外", "未填", "无专业"}
    assert [(one.words, [words for words, _url in one.offers]) for one in summary(page).unread] == [
        ("博土", ["是否指“博士”", "在毕业院校、专业、专长中查找"])
    ]
    (meant, in_words) = (url for _words, url in summary(page).unread[0].offers)
    assert client.get(LIST + meant, follow=True).context["listing"].filter_set.asked == {
        "sex": "2",
        "degree": "2",
    }
    assert client.get(LIST + in_words, follow=True).context["listing"].filter_set.asked == {
        "sex": "2",
        "study": "博土",
    }
    assert "以下文字未能识别，没有用来查找" in text_of(page)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("男 女", "“男”、“女”同时写出，符合其中之一的均已列入"),
        ("40岁以上 35岁以下", "“40岁以上”、“35岁以下”相互矛盾，没有人能同时符合"),
        ("40岁以下 35岁以下", "说的是同一条件，已按较严的查找"),
        ("女或农学", "不是同一类条件，不能用“或”连接"),
        ("女 非", "其后没有可以排除的条件"),
        ("群众工作", "请写明等次或分数"),
        ("汉语言文学", "没有对应的专业领域，在毕业院校、专业和专长的文字中查找"),
        ("副处级", "含通常对应的职级"),
    ],
)
def test_what_cannot_be_followed_is_said(client, officials, text: str, told: str) -> None:
    assert told in text_of(search(client, text))


def test_markup_in_a_sentence_stays_text(client, officials) -> None:
    page = search(client, "<script>alert(1)</script>")
    assert "<script>alert" not in page.content.decode()
    assert page.context["listing"].n_rows == len(officials)


def test_units_are_known_by_name_and_those_of_one_name_go_together(client, unit) -> None:
    for county in ("甲县", "乙县"):
        make_person(make_unit("水利局", make_unit(county, unit)), name=f"{county}人")
    make_person(make_unit("别处水利局"), name="别处人")
    page = search(client, "水利局")
    assert names(page) == {"甲县人", "乙县人"}
    assert chips(page) == [("单位（含下级）", "水利局 或 水利局")]
    assert "名为“水利局”的单位有2个，均已列入" in text_of(page)
    assert names(search(client, "除甲县以外")) == {"乙县人"}


def test_persons_within_sight_are_known_by_name(client, unit) -> None:
    make_person(unit, name="欧阳示例")
    make_person(make_unit("别处"), name="司马示例")
    assert names(search(client, "欧阳示例")) == {"欧阳示例"}
    assert [one.words for one in summary(search(client, "司马示例")).unread] == ["司马示例"]


def test_a_new_sentence_takes_the_place_of_the_last_and_keeps_the_form(client, officials, unit) -> None:
    page = search(client, "男", said="女", sex="2", state="active", sort="age", page="3")
    assert dict(page.context["request"].GET.items()) == {
        "sex": "1",
        "state": "active",
        "sort": "age",
        "said": "男",
    }
    cleared = search(client, "", said="男", sex="1", state="active")
    assert dict(cleared.context["request"].GET.items()) == {"state": "active"}
    assert search(client, "").redirect_chain == [(LIST, 302)]


def test_a_sentence_that_is_too_long_says_so(client, officials) -> None:
    page = search(client, "女 " + "甲" * 10_000)
    assert "只读了前500字，其余部分未读" in text_of(page)
    assert chips(page) == [("性别", "女")]


def test_a_host_unit_asks_for_nothing_that_stands_in_a_file(unit, signed_in) -> None:
    host = make_unit("示例县")
    for name, code, sex in (("甲", "14", "2"), ("乙", "30", "2"), ("丙", "14", "1")):
        person = make_person(unit, name=name, education_code=code, sex=sex, grassroots_years=3)
        make_placement(person=person, post=make_post(host), state="in_post")
    client = signed_in(make_user(Role.HOST_UNIT, host))
    page = search(client, "女 硕士研究生 基层两年以上 示例厅")
    assert names(page) == {"甲", "乙"}
    assert chips(page) == [("性别", "女")]
    assert "您的账号不能按“最高学历、基层工作满（年）”查找，这些条件没有使用" in text_of(page)
    assert [one.words for one in summary(page).unread] == ["示例厅"]
    assert set(page.context["listing"].filter_form.fields) == {
        "q", "sex", "age", "rank", "out", "state", "age_from", "age_to", "ethnicity", "post", "untold", "said",
    }  # fmt: skip


def test_the_conditions_go_with_the_file_the_order_and_the_next_page(client, officials) -> None:
    listing = search(client, "女 博土").context["listing"]
    for url in (
        listing.export_url,
        listing.print_url,
        listing.state.sort_url("age"),
        listing.state.url(page=2),
    ):
        assert "sex=2" in url
    assert listing.carried == [("said", "女 博土")]
    assert listing.clear_url == LIST
    part = client.get(
        LIST, {"sex": "2", "said": "女 博土"}, headers={"HX-Request": "true", "HX-Target": "table-people"}
    )
    assert "博土" in part.content.decode()


def test_a_search_costs_the_same_for_one_and_many(client, officials, unit) -> None:
    query = {"age_to": "35", "sex": "2", "specialty": "agriculture", "said": "35岁以下 女 农学 博土"}
    client.get(LIST, query)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST, query)
    for _n in range(30):
        make_person(unit, sex="2", born_on=dt.date(1999, 1, 1)).specialties.create(tag="agriculture")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST, query)
    assert len(one) == len(many) <= 16


def test_values_that_do_not_exist_find_nobody(client, officials) -> None:
    for query in (
        "sex=7",
        "sex=1,7",
        "party=-99",
        "ability_mass_work=5",
        "ability_mass_work=0-101",
        "age_to=x",
        "unit=0",
    ):
        page = client.get(f"{LIST}?{query}")
        assert page.context["listing"].n_rows == 0, query
        assert summary(page).chips == [], query
