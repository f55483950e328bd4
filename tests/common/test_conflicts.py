"""Two people changed one record: both versions stand side by side, and either can be saved."""

import datetime as dt
from html import escape
from typing import Any

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.common.form_pages import FormReader, PageForm
from secondment.people.models import Person
from secondment.posts.models import Post
from tests.makers import make_person, make_unit, make_user
from tests.posts.scene import complete_post, make_scene

HOSTILE = '"><script>alert(1)</script>'


def forms_of(page: str) -> list[PageForm]:
    reader = FormReader()
    reader.feed(page)
    reader.close()
    return reader.forms


def data_of(form: PageForm) -> dict[str, Any]:
    return {name: list(one.values) for name, one in form.items() if name and one.kind != "file"}


@pytest.fixture
def scene(db: None):
    return make_scene()


@pytest.fixture
def post(scene) -> Post:
    return complete_post(scene)


@pytest.fixture
def clerk(scene, signed_in):
    return signed_in(scene.clerk)


def opened(client, url: str) -> dict[str, Any]:
    """What a browser would send of the page as it was opened."""
    form = max(forms_of(client.get(url).content.decode()), key=len)
    return data_of(form)


def conflicts_after(client, url: str, data: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    answer = client.post(url, data)
    assert answer.status_code == 409
    return answer, {one.label: one for one in answer.context["conflicts"]}


def test_only_the_fields_that_differ_are_asked(clerk, post) -> None:
    url = reverse("posts:post_edit", args=[post.pk])
    data = opened(clerk, url) | {"title": "我写的名称"}
    Post.objects.update(duties="别人写的职责", version=5)
    answer, found = conflicts_after(clerk, url, data)
    assert len(found) == 2
    versions = [(one.now.text, one.mine.text) for one in found.values()]
    assert (post.title, "我写的名称") in versions
    assert ("别人写的职责", post.duties) in versions
    assert ("version", "5") in answer.context["same"]


@pytest.mark.parametrize("is_mine", [True, False])
def test_the_choice_is_saved_at_the_same_address(clerk, post, is_mine) -> None:
    url = reverse("posts:post_edit", args=[post.pk])
    data = opened(clerk, url) | {"title": "我写的名称"}
    Post.objects.update(title="别人写的名称", duties="别人写的职责", version=5)
    answer, _found = conflicts_after(clerk, url, data)
    chosen: dict[str, list[str]] = {}
    for name, text in answer.context["same"]:
        chosen.setdefault(name, []).append(text)
    for one in answer.context["conflicts"]:
        chosen[one.name] = [one.mine.value if is_mine and one.name == "title" else one.now.value]
    assert clerk.post(url, chosen).status_code == 302
    post.refresh_from_db()
    expected = ("我写的名称" if is_mine else "别人写的名称", "别人写的职责", 6)
    assert (post.title, post.duties, post.version) == expected


def test_what_was_typed_is_escaped(clerk, post) -> None:
    url = reverse("posts:post_edit", args=[post.pk])
    data = opened(clerk, url) | {"title": HOSTILE}
    Post.objects.update(version=5)
    page = clerk.post(url, data).content.decode()
    assert HOSTILE not in page
    assert page.count(escape(HOSTILE)) == 2


def test_lists_are_kept_entry_by_entry_and_boxes_are_yes_or_no(clerk, post) -> None:
    url = reverse("posts:post_edit", args=[post.pk])
    data = opened(clerk, url) | {"specialties": ["education"], "requires_party_member": "on"}
    Post.objects.update(specialties=["health"], requires_party_member=False, version=5)
    _answer, found = conflicts_after(clerk, url, data)
    many = next(one for one in found.values() if one.name == "specialties")
    assert {(entry.value, entry.is_mine) for entry in many.entries} == {
        ("health", False),
        ("education", True),
    }
    box = next(one for one in found.values() if one.name == "requires_party_member")
    assert (box.now.value, box.now.text, box.mine.value, box.mine.text) == ("false", "否", "on", "是")


def test_a_row_added_by_one_side_is_named_by_its_line(clerk, post) -> None:
    url = reverse("posts:post_edit", args=[post.pk])
    data = opened(clerk, url)
    n_rows = int(data["tasks-TOTAL_FORMS"][0])
    row = {"name": "新任务", "measure": "户数", "target": "500", "measure_unit": "户"}
    data |= {f"tasks-{n_rows}-{name}": text for name, text in row.items()}
    data["tasks-TOTAL_FORMS"] = [str(n_rows + 1)]
    Post.objects.update(version=5)
    answer, found = conflicts_after(clerk, url, data)
    assert {(one.now.text, one.mine.text) for one in found.values()} == {
        ("（空）", text) for text in row.values()
    }
    assert all(f"（第 {n_rows + 1} 行）" in label for label in found)
    assert ("tasks-TOTAL_FORMS", str(n_rows + 1)) in answer.context["same"]


def test_nothing_that_differs_can_be_saved_at_once(clerk, post) -> None:
    url = reverse("posts:post_edit", args=[post.pk])
    data = opened(clerk, url)
    Post.objects.update(version=5)
    answer, found = conflicts_after(clerk, url, data)
    assert found == {}
    assert "可以直接保存" in answer.content.decode()


def test_a_fragment_and_a_page_that_cannot_be_opened_get_the_plain_answer(clerk, post) -> None:
    url = reverse("posts:post_edit", args=[post.pk])
    data = opened(clerk, url)
    Post.objects.update(version=5)
    answer = clerk.post(url, data, headers={"HX-Request": "true"})
    assert (answer.status_code, "已有他人修改" in answer.content.decode()) == (409, True)
    Post.objects.update(state="approved")
    answer = clerk.post(url, data)
    assert (answer.status_code, "办理未成功" in answer.content.decode()) == (409, True)


def test_persons_are_compared_by_what_the_reader_may_see(db, signed_in) -> None:
    unit = make_unit("示例单位")
    person = make_person(unit, name="甲示例", born_on=dt.date(1980, 1, 1))
    client = signed_in(make_user(Role.HOME_UNIT, unit))
    url = reverse("people:person_edit", args=[person.pk, "basics"])
    data = opened(client, url) | {"name": "乙示例"}
    Person.objects.update(name="丙示例", version=9)
    answer, found = conflicts_after(client, url, data)
    assert [(one.label, one.now.text, one.mine.text) for one in found.values()] == [
        ("姓名", "丙示例", "乙示例")
    ]
    assert not any(one.name.startswith("identity") for one in answer.context["conflicts"])


def test_forms_of_a_page_are_read() -> None:
    page = """<label for="stray">外</label><input name="outside"></select></fieldset>
      <form><label for="a">名称 <span>*</span></label><input id="a" name="a" value="一">
      <textarea name="b">
第一行
第二行</textarea><select name="c"><option value="1">甲</option><option value="2">乙</option></select>
      <select name="d" multiple><option value="1" selected>甲</option><option value="2" selected>乙</option></select>
      <fieldset><legend>性别</legend><label for="e0"><input type="radio" id="e0" name="e" value="1">男</label>
      <label for="e1"><input type="radio" id="e1" name="e" value="2" checked>女</label></fieldset>
      <input type="checkbox" name="f" checked><button name="g">好</button><input type="submit" name="h"></form>"""
    (form,) = forms_of(page)
    assert {name: (one.kind, one.label, one.values) for name, one in form.items()} == {
        "a": ("text", "名称", ["一"]),
        "b": ("textarea", "", ["第一行\n第二行"]),
        "c": ("select", "", ["1"]),
        "d": ("many", "", ["1", "2"]),
        "e": ("radio", "性别", ["2"]),
        "f": ("checkbox", "", ["on"]),
    }
    assert (form["c"].shown, form["e"].shown) == ({"1": "甲", "2": "乙"}, {"1": "男", "2": "女"})
